"""Forward pass, backward pass and update of a small network, one multiplication at a time."""
