"""The maps of the convolution lab against torch's, for everything that the lab offers, and the way through them."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from sklearn.datasets import load_digits
from torch.nn import functional

from nnviz.core.image_files import PictureError
from nnviz.core.labs.convolution import images, kernels
from nnviz.core.labs.convolution.images import IMAGES, drawn, make_image, read_picture
from nnviz.core.labs.convolution.kernels import PRESETS, learned_kernels, resized
from nnviz.core.labs.convolution.route import CELL, MAP, ROW, STAGE, Route
from nnviz.core.labs.convolution.stage import (
    MOST_DILATION,
    MOST_PADDING,
    MOST_STRIDE,
    MOST_WINDOW,
    OPERATIONS,
    POOLINGS,
    Pooling,
    Recipe,
    Stage,
    convolve,
    pool,
    side_after,
)
from nnviz.core.layers import LAYERS
from nnviz.core.reader import bundled_project
from nnviz.core.shape import Shape

SIDES = range(1, kernels.MOST_SIDE + 1)
STRIDES = range(1, MOST_STRIDE + 1)
PADDINGS = range(MOST_PADDING + 1)
DILATIONS = range(1, MOST_DILATION + 1)
WINDOWS = range(1, MOST_WINDOW + 1)
SHAPES = ((5, 5), (8, 8), (7, 12), (28, 28))


def image_of(shape: tuple[int, int], seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape)


def torchs_convolution(
    x: np.ndarray, kernel: np.ndarray, bias: float, stride: int, padding: int, dilation: int
) -> np.ndarray:
    made = functional.conv2d(
        torch.tensor(x)[None, None], torch.tensor(kernel)[None, None], torch.tensor([bias], dtype=torch.float64),
        stride=stride, padding=padding, dilation=dilation,
    )  # fmt: skip
    return made[0, 0].numpy()


def torchs_pooling(x: np.ndarray, kind: Pooling, window: int, stride: int) -> np.ndarray:
    image = torch.tensor(x)[None, None]
    if kind == "max":
        return functional.max_pool2d(image, window, stride)[0, 0].numpy()
    if kind == "average":
        return functional.avg_pool2d(image, window, stride)[0, 0].numpy()
    return functional.lp_pool2d(image, 2.0, window, stride)[0, 0].numpy()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("side", SIDES)
def test_convolution_is_torchs_for_every_stride_padding_and_dilation(shape: tuple[int, int], side: int) -> None:
    x, kernel = image_of(shape), image_of((side, side), 1)
    fitting = 0
    for stride, padding, dilation in product(STRIDES, PADDINGS, DILATIONS):
        sides = [side_after(n, side, stride, padding, dilation) for n in shape]
        stage = Stage(x, Recipe(kernel, 0.3, stride, padding, dilation, window=1))
        if min(sides) < 1:
            with pytest.raises(RuntimeError):
                torchs_convolution(x, kernel, 0.3, stride, padding, dilation)
            assert stage.convolved is stage.rectified is stage.pooled is None
            continue
        fitting += 1
        wanted = torchs_convolution(x, kernel, 0.3, stride, padding, dilation)
        made = convolve(x, kernel, 0.3, stride, padding, dilation)
        assert made.dtype == np.float64
        assert made.shape == tuple(sides) == wanted.shape
        np.testing.assert_allclose(made, wanted, rtol=0, atol=1e-9)
        assert stage.rectified is not None
        np.testing.assert_allclose(stage.rectified, np.where(wanted > 0, wanted, 0), rtol=0, atol=1e-9)
    assert fitting > 20


@pytest.mark.parametrize("kind", POOLINGS)
@pytest.mark.parametrize("shape", SHAPES)
def test_pooling_is_torchs_for_every_window_and_stride(shape: tuple[int, int], kind: Pooling) -> None:
    x = np.abs(image_of(shape))
    x[x < 0.3] = 0.0
    for window, stride in product(WINDOWS, STRIDES):
        made = pool(x, kind, window, stride)
        assert made.dtype == np.float64
        np.testing.assert_allclose(made, torchs_pooling(x, kind, window, stride), rtol=0, atol=1e-9)
        name = {"max": "max_pool2d", "average": "average_pool2d", "L2 norm": "l2_pool2d"}[kind]
        module = LAYERS[name](window=window, stride=stride).torch_call(Shape((1, *shape))).evaluate()
        np.testing.assert_allclose(made, module(torch.tensor(x)[None, None])[0, 0].numpy(), rtol=0, atol=1e-9)


def test_a_stage_is_what_the_layers_make_that_are_trained() -> None:
    x, kernel = image_of((12, 12)), image_of((3, 3), 2)
    layer = LAYERS["conv2d"](filters=1, kernel_size=3, stride=2, padding="custom", padding_size=2)
    module = layer.torch_call(Shape((1, 12, 12))).evaluate().double()
    with torch.no_grad():
        module.weight.copy_(torch.tensor(kernel)[None, None])
        module.bias.fill_(-0.25)
        wanted = functional.max_pool2d(torch.relu(module(torch.tensor(x)[None, None])), 2, 2)[0, 0].numpy()
    stage = Stage(x, Recipe(kernel, -0.25, stride=2, padding=2))
    assert stage.pooled is not None
    np.testing.assert_allclose(stage.pooled, wanted, rtol=0, atol=1e-9)


def test_a_window_that_does_not_fit_ends_the_stage() -> None:
    stage = Stage(image_of((4, 4)), Recipe(image_of((3, 3)), window=3))
    assert stage.convolved is not None
    assert stage.pooled is None
    with pytest.raises(ValueError, match="no map"):
        stage.terms("pooling", 0, 0)


@pytest.mark.parametrize("kind", POOLINGS)
def test_the_terms_of_every_cell_make_the_cell(kind: Pooling) -> None:
    stage = Stage(image_of((9, 7)), Recipe(image_of((3, 3), 1), 0.4, 2, 2, 2, kind, 2, 1))
    seen = 0
    for operation in OPERATIONS:
        made = stage.map_of(operation)
        assert made is not None
        for row, column in np.ndindex(made.shape):
            terms = stage.terms(operation, row, column)
            seen += 1
            assert terms.value == made[row, column]
            inputs = terms.inputs
            if operation == "convolution":
                by_hand = float((inputs * stage.recipe.kernel).sum()) + 0.4
            elif operation == "ReLU":
                by_hand = max(0.0, float(inputs[0, 0]))
            elif kind == "max":
                by_hand = float(inputs.max())
            else:
                by_hand = float(inputs.sum() / 4 if kind == "average" else np.sqrt((inputs * inputs).sum()))
            assert terms.value == pytest.approx(by_hand, abs=1e-12)
            source = {"convolution": stage.padded, "ReLU": stage.convolved, "pooling": stage.rectified}[operation]
            assert source is not None
            top, left = terms.corner
            for k, m in np.ndindex(inputs.shape):
                assert inputs[k, m] == source[top + terms.step * k, left + terms.step * m]
    assert seen == stage.convolved.size * 2 + stage.pooled.size  # type: ignore[union-attr]


# The way


def test_the_way_goes_through_every_cell_once_and_back() -> None:
    first = Stage(image_of((8, 8)), Recipe(image_of((3, 3), 1), padding=1))
    assert first.pooled is not None
    second = Stage(first.pooled, Recipe(image_of((3, 3), 2), padding=1))
    route = Route([first, second])
    # 64 cells, ReLU in one step, 16 cells; then 16, 1 and 4.
    assert route.total == 64 + 1 + 16 + 16 + 1 + 4
    cells = []
    for step in range(1, route.total + 1):
        spot = route.spot(step)
        assert spot is not None
        cells.append((spot.part.stage, spot.part.operation, spot.row, spot.column))
        assert route.step_of(*cells[-1]) == step
    assert len(set(cells)) == route.total
    assert cells[0] == (0, "convolution", 0, 0)
    assert cells[9] == (0, "convolution", 1, 1)
    assert cells[64] == (0, "ReLU", 7, 7)
    assert cells[-1] == (1, "pooling", 1, 1)
    assert route.spot(0) is None
    for stride, stops in ((CELL, 102), (ROW, 8 + 1 + 4 + 4 + 1 + 2), (MAP, 6), (STAGE, 2)):
        there = [0]
        while (after := route.after(there[-1], stride)) != there[-1]:
            there.append(after)
        assert len(there) == stops + 1
        assert there[-1] == route.total
        back = [there[-1]]
        while back[-1]:
            back.append(route.before(back[-1], stride))
        assert back == there[::-1]
    assert route.after(3, ROW) == 8
    assert route.before(11, ROW) == 8
    assert route.reached(11, 0, "convolution") == 11
    assert route.reached(11, 0, "ReLU") == 0
    assert route.reached(65, 0, "ReLU") == 64
    assert route.reached(70, 0, "pooling") == 5


def test_nothing_fits_and_there_is_no_way() -> None:
    route = Route([Stage(image_of((2, 2)), Recipe(image_of((3, 3))))])
    assert route.total == 0
    assert route.after(0, ROW) == route.before(0, ROW) == 0
    with pytest.raises(ValueError, match="no map"):
        route.step_of(0, "pooling", 0, 0)


# Kernels and images


def test_the_learned_kernels_are_those_of_the_bundled_network() -> None:
    project = bundled_project()
    model = project.network.build()
    model.load_state_dict({name: torch.tensor(values) for name, values in project.weights.items()})
    first = next(module for module in model.modules() if isinstance(module, torch.nn.Conv2d))
    np.testing.assert_array_equal(learned_kernels(), first.weight[:, 0].detach().double().numpy())
    for number in range(kernels.LEARNED):
        preset = PRESETS[f"learned {number + 1}"]
        np.testing.assert_array_equal(preset.make(preset.sizes[0]), learned_kernels()[number])


@pytest.mark.parametrize("name", PRESETS)
def test_kernels_have_the_sides_that_they_name(name: str) -> None:
    preset = PRESETS[name]
    for side in preset.sizes:
        kernel = preset.make(side)
        assert kernel.shape == (side, side)
        flat = convolve(np.ones((9, 9)), kernel)
        if name.startswith(("edges", "Sobel", "outline")):
            np.testing.assert_allclose(flat, 0, atol=1e-12)
        elif not name.startswith("learned"):
            # Blurs, sharpening, embossing: flat parts stay what they are.
            np.testing.assert_allclose(flat, 1, atol=1e-12)


def test_gaussian_blur_is_binomial() -> None:
    np.testing.assert_array_equal(PRESETS["Gaussian blur"].make(3) * 16, [[1, 2, 1], [2, 4, 2], [1, 2, 1]])


def test_kernels_are_cut_and_padded_around_their_middle() -> None:
    kernel = np.arange(1.0, 10.0).reshape(3, 3)
    np.testing.assert_array_equal(resized(kernel, 5), np.pad(kernel, 1))
    np.testing.assert_array_equal(resized(kernel, 1), [[5.0]])
    np.testing.assert_array_equal(resized(resized(kernel, 5), 3), kernel)
    np.testing.assert_array_equal(resized(kernel, 3), kernel)


def test_the_built_in_digits_are_scikit_learns() -> None:
    scans = load_digits().images
    for number in range(10):
        np.testing.assert_allclose(make_image(f"digit {number}"), scans[number] / 16, atol=0.0005)


def test_images_are_small_and_between_0_and_1() -> None:
    for name in IMAGES:
        image = make_image(name)
        assert max(image.shape) <= images.LARGEST_SIDE
        assert image.min() >= 0
        assert image.max() <= 1
        assert ("empty" in name) == (not image.any())
    seven = make_image("seven, 28 x 28")
    # Centred by its mass, as MNIST's are.
    rows, columns = np.indices(seven.shape)
    assert (seven * rows).sum() / seven.sum() == pytest.approx(13.5, abs=0.6)
    assert (seven * columns).sum() / seven.sum() == pytest.approx(13.5, abs=0.6)


def test_a_picture_becomes_small_and_keeps_its_form(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    grey = np.tile(np.linspace(0, 255, 200).astype(np.uint8), (100, 1))
    Image.fromarray(grey).save(path)
    image = read_picture(path)
    assert image.shape == (14, 28)
    np.testing.assert_allclose(image[3], (np.arange(28) + 0.5) / 28, atol=0.01)
    path.write_text("nonsense")
    with pytest.raises(PictureError, match="no image"):
        read_picture(path)


def test_the_pen_fills_cells_of_small_images_and_is_soft_on_large_ones() -> None:
    small = drawn(np.zeros((8, 8)), (0.5, 0.5), (7.5, 0.5), erase=False)
    np.testing.assert_array_equal(small[0], 1)
    assert not small[1:].any()
    assert not drawn(small, (0.5, 0.5), (7.5, 0.5), erase=True).any()
    large = drawn(np.zeros((28, 28)), (14.0, 4.0), (14.0, 24.0), erase=False)
    assert large[14].sum() == pytest.approx(images.PEN_WIDTH, abs=0.1)
    assert 0 < large[14, 12] < 1
    assert not drawn(np.zeros((8, 8)), (-3, -3), (-1, -1), erase=False).any()
