from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from nnviz.core import fine_tune as module
from nnviz.core.datasets.base import Dataset, LoadCancelled, Split
from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.mnist import Mnist
from nnviz.core.fine_tune import FineTuneError, fine_tune
from nnviz.core.forms import drawn as drawn_form
from nnviz.core.hands import as_another_hand
from nnviz.core.ink import prepare_strokes
from nnviz.core.no_digits.signs import SIGNS
from nnviz.core.project import ProjectFile, load_project
from nnviz.core.reader import DigitReader, bundled_project
from nnviz.core.strokes import Drawing
from nnviz.resource_path import resource_path

CROSS = (np.array([[50.0, 0.0], [50.0, 100.0]]), np.array([[0.0, 50.0], [100.0, 50.0]]))
FORMS = {
    0: (np.array([[50.0, 0], [10, 40], [20, 90], [60, 100], [90, 60], [80, 10], [50, 0]]),),
    1: (np.array([[50.0, 0.0], [50.0, 100.0]]),),
    7: (np.array([[0.0, 0.0], [60.0, 0.0], [30.0, 100.0]]),),
}


def mlp() -> ProjectFile:
    """A small network that reads digits, so that learning takes a second."""
    return load_project(resource_path("models", "mlp.nnviz"))


def drawn(strokes: tuple[np.ndarray, ...], label: int, count: int, seed: int) -> list[Drawing]:
    rng = np.random.default_rng(seed)
    return [Drawing(tuple(as_another_hand(strokes, rng)), label) for _ in range(count)]


def pictures(drawings: list[Drawing]) -> tuple[np.ndarray, np.ndarray]:
    images = [np.round(prepare_strokes(drawing).image * 255).astype(np.uint8) for drawing in drawings]
    return np.stack(images), np.array([drawing.label for drawing in drawings])


@pytest.fixture(scope="module")
def digits() -> Dataset:
    """What stands for MNIST here: three digits, by many hands."""
    images, labels = pictures([drawing for digit, form in FORMS.items() for drawing in drawn(form, digit, 40, digit)])
    split = Split(images[:, None].astype(np.float32) / np.float32(255), labels)
    return Dataset(Mnist(), split, split, split)


def test_a_new_way_is_learned_and_nothing_is_forgotten(digits: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STEPS", 60)
    taught, held_back = drawn(CROSS, 3, 20, 1), drawn(CROSS, 3, 30, 2)
    file = mlp()
    shares: list[float] = []
    before_state = torch.get_rng_state()
    done = fine_tune(file, taught, pictures(taught), digits, progress=shares.append)
    assert torch.equal(torch.get_rng_state(), before_state)
    assert shares[-1] == 1
    assert done.own[0] < 0.5 < 0.9 < done.own[1]
    assert done.mnist[1] >= done.mnist[0] - 0.02
    answers = DigitReader(done.file).read([prepare_strokes(drawing) for drawing in held_back])
    assert np.mean([int(np.argmax(answer)) == 3 for answer in answers if answer is not None]) > 0.9


def test_what_is_no_digit_stays_none(digits: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STEPS", 60)
    monkeypatch.setattr(module, "MADE_NO_DIGITS", 200)
    file = bundled_project()
    rng = np.random.default_rng(9)
    # Nearest to what is taught, and so the first to be taken for it.
    strange = [prepare_strokes(as_another_hand(drawn_form(SIGNS[name], rng, 0.02), rng)) for name in "TtXx" * 15]
    taught = drawn(CROSS, 4, 20, 1)
    done = fine_tune(file, taught, pictures(taught), digits)
    assert done.own[0] < 0.5 < 0.9 < done.own[1]
    before, after = (
        np.mean([answer is not None and answer.max() > 0.9 for answer in DigitReader(project).read(strange)])
        for project in (file, done.file)
    )
    assert before <= 0.05
    assert after <= 0.05


def test_it_can_be_cancelled(digits: Dataset) -> None:
    taught = drawn(CROSS, 4, 2, 1)
    with pytest.raises(LoadCancelled):
        fine_tune(mlp(), taught, pictures(taught), digits, cancelled=lambda: True)


def test_what_cannot_be_taught_is_refused(digits: Dataset) -> None:
    taught = drawn(CROSS, 4, 2, 1)
    with pytest.raises(FineTuneError, match="does not read 28 x 28 pictures"):
        fine_tune(replace(mlp(), dataset=Circles()), taught, pictures(taught), digits)
    with pytest.raises(FineTuneError, match="no drawings yet"):
        fine_tune(mlp(), [], (np.empty((0, 28, 28), np.uint8), np.empty(0, np.int64)), digits)
