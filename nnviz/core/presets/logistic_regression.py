"""No hidden layer at all."""

from __future__ import annotations

from nnviz.core.datasets.mnist import Mnist
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class LogisticRegression(Preset):
    """784 pixels straight to 10 classes: multinomial logistic regression, about 92.5 % on MNIST."""

    title = "Logistic regression"
    teaches = "How far one gets with no hidden layer; its weights can be looked at as ten pictures."
    order = 10
    network = NetworkSpec(input_shape=Shape((1, 28, 28)), layers=(Flatten(), Dense(units=10)))
    dataset = Mnist()
    training = TrainingSpec(optimiser=Adam(learning_rate=1e-3), batch_size=128, epochs=5)
