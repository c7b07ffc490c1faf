"""A line for typing one number, which appears over the number that it replaces."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QDoubleValidator, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from nnviz.gui.style.theme import Theme


class NumberEditor(QLineEdit):
    """Typed numbers count with Enter only: whoever clicks elsewhere or presses Escape changes nothing.

    Signals:
        typed(float): Another number was entered.
    """

    typed = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.setObjectName("convolution_editor")
        self.setAccessibleName(self.tr("A weight or the bias"))
        validator = QDoubleValidator(-1e6, 1e6, 12, self)
        # A decimal point, as everywhere in the window.
        validator.setLocale(QLocale.c())
        self.setValidator(validator)
        self.hide()

    def open_at(self, box: QRectF, value: float, theme: Theme) -> None:
        """Appear over a box with its number, all of which is selected."""
        width, height = max(box.width() + 8, 5.0 * theme.font_px), max(box.height(), 2.0 * theme.font_px)
        left = min(max(2.0, box.center().x() - width / 2), self._canvas.width() - width - 2)
        self.setGeometry(round(left), round(box.center().y() - height / 2), round(width), round(height))
        self.setStyleSheet(f"min-height: 0; padding: 0 3px; font-size: {theme.font_px}px;")
        self.setText(f"{value:.6g}")
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_editor(self) -> None:
        """Disappear; the keyboard goes back to the picture."""
        if self.isVisible():
            had = self.hasFocus()
            self.hide()
            if had:
                self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            try:
                value = float(self.text())
            except ValueError:
                # "-" and "1e" are accepted while somebody types, but are no numbers yet.
                return
            self.close_editor()
            self.typed.emit(value)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_editor()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Space, arrows and letters are the page's shortcuts; here they are typed.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hide()
