"""Opens nnviz's window, for those who start a script rather than a command: `python main.py [FILE.nnviz]`."""

from __future__ import annotations

import sys
from pathlib import Path

from nnviz.launch import window_main

if __name__ == "__main__":
    sys.exit(window_main(file=Path(sys.argv[1]) if len(sys.argv) > 1 else None))
