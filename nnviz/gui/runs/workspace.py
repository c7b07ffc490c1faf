"""The workspace of earlier trainings; for now it says what it will offer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnviz.gui.plain_page import PlainPage, Promise
from nnviz.gui.window_context import WindowContext


class RunsWorkspace(PlainPage):
    """What the list of runs will be."""

    name = "runs"

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.promise(
            self.tr("Runs"),
            self.tr(
                "Every training will be kept here with its settings, its curves and its weights. This page is being "
                "built and is not part of this version; the curves of the current training are under Live."
            ),
            (
                Promise(
                    "runs",
                    self.tr("Compare"),
                    self.tr("Lay the curves of several trainings over one another and see which settings differ."),
                ),
                Promise(
                    "undo",
                    self.tr("Rewind"),
                    self.tr("Drag a slider back to an earlier step: every live view shows the network as it was then."),
                ),
                Promise(
                    "train",
                    self.tr("Go on"),
                    self.tr("Resume a training where it ended, with the optimiser exactly as it was left."),
                ),
                Promise(
                    "save",
                    self.tr("Take along"),
                    self.tr("Save a network with what it learned to a file, or export it as a PyTorch program."),
                ),
            ),
        )
