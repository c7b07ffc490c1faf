"""Pictures to images: the same recipe as for strokes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnviz.core.image_files import PictureError
from nnviz.core.ink import DIGITS_8X8, MNIST, InkSteps, prepare_strokes
from nnviz.core.pictures import prepare_picture
from nnviz.core.rasterise import pen_coverage

FIVE = [
    np.array([[70.0, 10.0], [20.0, 10.0]]),
    np.array([[20.0, 10.0], [15.0, 60.0], [50.0, 50.0], [75.0, 75.0], [60.0, 105.0], [15.0, 105.0]]),
]
TURN = np.linspace(0, 2 * np.pi, 80)
EIGHT = [
    50 + np.stack([25 * np.sin(2 * TURN) + 5 * np.cos(2 * TURN), 45 * np.cos(TURN) + 5 * np.cos(2 * TURN)], axis=1)
]
"""Not quite symmetric: symmetric ink lies between two places, and rounding would choose."""


def _page(strokes: list[np.ndarray], pen: float, size: float = 3.0, place: tuple[int, int] = (120, 60)) -> np.ndarray:
    """Dark ink on a white page of 600 x 500, (500, 600), uint8."""
    ink = pen_coverage([stroke * size + place for stroke in strokes], pen, 500, 600)
    return (255 - 255 * ink).astype(np.uint8)


@pytest.mark.parametrize("strokes", [FIVE, EIGHT], ids=["five", "eight"])
@pytest.mark.parametrize("pen", [25.0, 40.0, 58.0])
def test_a_picture_gives_what_its_strokes_give(strokes: list[np.ndarray], pen: float) -> None:
    extent = np.ptp(np.concatenate(strokes), axis=0).max() * 3
    pixels = 20 * pen / (extent + pen)
    recipe_pen = prepare_strokes(strokes, MNIST.replace(pen_width=float(pixels))).image
    image = prepare_picture(_page(strokes, pen)).image
    assert np.abs(image - recipe_pen).mean() < 0.01
    assert np.abs(image - recipe_pen).max() < 0.25


def test_polarity_place_and_size_do_not_matter() -> None:
    image = prepare_picture(_page(FIVE, 36)).image
    for other in (
        255 - _page(FIVE, 36),
        _page(FIVE, 36, place=(250, 130)),
        _page(FIVE, 18, size=1.5),
        np.pad(_page(FIVE, 36), 200, constant_values=255),
    ):
        assert np.abs(prepare_picture(other).image - image).mean() < 0.01


@pytest.mark.parametrize("pen", [2.0, 5.0, 10.0])
def test_thin_strokes_are_widened_to_what_a_network_knows(pen: float) -> None:
    image = prepare_picture(_page(FIVE, pen)).image
    wanted = prepare_strokes(FIVE, MNIST.replace(pen_width=1.8)).image
    assert image.sum() == pytest.approx(wanted.sum(), rel=0.12)
    assert np.abs(image - wanted).mean() < 0.03
    assert max(image.any(axis=0).sum(), image.any(axis=1).sum()) == 20


def test_broad_strokes_are_narrowed() -> None:
    page = _page([np.array([[10.0, 10.0], [80.0, 12.0], [40.0, 120.0]])], 150)
    usual = prepare_picture(page).image
    as_it_is = prepare_picture(page, steps=InkSteps(pen=False)).image
    assert usual.sum() < 0.85 * as_it_is.sum()
    assert max(usual.any(axis=0).sum(), usual.any(axis=1).sum()) == 20


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("inverted", [False, True])
def test_what_is_prepared_already_stays_as_it_is(seed: int, inverted: bool) -> None:
    strokes = [np.random.default_rng(seed).uniform(0, 100, (5, 2))]
    prepared = prepare_strokes(strokes).image
    values = np.round(prepared * 255).astype(np.uint8)
    image = prepare_picture(255 - values if inverted else values).image
    np.testing.assert_allclose(image, prepared, atol=1e-6)


def test_a_prepared_digit_that_was_moved_is_moved_back() -> None:
    prepared = prepare_strokes(FIVE).image
    moved = np.roll(np.pad(np.round(prepared * 255).astype(np.uint8), 10), (-7, 5), axis=(0, 1))
    np.testing.assert_allclose(prepare_picture(moved).image, prepared, atol=1e-6)


@pytest.mark.parametrize("page", [np.full((90, 120), 255, np.uint8), np.zeros((90, 120), np.uint8), np.zeros((1, 1))])
def test_a_page_without_ink_is_blank(page: np.ndarray) -> None:
    preparation = prepare_picture(page)
    assert preparation.blank
    assert not preparation.image.any()


@pytest.mark.parametrize("radius", [5.0, 60.0, 200.0])
def test_a_blob_is_a_dot_of_the_pen(radius: float) -> None:
    image = prepare_picture(_page([np.array([[50.0, 50.0]])], 2 * radius)).image
    assert image.sum() == pytest.approx(np.pi * 2.5**2 / 4, rel=0.15)


def test_a_photo_of_a_page_in_uneven_light() -> None:
    clean = _page(FIVE, 24)
    across = np.linspace(0.5, 1, 600)
    noise = np.random.default_rng(0).normal(0, 4, clean.shape)
    photo = np.clip((60 + 0.7 * clean) * across + noise, 0, 255).astype(np.uint8)
    assert np.abs(prepare_picture(photo).image - prepare_picture(clean).image).mean() < 0.015


@pytest.mark.parametrize("steps", [{"crop": False}, {"scale": False}, {"centre": False}, {"smooth": False}])
def test_steps_can_be_left_out(steps: dict[str, bool]) -> None:
    page = _page(FIVE, 20, size=1.0, place=(10, 10))
    without = prepare_picture(page, steps=InkSteps(**steps))
    assert np.abs(without.image - prepare_picture(page).image).max() > 0.2
    assert [stage.name for stage in without.stages if not stage.done] == [
        {"crop": "cropped", "scale": "scaled", "centre": "centred", "smooth": "final"}[next(iter(steps))]
    ]


def test_the_stages_show_the_picture_and_the_ink() -> None:
    drawn, cropped, scaled, centred, final = prepare_picture(_page(FIVE, 30)).stages
    assert drawn.picture.shape == (93, 112)
    assert max(cropped.picture.shape) == 112
    assert cropped.picture[0].max() > 0.5
    assert scaled.picture.shape == centred.picture.shape == (112, 112)
    assert final.picture.shape == (28, 28)


def test_the_8x8_recipe() -> None:
    # Of 8 pixels for 285 + 55 the pen takes 1.3, as the recipe's does.
    image = prepare_picture(_page(FIVE, 55), DIGITS_8X8).image
    assert image.shape == (8, 8)
    assert image.any(axis=1).all()
    assert np.abs(image - prepare_strokes(FIVE, DIGITS_8X8).image).mean() < 0.04


def test_a_file_is_read_and_a_broken_one_is_named(tmp_path: Path) -> None:
    Image.fromarray(_page(FIVE, 30)).save(tmp_path / "five.png")
    np.testing.assert_array_equal(prepare_picture(tmp_path / "five.png").image, prepare_picture(_page(FIVE, 30)).image)
    (tmp_path / "none.png").write_bytes(b"")
    with pytest.raises(PictureError, match=r"none\.png: The file is empty"):
        prepare_picture(tmp_path / "none.png")
