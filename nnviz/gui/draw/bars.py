"""Probabilities of all classes as bars, in one paint item."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnviz.gui.style.colours import sequential_colour
from nnviz.gui.style.theme import LIGHT, Theme

DIGITS = tuple("0123456789")

_OTHERS = 0.4
"""Where in the map of probabilities the colour of all bars but the best is taken: length says the rest."""


class ProbabilityBars(QWidget):
    """One bar per class with its name and percentage; the best one stands out.

    Where there are more classes than fit, the most probable ones are shown. Hovering a row gives the exact value.

    Attributes:
        probabilities: What is shown, (classes,), or None if nothing is.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("probability_bars")
        self.setAccessibleName(self.tr("Probabilities"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # It paints its own ground: what lies under it, cards and page, need not be painted again for every answer.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = LIGHT
        self._classes: tuple[str, ...] = DIGITS
        self.probabilities: NDArray[np.float64] | None = None
        self._hovered = -1
        self.show_nothing()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours and sizes of another theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_nothing(self) -> None:
        """Show the classes without an answer."""
        self.probabilities = None
        self.setAccessibleDescription(self.tr("Nothing drawn yet"))
        self.update()

    def show_probabilities(self, classes: Sequence[str], probabilities: ArrayLike) -> None:
        """Show an answer.

        Args:
            classes: Names of the classes.
            probabilities: One per class, from 0 to 1.
        """
        shown = np.clip(np.nan_to_num(np.asarray(probabilities, dtype=np.float64)), 0, 1)
        if tuple(classes) != self._classes:
            self._classes = tuple(classes)
            self.updateGeometry()
        elif self.probabilities is not None and np.array_equal(shown, self.probabilities):
            return
        self.probabilities = shown
        order = np.argsort(-self.probabilities, kind="stable")[:3]
        parts = (f"{self._classes[i]}: {self.percentage(self.probabilities[i])}" for i in order)
        self.setAccessibleDescription("; ".join(parts))
        self.update()

    def percentage(self, probability: float) -> str:
        """A probability in words; 0 and 100 % are only said when they are exact."""
        locale = self.locale()
        if 0 < probability < 0.0005:
            return self.tr("< {0} %").format(locale.toString(0.1, "f", 1))
        if 0.9995 <= probability < 1:
            return self.tr("> {0} %").format(locale.toString(99.9, "f", 1))
        return self.tr("{0} %").format(locale.toString(float(probability) * 100, "f", 1))

    def shown_classes(self) -> list[int]:
        """Indices of the classes that have a row, from top to bottom."""
        fitting = max(1, int(self.height() // self._least_row()))
        if len(self._classes) <= fitting:
            return list(range(len(self._classes)))
        if self.probabilities is None:
            return list(range(fitting))
        return [int(i) for i in np.argsort(-self.probabilities, kind="stable")[:fitting]]

    def row_rect(self, row: int) -> QRectF:
        """Where a row is, in coordinates of the widget."""
        height = self._row_height()
        return QRectF(0, row * height, self.width(), height)

    def _least_row(self) -> float:
        return self._theme.font_px * 1.05

    def _row_height(self) -> float:
        return min(self.height() / len(self.shown_classes()), self._theme.font_px * 4)

    def _columns(self) -> tuple[float, float]:
        """Width of the names' column and of the percentages'."""
        metrics = QFontMetrics(self._type(bold=True))
        names = max(metrics.horizontalAdvance(name) for name in self._classes)
        return min(names, self.width() * 0.35), metrics.horizontalAdvance(self.percentage(0.99999))

    def _type(self, *, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.font_px)
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        return font

    def _row_at(self, y: float) -> int:
        row = int(y // self._row_height())
        return row if 0 <= row < len(self.shown_classes()) else -1

    def _exact(self, row: int) -> str:
        index = self.shown_classes()[row]
        name = self._classes[index]
        if self.probabilities is None:
            return self.tr("{0}: nothing drawn yet").format(name)
        return self.tr("{0}: probability {1}").format(name, f"{self.probabilities[index]:.6g}")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.font_px * 22, round(self._theme.font_px * 2.2 * min(len(self._classes), 12)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.font_px * 13, round(self._least_row() * min(len(self._classes), 10)))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names, percentages = self._columns()
        gap = theme.space
        left = names + 1.5 * gap
        room = self.width() - left - percentages - 1.5 * gap
        best = -1 if self.probabilities is None else int(np.argmax(self.probabilities))
        row_height = self._row_height()
        thickness = max(4.0, min(row_height * 0.62, theme.font_px * 2))
        others = sequential_colour(theme, _OTHERS)
        fonts = {bold: self._type(bold=bold) for bold in (False, True)}
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, index in enumerate(self.shown_classes()):
            box = self.row_rect(row)
            is_best = index == best
            painter.setPen(Qt.PenStyle.NoPen)
            track = QRectF(left, box.center().y() - thickness / 2, room, thickness)
            radius = min(4.0, thickness / 2)
            painter.setBrush(theme.colour("pressed" if row == self._hovered else "hover"))
            painter.drawRoundedRect(track, radius, radius)
            painter.setFont(fonts[is_best])
            painter.setPen(theme.colour("text" if is_best or best < 0 else "muted"))
            name = painter.fontMetrics().elidedText(self._classes[index], Qt.TextElideMode.ElideRight, int(names) + 1)
            painter.drawText(QRectF(0, box.y(), names, box.height()), right, name)
            if self.probabilities is None:
                continue
            probability = float(self.probabilities[index])
            painter.drawText(
                QRectF(self.width() - percentages, box.y(), percentages, box.height()),
                right,
                self.percentage(probability),
            )
            if probability * room < 0.5:
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent") if is_best else others)
            painter.save()
            # Clipped, so that a bar of one pixel has the track's rounded end and not a pill's width.
            painter.setClipRect(QRectF(left, track.y(), room * probability, thickness))
            painter.drawRoundedRect(track, radius, radius)
            painter.restore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._row_at(event.position().y()), event.globalPosition().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1, QPoint())
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._hover(self._row_at(event.pos().y()), event.globalPos())
            return True
        return super().event(event)

    def _hover(self, row: int, at: QPoint) -> None:
        if row != self._hovered:
            self._hovered = row
            self.update()
        if row >= 0:
            QToolTip.showText(at, self._exact(row), self)
        else:
            QToolTip.hideText()
