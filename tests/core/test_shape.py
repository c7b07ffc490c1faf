"""Shapes of samples, and the sentence that says where two do not fit."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.errors import NnvizError
from nnviz.core.shape import AXES, Fix, Shape, ShapeError


@pytest.mark.parametrize(
    ("dims", "size", "kind", "text"),
    [
        ((784,), 784, "vector", "784"),
        ((28, 28), 784, "sequence", "28x28"),
        ((3, 5, 7), 105, "image", "3x5x7"),
        ((1, 1, 1), 1, "image", "1x1x1"),
    ],
)
def test_size_kind_and_text(dims: tuple[int, ...], size: int, kind: str, text: str) -> None:
    shape = Shape(dims)
    assert shape.size == size
    assert shape.rank == len(dims)
    assert tuple(shape) == dims
    assert str(shape) == text
    kinds = {"vector": shape.is_vector, "sequence": shape.is_sequence, "image": shape.is_image}
    assert [name for name, holds in kinds.items() if holds] == [kind]


@pytest.mark.parametrize("dims", [(), (1, 2, 3, 4), (0,), (-1, 3), (2.0,), ("2",), (True,), (None, 3)])
def test_what_is_no_shape_is_refused(dims: tuple[object, ...]) -> None:
    with pytest.raises(ValueError, match="one to three axes"):
        Shape(dims)  # type: ignore[arg-type]


def test_of_takes_the_shape_of_an_array() -> None:
    assert Shape.of(np.zeros((5, 1, 28, 28)).shape[1:]) == Shape((1, 28, 28))
    assert Shape.of(np.array([2, 3])) == Shape((2, 3))


def test_shapes_are_values() -> None:
    assert len({Shape((2, 3)), Shape((2, 3)), Shape((3, 2))}) == 2


def test_every_number_of_axes_has_letters() -> None:
    assert {rank: letters.count(",") + 1 for rank, letters in AXES.items()} == {1: 1, 2: 2, 3: 3}


def test_error_says_what_arrived_what_is_needed_and_the_first_fix() -> None:
    fixes = (Fix("Insert Flatten before Dense", "insert_before", "flatten"), Fix("Remove Dense", "remove"))
    error = ShapeError("Dense", Shape((16, 5, 5)), "a vector", fixes)
    assert isinstance(error, NnvizError)
    assert str(error) == "Dense needs a vector; 16x5x5 arrives. Insert Flatten before Dense."
    assert (error.arrived, error.needed, error.fixes, error.index) == (Shape((16, 5, 5)), "a vector", fixes, -1)


def test_error_without_shape_or_fix() -> None:
    assert str(ShapeError("Dense", None, "a vector")) == "Dense needs a vector; nothing arrives."
