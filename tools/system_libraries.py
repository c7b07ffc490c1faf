"""Shared libraries and fonts that Qt needs and pip cannot bring: installed where that is allowed, named elsewhere.

Runs in the project's environment, because only there it can be seen what the installed Qt links.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping

from nnviz.gui import platform_check
from tools import debian

FONTS = "fonts-dejavu-core"


def needed_packages(environment: Mapping[str, str]) -> list[str]:
    """Debian packages that bring what Qt lacks under `environment`, sorted; empty if it has everything."""
    packages = {platform_check.debian_package(name) for name in platform_check.missing_libraries(environment)}
    if not platform_check.has_fonts():
        packages.add(FONTS)
    return sorted(packages)


def main(arguments: list[str]) -> int:
    """Install or name what is missing; exit code 0 if Qt can start."""
    parser = argparse.ArgumentParser(prog="system_libraries", description="Install the libraries that Qt needs.")
    parser.add_argument("--window", action="store_true", help="for a window on the screen; else for tests without one")
    options = parser.parse_args(arguments)
    environment = dict(os.environ) if options.window else {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    if sys.platform.startswith("linux") and debian.may_install():
        packages = needed_packages(environment)
        if packages and not debian.install(packages):
            print(f"apt-get could not install {' '.join(packages)}: see its messages above.", file=sys.stderr)
    if not platform_check.has_fonts():
        print(f"This system has no fonts, so text will show as boxes: install some ({FONTS}).", file=sys.stderr)
    sentence = platform_check.problem(environment)
    if sentence:
        print(sentence, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
