"""What is being worked on: the current network, data set and training settings, with undo."""

from __future__ import annotations

import weakref
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.errors import NnvizError
from nnviz.core.network import NetworkSpec
from nnviz.core.training.problems import problems
from nnviz.core.training.spec import TrainingSpec


@dataclass(frozen=True)
class Project:
    """One state of the document; frozen, so every edit is a replacement.

    Attributes:
        title: Name for people, for example the preset's title.
        network: The network.
        dataset: The data that it learns from.
        training: How it learns.
    """

    title: str
    network: NetworkSpec
    dataset: DatasetSpec
    training: TrainingSpec

    def problems(self) -> list[NnvizError]:
        """Everything that keeps the network from being trained; empty if it can be."""
        return problems(self.network, self.training, self.dataset)


class Document(QObject):
    """The current project and its undo stack.

    Attributes:
        undo_stack: Every edit that can be taken back.

    Signals:
        project_changed(Project): The project is another one now, by an edit, undo or redo.
    """

    project_changed = Signal(object)

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._project = project

    def __del__(self) -> None:
        # Python's collector takes a cycle apart piece by piece: a command that goes before the stack that owns it is
        # freed a second time by the stack, and the process aborts (PySide6 6.11). Finalisers come before any of that.
        if shiboken6.isValid(self.undo_stack):
            self.undo_stack.blockSignals(True)
            self.undo_stack.clear()

    @property
    def project(self) -> Project:
        """The current state."""
        return self._project

    def replace(self, project: Project, text: str, merge_key: str = "") -> None:
        """Make `project` the current one, as an edit that can be undone.

        Args:
            project: The new state; nothing happens if it equals the current one.
            text: What the edit did, for the Undo menu: "Change batch size".
            merge_key: Edits in a row with the same non-empty key count as one: dragging one spin box.
        """
        if project != self._project:
            self.undo_stack.push(_ReplaceProject(self, self._project, project, text, merge_key))

    def open(self, project: Project) -> None:
        """Begin with another project: what was done to the one before cannot be taken back any more."""
        self.undo_stack.clear()
        self._set_project(project)

    def _set_project(self, project: Project) -> None:
        self._project = project
        self.project_changed.emit(project)


class _ReplaceProject(QUndoCommand):
    def __init__(self, document: Document, old: Project, new: Project, text: str, merge_key: str) -> None:
        super().__init__(text)
        # Weak: a command need not keep its document alive, and makes no cycle with it.
        self._document = weakref.ref(document)
        self._old = old
        self._new = new
        self._merge_key = merge_key

    def id(self) -> int:
        return hash(self._merge_key) & 0x7FFFFFFF if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _ReplaceProject) or other._merge_key != self._merge_key:
            return False
        self._new = other._new
        self.setObsolete(self._new == self._old)
        return True

    def redo(self) -> None:
        self._show(self._new)

    def undo(self) -> None:
        self._show(self._old)

    def _show(self, project: Project) -> None:
        document = self._document()
        if document is not None:
            document._set_project(project)
