"""Few labels, and many pictures without."""

from __future__ import annotations

from nnviz.core.datasets.mnist_few_labels import MnistFewLabels
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.rbm import Rbm
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.momentum import Momentum
from nnviz.core.training.pretraining.greedy import Greedy
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class Rbm1000Labels(Preset):
    """An RBM with 1,024 hidden units, pre-trained."""

    name = "rbm_1000_labels"
    title = "1,000 labels: pre-trained"
    teaches = "All 55,000 pictures teach the strokes, only 1,000 labels the names: compare it with a random start."
    order = 75
    network = NetworkSpec(
        input_shape=Shape((1, 28, 28)),
        layers=(Flatten(), Rbm(hidden=1024, binarise="probabilities"), Dense(units=10)),
    )
    dataset = MnistFewLabels()
    training = TrainingSpec(
        optimiser=Momentum(learning_rate=0.1, momentum=0.9),
        pretraining=Greedy(epochs=10, learning_rate=0.1, momentum=0.9),
        batch_size=100,
        epochs=60,
    )
