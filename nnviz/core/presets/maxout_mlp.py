"""A multilayer perceptron with maxout."""

from __future__ import annotations

from nnviz.core.datasets.mnist import Mnist
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.maxout import Maxout
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.regularisers.max_norm import MaxNorm
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class MaxoutMlp(Preset):
    """784-128-128-10 whose hidden units are each the largest of two sums."""

    title = "Maxout MLP"
    teaches = "An activation that is learned: every unit chooses the largest of several straight lines."
    order = 25
    network = NetworkSpec(
        input_shape=Shape((1, 28, 28)),
        layers=(
            Flatten(),
            Dense(units=256),
            Maxout(pieces=2),
            Dropout(rate=0.2),
            Dense(units=256),
            Maxout(pieces=2),
            Dropout(rate=0.2),
            Dense(units=10),
        ),
    )
    dataset = Mnist()
    training = TrainingSpec(
        optimiser=Adam(learning_rate=1e-3), regularisers=(MaxNorm(),), batch_size=128, epochs=5, validate_every=215
    )
