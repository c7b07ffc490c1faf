"""What the bundled network learns from besides MNIST, and how it is trained; `make model` runs it."""
