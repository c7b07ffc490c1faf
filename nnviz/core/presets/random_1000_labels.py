"""The same network as a pre-trained one, from a random start."""

from __future__ import annotations

from nnviz.core.datasets.mnist_few_labels import MnistFewLabels
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.rbm import Rbm
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.momentum import Momentum
from nnviz.core.training.pretraining.random_start import RandomStart
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class Random1000Labels(Preset):
    """An RBM with 1,024 hidden units as a dense layer with a sigmoid."""

    name = "random_1000_labels"
    title = "1,000 labels: random start"
    teaches = (
        "The same network with the same 1,000 labels, without pre-training: what the unlabelled pictures were worth."
    )
    order = 76
    network = NetworkSpec(
        input_shape=Shape((1, 28, 28)),
        layers=(Flatten(), Rbm(hidden=1024, binarise="probabilities"), Dense(units=10)),
    )
    dataset = MnistFewLabels()
    training = TrainingSpec(
        optimiser=Momentum(learning_rate=0.1, momentum=0.9), pretraining=RandomStart(), batch_size=100, epochs=60
    )
