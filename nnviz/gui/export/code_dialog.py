"""The program behind a network, to be read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from nnviz.gui.export.highlighter import Highlighter
from nnviz.gui.style.appearance import Appearance
from nnviz.gui.style.icons import icon

COLUMNS = 104
LINES = 34


class CodeDialog(QDialog):
    """Shows Python source in colours, with buttons to copy and to save it; the window behind it can be used.

    Signals:
        copied(str): The source is on the clipboard; a sentence for people.
        save_requested: The source is to be written to a file.
    """

    copied = Signal(str)
    save_requested = Signal()

    def __init__(self, source: str, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code_dialog")
        self.setWindowTitle(self.tr("PyTorch code"))
        self._appearance = appearance
        self._source = source
        self._make_widgets()
        self._lay_out()
        self._copy.clicked.connect(self._on_copy)
        self._save.clicked.connect(self.save_requested)
        self._close.clicked.connect(self.close)
        appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._resize()

    def _make_widgets(self) -> None:
        self._title = QLabel(self.tr("PyTorch code"))
        self._title.setProperty("kind", "title")
        self._hint = QLabel(
            self.tr(
                "A complete program: it loads the data, trains this network and ends with the same weights, "
                "without nnviz."
            )
        )
        self._hint.setProperty("kind", "muted")
        self._hint.setWordWrap(True)
        self._text = QPlainTextEdit()
        self._text.setObjectName("code_text")
        self._text.setAccessibleName(self.tr("PyTorch code"))
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        # Without this, text that is read only has no cursor for the keyboard.
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setPlainText(self._source)
        self._highlighter = Highlighter(self._text.document(), self._appearance.theme)
        self._copy = self._button("copy_code_button", self.tr("Copy"))
        self._save = self._button("save_code_button", self.tr("Save..."))
        self._close = self._button("close_code_button", self.tr("Close"))
        self._close.setDefault(True)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        return button

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._title)
        self._column.addWidget(self._hint)
        self._column.addWidget(self._text, 1)
        self._row = QHBoxLayout()
        self._row.addWidget(self._copy)
        self._row.addWidget(self._save)
        self._row.addStretch()
        self._row.addWidget(self._close)
        self._column.addLayout(self._row)
        self._text.setFocus()

    def _resize(self) -> None:
        metrics = QFontMetrics(self._text.font())
        space = self._appearance.theme.space
        width = metrics.horizontalAdvance("m") * COLUMNS + 8 * space
        height = metrics.lineSpacing() * LINES + 20 * space
        screen = self.screen().availableSize()
        self.resize(min(width, screen.width() - 8 * space), min(height, screen.height() - 8 * space))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._source)
        self.copied.emit(self.tr("The PyTorch code is on the clipboard."))

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._appearance.theme
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.font_px)
        # A style sheet's font would win over setFont().
        self._text.setStyleSheet(f'QPlainTextEdit {{ font-family: "{font.family()}"; font-size: {theme.font_px}px; }}')
        self._text.setFont(font)
        self._highlighter.set_theme(theme)
        self._copy.setIcon(icon("copy", theme))
        self._save.setIcon(icon("save", theme))
        self._column.setContentsMargins(*[theme.space * 2] * 4)
        self._column.setSpacing(theme.space)
        self._row.setSpacing(theme.space)
