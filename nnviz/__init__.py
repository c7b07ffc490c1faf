"""nnviz: assemble neural networks, watch them learn, draw digits for them to read."""

import os

__version__ = "0.1.0"

# Torch's threads meet after every operation and wait for each other by spinning. When the window or another program
# needs one of the cores for a moment, a thread that spins for long keeps the late one from running: beside one busy
# program, two cores trained the Fast CNN at an eighth of the speed. A thread that sleeps at once is late itself, and
# costs a third on an idle machine. So they spin briefly, then sleep. Read by OpenMP when torch is loaded.
os.environ.setdefault("GOMP_SPINCOUNT", "10000")

# Numpy's own threads, for the few small matrices that live views take apart, would spin beside torch's: on two cores in
# use, a matrix of 256 x 256 took up to twenty times as long. Read when numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
