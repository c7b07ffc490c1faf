"""What RBMs make of a drawing: their reconstruction, and how probable they find it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.core.rbm.memory import Memory
from nnviz.gui.draw.sees import ink_image
from nnviz.gui.style.theme import LIGHT, Theme


class RememberedDrawing(QWidget):
    """A picture and some lines of text beside it.

    Attributes:
        memory: What is shown, or None.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("remembered_drawing")
        self.setAccessibleName(self.tr("Reconstruction"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip(
            self.tr(
                "<b>Reconstruction</b>: the drawing goes up to the hidden units of every RBM and down again, with "
                "probabilities in place of drawn states: what they remember of it.<br><b>Free energy</b> "
                "F(v) = -a v - sum log(1 + e<sup>b + W v</sup>): the lower, the more probable, for "
                "p(v) = e<sup>-F(v)</sup> / Z. By itself it says little, for Z is not known; so it is compared with "
                "the same pixels in other places, where Z falls out."
            )
        )
        self._theme = LIGHT
        self.memory: Memory | None = None
        self.show_memory(None)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours and sizes of another theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_memory(self, memory: Memory | None) -> None:
        """Show what came back, or an empty frame."""
        self.memory = memory
        self.setAccessibleDescription(" ".join(self.lines()))
        self.update()

    def lines(self) -> tuple[str, ...]:
        """What is said beside the picture."""
        memory = self.memory
        if memory is None:
            return (self.tr("What the RBM remembers of a drawing is shown here."),)
        if memory.machines == 1:
            title = self.tr("Reconstruction")
        else:
            title = self.tr("Reconstruction through {0} RBMs").format(memory.machines)
        energy = self.tr("free energy {0} nats").format(_nats(memory.free_energy))
        if memory.familiar >= 0:
            text = self.tr("{0} nats more probable than its pixels shuffled")
        else:
            text = self.tr("{0} nats less probable than its pixels shuffled")
        source = self.tr("{0}, after {1} steps").format(memory.network, f"{memory.steps:,}")
        return title, energy, text.format(_nats(abs(memory.familiar))), source

    def picture_rect(self) -> QRectF:
        """Where the picture is."""
        side = min(self.height(), self.width() * 0.4, self._theme.title_px * 5.2)
        return QRectF(0, 0, max(8.0, float(int(side))), max(8.0, float(int(side))))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.title_px * 14, round(self._theme.title_px * 4.2))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.caption_px * 21, round(self._theme.caption_px * 5.8))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.picture_rect()
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self.memory is not None:
            image = ink_image(self.memory.reconstruction, theme)
            inner = box.adjusted(3, 3, -3, -3)
            size = image.size().toSizeF().scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(QPointF(), size)
            place.moveCenter(inner.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
            painter.drawImage(place, image)
        self._write(painter, QRectF(box.right() + 1.5 * theme.space, 0, 0, self.height()))
        painter.end()

    def _write(self, painter: QPainter, area: QRectF) -> None:
        """The lines, each wrapped, the first in bold, the last one muted."""
        theme = self._theme
        width = max(10.0, self.width() - area.x())
        y = area.y()
        lines = self.lines()
        for number, text in enumerate(lines):
            font = QFont(self.font())
            font.setPixelSize(theme.caption_px)
            if number == 0 and len(lines) > 1:
                font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            last = number == len(lines) - 1
            painter.setPen(theme.colour("muted" if last else "text"))
            flags = int(Qt.TextFlag.TextWordWrap)
            room = QRectF(area.x(), y, width, 1000)
            used = painter.fontMetrics().boundingRect(room.toRect(), flags, text)
            if y and used.bottom() > self.height():
                break
            painter.drawText(room, flags, text)
            y = used.bottom() + 1 + theme.space * 0.25


def _nats(value: float) -> str:
    return f"{value:.1f}".replace("-", "−")  # noqa: RUF001
