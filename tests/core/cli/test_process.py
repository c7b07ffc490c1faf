"""The command line as a process of its own: exit codes, interruption, and a reader that goes away."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import nnviz

ROOT = Path(nnviz.__file__).parents[1]
START = [sys.executable, "-c", "from nnviz.core.cli import main; main()"]


def start(*words: str) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    pipe = subprocess.PIPE
    return subprocess.Popen([*START, *words], stdout=pipe, stderr=pipe, text=True, env=environment)


def test_results_and_messages_go_different_ways() -> None:
    with start("train", "2d-classifier", "--steps", "40", "--json") as process:
        out, err = process.communicate(timeout=100)
    assert process.returncode == 0
    assert json.loads(out)["steps"] == 40
    # A pipe gets no progress bar: whole lines only, and no control characters.
    assert [line.split(":")[0] for line in err.splitlines()] == ["Step 19", "Step 38", "Step 40"]
    assert err.isprintable() or set(err) - set("\n") == {c for c in err if c.isprintable()}


def test_interrupting_ends_with_a_sentence() -> None:
    with start("train", "2d-classifier", "--steps", "100000000") as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Step ")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.endswith("nnviz: stopped.\n")
    assert "Traceback" not in err
    assert out == ""


def test_a_reader_that_goes_away_is_no_fault_to_talk_about() -> None:
    with start("presets", "--json") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        err = process.stderr.read()
        process.wait(timeout=60)
    assert process.returncode == 1
    assert err == ""
