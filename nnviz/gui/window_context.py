"""What every workspace is given: the document, the session, the look and the settings."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSettings

from nnviz.gui.document import Document
from nnviz.gui.frame_clock import FrameClock
from nnviz.gui.session import Session
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.theme import Theme


@dataclass(frozen=True)
class WindowContext:
    """The things that the parts of one window share; the only way in which they know of each other.

    Attributes:
        document: The current network, data set and training settings.
        session: The handle on training.
        frame_clock: Brings what was measured to the screen, and keeps the run's curves.
        appearance: The look on the screen; connect to its `theme_changed` where you paint or hold icons.
        settings: What is remembered from one start to the next. Read booleans with `type=bool`.
    """

    document: Document
    session: Session
    frame_clock: FrameClock
    appearance: Appearance
    settings: QSettings

    @property
    def theme(self) -> Theme:
        """The theme on the screen now."""
        return self.appearance.theme
