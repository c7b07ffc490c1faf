"""The adding problem, with an LSTM."""

from __future__ import annotations

from nnviz.core.datasets.adding_problem import AddingProblem
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.lstm import Lstm
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.regularisers.clip_by_norm import ClipByNorm
from nnviz.core.training.spec import TrainingSpec

TRAINING = TrainingSpec(
    loss=MeanSquaredError(),
    optimiser=Adam(learning_rate=2e-3),
    regularisers=(ClipByNorm(),),
    batch_size=64,
    epochs=20,
)
"""The same for the plain cell, so that the two can be compared."""


@PRESETS.register
class AddingLstm(Preset):
    """LSTM of 64 units over 100 steps."""

    title = "Adding problem: LSTM"
    teaches = "What was read a hundred steps ago still counts: the cell state carries it, and the gradient back to it."
    order = 220
    network = NetworkSpec(input_shape=Shape((100, 2)), layers=(Lstm(units=64), Dense(units=1)))
    dataset = AddingProblem()
    training = TRAINING
