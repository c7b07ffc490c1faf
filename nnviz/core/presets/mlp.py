"""The classic multilayer perceptron."""

from __future__ import annotations

from nnviz.core.datasets.mnist import Mnist
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.adamw import AdamW
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class Mlp(Preset):
    """784-128-64-10 with ReLU."""

    title = "MLP 784-128-64-10"
    teaches = "Two hidden layers turn 92 % into 98 %: units combine what earlier units found."
    order = 20
    network = NetworkSpec(
        input_shape=Shape((1, 28, 28)),
        layers=(Flatten(), Dense(units=128), ReLU(), Dense(units=64), ReLU(), Dense(units=10)),
    )
    dataset = Mnist()
    training = TrainingSpec(
        optimiser=AdamW(learning_rate=4e-3, weight_decay=0.05), schedule=OneCycle(), batch_size=128, epochs=10
    )
