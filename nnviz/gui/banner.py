"""A message between tool bar and workspace that waits until it is answered or closed, and stops nobody's work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import icon, pixmap


@dataclass(frozen=True)
class Answer:
    """A button of the banner.

    Attributes:
        name: Its objectName.
        text: What it says.
        act: What it does, on the GUI thread; the banner is closed first.
        primary: Whether it is what most people will want.
    """

    name: str
    text: str
    act: Callable[[], None]
    primary: bool = False


class Banner(QFrame):
    """Shows one message at a time; a new one takes the place of the old."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._kind = "warning"
        self._below = False
        self.setObjectName("banner")
        self._picture = QLabel()
        self._sentence = QLabel()
        self._sentence.setObjectName("banner_sentence")
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._answers = QHBoxLayout()
        self._details_button = QPushButton(self.tr("Details"))
        self._details_button.setObjectName("details_button")
        self._details_button.setProperty("kind", "flat")
        self._details_button.setCheckable(True)
        self._details_button.setToolTip(self.tr("Show what a bug report should contain."))
        self._copy = QPushButton(self.tr("Copy"))
        self._copy.setObjectName("copy_details_button")
        self._copy.setToolTip(self.tr("Copy the message and its details to the clipboard."))
        self._close = QToolButton()
        self._close.setObjectName("close_banner_button")
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self.tr("Close this message."))
        self._details = QPlainTextEdit()
        self._details.setObjectName("banner_details")
        self._details.setReadOnly(True)
        self._details.setAccessibleName(self.tr("Details of the message"))
        self._details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._details.setFixedHeight(180)
        self._grid = QGridLayout(self)
        self._lay_out()
        self._details_button.toggled.connect(self._on_details_toggled)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._close.clicked.connect(self.hide)
        appearance.theme_changed.connect(self._on_theme_changed)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said now; empty if nothing is."""
        return "" if self.isHidden() else self._sentence.text()

    def say(self, sentence: str, *, kind: str = "warning", details: str = "", answers: Sequence[Answer] = ()) -> None:
        """Show a message.

        Args:
            sentence: The message.
            kind: "warning" or "error".
            details: What is shown on demand: the traceback of a fault.
            answers: Buttons, the one that most people will want first.
        """
        self._kind = kind
        self._sentence.setText(sentence)
        self._sentence.setAccessibleName(sentence)
        self._details.setPlainText(details)
        self._details_button.setChecked(False)
        self._details_button.setVisible(bool(details))
        self._on_details_toggled(False)
        self._set_answers(answers)
        self._on_theme_changed()
        self.show()
        self._arrange()

    def _lay_out(self) -> None:
        self._grid.addWidget(self._picture, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(self._sentence, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addLayout(self._answers, 0, 2)
        self._grid.addWidget(self._close, 0, 3)
        self._grid.addWidget(self._details, 2, 1, 1, 2)
        self._grid.addWidget(self._copy, 3, 1, Qt.AlignmentFlag.AlignLeft)
        self._grid.setColumnStretch(1, 1)

    def _arrange(self) -> None:
        """Put the buttons beside the sentence, or below it where it would be squeezed into many short lines."""
        taken = self._answers.sizeHint().width()
        room = self.width() - taken - 5 * self._appearance.theme.control_px
        below = taken > 0 and self.fontMetrics().horizontalAdvance(self._sentence.text()) > 2 * room
        if below is self._below:
            return
        self._below = below
        self._grid.removeItem(self._answers)
        if below:
            self._grid.addLayout(self._answers, 1, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            self._grid.addLayout(self._answers, 0, 2)

    def _set_answers(self, answers: Sequence[Answer]) -> None:
        while (item := self._answers.takeAt(0)) is not None:
            old = item.widget()
            if isinstance(old, _AnswerButton):
                old.hide()
                old.deleteLater()
        for answer in answers:
            self._answers.addWidget(_AnswerButton(answer, self))
        self._answers.addWidget(self._details_button)

    @Slot(bool)
    def _on_details_toggled(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self._copy.setVisible(shown)

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._sentence.text()}\n\n{self._details.toPlainText()}")

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        side = theme.icon_px + 2
        colour = theme.danger if self._kind == "error" else theme.warning
        self._picture.setPixmap(pixmap("warning", colour, side, self.devicePixelRatioF()))
        self._close.setIcon(icon("close", theme, "muted"))
        self._close.setIconSize(QSize(theme.icon_px, theme.icon_px))
        self._grid.setContentsMargins(theme.space * 2, theme.space, theme.space, theme.space)
        self._grid.setHorizontalSpacing(theme.space)
        self._answers.setSpacing(theme.space)
        self.setProperty("kind", self._kind)
        # A style sheet reads properties only once.
        self.style().unpolish(self)
        self.style().polish(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the place for the buttons."""
        super().resizeEvent(event)
        self._arrange()


class _AnswerButton(QPushButton):
    def __init__(self, answer: Answer, banner: Banner) -> None:
        super().__init__(answer.text, banner)
        self.setObjectName(answer.name)
        self._answer = answer
        self._banner = banner
        if answer.primary:
            self.setProperty("kind", "primary")
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self._banner.hide()
        self._answer.act()
