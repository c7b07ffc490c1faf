"""How many samples each class has, as bars with counts, in one paint item."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.gui.spec_text import count_text
from nnviz.gui.style.appearance import Appearance


class ClassBars(QWidget):
    """One bar per class with its name, its count and its share; as high as all of them need.

    Attributes:
        counts: What is shown: name and number of samples of each class.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.counts: tuple[tuple[str, int], ...] = ()
        self.setObjectName("class_bars")
        self.setAccessibleName(self.tr("Samples of each class"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.theme_changed.connect(self._on_theme_changed)

    def show_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """Show these classes, in this order."""
        self.counts = tuple(counts)
        self.setAccessibleDescription("; ".join(f"{name}: {count_text(count)}" for name, count in self.counts))
        self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        theme = self._appearance.theme
        return round(theme.font_px * 1.7)

    def _type(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._appearance.theme.font_px)
        return font

    def sizeHint(self) -> QSize:
        """As high as all classes need."""
        return QSize(20 * self._appearance.theme.font_px, self._row_height() * max(1, len(self.counts)))

    def minimumSizeHint(self) -> QSize:
        """Room for names, short bars and counts."""
        return QSize(14 * self._appearance.theme.font_px, self.sizeHint().height())

    def _count_text(self, count: int, total: int) -> str:
        share = self.locale().toString(100 * count / max(1, total), "f", 1)
        return self.tr("{0} ({1} %)").format(count_text(count), share)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are on the screen."""
        if not self.counts:
            return
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._type()
        metrics = QFontMetrics(font)
        painter.setFont(font)
        total = sum(count for _, count in self.counts)
        texts = [self._count_text(count, total) for _, count in self.counts]
        names = min(max(metrics.horizontalAdvance(name) for name, _ in self.counts) + 1, round(self.width() * 0.35))
        numbers = max(metrics.horizontalAdvance(text) for text in texts) + 1
        gap = theme.space
        room = max(1, self.width() - names - numbers - 2 * gap)
        most = max(1, *(count for _, count in self.counts))
        height = self._row_height()
        first = max(0, event.rect().top() // height)
        middle = Qt.AlignmentFlag.AlignVCenter
        for row in range(first, min(len(self.counts), event.rect().bottom() // height + 1)):
            name, count = self.counts[row]
            top = row * height
            painter.setPen(theme.colour("text"))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(QRectF(0, top, names, height), Qt.AlignmentFlag.AlignRight | middle, shown)
            thick = height * 0.56
            track = QRectF(names + gap, top + (height - thick) / 2, room, thick)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(track, 3, 3)
            painter.setBrush(theme.colour("accent"))
            painter.save()
            painter.setClipRect(QRectF(track.x(), top, room * count / most, height))
            painter.drawRoundedRect(track, 3, 3)
            painter.restore()
            painter.setPen(theme.colour("muted"))
            painter.drawText(
                QRectF(self.width() - numbers, top, numbers, height), Qt.AlignmentFlag.AlignRight | middle, texts[row]
            )

    @Slot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
