"""The training of the lab on overfitting against torch, the catalogue's Adam and regularisers, step by step."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.core.datasets.moons import Moons
from nnviz.core.initialisers import INITIALISERS
from nnviz.core.labs.overfitting import (
    METHODS,
    VALIDATION_POINTS,
    Method,
    Training,
    Weights,
    boundary,
    cross_entropy,
    dropout_masks,
    logits,
    make_points,
    moons,
    parameters,
    start_weights,
)
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.regularisers.l1 import L1
from nnviz.core.training.regularisers.l2 import L2
from nnviz.core.training.regularisers.max_norm import MaxNorm

UNITS, RATE, SEED = 12, 0.02, 4
POINTS = make_points(21, 0.3, SEED)
METHODS_OF_TEST = (
    Method(),
    Method("L1", strength=0.02),
    Method("L2", strength=0.05),
    Method("max-norm", norm_limit=0.7),
    Method("dropout", dropout_rate=0.4),
    Method("early stopping", patience=10_000),
)


class Given(nn.Module):
    """Dropout with a mask that is given from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.mask: torch.Tensor | None = None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x if self.mask is None else x * self.mask


def network(weights: Weights) -> nn.Sequential:
    """The same network of torch's layers."""
    model = nn.Sequential(
        nn.Linear(2, UNITS), nn.ReLU(), Given(), nn.Linear(UNITS, UNITS), nn.ReLU(), Given(), nn.Linear(UNITS, 1)
    ).double()
    with torch.no_grad():
        for parameter, part in zip(model.parameters(), weights.parts(), strict=True):
            parameter.copy_(torch.tensor(part.T))
    return model


def in_line(model: nn.Module) -> np.ndarray:
    return np.concatenate([parameter.detach().numpy().T.ravel() for parameter in model.parameters()])


@pytest.mark.parametrize("method", METHODS_OF_TEST, ids=lambda method: method.kind)
def test_every_update_is_torchs(method: Method) -> None:
    training = Training(POINTS, method, UNITS, RATE, SEED)
    model = network(training.state.weights)
    optimiser = Adam(learning_rate=RATE).torch_call("p").evaluate(p=list(model.parameters()))
    penalties: dict[str, Any] = {"L1": L1(strength=0.02), "L2": L2(strength=0.05), "max-norm": MaxNorm(limit=0.7)}
    penalty = penalties.get(method.kind)
    act = penalty.torch_call("m", "o").evaluate(m=model, o=optimiser) if penalty is not None else None
    loss = nn.BCEWithLogitsLoss()
    x, y = torch.tensor(POINTS.x), torch.tensor(POINTS.y)[:, None]
    for step in range(60):
        if method.kind == "dropout":
            masks = dropout_masks(UNITS, 0.4, SEED, step)
            for place, mask in zip((2, 5), masks, strict=True):
                model[place].mask = torch.tensor(mask / 0.6)
        optimiser.zero_grad()
        loss(model(x), y).backward()
        if penalty is not None and penalty.when == "before_step":
            act()
        optimiser.step()
        if penalty is not None and penalty.when == "after_step":
            act()
        assert training.advance()
        np.testing.assert_allclose(training.state.weights.line, in_line(model), rtol=1e-9, atol=1e-9)
        for place in (2, 5):
            model[place].mask = None
        with torch.no_grad():
            wanted = loss(model(x), y).item()
            other = loss(model(torch.tensor(POINTS.validation_x)), torch.tensor(POINTS.validation_y)[:, None]).item()
        assert training.losses[-1] == pytest.approx(wanted, rel=1e-9)
        assert training.validation_losses[-1] == pytest.approx(other, rel=1e-9)


@pytest.mark.parametrize("method", METHODS_OF_TEST, ids=lambda method: method.kind)
def test_any_step_is_the_same_again(method: Method) -> None:
    training = Training(POINTS, method, UNITS, RATE, SEED)
    seen = [training.state.weights.line.copy()]
    for _ in range(47):
        training.advance()
        seen.append(training.state.weights.line.copy())
    losses = list(training.losses)
    for step in (46, 40, 39, 20, 1, 0, 33, 47):
        training.go_to(step)
        assert training.step == step
        np.testing.assert_array_equal(training.state.weights.line, seen[step])
    training.go_to(7)
    for step in range(8, 48):
        training.advance()
        np.testing.assert_array_equal(training.state.weights.line, seen[step])
    assert training.losses == losses
    with pytest.raises(ValueError, match="not made yet"):
        training.go_to(48)


def test_early_stopping_keeps_the_weights_of_the_best_step() -> None:
    points = make_points(16, 0.35, 0)
    free = Training(points, Method(), 30, 0.01, 0)
    stopping = Training(points, Method("early stopping", patience=25), 30, 0.01, 0)
    lines = [free.state.weights.line]
    while stopping.advance():
        free.advance()
        lines.append(free.state.weights.line)
    best = int(np.argmin(free.validation_losses))
    assert stopping.step == best + 25
    assert stopping.best_step() == best
    assert stopping.stopped
    assert stopping.shown.step == best
    np.testing.assert_array_equal(stopping.shown.weights.line, lines[best])
    stopping.go_to(stopping.step - 1)
    assert not stopping.stopped
    assert stopping.shown.step == stopping.step
    assert stopping.advance()
    assert stopping.stopped
    assert not stopping.advance()


def test_a_large_network_learns_the_noise_and_every_method_holds_it_back() -> None:
    for seed in range(3):
        points = make_points(24, 0.25, seed)
        last = {}
        for kind in METHODS:
            training = Training(points, Method(kind), 40, 0.005, seed)
            while training.step < 500 and training.advance():
                pass
            last[kind] = training.validation_losses[training.shown.step]
            if kind == "none":
                assert training.losses[-1] < 0.2 * min(training.validation_losses)
                assert training.validation_losses[-1] > 1.3 * min(training.validation_losses)
            if kind == "L1":
                assert np.mean(np.abs(training.state.weights.all_weights()) < 0.01) > 0.8
            if kind == "max-norm":
                lengths = [np.sqrt((part**2).sum(0)) for part in training.state.weights.matrices()]
                assert max(part.max() for part in lengths) <= 1 + 1e-12
        assert all(last[kind] < last["none"] for kind in METHODS[1:]), last


def test_the_points_are_those_of_the_catalogue_and_the_splits_differ() -> None:
    for number in (24, 25):
        ours, labels = moons(number, 0.0, np.random.default_rng(0))
        theirs, classes = Moons(samples=50).replace(samples=50).points(np.random.default_rng(0))
        assert len(ours) == number
        assert labels.sum() == number // 2
    ours, labels = moons(50, 0.0, np.random.default_rng(0))
    np.testing.assert_allclose(ours, theirs, atol=1e-12)
    np.testing.assert_array_equal(labels, classes)
    points = make_points(30, 0.2, 5)
    assert points.validation_x.shape == (VALIDATION_POINTS, 2)
    assert (points.validation_x - moons(VALIDATION_POINTS, 0.0, np.random.default_rng(0))[0]).std() == pytest.approx(
        0.2, rel=0.15
    )
    np.testing.assert_array_equal(points.x, make_points(30, 0.2, 5).x)
    assert not np.allclose(points.x, make_points(30, 0.2, 6).x)


def test_the_start_is_hes() -> None:
    drawn = np.concatenate([start_weights(60, seed).matrices()[1].ravel() for seed in range(10)])
    dense = nn.Linear(60, 60)
    torch.manual_seed(0)
    call = INITIALISERS["he"]().torch_call("weight")
    assert call is not None
    call.evaluate(weight=dense.weight)
    assert drawn.std() == pytest.approx(dense.weight.std().item(), rel=0.04)
    assert drawn.std() == pytest.approx((2 / 60) ** 0.5, rel=0.02)
    weights = start_weights(60, 0)
    assert len(weights.line) == parameters(60)
    for bias in weights.parts()[1::2]:
        assert not bias.any()


def test_dropped_units_are_as_many_as_the_rate_says_and_others_in_each_step() -> None:
    masks = np.array([dropout_masks(40, 0.3, 1, step) for step in range(200)])
    assert masks.mean() == pytest.approx(0.7, abs=0.02)
    assert len({mask.tobytes() for mask in masks}) == 200
    np.testing.assert_array_equal(masks[7], dropout_masks(40, 0.3, 1, 7))


def test_losses_of_large_logits_stay_finite() -> None:
    assert cross_entropy(np.array([800.0, -800.0]), np.array([1.0, 0.0])) == 0.0
    assert cross_entropy(np.array([800.0]), np.array([0.0])) == 800.0


def test_the_boundary_is_where_the_surface_is_zero() -> None:
    xs, ys = np.linspace(-2, 2, 81), np.linspace(-1.5, 1.5, 61)
    x, y = np.meshgrid(xs, ys)
    pieces = boundary(x**2 + y**2 - 1, xs, ys)
    np.testing.assert_allclose(np.hypot(pieces[..., 0], pieces[..., 1]), 1.0, atol=0.002)
    lengths = np.hypot(*(pieces[:, 0] - pieces[:, 1]).T)
    assert lengths.sum() == pytest.approx(2 * np.pi, rel=0.005)
    straight = boundary(x - 0.3, xs, ys)
    np.testing.assert_allclose(straight[..., 0], 0.3, atol=1e-12)
    assert np.abs(straight[:, 0, 1] - straight[:, 1, 1]).sum() == pytest.approx(3.0)
    assert boundary(np.ones_like(x), xs, ys).shape == (0, 2, 2)
    # A saddle has two pieces in one cell.
    assert len(boundary(np.array([[1.0, -1.0], [-1.0, 1.0]]), np.array([0.0, 1.0]), np.array([0.0, 1.0]))) == 2


def test_logits_are_those_of_the_whole_network() -> None:
    weights = start_weights(UNITS, 3)
    x = np.random.default_rng(0).standard_normal((50, 2))
    np.testing.assert_allclose(logits(weights, x), network(weights)(torch.tensor(x)).detach().numpy()[:, 0], rtol=1e-9)
