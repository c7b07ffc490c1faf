"""Sliders, boxes and choices for a lab's settings, made from the fields of its spec."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from nnviz.core.spec import Param, Spec, SpecError
from nnviz.gui.editors import SwitchEditor, make_editor
from nnviz.gui.forms import offer_all
from nnviz.gui.labs.base import NoSettings
from nnviz.gui.spec_text import number_text, param_tooltip, spec_text
from nnviz.gui.spin_box import SpinBox
from nnviz.gui.style.icons import icon
from nnviz.gui.style.theme import Theme

NOTCHES = 1000
"""Positions of a slider for decimal numbers."""
LARGEST_SEED = 9999
SLIDER_PX = 20
"""About how high a slider is."""
ROWS_AFTER_MS = 15
"""How long after the lab was taken its rows are made: it is on the screen by then."""


class LabControls(QWidget):
    """Edits a lab's settings; every number with two bounds has a slider and a box to type into.

    Rows take a third of the time in which a lab opens, and most stand below the fold: they are made once it is painted.

    Attributes:
        spec: The settings with every valid edit in them.
        complete: Whether all rows that matter are there.

    Signals:
        settings_edited(Spec, str): Somebody set a field, named in the second place, to another valid value.
        seed_edited(int): Another beginning is wanted.
        refused(str): What was typed is not allowed; the sentence says why.
    """

    settings_edited = Signal(object, str)
    seed_edited = Signal(int)
    refused = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab_controls")
        self.spec: Spec = NoSettings()
        self._rows: dict[str, _Row] = {}
        self._infos: list[Param] = []
        self.complete = True
        self._making = QTimer(self, singleShot=True, interval=ROWS_AFTER_MS)
        self._making.timeout.connect(self._make_rows)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._seed_row = _SeedRow()
        self._seed_row.chosen.connect(self.seed_edited)
        self._layout.addWidget(self._seed_row)
        self.set_theme(theme)

    def take(self, spec: Spec, seed: int | None) -> None:
        """Edit these settings from now on, and the seed if it is not None."""
        self.drop()
        self.spec = spec
        self._infos = [info for info in spec.params() if info.editable]
        self._seed_row.setVisible(seed is not None)
        self._seed_row.show_seed(seed or 0)
        self.complete = False
        # The room that they will take, or a scroll bar would come with them and have all texts beside it break anew.
        wanted = [info for info in self._infos if info.matters(spec)]
        sliders = sum(map(_has_slider, wanted))
        self.setMinimumHeight(len(wanted) * (self._theme.control_px + self._theme.space) + sliders * SLIDER_PX)
        self._making.start()

    def drop(self) -> None:
        """Let go of the settings: their lab is closed."""
        self._making.stop()
        for row in self._rows.values():
            row.setParent(None)
            row.deleteLater()
        self._rows.clear()
        self._infos = []
        self.setMinimumHeight(0)
        self.complete = True

    @Slot()
    def _make_rows(self) -> None:
        self.complete = True
        # All of them appear at once.
        self.setUpdatesEnabled(False)
        self._show_what_matters()
        self.setMinimumHeight(0)
        self.setUpdatesEnabled(True)

    def show_spec(self, spec: Spec) -> None:
        """Show other settings, without a signal."""
        self.spec = spec
        if not self.complete:
            return
        self._show_what_matters()
        for name, row in self._rows.items():
            row.show_value(getattr(spec, name))

    def _show_what_matters(self) -> None:
        # A row is made when it first matters: one of a second stage costs as much as one that is seen.
        place = 0
        for info in self._infos:
            matters, row = info.matters(self.spec), self._rows.get(info.name)
            if row is None and matters:
                row = self._rows[info.name] = _Row(info)
                row.edited.connect(self._on_edited)
                row.set_theme(self._theme)
                row.show_value(getattr(self.spec, info.name))
                self._layout.insertWidget(place, row)
                # The layout shows it: before the page is there, setVisible() would dress it for nothing.
                if not self.isVisible():
                    place += 1
                    continue
            if row is not None:
                row.setVisible(matters)
                place += 1

    def show_seed(self, seed: int) -> None:
        """Show another seed, without a signal."""
        self._seed_row.show_seed(seed)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._theme = theme
        self._layout.setSpacing(theme.space)
        for row in self._rows.values():
            row.set_theme(theme)
        self._seed_row.set_theme(theme)

    @Slot(str, object)
    def _on_edited(self, name: str, value: Any) -> None:
        try:
            changed = self.spec.replace(**{name: value})
        except SpecError as error:
            self.refused.emit(spec_text(str(error)))
            return
        if changed != self.spec:
            self.spec = changed
            self._show_what_matters()
            self._rows[name].follow(getattr(changed, name))
            self.settings_edited.emit(changed, name)


class _Row(QWidget):
    # A name, an editor beside it, and for numbers with two bounds a slider below.

    edited = Signal(str, object)

    def __init__(self, info: Param, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.info = info
        self.setObjectName(f"lab_row_{info.name}")
        self._editor = make_editor(info, offer_all)
        self._label = QLabel(spec_text(info.title))
        self._label.setWordWrap(True)
        self._label.setBuddy(self._editor.field)
        self._label.setToolTip(param_tooltip(info))
        self._editor.setToolTip(param_tooltip(info))
        field = self._editor.field
        field.setObjectName(f"lab_field_{info.name}")
        field.setAccessibleName(spec_text(info.title))
        field.setAccessibleDescription(spec_text(info.doc))
        self._slider = _Slider(info) if _has_slider(info) else None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self._editor, 0, 1)
        grid.setColumnStretch(0, 1)
        if self._slider is not None:
            self._slider.setObjectName(f"lab_slider_{info.name}")
            self._slider.setAccessibleName(spec_text(info.title))
            self._slider.setToolTip(param_tooltip(info))
            self._slider.moved_to.connect(self._on_slider)
            grid.addWidget(self._slider, 1, 0, 1, 2)
        self._editor.value_edited.connect(self._on_editor)

    def show_value(self, value: Any) -> None:
        """Show a value without a signal."""
        self._editor.set_value(value)
        if self._slider is not None:
            self._slider.show_value(value)

    def follow(self, value: Any) -> None:
        """Let the half that was not touched follow the other."""
        if self._slider is not None:
            self._slider.show_value(value)
        if not self._editor.field.hasFocus():
            self._editor.set_value(value)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        if isinstance(self._editor, SwitchEditor):
            self._editor.setFixedWidth(2 * theme.font_px)
        elif self._slider is not None:
            self._editor.setFixedWidth(round(7.5 * theme.font_px))
        else:
            self._editor.setFixedWidth(round(12.5 * theme.font_px))

    @Slot(object)
    def _on_editor(self, value: Any) -> None:
        self.edited.emit(self.info.name, value)

    @Slot(object)
    def _on_slider(self, value: Any) -> None:
        self._editor.set_value(value)
        self.edited.emit(self.info.name, value)


def _has_slider(info: Param) -> bool:
    low = info.ge if info.ge is not None else info.gt
    high = info.le if info.le is not None else info.lt
    return info.type in (int, float) and not info.choices and low is not None and high is not None


class _Slider(QSlider):
    moved_to = Signal(object)

    def __init__(self, info: Param, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._info = info
        low = info.ge if info.ge is not None else info.gt
        high = info.le if info.le is not None else info.lt
        assert low is not None
        assert high is not None
        self._low, self._high = float(low), float(high)
        if info.log and self._low <= 0:
            self._low = self._high * 1e-6
        if info.type is int and not info.log:
            self.setRange(int(low), int(high))
            self.setPageStep(max(1, (int(high) - int(low)) // 10))
        else:
            self.setRange(0, NOTCHES)
            self.setSingleStep(NOTCHES // 100)
            self.setPageStep(NOTCHES // 10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._on_value_changed)

    def show_value(self, value: float) -> None:
        """Stand where a value is, without a signal."""
        if self.maximum() != NOTCHES or (self._info.type is int and not self._info.log):
            place = round(value)
        elif self._info.log:
            low, high = math.log(self._low), math.log(self._high)
            place = round((math.log(max(value, self._low)) - low) / (high - low) * NOTCHES)
        else:
            place = round((value - self._low) / (self._high - self._low) * NOTCHES)
        self.blockSignals(True)
        self.setValue(place)
        self.blockSignals(False)

    @Slot(int)
    def _on_value_changed(self, place: int) -> None:
        info = self._info
        if info.type is int and not info.log:
            self.moved_to.emit(place)
            return
        share = place / NOTCHES
        if info.log:
            value = self._low * (self._high / self._low) ** share
            value = float(f"{value:.2g}")
        else:
            value = self._low + (self._high - self._low) * share
            # As many digits as one notch is worth.
            value = round(value, max(0, math.ceil(-math.log10((self._high - self._low) / 200))))
        if info.gt is not None:
            value = max(value, float(number_text(math.nextafter(info.gt, math.inf)))) if value <= info.gt else value
        if (info.lt is not None and value >= info.lt) or (info.gt is not None and value <= info.gt):
            return
        self.moved_to.emit(round(value) if info.type is int else value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _SeedRow(QWidget):
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab_row_seed")
        tip = self.tr("The same seed gives the same beginning, on every machine.")
        self._label = QLabel(self.tr("Seed"))
        self._label.setToolTip(tip)
        self._box = SpinBox()
        self._box.setObjectName("lab_seed")
        self._box.setAccessibleName(self.tr("Seed"))
        self._box.setAccessibleDescription(tip)
        self._box.setToolTip(tip)
        self._box.setRange(0, LARGEST_SEED)
        self._box.setKeyboardTracking(False)
        self._dice = QToolButton()
        self._dice.setObjectName("lab_dice")
        self._dice.setProperty("kind", "outlined")
        self._dice.setAccessibleName(self.tr("Another beginning"))
        self._dice.setToolTip(self.tr("Another beginning: take the next seed."))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self._dice, 0, 1)
        grid.addWidget(self._box, 0, 2)
        grid.setColumnStretch(0, 1)
        self._box.valueChanged.connect(self.chosen)
        self._dice.clicked.connect(self._on_dice)

    def show_seed(self, seed: int) -> None:
        """Show a seed, without a signal."""
        self._box.blockSignals(True)
        self._box.setValue(seed)
        self._box.blockSignals(False)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._dice.setIcon(icon("dice", theme))
        self._dice.setIconSize(QSize(theme.icon_px, theme.icon_px))
        self._box.setFixedWidth(round(7.5 * theme.font_px))

    @Slot()
    def _on_dice(self) -> None:
        self._box.setValue((self._box.value() + 1) % (LARGEST_SEED + 1))
