"""Regularisers against their formulas in float64, and against what torch's optimisers have of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from nnviz.core.datasets.base import Dataset
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.training.checkpoint import weights_of
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.regularisers.base import REGULARISERS, RegulariserSpec
from nnviz.core.training.regularisers.clip_by_norm import ClipByNorm
from nnviz.core.training.regularisers.clip_by_value import ClipByValue
from nnviz.core.training.regularisers.l1 import L1
from nnviz.core.training.regularisers.l2 import L2
from nnviz.core.training.regularisers.max_norm import MaxNorm
from nnviz.core.training.regularisers.weight_decay import WeightDecay
from nnviz.core.training.schedules.cosine import Cosine
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer

STEPS = 8
RATE = 0.05
Arrays = dict[str, np.ndarray]


def a_model() -> nn.Sequential:
    """Convolution, batch norm and dense, as the trainer lays them out in memory."""
    torch.manual_seed(3)
    model = nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.Flatten(), nn.Linear(12, 4))
    return model.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def gradients_for(model: nn.Module, rng: np.random.Generator) -> Arrays:
    return {name: rng.normal(size=p.shape) for name, p in model.named_parameters()}


def numbers(model: nn.Module) -> Arrays:
    return {name: p.detach().double().numpy().copy() for name, p in model.named_parameters()}


def is_weight(array: np.ndarray) -> bool:
    return array.ndim > 1


def formula(spec: RegulariserSpec, w: Arrays, g: Arrays) -> None:
    """What stands in the class, done in place in float64, before the step w <- w - eta g."""
    everything = np.sqrt(sum((array**2).sum() for array in g.values()))
    for name in w:
        match spec:
            case L1() if is_weight(w[name]):
                g[name] += spec.strength * np.sign(w[name])
            case L2() if is_weight(w[name]):
                g[name] += spec.strength * w[name]
            case WeightDecay() if is_weight(w[name]):
                w[name] -= RATE * spec.strength * w[name]
            case ClipByNorm():
                g[name] *= min(1, spec.limit / everything)
            case ClipByValue():
                g[name] = np.maximum(-spec.limit, np.minimum(spec.limit, g[name]))


def project(spec: RegulariserSpec, w: Arrays) -> None:
    """What is done after the step, one unit after the other."""
    for array in w.values():
        if isinstance(spec, MaxNorm) and is_weight(array):
            for unit in array:
                length = np.sqrt((unit**2).sum())
                unit *= min(1, spec.limit / length)


CASES: list[tuple[RegulariserSpec, ...]] = [
    (L1(strength=0.3),),
    (L2(strength=0.4),),
    (WeightDecay(strength=0.9),),
    (MaxNorm(limit=0.7),),
    (ClipByNorm(limit=2.0),),
    (ClipByNorm(limit=1000.0),),
    (ClipByValue(limit=0.25),),
    (ClipByValue(limit=0.25), L2(strength=0.4)),
    (L2(strength=0.4), ClipByValue(limit=0.25)),
    (MaxNorm(limit=0.7), ClipByNorm(limit=1.0), L1(strength=0.1), WeightDecay(strength=0.5)),
]


def test_every_regulariser_has_a_formula_here() -> None:
    assert {type(spec) for specs in CASES for spec in specs} == set(REGULARISERS)


@pytest.mark.parametrize("specs", CASES, ids=lambda specs: " ".join(spec.name for spec in specs))
def test_a_regulariser_follows_its_formula(specs: tuple[RegulariserSpec, ...]) -> None:
    model = a_model()
    optimiser = torch.optim.SGD(model.parameters(), lr=RATE)
    made = {spec.name: spec.torch_call("m", "o").evaluate(m=model, o=optimiser) for spec in specs}
    rng = np.random.default_rng(7)
    w = numbers(model)
    for _ in range(STEPS):
        g = gradients_for(model, rng)
        for name, parameter in model.named_parameters():
            parameter.grad = torch.empty_like(parameter).copy_(torch.from_numpy(g[name]))
        for spec in specs:
            formula(spec, w, g)
            if spec.when == "before_step":
                made[spec.name]()
        w = {name: w[name] - RATE * g[name] for name in w}
        optimiser.step()
        for spec in specs:
            project(spec, w)
            if spec.when == "after_step":
                made[spec.name]()
    for name, array in numbers(model).items():
        np.testing.assert_allclose(array, w[name], rtol=2e-5, atol=2e-6, err_msg=name)


def test_max_norm_lets_short_weights_be() -> None:
    model = nn.Sequential(nn.Linear(2, 3))
    with torch.no_grad():
        model[0].weight.copy_(torch.tensor([[3.0, 4.0], [0.3, 0.4], [0.0, 0.0]]))
        model[0].bias.fill_(50.0)
    MaxNorm(limit=1.0).torch_call("m", "o").evaluate(m=model, o=None)()
    np.testing.assert_allclose(model[0].weight.detach().numpy(), [[0.6, 0.8], [0.3, 0.4], [0.0, 0.0]], rtol=1e-6)
    assert model[0].bias.tolist() == [50.0] * 3


# As the trainer does it

IMAGES = NetworkSpec(
    input_shape=Shape((1, 8, 8)),
    layers=(Conv2d(filters=3), BatchNorm(), ReLU(), Conv2d(filters=4), ReLU(), Flatten(), Dense(units=10)),
)
NO_BIAS = NetworkSpec(
    input_shape=Shape((1, 8, 8)), layers=(Conv2d(filters=3, bias=False), ReLU(), Flatten(), Dense(units=10, bias=False))
)


def trained(network: NetworkSpec, data: Dataset, **changes: Any) -> Trainer:
    training = TrainingSpec(batch_size=8, steps=12, **changes)
    trainer = Trainer(network, training, data, "cpu")
    for _ in trainer.steps():
        pass
    return trainer


def assert_close(first: nn.Module, second: nn.Module) -> None:
    theirs = weights_of(second)
    for name, array in weights_of(first).items():
        np.testing.assert_allclose(array, theirs[name], rtol=1e-4, atol=1e-6, err_msg=name)


def by_hand(network: NetworkSpec, data: Dataset, make: Any, schedule: Any = None) -> nn.Module:
    """The same training written out, with torch's own optimiser."""
    model = network.build(1).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = make(model)
    scheduler = schedule(optimiser) if schedule else None
    shuffler = torch.Generator().manual_seed(1)
    x, y = torch.from_numpy(data.train.x), torch.from_numpy(data.train.y)
    steps = 0
    while steps < 12:
        for chosen in torch.randperm(len(x), generator=shuffler).split(8)[: 12 - steps]:
            optimiser.zero_grad()
            nn.functional.cross_entropy(model(x[chosen]), y[chosen]).backward()
            optimiser.step()
            if scheduler:
                scheduler.step()
            steps += 1
    return model


def test_l2_is_the_weight_decay_of_torchs_gradient_descent(images: Dataset) -> None:
    def sgd(model: nn.Module) -> torch.optim.Optimizer:
        weights = [p for p in model.parameters() if p.ndim > 1]
        others = [p for p in model.parameters() if p.ndim == 1]
        return torch.optim.SGD([{"params": weights, "weight_decay": 0.3}, {"params": others}], lr=0.1)

    ours = trained(IMAGES, images, optimiser=GradientDescent(learning_rate=0.1), regularisers=(L2(strength=0.3),))
    assert_close(ours.model, by_hand(IMAGES, images, sgd))


def test_decoupled_decay_with_adam_is_torchs_adamw_also_under_a_schedule(images: Dataset) -> None:
    ours = trained(
        NO_BIAS,
        images,
        optimiser=Adam(learning_rate=0.02),
        schedule=Cosine(),
        regularisers=(WeightDecay(strength=0.8),),
    )
    theirs = by_hand(
        NO_BIAS,
        images,
        lambda model: torch.optim.AdamW(model.parameters(), lr=0.02, weight_decay=0.8),
        lambda optimiser: torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, 12),
    )
    assert_close(ours.model, theirs)
    plain = weights_of(trained(NO_BIAS, images, optimiser=Adam(learning_rate=0.02), schedule=Cosine()).model)
    assert not np.allclose(weights_of(ours.model)["conv2d_1.weight"], plain["conv2d_1.weight"], rtol=0.02)


def test_the_trainer_leaves_units_within_the_ball_after_every_step(images: Dataset) -> None:
    training = TrainingSpec(
        optimiser=GradientDescent(learning_rate=2.0), batch_size=8, steps=12, regularisers=(MaxNorm(limit=0.5),)
    )
    trainer = Trainer(IMAGES, training, images, "cpu")
    on_the_surface = 0
    for _ in trainer.steps():
        for weight in (p.detach() for p in trainer.model.parameters() if p.ndim > 1):
            lengths = weight.flatten(1).norm(dim=1)
            assert (lengths <= 0.5 * (1 + 1e-5)).all()
            on_the_surface += int((lengths > 0.499).sum())
    assert on_the_surface > 12


def test_a_huge_gradient_moves_the_weights_no_further_than_the_limit(images: Dataset) -> None:
    before = weights_of(IMAGES.build(1))
    training = TrainingSpec(
        optimiser=GradientDescent(learning_rate=10.0), batch_size=8, steps=1, regularisers=(ClipByNorm(limit=0.01),)
    )
    trainer = Trainer(IMAGES, training, images, "cpu")
    next(trainer.steps())
    after = weights_of(trainer.model)
    names = [name for name, _ in trainer.model.named_parameters()]
    moved = np.sqrt(sum(((after[name].astype(np.float64) - before[name]) ** 2).sum() for name in names))
    assert moved == pytest.approx(10 * 0.01, rel=1e-3)


def test_the_curves_show_the_loss_of_the_data_alone(images: Dataset) -> None:
    plain = trained(IMAGES, images).take_history()
    regularised = trained(IMAGES, images, regularisers=(L1(strength=5.0), L2(strength=5.0))).take_history()
    assert regularised.loss[0] == plain.loss[0]
    assert regularised.loss[-1] != plain.loss[-1]
