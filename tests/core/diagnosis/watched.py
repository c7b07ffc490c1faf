"""A real training that is looked at as the Live page looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nnviz.core.datasets.base import DatasetSpec, LoadContext
from nnviz.core.datasets.digits import Digits
from nnviz.core.diagnosis.base import Finding, Known
from nnviz.core.diagnosis.diagnosis import Diagnosis
from nnviz.core.diagnosis.signs import Signs, VitalSigns
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.probes import ProbeContext
from nnviz.core.run_curves import RunCurves
from nnviz.core.shape import Shape
from nnviz.core.snapshot import Snapshot
from nnviz.core.training.make_trainer import make_trainer
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import DivergedError


def mlp(*units: int, activation: Any = ReLU, inputs: tuple[int, ...] = (1, 8, 8), end: int = 10, **dense: Any) -> Any:
    """Dense layers of so many units, each with its activation; by default for the built-in digits."""
    front = (Flatten(),) if len(inputs) == 3 else ()
    hidden = [layer for count in units for layer in (Dense(units=count, **dense), activation())]
    return NetworkSpec(input_shape=Shape(inputs), layers=(*front, *hidden, Dense(units=end, **dense)))


class Watched:
    """One training, with a look at it every few steps.

    Attributes:
        trainer: What trains.
        told: What was said, whenever it was something else than before: the step, and the finding or None.
        known: What the last look went by.
        diagnosis: What says it.
    """

    def __init__(
        self, network: NetworkSpec, dataset: DatasetSpec | None = None, training: TrainingSpec | None = None
    ) -> None:
        self.dataset, self.training = dataset or Digits(), training or TrainingSpec()
        self.data = self.dataset.load(LoadContext(download=False))
        self.trainer = make_trainer(network, self.training, self.data, "cpu")
        self.trainer.keeps_weights = True
        self.diagnosis = Diagnosis()
        self.told: list[tuple[int, Finding | None]] = []
        self._signs: list[Signs] = []
        self._curves = RunCurves()
        self.known = self._known()

    def train(self, looks: int = 30) -> Watched:
        """Train to the end, or until the loss is no number, with about so many looks."""
        every = max(1, self.trainer.total_steps // looks)
        for step in self.trainer.steps():
            if step.phase == "train" and step.number % every == 0 and not self._look():
                break
        return self

    def kinds(self) -> list[str]:
        """Names of what was said, in order."""
        return [finding.kind for _, finding in self.told if finding is not None]

    def __iter__(self) -> Iterator[str]:
        return iter(self.kinds())

    def _look(self) -> bool:
        self._curves.append(self.trainer.take_history())
        diverged = 0
        try:
            self.trainer.check_finite()
        except DivergedError as error:
            diverged = error.step
        else:
            arrays = VitalSigns()(ProbeContext(self.trainer, self.data))
            self._signs.append(Signs.of(Snapshot(self.trainer.step, arrays)))
        self.known = self._known(diverged)
        finding = self.diagnosis.look(self.known)
        before = self.told[-1][1] if self.told else None
        if (finding and finding.kind) != (before and before.kind):
            self.told.append((self.trainer.step, finding))
        return not diverged

    def _known(self, diverged: int = 0) -> Known:
        return Known(
            self.trainer.network,
            self.training,
            self._curves,
            tuple(self._signs),
            self.trainer.steps_per_epoch,
            diverged,
        )
