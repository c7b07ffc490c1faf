"""What every preset is."""

from __future__ import annotations

from typing import ClassVar

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.network import NetworkSpec
from nnviz.core.registry import Registry
from nnviz.core.training.spec import TrainingSpec


class Preset:
    """A network that works as it is, with the data and the training that suit it.

    Attributes:
        name: Registry name; the command line takes it with hyphens: "fast-cnn".
        title: Name for people.
        teaches: One line: what one learns from it.
        order: Place in the gallery, the simplest first.
        network: The network.
        dataset: The data.
        training: How it learns.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    teaches: ClassVar[str] = ""
    order: ClassVar[int] = 0
    network: ClassVar[NetworkSpec]
    dataset: ClassVar[DatasetSpec]
    training: ClassVar[TrainingSpec]


PRESETS: Registry[type[Preset]] = Registry("preset", "nnviz.core.presets")
