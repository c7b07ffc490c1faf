"""A problem of the network and its one-click fixes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.core.shape import Fix
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import pixmap


class ProblemBox(QFrame):
    """What is wrong, in a sentence, and a button for each edit that would mend it.

    Signals:
        fix_requested(Fix): One of the buttons was pressed.
    """

    fix_requested = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._fixes: dict[QPushButton, Fix] = {}
        self._icon = QLabel()
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setObjectName("problem_sentence")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        text = QVBoxLayout()
        text.setSpacing(8)
        text.addWidget(self._sentence)
        text.addLayout(self._buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(text, 1)
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def show_problem(self, sentence: str, fixes: Sequence[Fix]) -> None:
        """Show the sentence and offer the fixes; nothing is shown for an empty one."""
        self.setVisible(bool(sentence))
        if sentence == self._sentence.text() and list(fixes) == list(self._fixes.values()):
            return
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        while self._buttons.count():
            self._buttons.takeAt(0)
        for button in self._fixes:
            button.hide()
            # Later: it may be this very button whose press is being answered.
            button.deleteLater()
        self._fixes = {}
        for fix in fixes:
            button = QPushButton(spec_text(fix.title))
            button.setObjectName(f"fix_{len(self._fixes)}")
            button.clicked.connect(self._on_fix_clicked)
            self._fixes[button] = fix
            self._buttons.addWidget(button)
        self._buttons.addStretch()

    @Slot()
    def _on_fix_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        self.fix_requested.emit(self._fixes[button])

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        self._icon.setPixmap(pixmap("warning", theme.warning, theme.icon_px + 2, self.devicePixelRatioF()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("warning"), 1))
        painter.setBrush(theme.colour("warning_soft"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius, theme.radius)
