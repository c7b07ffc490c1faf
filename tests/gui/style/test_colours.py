from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from PySide6.QtGui import QColor

from nnviz.gui.style import colours
from nnviz.gui.style.theme import DARK, LIGHT, Theme

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)

# Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB.
SIGHTS = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}


def lab_of(rgb: np.ndarray, sight: str = "normal") -> np.ndarray:
    return colours.oklab(np.clip(colours.linear(np.asarray(rgb)[..., :3] / 255) @ SIGHTS[sight].T, 0, 1))


def hue(colour: QColor) -> int:
    return colour.hsvHue()


def test_contrast_of_black_and_white_is_21() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    # Worked by hand: 0.2126 + 0.05 over 0.05.
    assert colours.contrast("#ff0000", "#000000") == pytest.approx(5.252)


def test_oklab_of_primaries() -> None:
    # Reference values of https://bottosson.github.io/posts/oklab/ for sRGB red, and white without colour.
    assert colours.oklab([1.0, 0.0, 0.0]) == pytest.approx([0.62796, 0.22486, 0.12585], abs=1e-4)
    assert colours.oklab([1.0, 1.0, 1.0]) == pytest.approx([1, 0, 0], abs=1e-4)


@THEMES
def test_negative_is_orange_and_positive_is_blue(theme: Theme) -> None:
    for low, high in (
        (colours.negative(theme), colours.positive(theme)),
        (colours.diverging_colour(theme, -0.5), colours.diverging_colour(theme, 0.5)),
        (colours.diverging_colour(theme, -3, limit=3), colours.diverging_colour(theme, 9, limit=3)),
        (colours.class_colour(theme, 0), colours.class_colour(theme, 1)),
    ):
        assert 15 <= hue(low) <= 45
        assert 195 <= hue(high) <= 235


@THEMES
def test_zero_is_neutral_and_near_the_ground(theme: Theme) -> None:
    zero = colours.diverging_colour(theme, 0.0)
    assert zero.hsvSaturation() < 12
    assert colours.contrast(zero.name(), theme.surface) < 1.25


@THEMES
def test_both_signs_are_equally_light(theme: Theme) -> None:
    lightness = lab_of(colours.diverging(theme))[:, 0]
    assert np.abs(lightness - lightness[::-1]).max() < 0.03
    half = lightness[128:]
    steps = np.diff(half if theme.is_dark else -half)
    assert (steps > -0.002).all()


@THEMES
def test_probabilities_only_go_away_from_the_ground(theme: Theme) -> None:
    lightness = lab_of(colours.sequential(theme))[:, 0]
    steps = np.diff(lightness if theme.is_dark else -lightness)
    assert (steps > -0.002).all()
    assert abs(lightness[-1] - lightness[0]) > 0.5


@THEMES
@pytest.mark.parametrize("sight", SIGHTS)
def test_classes_can_be_told_apart(theme: Theme, sight: str) -> None:
    lab = lab_of(colours.classes(theme), sight)
    distances = [float(np.linalg.norm(a - b)) for a, b in itertools.combinations(lab, 2)]
    assert len(distances) == 45
    assert min(distances) > 0.1


@THEMES
def test_tables_are_read_only_bytes(theme: Theme) -> None:
    for table, shape in (
        (colours.diverging(theme), (256, 4)),
        (colours.sequential(theme), (256, 4)),
        (colours.classes(theme), (10, 3)),
    ):
        assert table.dtype == np.uint8
        assert table.shape == shape
        with pytest.raises(ValueError, match="read-only"):
            table[0] = 0


def test_colours_of_classes_repeat() -> None:
    assert colours.class_colour(LIGHT, 13) == colours.class_colour(LIGHT, 3)


@pytest.mark.parametrize("value", [math.nan, 0.0])
def test_what_is_no_number_is_neutral(value: float) -> None:
    neutral = colours.diverging_colour(LIGHT, 0.0)
    assert colours.diverging_colour(LIGHT, value) == neutral
    assert colours.diverging_colour(LIGHT, 1.0, limit=0.0) == neutral


def test_probabilities_beyond_the_ends_take_the_end() -> None:
    assert colours.sequential_colour(LIGHT, 1.5) == colours.sequential_colour(LIGHT, 1)
    assert colours.sequential_colour(LIGHT, math.nan) == colours.sequential_colour(LIGHT, 0)


@THEMES
def test_text_on_any_colour_can_be_read(theme: Theme) -> None:
    for index in range(10):
        ground = colours.class_colour(theme, index)
        assert colours.contrast(colours.text_on(ground).name(), ground.name()) >= 4
