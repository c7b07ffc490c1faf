"""What happened in a run, as thin lines with a word each, behind the curves of a plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from nnviz.gui.style.theme import Theme

ROWS = 2
"""Lines of type that words may take: more would hide the curves."""

PAD = 4.0


@dataclass(frozen=True)
class Mark:
    """Something that happened.

    Attributes:
        step: Where the line stands.
        text: What it says.
        urgency: Whose word is written where there is no room for all: the smallest first.
    """

    step: int
    text: str
    urgency: int = 0


class EventMarks(pg.GraphicsObject):
    """Lines over the whole height of a view box, and words beside them at its upper or lower edge.

    It belongs to the plot's ground, which is painted once and kept. No two words overlap: where there is no room for
    one, its line stands alone.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__()
        self._box = box
        self._marks: tuple[Mark, ...] = ()
        self._theme: Theme | None = None
        self._at_top = True
        self.setParentItem(box)
        self.setZValue(-1)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        box.sigXRangeChanged.connect(self._on_changed)
        box.sigResized.connect(self._on_resized)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these, and no others."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.update()

    def set_at_top(self, at_top: bool) -> None:
        """Say at which edge the words stand: where the curves are not, in the end."""
        self._at_top = at_top
        self.update()

    @property
    def shown(self) -> tuple[tuple[Mark, ...], bool]:
        """The marks, and whether their words stand at the top."""
        return self._marks, self._at_top

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._theme = theme
        self.update()

    def places(self) -> list[tuple[Mark, float, QRectF | None]]:
        """Each mark on the axis with its x and the room of its word, in pixels of the view box; None if it has none."""
        if self._theme is None:
            return []
        area = self.boundingRect()
        (start, end), _ = self._box.viewRange()
        if end <= start or area.width() <= 0:
            return []
        metrics = QFontMetricsF(self._type())
        high = metrics.height() + 2
        taken: list[QRectF] = []
        placed: dict[Mark, tuple[float, QRectF | None]] = {}
        for mark in sorted(self._marks, key=lambda mark: (mark.urgency, mark.step)):
            if not start <= mark.step <= end:
                continue
            x = area.left() + (mark.step - start) / (end - start) * area.width()
            wide = metrics.horizontalAdvance(mark.text) + 2 * PAD
            room = self._room(x, wide, high, area, taken) if mark.text else None
            if room is not None:
                taken.append(room)
            placed[mark] = (x, room)
        return [(mark, *place) for mark, place in placed.items()]

    def boundingRect(self) -> QRectF:
        return QRectF(self._box.rect())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._theme is None:
            return
        area, places = self.boundingRect(), self.places()
        painter.setPen(QPen(self._theme.colour("border_strong"), 1))
        for _, x, _ in places:
            # Half a pixel beside whole ones, where a line of one pixel is sharp.
            painter.drawLine(QLineF(round(x) + 0.5, area.top(), round(x) + 0.5, area.bottom()))
        painter.setFont(self._type())
        ground = QColor(self._theme.colour("surface"))
        ground.setAlpha(215)
        for mark, _, room in places:
            if room is not None:
                painter.fillRect(room, ground)
                painter.setPen(self._theme.colour("muted"))
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, mark.text)

    def _room(self, x: float, wide: float, high: float, area: QRectF, taken: list[QRectF]) -> QRectF | None:
        for row in range(ROWS):
            y = area.top() + row * high if self._at_top else area.bottom() - (row + 1) * high
            # Behind the line, in front of it, or across it in a plot that is hardly wider than the word.
            for left in (x + 1, x - 1 - wide, min(max(x - wide / 2, area.left()), area.right() - wide)):
                room = QRectF(QPointF(left, y), QPointF(left + wide, y + high))
                inside = room.left() >= area.left() and room.right() <= area.right()
                if inside and not any(room.intersects(other) for other in taken):
                    return room
        return None

    def _type(self) -> QFont:
        font = QFont()
        if self._theme is not None:
            font.setPixelSize(self._theme.caption_px)
        return font

    def _on_changed(self) -> None:
        self.update()

    def _on_resized(self) -> None:
        self.prepareGeometryChange()
        self.update()
