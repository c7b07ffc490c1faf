"""The mathematics of the labs, without a window, and the file that a lab's state is kept in."""
