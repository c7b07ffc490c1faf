"""The core's tests use small networks; the command line is called as a user would, in this process."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import torch

from nnviz.core.cli import main


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    # Faster for small networks, and leaves the other cores alone.
    torch.set_num_threads(1)


@dataclass(frozen=True)
class Outcome:
    """What a command left behind: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def results(self) -> list[dict[str, Any]]:
        """Standard output, which must be nothing but one strict JSON object per line."""
        return [json.loads(line, parse_constant=pytest.fail) for line in self.out.splitlines()]

    @property
    def result(self) -> dict[str, Any]:
        """The only object on standard output of a command that worked."""
        assert self.code == 0, self.err
        (result,) = self.results
        return result


Nnviz = Callable[..., Outcome]


@pytest.fixture
def nnviz(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Nnviz:
    """Call `nnviz` with these words."""

    def call(*words: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["nnviz", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return Outcome(end.value.code or 0, out, err)

    return call
