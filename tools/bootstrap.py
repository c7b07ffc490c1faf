"""First step of every make target: find a Python that is new enough and hand over to `tools.environment`.

The file is run by whatever `python3` the machine has. It must therefore stay readable for Python 3.6, or an old one
answers with a SyntaxError where a sentence is wanted: no annotations of newer kinds, and every import of the project
only after the check.
"""

import os
import subprocess
import sys

NEEDED = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def runs(command: str) -> bool:
    """Whether `command` exists, starts and is new enough; a version manager's stand-in exists but may not start."""
    probe = f"import sys; sys.exit(sys.version_info < {NEEDED})"
    try:
        return subprocess.call([command, "-c", probe], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def too_old(version: "tuple[int, ...]", executable: str) -> str:
    """The sentence for a machine whose only Python is `version`."""
    return (
        f"nnviz needs Python {NEEDED[0]}.{NEEDED[1]} or newer, but {executable} is Python {version[0]}.{version[1]} "
        "and no newer one was found; install it (on Debian or Ubuntu: sudo apt-get install python3.11) or name it, as "
        "in: make run PYTHON=/path/to/python3.12"
    )


def main(arguments: "list[str]") -> int:
    """Set everything up; exit code 0 when nnviz is ready to start."""
    if sys.version_info[:2] < NEEDED:
        newer = next((command for command in NEWER if runs(command)), None)
        if newer is None:
            print(too_old(tuple(sys.version_info[:2]), sys.executable), file=sys.stderr)
            return 1
        return subprocess.call([newer, os.path.abspath(__file__), *arguments])
    sys.path.insert(0, ROOT)
    from tools.environment import set_up

    return set_up(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
