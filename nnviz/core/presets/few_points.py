"""Few noisy points and a network that is too large for them."""

from __future__ import annotations

from nnviz.core.datasets.moons import Moons
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.tanh import Tanh
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.regularisers.l2 import L2
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class FewPoints(Preset):
    """2-64-64-2 on ninety noisy points, held back by L2: without it, it learns the noise."""

    title = "Few points, L2"
    teaches = (
        "Overfitting and what helps: take the L2 penalty away, and the validation loss rises while training goes on."
    )
    order = 62
    network = NetworkSpec(
        input_shape=Shape((2,)),
        layers=(Dense(units=64), Tanh(), Dense(units=64), Tanh(), Dense(units=2)),
    )
    dataset = Moons(samples=150, noise=0.35)
    training = TrainingSpec(
        optimiser=Adam(learning_rate=0.01), regularisers=(L2(strength=1e-2),), batch_size=20, epochs=300
    )
