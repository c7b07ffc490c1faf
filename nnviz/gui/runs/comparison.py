"""The table beside the curves: values of the chosen runs, and the settings in which they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from nnviz.core.project import ProjectFile
from nnviz.core.run_differences import Difference, differences, settings_of
from nnviz.gui.runs.table import dot_icon
from nnviz.gui.spec_text import count_text, number_text, spec_text

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class ChosenRun:
    """A run that is compared.

    Attributes:
        id: Its id.
        name: What it is called.
        colour: In which it is drawn.
        project: What it was trained with.
    """

    id: str
    name: str
    colour: QColor
    project: ProjectFile


class Comparison(QAbstractTableModel):
    """One column per chosen run: what its curves show on top, its settings below.

    Of several runs only the settings are shown in which they differ; of a single one all.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[ChosenRun, ...] = ()
        self._values: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self._settings: list[Difference] = []
        self._dot_px = 12

    @property
    def settings(self) -> list[Difference]:
        """The settings that are shown."""
        return self._settings

    def show_runs(self, runs: Sequence[ChosenRun], dot_px: int) -> None:
        """Compare these."""
        self.beginResetModel()
        self._runs, self._dot_px = tuple(runs), dot_px
        projects = [run.project for run in runs]
        if len(projects) == 1:
            self._settings = [Difference(*key, (value,)) for key, value in settings_of(projects[0]).items()]
        else:
            self._settings = differences(projects)
        self._values = tuple((title, ("",) * len(self._runs)) for title, _ in self._values)
        self.endResetModel()

    def show_values(self, values: Mapping[str, Sequence[str]]) -> None:
        """Show in the first rows what the curves show, each with one text per run."""
        rows = tuple((title, tuple(texts)) for title, texts in values.items())
        if len(rows) != len(self._values):
            self.beginResetModel()
            self._values = rows
            self.endResetModel()
        elif rows != self._values:
            self._values = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._runs)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of values and settings."""
        return 0 if parent.isValid() or not self._runs else len(self._values) + len(self._settings)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """What it is, and the runs."""
        return 0 if parent.isValid() else 1 + len(self._runs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text and how it is written."""
        row, column = index.row(), index.column()
        measured = row < len(self._values)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if measured:
                title, texts = self._values[row]
                return title if column == 0 else texts[column - 1]
            setting = self._settings[row - len(self._values)]
            return self._title(setting) if column == 0 else value_text(setting.values[column - 1])
        if role == Qt.ItemDataRole.FontRole and measured and column:
            bold = QFont()
            bold.setWeight(QFont.Weight.DemiBold)
            return bold
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The runs' names with their colours."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if section == 0:
            several = len(self._runs) > 1
            text = self.tr("What differs") if several else self.tr("Settings")
            return text if role == Qt.ItemDataRole.DisplayRole else None
        run = self._runs[section - 1]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return run.name
        if role == Qt.ItemDataRole.DecorationRole:
            return dot_icon(run.colour, self._dot_px)
        return None

    def _title(self, setting: Difference) -> str:
        where, name = spec_text(setting.where), spec_text(setting.name)
        plain = setting.where in ("Data", "Network", "Training") or name == spec_text("Kind")
        if plain:
            return where if name == spec_text("Kind") else name
        return f"{where}: {name}"


def value_text(value: Any) -> str:
    """A setting's value for people; a dash where there is no such setting."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        translate = QCoreApplication.translate
        return translate("Runs", "yes") if value else translate("Runs", "no")
    if isinstance(value, int):
        return count_text(value)
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, tuple):
        return ", ".join(value_text(part) for part in value) or "-"
    return spec_text(str(value))
