"""The chapter's first example."""

from __future__ import annotations

from nnviz.core.datasets.chapter_linear import ChapterLinear
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.sigmoid import Sigmoid
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class ChapterRegression(Preset):
    """2-5-1, sigmoid twice, on y = 2 x0 + 4 x1 + 1, as the chapter writes it.

    Its output lies between 0 and 1 while the targets go up to 7, so its loss cannot fall far: taking the last sigmoid
    away mends it.
    """

    title = "Chapter regression"
    teaches = "Why a sigmoid output cannot reach targets up to 7; remove the last sigmoid and it can."
    order = 50
    network = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=5), Sigmoid(), Dense(units=1), Sigmoid()))
    dataset = ChapterLinear()
    training = TrainingSpec(
        loss=MeanSquaredError(),
        optimiser=GradientDescent(learning_rate=0.01),
        batch_size=100,
        epochs=1000,
        steps=1000,
        validate_every=100,
    )
