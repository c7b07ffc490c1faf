"""What is going on in a training, in words: one condition per file, found by the registry in `base`."""
