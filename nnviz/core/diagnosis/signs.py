"""Cheap numbers by which a training is judged while it goes on: norms of the layers, and units that have stopped."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.measures.units import dead_units, samples_to_look_at, saturated
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Snapshot


@dataclass(frozen=True)
class LayerSigns:
    """What one step did to a layer's weights.

    Attributes:
        layer: Its name.
        size: Number of its weights, biases not counted.
        weight: Norm of the weights.
        gradient: Norm of the last batch's gradient; NaN before the first step.
        update: Norm of what the last step added; NaN if it was not kept.
    """

    layer: str
    size: int
    weight: float
    gradient: float
    update: float

    @property
    def gradient_rms(self) -> float:
        """Root mean square of the gradient's entries: comparable between layers of different sizes."""
        return self.gradient / math.sqrt(self.size)

    @property
    def moved(self) -> float:
        """How far the last step moved the weights, as a share of their norm; NaN if that is not known."""
        return self.update / self.weight if self.weight > 0 else math.nan


@dataclass(frozen=True)
class UnitSigns:
    """How many units of an activation layer have stopped working.

    Attributes:
        layer: Its name.
        units: Number of its units; of a feature map, of its channels.
        dead: How many of them are zero for all samples that were looked at; 0 where units cannot die.
        saturated: Share of the values that lie where the curve is flat; 0 where it has no flat ends.
    """

    layer: str
    units: int
    dead: int
    saturated: float


@dataclass(frozen=True)
class Signs:
    """One look at a network.

    Attributes:
        step: Batches trained so far.
        layers: The layers with weights, from input to output.
        units: The activation layers, from input to output.
    """

    step: int
    layers: tuple[LayerSigns, ...]
    units: tuple[UnitSigns, ...]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Signs:
        """What `VitalSigns` saw."""
        arrays = snapshot.arrays
        layers = zip(map(str, arrays["layer"]), arrays["size"].tolist(), *arrays["norms"].T.tolist(), strict=True)
        units = zip(
            map(str, arrays["watched"]), *arrays["counts"].T.tolist(), arrays["saturated"].tolist(), strict=True
        )
        return cls(
            snapshot.step,
            tuple(LayerSigns(*values) for values in layers),
            tuple(UnitSigns(*values) for values in units),
        )


@dataclass(frozen=True)
class VitalSigns:
    """The probe that reads them; `Signs.of()` understands what it answers.

    Attributes:
        seldom: It need not be asked in every round: what it looks for lasts.
    """

    seldom: bool = True

    def __call__(self, context: ProbeContext) -> Mapping[str, NDArray[Any]]:
        """Norms (layers, 3) of weights, gradients and updates; counts (activations, 2) of units and dead ones."""
        names, sizes, norms = [], [], []
        watched, counts, flat = [], [], []
        for trace in context.network.trace():
            layer, name = trace.layer, trace.name
            if not layer.enabled:
                continue
            found = context.norms(name)
            if found is not None:
                names.append(name)
                sizes.append(found.size)
                norms.append((found.weight, found.gradient, found.update))
            if (layer.dies or layer.flat_ends is not None) and trace.leaves is not None:
                values = context.seen(name, samples_to_look_at(trace.leaves.size), lent=True)
                watched.append(name)
                counts.append((values.shape[1], int(dead_units(values).sum()) if layer.dies else 0))
                flat.append(0.0 if layer.flat_ends is None else float(saturated(values, layer.flat_ends).mean()))
        return {
            "layer": np.array(names, np.str_),
            "size": np.array(sizes, np.int64),
            "norms": np.array(norms, np.float64).reshape(-1, 3),
            "watched": np.array(watched, np.str_),
            "counts": np.array(counts, np.int64).reshape(-1, 2),
            "saturated": np.array(flat, np.float64),
        }
