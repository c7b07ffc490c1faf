"""What RBMs make of a drawing, against torch and the trainer's own machines."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from nnviz.core.datasets.base import LoadContext
from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.digits import Digits
from nnviz.core.layers.base import LayerSpec
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.rbm import Rbm
from nnviz.core.network import NetworkSpec
from nnviz.core.predictor import PredictionError
from nnviz.core.project import ProjectFile
from nnviz.core.rbm.memory import RememberingNetwork, remembers
from nnviz.core.shape import Shape
from nnviz.core.training.checkpoint import weights_of
from nnviz.core.training.contrastive import ContrastiveTrainer
from nnviz.core.training.optimisers.momentum import Momentum
from nnviz.core.training.pretraining.greedy import Greedy
from nnviz.core.training.pretraining.random_start import RandomStart
from nnviz.core.training.spec import TrainingSpec

TRAINING = TrainingSpec(optimiser=Momentum(learning_rate=0.05), batch_size=50, epochs=20, pretraining=Greedy(epochs=2))


def network_of(*layers: LayerSpec) -> NetworkSpec:
    return NetworkSpec(input_shape=Shape((1, 8, 8)), layers=(Flatten(), *layers))


def trained(*layers: LayerSpec, steps: int = 30) -> tuple[ContrastiveTrainer, ProjectFile]:
    network = network_of(*layers)
    trainer = ContrastiveTrainer(network, TRAINING, Digits().load(LoadContext(download=False)), "cpu")
    going = trainer.steps()
    for _ in range(steps):
        next(going)
    weights: Any = weights_of(trainer.model)
    return trainer, ProjectFile("Machine", network, Digits(), TRAINING, weights, numbers={"step": steps})


@pytest.mark.parametrize("visible", ["bernoulli", "continuous", "gaussian"])
def test_it_is_what_the_machine_itself_makes_of_it(visible: str) -> None:
    trainer, file = trained(Rbm(hidden=30, visible=visible))
    image = Digits().load(LoadContext(download=False)).test.x[3, 0]
    memory = RememberingNetwork(file).remember(image)
    machine = trainer.machine("rbm_1")
    v = trainer.seen_by("rbm_1", image[None, None])
    back = trainer.downwards("rbm_1", machine.visible_means(machine.hidden_probabilities(v))).clamp(0, 1)
    np.testing.assert_allclose(memory.reconstruction, back.reshape(8, 8), atol=1e-5)
    assert memory.free_energy == pytest.approx(float(machine.free_energy(v)), abs=1e-3)
    assert memory.machines == 1
    assert memory.steps == 30
    if visible == "bernoulli":
        np.testing.assert_array_equal(memory.seen, (image >= 0.5).astype(np.float32))


def test_a_stack_is_gone_up_and_down() -> None:
    trainer, file = trained(Rbm(hidden=30, visible="continuous"), Rbm(hidden=20), Dense(units=10), steps=60)
    image = Digits().load(LoadContext(download=False)).test.x[0, 0]
    memory = RememberingNetwork(file).remember(image)
    assert memory.machines == 2
    x = torch.from_numpy(image).reshape(1, 64)
    low, high = trainer.machine("rbm_1"), trainer.machine("rbm_2")
    top = high.hidden_probabilities(low.hidden_probabilities(x))
    np.testing.assert_allclose(
        memory.reconstruction, low.visible_means(high.visible_means(top)).reshape(8, 8), atol=1e-5
    )


def test_a_trained_machine_finds_digits_more_probable_than_their_pixels_shuffled() -> None:
    _, file = trained(Rbm(hidden=30, visible="continuous"), steps=300)
    network = RememberingNetwork(file)
    digits = Digits().load(LoadContext(download=False)).test.x[:10, 0]
    for image in digits:
        found = network.remember(image)
        assert found.familiar > 5
        assert found.familiar == pytest.approx(found.shuffled - found.free_energy)
    rng = np.random.default_rng(0)
    noise = network.remember(rng.permutation(digits[0].ravel()).reshape(8, 8))
    assert abs(noise.familiar) < network.remember(digits[0]).familiar / 2


def test_newer_weights_are_taken() -> None:
    trainer, file = trained(Rbm(hidden=12))
    network = RememberingNetwork(file)
    image = Digits().load(LoadContext(download=False)).test.x[0, 0]
    before = network.remember(image)
    with torch.no_grad():
        trainer.model.get_parameter("rbm_1.weight").mul_(-1)
    network.take(31, weights_of(trainer.model))
    after = network.remember(image)
    assert after.steps == 31
    assert after.free_energy != before.free_energy


def test_only_networks_that_begin_with_machines_that_learn_remember_drawings() -> None:
    rbm = Rbm(hidden=8)
    assert remembers(network_of(rbm), Digits(), TRAINING) == Digits.ink
    assert remembers(network_of(rbm, Dense(units=10)), Digits(), TRAINING) == Digits.ink
    assert remembers(network_of(Dense(units=9), rbm), Digits(), TRAINING) is None
    assert remembers(network_of(rbm, Dense(units=10)), Digits(), TRAINING.replace(pretraining=RandomStart())) is None
    assert remembers(NetworkSpec(input_shape=Shape((2,)), layers=(rbm,)), Circles(), TRAINING) is None
    with pytest.raises(PredictionError, match="no trained RBM"):
        RememberingNetwork(ProjectFile("x", network_of(rbm), Digits(), TRAINING, {}))
