"""A real training that stands still at some step, to be looked at by views."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import torch
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.base import LoadContext
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Snapshot
from nnviz.core.training.make_trainer import make_trainer
from nnviz.gui.document import Project
from nnviz.gui.views.base import LiveView

V = TypeVar("V", bound=LiveView)


class Moment:
    """A trainer of a project that keeps the weights from before each step.

    Attributes:
        trainer: The trainer.
        data: Its data.
    """

    def __init__(self, project: Project, steps: int = 0) -> None:
        self.project = project
        self.data = project.dataset.load(LoadContext(download=False))
        self.trainer = make_trainer(project.network, project.training, self.data, "cpu")
        self.trainer.keeps_weights = True
        self._steps = self.trainer.steps()
        self.train(steps)

    def train(self, steps: int) -> None:
        """Train so many batches."""
        wanted = self.trainer.step + steps
        while self.trainer.step < wanted:
            next(self._steps)

    @property
    def context(self) -> ProbeContext:
        """What probes are given now."""
        return ProbeContext(self.trainer, self.data)

    def begin(self, view: LiveView) -> None:
        """Tell a view that the run begins."""
        view.begin(self.project, self.trainer.total_steps)

    def seen(self, qtbot: QtBot, view: V, width: int, height: int) -> V:
        """Put a view on the screen, at this size, and let it see this moment."""
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show()
        self.begin(view)
        self.show(view)
        return view

    def show(self, view: LiveView) -> Snapshot:
        """Let a view see this moment."""
        assert view.probe is not None
        snapshot = Snapshot(self.trainer.step, view.probe(self.context))
        view.show_snapshot(snapshot)
        return snapshot

    def parameter(self, path: str) -> torch.nn.Parameter:
        """A learned tensor: "dense_1.weight"."""
        return self.trainer.model.get_parameter(path)

    def outputs(self, x: np.ndarray) -> dict[str, Any]:
        """What each module makes of samples, by torch alone, in evaluation mode."""
        self.trainer.model.eval()
        value, result = torch.from_numpy(np.array(x)), {}
        with torch.no_grad():
            for name, module in self.trainer.model.named_children():
                value = module(value)
                result[name] = value.numpy()
        self.trainer.model.train()
        return result
