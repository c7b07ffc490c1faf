"""The stack of the lab on vanishing gradients against torch's layers, autograd and the catalogue's initialisers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.core.initialisers import INITIALISERS
from nnviz.core.labs.signal_sizes import (
    ACTIVATIONS,
    INITIALISATIONS,
    MOST_LAYERS,
    SAMPLES,
    TRUNCATED_VARIANCE,
    Initialisation,
    batch,
    bins_of,
    curve_of,
    expect_sizes,
    mean_factor,
    run_passes,
    sizes,
    unit_draws,
)
from nnviz.core.layers import LAYERS
from nnviz.core.shape import Shape

# Of the catalogue: initialiser and its settings for a standard deviation of 0.2.
OF_CATALOGUE: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {
    ("normal", "normal"): ("normal", {"standard_deviation": 0.2}),
    ("truncated normal", "normal"): ("truncated_normal", {"standard_deviation": 0.2}),
    ("Xavier", "normal"): ("xavier", {"distribution": "normal"}),
    ("Xavier", "uniform"): ("xavier", {"distribution": "uniform"}),
    ("He", "normal"): ("he", {"distribution": "normal"}),
    ("He", "uniform"): ("he", {"distribution": "uniform"}),
    ("uniform by fan-in", "normal"): ("fan_in_uniform", {}),
}


def activation(name: str) -> nn.Module:
    if name == "linear":
        return nn.Identity()
    layer = LAYERS[curve_of(name).layer]()
    module = layer.torch_call(Shape((4,))).evaluate().double()
    assert isinstance(module, nn.Module)
    return module


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("kind", INITIALISATIONS)
def test_both_passes_are_autograds(name: str, kind: str) -> None:
    units, layers = 24, 12
    start = Initialisation(kind, standard_deviation=0.25, distribution="uniform", scale=1.3)
    weights, deviation = unit_draws(start.shape, units, layers, 3), start.deviation(units)
    inputs, gradient = batch(units, 3)
    passes = run_passes(curve_of(name), weights, deviation, inputs, gradient)
    f, a = activation(name), torch.tensor(inputs)
    zs, activations = [], [a]
    for layer in weights:
        dense = nn.Linear(units, units, bias=False, dtype=torch.float64)
        with torch.no_grad():
            dense.weight.copy_(torch.tensor(deviation * layer).T)
        z = dense(a)
        z.retain_grad()
        a = f(z)
        zs.append(z)
        activations.append(a)
    (a * torch.tensor(gradient)).sum().backward()

    def size(value: torch.Tensor) -> float:
        return float(value.detach().pow(2).mean().sqrt())

    # The catalogue's leaky ReLU keeps its slope in single precision.
    near = {"rtol": 1e-6 if name == "leaky ReLU" else 1e-9}
    np.testing.assert_allclose(passes.a[-1], a.detach().numpy(), **near)
    np.testing.assert_allclose(passes.a_sizes, [size(part) for part in activations], **near)
    np.testing.assert_allclose(passes.z_sizes, [size(z) for z in zs], **near)
    np.testing.assert_allclose(passes.delta_sizes, [size(z.grad) for z in zs], **near)  # type: ignore[arg-type]
    spread = [float(part.detach().var(0, correction=0).mean().sqrt()) for part in activations]
    np.testing.assert_allclose(passes.spreads, spread, rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize(("kind", "distribution"), OF_CATALOGUE)
def test_the_draws_are_distributed_as_the_catalogues(kind: str, distribution: str) -> None:
    units, layers = 80, 20
    start = Initialisation(kind, 0.2, distribution)
    drawn = start.deviation(units) * np.concatenate(unit_draws(start.shape, units, layers, 0)).ravel()
    name, settings = OF_CATALOGUE[kind, distribution]
    torch.manual_seed(0)
    theirs = []
    for _ in range(layers):
        dense = nn.Linear(units, units)
        call = INITIALISERS[name](**settings).torch_call("weight")
        if call is not None:
            call.evaluate(weight=dense.weight)
        theirs.append(dense.weight.detach().numpy().ravel())
    reference = np.concatenate(theirs)
    assert drawn.std() == pytest.approx(reference.std(), rel=0.01)
    assert abs(drawn.mean()) < 4 * drawn.std() / len(drawn) ** 0.5
    assert np.abs(drawn).max() == pytest.approx(np.abs(reference).max(), rel=0.15)
    # Largest distance of the two distribution functions; 1.95 sqrt(2 / N) is passed once in a thousand times.
    both = np.sort(np.concatenate([drawn, reference]))
    ours, other = (np.searchsorted(np.sort(part), both, "right") / len(part) for part in (drawn, reference))
    assert np.abs(ours - other).max() < 1.95 * (2 / len(drawn)) ** 0.5


def test_truncated_draws_end_at_two_standard_deviations() -> None:
    start = Initialisation("truncated normal", 0.1)
    drawn = start.deviation(64) * np.stack(unit_draws(start.shape, 64, 10, 1))
    assert np.abs(drawn).max() <= 0.2 + 1e-12
    assert np.abs(drawn).max() > 0.199
    phi, within = np.exp(-2) / (2 * np.pi) ** 0.5, 0.9544997361036416
    assert pytest.approx(1 - 4 * phi / within, abs=1e-6) == TRUNCATED_VARIANCE


def test_a_deeper_stack_begins_with_the_same_layers_and_another_seed_with_others() -> None:
    few, many = unit_draws("normal", 16, 3, 7), unit_draws("normal", 16, MOST_LAYERS, 7)
    np.testing.assert_array_equal(few, many[:3])
    assert not np.array_equal(few[0], unit_draws("normal", 16, 3, 8)[0])
    with pytest.raises(ValueError, match="read-only"):
        few[0][0, 0] = 1


@pytest.mark.parametrize(
    ("name", "deviation"),
    [("linear", 0.1), ("ReLU", 0.1), ("ReLU", 0.15), ("leaky ReLU", 0.12), ("tanh", 0.11), ("tanh", 0.3),
     ("sigmoid", 0.1), ("sigmoid", 0.5)],
)  # fmt: skip
def test_the_formula_says_what_wide_layers_do(name: str, deviation: float) -> None:
    units, layers, stacks = 300, 6, 16
    spread = deviation * (80 / units) ** 0.5
    rng = np.random.default_rng(0)
    squares = np.zeros((2, layers))
    for _ in range(stacks):
        weights = [rng.standard_normal((units, units)) for _ in range(layers)]
        inputs, gradient = rng.standard_normal((2, 40, units))
        passes = run_passes(curve_of(name), weights, spread, inputs, gradient)
        squares += np.stack([passes.a_sizes[1:] ** 2, passes.delta_sizes**2]) / stacks
    expected = expect_sizes(curve_of(name), spread, units, layers)
    a_sizes, delta_sizes = np.sqrt(squares)
    np.testing.assert_allclose(a_sizes, expected.a_sizes[1:], rtol=0.05)
    np.testing.assert_allclose(delta_sizes, expected.delta_sizes, rtol=0.05)
    # The factors are those by which the sizes follow from each other.
    back = expected.delta_sizes[:-1] / expected.delta_sizes[1:]
    np.testing.assert_allclose(back, expected.backwards[:-1], rtol=1e-9)
    z_sizes = units**0.5 * spread * expected.a_sizes
    np.testing.assert_allclose(z_sizes[1:] / z_sizes[:-1], expected.forwards, rtol=1e-9)


def test_the_formulas_of_he_and_xavier() -> None:
    for units in (16, 64):
        he = expect_sizes(curve_of("ReLU"), Initialisation("He").deviation(units), units, 50)
        np.testing.assert_allclose(he.forwards, 1.0, rtol=1e-9)
        np.testing.assert_allclose(he.backwards, 1.0, rtol=1e-9)
        xavier = expect_sizes(curve_of("linear"), Initialisation("Xavier").deviation(units), units, 50)
        np.testing.assert_allclose(xavier.a_sizes, 1.0, rtol=1e-9)
        # ReLU under Xavier loses half of the variance in each layer.
        lost = expect_sizes(curve_of("ReLU"), Initialisation("Xavier").deviation(units), units, 10)
        assert lost.a_sizes[-1] == pytest.approx(0.5**5, rel=1e-9)
    # E[tanh(z)^2] and E[sech(z)^4] for z ~ N(0, 4), by sampling 10^7 normal numbers.
    z = 2 * np.random.default_rng(1).standard_normal(10_000_000)
    tanh = expect_sizes(curve_of("tanh"), 2.0, 1, 1)
    assert tanh.a_sizes[1] == pytest.approx(np.tanh(z).std(), rel=1e-3)
    assert tanh.delta_sizes[0] == pytest.approx(((1 - np.tanh(z) ** 2) ** 2).mean() ** 0.5, rel=1e-3)


def test_sizes_of_numbers_that_are_too_small_or_large_to_square() -> None:
    values = np.array([[3e-200, 4e-200], [3e200, -4e200], [0.0, 0.0]])
    np.testing.assert_allclose(sizes(values), [12.5**0.5 * 1e-200, 12.5**0.5 * 1e200, 0.0])
    inputs, gradient = batch(80, 0)
    assert inputs.shape == (SAMPLES, 80)
    assert sizes(inputs[None])[0] == pytest.approx(1)
    assert sizes(gradient[None])[0] == pytest.approx(1)
    for deviation in (1e-4, 10.0):
        passes = run_passes(curve_of("linear"), unit_draws("normal", 80, 50, 0), deviation, inputs, gradient)
        for part in (passes.a_sizes, passes.delta_sizes, passes.spreads):
            assert np.isfinite(part).all()
            assert (part > 0).all()


def test_small_things() -> None:
    assert mean_factor(1.0, 1e-6, 6) == pytest.approx(0.1)
    assert mean_factor(0.0, 1.0, 6) == 0.0
    assert mean_factor(2.0, 2.0, 0) == 0.0
    assert bins_of(curve_of("sigmoid")) == (0.0, 1.0)
    assert bins_of(curve_of("ReLU")) == (-3.0, 3.0)
