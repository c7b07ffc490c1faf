"""The workspace in which people draw a digit and see what a network reads, sees and is unsure of."""
