"""Everything but writing for TensorBoard works where the extra is not installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from importlib.abc import MetaPathFinder

class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0].startswith("tensorboard"):
            raise ModuleNotFoundError(name)

# As if it were not installed.
import importlib.util
real = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == "tensorboardX" else real(name, package)
sys.meta_path.insert(0, Missing())
from nnviz.core.cli.main import main
sys.argv = ["nnviz", *sys.argv[1:]]
main()
"""


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, words)], capture_output=True, text=True, check=False
    )


def test_a_network_is_trained_and_its_curves_go_into_a_table(tmp_path: Path) -> None:
    file = tmp_path / "net.nnviz"
    assert run("train", "2d_classifier", "--steps", "20", "--out", file).returncode == 0
    assert run("export", file, "--to", tmp_path / "curves.csv").returncode == 0
    refused = run("export", file, "--to", tmp_path / "curves.tfevents")
    assert refused.returncode == 1
    assert 'install it with pip install "nnviz[tensorboard]"' in refused.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["curves.csv", "net.nnviz"]
