"""The network that comes with the application."""

from __future__ import annotations

from nnviz.core.datasets.mnist import Mnist
from nnviz.core.layers.base import LayerSpec
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.augmentations.random_affine import RandomAffine
from nnviz.core.training.optimisers.adamw import AdamW
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.spec import TrainingSpec


def _convolution(filters: int, kernel_size: int) -> tuple[LayerSpec, ...]:
    return Conv2d(filters=filters, kernel_size=kernel_size, bias=False), BatchNorm(), ReLU()


def _pooled_convolution(filters: int, kernel_size: int) -> tuple[LayerSpec, ...]:
    # Pooled first: three quarters of the values need no batch norm then, and the maximum is the same.
    return Conv2d(filters=filters, kernel_size=kernel_size, bias=False), MaxPool2d(), BatchNorm(), ReLU()


@PRESETS.register
class DigitReader(Preset):
    """Four convolutions, trained on pictures that are turned, slanted, scaled and moved at random each time.

    The bundled network, which reads the first digit that anybody draws, has the same layers. `make model` trains it on
    more than MNIST.
    """

    title = "Digit reader"
    teaches = "Random changes of the training pictures: it reads hands that MNIST has never seen."
    order = 35
    network = NetworkSpec(
        input_shape=Shape((1, 28, 28)),
        layers=(
            *_pooled_convolution(24, 5),
            *_pooled_convolution(48, 3),
            *_convolution(64, 3),
            *_pooled_convolution(96, 3),
            Flatten(),
            Dropout(rate=0.3),
            Dense(units=10),
        ),
    )
    dataset = Mnist()
    training = TrainingSpec(
        optimiser=AdamW(learning_rate=5e-3, weight_decay=0.01),
        schedule=OneCycle(),
        augmentation=RandomAffine(),
        batch_size=128,
        epochs=8,
    )
