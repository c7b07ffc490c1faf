"""The workspaces of the window, in the order of the rail."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from nnviz.gui.workspace import Workspace


@dataclass(frozen=True)
class WorkspaceEntry:
    """A workspace that may not be loaded yet.

    Attributes:
        name: Its name; also the objectName of its button in the rail, with "_button" behind it.
        english_title: Its title in English, marked for translation.
        english_tip: One sentence on what it is for, marked for translation.
        icon: Name of its icon.
        location: Where its class is: "module:Class".
    """

    name: str
    english_title: str
    english_tip: str
    icon: str
    location: str

    @property
    def title(self) -> str:
        """The title in the language of the window."""
        return QCoreApplication.translate("WorkspaceEntry", self.english_title)

    @property
    def tip(self) -> str:
        """The sentence in the language of the window."""
        return QCoreApplication.translate("WorkspaceEntry", self.english_tip)

    def load(self) -> type[Workspace]:
        """Import its class: this is what the first visit costs."""
        module, _, name = self.location.partition(":")
        found: type[Workspace] = getattr(import_module(module), name)
        return found


# Every text is written out as a literal argument of QT_TRANSLATE_NOOP, for lupdate reads nothing else.
WORKSPACES = (
    WorkspaceEntry(
        "draw",
        str(QT_TRANSLATE_NOOP("WorkspaceEntry", "Draw")),
        str(QT_TRANSLATE_NOOP("WorkspaceEntry", "Draw a digit and see what the network reads.")),
        "draw",
        "nnviz.gui.draw.workspace:DrawWorkspace",
    ),
    WorkspaceEntry(
        "network",
        str(QT_TRANSLATE_NOOP("WorkspaceEntry", "Network")),
        str(QT_TRANSLATE_NOOP("WorkspaceEntry", "Look at the layers, their shapes and parameters, and change them.")),
        "network",
        "nnviz.gui.build.workspace:BuildWorkspace",
    ),
    WorkspaceEntry(
        "live",
        str(QT_TRANSLATE_NOOP("WorkspaceEntry", "Live")),
        str(QT_TRANSLATE_NOOP("WorkspaceEntry", "Watch the network learn: its loss and its accuracy, step by step.")),
        "live",
        "nnviz.gui.views.workspace:LiveWorkspace",
    ),
    WorkspaceEntry(
        "labs",
        str(QT_TRANSLATE_NOOP("WorkspaceEntry", "Labs")),
        str(QT_TRANSLATE_NOOP("WorkspaceEntry", "Short lessons in which one idea can be tried out by hand.")),
        "labs",
        "nnviz.gui.labs.workspace:LabsWorkspace",
    ),
    WorkspaceEntry(
        "runs",
        str(QT_TRANSLATE_NOOP("WorkspaceEntry", "Runs")),
        str(QT_TRANSLATE_NOOP("WorkspaceEntry", "Earlier trainings: compare them, rewind them, go on with them.")),
        "runs",
        "nnviz.gui.runs.workspace:RunsWorkspace",
    ),
)
