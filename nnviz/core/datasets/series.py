"""Made-up series whose next values are to be told at every step."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.datasets.sequences import SequencesSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import param


@dataclass(frozen=True, kw_only=True)
class SeriesSpec(SequencesSpec):
    """Series of single values; at every step the next ones are asked for, the nearest first."""

    task = "regression"
    forecasts = True

    length: int = param(100, "Number of steps.", ge=2, le=5_000, unit="steps")
    ahead: int = param(5, "Number of steps that are forecast at once.", ge=1, le=100, unit="steps")

    @property
    def input_shape(self) -> Shape:
        """(T, 1): the series."""
        return Shape((self.length, 1))

    @property
    def outputs(self) -> int:
        """The next values."""
        return self.ahead

    @property
    def output_shape(self) -> Shape:
        """(T, ahead): the next values, the nearest first."""
        return Shape((self.length, self.ahead))
