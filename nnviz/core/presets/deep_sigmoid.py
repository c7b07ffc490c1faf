"""A deep network of Sigmoid layers."""

from __future__ import annotations

from nnviz.core.datasets.digits import Digits
from nnviz.core.initialisers.xavier import Xavier
from nnviz.core.initialisers.zeros import Zeros
from nnviz.core.layers.base import LayerSpec
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.sigmoid import Sigmoid
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.spec import TrainingSpec

HIDDEN: tuple[LayerSpec, ...] = (
    Dense(units=32, weight_initialiser=Xavier(), bias_initialiser=Zeros()),
    Sigmoid(),
)


@PRESETS.register
class DeepSigmoid(Preset):
    """64-32x8-10 with sigmoid: the gradient shrinks from layer to layer on its way back."""

    title = "Eight sigmoid layers"
    teaches = "Vanishing gradients: each sigmoid passes at most a quarter on, and the first layers hardly learn."
    order = 46
    network = NetworkSpec(
        input_shape=Shape((1, 8, 8)),
        layers=(Flatten(), *(layer for _ in range(8) for layer in HIDDEN), Dense(units=10)),
    )
    dataset = Digits()
    training = TrainingSpec(optimiser=GradientDescent(learning_rate=0.1), batch_size=32, epochs=20)
