"""What live views tell of a network, as numbers: plain functions of numpy arrays, with neither torch nor a window."""
