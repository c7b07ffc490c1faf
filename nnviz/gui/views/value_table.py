"""All values of one learned tensor as a table, which follows the training while it is open."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QColor
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QTableView, QVBoxLayout, QWidget

from nnviz.gui.style.colours import diverging_colour, text_on
from nnviz.gui.style.theme import Theme

_Index = QModelIndex | QPersistentModelIndex


class ValueModel(QAbstractTableModel):
    """Numbers with the colour of their sign and size as ground; a row per unit, a column per input.

    Attributes:
        values: (rows, columns).
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.values: NDArray[np.float32] = np.empty((0, 0), np.float32)
        self._limit = 1.0

    def show_values(self, values: NDArray[Any]) -> None:
        """Show a tensor: its first axis downwards, all others across."""
        table = np.asarray(values, np.float32).reshape(len(values), -1)
        self._limit = float(np.abs(table[np.isfinite(table)]).max(initial=0)) or 1.0
        if table.shape == self.values.shape:
            self.values = table
            self.dataChanged.emit(self.index(0, 0), self.index(table.shape[0] - 1, table.shape[1] - 1))
            return
        self.beginResetModel()
        self.values = table
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.values.shape[0]

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.values.shape[1]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A value as text, exactly, or as the colour of its ground."""
        value = float(self.values[index.row(), index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{value:.4f}".replace("-", "−") if abs(value) >= 1e-3 or not value else f"{value:.1e}"  # noqa: RUF001
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{value:.9g}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._ground(value)
        if role == Qt.ItemDataRole.ForegroundRole:
            return text_on(self._ground(value))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None

    def _ground(self, value: float) -> QColor:
        return diverging_colour(self.theme, value, self._limit)


class ValueTable(QDialog):
    """A window of its own with the table and a choice of tensors.

    Attributes:
        model: What the table shows.
        tensors: The choice.

    Signals:
        tensor_chosen(str): The values of this tensor are wanted from now on; empty if of none any more.
    """

    tensor_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("weights_table")
        self.setWindowTitle(self.tr("Weights as a table"))
        self.model = ValueModel(theme)
        self.tensors = QComboBox()
        self.tensors.setObjectName("weights_table_tensor")
        self.tensors.setAccessibleName(self.tr("Layer"))
        self.tensors.currentTextChanged.connect(self.tensor_chosen)
        self._step = QLabel()
        self._step.setProperty("kind", "muted")
        self._hint = QLabel(self.tr("A row per unit or filter, a column per input."))
        self._hint.setProperty("kind", "muted")
        self._view = QTableView()
        self._view.setObjectName("weights_table_values")
        self._view.setAccessibleName(self.tr("Values"))
        self._view.setModel(self.model)
        self._view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        # Every section equally wide: to measure a million numbers would take seconds.
        self._view.horizontalHeader().setDefaultSectionSize(theme.font_px * 6)
        self._view.verticalHeader().setDefaultSectionSize(theme.font_px * 2)
        row = QHBoxLayout()
        row.addWidget(self.tensors)
        row.addWidget(self._hint)
        row.addStretch()
        row.addWidget(self._step)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self._view, 1)
        self.resize(theme.font_px * 62, theme.font_px * 38)

    def offer(self, names: list[str]) -> None:
        """Say which tensors there are; the chosen one stays, if it is among them."""
        if names == [self.tensors.itemText(number) for number in range(self.tensors.count())]:
            return
        chosen = self.tensors.currentText()
        self.tensors.blockSignals(True)
        self.tensors.clear()
        self.tensors.addItems(names)
        self.tensors.setCurrentIndex(max(0, self.tensors.findText(chosen)))
        self.tensors.blockSignals(False)
        self.tensor_chosen.emit(self.tensors.currentText())

    def show_values(self, step: int, values: NDArray[Any]) -> None:
        """Show the newest values."""
        self.model.show_values(values)
        self._step.setText(self.tr("Step {0}").format(f"{step:,}"))

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self.model.theme = theme
        self._view.horizontalHeader().setDefaultSectionSize(theme.font_px * 6)
        self._view.verticalHeader().setDefaultSectionSize(theme.font_px * 2)
        self._view.viewport().update()

    @Slot()
    def reject(self) -> None:
        """Close, and want no values any more."""
        self.tensor_chosen.emit("")
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.tensor_chosen.emit("")
        super().closeEvent(event)
