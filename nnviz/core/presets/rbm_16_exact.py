"""A restricted Boltzmann machine small enough for its exact likelihood."""

from __future__ import annotations

from nnviz.core.datasets.mnist import Mnist
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.rbm import Rbm
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.momentum import Momentum
from nnviz.core.training.schedules.cosine import Cosine
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class Rbm16Exact(Preset):
    """PCD-1 on MNIST with a threshold at a half, as PyDeep has it."""

    name = "rbm_16_exact"
    title = "RBM 16 hidden (exact)"
    teaches = "Few enough hidden units to go through all 65,536 states: the likelihood itself can be seen."
    order = 71
    network = NetworkSpec(
        input_shape=Shape((1, 28, 28)),
        layers=(Flatten(), Rbm(hidden=16, persistent=True)),
    )
    dataset = Mnist()
    training = TrainingSpec(
        optimiser=Momentum(learning_rate=0.02, momentum=0.5), schedule=Cosine(), batch_size=100, epochs=50
    )
