"""What a network's answer means in words, and the card that says it in large type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from nnviz.gui.style.icons import pixmap
from nnviz.gui.style.theme import LIGHT, Theme

SURE = 0.85
"""From this probability on the answer is said without a doubt."""

RIVAL = 0.10
"""From this probability on a second class is named beside the best."""

PAIR = 0.85
"""Two classes that reach this together are the only ones in question."""

LIKELY = 0.50
"""From this probability on the best class is at least more probable than all others together."""


class Certainty(Enum):
    """How much an answer is worth."""

    SURE = "sure"
    PAIR = "pair"
    LIKELY = "likely"
    NONE = "none"


@dataclass(frozen=True)
class Verdict:
    """An answer, judged.

    Attributes:
        certainty: How much it is worth.
        best: Index of the most probable class.
        second: Index of the next one.
    """

    certainty: Certainty
    best: int
    second: int


def judge(probabilities: ArrayLike) -> Verdict:
    """What probabilities, (classes,), are worth; they need not be calibrated, but the words are only as good as they.

    Raises:
        ValueError: If there are fewer than two classes.
    """
    p = np.nan_to_num(np.asarray(probabilities, dtype=np.float64))
    if p.ndim != 1 or len(p) < 2:
        raise ValueError(f"Probabilities of at least two classes are needed; the shape is {p.shape}.")
    # Stable, so that of equals the first class stays the best while bars jitter.
    best, second = (int(index) for index in np.argsort(-p, kind="stable")[:2])
    if p[best] >= SURE:
        certainty = Certainty.SURE
    elif p[second] >= RIVAL and p[best] + p[second] >= PAIR:
        certainty = Certainty.PAIR
    elif p[best] >= LIKELY:
        certainty = Certainty.LIKELY
    else:
        certainty = Certainty.NONE
    return Verdict(certainty, best, second)


class VerdictCard(QFrame):
    """The answer: a large sign, a sentence, and who gives it.

    Attributes:
        sentence: What it says.
        source: Which network says it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdict")
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("Answer"))
        self._theme = LIGHT
        self._sign = _Sign(self)
        # One label for both, so that short and long answers stand in the middle without moving what is around them.
        self._words = QLabel(self)
        self._words.setObjectName("verdict_words")
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._words, 1)
        self.sentence = ""
        self.source = ""
        self.set_theme(LIGHT)
        self.show_nothing()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours and sizes of another theme."""
        self._theme = theme
        space = theme.space
        self._row.setContentsMargins(2 * space, round(1.5 * space), 2 * space, round(1.5 * space))
        self._row.setSpacing(2 * space)
        self._sign.set_theme(theme)
        # Else the label, which would like to be narrow and high, would give the height. The edge is 1 px wide.
        self.setFixedHeight(self._sign.sizeHint().height() + 2 * round(1.5 * space) + 2)
        self._write()

    def show_nothing(self) -> None:
        """Say that there is nothing to be read."""
        self._sign.show_text("", certain=False)
        self._say(self.tr("Nothing drawn yet"), self.tr("The answer appears while you draw."))

    def show_unreadable(self) -> None:
        """Say that there is a picture, but no ink on it."""
        self._sign.show_text("", certain=False)
        self._say(self.tr("I see no ink"), self.tr("The picture looks like an empty page."))

    def show_waiting(self) -> None:
        """Say that the network is not there yet."""
        self._sign.show_text("", certain=False)
        self._say(self.tr("One moment"), self.tr("The network is being loaded."))

    def show_number(self, verdicts: Sequence[Verdict], classes: Sequence[str], source: str) -> None:
        """Say which number several digits side by side are.

        Args:
            verdicts: The judged answer of each digit, from left to right.
            classes: Names of the classes.
            source: Which network answered and how long it was trained, in words.
        """
        signs = ["?" if verdict.certainty is Certainty.NONE else classes[verdict.best] for verdict in verdicts]
        number = "".join(signs)
        doubts = [verdict for verdict in verdicts if verdict.certainty is not Certainty.SURE]
        self._sign.show_text(number, certain=not doubts)
        if not doubts:
            sentence = self.tr("This is the number {0}").format(number)
        elif len(doubts) == 1 and doubts[0].certainty is Certainty.PAIR:
            best, second = classes[doubts[0].best], classes[doubts[0].second]
            sentence = self.tr("{0}: I am not sure of the {1}, it may be a {2}").format(number, best, second)
        else:
            sentence = self.tr("{0}: I am not sure of every digit").format(number)
        self._say(sentence, source)

    def show_verdict(self, verdict: Verdict, classes: Sequence[str], source: str) -> None:
        """Say what the network reads.

        Args:
            verdict: The judged answer.
            classes: Names of the classes.
            source: Which network answered and how long it was trained, in words.
        """
        best, second = classes[verdict.best], classes[verdict.second]
        signs = {Certainty.PAIR: self.tr("{0} / {1}").format(best, second), Certainty.NONE: "?"}
        sign = signs.get(verdict.certainty, best)
        self._sign.show_text(sign if len(sign) <= 7 else best[:1], certain=verdict.certainty is Certainty.SURE)
        digits = all(len(name) == 1 and name.isdigit() for name in classes)
        self._say(self._sentence(verdict.certainty, best, second, digits), source)

    def _sentence(self, certainty: Certainty, best: str, second: str, digits: bool) -> str:
        if certainty is Certainty.SURE:
            if not digits:
                return self.tr("This is: {0}").format(best)
            # English says "an 8"; a translation may need no difference.
            return self.tr("This is an 8") if best == "8" else self.tr("This is a {0}").format(best)
        if certainty is Certainty.PAIR:
            return self.tr("{0} or {1}: I am not sure").format(best, second)
        if certainty is Certainty.LIKELY:
            return self.tr("Perhaps {0}: I am not sure").format(best)
        if digits:
            return self.tr("I cannot tell: it looks like no digit I know")
        return self.tr("I cannot tell: it looks like nothing I know")

    def _say(self, sentence: str, source: str) -> None:
        if (sentence, source) != (self.sentence, self.source):
            self.sentence, self.source = sentence, source
            self.setAccessibleDescription(f"{sentence}. {source}")
            self._write()

    def _write(self) -> None:
        theme = self._theme
        self._words.setText(
            f'<div style="font-size: {theme.title_px}px; font-weight: 600">{escape(self.sentence)}</div>'
            f'<div style="color: {theme.muted}; margin-top: {theme.space // 2}px">{escape(self.source)}</div>'
        )

    def hasHeightForWidth(self) -> bool:
        # The sign gives the height, and the words have room in it: else the whole column is laid out by what would be
        # comfortable, and scrolls where there is room for all of it.
        return False


class _Sign(QWidget):
    """A large digit on a soft ground; both at full strength only when the answer is certain."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._text = ""
        self._certain = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_text(self, text: str, *, certain: bool) -> None:
        if (text, certain) != (self._text, self._certain):
            self._text, self._certain = text, certain
            self.update()

    def sizeHint(self) -> QSize:
        side = round(self._theme.title_px * 3.9)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen if self._certain else QPen(theme.colour("border_strong"), 1))
        painter.setBrush(theme.colour("accent" if self._certain else "window"))
        painter.drawRoundedRect(box, theme.card_radius, theme.card_radius)
        if not self._text:
            side = round(self.width() * 0.34)
            icon = pixmap("draw", theme.disabled, side, self.devicePixelRatioF())
            painter.drawPixmap(round(box.center().x() - side / 2), round(box.center().y() - side / 2), icon)
            return
        font = self.font()
        font.setBold(True)
        font.setPixelSize(round(self.height() * 0.72))
        # "4 / 9" is as wide as the sign allows.
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(self._text)
        room = box.width() * 0.84
        if width > room:
            font.setPixelSize(max(8, int(font.pixelSize() * room / width)))
            painter.setFont(font)
        painter.setPen(theme.colour("on_accent" if self._certain else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._text)
