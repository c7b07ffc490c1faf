"""A recurrent network that reads digits row by row."""

from __future__ import annotations

from nnviz.core.datasets.mnist_rows import MnistRows
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.lstm import Lstm
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.regularisers.clip_by_norm import ClipByNorm
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class RowsOfMnist(Preset):
    """LSTM of 128 units, 28 steps of 28 pixels."""

    title = "MNIST row by row"
    teaches = "A recurrent network sees one row at a time, and remembers the rest of the digit in its cell state."
    order = 200
    network = NetworkSpec(input_shape=Shape((28, 28)), layers=(Lstm(units=128), Dense(units=10)))
    dataset = MnistRows()
    training = TrainingSpec(
        optimiser=Adam(learning_rate=4e-3),
        schedule=OneCycle(),
        regularisers=(ClipByNorm(),),
        batch_size=128,
        epochs=5,
    )
