"""The first rows of a table as a model for a view; what is to be learned stands out."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractTableModel):
    """Texts in rows and columns, read-only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._marked: frozenset[int] = frozenset()
        self._ink = QColor()

    def show_rows(self, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], marked: frozenset[int]) -> None:
        """Show other rows.

        Args:
            heads: Names of the columns.
            rows: Each as long as `heads`.
            marked: Places of the columns that are to be learned.
        """
        self.beginResetModel()
        self._heads, self._rows, self._marked = heads, rows, marked
        self.endResetModel()

    def set_ink(self, colour: QColor) -> None:
        """Write what is to be learned in this colour."""
        self.beginResetModel()
        self._ink = colour
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of columns."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text and how it is written."""
        text = self._rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return text
        if index.column() in self._marked:
            if role == Qt.ItemDataRole.ForegroundRole:
                return self._ink
            if role == Qt.ItemDataRole.FontRole:
                bold = QFont()
                bold.setBold(True)
                return bold
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A column's name, and whether it is to be learned."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        name = self._heads[section]
        return self.tr("{0} (learned)").format(name) if section in self._marked else name
