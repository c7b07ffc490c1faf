"""Sums of sines, forecast."""

from __future__ import annotations

from nnviz.core.datasets.sine_mixtures import SineMixtures
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.lstm import Lstm
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.regularisers.clip_by_norm import ClipByNorm
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class SineForecast(Preset):
    """LSTM of 32 units that tells the next 5 values at every step of a curve."""

    title = "Sine forecast"
    teaches = "A network that goes on where a curve ends: fed with its own forecast, it errs more the further it goes."
    order = 205
    network = NetworkSpec(input_shape=Shape((100, 1)), layers=(Lstm(units=32, passes_on="every step"), Dense(units=5)))
    dataset = SineMixtures()
    training = TrainingSpec(
        loss=MeanSquaredError(),
        optimiser=Adam(learning_rate=0.01),
        schedule=OneCycle(),
        regularisers=(ClipByNorm(),),
        batch_size=32,
        epochs=15,
    )
