"""What every live view is, and the registry that finds them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtGui import QPainter
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
        probe: What it reads, as a static method; None if the curves are all it needs. `ask()` gives it parameters.
        least_gap_s: Seconds between two drawings while a network learns, about; for pictures that change as a whole,
            which nobody could follow ten times a second.
        bar: The row with its heading and controls, on top of its layout. Where the view stands in a dock, the row is
            the dock's title bar, with the dock's own buttons at its end.

    Signals:
        probe_changed: Its probe is to be asked something else from now on.
        sample_chosen(int): Somebody wants to follow this sample, by its number in the data that views look at.
    """

    probe_changed = Signal()
    sample_chosen = Signal(int)

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    hint: ClassVar[str] = ""
    order: ClassVar[int] = 100
    probe: Probe | None = None
    least_gap_s: ClassVar[float] = 0.0
    bar: QWidget | None = None

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

    @property
    def painted(self) -> QWidget:
        """The widget on which it draws."""
        return self

    def paint_now(self) -> None:
        """Bring to the screen what was drawn, before anything else happens."""
        self.painted.repaint()

    def begin(self, project: Project, total_steps: int) -> None:
        """Show nothing any more: another run begins."""

    def show_curves(self, curves: RunCurves) -> None:
        """Draw what the run measured so far."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw what the probe saw."""

    def mark_step(self, step: int) -> None:
        """Mark an earlier step to which all views were taken back, if it shows the whole run; 0 is now."""

    def ask(self, **parameters: Any) -> None:
        """Ask the probe from now on with these parameters; both threads keep what they were given."""
        probe = type(self).probe
        if probe is not None:
            self.probe = partial(probe, **parameters)
            self.probe_changed.emit()

    def follow_sample(self, sample: int) -> None:
        """Show this sample, if the view shows single ones; by its number in the data that views look at."""

    def table(self) -> list[Sequence[object]]:
        """What it shows, as rows of a table for a file: the names of the columns first. Empty if there is nothing."""
        return []

    def draw_into(self, painter: QPainter) -> None:
        """Paint it as lines and text for a file, at its present size."""
        self.render(painter, QPoint())

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self.theme = theme


VIEWS: Registry[type[LiveView]] = Registry("live view", "nnviz.gui.views")
