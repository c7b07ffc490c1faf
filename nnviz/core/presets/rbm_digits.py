"""A restricted Boltzmann machine that needs no download."""

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
class RbmDigits(Preset):
    """CD-1 with continuous visible units."""

    name = "rbm_digits"
    title = "RBM on the built-in 8x8 digits"
    teaches = "Continuous visible units on small scans: strokes within a minute, and nothing to download."
    order = 72
    network = NetworkSpec(
        input_shape=Shape((1, 8, 8)),
        layers=(Flatten(), Rbm(hidden=64, visible="continuous")),
    )
    dataset = Digits()
    training = TrainingSpec(
        optimiser=Momentum(learning_rate=0.1, momentum=0.5), regularisers=(L2(strength=2e-4),), batch_size=20, epochs=60
    )
