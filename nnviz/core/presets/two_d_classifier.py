"""A small classifier of points in the plane."""

from __future__ import annotations

from nnviz.core.datasets.circles import Circles
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.tanh import Tanh
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class TwoDClassifier(Preset):
    """2-8-8 with tanh, then two classes."""

    name = "2d_classifier"
    title = "2-D classifier"
    teaches = "Watch a boundary bend around points that no straight line can separate."
    order = 60
    network = NetworkSpec(
        input_shape=Shape((2,)),
        layers=(Dense(units=8), Tanh(), Dense(units=8), Tanh(), Dense(units=2)),
    )
    dataset = Circles()
    training = TrainingSpec(optimiser=Adam(learning_rate=0.01), batch_size=32, epochs=100)
