"""nnviz: assemble neural networks, watch them learn, draw digits for them to read."""

import os

__version__ = "0.1.0"

# Torch's threads meet after every operation, and by default wait for each other by spinning. When the window or another
# program needs one of the cores for a moment, the waiting thread then keeps the late one from running: training beside
# one busy program was measured seven times faster with threads that sleep. Read by OpenMP when torch is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
