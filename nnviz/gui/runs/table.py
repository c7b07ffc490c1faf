"""The table of runs as a model: what stands in each column, and by what it is sorted."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QWidget

from nnviz.gui.runs.shelf import RunEntry
from nnviz.gui.spec_text import count_text, number_text, spec_text

Index = QModelIndex | QPersistentModelIndex

SORT_ROLE = Qt.ItemDataRole.UserRole
ID_ROLE = Qt.ItemDataRole.UserRole + 1

TRAINING, CUT_OFF = "training", "cut off"


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: Tells it apart.
        title: Its heading, in English.
        text: What stands in it.
        sort: What it is sorted by; None comes last of all.
        number: Whether it is a number, which stands at the right.
        width_em: Its width at first, in heights of the type.
    """

    name: str
    title: str
    text: Callable[[RunEntry], str]
    sort: Callable[[RunEntry], Any]
    number: bool = False
    width_em: float = 7.0


def duration_text(seconds: float) -> str:
    """Seconds for people: 8.4 s, 1:05 min, 2:10:00 h."""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02} h"


def _share(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.2f} %"


def _loss(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"


def _rate(entry: RunEntry) -> str:
    rate = entry.summary.learning_rate
    kind = spec_text(entry.summary.optimiser)
    return kind if rate is None else f"{kind} {number_text(rate)}"


def _began(entry: RunEntry) -> str:
    return time.strftime("%d %b %H:%M", time.localtime(entry.summary.began)) if entry.summary.began else ""


_STATES = {
    "training": str(QT_TRANSLATE_NOOP("Runs", "training")),
    "finished": str(QT_TRANSLATE_NOOP("Runs", "finished")),
    "stopped": str(QT_TRANSLATE_NOOP("Runs", "stopped")),
    "failed": str(QT_TRANSLATE_NOOP("Runs", "failed")),
    "cut off": str(QT_TRANSLATE_NOOP("Runs", "cut off")),
}


def _state(entry: RunEntry) -> str:
    state = entry.summary.state
    return QCoreApplication.translate("Runs", _STATES.get(state, state))


COLUMNS = (
    Column("name", str(QT_TRANSLATE_NOOP("Runs", "Run")), lambda e: e.name, lambda e: e.name.lower(), width_em=12),
    Column(
        "network",
        str(QT_TRANSLATE_NOOP("Runs", "Network")),
        lambda e: spec_text(e.summary.title),
        lambda e: e.summary.title.lower(),
        width_em=11,
    ),
    Column(
        "data",
        str(QT_TRANSLATE_NOOP("Runs", "Data")),
        lambda e: spec_text(e.summary.dataset),
        lambda e: e.summary.dataset.lower(),
        width_em=7,
    ),
    Column(
        "accuracy",
        str(QT_TRANSLATE_NOOP("Runs", "Accuracy")),
        lambda e: _share(e.summary.validation_accuracy),
        lambda e: e.summary.validation_accuracy,
        True,
        6.5,
    ),
    Column(
        "loss",
        str(QT_TRANSLATE_NOOP("Runs", "Loss")),
        lambda e: _loss(e.summary.validation_loss),
        lambda e: e.summary.validation_loss,
        True,
        6.5,
    ),
    Column(
        "steps",
        str(QT_TRANSLATE_NOOP("Runs", "Steps")),
        lambda e: count_text(e.summary.step),
        lambda e: e.summary.step,
        True,
        5,
    ),
    Column(
        "time",
        str(QT_TRANSLATE_NOOP("Runs", "Time")),
        lambda e: duration_text(e.summary.seconds),
        lambda e: e.summary.seconds,
        True,
        6,
    ),
    Column(
        "settings", str(QT_TRANSLATE_NOOP("Runs", "Optimiser")), _rate, lambda e: e.summary.learning_rate, width_em=10.5
    ),
    Column(
        "batch",
        str(QT_TRANSLATE_NOOP("Runs", "Batch")),
        lambda e: count_text(e.summary.batch_size) if e.summary.batch_size else "",
        lambda e: e.summary.batch_size,
        True,
        4.5,
    ),
    Column(
        "seed",
        str(QT_TRANSLATE_NOOP("Runs", "Seed")),
        lambda e: str(e.summary.seed),
        lambda e: e.summary.seed,
        True,
        4.5,
    ),
    Column("state", str(QT_TRANSLATE_NOOP("Runs", "State")), _state, _state, width_em=6.5),
    Column("began", str(QT_TRANSLATE_NOOP("Runs", "Began")), _began, lambda e: e.summary.began, width_em=8.5),
    Column(
        "notes",
        str(QT_TRANSLATE_NOOP("Runs", "Notes")),
        lambda e: e.summary.notes,
        lambda e: e.summary.notes.lower(),
        width_em=10,
    ),
)

PLACES = {column.name: place for place, column in enumerate(COLUMNS)}
EDITABLE = ("name", "notes")


class RunTable(QAbstractTableModel):
    """All runs, one per row. Name and notes can be edited; the others follow what is on the disk.

    Signals:
        edited(str, str, str): In the run of this id somebody has changed this column to this text.
    """

    edited = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[RunEntry] = []
        self._colours: dict[str, QColor] = {}
        self._dot_px = 12

    def entries(self) -> list[RunEntry]:
        """The runs, in no order."""
        return list(self._entries)

    def entry(self, run: str) -> RunEntry | None:
        """The run of this id, or None."""
        return next((entry for entry in self._entries if entry.id == run), None)

    def set_entries(self, entries: Sequence[RunEntry]) -> None:
        """Show these; rows that are there already stay where they are, with what is chosen and edited in them."""
        wanted = {entry.id: entry for entry in entries}
        for row in reversed(range(len(self._entries))):
            if self._entries[row].id not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._entries[row]
                self.endRemoveRows()
        for row, old in enumerate(self._entries):
            if wanted[old.id] != old:
                self._entries[row] = wanted[old.id]
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
        known = {entry.id for entry in self._entries}
        fresh = [entry for entry in entries if entry.id not in known]
        if fresh:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._entries += fresh
            self.endInsertRows()

    def set_colours(self, colours: Mapping[str, QColor], dot_px: int) -> None:
        """Say which runs are drawn in which colours; they get a dot of it in front of their names."""
        if dict(colours) == self._colours and dot_px == self._dot_px:
            return
        self._colours, self._dot_px = dict(colours), dot_px
        if self._entries:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._entries) - 1, 0), [Qt.ItemDataRole.DecorationRole]
            )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of runs."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Name and notes can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if COLUMNS[index.column()].name in EDITABLE else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, what it is sorted by, and how it is written."""
        entry, column = self._entries[index.row()], COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return column.text(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(entry, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == SORT_ROLE:
            return column.sort(entry)
        if role == ID_ROLE:
            return entry.id
        if role == Qt.ItemDataRole.DecorationRole and column.name == "name":
            return dot_icon(self._colours.get(entry.id), self._dot_px)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Another name, or other notes."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        entry, column = self._entries[index.row()], COLUMNS[index.column()]
        text = " ".join(str(value).split()) if column.name == "name" else str(value).strip()
        if text != column.text(entry):
            self.edited.emit(entry.id, column.name, text)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return QCoreApplication.translate("Runs", COLUMNS[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section].number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _tip(self, entry: RunEntry, column: Column) -> str:
        if column.name == "network" and entry.summary.parameters:
            return self.tr("{0}: {1} parameters").format(entry.summary.title, count_text(entry.summary.parameters))
        if column.name == "accuracy":
            return self.tr("Best accuracy on validation data")
        if column.name == "loss":
            return self.tr("Lowest loss on validation data")
        if column.name == "steps":
            return self.tr("{0} of {1} batches").format(
                count_text(entry.summary.step), count_text(entry.summary.total_steps)
            )
        if column.name == "name" and entry.summary.parent:
            return self.tr("Went on from step {0} of another run.").format(count_text(entry.summary.parent_step))
        return column.text(entry)


def comes_first(left: Any, right: Any) -> bool:
    """Whether one value of a column stands before another when it is sorted upwards; what is missing comes first."""
    if left is None or right is None:
        return left is None and right is not None
    if isinstance(left, float) and math.isnan(left):
        return True
    return bool(left < right)


def dot_icon(colour: QColor | None, side: int) -> QIcon:
    """A disc, so that the colour in the plot is found again; an empty one keeps names in line."""
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    if colour is not None:
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(1, 1, side - 2, side - 2)
        painter.end()
    result = QIcon(picture)
    # Else Qt mixes it with the colour of what is chosen.
    result.addPixmap(picture, QIcon.Mode.Selected)
    return result


class KeepTyping(QStyledItemDelegate):
    """Edits names and notes; what is being typed is not overwritten when the table is read anew meanwhile."""

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if not editor.property("filled"):
            editor.setProperty("filled", True)
            super().setEditorData(editor, index)
