"""What every data set must keep to, on every data set that needs no download."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from nnviz.core.datasets import DATASETS, DataError, Dataset, DatasetSpec, LoadContext
from nnviz.core.datasets.base import NOT_ASKED
from nnviz.core.shape import Shape
from nnviz.core.spec import SpecError, spec_from_json

HERE = [cls for cls in DATASETS if not cls.needs_download and not cls.own]
SEEDED = [cls for cls in HERE if "seed" in [info.name for info in cls.params()]]

by_name = pytest.mark.parametrize("cls", HERE, ids=lambda cls: cls.name)


def arrays(data: Dataset) -> list[np.ndarray]:
    return [values for split in (data.train, data.validation, data.test) for values in (split.x, split.y)]


def test_the_foundation_is_there() -> None:
    assert set(DATASETS.names()) >= {
        *("mnist", "fashion_mnist", "digits", "xor", "circles", "moons", "spiral", "blobs", "chapter_linear")
    }


@by_name
def test_arrays_are_what_the_spec_says(cls: type[DatasetSpec]) -> None:
    spec = cls()
    data = spec.load(LoadContext(download=False))
    assert data.spec == spec
    for name in ("train", "validation", "test"):
        split = data.split(name)
        assert split.x.dtype == np.float32
        assert Shape.of(split.x.shape[1:]) == spec.input_shape
        assert split.x.flags.c_contiguous
        ended = np.isnan(split.x)
        if spec.input_shape.is_sequence:
            # Padding: all values of a step, and then of all steps behind it.
            assert np.array_equal(ended.any(axis=2), ended.all(axis=2))
            assert (np.diff(ended[:, :, 0].astype(int), axis=1) >= 0).all()
            assert not ended[:, 0].any()
        else:
            assert not ended.any()
        assert np.isfinite(split.x[~ended]).all()
        if spec.symbols:
            assert set(split.x[~ended]) <= set(range(spec.symbols))
        assert len(split) == len(split.x) == len(split.y) > 0
        if spec.input_shape.is_image:
            assert split.x.min() == 0
            assert split.x.max() == 1
        if spec.task == "classification":
            assert split.y.dtype == np.int64
            assert split.y.shape == (len(split), *spec.output_shape.dims[:-1])
            every_step = spec.output_shape.is_sequence
            assert set(split.y.ravel()) - {NOT_ASKED if every_step else None} <= set(range(spec.outputs))
            if name == "train" or not every_step:
                assert set(split.y.ravel()) >= set(range(spec.outputs))
        else:
            assert split.y.dtype == np.float32
            assert split.y.shape == (len(split), *spec.output_shape)
        if spec.output_shape.is_sequence:
            # Behind a sequence's end nothing is asked, and of each sequence something is.
            asked = split.y != NOT_ASKED if spec.task == "classification" else ~np.isnan(split.y).any(axis=2)
            assert not (asked & ended.any(axis=2)).any()
            assert asked.any(axis=1).all()
    assert len(set(spec.symbol_names)) == spec.symbols
    assert len(set(spec.classes)) == len(spec.classes) == (spec.outputs if spec.task == "classification" else 0)
    assert len(data.train) > len(data.validation)


@by_name
def test_splits_share_no_sample(cls: type[DatasetSpec]) -> None:
    data = cls().load(LoadContext())
    seen = [{row.tobytes() for row in split.x} for split in (data.train, data.validation, data.test)]
    assert not seen[0] & seen[1]
    assert not seen[0] & seen[2]
    assert not seen[1] & seen[2]


@by_name
def test_loading_twice_gives_the_same(cls: type[DatasetSpec]) -> None:
    for one, other in zip(arrays(cls().load(LoadContext())), arrays(cls().load(LoadContext())), strict=True):
        assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
        assert not np.shares_memory(one, other)


@pytest.mark.parametrize("cls", SEEDED, ids=lambda cls: cls.name)
def test_another_seed_gives_other_data(cls: type[DatasetSpec]) -> None:
    one = arrays(cls(seed=1).load(LoadContext()))
    other = arrays(cls(seed=2).load(LoadContext()))
    assert not np.array_equal(one[0], other[0])


@pytest.mark.parametrize("cls", list(DATASETS), ids=lambda cls: cls.name)
def test_survives_json(cls: type[DatasetSpec]) -> None:
    spec = cls(**{info.name: info.ge or info.default for info in cls.params()})
    assert spec_from_json(DATASETS, json.loads(json.dumps(spec.to_json()))) == spec
    assert spec.to_json()["type"] == cls.name


@pytest.mark.parametrize("cls", list(DATASETS), ids=lambda cls: cls.name)
def test_is_documented(cls: type[DatasetSpec]) -> None:
    assert cls.summary().endswith(".")
    assert "Input shape: " in (cls.__doc__ or "")
    assert cls.title[0].isupper()
    for info in cls.params():
        assert info.doc.endswith(".")
        with pytest.raises(SpecError, match=info.title):
            cls(**{info.name: 3 if info.type is str else "text"})
    assert len({other.title for other in DATASETS}) == len(DATASETS)


def test_unknown_split_is_an_error() -> None:
    with pytest.raises(DataError, match="no split called 'training'; there are train, validation and test"):
        DATASETS["xor"]().load(LoadContext()).split("training")


def test_knowing_the_data_sets_imports_nothing_slow() -> None:
    code = (
        "import sys\n"
        "from nnviz.core.datasets import DATASETS\n"
        "[cls().input_shape for cls in DATASETS]\n"
        "print(sorted({'torch', 'sklearn', 'scipy', 'requests', 'PySide6'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
