"""What is no digit: scribbles, letters and signs, for networks that are to say so."""
