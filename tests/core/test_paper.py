"""Ink told from paper on pictures that are made here: polarity, light, noise, dust, sheets."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.paper import InkMap, find_ink, ink_box
from nnviz.core.rasterise import pen_coverage

H, W = 300, 400
SEVEN = [np.array([[150.0, 90.0], [230.0, 90.0], [180.0, 220.0]])]
INK = pen_coverage(SEVEN, 12.0, H, W)
BOX = ((144, 84), (236, 226))
"""Corners of the ink: the path and half a pen around it."""

ACROSS, DOWN = np.meshgrid(np.linspace(0, 1, W), np.linspace(0, 1, H))


def _noise(amount: float, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, amount, (H, W))


def _grey(values: np.ndarray) -> np.ndarray:
    return np.clip(values, 0, 1).astype(np.float32)


def _on(paper: np.ndarray | float, blackness: float = 0.8) -> np.ndarray:
    return paper * (1 - blackness * INK)


def _coarse() -> np.ndarray:
    """Texture of paper: blotches of some ten pixels."""
    return np.kron(np.random.default_rng(2).normal(0, 1, (30, 40)), np.ones((10, 10)))


def _with_dust() -> np.ndarray:
    grey = _on(0.95)
    grey[20:23, 20:23] = grey[280:282, 390:393] = 0
    return grey


def _on_a_table() -> np.ndarray:
    grey = np.full((H, W), 0.2)
    grey[30:270, 60:350] = _on(0.85)[30:270, 60:350]
    return grey + _noise(0.01)


def _beside_a_thumb() -> np.ndarray:
    grey = _on(0.9) + _noise(0.01)
    grey[(ACROSS - 1) ** 2 + (DOWN - 1) ** 2 < 0.06] = 0.4
    return grey


SHADOW = np.where(ACROSS + 0.2 * DOWN > 0.5, 0.85, 0.5)

READABLE = {
    "black on white": _on(1.0, 1.0),
    "white on black": INK.astype(float),
    "light grey on grey": 0.5 + 0.2 * INK,
    "pencil": _on(0.9, 0.25) + _noise(0.01),
    "noise": _on(0.85) + _noise(0.04),
    "light from the side": _on(0.4 + 0.55 * ACROSS) + _noise(0.01),
    "vignette": _on(0.9 - 0.6 * ((ACROSS - 0.5) ** 2 + (DOWN - 0.5) ** 2)) + _noise(0.01),
    "a shadow across": _on(SHADOW) + _noise(0.008),
    "dust": _with_dust(),
    "a sheet on a table": _on_a_table(),
    "a thumb": _beside_a_thumb(),
    "squared paper": _on(0.9 - 0.1 * ((np.arange(W) % 40 < 2) | (np.arange(H) % 40 < 2)[:, None])),
}


@pytest.mark.parametrize("grey", READABLE.values(), ids=READABLE.keys())
def test_the_ink_is_found_where_it_is(grey: np.ndarray) -> None:
    found = find_ink(_grey(grey))
    assert found is not None
    width, height = found.high - found.low
    assert width == pytest.approx(BOX[1][0] - BOX[0][0], abs=4)
    assert height == pytest.approx(BOX[1][1] - BOX[0][1], abs=4)
    assert found.picture.max() == 1
    assert found.picture.sum() == pytest.approx(INK.sum(), rel=0.12)
    if found.picture.shape == (H, W):  # of a sheet, only its own part comes back
        assert np.abs(found.picture - INK).mean() < 0.01
        np.testing.assert_allclose(np.concatenate([found.low, found.high]), np.array(BOX).ravel(), atol=3)


EMPTY = {
    "white": np.ones((H, W)),
    "black": np.zeros((H, W)),
    "grey": np.full((H, W), 0.5),
    "faint noise": 0.9 + _noise(0.005),
    "noise": 0.8 + _noise(0.03),
    "heavy noise": 0.5 + _noise(0.1),
    "light from the side": 0.5 + 0.4 * ACROSS,
    "light from the side, noise": 0.5 + 0.4 * ACROSS + _noise(0.02),
    "vignette, noise": 0.9 - 0.6 * ((ACROSS - 0.5) ** 2 + (DOWN - 0.5) ** 2) + _noise(0.02),
    "texture": 0.85 + 0.02 * _coarse(),
    "a shadow across": SHADOW + _noise(0.01),
    "one pixel": np.ones((1, 1)),
    "one line": np.ones((1, 300)),
}


@pytest.mark.parametrize("grey", EMPTY.values(), ids=EMPTY.keys())
def test_an_empty_page_has_no_ink(grey: np.ndarray) -> None:
    assert find_ink(_grey(grey)) is None


def test_small_pictures_keep_their_greys() -> None:
    digit = np.zeros((28, 28), dtype=np.float32)
    digit[4:24, 9:18] = np.random.default_rng(0).random((20, 9))
    digit[4, 9] = digit[23, 17] = 1 / 255
    digit[10, 10] = 1
    found = find_ink(digit)
    assert found is not None
    np.testing.assert_array_equal(found.picture, digit)
    assert found.low.tolist() == [9, 4]
    assert found.high.tolist() == [18, 24]


def test_ink_that_touches_the_border_of_a_close_crop_is_ink() -> None:
    crop = 1 - INK[84:226, 144:236]
    found = find_ink(crop)
    assert found is not None
    assert found.picture.sum() == pytest.approx(INK.sum(), rel=0.02)


def test_what_is_seen_keeps_its_paper() -> None:
    grey = _grey(_on(0.8))
    found = find_ink(grey)
    assert isinstance(found, InkMap)
    np.testing.assert_allclose(found.seen, 1 - grey, atol=1e-6)


def test_the_box_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no ink"):
        ink_box(np.zeros((3, 3), dtype=bool))
