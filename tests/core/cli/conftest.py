"""A small trained network that reads digits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def digits_file(nnviz: Any, tmp_path: Path) -> Path:
    """A perceptron that saw the 8 x 8 digits for a few epochs."""
    path = tmp_path / "digits.nnviz"
    assert nnviz("train", "mlp", "--dataset", "digits", "--steps", "60", "--out", path).code == 0
    return path
