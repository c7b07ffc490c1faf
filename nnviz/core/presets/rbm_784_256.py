"""The first restricted Boltzmann machine."""

from __future__ import annotations

from nnviz.core.datasets.mnist import Mnist
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.rbm import Rbm
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.momentum import Momentum
from nnviz.core.training.regularisers.l2 import L2
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class Rbm784x256(Preset):
    """CD-1 on grey pixels taken as probabilities."""

    name = "rbm_784_256"
    title = "RBM 784-256"
    teaches = "Contrastive divergence: hidden units become pen strokes without a single label."
    order = 70
    network = NetworkSpec(
        input_shape=Shape((1, 28, 28)),
        layers=(Flatten(), Rbm(hidden=256, binarise="probabilities")),
    )
    dataset = Mnist()
    training = TrainingSpec(
        optimiser=Momentum(learning_rate=0.1, momentum=0.5),
        regularisers=(L2(strength=2e-4),),
        batch_size=100,
        epochs=10,
    )
