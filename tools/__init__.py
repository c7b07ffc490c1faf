"""Scripts for the repository itself: set-up, system libraries, pictures. Nothing here is part of the application."""
