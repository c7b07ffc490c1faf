"""Training: its description, the trainer that does it a batch at a time, and what it measures."""
