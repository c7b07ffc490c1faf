"""The curves of the activation lab against the layers that nnviz trains with, and autograd."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from nnviz.core.labs.activation_curves import CURVES, FLAT, Knobs, flat_parts, normal_inputs, run_stack
from nnviz.core.layers import LAYERS
from nnviz.core.shape import Shape

KNOBS = (
    Knobs(),
    Knobs(leak=0.3, lines=((-0.5, 1.0), (2.0, -1.5)), others=(1.0, -2.0, 0.5)),
    Knobs(leak=0.0, lines=((-1.0, 0.0), (1.0, 0.0)), others=(3.0,)),
)
X = np.concatenate([np.linspace(-9, 9, 73), [0.0, -800.0, 800.0]])


def layers_value(name: str, x: torch.Tensor, knobs: Knobs) -> torch.Tensor:
    """What the catalogue's layer makes of a column of inputs."""
    settings: dict[str, Any] = {}
    if name == "leaky ReLU" or name == "PReLU":
        settings = {"slope": knobs.leak}
    arrives = x[:, None]
    if name == "maxout":
        (w1, b1), (w2, b2) = knobs.lines
        arrives = torch.stack([w1 * x + b1, w2 * x + b2], 1)
    elif name == "softmax":
        arrives = torch.cat([arrives, torch.tensor(knobs.others, dtype=x.dtype).expand(len(x), -1)], 1)
    layer = LAYERS[CURVES[name].layer](**settings)
    module = layer.torch_call(Shape((arrives.shape[1],))).evaluate().double()
    return module(arrives)[:, 0]


@pytest.mark.parametrize("name", [name for name in CURVES if name != "linear"])
@pytest.mark.parametrize("knobs", KNOBS)
def test_values_and_derivatives_are_those_of_the_layers(name: str, knobs: Knobs) -> None:
    x = torch.tensor(X, requires_grad=True)
    y = layers_value(name, x, knobs)
    y.sum().backward()
    value, slope = CURVES[name].at(X, knobs)
    assert x.grad is not None
    # A layer keeps its slope in single precision.
    np.testing.assert_allclose(value, y.detach().numpy(), rtol=1e-7, atol=1e-12)
    np.testing.assert_allclose(slope, x.grad.numpy(), rtol=1e-7, atol=1e-12)


def test_the_sigmoids_derivative_is_at_most_a_quarter() -> None:
    _, slope = CURVES["sigmoid"].at(np.linspace(-20, 20, 4001), Knobs())
    assert slope.max() == 0.25
    assert slope[2000] == 0.25


def test_relu_and_leaky_relu_are_maxouts() -> None:
    maxout = CURVES["maxout"]
    np.testing.assert_array_equal(maxout.at(X, Knobs())[0], CURVES["ReLU"].at(X, Knobs())[0])
    leaky = Knobs(leak=0.1, lines=((0.1, 0.0), (1.0, 0.0)))
    np.testing.assert_array_equal(maxout.at(X, leaky)[0], CURVES["leaky ReLU"].at(X, leaky)[0])


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("weight", [0.5, 1.0, -2.0])
def test_a_stack_is_autograds(name: str, weight: float) -> None:
    knobs = KNOBS[1]
    x = torch.tensor([0.7, -1.3], dtype=torch.float64)
    zs, signal = [], x
    for _ in range(8):
        z = signal.detach().requires_grad_() if not zs else weight * signal
        z.retain_grad()
        zs.append(z)
        signal = z * 1.0 if name == "linear" else layers_value(name, z, knobs)
    signal.sum().backward()
    stack = run_stack(CURVES[name], [0.7, -1.3], knobs, weight)
    np.testing.assert_allclose(stack.z, [z.detach().numpy() for z in zs], rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(stack.a[-1], signal.detach().numpy(), rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(stack.gradient, [z.grad.numpy() for z in zs], rtol=1e-6, atol=1e-15)  # type: ignore[union-attr]


def test_eight_sigmoids_leave_less_than_a_65536th_of_the_gradient() -> None:
    stack = run_stack(CURVES["sigmoid"], np.linspace(-5, 5, 101), Knobs(), 1.0)
    assert np.abs(stack.gradient[0]).max() < 0.25**8
    assert np.all(run_stack(CURVES["ReLU"], [0.1, 3.0], Knobs(), 1.0).gradient == 1.0)


def test_normal_inputs_have_their_mean_and_spread() -> None:
    x = normal_inputs(2000, 1.5, 2.0)
    assert x.mean() == pytest.approx(1.5, abs=1e-9)
    assert x.std() == pytest.approx(2.0, rel=0.002)
    # Half of a normal distribution lies within 0.6745 standard deviations.
    assert np.mean(np.abs(x - 1.5) < 2 * 0.6745) == pytest.approx(0.5, abs=0.001)


def test_where_curves_are_flat() -> None:
    x = np.linspace(-6, 6, 1201)
    left, right = flat_parts(x, CURVES["sigmoid"].at(x, Knobs())[1])
    # s (1 - s) = 0.05 at s = (1 - sqrt(0.8)) / 2, that is x = -2.887.
    assert left == pytest.approx((-6.0, -2.89), abs=0.011)
    assert right == pytest.approx((2.89, 6.0), abs=0.011)
    assert flat_parts(x, CURVES["ReLU"].at(x, Knobs())[1]) == [pytest.approx((-6.0, 0.0), abs=1e-9)]
    assert flat_parts(x, CURVES["linear"].at(x, Knobs())[1]) == []
    assert FLAT == 0.05
