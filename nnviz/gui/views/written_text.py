"""Live view: text that the network writes while it learns, and what it thinks comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from nnviz.core.measures.written_text import MOST_WRITTEN, written_text
from nnviz.core.probes import ProbeContext
from nnviz.core.snapshot import Snapshot
from nnviz.core.stepping import can_step
from nnviz.gui.document import Project
from nnviz.gui.spin_box import DoubleSpinBox
from nnviz.gui.style.colours import sequential_colour
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.canvas_view import CanvasView

MOST_EARLIER = 8
"""Earlier texts that are kept: from every doubling of the steps one."""

TYPE_SIZES = (2.4, 2.0, 1.7, 1.5, 1.3, 1.1, 0.95)
"""In which the text is set, as multiples of ordinary type: the first in which it leaves room for earlier ones."""
ROOM_FOR_TEXT = 0.6

NAMES = {" ": "\N{OPEN BOX}", "\n": "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}", "\t": "\N{RIGHTWARDS ARROW TO BAR}"}
"""What stands for characters that are not seen."""


def _written(context: ProbeContext, temperature: float = 1.0, seed: int = 0) -> dict[str, NDArray[Any]]:
    return written_text(context, temperature, seed, MOST_WRITTEN)


def visible(character: str) -> str:
    """A sign for a character: itself, or what stands for it where it is not seen."""
    return NAMES.get(character, character if character.isprintable() else f"U+{ord(character[0]):04X}")


class TextCanvas(Canvas):
    """The text at the left, the probabilities of a place at the right, earlier texts and the loss below.

    Attributes:
        arrays: What the probe found; None if nothing was seen.
        earlier: Steps and texts from before, the newest first.
        chosen: The place in the text whose probabilities are shown; None for what comes next.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clear(())

    def clear(self, symbols: tuple[str, ...]) -> None:
        """Forget everything: another run begins."""
        self._symbols = symbols
        self.arrays: Any = None
        self.earlier: list[tuple[int, str]] = []
        self.chosen: int | None = None
        self._now = (0, "")
        self._set_key: object = None
        self._set_now: tuple[QFont, list[QRectF]] = (QFont(), [])

    def show_text(self, step: int, arrays: Any) -> None:
        """Show what was written behind a step; now and then the last one is kept."""
        before, text = self._now
        if text and step > before and (not self.earlier or before >= 2 * max(1, self.earlier[0][0])):
            self.earlier.insert(0, self._now)
            del self.earlier[MOST_EARLIER:]
        if step < before:
            # An earlier moment of the run is shown.
            self.earlier = [kept for kept in self.earlier if kept[0] < step]
        self.arrays = arrays
        self._now = (step, self.text_of(arrays["text"]))
        self.update()

    def text_of(self, codes: NDArray[Any]) -> str:
        """Characters from their numbers."""
        return "".join(self._symbols[int(code)] for code in codes)

    @property
    def text(self) -> str:
        """What was written last."""
        return self._now[1]

    # Places

    def _fixed(self, size: float) -> QFont:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(round(size * self.theme.font_px))
        return font

    def _line(self) -> float:
        return QFontMetricsF(self.caption).height()

    def areas(self) -> tuple[QRectF, QRectF]:
        """Where text and probabilities stand: side by side, or the latter below where there is little room."""
        width, height = self.width(), self.height() - 1.6 * self._line()
        if width >= 42 * self.theme.caption_px:
            bars = min(20.0 * self.theme.caption_px, 0.38 * width)
            gap = 2.0 * self.theme.space
            return QRectF(0, 0, width - bars - gap, height), QRectF(width - bars, 0, bars, height)
        return QRectF(0, 0, width, 0.56 * height), QRectF(0, 0.58 * height, width, 0.42 * height)

    def places(self) -> list[QRectF]:
        """The box of each character, of the prompt and then of what was written; lines break where they must."""
        return self._set()[1] if self.arrays is not None else []

    def _set(self) -> tuple[QFont, list[QRectF]]:
        """The text in the largest type that leaves room for earlier ones, and the boxes of its characters."""
        whole = self.text_of(self.arrays["prompt"]) + self.text
        key = (whole, self.theme, self.width(), self.height())
        if key != self._set_key:
            area = self.areas()[0]
            for size in TYPE_SIZES:
                font = self._fixed(size)
                boxes = self._boxes(whole, area, font)
                if not boxes or boxes[-1].bottom() - area.top() <= ROOM_FOR_TEXT * area.height():
                    break
            self._set_key, self._set_now = key, (font, boxes)
        return self._set_now

    def _boxes(self, whole: str, area: QRectF, font: QFont) -> list[QRectF]:
        metrics = QFontMetricsF(font)
        height = 1.25 * metrics.height()
        x, y = area.left(), area.top() + 1.4 * self._line()
        boxes = []
        widths: dict[str, float] = {}
        for character in whole:
            sign = visible(character) if character != " " else " "
            if sign not in widths:
                widths[sign] = metrics.horizontalAdvance(sign)
            width = widths[sign]
            if x + width > area.right() and x > area.left():
                x, y = area.left(), y + height
            boxes.append(QRectF(x, y, width, height))
            x += width
            if character == "\n":
                x, y = area.left(), y + height
        return boxes

    def place_at(self, place: QPointF) -> int | None:
        """The written character under the mouse."""
        first = 0 if self.arrays is None else len(self.arrays["prompt"])
        for number, box in enumerate(self.places()[first:]):
            if box.contains(place):
                return number
        return None

    # Painting

    def paint(self, painter: QPainter) -> None:
        """Text, probabilities, loss."""
        if self.arrays is None:
            return
        bottom = self._paint_text(painter)
        self._paint_earlier(painter, bottom)
        self._paint_bars(painter)
        self._paint_bits(painter)

    def _paint_text(self, painter: QPainter) -> float:
        theme, area = self.theme, self.areas()[0]
        line = self._line()
        heading = self.tr("Step {0}: read (grey), then written").format(f"{self._now[0]:,}")
        self.write(painter, QRectF(area.x(), area.y(), area.width(), line), heading)
        first = len(self.arrays["prompt"])
        fixed, boxes = self._set()
        ascent = QFontMetricsF(fixed).ascent()
        painter.setFont(fixed)
        muted, ink = theme.colour("muted"), theme.colour("text")
        whole = self.text_of(self.arrays["prompt"]) + self.text
        for number, (character, box) in enumerate(zip(whole, boxes, strict=True)):
            if box.bottom() > area.bottom():
                break
            if number - first == self.chosen:
                painter.fillRect(box, theme.colour("accent_soft"))
                painter.setPen(QPen(theme.colour("accent"), 2))
                painter.drawLine(box.bottomLeft(), box.bottomRight())
            if character == " ":
                continue
            painter.setPen(muted if number < first or character in NAMES else ink)
            painter.drawText(QPointF(box.x(), box.y() + ascent), visible(character))
        painter.setFont(self.caption)
        return min(area.bottom(), boxes[-1].bottom() if boxes else area.top())

    def _paint_earlier(self, painter: QPainter, top: float) -> None:
        area, line = self.areas()[0], 1.25 * self._line()
        y = top + line
        if not self.earlier or y + 2 * line > area.bottom():
            return
        self.write(painter, QRectF(area.x(), y, area.width(), line), self.tr("Earlier"))
        y += line
        widest = max(painter.fontMetrics().horizontalAdvance(f"{step:,}") for step, _ in self.earlier)
        for step, text in self.earlier:
            if y + line > area.bottom():
                break
            self.write(painter, QRectF(area.x(), y, widest, line), f"{step:,}", "muted", Qt.AlignmentFlag.AlignRight)
            left = area.x() + widest + self.theme.space
            # A line of one size: what is not seen is written as its sign.
            shown = "".join(character if character == " " else visible(character) for character in text)
            self.write(painter, QRectF(left, y, area.right() - left, line), shown, "text")
            y += line

    def bars(self) -> list[tuple[str, float]]:
        """The most probable characters of the place that is shown, and their probabilities."""
        if self.arrays is None:
            return []
        row = len(self.text) if self.chosen is None else self.chosen
        return [
            (self._symbols[int(code)], float(share))
            for code, share in zip(self.arrays["top"][row], self.arrays["shares"][row], strict=True)
        ]

    def bar_rects(self) -> list[QRectF]:
        """The boxes that the bars would fill at a probability of 1."""
        area, line = self.areas()[1], self._line()
        top = area.top() + 1.6 * line
        # The least likely ones are left out where there is no room for them.
        count = min(len(self.bars()), int((area.bottom() - top) / (1.15 * line)))
        height = min(1.7 * line, (area.bottom() - top) / max(1, count))
        name, number = 2.6 * self.theme.font_px, 3.6 * self.theme.caption_px
        return [
            QRectF(area.left() + name, top + row * height + 0.12 * height, area.width() - name - number, 0.76 * height)
            for row in range(count)
        ]

    def _paint_bars(self, painter: QPainter) -> None:
        theme, area, line = self.theme, self.areas()[1], self._line()
        head = QRectF(area.x(), area.y(), area.width(), line)
        if self.chosen is None:
            text = self.tr("What comes next")
        else:
            text = self.tr("At place {0}, where {1} was drawn").format(self.chosen + 1, visible(self.text[self.chosen]))
        self.write(painter, head, text)
        rects = self.bar_rects()
        if not rects or rects[0].height() < 4:
            return
        for (character, share), box in zip(self.bars(), rects, strict=False):
            drawn = self.chosen is not None and character == self.text[self.chosen]
            painter.fillRect(box, theme.colour("hover"))
            painter.fillRect(
                QRectF(box.x(), box.y(), max(1.0, share * box.width()), box.height()),
                sequential_colour(theme, 0.3 + 0.5 * share),
            )
            name = QRectF(area.x(), box.y(), box.x() - area.x() - theme.space, box.height())
            colour = "accent_text" if drawn else "text"
            self.write(painter, name, visible(character), colour, Qt.AlignmentFlag.AlignRight)
            right = QRectF(box.right() + 2, box.y(), area.right() - box.right() - 2, box.height())
            self.write(painter, right, f"{100 * share:.1f} %", colour, Qt.AlignmentFlag.AlignRight)

    def _paint_bits(self, painter: QPainter) -> None:
        theme, line = self.theme, self._line()
        bits, chance = float(self.arrays["bits"]), float(self.arrays["chance"])
        row = QRectF(0, self.height() - 1.2 * line, self.width(), line)
        text = self.tr("{0} bits per character of unseen text; {1} by chance").format(f"{bits:.2f}", f"{chance:.2f}")
        wide = painter.fontMetrics().horizontalAdvance(text) + theme.space
        self.write(painter, row, text, "text")
        scale = QRectF(wide, row.center().y() - 3, self.width() - wide, 6)
        if scale.width() > 6 * theme.caption_px:
            painter.fillRect(scale, theme.colour("hover"))
            scale.setWidth(scale.width() * min(1.0, bits / chance if chance else 1.0))
            painter.fillRect(scale, theme.colour("accent"))

    # Pointing and choosing

    def text_at(self, place: QPointF) -> str:
        """How likely the character under the mouse was, or a bar's exact number."""
        number = self.place_at(place)
        if number is not None:
            return self.tr("{0} was drawn with a probability of {1}. Click to see what else could have come.").format(
                visible(self.text[number]), f"{float(self.arrays['drawn_at'][number]):.4f}"
            )
        for (character, share), box in zip(self.bars(), self.bar_rects(), strict=False):
            if box.contains(place):
                return f"{visible(character)}: {share:.6f}"
        return ""

    def choose(self, place: int | None) -> None:
        """Show the probabilities of another place; None for what comes next."""
        self.chosen = place
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            number = self.place_at(event.position())
            self.choose(None if number == self.chosen else number)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self.text)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and last:
            place = last if self.chosen is None else self.chosen
            place += 1 if key == Qt.Key.Key_Right else -1
            self.choose(None if place >= last else max(0, place))
        else:
            super().keyPressEvent(event)


@VIEWS.register
class WrittenText(CanvasView):
    """Text by the network as it is now, the loss in bits, and the probabilities of what comes next."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Text"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "The network reads a few characters and then writes by itself: each character is drawn from the "
            "probabilities that it gives, and read as the next one.",
        )
    )
    order = 26
    probe = staticmethod(_written)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only where the next of a sequence's symbols is told at every step."""
        data = project.dataset
        return (
            data.forecasts
            and data.symbols > 0
            and data.symbol_names == data.classes
            and bool(project.training.loss.probabilities)
            and can_step(project.network)
        )

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.page = TextCanvas(theme)
        super().__init__(theme, self.page, parent)
        self._seed = 0
        self._temperature = DoubleSpinBox()
        self._temperature.setObjectName("written_text_temperature")
        self._temperature.setAccessibleName(self.tr("Temperature"))
        self._temperature.setToolTip(
            self.tr("Below 1 the likely characters become likelier; above 1 the text becomes wilder.")
        )
        self._temperature.setPrefix(self.tr("Temperature "))
        self._temperature.setRange(0.05, 3.0)
        self._temperature.setSingleStep(0.1)
        self._temperature.setDecimals(2)
        self._temperature.setValue(1.0)
        self._temperature.setKeyboardTracking(False)
        self._temperature.valueChanged.connect(self._on_asked)
        self._another = QPushButton(self.tr("Another"))
        self._another.setObjectName("written_text_another")
        self._another.setToolTip(self.tr("Write with other random numbers. The same ones are used until then."))
        self._another.clicked.connect(self._on_another)
        self.add_control(self._temperature)
        self.add_control(self._another)

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run."""
        self.page.clear(project.dataset.symbol_names)
        super().begin(project, total_steps)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest text."""
        self.page.show_text(snapshot.step, snapshot.arrays)
        super().show_snapshot(snapshot)

    def table(self) -> list[Sequence[object]]:
        """Each written character, its probability, and the likeliest one at its place."""
        page = self.page
        rows: list[Sequence[object]] = [("place", "character", "probability", "likeliest", "its probability")]
        if page.arrays is not None:
            for place, character in enumerate(page.text):
                best = page.text_of(page.arrays["top"][place, :1])
                drawn, top = float(page.arrays["drawn_at"][place]), float(page.arrays["shares"][place, 0])
                rows.append((place + 1, visible(character), drawn, visible(best), top))
            rows.append(("bits per character", "", float(page.arrays["bits"]), "", ""))
        return rows

    @Slot()
    def _on_asked(self) -> None:
        self.ask(temperature=self._temperature.value(), seed=self._seed)

    @Slot()
    def _on_another(self) -> None:
        self._seed += 1
        self._on_asked()
