"""The adding problem, with a plain recurrent cell."""

from __future__ import annotations

from nnviz.core.datasets.adding_problem import AddingProblem
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.rnn import Rnn
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.adding_lstm import TRAINING
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape


@PRESETS.register
class AddingRnn(Preset):
    """Plain cell of 64 units over 100 steps, trained exactly as the LSTM is."""

    title = "Adding problem: plain RNN"
    teaches = "The gradient vanishes on its way back through 100 steps: it learns no more than to answer 1 always."
    order = 230
    network = NetworkSpec(input_shape=Shape((100, 2)), layers=(Rnn(units=64), Dense(units=1)))
    dataset = AddingProblem()
    training = TRAINING
