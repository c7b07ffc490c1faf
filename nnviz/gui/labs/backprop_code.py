"""The PyTorch code beside the network, with the line of the last number marked."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from nnviz.core.labs.backprop.listing import Listing, listing
from nnviz.core.labs.backprop.program import Op
from nnviz.core.labs.backprop.walk import Walk
from nnviz.gui.export.highlighter import Highlighter
from nnviz.gui.style.theme import Theme


class CodePane(QPlainTextEdit):
    """A script that runs by itself and computes the round that is on the screen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._listing: Listing | None = None
        self._highlighter: Highlighter | None = None
        self._line = 0
        self.setObjectName("backprop_code")
        self.setAccessibleName(self.tr("The same in PyTorch"))
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.set_theme(theme)

    def show_walk(self, walk: Walk, op: Op | None) -> None:
        """Show the current round's script, and mark the line of an operation."""
        fresh = listing(walk.net, walk.beginning().as_start())
        if fresh != self._listing:
            if self._highlighter is not None:
                self._highlighter.setDocument(None)
            self._listing = fresh
            self.setPlainText(fresh.text)
            self._highlighter = Highlighter(self.document(), self._theme)
        self._line = fresh.line_of(op) if op is not None else 0
        self._mark()

    @property
    def marked_line(self) -> str:
        """The text of the marked line."""
        return self.document().findBlockByNumber(self._line).text()

    def _mark(self) -> None:
        block = self.document().findBlockByNumber(self._line)
        cursor = QTextCursor(block)
        mark = QTextEdit.ExtraSelection()
        mark.format.setBackground(self._theme.colour("accent_soft"))
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        mark.cursor = cursor
        self.setExtraSelections([mark])
        self.setTextCursor(cursor)
        self.centerCursor()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._theme = theme
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.caption_px + 1)
        self.setFont(font)
        self.setStyleSheet(f"font-size: {theme.caption_px + 1}px; font-family: '{font.family()}'; border: none;")
        self.setFixedWidth(round(27 * theme.font_px))
        if self._highlighter is not None:
            self._highlighter.set_theme(theme)
            self._mark()
