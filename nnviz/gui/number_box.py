"""A spin box for every whole or decimal number of a spec."""

from __future__ import annotations

import math
import re
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from nnviz.core.spec import Param
from nnviz.gui.spec_text import number_text, quantity_text
from nnviz.gui.spin_box import DoubleSpinBox

_NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?", re.IGNORECASE)
_PART_OF_NUMBER = re.compile(r"[-+]?\d*[.,]?\d*(e[-+]?\d*)?", re.IGNORECASE)

_UNIT = re.compile(r"\s+[^\d\s]*$")

# Wide enough to let anything be typed: whether it fits, the spec says, in a sentence.
_ANYTHING = 1e15
_MOST_DECIMALS = 20


class NumberBox(DoubleSpinBox):
    """Edits one number; small ones are shown as 1e-8, and learning rates go 1, 2, 5, 10.

    Any number can be typed, also one outside the range, so that a form can say what is wrong with it; the arrows stay
    inside the range. The wheel does nothing until the box has the keyboard, so that a form can be scrolled.

    Args:
        info: The parameter: its kind, range, unit and whether steps are factors.
    """

    def __init__(self, info: Param, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info = info
        self.setDecimals(0 if info.type is int else _MOST_DECIMALS)
        self.setRange(-_ANYTHING, _ANYTHING)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToPreviousValue)
        self.lineEdit().installEventFilter(self)

    def number(self) -> float:
        """The value in the parameter's own kind: int or float."""
        return int(self.value()) if self._info.type is int else self.value()

    def set_number(self, value: float) -> None:
        """Show `value`; a text that says the same already, such as "0.50", is left as it was typed."""
        if self.value() != value:
            self.setValue(value)

    def next_number(self, up: bool) -> float:
        """The number that the arrow goes to from here; the same one at the end of the range."""
        value = self.number()
        if self._info.log:
            step = _factor_step(value, up)
        elif self._info.type is int:
            step = value + (1 if up else -1)
        else:
            size = self._step_size(value)
            # Rounded: 0.1 + 0.2 is not 0.30000000000000004 to anyone.
            step = round(value + (size if up else -size), 12)
        if self._info.type is int:
            step = round(step)
        return self._inside(step, value)

    def _step_size(self, value: float) -> float:
        mantissa, _, _ = number_text(value).partition("e")
        decimals = len(mantissa.partition(".")[2].rstrip("0"))
        whole = value == int(value) and value != 0
        wide = self._info.le is not None and self._info.le - (self._info.ge or 0) > 20
        return 1.0 if whole and wide else 10.0 ** -max(1, decimals)

    def _inside(self, step: float, value: float) -> float:
        info = self._info
        if info.ge is not None:
            step = max(step, info.ge)
        if info.le is not None:
            step = min(step, info.le)
        beyond = (info.gt is not None and step <= info.gt) or (info.lt is not None and step >= info.lt)
        return value if beyond else step

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A line edit claims Ctrl+Z for its own text; here it must reach the window, whose undo knows the network.
        if event.type() == QEvent.Type.ShortcutOverride and (
            event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)  # type: ignore[attr-defined]
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def stepBy(self, steps: int) -> None:
        for _ in range(abs(steps)):
            number = self.next_number(steps > 0)
            if number == self.number():
                break
            self.setValue(number)
        self.selectAll()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        flags = QAbstractSpinBox.StepEnabledFlag.StepNone
        if self.next_number(True) != self.number():
            flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if self.next_number(False) != self.number():
            flags |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return flags

    def textFromValue(self, value: float) -> str:
        # Not Qt's suffix, which would say "1 pixels".
        return quantity_text(int(value) if self._info.type is int else value, self._info.unit)

    def valueFromText(self, text: str) -> float:
        number = _NUMBER.match(text.strip())
        return float(number.group().replace(",", ".")) if number else self.value()

    def validate(self, text: str, position: int) -> Any:
        bare = _UNIT.sub("", text).strip()
        if self._info.type is int and re.search(r"[.,e]", bare, re.IGNORECASE):
            return QValidator.State.Invalid, text, position
        if _NUMBER.fullmatch(bare):
            return QValidator.State.Acceptable, text, position
        if _PART_OF_NUMBER.fullmatch(bare):
            return QValidator.State.Intermediate, text, position
        return QValidator.State.Invalid, text, position

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _factor_step(value: float, up: bool) -> float:
    # The next of ... 0.1, 0.2, 0.5, 1, 2, 5, 10 ...; a little slack, as 0.1 is no exact number.
    if value <= 0:
        return 1e-6 if up else 0.0
    exponent = math.floor(math.log10(value))
    marks = [mark * 10.0**power for power in range(exponent - 1, exponent + 2) for mark in (1, 2, 5)]
    marks = [float(f"{mark:.1g}") for mark in marks]
    if up:
        return next(mark for mark in marks if mark > value * (1 + 1e-9))
    return next(mark for mark in reversed(marks) if mark < value * (1 - 1e-9))
