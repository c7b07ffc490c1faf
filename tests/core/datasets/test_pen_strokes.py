"""The way of the pen as a sequence: what a step is, what place, size and padding change, and a network that learns."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from nnviz.core.datasets import DATASETS, DataError, LoadCancelled, LoadContext
from nnviz.core.datasets.own_data import open_own_data, own_data
from nnviz.core.datasets.pen_strokes import PenStrokes, padded, pen_steps
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.layers.lstm import Lstm
from nnviz.core.my_digits import STROKES, MyDigits
from nnviz.core.shape import Shape
from nnviz.core.spec import spec_from_json
from nnviz.core.strokes import Drawing, write_strokes
from nnviz.core.suggest_preset import suggest_preset
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer
from tests.core.datasets.own_files import check_script, my_digits

ONE = (np.array([[5.0, 0.0], [5.0, 40.0]]),)
SEVEN = (np.array([[0.0, 0.0], [20.0, 0.0], [10.0, 40.0]]), np.array([[5.0, 20.0], [15.0, 20.0]]))


def drawings(count: int = 60) -> list[Drawing]:
    """Ones and sevens in turn, each a little other than the last, of any size and anywhere."""
    rng = np.random.default_rng(0)
    found = []
    for number in range(count):
        shape, digit = (ONE, 1) if number % 2 == 0 else (SEVEN, 7)
        size, place = rng.uniform(0.5, 3), rng.uniform(0, 100, 2)
        found.append(Drawing(tuple((s + rng.normal(0, 1, s.shape)) * size + place for s in shape), digit))
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "some.jsonl"
    write_strokes(path, drawings())
    return path


def walked(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.cumsum(steps[:, :2], axis=0)


# Steps


def test_a_straight_line_is_walked_in_equal_steps() -> None:
    steps = pen_steps(ONE, 0.25, 100)
    # From the middle up to where it begins, with the pen lifted, then down its four quarters.
    np.testing.assert_allclose(steps, [[0, -2, 1], [0, 1, 0], [0, 1, 0], [0, 1, 0], [0, 1, 0]], atol=1e-12)


def test_the_steps_lead_through_the_drawing() -> None:
    steps = pen_steps(SEVEN, 0.05, 1000)
    unit, middle = 40 * 0.05, np.array([10.0, 20.0])
    points = walked(steps) * unit + middle
    starts = np.flatnonzero(steps[:, 2])
    np.testing.assert_allclose(points[starts], [[0, 0], [5, 20]], atol=1e-9)
    np.testing.assert_allclose(points[[starts[1] - 1, -1]], [[10, 40], [15, 20]], atol=1e-9)
    drawn = np.hypot(*steps[steps[:, 2] == 0, :2].T)
    assert drawn.max() < 1.05
    # At a corner the way is cut short; nowhere else.
    assert np.sort(drawn)[1] > 0.95


@pytest.mark.parametrize(("size", "place"), [(8.0, 0.0), (0.03, -7.0), (411.0, 90.0)])
def test_neither_size_nor_place_is_seen(size: float, place: float) -> None:
    moved = tuple(stroke * size + place for stroke in SEVEN)
    np.testing.assert_allclose(pen_steps(moved, 0.1, 100), pen_steps(SEVEN, 0.1, 100), atol=1e-9)


def test_more_points_on_the_same_line_change_nothing() -> None:
    often = (np.repeat(np.stack([np.full(41, 5.0), np.arange(41.0)], axis=1), 3, axis=0),)
    np.testing.assert_allclose(pen_steps(often, 0.1, 100), pen_steps(ONE, 0.1, 100), atol=1e-9)


def test_a_dot_is_one_step() -> None:
    dot = np.array([[3.0, 4.0]])
    np.testing.assert_array_equal(pen_steps((dot,), 0.1, 10), [[0, 0, 1]])
    np.testing.assert_array_equal(pen_steps((np.repeat(dot, 5, axis=0),), 0.1, 10), [[0, 0, 1]])
    assert pen_steps((*ONE, dot), 0.1, 100)[-1, 2] == 1


def test_no_more_steps_are_made_than_are_asked_for() -> None:
    np.testing.assert_allclose(pen_steps(SEVEN, 0.05, 7), pen_steps(SEVEN, 0.05, 1000)[:7], atol=1e-9)


def test_behind_the_end_is_nan() -> None:
    rows = padded(np.ones((2, 3)), 4)
    assert rows.dtype == np.float32
    np.testing.assert_array_equal(np.isnan(rows), np.repeat([[False], [False], [True], [True]], 3, axis=1))
    assert not np.isnan(padded(np.ones((9, 3)), 4)).any()


# The data set


def test_a_file_of_strokes_is_opened_as_such(file: Path) -> None:
    spec = open_own_data(file, length=50)
    assert isinstance(spec, PenStrokes)
    assert (spec.input_shape, spec.output_shape, spec.samples) == (Shape((50, 3)), Shape((10,)), 60)
    assert spec_from_json(DATASETS, json.loads(json.dumps(spec.to_json(), allow_nan=False))) == spec
    data = spec.load(LoadContext())
    assert [len(split) for split in (data.train, data.validation, data.test)] == [42, 6, 12]
    assert spec.train_samples() == 42
    for split in (data.train, data.validation, data.test):
        assert (split.x.dtype, split.y.dtype, set(split.y)) == (np.float32, np.int64, {1, 7})
        ended = np.isnan(split.x)
        assert np.array_equal(ended.any(axis=2), ended.all(axis=2))
        assert (np.diff(ended[:, :, 0].astype(int), axis=1) >= 0).all()
        assert not ended[:, 0].any()
        # A seven is a longer way than a one, and has a second stroke.
        steps = (~ended[:, :, 0]).sum(axis=1)
        assert steps[split.y == 1].max() < steps[split.y == 7].min() <= steps.max() < 50
        assert np.array_equal(np.nansum(split.x[:, :, 2], axis=1), np.where(split.y == 1, 1, 2))
    other = spec.replace(seed=1, test_share=0.3).load(LoadContext())
    assert len(other.test) == 18
    assert not np.array_equal(other.validation.x, data.validation.x, equal_nan=True)


def test_the_digits_of_the_draw_page_are_opened_by_their_folder(tmp_path: Path) -> None:
    folder = my_digits(tmp_path)
    assert [kind.name for kind in own_data() if kind.suits(folder)] == ["my_digits", "pen_strokes"]
    spec = PenStrokes.inspect(folder)
    assert spec == PenStrokes.inspect(folder / STROKES)
    assert spec.samples == 40
    assert set(spec.load(LoadContext()).train.y) == set(range(10))


def test_the_printed_script_reads_the_same(file: Path, tmp_path: Path) -> None:
    check_script(open_own_data(file, length=30, spacing=0.03, seed=5))
    odd = tmp_path / "odd.jsonl.gz"
    lines = file.read_text().splitlines()
    text = "\r\n\n".join([*lines[:9], lines[9].replace('"label"', '"other"'), *lines[10:20]])
    odd.write_bytes(gzip.compress(("\ufeff" + text).encode()))
    check_script(open_own_data(odd))


def test_a_preview_says_what_is_skipped_and_cut(file: Path) -> None:
    write_strokes(file, [*drawings(), Drawing(ONE), Drawing(SEVEN)])
    preview = open_own_data(file, length=12).preview()
    assert preview.columns == ("digit", "strokes", "steps")
    assert preview.rows[1] == ("7", "2", "12")
    assert dict(preview.class_counts)["7"] == 30
    assert "2 skipped, for they do not say which digit they are." in preview.notes
    assert any(note.startswith("30 are longer than 12 steps") for note in preview.notes)


def test_where_nothing_was_drawn_it_says_so(tmp_path: Path) -> None:
    store = MyDigits(tmp_path / "My digits")
    store.folder.mkdir()
    with pytest.raises(DataError, match=r"My digits has no strokes\.jsonl\. Draw digits in Draw"):
        PenStrokes.inspect(store.folder)
    (store.folder / STROKES).touch()
    with pytest.raises(DataError, match=r"no drawing that says which digit it is\. Draw digits in Draw"):
        PenStrokes.inspect(store.folder)
    write_strokes(store.folder / STROKES, [Drawing(ONE)])
    with pytest.raises(DataError, match=r"no drawing that says which digit it is\. Draw digits in Draw"):
        PenStrokes.inspect(store.folder)
    write_strokes(store.folder / STROKES, drawings(2))
    with pytest.raises(DataError, match=r"too few samples: .* found 2\. Add more"):
        PenStrokes.inspect(store.folder)
    with pytest.raises(DataError, match="Choose a file"):
        PenStrokes().load(LoadContext())


def test_a_damaged_line_is_named(file: Path) -> None:
    file.write_text(file.read_text() + '{"strokes": [[[1, "x"]]], "label": 1}\n')
    with pytest.raises(DataError, match=r"some\.jsonl, line 61: Stroke 1 has a coordinate .* Mend the file"):
        PenStrokes.inspect(file)


def test_reading_can_be_given_up(file: Path) -> None:
    with pytest.raises(LoadCancelled):
        open_own_data(file, context=LoadContext(cancelled=lambda: True))


# Learning


def test_a_recurrent_network_learns_them_and_a_longer_padding_changes_nothing(tmp_path: Path) -> None:
    path, rng = tmp_path / "four.jsonl", np.random.default_rng(1)
    # A seven, and its mirror image, way back and both: of the same length, so that only the way tells them apart.
    mirrored = tuple(stroke * [-1.0, 1.0] for stroke in SEVEN)
    shapes = [shape for one in (SEVEN, mirrored) for shape in (one, tuple(stroke[::-1] for stroke in one))]
    write_strokes(
        path,
        (
            Drawing(tuple(stroke + rng.normal(0, 1.5, stroke.shape) for stroke in shapes[number % 4]), number % 4)
            for number in range(200)
        ),
    )
    spec = PenStrokes.inspect(path, length=45)
    preset = suggest_preset(spec)
    assert preset is not None
    layers = tuple(layer.replace(units=16) if isinstance(layer, Lstm) else layer for layer in preset.network.layers)
    assert any(isinstance(layer, Lstm) for layer in layers)
    training = TrainingSpec(optimiser=Adam(learning_rate=0.02), batch_size=20, epochs=15)
    network, training = fit_to_data(preset.network.replace(layers=layers), training, spec)
    data = spec.load(LoadContext())
    trainer = Trainer(network, training, data, "cpu")
    before = trainer.evaluate(data.test).accuracy
    for _ in trainer.steps():
        pass
    # Chance is 1 in 4.
    assert before is not None
    assert before < 0.6
    after = trainer.evaluate(data.test).accuracy
    assert after is not None
    assert after > 0.9
    longer = spec.again(length=90).load(LoadContext())
    trainer.model.eval()
    with torch.no_grad():
        answers = [trainer.model(torch.from_numpy(part.test.x)) for part in (data, longer)]
    assert longer.test.x.shape[1] == 2 * data.test.x.shape[1]
    torch.testing.assert_close(answers[0], answers[1], rtol=0, atol=1e-6)
