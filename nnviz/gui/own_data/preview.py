"""What is in data: its size in words, first rows or some images, how many samples each class has, and what is odd."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.datasets.own_data import DataPreview
from nnviz.gui.own_data.class_bars import ClassBars
from nnviz.gui.own_data.mosaic import Mosaic
from nnviz.gui.own_data.rows import Rows
from nnviz.gui.spec_text import count_text, shape_text, spec_text
from nnviz.gui.style.appearance import Appearance

SHOWN_ROWS = 8
"""Rows of a table that are seen without scrolling."""


class PreviewPanel(QScrollArea):
    """Shows a `DataPreview`, from top to bottom; what there is not takes no room."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setObjectName("data_preview")
        self.setAccessibleName(self.tr("What is in the data"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = _label("preview_title", "heading")
        self._size = _label("preview_size", "")
        self._splits = _label("preview_splits", "")
        self._notes = _label("preview_notes", "")
        self._rows = Rows(self)
        self._table = QTableView()
        self._table.setModel(self._rows)
        self._table.setObjectName("preview_table")
        self._table.setAccessibleName(self.tr("First rows"))
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._table.setWordWrap(False)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._table.horizontalHeader().setHighlightSections(False)
        self._mosaic = Mosaic(appearance)
        self._bars = ClassBars(appearance)
        self._headings = {
            name: _label(f"preview_{name}_heading", "heading", text)
            for name, text in (
                ("samples", self.tr("Samples")),
                ("classes", self.tr("Samples of each class")),
                ("splits", self.tr("Training, validation and test")),
                ("notes", self.tr("Worth knowing")),
            )
        }
        page = QWidget()
        page.setProperty("kind", "page")
        self._column = QVBoxLayout(page)
        for widget in (
            self._title,
            self._size,
            self._headings["notes"],
            self._notes,
            self._headings["samples"],
            self._table,
            self._mosaic,
            self._headings["classes"],
            self._bars,
            self._headings["splits"],
            self._splits,
        ):
            self._column.addWidget(widget)
        self._column.addStretch()
        self.setWidget(page)
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Be empty."""
        for widget in (self._title, self._size, self._splits, self._notes, self._table, self._mosaic, self._bars):
            widget.hide()
        for heading in self._headings.values():
            heading.hide()

    def show_kinds(self, kinds: Sequence[type[DatasetSpec]]) -> None:
        """Say what can be opened."""
        self.show_nothing()
        self._title.setText(self.tr("What can be opened"))
        texts = ((escape(spec_text(kind.title)), escape(spec_text(kind.summary()))) for kind in kinds)
        self._size.setText("".join(f"<p style='margin: 6px 0'><b>{title}</b><br>{text}</p>" for title, text in texts))
        self._title.show()
        self._size.show()

    def show_preview(self, spec: DatasetSpec, preview: DataPreview) -> None:
        """Show what was found.

        Args:
            spec: The data set.
            preview: What to show of it.
        """
        self.show_nothing()
        total = sum(preview.split_sizes)
        self._title.setText(self.tr("{0} samples").format(count_text(total)))
        self._size.setText(self._what_is_learned(spec))
        self._splits.setText(self._splits_text(preview.split_sizes))
        for widget in (self._title, self._size, self._splits, self._headings["splits"]):
            widget.show()
        if preview.notes:
            self._notes.setText("".join(_item(note) for note in preview.notes))
            self._notes.show()
            self._headings["notes"].show()
        if preview.images is not None and len(preview.images):
            self._mosaic.show_samples(preview.images, preview.sample_labels)
            self._mosaic.show()
            self._headings["samples"].show()
        elif preview.columns:
            self._show_table(spec, preview)
            self._headings["samples"].show()
        if preview.class_counts:
            self._bars.show_counts(preview.class_counts)
            self._bars.show()
            self._headings["classes"].show()
        self.verticalScrollBar().setValue(0)

    def _what_is_learned(self, spec: DatasetSpec) -> str:
        shape = spec.input_shape
        if spec.forecasts and spec.symbols:
            return self.tr("Learned: at each of {0} characters, which of {1} different ones comes next.").format(
                count_text(shape.dims[0]), count_text(spec.outputs)
            )
        if shape.rank == 3:
            inputs = self.tr("images of {0} values").format(shape_text(shape))
        else:
            inputs = self.tr("1 number") if shape.size == 1 else self.tr("{0} numbers").format(count_text(shape.size))
        if spec.task == "classification":
            return self.tr("Learned: from {0}, which of {1} classes it is.").format(inputs, count_text(spec.outputs))
        if spec.outputs == 1:
            return self.tr("Learned: from {0}, one value.").format(inputs)
        return self.tr("Learned: from {0}, {1} values.").format(inputs, count_text(spec.outputs))

    def _splits_text(self, sizes: tuple[int, int, int]) -> str:
        train, validation, test = map(count_text, sizes)
        return self.tr(
            "The network learns from {0} samples, is measured on {1} others while it learns, and on {2} more at the "
            "end."
        ).format(train, validation, test)

    def _show_table(self, spec: DatasetSpec, preview: DataPreview) -> None:
        targets = (n for n, name in enumerate(preview.columns) if _is_target(spec, preview, n, name))
        self._rows.show_rows(preview.columns, preview.rows, frozenset(targets))
        self._fit_table()
        self._table.show()

    def _fit_table(self) -> None:
        table, theme = self._table, self._appearance.theme
        header = table.horizontalHeader()
        header.setMaximumSectionSize(14 * theme.font_px)
        header.setMinimumSectionSize(4 * theme.font_px)
        table.resizeColumnsToContents()
        last = self._rows.columnCount() - 1
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(last >= 0)
        row = round(theme.font_px * 2.1)
        table.verticalHeader().setMinimumSectionSize(row)
        table.verticalHeader().setDefaultSectionSize(row)
        shown = min(SHOWN_ROWS, self._rows.rowCount())
        bar = table.horizontalScrollBar().sizeHint().height()
        table.setFixedHeight(row * shown + header.sizeHint().height() + bar + 4)

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        self._column.setContentsMargins(0, 0, theme.space, 0)
        self._column.setSpacing(theme.space)
        self._rows.set_ink(theme.colour("accent_text"))
        self._fit_table()


def _is_target(spec: DatasetSpec, preview: DataPreview, column: int, name: str) -> bool:
    """Whether a column of the table is what is to be learned: it has the samples' labels, or their name."""
    cells = tuple(row[column] for row in preview.rows)
    if spec.task == "classification":
        return bool(cells) and cells == preview.sample_labels
    return name in getattr(spec, "target_names", ())


def _label(name: str, kind: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setProperty("kind", kind)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _item(text: str) -> str:
    return f"<p style='margin: 0 0 4px 0'>{escape(text)}</p>"
