"""LeNet-5, as it is built today."""

from __future__ import annotations

from nnviz.core.datasets.mnist import Mnist
from nnviz.core.layers.average_pool2d import AveragePool2d
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.tanh import Tanh
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class LeNet5(Preset):
    """LeNet-5: two convolutions of 5x5 with tanh and mean pooling, then dense 120, 84 and 10.

    The original pools with learned scales, connects its second convolution sparsely and ends in Gaussian units.

    Source: LeCun, Bottou, Bengio & Haffner 1998, Gradient-based learning applied to document recognition, section II.B.
    """

    name = "lenet5"
    title = "LeNet-5"
    teaches = "The classic of 1998: convolution and mean pooling in turn, until a few features are left to classify."
    order = 32
    network = NetworkSpec(
        input_shape=Shape((1, 28, 28)),
        layers=(
            Conv2d(filters=6, kernel_size=5),
            Tanh(),
            AveragePool2d(),
            Conv2d(filters=16, kernel_size=5, padding="valid"),
            Tanh(),
            AveragePool2d(),
            Flatten(),
            Dense(units=120),
            Tanh(),
            Dense(units=84),
            Tanh(),
            Dense(units=10),
        ),
    )
    dataset = Mnist()
    training = TrainingSpec(optimiser=Adam(learning_rate=2e-3), batch_size=128, epochs=5, validate_every=215)
