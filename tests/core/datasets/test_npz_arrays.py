"""Arrays in .npz files, in the shapes that people save, and as they go wrong."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnviz.core.datasets import DataError, LoadContext
from nnviz.core.datasets import own_data as base
from nnviz.core.datasets.npz_arrays import NpzArrays
from tests.core.datasets.own_files import arrays, check_script

RNG = np.random.default_rng(0)
X = RNG.normal(size=(20, 4))
Y = np.arange(20) % 2
ROWS = np.arange(20)[:, None]


def opened(folder: Path, settings: dict[str, Any] | None = None, **values: Any) -> NpzArrays:
    return NpzArrays.inspect(arrays(folder, **values), **settings or {})


@pytest.mark.parametrize(
    ("shape", "settings", "dims"),
    [
        ((20,), {}, (1,)),
        ((20, 4), {}, (4,)),
        ((20, 5, 6), {}, (1, 5, 6)),
        ((20, 5, 6), {"axes": "sequence"}, (5, 6)),
        ((20, 3, 5, 6), {}, (3, 5, 6)),
        ((20, 5, 6, 3), {}, (3, 5, 6)),
        ((20, 5, 6, 4), {}, (4, 5, 6)),
        ((20, 5, 6, 7), {}, (5, 6, 7)),
        ((20, 5, 6, 7), {"axes": "channels last"}, (7, 5, 6)),
        ((20, 3, 5, 3), {}, (3, 5, 3)),
    ],
)
@pytest.mark.parametrize("dtype", [np.uint8, np.float64, np.int32, bool])
def test_shapes_of_inputs(shape: Any, settings: Any, dims: Any, dtype: Any, tmp_path: Path) -> None:
    spec = opened(tmp_path, settings, x=RNG.integers(0, 2, shape).astype(dtype), y=Y)
    assert spec.input_shape.dims == dims
    check_script(spec)


def test_channels_last_are_moved(tmp_path: Path) -> None:
    x = RNG.random((20, 5, 6, 3)).astype(np.float32)
    data = opened(tmp_path, x=x, y=Y).load(LoadContext())
    found = np.concatenate([data.train.x, data.validation.x, data.test.x])
    assert found.sum(axis=(0, 2, 3)) == pytest.approx(x.sum(axis=(0, 1, 2)), rel=1e-5)


def test_bytes_stand_for_zero_to_one(tmp_path: Path) -> None:
    x = np.repeat(np.array([[0], [51], [255]], np.uint8), 4, axis=1)
    data = opened(tmp_path, x=x, y=np.array([0, 1, 1])).load(LoadContext())
    values = sorted(float(v) for s in (data.train, data.validation, data.test) for v in s.x[:, 0])
    assert values == [0, float(np.float32(0.2)), 1]


@pytest.mark.parametrize(
    ("y", "targets", "classes", "outputs"),
    [
        (Y, "automatic", ("0", "1"), 2),
        (Y[:, None], "automatic", ("0", "1"), 2),
        (Y * 3 - 1, "automatic", ("-1", "2"), 2),
        (Y.astype(bool), "automatic", ("0", "1"), 2),
        (Y + 1.0, "automatic", ("1", "2"), 2),
        (np.array(["rote", "grüne"] * 10), "automatic", ("grüne", "rote"), 2),
        (np.array([b"b", b"a"] * 10), "automatic", ("a", "b"), 2),
        (np.eye(4)[np.arange(20) % 4], "automatic", ("0", "1", "2", "3"), 4),
        (X[:, 0], "automatic", (), 1),
        (X[:, :3], "automatic", (), 3),
        (Y, "values", (), 1),
        (np.arange(20), "automatic", (), 1),
        (np.arange(20) // 2 + 0.5, "classes", tuple(f"{n}.5" for n in range(10)), 10),
    ],
)
def test_kinds_of_labels(y: Any, targets: str, classes: tuple[str, ...], outputs: int, tmp_path: Path) -> None:
    spec = opened(tmp_path, {"targets": targets}, x=X, y=y)
    assert spec.classes == classes
    assert spec.outputs == outputs
    assert spec.task == ("classification" if classes else "regression")
    check_script(spec)


@pytest.mark.parametrize(
    "names",
    [
        ("x", "y"),
        ("X", "Y"),
        ("images", "labels"),
        ("data", "target"),
        ("arr_0", "arr_1"),
        ("wide", "narrow"),
    ],
)
def test_names_are_guessed(names: tuple[str, str], tmp_path: Path) -> None:
    for order in (1, -1):
        values = dict(list(zip(names, (X, Y), strict=True))[::order])
        spec = opened(tmp_path, **values)
        assert spec.input_shape.dims == (4,)
        assert spec.classes == ("0", "1")


def test_names_can_be_chosen(tmp_path: Path) -> None:
    values = {"a": X, "b": X[:, :2], "c": Y}
    with pytest.raises(
        DataError, match="which array has the inputs cannot be told by the names; there are 'a', 'b', 'c'"
    ):
        opened(tmp_path, **values)
    spec = opened(tmp_path, {"inputs": "b", "label": "c"}, **values)
    assert spec.input_shape.dims == (2,)
    assert spec.preview(LoadContext()).options == (("inputs", ("a", "b", "c")), ("label", ("a", "b", "c")))
    check_script(spec)
    with pytest.raises(DataError, match="has no array 'd'; it has 'a', 'b', 'c'"):
        spec.again(inputs="d")
    with pytest.raises(DataError, match="'c' cannot be inputs and labels at once"):
        spec.again(inputs="c")


@pytest.mark.parametrize(
    "names",
    [
        ("x_train", "y_train", "x_test", "y_test"),
        ("train_images", "train_labels", "test_images", "test_labels"),
        ("trainX", "trainY", "testX", "testY"),
    ],
)
def test_splits_of_the_file_stay(names: tuple[str, ...], tmp_path: Path) -> None:
    values = dict(zip(names, (X, Y, X[:6] + 100, Y[:6]), strict=True))
    spec = opened(tmp_path, **values)
    data = spec.load(LoadContext())
    assert (len(data.train), len(data.validation), len(data.test)) == (18, 2, 6)
    assert np.array_equal(data.test.x, (X[:6] + 100).astype(np.float32))
    assert data.train.x.max() < 50
    check_script(spec)


def test_validation_of_the_file_stays(tmp_path: Path) -> None:
    parts = {"train": slice(0, 10), "val": slice(10, 14), "test": slice(14, 20)}
    values = {f"{name}_{part}": a[at] for part, at in parts.items() for name, a in (("x", X), ("y", Y))}
    data = opened(tmp_path, **values).load(LoadContext())
    assert np.array_equal(data.validation.x, X[10:14].astype(np.float32))
    assert np.array_equal(data.train.y, Y[:10])


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "objects": ({"x": np.array([[1, "a"]] * 4, object), "y": Y[:4]}, "'x' holds Python objects or records"),
    "object labels": ({"x": X, "y": Y.astype(object)}, "'y' holds Python objects"),
    "records": ({"x": np.zeros(20, [("a", int)]), "y": Y}, "Python objects or records"),
    "lengths": (
        {"x": X, "y": Y[:-1]},
        r"as many entries along their first axis; their shapes are \(20, 4\) and \(19,\)",
    ),
    "no axis": ({"x": np.array(3), "y": Y}, "as many entries"),
    "nan": ({"x": np.where(ROWS == 7, np.nan, X), "y": Y}, r"'x', sample 7 \(counted from 0\): finite numbers"),
    "infinite": ({"x": X, "y": np.where(Y == 1, np.inf, X[:, 0])}, "'y', sample 1 .*finite numbers were expected"),
    "too large": ({"x": X * 1e300, "y": Y}, "a number too large was found"),
    "nan labels": ({"x": X, "y": np.where(Y == 1, np.nan, 1.0)}, "'y', sample 1 .*finite numbers were expected"),
    "complex": ({"x": X.astype(complex), "y": Y}, "'x' must hold numbers; it holds complex128"),
    "texts": ({"x": np.array([["a"]] * 20), "y": Y}, "'x' must hold numbers; it holds <U1"),
    "five axes": ({"x": np.zeros((20, 1, 1, 1, 1)), "y": Y}, "has the shape .20, 1, 1, 1, 1.; expected .N, F"),
    "no values": ({"x": np.zeros((20, 0)), "y": Y}, "none of them 0"),
    "no samples": ({"x": np.zeros((0, 4)), "y": np.zeros(0)}, "none of them 0"),
    "one class": ({"x": X, "y": np.zeros(20, int)}, "one class only: '0'"),
    "one array": ({"x": X}, "which array has the labels cannot be told"),
    "deep labels": ({"x": X, "y": np.zeros((20, 2, 2))}, "must hold one label or one row of values"),
    "shapes of parts": ({"x_train": X, "y_train": Y, "x_test": X[:, 1:], "y_test": Y}, "samples of one shape"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_arrays_are_refused_by_name(case: str, tmp_path: Path) -> None:
    values, sentence = WRONG[case]
    with pytest.raises(DataError, match=rf"^arrays\.npz.*{sentence}"):
        opened(tmp_path, **values)


def test_texts_are_no_values(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="'y' must hold numbers; it does not"):
        opened(tmp_path, {"targets": "values"}, x=X, y=np.array(["a", "b"] * 10))


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_truncated_files_are_refused(part: float, tmp_path: Path) -> None:
    path = arrays(tmp_path, x=X, y=Y)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(DataError, match=r"arrays\.npz: an \.npz file was expected; an? .* was found"):
        NpzArrays.inspect(path)


def test_flipped_bytes_are_noticed_or_read(tmp_path: Path) -> None:
    path = tmp_path / "arrays.npz"
    np.savez_compressed(path, x=X, y=Y)
    whole = path.read_bytes()
    refused = 0
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            NpzArrays.inspect(path)
        except DataError:
            refused += 1
    assert refused > len(whole) // 14


def test_a_header_that_promises_more_than_there_is(tmp_path: Path) -> None:
    path = tmp_path / "arrays.npz"
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": (10**9, 10**3)})
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.npy", header.getvalue() + b"\0" * 100)
        archive.writestr("y.npy", header.getvalue())
    with pytest.raises(DataError, match=r"'x' is cut off: 4,000,000,000,000 bytes were expected; \d+ are there"):
        NpzArrays.inspect(path)


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "arrays.npz"
    np.savez_compressed(path, x=np.zeros((1000, 100), np.uint8), y=np.arange(1000) % 2)
    assert path.stat().st_size < 5000
    monkeypatch.setattr(base, "MOST_VALUES", 50_000)
    with pytest.raises(DataError, match="is too large: 1,000 samples of 100 values"):
        NpzArrays.inspect(path)


def test_pixels_beyond_one_are_noted(tmp_path: Path) -> None:
    notes = opened(tmp_path, x=np.full((20, 3, 3), 200.0), y=Y).preview(LoadContext()).notes
    assert any("The pixels reach 200. The normalisation '0 to 1'" in note for note in notes)
