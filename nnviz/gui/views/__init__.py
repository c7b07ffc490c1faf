"""Live views: one per file, found by their registry. This package loads pyqtgraph, so it is imported on first visit."""
