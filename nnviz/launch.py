"""The command `nnviz`: the window at once, or the command line.

Opening the window must not wait for the command line's libraries, so which of the two is wanted is decided here.
"""

from __future__ import annotations

import sys
from pathlib import Path

FILES = (".nnviz", ".nnlab")
"""Names of projects, and of what was saved in a lab, end so."""


def main() -> None:
    """Open the window if there are no arguments or one file of its own, else run the command; ends the process."""
    if len(sys.argv) == 1:
        sys.exit(window_main())
    if len(sys.argv) == 2 and sys.argv[1].lower().endswith(FILES):
        # What a double click on such a file runs.
        sys.exit(window_main(file=Path(sys.argv[1])))
    from nnviz.core.cli import main as run_command

    run_command()


def window_main(data_dir: Path | None = None, file: Path | None = None) -> int:
    """Open the window, with a project or a lab's file if there is one, until it is closed; returns the exit code."""
    # Asked before Qt is loaded: on a machine that lacks its libraries, loading it already fails.
    from nnviz.gui.platform_check import problem

    sentence = problem()
    if sentence is not None:
        print(f"nnviz: {sentence}", file=sys.stderr)
        return 1
    from nnviz.gui.app import main as open_window

    return open_window(data_dir=data_dir, file=file)
