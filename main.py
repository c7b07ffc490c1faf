"""Opens nnviz's window: `python main.py`, for those who start a script rather than a command."""

from __future__ import annotations

import sys

from nnviz.launch import window_main

if __name__ == "__main__":
    sys.exit(window_main())
