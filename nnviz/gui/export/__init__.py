"""Taking a network out of the window: as code, as a file for other programs, as curves, as a picture."""
