"""Numpy arrays in .npz files."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS, DataError, LoadCancelled, LoadContext
from nnviz.core.datasets.method_source import function_source
from nnviz.core.datasets.own_data import Contents, OwnData, check_size
from nnviz.core.datasets.own_preview import names_in_short
from nnviz.core.spec import param

INPUT_NAMES = ("x", "images", "image", "data", "inputs", "input", "features", "samples", "arr_0")
LABEL_NAMES = ("y", "labels", "label", "targets", "target", "classes", "arr_1")
"""What the arrays are called by custom, in lower case, the likeliest first."""

PART_NAMES = (("train", "training"), ("val", "valid", "validation", "dev"), ("test", "testing"))

MOST_CLASSES = 1_000
FEW_NUMBERS = 20

Header = tuple[tuple[int, ...], np.dtype[Any]]


@dataclass(frozen=True)
class _Plan:
    """Names of the arrays of inputs and of labels, one pair for each part, and the parts' places in the splits."""

    pairs: tuple[tuple[str, str], ...]
    places: tuple[int, ...]


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class NpzArrays(OwnData):
    """Numpy arrays in an .npz file: inputs, (N, ...), and labels, (N,) or (N, values).

    Inputs may be (N, F), (N, H, W), (N, C, H, W) or (N, H, W, C); bytes stand for 0 to 1. Labels are whole numbers,
    texts, one-hot rows or values. A file that has x_train, y_train, x_test and y_test, and perhaps x_val and y_val, is
    split as these say. Arrays of Python objects are refused: reading them could run a program.

    Input shape: (F,), (T, F) or (C, H, W), float32
    """

    title = "Arrays (npz)"

    path: str = param("", "The .npz file.", path="file", suffixes=(".npz",))
    inputs: str = param("", "Name of the array with the inputs; found by its name if empty.")
    label: str = param("", "Name of the array with the labels; found by its name if empty.")
    targets: str = param(
        "automatic",
        "Whether a label is a class or a value; automatically, texts and few whole numbers are classes.",
        choices=("automatic", "classes", "values"),
    )
    axes: str = param(
        "automatic",
        "What the axes behind the first mean: images, with channels first or last, or sequences, (N, T, F).",
        choices=("automatic", "channels first", "channels last", "sequence"),
    )

    @classmethod
    def suits(cls, path: Path) -> bool:
        """A file with the ending .npz."""
        return path.suffix.lower() == ".npz" and path.is_file()

    def read(self, path: Path, context: LoadContext) -> Contents:
        """The arrays that are used, checked; others are not read."""
        called = path.name
        try:
            with zipfile.ZipFile(path) as archive:
                return self._read(archive, called, context)
        except zipfile.BadZipFile as error:
            found = "an empty file" if not path.stat().st_size else f"a file that is damaged or cut off ({error})"
            raise DataError(
                f"{called}: an .npz file was expected; {found} was found. Save it again with numpy.savez."
            ) from None

    def _read(self, archive: zipfile.ZipFile, called: str, context: LoadContext) -> Contents:
        headers = {
            info.filename.removesuffix(".npy"): _header(archive, info, called)
            for info in archive.infolist()
            if info.filename.endswith(".npy")
        }
        if not headers:
            raise DataError(f"{called} has no arrays: expected inputs and labels. Save them with numpy.savez.")
        plan = self._plan(headers, called)
        inputs, labels = [], []
        for x_name, y_name in plan.pairs:
            (x_shape, _), (y_shape, _) = headers[x_name], headers[y_name]
            if not x_shape or not y_shape or x_shape[0] != y_shape[0]:
                raise DataError(
                    f"{called}: '{x_name}' and '{y_name}' must have as many entries along their first axis; their "
                    f"shapes are {_shape(x_shape)} and {_shape(y_shape)}. Choose other arrays, or save them again."
                )
            inputs.append(_array(archive, x_name, called, context))
            labels.append(_array(archive, y_name, called, context))
        if len({values.shape[1:] for values in inputs}) > 1 or len({values.shape[1:] for values in labels}) > 1:
            names = names_in_short([name for pair in plan.pairs for name in pair])
            raise DataError(f"{called}: the parts must have samples of one shape; those of {names} differ.")
        x_name, y_name = plan.pairs[0]
        axes = self._axes(inputs[0], x_name, called)
        x = sample_array(inputs, axes)
        _check_finite(x, plan.pairs, 0, inputs, called)
        values = np.concatenate(labels)
        if values.dtype.kind == "f":
            _check_finite(values, plan.pairs, 1, labels, called)
        kind, classes = self._kind(values, y_name, called)
        y = target_array(labels, kind, classes)
        if kind == "values":
            _check_finite(y, plan.pairs, 1, labels, called)
        sizes = [0, 0, 0]
        for place, part in zip(plan.places, inputs, strict=True):
            sizes[place] = len(part)
        given = (sizes[0], sizes[1], sizes[2]) if len(plan.pairs) > 1 else None
        targets = (
            () if classes else (y_name,) if y.shape[1] == 1 else tuple(f"{y_name} {n + 1}" for n in range(y.shape[1]))
        )
        return Contents(
            x=x,
            y=y,
            class_names=tuple(map(str, classes)),
            target_names=targets,
            given=given,
            notes=_notes(x, plan, given),
            options=(("inputs", tuple(headers)), ("label", tuple(headers))),
            constants={"ARRAYS": plan.pairs, "AXES": axes, "LABELS": kind, "CLASSES": classes},
        )

    def reading_script(self) -> tuple[tuple[str, ...], str]:
        """Numpy's reader, and the arrays as they are made here."""
        return ("from typing import Any",), "\n\n".join(
            (function_source(sample_array), function_source(target_array), _READ_SAMPLES.lstrip())
        )

    def _plan(self, headers: Mapping[str, Header], called: str) -> _Plan:
        for name in filter(None, (self.inputs, self.label)):
            if name not in headers:
                raise DataError(f"{called} has no array '{name}'; it has {names_in_short(list(headers))}. Choose one.")
        if not self.inputs and not self.label:
            parts = [_part(headers, words) for words in PART_NAMES]
            if parts[0] and parts[2]:
                found = [(place, pair) for place, pair in enumerate(parts) if pair]
                return _Plan(tuple(pair for _, pair in found), tuple(place for place, _ in found))
            if parts[0]:
                return _Plan((parts[0],), (0,))
        x = self.inputs or _called(headers, INPUT_NAMES, self.label)
        y = self.label or _called(headers, LABEL_NAMES, x)
        if not (x and y) and len(headers) == 2:
            # The inputs have more axes, or else more values.
            order = sorted(headers, key=lambda name: (len(headers[name][0]), np.prod(headers[name][0], dtype=float)))
            x = x or next(name for name in reversed(order) if name != y)
            y = y or next(name for name in order if name != x)
        if not x or not y:
            which = "inputs" if not x else "labels"
            raise DataError(
                f"{called}: which array has the {which} cannot be told by the names; there are "
                f"{names_in_short(list(headers))}. Choose it, or save it as 'x' or 'y'."
            )
        if x == y:
            raise DataError(
                f"{called}: '{x}' cannot be inputs and labels at once. Choose another array for one of them."
            )
        return _Plan(((x, y),), (0,))

    def _axes(self, values: NDArray[Any], name: str, called: str) -> str:
        """What the axes are: "vector", "grey", "channels first", "channels last" or "sequence"."""
        if values.dtype.kind not in "buif":
            raise DataError(f"{called}: '{name}' must hold numbers; it holds {values.dtype}. Choose other inputs.")
        wanted = {1: "vector", 2: "vector", 3: "grey", 4: self.axes}.get(values.ndim, "")
        if values.ndim == 3 and self.axes == "sequence":
            wanted = "sequence"
        if not wanted or (values.ndim == 4 and wanted == "sequence") or 0 in values.shape:
            raise DataError(
                f"{called}: '{name}' has the shape {_shape(values.shape)}; expected (N, F), (N, H, W), (N, C, H, W) or "
                "(N, H, W, C), none of them 0. Choose other inputs, or save them in such a shape."
            )
        if wanted == "automatic":
            channels = (1, 3, 4)
            last = values.shape[3] in channels and values.shape[1] not in (1, 3)
            return "channels last" if last else "channels first"
        return wanted

    def _kind(self, values: NDArray[Any], name: str, called: str) -> tuple[str, tuple[Any, ...]]:
        """What labels are, "classes", "one-hot" or "values", and the classes in order."""
        if values.ndim > 2 or values.dtype.kind not in "buifUS" or not values.size:
            raise DataError(
                f"{called}: '{name}' must hold one label or one row of values for each sample; it has the shape "
                f"{_shape(values.shape)} and holds {values.dtype}. Choose other labels."
            )
        numbers = values.dtype.kind not in "US"
        wide = values.ndim == 2 and values.shape[1] > 1
        if self.targets == "values" or (wide and not _one_hot(values)):
            if not numbers or (wide and self.targets == "classes"):
                wanted = "numbers" if not numbers else "one label for each sample, or one-hot rows,"
                raise DataError(f"{called}: '{name}' must hold {wanted}; it does not. Choose other labels or targets.")
            return "values", ()
        if wide:
            return "one-hot", tuple(range(values.shape[1]))
        classes = np.unique(np.char.decode(values, "utf-8") if values.dtype.kind == "S" else values)
        if numbers and self.targets == "automatic":
            most = MOST_CLASSES if values.dtype.kind in "bui" else FEW_NUMBERS
            whole = values.dtype.kind in "bui" or bool(np.all(np.mod(classes, 1) == 0))
            if not whole or len(classes) > min(most, max(2, len(values) // 2)):
                return "values", ()
        if len(classes) > MOST_CLASSES:
            raise DataError(
                f"{called}: at most {MOST_CLASSES:,} classes can be told apart; '{name}' has {len(classes):,} "
                "different labels. Choose other labels, or learn values."
            )
        if numbers and np.all(np.mod(classes, 1) == 0):
            return "classes", tuple(map(int, classes))
        return "classes", tuple(classes.tolist())


def sample_array(parts: list[NDArray[Any]], axes: str) -> NDArray[np.uint8] | NDArray[np.float32]:
    """Inputs of all parts, (N, F), (N, T, F) or (N, C, H, W); bytes stay bytes."""
    x = np.concatenate(parts)
    if x.dtype != np.uint8:
        with np.errstate(over="ignore"):
            x = x.astype(np.float32)
    if axes == "vector":
        x = x.reshape(len(x), -1)
    elif axes == "grey":
        x = x[:, None]
    elif axes == "channels last":
        x = x.transpose(0, 3, 1, 2)
    return np.ascontiguousarray(x)


def target_array(parts: list[NDArray[Any]], kind: str, classes: tuple[Any, ...]) -> NDArray[Any]:
    """Class indices, (N,), of labels or of one-hot rows, or values, (N, values)."""
    y = np.concatenate(parts)
    if kind == "one-hot":
        return np.asarray(np.argmax(y, axis=1), np.int64)
    if kind == "values":
        with np.errstate(over="ignore"):
            return y.reshape(len(y), -1).astype(np.float32)
    if y.dtype.kind == "S":
        y = np.char.decode(y, "utf-8")
    return np.searchsorted(np.array(classes), y.reshape(len(y))).astype(np.int64)


_READ_SAMPLES = '''
def read_samples():
    """Inputs and targets in the file; its parts one after another."""
    with np.load(PATH, allow_pickle=False) as arrays:
        x = sample_array([arrays[name] for name, _ in ARRAYS], AXES)
        y = target_array([arrays[name] for _, name in ARRAYS], LABELS, CLASSES)
    return x, y
'''


def _header(archive: zipfile.ZipFile, info: zipfile.ZipInfo, called: str) -> Header:
    """Shape and type of an array; its values are not read."""
    name = info.filename.removesuffix(".npy")
    try:
        with archive.open(info) as file:
            shape, dtype = _read_header(file)
    except (ValueError, EOFError, OSError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise DataError(f"{called}: the array '{name}' is damaged ({error}). Save the file again.") from None
    if not dtype.hasobject and dtype.names is None:
        expected = int(np.prod(shape, dtype=object)) * dtype.itemsize
        # Before the memory is taken: neither the header's nor the archive's word is believed alone.
        if info.file_size < expected:
            raise DataError(
                f"{called}: the array '{name}' is cut off: {expected:,} bytes were expected; {info.file_size:,} are "
                "there. Save the file again."
            )
    return shape, dtype


def _read_header(file: IO[bytes]) -> Header:
    version = npy.read_magic(file)
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = read(file)
    return shape, dtype


def _array(archive: zipfile.ZipFile, name: str, called: str, context: LoadContext) -> NDArray[Any]:
    if context.cancelled():
        raise LoadCancelled(f"Reading {called} was cancelled.")
    info = archive.getinfo(f"{name}.npy")
    shape, dtype = _header(archive, info, called)
    if dtype.hasobject or dtype.names is not None:
        raise DataError(
            f"{called}: the array '{name}' holds Python objects or records ({dtype}), which are not read, for objects "
            "could run a program. Save plain numbers or texts."
        )
    check_size(called, shape[0] if shape else 1, tuple(shape[1:]))
    context.progress(called, 0, info.file_size)
    try:
        with archive.open(info) as file:
            values: NDArray[Any] = npy.read_array(file, allow_pickle=False)
    except (ValueError, EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
        raise DataError(f"{called}: the array '{name}' is damaged ({error}). Save the file again.") from None
    context.progress(called, info.file_size, info.file_size)
    return values


def _part(headers: Mapping[str, Header], words: tuple[str, ...]) -> tuple[str, str] | None:
    """Names of the inputs and labels of one part, as x_train, train_images or trainX, if there are both."""
    stems = [
        (name, stem.strip("_"))
        for name in headers
        for word in words
        for stem in (name.lower().removesuffix(word), name.lower().removeprefix(word))
        if stem != name.lower()
    ]
    x = next((name for wanted in INPUT_NAMES for name, stem in stems if stem == wanted), None)
    y = next((name for wanted in LABEL_NAMES for name, stem in stems if stem == wanted), None)
    return (x, y) if x and y else None


def _called(headers: Mapping[str, Header], names: tuple[str, ...], but: str) -> str:
    found = {name.lower(): name for name in headers if name != but}
    return next((found[name] for name in names if name in found), "")


def _one_hot(values: NDArray[Any]) -> bool:
    if values.dtype.kind not in "buif":
        return False
    return bool(np.isin(values, (0, 1)).all() and (values.sum(axis=1) == 1).all())


def _check_finite(
    values: NDArray[Any], pairs: tuple[tuple[str, str], ...], which: int, parts: list[NDArray[Any]], called: str
) -> None:
    if values.dtype == np.uint8:
        return
    bad = ~np.isfinite(values.reshape(len(values), -1)).all(axis=1)
    if not bad.any():
        return
    index = int(np.argmax(bad))
    for pair, part in zip(pairs, parts, strict=True):
        if index < len(part):
            raise DataError(
                f"{called}: '{pair[which]}', sample {index} (counted from 0): finite numbers were expected; NaN, "
                f"infinity or a number too large was found. It is so in {int(bad.sum()):,} samples. Save it without."
            )
        index -= len(part)


def _notes(x: NDArray[Any], plan: _Plan, given: tuple[int, int, int] | None) -> tuple[str, ...]:
    notes = []
    if given is not None:
        names = names_in_short([name for name, _ in plan.pairs])
        notes.append(f"The file has its own splits: {names}.")
    if x.dtype == np.float32 and x.ndim == 4 and float(x.max()) > 1.5:
        notes.append(f"The pixels reach {float(x.max()):g}. The normalisation '0 to 1' makes them fit most networks.")
    return tuple(notes)


def _shape(shape: tuple[int, ...]) -> str:
    return str(tuple(map(int, shape)))
