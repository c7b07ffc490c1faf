"""Text, character by character."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from nnviz.core.datasets.help_topics import HelpTopics
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.one_hot import OneHot
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS, Preset
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.regularisers.clip_by_norm import ClipByNorm
from nnviz.core.training.schedules.one_cycle import OneCycle
from nnviz.core.training.spec import TrainingSpec


class _AtFirstUse:
    # How many characters there are, the text says; reading it takes too long for the start of the application.
    def __get__(self, instance: Any, owner: type[Preset]) -> NetworkSpec:
        return _network()


@PRESETS.register
class Characters(Preset):
    """LSTM of 128 units that reads a text and tells the next character; dropout keeps it from learning by heart."""

    title = "Characters"
    teaches = "Nothing but the next character is learned, and still words come of it, and lines, and nearly sentences."
    order = 240
    network = _AtFirstUse()
    dataset = HelpTopics()
    training = TrainingSpec(
        optimiser=Adam(learning_rate=5e-3),
        schedule=OneCycle(),
        regularisers=(ClipByNorm(),),
        batch_size=32,
        epochs=60,
    )


@lru_cache(maxsize=1)
def _network() -> NetworkSpec:
    data = Characters.dataset
    return NetworkSpec(
        input_shape=data.input_shape,
        layers=(
            OneHot(symbols=data.symbols),
            Lstm(units=128, passes_on="every step"),
            Dropout(rate=0.25),
            Dense(units=len(data.classes)),
        ),
    )
