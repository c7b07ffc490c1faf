"""Loss surfaces: gradients against autograd, the tiny network against torch's modules, minima, batches."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.core.labs.loss_surface import (
    SAMPLES,
    SURFACES,
    FormulaSurface,
    NetworkSurface,
    Surface,
    batches,
    make_surface,
)
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError

FORMULAS: dict[str, Callable[[torch.Tensor, torch.Tensor], torch.Tensor]] = {
    "bowl": lambda a, b: 0.5 * (a**2 + b**2),
    "ravine": lambda a, b: 0.5 * a**2 + 12.5 * b**2,
    "saddle": lambda a, b: 0.5 * a**2 + b**4 / 16 - b**2 / 2 + 1,
    "Beale": lambda a, b: (1.5 - a * (1 - b)) ** 2 + (2.25 - a * (1 - b**2)) ** 2 + (2.625 - a * (1 - b**3)) ** 2,
    "two minima": lambda a, b: a**4 / 16 - a**2 / 2 + 1 + 0.3 * a + b**2 / 2 + 0.7,
}
"""The formulas once more, written another way."""


def by_torch(surface: Surface, w: torch.Tensor, batch: np.ndarray | None = None) -> torch.Tensor:
    """The loss of all samples or of a batch, for autograd."""
    which = np.arange(SAMPLES) if batch is None else batch
    if isinstance(surface, NetworkSurface):
        x, y = torch.tensor(surface.x[which]), torch.tensor(surface.y[which])
        return ((w[1] * torch.tanh(w[0] * x) - y) ** 2).mean()
    assert isinstance(surface, FormulaSurface)
    tilts = torch.tensor(surface.tilts[which])
    return FORMULAS[surface.name](w[0], w[1]) + (tilts @ w).mean()


def test_the_tiny_network_is_one_of_torchs_modules_with_the_loss_of_the_catalogue() -> None:
    surface = make_surface("tiny network", 6)
    assert isinstance(surface, NetworkSurface)
    model = nn.Sequential(nn.Linear(1, 1, bias=False), nn.Tanh(), nn.Linear(1, 1, bias=False)).double()
    loss = MeanSquaredError().torch_call("regression").evaluate()
    w1, w2 = 0.7, -1.3
    with torch.no_grad():
        model[0].weight.fill_(w1)
        model[2].weight.fill_(w2)
    for batch in (None, np.array([5, 8, 60])):
        which = slice(None) if batch is None else batch
        x, y = torch.tensor(surface.x[which])[:, None], torch.tensor(surface.y[which])[:, None]
        model.zero_grad()
        value = loss(model(x), y)
        value.backward()
        slopes = [float(model[layer].weight.grad) for layer in (0, 2)]  # type: ignore[arg-type]
        np.testing.assert_allclose(surface.gradient(w1, w2, batch), slopes, rtol=1e-9)
        np.testing.assert_allclose(surface.output(w1, w2, x.numpy()), model(x).detach().numpy(), rtol=1e-12)
        if batch is None:
            assert surface.loss(w1, w2) == pytest.approx(value.item(), rel=1e-12)


def test_there_is_a_formula_for_every_surface_but_the_networks() -> None:
    assert {*FORMULAS, "tiny network"} == set(SURFACES)


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize("batch", [None, np.array([3]), np.array([99, 0, 41, 7])], ids=["all", "one", "four"])
def test_losses_and_gradients_are_those_of_autograd(name: str, batch: np.ndarray | None) -> None:
    surface = make_surface(name, 4)
    rng = np.random.default_rng(0)
    for point in rng.uniform(-3, 3, (20, 2)):
        w = torch.tensor(point, requires_grad=True)
        loss = by_torch(surface, w, batch)
        loss.backward()
        assert w.grad is not None
        np.testing.assert_allclose(surface.gradient(*point.tolist(), batch), w.grad.numpy(), rtol=1e-9, atol=1e-9)
        if batch is None:
            assert surface.loss(*point.tolist()) == pytest.approx(loss.item(), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", SURFACES)
def test_a_map_holds_what_each_place_has(name: str) -> None:
    surface = make_surface(name, 1)
    w1, w2 = np.linspace(*surface.w1_range, 7), np.linspace(*surface.w2_range, 5)
    heights = surface.loss(w1[None], w2[:, None])
    assert heights.shape == (5, 7)
    for row, b in enumerate(w2.tolist()):
        for column, a in enumerate(w1.tolist()):
            assert heights[row, column] == pytest.approx(float(surface.loss(a, b)), abs=1e-9)


@pytest.mark.parametrize("name", SURFACES)
def test_minima_are_minima(name: str) -> None:
    surface = make_surface(name, 2)
    for minimum in surface.minima:
        assert surface.holds(*minimum)
        np.testing.assert_allclose(surface.gradient(*minimum), 0, atol=1e-6)
        w = torch.tensor(minimum, dtype=torch.float64)
        curvature = torch.autograd.functional.hessian(lambda at: by_torch(surface, at), w)
        assert torch.linalg.eigvalsh(curvature).min() > 0
    w1, w2 = np.linspace(*surface.w1_range, 301), np.linspace(*surface.w2_range, 301)
    heights = surface.loss(w1[None], w2[:, None])
    assert surface.lowest <= heights.min() + 1e-9
    assert surface.top == pytest.approx(heights.max(), rel=0.02)
    assert surface.distance(np.array(surface.minima)).max() == 0


@pytest.mark.parametrize("name", SURFACES)
def test_the_mean_over_all_samples_is_the_surface(name: str) -> None:
    surface = make_surface(name, 3)
    point = surface.start
    each = np.array([surface.gradient(*point, np.array([number])) for number in range(SAMPLES)], float)
    np.testing.assert_allclose(each.mean(0), surface.gradient(*point), atol=1e-9)
    assert each.std() > 0.1


def test_the_noise_of_a_batch_shrinks_with_the_root_of_its_size() -> None:
    surface = make_surface("bowl", 0)
    spread = {}
    for size in (4, 16):
        drawn = [batch for batch in batches(0, size, 4000) if batch is not None and len(batch) == size]
        spread[size] = np.std([surface.gradient(0.0, 0.0, batch) for batch in drawn])
    # Drawn without replacement from 100: sqrt(16 / 4) times sqrt((100 - 4) / (100 - 16)).
    assert spread[4] / spread[16] == pytest.approx(2 * np.sqrt(96 / 84), rel=0.05)


@pytest.mark.parametrize("size", [1, 7, 50, 99])
def test_batches_take_every_sample_once_before_they_shuffle_again(size: int) -> None:
    per_epoch = -(-SAMPLES // size)
    taken = batches(5, size, 3 * per_epoch)
    epochs = []
    for epoch in range(3):
        numbers = np.concatenate([b for b in taken[epoch * per_epoch : (epoch + 1) * per_epoch] if b is not None])
        assert sorted(numbers.tolist()) == list(range(SAMPLES))
        epochs.append(numbers.tolist())
    assert epochs[0] != epochs[1] != epochs[2]
    again = batches(5, size, 2)
    np.testing.assert_array_equal(again[1], taken[1])
    assert batches(6, size, 1)[0].tolist() != taken[0].tolist()  # type: ignore[union-attr]


def test_a_batch_of_all_samples_is_none() -> None:
    assert batches(0, SAMPLES, 3) == [None, None, None]


def test_another_seed_gives_another_data_set() -> None:
    one, other = (make_surface("tiny network", seed) for seed in (0, 1))
    assert one.minima != other.minima
