"""The virtual environment is made once, mended when broken, and every failure is a sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools import debian, environment
from tools.environment import Environment, SetupError, Stamp, explain, without_traceback

# Stands for the environment's Python: starts, has pip, and notes each call of it.
FAKE_PYTHON = """\
#!/bin/sh
test "$1" = -c && exit {works}
echo "$@" >> "{calls}"
while test "$1" != --log; do shift; done
echo "{log}" > "$2"
exit {pip}
"""

# What pip logs before anything else: it installs what builds the project.
BUILD_LOG = "Installing collected packages: hatchling\nSuccessfully installed hatchling-1.27.0\n"


class Project:
    """A project in a folder of its own whose Python and pip are a script."""

    def __init__(self, root: Path) -> None:
        self.calls = root / "calls"
        self.environment = Environment(root)
        (root / "pyproject.toml").write_text("[project]\n")
        (root / "constraints.txt").write_text("torch==2.13.0\n")
        self.made = 0

    def python(self, *, works: int = 0, pip: int = 0, log: str = "Successfully installed nnviz") -> None:
        python = self.environment.python
        python.parent.mkdir(parents=True, exist_ok=True)
        python.write_text(FAKE_PYTHON.format(works=works, calls=self.calls, log=log, pip=pip))
        python.chmod(0o755)

    def create(self) -> None:
        self.made += 1
        self.python()

    @property
    def installations(self) -> list[str]:
        return self.calls.read_text().splitlines() if self.calls.exists() else []


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = Project(tmp_path)
    monkeypatch.setattr(project.environment, "_create", project.create)
    return project


def test_is_made_once(project: Project) -> None:
    project.environment.ensure(dev=False)
    project.environment.ensure(dev=False)
    assert project.made == 1
    assert len(project.installations) == 1
    assert "-c" in project.installations[0]
    assert "constraints.txt" in project.installations[0]


def test_developers_tools_are_added_and_then_serve_users_too(project: Project) -> None:
    for dev in (False, True, False):
        project.environment.ensure(dev=dev)
    assert project.made == 1
    assert [line.endswith("[dev]") for line in project.installations] == [False, True]


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_changed_requirements_are_installed_into_the_same_environment(project: Project, name: str) -> None:
    project.environment.ensure(dev=True)
    (project.environment.root / name).write_text("changed\n")
    project.environment.ensure(dev=True)
    assert project.made == 1
    assert len(project.installations) == 2


def test_a_python_that_no_longer_starts_is_replaced(project: Project) -> None:
    project.environment.ensure(dev=False)
    project.python(works=1)
    project.environment.ensure(dev=False)
    assert project.made == 2


def test_an_installation_that_was_interrupted_is_begun_anew(project: Project) -> None:
    project.python()
    project.environment.log.write_text(BUILD_LOG + "Installing collected packages: numpy, torch\n")
    project.environment.ensure(dev=False)
    assert project.made == 1
    project.environment.ensure(dev=False)
    assert project.made == 1


def test_a_download_that_was_interrupted_goes_on(project: Project) -> None:
    project.python()
    project.environment.log.write_text(BUILD_LOG + "Downloading torch\n")
    project.environment.ensure(dev=False)
    assert project.made == 0
    assert len(project.installations) == 1


def test_a_moved_project_gets_a_new_environment(project: Project) -> None:
    project.environment.ensure(dev=False)
    stamp_file = project.environment.folder / "installed.json"
    stamp = Stamp.read(stamp_file)
    assert stamp is not None
    Stamp(place="elsewhere", requirements=stamp.requirements, dev=stamp.dev).write(stamp_file)
    project.environment.ensure(dev=False)
    assert project.made == 2


def test_a_failing_pip_is_a_sentence_and_is_tried_again(project: Project) -> None:
    project.python(pip=1, log="Temporary failure in name resolution")
    with pytest.raises(SetupError, match=r"(?s)^pip cannot reach the package index: .*\nThe end of pip's log"):
        project.environment.ensure(dev=False)
    project.python()
    project.environment.ensure(dev=False)
    assert len(project.installations) == 2


@pytest.mark.parametrize("text", ["", "{", "[]", '{"place": 1}'])
def test_a_damaged_stamp_counts_as_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "installed.json"
    file.write_text(text)
    assert Stamp.read(file) is None


@pytest.mark.parametrize(
    ("log", "advice"),
    [
        ("WARNING: Retrying ... NewConnectionError('... Name or service not known')", "connect this computer"),
        ("OSError: [Errno 28] No space left on device", "make room"),
        ("SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED", "PIP_CERT"),
        ("ERROR: No matching distribution found for torch==2.13.0", "Python 3.11 to 3.13"),
        # pip ends with "no matching distribution" too when it could not ask for any.
        ("NewConnectionError\nERROR: No matching distribution found for hatchling", "connect this computer"),
        ("something new", "mend what its log says"),
    ],
)
def test_explains_why_pip_failed(log: str, advice: str) -> None:
    sentence = explain(log)
    assert advice in sentence
    assert "\n" not in sentence


def test_pips_own_traceback_is_not_shown() -> None:
    log = (
        "2026-01-02T10:11:12,130 Collecting torch\n"
        "2026-01-02T10:11:12,131 \n"
        "2026-01-02T10:11:12,131 ERROR: no room\n"
        "2026-01-02T10:11:12,132 Exception information:\n"
        "2026-01-02T10:11:12,132 Traceback (most recent call last):\n"
    )
    assert without_traceback(log) == "Collecting torch\nERROR: no room"


@pytest.mark.parametrize("debian_like", [True, False])
def test_python_without_ensurepip_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, debian_like: bool
) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(debian, "may_install", lambda: False)
    monkeypatch.setattr(debian, "is_debian_like", lambda: debian_like)
    expected = f"sudo apt-get install python3.{sys.version_info.minor}-venv" if debian_like else "ensurepip"
    with pytest.raises(SetupError, match=expected):
        Project(tmp_path).environment.ensure(dev=False)
