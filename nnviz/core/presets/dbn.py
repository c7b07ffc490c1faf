"""A deep belief network."""

from __future__ import annotations

from nnviz.core.datasets.mnist import Mnist
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.rbm import Rbm
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.pretraining.greedy import Greedy
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class Dbn(Preset):
    """The network of Hinton, Osindero & Teh 2006, section 6."""

    name = "dbn"
    title = "DBN 784-500-500-2000-10"
    teaches = "Greedy pre-training, layer by layer, then fine-tuning; the top layer can dream of a digit."
    order = 74
    network = NetworkSpec(
        input_shape=Shape((1, 28, 28)),
        layers=(
            Flatten(),
            Rbm(hidden=500, binarise="probabilities"),
            Rbm(hidden=500),
            Rbm(hidden=2000, with_labels=True),
            Dense(units=10),
        ),
    )
    dataset = Mnist()
    training = TrainingSpec(
        optimiser=Adam(learning_rate=3e-4),
        schedule=OneCycle(),
        pretraining=Greedy(epochs=3, learning_rate=0.1),
        batch_size=100,
        epochs=10,
    )
