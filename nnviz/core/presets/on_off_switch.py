"""One bit that has to be kept."""

from __future__ import annotations

from nnviz.core.datasets.on_off_switch import OnOffSwitch
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.one_hot import OneHot
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.shape import Shape
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.regularisers.clip_by_norm import ClipByNorm
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.spec import TrainingSpec


@PRESETS.register
class OnOffMemory(Preset):
    """LSTM of 8 units that is asked at every letter whether the switch is on."""

    title = "On-off switch"
    teaches = "A unit that remembers: an X switches it on, the next X off, and nothing else changes it."
    order = 210
    network = NetworkSpec(
        input_shape=Shape((30, 1)),
        layers=(OneHot(symbols=6), Lstm(units=8, passes_on="every step"), Dense(units=2)),
    )
    dataset = OnOffSwitch()
    training = TrainingSpec(
        optimiser=Adam(learning_rate=0.02), schedule=OneCycle(), regularisers=(ClipByNorm(),), batch_size=64, epochs=5
    )
