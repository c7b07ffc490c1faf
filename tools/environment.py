"""The project's own virtual environment, .venv: made once, mended when broken, renewed when the requirements change.

Standard library only, because this runs before anything is installed. Every way in which it can fail ends in one
sentence (`SetupError`), never in a traceback.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from nnviz.gui import platform_check
from tools import debian
from tools.bootstrap import NEEDED

ROOT = Path(__file__).resolve().parent.parent
LOG_LINES = 15


class SetupError(Exception):
    """Set-up cannot go on; `str(error)` is the sentence for the person who typed make."""


@dataclass(frozen=True)
class Stamp:
    """What a finished installation was made from; another value means that it must be done again.

    Attributes:
        place: Folder of the project. The environment's scripts contain it, so a moved project needs a new one.
        requirements: Digest of the files that say what is installed.
        dev: Whether the developers' tools (tests, linters) are installed too.
    """

    place: str
    requirements: str
    dev: bool

    @classmethod
    def of(cls, root: Path, *, dev: bool) -> Stamp:
        """The stamp that an installation made now would get."""
        digest = hashlib.sha256()
        for name in ("pyproject.toml", "constraints.txt"):
            digest.update((root / name).read_bytes())
        return cls(place=str(root), requirements=digest.hexdigest(), dev=dev)

    @classmethod
    def read(cls, path: Path) -> Stamp | None:
        """The stamp in `path`, or None if there is none that can be read."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def serves(self, wanted: Stamp) -> bool:
        """Whether what was installed is all that is wanted; more does no harm."""
        return (self.place, self.requirements) == (wanted.place, wanted.requirements) and self.dev >= wanted.dev

    def write(self, path: Path) -> None:
        """Write it; the last act of an installation."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


class Environment:
    """The virtual environment of the project in `root`.

    Attributes:
        folder: The environment.
        python: Its interpreter.
        log: pip's log of the latest installation.
    """

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self.log = self.folder / "pip.log"
        self._stamp_file = self.folder / "installed.json"

    def ensure(self, *, dev: bool) -> None:
        """Install what is not installed yet; a matter of milliseconds if nothing has changed.

        Raises:
            SetupError: If the environment cannot be made or pip fails.
        """
        wanted = Stamp.of(self.root, dev=dev)
        found = Stamp.read(self._stamp_file)
        works = self._works()
        if works and found is not None and found.serves(wanted):
            return
        moved = found is not None and found.place != wanted.place
        if not works or moved or self._was_interrupted():
            self._create()
        self._stamp_file.unlink(missing_ok=True)
        self._install(dev=dev)
        wanted.write(self._stamp_file)

    def _works(self) -> bool:
        """Whether its Python starts, is new enough and has pip (after an upgrade of the system's Python it has not)."""
        probe = f"import sys, pip; sys.exit(sys.version_info < {NEEDED})"
        try:
            return subprocess.run([self.python, "-c", probe], capture_output=True, check=False).returncode == 0
        except OSError:
            return False

    def _was_interrupted(self) -> bool:
        """Whether pip was stopped while it was copying: packages may then look whole and lack files."""
        try:
            log = self.log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        # The last ones count: pip first installs, and logs, what it needs to build nnviz itself.
        return log.rfind("Installing collected packages") > log.rfind("Successfully installed")

    def _create(self) -> None:
        if importlib.util.find_spec("ensurepip") is None:
            _install_venv_module()
        print(f"Making the virtual environment {self.folder}", file=sys.stderr)
        try:
            shutil.rmtree(self.folder, ignore_errors=True)
            # A new process: this one may have started before Debian's ensurepip was there.
            command = [sys.executable, "-m", "venv", str(self.folder)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError as error:
            raise SetupError(f"The virtual environment {self.folder} cannot be made: {error}.") from None
        if done.returncode != 0:
            raise SetupError(
                f"{sys.executable} could not make the virtual environment {self.folder}; it said:\n"
                + _end_of((done.stdout + done.stderr).strip())
            )

    def _install(self, *, dev: bool) -> None:
        print("Installing what nnviz needs; the first time this takes some minutes.", file=sys.stderr)
        self.log.unlink(missing_ok=True)
        target = f"{self.root}[dev]" if dev else str(self.root)
        constraints = str(self.root / "constraints.txt")
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "--log", str(self.log)]
        done = subprocess.run([*pip, "install", "-c", constraints, "-e", target], stdout=sys.stderr, check=False)
        if done.returncode != 0:
            log = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
            raise SetupError(f"{explain(log)}\nThe end of pip's log, {self.log}:\n{_end_of(without_traceback(log))}")


def explain(log: str) -> str:
    """One sentence on why pip failed and what to do, from its log."""
    causes = (
        (
            ("No space left on device", "Disk quota exceeded"),
            "The disk is full: nnviz and PyTorch need about 3 GB (with the CUDA libraries 8 GB) where the project "
            "lies; make room, then run the same command again.",
        ),
        (
            (
                "NewConnectionError",
                "NameResolutionError",
                "Temporary failure in name resolution",
                "ConnectTimeoutError",
            ),
            "pip cannot reach the package index: connect this computer to the internet (behind a proxy: set "
            "HTTPS_PROXY), then run the same command again.",
        ),
        (
            ("CERTIFICATE_VERIFY_FAILED", "SSLError"),
            "pip does not trust the package index's certificate: where the network has its own certificate authority, "
            "set PIP_CERT to its file, then run the same command again.",
        ),
        (
            ("ReadTimeoutError", "ProtocolError", "IncompleteRead", "Connection reset", "DO NOT MATCH THE HASHES"),
            "A download broke off: run the same command again.",
        ),
        (
            ("No matching distribution found", "ResolutionImpossible", "Could not find a version"),
            f"There is no version of some package for Python {sys.version_info.major}.{sys.version_info.minor} on this "
            "system: Python 3.11 to 3.13 on 64-bit Linux, macOS and Windows are known to work, and PYTHON=python3.12 "
            "after make chooses one.",
        ),
    )
    for signs, sentence in causes:
        if any(sign in log for sign in signs):
            return sentence
    return "pip could not install what nnviz needs: mend what its log says, then run the same command again."


def without_traceback(log: str) -> str:
    """Pip's log without time stamps and without the inner life of pip, which comes last when it fails."""
    plain = re.sub(r"^\d{4}-\d\d-\d\dT[\d:]+,\d+ ?", "", log, flags=re.MULTILINE)
    told = plain.partition("Exception information:\n")[0]
    return "\n".join(line for line in told.splitlines() if line.strip())


def _end_of(text: str) -> str:
    return "\n".join("    " + line for line in text.splitlines()[-LOG_LINES:])


def _install_venv_module() -> None:
    """Debian and Ubuntu keep the part of Python that makes environments in a package of its own."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if debian.may_install():
        if debian.install([package]):
            return
        raise SetupError(f"apt-get could not install {package}, which {sys.executable} needs to make an environment.")
    advice = debian.command_for([package]) if debian.is_debian_like() else "install Python with its ensurepip module"
    raise SetupError(f"{sys.executable} cannot make virtual environments; mend it with: {advice}")


def set_up(arguments: list[str]) -> int:
    """Command line behind every make target; the exit code."""
    parser = argparse.ArgumentParser(prog="bootstrap", description="Make .venv and install nnviz in it.")
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    parser.add_argument("--window", action="store_true", help="also check that a window can be opened")
    options = parser.parse_args(arguments)
    environment = Environment()
    # Said before the long installation, not after it.
    if options.window and (problem := platform_check.screen_problem()):
        print(problem, file=sys.stderr)
        return 1
    try:
        environment.ensure(dev=options.dev)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The set-up stopped: {error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; the same command goes on from here.", file=sys.stderr)
        return 130
    libraries = [str(environment.python), "-m", "tools.system_libraries", *(["--window"] if options.window else [])]
    return subprocess.run(libraries, cwd=ROOT, env=os.environ, check=False).returncode
