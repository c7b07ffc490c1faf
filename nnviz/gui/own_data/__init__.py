"""Opening data of one's own: the dialog with its preview, what was opened lately, and files dropped on the window."""
