"""Everything that works without a window: networks, data, training, files. No Qt in here."""
