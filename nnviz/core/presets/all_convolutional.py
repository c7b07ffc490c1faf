"""A network of convolutions only."""

from __future__ import annotations

from nnviz.core.datasets.mnist import Mnist
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.global_average_pool2d import GlobalAveragePool2d
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class AllConvolutional(Preset):
    """Four convolutions, two of them with stride 2 in place of pooling, and one mean per class at the end.

    Source: Springenberg, Dosovitskiy, Brox & Riedmiller 2015, arXiv:1412.6806, section 2.
    """

    title = "All convolutional"
    teaches = "No pooling and no dense layer: strides shrink the picture, and each class is the mean of its own map."
    order = 37
    network = NetworkSpec(
        input_shape=Shape((1, 28, 28)),
        layers=(
            Conv2d(filters=16, kernel_size=3),
            BatchNorm(),
            ReLU(),
            Conv2d(filters=32, kernel_size=3, stride=2),
            BatchNorm(),
            ReLU(),
            Conv2d(filters=32, kernel_size=3, stride=2),
            BatchNorm(),
            ReLU(),
            Conv2d(filters=10, kernel_size=3),
            GlobalAveragePool2d(),
        ),
    )
    dataset = Mnist()
    training = TrainingSpec(
        optimiser=Adam(learning_rate=1e-2), schedule=OneCycle(), batch_size=128, epochs=3, validate_every=215
    )
