"""A deep network of ReLU layers."""

from __future__ import annotations

from nnviz.core.datasets.digits import Digits
from nnviz.core.initialisers.he import He
from nnviz.core.initialisers.zeros import Zeros
from nnviz.core.layers.base import LayerSpec
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.spec import TrainingSpec

HIDDEN: tuple[LayerSpec, ...] = (
    Dense(units=32, weight_initialiser=He(), bias_initialiser=Zeros()),
    ReLU(),
)


@PRESETS.register
class DeepReLU(Preset):
    """64-32x8-10 with ReLU and He's initialisation: the gradient keeps its size on its way back."""

    name = "deep_relu"
    title = "Eight ReLU layers"
    teaches = "The same depth with ReLU and an initialisation made for it: the gradient arrives, and it learns."
    order = 47
    network = NetworkSpec(
        input_shape=Shape((1, 8, 8)),
        layers=(Flatten(), *(layer for _ in range(8) for layer in HIDDEN), Dense(units=10)),
    )
    dataset = Digits()
    training = TrainingSpec(optimiser=GradientDescent(learning_rate=0.1), batch_size=32, epochs=20)
