"""Installing Debian packages, where that is allowed: as root on a Debian-like system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def is_debian_like() -> bool:
    """Whether apt-get can install packages here (Debian, Ubuntu and what derives from them)."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def may_install() -> bool:
    """Whether packages can be installed without asking anybody for a password."""
    return is_debian_like() and os.geteuid() == 0


def install(packages: list[str]) -> bool:
    """Install `packages`; False if apt-get could not. The package lists are refreshed only when that is needed."""
    print(f"Installing system packages: {' '.join(packages)}", file=sys.stderr)
    command = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    # A fresh container has no package lists at all, an old machine has outdated ones: both show as a failed install.
    return _apt(command, quiet=True) or (_apt(["apt-get", "update", "--quiet"]) and _apt(command))


def command_for(packages: list[str]) -> str:
    """The command that a person without root's rights types instead."""
    return f"sudo apt-get install {' '.join(packages)}"


def _apt(command: list[str], *, quiet: bool = False) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    output = subprocess.DEVNULL if quiet else sys.stderr
    return subprocess.run(command, env=environment, stdout=output, stderr=output, check=False).returncode == 0
