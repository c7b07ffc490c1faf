"""The points against the curves that they should lie on."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.datasets import DATASETS, Dataset, LoadContext
from nnviz.core.datasets.blobs import Blobs
from nnviz.core.datasets.chapter_linear import ChapterLinear
from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.moons import Moons
from nnviz.core.datasets.points import PointsSpec
from nnviz.core.datasets.spiral import Spiral
from nnviz.core.datasets.xor import Xor
from nnviz.core.spec import SpecError

POINTS = [cls for cls in DATASETS if issubclass(cls, PointsSpec)]


def whole(data: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """All splits together, in double precision."""
    splits = (data.train, data.validation, data.test)
    return np.concatenate([s.x for s in splits]).astype(np.float64), np.concatenate([s.y for s in splits])


def load(spec: PointsSpec) -> tuple[np.ndarray, np.ndarray]:
    return whole(spec.load(LoadContext()))


@pytest.mark.parametrize("cls", POINTS, ids=lambda cls: cls.name)
@pytest.mark.parametrize("samples", [50, 333])
def test_sizes_and_scale(cls: type[PointsSpec], samples: int) -> None:
    data = cls(samples=samples, noise=0).load(LoadContext())
    assert [len(data.train), len(data.validation)] == [
        round(samples * 0.6),
        round(samples * 0.8) - round(samples * 0.6),
    ]
    x, y = whole(data)
    assert len(x) == samples
    counts = np.bincount(y)
    assert counts.max() - counts.min() <= 1
    assert 0.9 < np.abs(x).max() < 1 + 1e-6


@pytest.mark.parametrize("cls", POINTS, ids=lambda cls: cls.name)
def test_noise_is_a_standard_deviation_in_both_directions(cls: type[PointsSpec]) -> None:
    spec = cls(samples=20_000, seed=3)
    # Only the noise differs: order and splits depend on the seed alone.
    added = load(spec.replace(noise=0.3))[0] - load(spec.replace(noise=0))[0]
    assert added.std(axis=0) == pytest.approx([0.3, 0.3], rel=0.03)
    assert added.mean(axis=0) == pytest.approx([0, 0], abs=0.01)
    assert abs(np.corrcoef(added.T)[0, 1]) < 0.03


def test_xor() -> None:
    x, y = load(Xor(noise=0))
    assert np.array_equal(y, (x[:, 0] > 0) ^ (x[:, 1] > 0))
    # Uniform in the square: mean 0, variance 1/3 in each direction.
    assert x.mean(axis=0) == pytest.approx([0, 0], abs=0.06)
    assert x.var(axis=0) == pytest.approx([1 / 3, 1 / 3], rel=0.1)


def test_circles() -> None:
    x, y = load(Circles(noise=0, inner_radius=0.3))
    assert np.hypot(*x[y == 0].T) == pytest.approx(1)
    assert np.hypot(*x[y == 1].T) == pytest.approx(0.3)


def test_moons() -> None:
    x, y = load(Moons(noise=0))
    # Half circles of radius 2/3 around (-1/3, -1/6), upwards, and (1/3, 1/6), downwards.
    upper, lower = x[y == 0] - [-1 / 3, -1 / 6], x[y == 1] - [1 / 3, 1 / 6]
    assert np.hypot(*upper.T) == pytest.approx(2 / 3)
    assert np.hypot(*lower.T) == pytest.approx(2 / 3)
    assert upper[:, 1].min() >= -1e-6
    assert lower[:, 1].max() <= 1e-6


@pytest.mark.parametrize(("arms", "turns"), [(2, 1.5), (3, 0.5), (5, 2.0)])
def test_spiral(arms: int, turns: float) -> None:
    spec = Spiral(noise=0, arms=arms, turns=turns)
    x, y = load(spec)
    radius, angle = np.hypot(*x.T), np.arctan2(x[:, 1], x[:, 0])
    behind = (angle / (2 * np.pi) - turns * radius - y / arms) % 1
    assert np.minimum(behind, 1 - behind) == pytest.approx(0, abs=1e-5)
    assert len(spec.classes) == arms


def test_blobs() -> None:
    x, y = load(Blobs(noise=0.1, heaps=4, samples=8_000))
    centres = np.array([x[y == k].mean(axis=0) for k in range(4)])
    assert centres == pytest.approx(np.array([[1, 0], [0, 1], [-1, 0], [0, -1]]), abs=0.01)


def test_chapter_linear() -> None:
    data = ChapterLinear(samples=20_000, seed=5).load(LoadContext())
    assert [len(data.train), len(data.validation), len(data.test)] == [20_000, 50, 50]
    x, y = whole(data)
    assert y[:, 0] == pytest.approx(2 * x[:, 0] + 4 * x[:, 1] + 1, rel=1e-6)
    assert x.min() >= 0
    assert x.max() < 1
    # Uniform: mean 1/2, variance 1/12, independent.
    assert x.mean(axis=0) == pytest.approx([0.5, 0.5], abs=0.01)
    assert x.var(axis=0) == pytest.approx([1 / 12, 1 / 12], rel=0.03)
    assert abs(np.corrcoef(x.T)[0, 1]) < 0.03


def test_chapter_linear_keeps_its_test_points_when_the_training_grows() -> None:
    small, large = (ChapterLinear(samples=n).load(LoadContext()) for n in (10, 1000))
    assert np.array_equal(small.test.x, large.test.x)


@pytest.mark.parametrize(
    ("cls", "name", "value"),
    [
        (Xor, "samples", 49),
        (Xor, "samples", 100_001),
        (Moons, "noise", -0.1),
        (Moons, "noise", float("nan")),
        (Circles, "inner_radius", 1.0),
        (Circles, "seed", -1),
        (Spiral, "turns", 0),
        (Spiral, "arms", 1),
        (Blobs, "heaps", 11),
        (ChapterLinear, "samples", 0),
    ],
)
def test_parameter_out_of_range(cls: type[PointsSpec], name: str, value: float) -> None:
    with pytest.raises(SpecError):
        cls(**{name: value})
