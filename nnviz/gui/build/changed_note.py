"""What is asked when a network is changed while another state of it is being trained."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import pixmap


class ChangedNote(QFrame):
    """Says that the training still has the old network, and offers the three ways to go on.

    It does not interrupt: until something is chosen, the old network is trained as before.

    Signals:
        go_on_requested(): Train the changed network, with what was learned as far as it fits.
        start_over_requested(): Train the changed network from fresh random weights.
        take_back_requested(): Return to the network that was trained.
    """

    go_on_requested = Signal()
    start_over_requested = Signal()
    take_back_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setObjectName("running_note")
        self.setProperty("kind", "warning")
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setObjectName("running_note_text")
        self._text.setWordWrap(True)
        self._go_on = self._button(
            "keep_learned_button",
            self.tr("Train the changed one"),
            self.tr("What was learned is kept as far as it fits. New parts start with fresh random weights."),
        )
        self._start_over = self._button(
            "start_over_button",
            self.tr("Start over"),
            self.tr("Train the changed network from fresh random weights. What was learned is forgotten."),
        )
        self._take_back = self._button(
            "take_back_button", self.tr("Take the change back"), self.tr("Return to the network that was trained.")
        )
        self._go_on.clicked.connect(self.go_on_requested)
        self._start_over.clicked.connect(self.start_over_requested)
        self._take_back.clicked.connect(self.take_back_requested)
        words = QHBoxLayout()
        words.addWidget(self._icon)
        words.addWidget(self._text, 1)
        self._buttons = QHBoxLayout()
        for button in (self._go_on, self._start_over, self._take_back):
            self._buttons.addWidget(button)
        self._buttons.addStretch()
        self._column = QVBoxLayout(self)
        self._column.addLayout(words)
        self._column.addLayout(self._buttons)
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_question(self, *, can_be_trained: bool, has_ended: bool) -> None:
        """Ask; a changed network that is wrong somewhere can only be mended or taken back.

        Args:
            can_be_trained: Whether the changed network is right.
            has_ended: Whether the training of the old one is over.
        """
        if can_be_trained and has_ended:
            self._text.setText(self.tr("You changed the network since it was trained. How should it be trained now?"))
        elif can_be_trained:
            self._text.setText(
                self.tr("You changed the network, but the training still has the old one. What should happen?")
            )
        elif has_ended:
            self._text.setText(self.tr("What was learned belongs to the network before your change."))
        else:
            self._text.setText(
                self.tr("The training still has the old network. Mend the changed one to train it, or take it back.")
            )
        self._go_on.setEnabled(can_be_trained)
        self._start_over.setEnabled(can_be_trained)
        self.show()

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleDescription(tip)
        button.setToolTip(f"<p>{tip}</p>")
        return button

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        space = theme.space
        self._column.setContentsMargins(round(1.5 * space), space, round(1.5 * space), space)
        self._buttons.setContentsMargins(theme.icon_px + space, 0, 0, 0)
        self._buttons.setSpacing(space)
        self._icon.setPixmap(pixmap("info", theme.warning, theme.icon_px, self.devicePixelRatioF()))
