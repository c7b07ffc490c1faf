from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nnviz.core.datasets import DATASETS, DataError, LoadContext
from nnviz.core.datasets.mnist import Mnist
from nnviz.core.shape import Shape

if TYPE_CHECKING:
    from conftest import Tiny

NAMES = tuple(file.name for file in Mnist.file_set.files)


def test_splits_are_the_first_of_the_training_file_the_rest_and_the_test_file(
    tiny: Tiny, context: LoadContext, tmp_path: Path
) -> None:
    spec = tiny.spec()
    data = spec.load(replace(context, data_dir=tiny.write(tmp_path)))
    assert [len(data.train), len(data.validation), len(data.test)] == [30, 10, 20]
    assert spec.input_shape == Shape.of(data.train.x.shape[1:]) == Shape((1, 20, 20))
    images, labels = tiny.arrays[NAMES[0]], tiny.arrays[NAMES[1]]
    for split, expected_x, expected_y in (
        (data.validation, images[:10], labels[:10]),
        (data.train, images[10:], labels[10:]),
        (data.test, tiny.arrays[NAMES[2]], tiny.arrays[NAMES[3]]),
    ):
        assert split.x.dtype == np.float32
        assert split.y.dtype == np.int64
        # Correctly rounded quotients: rounding the exact double once gives the same.
        assert np.array_equal(split.x[:, 0], (expected_x.astype(np.float64) / 255).astype(np.float32))
        assert np.array_equal(split.y, expected_y)


def test_black_is_0_and_white_is_exactly_1(tiny: Tiny, context: LoadContext, tmp_path: Path) -> None:
    data = tiny.spec().load(replace(context, data_dir=tiny.write(tmp_path)))
    images = tiny.arrays[NAMES[2]]
    assert set(data.test.x[:, 0][images == 0]) == {0.0}
    assert set(data.test.x[:, 0][images == 255]) == {1.0}


def test_label_that_is_no_class(tiny: Tiny, context: LoadContext, tmp_path: Path) -> None:
    tiny.write(tmp_path)
    labels = tiny.arrays[NAMES[3]].copy()
    labels[17] = 11
    (tmp_path / f"{NAMES[3]}.gz").write_bytes(tiny.idx_bytes(labels))
    spec = tiny.spec()
    type(spec).file_set = tiny.file_set(sha256="")
    with pytest.raises(
        DataError, match=rf"{NAMES[3]} is wrong: expected labels from 0 to 9; found 11 at position 17\."
    ):
        spec.load(replace(context, data_dir=tmp_path))


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_what_is_said_before_loading(name: str) -> None:
    spec = DATASETS[name]()
    assert spec.input_shape == Shape((1, 28, 28))
    assert spec.outputs == 10
    assert spec.task == "classification"
    assert spec.needs_download
    assert [file.dims for file in type(spec).file_set.files] == [(60000, 28, 28), (60000,), (10000, 28, 28), (10000,)]
    assert type(spec).file_set.name == name
    assert len(type(spec).file_set.mirrors) >= 2


REAL = os.environ.get("NNVIZ_DATA_DIR")


@pytest.mark.skipif(not REAL, reason="NNVIZ_DATA_DIR names no folder with the real MNIST")
def test_real_mnist(context: LoadContext) -> None:
    context = replace(context, data_dir=Path(str(REAL)), download=False)
    data = Mnist().load(context)
    assert [split.x.shape for split in (data.train, data.validation, data.test)] == [
        (55_000, 1, 28, 28),
        (5_000, 1, 28, 28),
        (10_000, 1, 28, 28),
    ]
    # Counts of the ten digits, as published for the training file and the test file.
    both = np.bincount(data.train.y) + np.bincount(data.validation.y)
    assert both.tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert np.bincount(data.test.y).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert data.validation.y[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    every = np.concatenate([data.train.x, data.validation.x]).astype(np.float64)
    assert every.mean() == pytest.approx(0.1307, abs=5e-5)
    assert every.std() == pytest.approx(0.3081, abs=5e-5)
    with pytest.raises(DataError, match=r"belongs to MNIST"):
        DATASETS["fashion_mnist"]().load(context)
