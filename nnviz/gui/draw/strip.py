"""The way from the drawing to the network's input, step by step, as small pictures in a row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QHelpEvent, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QToolTip, QWidget

from nnviz.core.ink import ALL_STEPS, MNIST, Preparation
from nnviz.gui.draw.sees import ink_image
from nnviz.gui.style.theme import LIGHT, Theme

STAGES = ("drawn", "cropped", "scaled", "centred", "final")

STEPS = {"cropped": ("crop",), "scaled": ("scale", "pen"), "centred": ("centre",), "final": ("smooth",)}
"""Which steps of the preparation lead to a stage, and are left out with it."""


class PreparationStrip(QWidget):
    """The stages of one preparation, from left to right; what each does is said when the mouse rests on it.

    Each step can be left out, so that a class can see what goes wrong without it.

    Attributes:
        steps: Which steps are done.

    Signals:
        steps_changed(InkSteps): Other steps are done from now on.
    """

    steps_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preparation_strip")
        self.setAccessibleName(self.tr("Preparation"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # It paints its own ground: what lies under it, cards and page, need not be painted again for every answer.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = LIGHT
        self._preparation: Preparation | None = None
        self._images: list[QImage] = []
        self._frame = MNIST.frame
        self.steps = ALL_STEPS
        self._switches: dict[str, QCheckBox] = {}
        for name in STEPS:
            switch = QCheckBox(self._caption(name), self)
            switch.setObjectName(f"step_{name}")
            switch.setAccessibleName(self._caption(name))
            switch.setChecked(True)
            switch.setToolTip(self._explanation(name))
            switch.setAccessibleDescription(self._explanation(name))
            switch.toggled.connect(self._on_switched)
            self._switches[name] = switch
        self.setAccessibleDescription(" → ".join(self._caption(name) for name in STAGES))

    def set_theme(self, theme: Theme) -> None:
        """Use the colours and sizes of another theme."""
        self._theme = theme
        for switch in self._switches.values():
            font = QFont(switch.font())
            font.setPixelSize(theme.caption_px)
            switch.setFont(font)
        self.updateGeometry()
        self._place_switches()
        self.show_preparation(self._preparation)

    def show_preparation(self, preparation: Preparation | None) -> None:
        """Show the stages of a preparation, or empty frames."""
        self._preparation = preparation
        self._images = []
        if preparation is not None and not preparation.blank:
            self._images = [ink_image(stage.picture, self._theme) for stage in preparation.stages]
            self._frame = len(preparation.image)
            self._switches["final"].setText(self._caption("final"))
        self.update()

    @Slot()
    def _on_switched(self) -> None:
        left_out = [step for name, steps in STEPS.items() if not self._switches[name].isChecked() for step in steps]
        self.steps = ALL_STEPS.replace(**dict.fromkeys(left_out, False))
        self.steps_changed.emit(self.steps)

    def _place_switches(self) -> None:
        _, gap = self._side_and_gap()
        for number, name in enumerate(STAGES):
            if name in self._switches:
                switch, box = self._switches[name], self.stage_rect(number)
                width = min(switch.sizeHint().width(), round(box.width() + gap))
                height = round(self._caption_height())
                x = min(max(0, round(box.center().x() - width / 2)), self.width() - width)
                switch.setGeometry(x, round(box.bottom()) + 1, width, height)

    def wanted_width(self) -> int:
        """Width at which every step's name can be read."""
        widest = max(switch.sizeHint().width() for switch in self._switches.values())
        return len(STAGES) * (widest + self._theme.space // 2)

    def stage_rect(self, number: int) -> QRectF:
        """Where the picture of a stage is, in coordinates of the widget."""
        side, gap = self._side_and_gap()
        return QRectF(number * (side + gap), 0.0, side, side)

    def _side_and_gap(self) -> tuple[float, float]:
        arrow = self._theme.space * 2.5
        count = len(STAGES)
        side = min((self.width() - (count - 1) * arrow) / count, self.height() - self._caption_height())
        side = max(8.0, float(int(side)))
        return side, (self.width() - count * side) / (count - 1)

    def _caption_height(self) -> float:
        return self._theme.caption_px * 2.2

    def _caption(self, name: str) -> str:
        captions = {
            "drawn": self.tr("Drawn"),
            "cropped": self.tr("Cropped"),
            "scaled": self.tr("Scaled"),
            "centred": self.tr("Centred"),
            "final": f"{self._frame} × {self._frame}",
        }
        return captions[name]

    def _explanation(self, name: str) -> str:
        explanations = {
            "drawn": self.tr("What is on the pad."),
            "cropped": self.tr("The empty paper around the ink is cut away: where you draw makes no difference."),
            "scaled": self.tr(
                "The longest side gets the data set's length and the pen its width: size and pen make no difference."
            ),
            "centred": self.tr("The ink is moved by whole pixels until its centre of mass is in the middle."),
            "final": self.tr("Averaged to the pixels that the network reads; left out, a pixel is black or white."),
        }
        return explanations[name]

    def sizeHint(self) -> QSize:
        side = round(self._theme.title_px * 4.2)
        return QSize(side * 7, round(side + self._caption_height()))

    def minimumSizeHint(self) -> QSize:
        side = round(self._theme.title_px * 2.2)
        return QSize(side * 6, round(side + self._caption_height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(theme.caption_px)
        painter.setFont(font)
        _, gap = self._side_and_gap()
        for number, name in enumerate(STAGES):
            box = self.stage_rect(number)
            painter.setPen(QPen(theme.colour("border_strong"), 1))
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            if name in self._switches and not self._switches[name].isChecked():
                painter.setPen(QPen(theme.colour("border_strong"), 1, Qt.PenStyle.DashLine))
                painter.drawLine(box.bottomLeft() + QPointF(6, -6), box.topRight() + QPointF(-6, 6))
            if self._images:
                self._paint_stage(painter, box.adjusted(3, 3, -3, -3), self._images[number], smooth=name != "final")
            if name not in self._switches:
                painter.setPen(theme.colour("muted"))
                below = QRectF(box.x() - gap / 2, box.bottom(), box.width() + gap, self._caption_height())
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._caption(name))
            if number:
                self._paint_arrow(painter, QPointF(box.x() - gap / 2, box.center().y()))
        painter.end()

    def _paint_stage(self, painter: QPainter, box: QRectF, image: QImage, *, smooth: bool) -> None:
        size = image.size().toSizeF().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(), size)
        place.moveCenter(box.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(place, image)

    def _paint_arrow(self, painter: QPainter, at: QPointF) -> None:
        painter.setPen(QPen(self._theme.colour("muted"), 1.5, c=Qt.PenCapStyle.RoundCap))
        reach = self._theme.space * 0.45
        tip = at + QPointF(reach, 0)
        painter.drawLine(at - QPointF(reach, 0), tip)
        painter.drawLine(tip, tip + QPointF(-reach * 0.8, -reach * 0.8))
        painter.drawLine(tip, tip + QPointF(-reach * 0.8, reach * 0.8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_switches()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = QPointF(event.pos())
            for number, name in enumerate(STAGES):
                if self.stage_rect(number).contains(place):
                    QToolTip.showText(event.globalPos(), self._explanation(name), self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)
