"""Strokes to images: the geometry of MNIST's recipe, its invariances, and what happens without a step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.core.ink import (
    ALL_STEPS,
    DIGITS_8X8,
    MNIST,
    InkRecipe,
    InkSteps,
    Preparation,
    blank,
    centring_shift,
    finished,
    moved,
    prepare_strokes,
)
from nnviz.core.spec import SpecError
from nnviz.core.strokes import Drawing, StrokesError

SEVEN = (np.array([[0.0, 0.0], [60.0, 3.0], [25.0, 100.0]]), np.array([[15.0, 50.0], [55.0, 47.0]]))
DIAMOND = (np.array([[0.0, 50.0], [30.0, 0.0], [60.0, 50.0], [30.0, 100.0], [0.0, 50.0]]),)


def _centre_of_mass(image: np.ndarray) -> tuple[float, float]:
    y, x = np.mgrid[: image.shape[0], : image.shape[1]]
    return float((x * image).sum() / image.sum()), float((y * image).sum() / image.sum())


def _sides(image: np.ndarray) -> tuple[int, int]:
    """Width and height of the box of all pixels with any ink."""
    return int(image.any(axis=0).sum()), int(image.any(axis=1).sum())


def test_the_image_is_what_mnist_is_made_of() -> None:
    image = prepare_strokes(SEVEN).image
    assert image.shape == (28, 28)
    assert image.dtype == np.float32
    assert (image.min(), image.max()) == (0, 1)
    assert _sides(image)[1] == 20
    assert all(abs(middle - 14) <= 0.51 for middle in _centre_of_mass(image))
    np.testing.assert_array_equal(image * 255, np.round(image * 255))


def test_a_vertical_line_is_20_long_and_two_and_a_half_wide() -> None:
    image = prepare_strokes([np.array([[7.0, 0.0], [7.0, 300.0]])]).image
    assert _sides(image)[1] == 20
    middle_rows = image[10:18]
    np.testing.assert_allclose(middle_rows.sum(axis=1), 2.5, atol=0.01)


def test_a_horizontal_line_lies_in_the_middle() -> None:
    image = prepare_strokes([np.array([[0.0, 5.0], [1.0, 5.0]])]).image
    assert _sides(image)[0] == 20
    np.testing.assert_allclose(image[:, 10:18].sum(axis=0), 2.5, atol=0.01)
    assert all(abs(middle - 14) <= 0.51 for middle in _centre_of_mass(image))


def test_a_dot_keeps_the_size_of_the_pen() -> None:
    image = prepare_strokes([np.array([[123.0, 45.0]])]).image
    assert _sides(image) == (4, 4)  # 2.5 pixels around a corner of the grid
    assert image.sum() == pytest.approx(np.pi * 2.5**2 / 4, rel=0.05)
    for same in ([[5.0, 5.0], [5.0, 5.0]], [[1e8, 1e8], [1e8 + 1e-7, 1e8]]):
        np.testing.assert_array_equal(prepare_strokes([np.array(same)]).image, image)


def test_a_jitter_within_the_pen_is_a_dot_too() -> None:
    jitter = [np.array([[100.0, 100.0], [101.0, 100.0], [101.0, 101.0]])]
    np.testing.assert_array_equal(prepare_strokes(jitter, pen=12).image, prepare_strokes([np.zeros((1, 2))]).image)
    assert max(_sides(prepare_strokes(jitter, pen=2).image)) == 20


def test_an_empty_drawing_is_blank() -> None:
    preparation = prepare_strokes(Drawing())
    assert preparation.blank
    assert preparation.placement is None
    assert not preparation.image.any()
    assert [stage.name for stage in preparation.stages] == ["drawn", "cropped", "scaled", "centred", "final"]
    assert blank(DIGITS_8X8).image.shape == (8, 8)


@pytest.mark.parametrize("scale", [1e-6, 0.1, 3.0, 1e6])
@pytest.mark.parametrize("shift", [(0.0, 0.0), (-500.0, 123.4)])
def test_place_and_size_do_not_matter(scale: float, shift: tuple[float, float]) -> None:
    image = prepare_strokes(SEVEN).image
    other = prepare_strokes([(stroke + shift) * scale for stroke in SEVEN]).image
    assert np.abs(image - other).max() <= 2 / 255


@pytest.mark.parametrize("pen", [0.5, 4.0, 18.0])
def test_the_pen_does_not_matter(pen: float) -> None:
    image = prepare_strokes(SEVEN).image
    np.testing.assert_array_equal(prepare_strokes(SEVEN, pen=pen, canvas=(400, 300)).image, image)


def test_a_mirrored_drawing_gives_the_mirrored_image() -> None:
    image = prepare_strokes(SEVEN).image
    mirrored = prepare_strokes([stroke * [-1, 1] for stroke in SEVEN]).image
    # Whole pixels: the mirrored ink is in another column, but it is the same ink.
    inked, other = (picture[:, picture.any(axis=0)] for picture in (image, mirrored[:, ::-1]))
    np.testing.assert_allclose(inked, other, atol=2 / 255)


def test_a_transposed_drawing_gives_the_transposed_image() -> None:
    image = prepare_strokes(SEVEN).image
    transposed = prepare_strokes([stroke[:, ::-1] for stroke in SEVEN]).image
    np.testing.assert_allclose(transposed.T, image, atol=2 / 255)


def test_the_order_of_strokes_and_their_direction_do_not_matter() -> None:
    image = prepare_strokes(SEVEN).image
    np.testing.assert_allclose(prepare_strokes(SEVEN[::-1]).image, image, atol=1 / 255)
    np.testing.assert_allclose(prepare_strokes([stroke[::-1] for stroke in SEVEN]).image, image, atol=2 / 255)


def test_the_placement_says_where_a_point_went() -> None:
    preparation = prepare_strokes(SEVEN)
    assert preparation.placement is not None
    (scale_x, scale_y), (x, y) = preparation.placement.scale, preparation.placement.offset
    assert scale_x == scale_y == pytest.approx(17.5 / 100)
    # The end of the long stroke is the lowest ink: half a pen below the point.
    assert 100 * scale_y + y + 1.25 == pytest.approx(np.flatnonzero(preparation.image.any(axis=1))[-1] + 1)
    assert preparation.image[int(100 * scale_y + y), int(25 * scale_x + x)] == 1


def test_centring_is_by_mass_where_the_recipe_says_so() -> None:
    heavy_left = [np.array([[0.0, 0.0], [2.0, 100.0], [4.0, 0.0], [6.0, 100.0], [60.0, 100.0]])]
    by_mass = prepare_strokes(heavy_left).image
    by_box = prepare_strokes(heavy_left, InkRecipe(centre="box")).image
    columns = np.flatnonzero(by_box.any(axis=0))
    assert columns[0] + columns[-1] == pytest.approx(27, abs=1)
    assert np.flatnonzero(by_mass.any(axis=0))[0] > columns[0] + 1
    assert abs(_centre_of_mass(by_mass)[0] - 14) <= 0.51


def test_centring_never_pushes_ink_out() -> None:
    picture = np.zeros((28, 28), dtype=np.float32)
    picture[4:24, 6] = 1
    picture[23, 6:26] = 0.02
    right, down = centring_shift(picture)
    assert right == 2  # eight would be needed, but there are two columns of paper
    assert moved(picture, right, down).sum() == pytest.approx(picture.sum())


def test_moved_against_roll_where_nothing_leaves() -> None:
    picture = np.zeros((10, 12), dtype=np.float32)
    picture[4:6, 5:8] = np.random.default_rng(0).random((2, 3))
    for right, down in ((2, -3), (-4, 4), (0, 0)):
        np.testing.assert_array_equal(moved(picture, right, down), np.roll(picture, (down, right), axis=(0, 1)))
    assert not moved(picture, 12, 0).any()


def test_finished_is_stretched_and_in_steps() -> None:
    picture = np.array([[0.0, 0.1, 0.4]], dtype=np.float32)
    np.testing.assert_allclose(finished(picture, InkRecipe(levels=4)), [[0, 0.25, 1]])
    np.testing.assert_allclose(finished(picture, MNIST, smooth=False), [[0, 0, 1]])
    assert not finished(np.zeros((2, 2), dtype=np.float32), MNIST).any()


def test_the_8x8_recipe_fills_the_height_and_squeezes_the_width() -> None:
    image = prepare_strokes([np.array([[0.0, 0.0], [100.0, 0.0], [0.0, 90.0], [100.0, 90.0]])], DIGITS_8X8).image
    assert image.shape == (8, 8)
    assert not image[:, [0, 7]].any()
    assert image[:, [1, 6]].any(axis=0).all()
    np.testing.assert_array_equal(image * 16, np.round(image * 16))
    tall = prepare_strokes(SEVEN, DIGITS_8X8).image
    assert _sides(tall)[1] == 8


def test_recipes_and_steps_are_checked() -> None:
    with pytest.raises(SpecError, match="Frame"):
        InkRecipe(frame=1)
    with pytest.raises(SpecError, match="Centre"):
        InkRecipe(centre="corner")
    assert InkRecipe.from_json(DIGITS_8X8.to_json()) == DIGITS_8X8
    assert ALL_STEPS.replace(crop=False) == InkSteps(crop=False)


def test_points_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(StrokesError):
        prepare_strokes([np.array([[0.0, np.nan]])])


# A small seven in the upper left corner of a canvas of 400 x 400, with a pen of 24.
CORNER = [stroke * 0.8 + 10 for stroke in SEVEN]


def _prepared(**steps: bool) -> Preparation:
    return prepare_strokes(CORNER, steps=InkSteps(**steps), canvas=(400, 400), pen=24)


def test_without_cropping_the_digit_stays_as_small_as_on_the_canvas() -> None:
    image = _prepared(crop=False).image
    # The whole canvas becomes 20 pixels, the seven of 80 therefore 4, and the pen is 2.5.
    assert _sides(image)[1] in (6, 7, 8)


def test_without_scaling_the_canvas_is_merely_made_smaller() -> None:
    image = _prepared(scale=False, pen=False).image
    assert _sides(image)[1] == pytest.approx((80 + 24) * 28 / 400, abs=2)
    assert all(abs(middle - 14) <= 0.51 for middle in _centre_of_mass(image))


def test_without_centring_the_digit_stays_in_its_corner() -> None:
    image = _prepared(centre=False).image
    assert _sides(image)[1] == 20
    assert np.flatnonzero(image.any(axis=1))[0] == 0
    untouched = _prepared(crop=False, scale=False, pen=False, centre=False).image
    low = np.flatnonzero(untouched.any(axis=1))[0], np.flatnonzero(untouched.any(axis=0))[0]
    assert low == (0, 0)


def test_without_the_pen_step_a_broad_pen_stays_broad() -> None:
    assert _prepared(pen=False).image.sum() > 1.2 * _prepared().image.sum()
    thin = prepare_strokes(CORNER, steps=InkSteps(pen=False), pen=1).image
    assert thin.sum() < 0.5 * _prepared().image.sum()
    assert _sides(_prepared(pen=False).image)[1] == 20


def test_without_smoothing_pixels_are_black_or_white() -> None:
    assert set(np.unique(_prepared(smooth=False).image)) == {0.0, 1.0}


@pytest.mark.parametrize("step", ["crop", "scale", "pen", "centre", "smooth"])
def test_every_step_makes_a_difference_and_says_whether_it_was_done(step: str) -> None:
    without = _prepared(**{step: False})
    assert np.abs(without.image - _prepared().image).max() > 0.2
    done = {stage.name: stage.done for stage in without.stages}
    name = {"crop": "cropped", "scale": "scaled", "centre": "centred", "smooth": "final", "pen": None}[step]
    assert [stage for stage, was_done in done.items() if not was_done] == ([name] if name else [])


def test_the_stages_show_the_way() -> None:
    drawn, cropped, scaled, centred, final = _prepared().stages
    assert drawn.picture.shape == (112, 112)
    # The canvas of 400 is shown on 112 pixels: the seven is 104/400 of it, in the corner.
    assert _sides(drawn.picture)[1] == pytest.approx(112 * 104 / 400, abs=1)
    assert not drawn.picture[40:].any()
    assert cropped.picture.shape == (112, round(112 * 72 / 104))
    assert cropped.picture.any(axis=1).all()
    assert scaled.picture.shape == centred.picture.shape == (112, 112)
    assert all(abs((middle + 0.5) / 4 - 0.5 - 14) <= 0.51 for middle in _centre_of_mass(centred.picture))
    np.testing.assert_array_equal(final.picture, _prepared().image)


def test_pictures_cannot_be_changed() -> None:
    preparation = _prepared()
    for picture in (preparation.image, *(stage.picture for stage in preparation.stages)):
        assert not picture.flags.writeable


@pytest.mark.parametrize("steps", [InkSteps(), InkSteps(crop=False), InkSteps(pen=False), InkSteps(scale=False)])
@pytest.mark.parametrize("canvas", [None, (400.0, 300.0)])
@pytest.mark.parametrize("pen", [None, 10.0])
def test_a_dot_survives_whatever_is_left_out(steps: InkSteps, canvas, pen) -> None:
    preparation = prepare_strokes([np.array([[200.0, 150.0]])], steps=steps, canvas=canvas, pen=pen)
    assert preparation.image.max() == 1
    assert len(preparation.stages) == 5
    assert all(np.isfinite(stage.picture).all() for stage in preparation.stages)


point = st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)) | st.tuples(st.integers(0, 3), st.integers(0, 3))
any_drawing = st.lists(
    st.lists(point, min_size=1, max_size=8).map(lambda p: np.array(p, float)), min_size=1, max_size=4
)


@settings(max_examples=60, deadline=None)
@given(
    any_drawing,
    st.sampled_from([MNIST, DIGITS_8X8, InkRecipe(centre="box")]),
    st.none() | st.floats(0.5, 100),
)
def test_any_finite_drawing_gives_a_proper_image(
    strokes: list[np.ndarray], recipe: InkRecipe, pen: float | None
) -> None:
    image = prepare_strokes(strokes, recipe, pen=pen).image
    assert image.shape == (recipe.frame, recipe.frame)
    assert np.isfinite(image).all()
    assert image.min() >= 0
    assert image.max() == 1
    assert max(_sides(image)) <= np.ceil(recipe.box) + 1
