"""What every live view is, and the registry that finds them."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from nnviz.core.probes import Probe
from nnviz.core.registry import Registry
from nnviz.core.run_curves import RunCurves
from nnviz.core.snapshot import Snapshot
from nnviz.gui.document import Project
from nnviz.gui.style.theme import Theme


class LiveView(QWidget):
    """One picture of what happens inside a network while it learns.

    A view reads by its `probe`, which runs on the training thread and returns numpy arrays, and draws on the GUI thread
    what the probe returned, or the run's curves. While it is hidden neither is called.

    Attributes:
        name: Registry name; also its objectName.
        title: Heading, in English; translated by `heading()`.
        hint: One sentence on what it shows, in English.
        order: Place among the others, small ones first.
        probe: What it reads, as a static method; None if the curves are all it needs.
        paint_s: Seconds that its last frame took to draw.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    hint: ClassVar[str] = ""
    order: ClassVar[int] = 100
    probe: ClassVar[Probe | None] = None
    paint_s: float = 0.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName(self.name)
        self.setAccessibleName(self.heading())

    @classmethod
    def heading(cls) -> str:
        """The title in the user's language."""
        return QCoreApplication.translate("LiveView", cls.title)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Whether it has something to show for a run of `project`."""
        return True

    def begin(self, project: Project, total_steps: int) -> None:
        """Show nothing any more: another run begins."""

    def show_curves(self, curves: RunCurves) -> None:
        """Draw what the run measured so far."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw what the probe saw."""

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self.theme = theme


VIEWS: Registry[type[LiveView]] = Registry("live view", "nnviz.gui.views")
