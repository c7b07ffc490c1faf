"""The window. Everything in here runs on the GUI thread, except `worker` and the probes of live views. No torch."""
