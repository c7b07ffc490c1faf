"""The Network workspace: presets, the column of layers, and what can be set."""
