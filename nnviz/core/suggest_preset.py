"""Which preset suits a data set: what to offer where the present network cannot take it."""

from __future__ import annotations

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.presets.base import PRESETS, Preset


def suggest_preset(dataset: DatasetSpec) -> type[Preset] | None:
    """The first preset made for samples of this kind, else the first that can take them, or None.

    A preset is made for the data if its own data set has the same task and samples of the same number of axes.
    """

    def foreign(preset: type[Preset]) -> bool:
        own = preset.dataset
        return (own.task, own.input_shape.rank) != (dataset.task, dataset.input_shape.rank)

    for preset in sorted(PRESETS, key=lambda preset: (foreign(preset), preset.order)):
        network, _ = fit_to_data(preset.network, preset.training, dataset)
        if not network.problems(dataset.outputs):
            return preset
    return None
