"""Which preset suits a data set: what to offer where the present network cannot take it."""

from __future__ import annotations

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.presets.base import PRESETS, Preset


def suggest_preset(dataset: DatasetSpec) -> type[Preset] | None:
    """The first preset made for samples of this kind, else the first that can take them, or None.

    A preset is made for the data if its own data set has the same task, samples and answers of the same number of axes,
    symbols where the data has symbols, and sequences to forecast where the data has such.
    """

    def kind(data: DatasetSpec) -> tuple[object, ...]:
        return data.task, data.input_shape.rank, data.output_shape.rank, data.symbols > 0, data.forecasts

    def foreign(preset: type[Preset]) -> bool:
        return kind(preset.dataset) != kind(dataset)

    for preset in sorted(PRESETS, key=lambda preset: (foreign(preset), preset.order)):
        network, _ = fit_to_data(preset.network, preset.training, dataset)
        if not network.problems(dataset.output_shape):
            return preset
    return None
