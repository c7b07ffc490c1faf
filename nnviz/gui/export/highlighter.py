"""Python source in the theme's colours."""

from __future__ import annotations

from pygments import lex
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from nnviz.gui.style.theme import Theme

_LOOKS: tuple[tuple[_TokenType, str, bool, bool], ...] = (
    # Orange and blue mean negative and positive everywhere in the window, so weight and slant tell more than colour.
    (Comment, "muted", False, True),
    (String.Doc, "muted", False, True),
    (String.Affix, "accent_text", False, False),
    (String.Interpol, "accent_text", False, False),
    (Name.Function, "text", True, False),
    (Name.Class, "text", True, False),
    (Operator.Word, "accent_text", True, False),
    (Keyword.Constant, "accent_text", False, False),
    (Keyword, "accent_text", True, False),
    (Number, "accent_text", False, False),
    (String, "muted", False, False),
)
"""Token, colour of the theme, whether it is bold and whether it is slanted; the first that fits counts."""


class Highlighter(QSyntaxHighlighter):
    """Colours a document that does not change; told apart by Pygments, once."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._spans = _spans(document.toPlainText())
        self._theme = theme
        self.rehighlight()

    def set_theme(self, theme: Theme) -> None:
        """Colour everything anew."""
        self._theme = theme
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for first, length, look in self._spans.get(self.currentBlock().blockNumber(), ()):
            _, colour, bold, italic = _LOOKS[look]
            style = QTextCharFormat()
            style.setForeground(self._theme.colour(colour))
            style.setFontItalic(italic)
            if bold:
                style.setFontWeight(QFont.Weight.DemiBold)
            self.setFormat(first, length, style)


def _spans(source: str) -> dict[int, list[tuple[int, int, int]]]:
    """By number of the line: first character, length and look of what is not ordinary text."""
    spans: dict[int, list[tuple[int, int, int]]] = {}
    line = column = 0
    for token, text in lex(source, PythonLexer(stripnl=False, ensurenl=False)):
        look = next((index for index, (kind, *_) in enumerate(_LOOKS) if token in kind), None)
        for index, part in enumerate(text.split("\n")):
            if index:
                line, column = line + 1, 0
            if look is not None and part:
                # Qt counts in UTF-16, where a rare letter takes two places.
                spans.setdefault(line, []).append((column, _utf16(part), look))
            column += _utf16(part)
    return spans


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
