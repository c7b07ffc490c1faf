"""Paths of the race against torch's own optimisers on the same function, with the gradients of autograd."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch

from nnviz.core.labs.loss_surface import SURFACES, batches, make_surface
from nnviz.core.labs.optimiser_race import FAR, Race
from nnviz.core.training.optimisers import OPTIMISERS
from tests.core.labs.test_loss_surface import by_torch

STEPS = 200

TORCHS: dict[str, Any] = {
    "adagrad": lambda p, lr: torch.optim.Adagrad(p, lr=lr, eps=1e-10),
    "adam": lambda p, lr: torch.optim.Adam(p, lr=lr, betas=(0.9, 0.999), eps=1e-8, foreach=False, fused=False),
    "adamw": lambda p, lr: torch.optim.AdamW(p, lr=lr, weight_decay=0.01, foreach=False, fused=False),
    "gradient_descent": lambda p, lr: torch.optim.SGD(p, lr=lr),
    "momentum": lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.8, nesterov=True),
    "rmsprop": lambda p, lr: torch.optim.RMSprop(p, lr=lr, alpha=0.9, eps=1e-8),
}
"""Those that torch has, made by hand; whatever else the catalogue holds is made by its own call."""


def race_on(name: str, **changes: Any) -> Race:
    surface = make_surface(name, 1)
    settings = {"learning_rate": surface.rate, "momentum": 0.8, "nesterov": True, "batch_size": 100, "seed": 1}
    return Race(surface, surface.start, **{**settings, **changes})


@pytest.mark.parametrize("batch_size", [100, 7])
@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize("optimiser", OPTIMISERS.names())
def test_paths_are_those_of_torch(name: str, optimiser: str, batch_size: int) -> None:
    # At half its rate: where an optimiser jumps about its minimum, digits that are lost in rounding soon decide.
    race = race_on(name, batch_size=batch_size, learning_rate=make_surface(name, 1).rate / 2)
    paths = race.run([optimiser], STEPS)
    assert paths is not None
    path = paths[optimiser]
    w = torch.tensor(race.start, dtype=torch.float64, requires_grad=True)
    if optimiser in TORCHS:
        theirs = TORCHS[optimiser]([w], race.learning_rate)
    else:
        theirs = OPTIMISERS[optimiser](learning_rate=race.learning_rate).torch_call("weights").evaluate(weights=[w])
    points, gradients, losses = [list(race.start)], [], []
    for step, batch in enumerate(batches(race.seed, batch_size, STEPS)):
        theirs.zero_grad()
        loss = by_torch(race.surface, w, batch)
        loss.backward()
        assert w.grad is not None
        with torch.no_grad():
            losses.append(loss.item() if batch is None else by_torch(race.surface, w).item())
        gradients.append(w.grad.tolist())
        theirs.step()
        points.append(w.tolist())
        if min(map(abs, gradients[-1])) < 1e-4:
            # At rest RMSProp divides one rounding error by another, and they grow: not from step to step here.
            with torch.no_grad():
                w.copy_(torch.tensor(path.points[step + 1]))
    np.testing.assert_allclose(path.points, points, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(path.losses[:-1], losses, rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(path.gradients, gradients, rtol=1e-6, atol=1e-7)
    assert path.steps == STEPS
    assert path.diverged is None


def test_momentum_and_nesterov_reach_the_optimiser_that_has_them() -> None:
    race = race_on("bowl", momentum=0.3, nesterov=False)
    assert race.optimiser("momentum").to_json() == {
        "type": "momentum", "learning_rate": 0.1, "momentum": 0.3, "nesterov": False
    }  # fmt: skip
    for name in OPTIMISERS.names():
        assert race.optimiser(name).learning_rate == 0.1


def test_a_path_that_diverges_says_when() -> None:
    race = race_on("ravine", learning_rate=0.09)
    path = race.run(["gradient_descent"], 100)["gradient_descent"]  # type: ignore[index]
    # w2 is multiplied by 1 - 0.09 * 25 = -1.25 in each step, w1 by 0.91: the loss is (w1^2 + 25 w2^2) / 2.
    steps = np.arange(101)
    losses = ((2.8 * 0.91**steps) ** 2 + 25 * (1.2 * 1.25**steps) ** 2) / 2
    np.testing.assert_allclose(path.losses, losses, rtol=1e-9)
    assert path.diverged == int(np.flatnonzero(losses > FAR * race.surface.top)[0])


@pytest.mark.filterwarnings("error")
def test_numbers_that_overflow_end_the_path_quietly() -> None:
    race = race_on("Beale", learning_rate=2.0)
    path = race.run(["gradient_descent"], 60)["gradient_descent"]  # type: ignore[index]
    assert path.diverged is not None
    assert path.diverged < 10
    assert np.isnan(path.points[-1]).all()
    assert np.isfinite(path.points[: path.diverged]).all()
    assert path.points.shape == (61, 2)


def test_a_race_that_nobody_wants_is_dropped() -> None:
    answers = iter([True, True, False])
    assert race_on("bowl").run(["adam"], 1000, lambda: next(answers)) is None


def test_paths_cannot_be_written_to() -> None:
    path = race_on("bowl").run(["adam"], 3)["adam"]  # type: ignore[index]
    with pytest.raises(ValueError, match="read-only"):
        path.points[0, 0] = 1


def test_describing_a_race_imports_no_torch() -> None:
    script = (
        "import sys\n"
        "from nnviz.core.labs.optimiser_race import Race\n"
        "from nnviz.core.labs.loss_surface import make_surface\n"
        "surface = make_surface('tiny network', 0)\n"
        "Race(surface, surface.start, 0.1, 0.9, False, 5, 0).optimiser('adam')\n"
        "print('torch' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert result.stdout.strip() == "False"
