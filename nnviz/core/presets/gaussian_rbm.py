"""A restricted Boltzmann machine for values of any size."""

from __future__ import annotations

from nnviz.core.datasets.digits import Digits
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.rbm import Rbm
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.momentum import Momentum
from nnviz.core.training.regularisers.l2 import L2
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class GaussianRbm(Preset):
    """CD-1 with Gaussian visible units of variance 1."""

    name = "gaussian_rbm"
    title = "Gaussian RBM"
    teaches = "Standardised grey values in place of 0 and 1, and why the learning rate must be smaller."
    order = 73
    network = NetworkSpec(
        input_shape=Shape((1, 8, 8)),
        layers=(Flatten(), Rbm(hidden=100, visible="gaussian")),
    )
    dataset = Digits()
    training = TrainingSpec(
        optimiser=Momentum(learning_rate=0.01, momentum=0.5),
        regularisers=(L2(strength=1e-3),),
        batch_size=20,
        epochs=60,
    )
