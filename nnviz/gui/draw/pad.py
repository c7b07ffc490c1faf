"""The pad: a square of paper that mouse, pen and finger draw on. What is drawn is a `Sketch`; reading it is others'."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QCursor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEventPoint,
    QFocusEvent,
    QHideEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
    QUndoCommand,
    QUndoStack,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.core.ink import Picture
from nnviz.gui.draw.curve import curve, middle, settled_piece
from nnviz.gui.draw.incoming import IncomingPicture, has_picture
from nnviz.gui.draw.sheet import paint_hint, paint_note, paint_picture, paint_sheet, picture_image
from nnviz.gui.draw.sketch import CANVAS_SIDE, Points, Sketch
from nnviz.gui.style.theme import LIGHT, Theme

LEAST_PEN = 4
GREATEST_PEN = 40
USUAL_PEN = 18
"""Widths of the pen in units of the canvas, which is `CANVAS_SIDE` of them wide."""

ERASER_RADIUS = 14.0
"""In units of the canvas."""

UNDO_LIMIT = 200

_SAME_PLACE = 0.01
"""Below this extent, in device-independent pixels, Qt draws no line at all."""


class Source(Enum):
    """What is drawing at the moment; only it can go on with the stroke or end it."""

    MOUSE = "mouse"
    PEN = "pen"
    TOUCH = "touch"


class DrawingPad(QWidget):
    """Takes strokes from mouse, pen and touch, keeps them as points and paints them as smooth curves.

    A stroke ends when its button is released, and also when the pad loses the focus or is hidden or the button turns
    out to have been released elsewhere: no stroke is lost and none sticks to the pointer. Points outside the paper are
    put on its edge, so that what is read is always what is seen. The pen's width is one for the whole drawing.

    Attributes:
        undo_stack: Every stroke, erasure, picture and clearing, to be taken back.
        incoming: The picture that is read at the moment.

    Signals:
        drawing_changed(): What is on the pad is different, also while a stroke is being drawn.
        stroke_finished(): The pen was lifted: nothing more follows for the moment.
        pen_width_changed(int): The pen has another width, in units of the canvas.
        erasing_changed(bool): The pad erases now, or draws again.
        picture_refused(str): A picture that came could not be read; the sentence says why.
    """

    drawing_changed = Signal()
    stroke_finished = Signal()
    pen_width_changed = Signal(int)
    erasing_changed = Signal(bool)
    picture_refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawing_pad")
        self.setAccessibleName(self.tr("Drawing pad"))
        self.setAccessibleDescription(self.tr("Draw a digit with mouse, pen or finger, or drop a picture of one here."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAcceptDrops(True)
        # A move without a button tells of a release that went elsewhere.
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        self._theme: Theme = LIGHT
        self._sketch = Sketch()
        self._pen_width = USUAL_PEN
        self._erasing = False
        self._source: Source | None = None
        self._touch_id = -1
        self._live: list[tuple[float, float]] = []
        """Points of the stroke that is being drawn, in units of the canvas."""
        self._before_erasing: Sketch | None = None
        self._erased_to: tuple[float, float] | None = None
        self._drop_hovers = False
        self.incoming = IncomingPicture(self)
        self.incoming.arrived.connect(self.show_picture)
        self.incoming.refused.connect(self.picture_refused)
        self.incoming.waiting_changed.connect(self._on_waiting_changed)
        self._picture: QImage | None = None
        """The sketch's picture, ready to be painted."""
        self._finished: QPixmap | None = None
        """Layer of finished strokes; made again when size, density, theme or pen change."""
        self._growing: QPixmap | None = None
        """Layer of the settled part of the live stroke, so that painting costs the same however much is drawn."""
        self._update_cursor()

    @property
    def sketch(self) -> Sketch:
        """What is on the pad, the stroke that is being drawn included."""
        if self._live:
            return self._sketch.with_stroke(np.array(self._live))
        return self._sketch

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see."""
        return self._sketch.is_blank and not self._live

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke or an erasure is under way."""
        return self._source is not None

    @property
    def pen_width(self) -> int:
        """Width of the pen for the whole drawing, in units of the canvas."""
        return self._pen_width

    def set_pen_width(self, width: int) -> None:
        """Draw everything with a pen of this width, from `LEAST_PEN` to `GREATEST_PEN`."""
        width = min(max(width, LEAST_PEN), GREATEST_PEN)
        if width != self._pen_width:
            self._pen_width = width
            self._repaint_layers()
            self._update_cursor()
            self.pen_width_changed.emit(width)
            if not self.is_blank:
                self.drawing_changed.emit()

    @property
    def erasing(self) -> bool:
        """Whether the pad erases instead of drawing."""
        return self._erasing

    def set_erasing(self, erasing: bool) -> None:
        """Erase with the next stroke, or draw again."""
        if erasing != self._erasing:
            self.finish()
            self._erasing = erasing
            self._update_cursor()
            self.erasing_changed.emit(erasing)

    def clear(self) -> None:
        """Make the pad blank, which can be undone; or if a picture is waited for, only give that up."""
        was_waited_for = self.incoming.is_waited_for
        self.incoming.give_up()
        if was_waited_for:
            return
        self._abandon()
        if not self._sketch.is_blank:
            self._edit(self.tr("clear"), self._sketch, Sketch())

    @Slot(object)
    def show_picture(self, picture: Picture) -> None:
        """Put a picture, in grey, (H, W), 0 black to 1 white, in place of what is there; can be undone."""
        self._abandon()
        self._edit(self.tr("picture"), self._sketch, Sketch(picture=picture))

    def take_picture(self, source: QMimeData | Path) -> None:
        """Show the picture in a file, or what was dragged here or copied; says so if there is none.

        It is read in the background: a large photo takes its time. What is done meanwhile makes it stale.
        """
        self.incoming.take(source)

    @Slot(bool)
    def _on_waiting_changed(self, waiting: bool) -> None:
        self.update()

    def undo(self) -> None:
        """Take back the last edit, or the stroke that is being drawn."""
        if self.is_drawing:
            self._abandon()
        else:
            self.undo_stack.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        if not self.is_drawing:
            self.undo_stack.redo()

    def finish(self) -> None:
        """End the stroke that is being drawn, as if the button had been released."""
        if self._source is None:
            return
        self._source = None
        if self._before_erasing is not None:
            before, self._before_erasing = self._before_erasing, None
            if before is not self._sketch:
                self._edit(self.tr("eraser"), before, self._sketch)
        elif self._live:
            points: Points = np.array(self._live)
            points.flags.writeable = False
            self._live = []
            self._growing = None
            self._edit(self.tr("stroke"), self._sketch, self._sketch.with_stroke(points))
        self.stroke_finished.emit()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours and sizes of another theme."""
        self._theme = theme
        self._repaint_layers()
        self._update_cursor()

    def paper(self) -> QRectF:
        """The square that is drawn on: the largest that fits, in the middle."""
        side = max(1, min(self.width(), self.height()))
        return QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _edit(self, text: str, old: Sketch, new: Sketch) -> None:
        self.undo_stack.push(_Edit(self, text, old, new))

    def _set_sketch(self, sketch: Sketch) -> None:
        """Show another sketch; one stroke more is painted onto what is there already."""
        old, self._sketch = self._sketch, sketch
        if old is sketch:
            return
        if sketch.picture is not old.picture:
            self._picture = None if sketch.picture is None else picture_image(sketch.picture)
        count = len(old.strokes)
        one_more = old.picture is None and sketch.picture is None and len(sketch.strokes) == count + 1
        if one_more and all(a is b for a, b in zip(old.strokes, sketch.strokes, strict=False)):
            if self._finished is not None:
                self._paint_strokes(self._finished, sketch.strokes[-1:])
            self.update()
        else:
            self._repaint_layers()
        self.drawing_changed.emit()

    def _abandon(self) -> None:
        """Forget the stroke that is being drawn; its button may still be down."""
        self._source = None
        if self._before_erasing is not None:
            before, self._before_erasing = self._before_erasing, None
            self._set_sketch(before)
        if self._live:
            self._live = []
            self._growing = None
            self.update()
            self.drawing_changed.emit()

    def _press(self, source: Source, at: QPointF, erase: bool = False) -> None:
        if self._source is not None:
            return
        self.incoming.give_up()
        self._source = source
        if erase or self._erasing:
            self._before_erasing = self._sketch
            self._erased_to = self._on_canvas(at)
            self._move(source, at)
            return
        if self._sketch.picture is not None:
            # The picture makes way at once, not when the stroke is finished: what is seen is what is read.
            self.update()
        self._live = [self._on_canvas(at)]
        self._paint_live_dot()
        self.drawing_changed.emit()

    def _move(self, source: Source, at: QPointF) -> None:
        if source is not self._source:
            return
        point = self._on_canvas(at)
        if self._before_erasing is not None:
            start = self._erased_to or point
            self._erased_to = point
            self._set_sketch(self._sketch.erased(start, point, ERASER_RADIUS))
        elif self._live and point != self._live[-1]:
            old_tail = self._live_tail()
            self._live.append(point)
            self._paint_settled_piece()
            self._update_around([*old_tail, *self._live_tail()])
            self.drawing_changed.emit()

    def _release(self, source: Source, at: QPointF) -> None:
        if source is self._source:
            self._move(source, at)
            self.finish()

    def _scale(self) -> float:
        """Device-independent pixels per unit of the canvas."""
        return self.paper().width() / CANVAS_SIDE

    def _on_canvas(self, at: QPointF) -> tuple[float, float]:
        paper = self.paper()
        place = (at - paper.topLeft()) / self._scale()
        return min(max(place.x(), 0.0), CANVAS_SIDE), min(max(place.y(), 0.0), CANVAS_SIDE)

    def _on_layer(self, points: Points | list[tuple[float, float]]) -> list[QPointF]:
        """Points of the canvas in device-independent pixels of the paper."""
        scale = self._scale()
        return [QPointF(x * scale, y * scale) for x, y in points]

    def _live_tail(self) -> list[QPointF]:
        """The end of the live stroke, from the last settled point on, which the next point may bend."""
        points = self._on_layer(self._live[-3:])
        if len(points) == 1:
            return points
        tail = [middle(points[-2], points[-1]), points[-1]]
        return [middle(points[-3], points[-2]), points[-2], *tail] if len(points) == 3 else [points[0], *tail]

    def _update_around(self, points: list[QPointF]) -> None:
        xs, ys = [point.x() for point in points], [point.y() for point in points]
        reach = self._pen_width * self._scale() / 2 + 2
        box = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys))).adjusted(-reach, -reach, reach, reach)
        self.update(box.translated(self.paper().topLeft()).toAlignedRect())

    # Layers

    def _repaint_layers(self) -> None:
        self._finished = None
        self._growing = None
        self.update()

    def _new_layer(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        size = self.paper().size() * ratio
        layer = QPixmap(size.toSize())
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        return layer

    def _make_layers(self) -> None:
        """Make what is missing, or was made for a screen of another density."""
        ratio = self.devicePixelRatioF()
        if self._finished is None or self._finished.devicePixelRatio() != ratio:
            self._finished = self._new_layer()
            self._paint_strokes(self._finished, self._sketch.strokes)
            self._growing = None
        if self._live and self._growing is None:
            self._growing = self._new_layer()
            points = self._on_layer(self._live)
            painter = self._ink_painter(self._growing)
            if len(points) == 1:
                painter.drawPoint(points[0])
            for last in range(1, len(points)):
                painter.drawPath(settled_piece(points[max(0, last - 2) : last + 1]))
            painter.end()

    def _ink_painter(self, layer: QPixmap) -> QPainter:
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._ink_pen())
        return painter

    def _ink_pen(self) -> QPen:
        return QPen(
            self._theme.colour("text"),
            self._pen_width * self._scale(),
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )

    def _paint_strokes(self, layer: QPixmap, strokes: tuple[Points, ...]) -> None:
        painter = self._ink_painter(layer)
        for stroke in strokes:
            points = self._on_layer(stroke)
            if float(np.ptp(stroke, axis=0).max()) * self._scale() < _SAME_PLACE:
                # A line through coinciding points draws nothing; a dot is a drawing too.
                painter.drawPoint(points[0])
            else:
                painter.drawPath(curve(points))
        painter.end()

    def _paint_live_dot(self) -> None:
        self._make_layers()
        self._update_around(self._on_layer(self._live))

    def _paint_settled_piece(self) -> None:
        if self._growing is None:
            return  # paintEvent makes the layer, and with it all pieces up to now.
        painter = self._ink_painter(self._growing)
        painter.drawPath(settled_piece(self._on_layer(self._live[-3:])))
        painter.end()

    # Painting

    def _update_cursor(self) -> None:
        """A ring as large as what the pen or the eraser will touch."""
        diameter = 2 * ERASER_RADIUS if self._erasing else self._pen_width
        side = max(8.0, diameter * self._scale()) + 4
        ratio = self.devicePixelRatioF()
        ring = QPixmap(QSize(round(side * ratio), round(side * ratio)))
        ring.setDevicePixelRatio(ratio)
        ring.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ring)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2, 2, side - 4, side - 4)
        # Two rings, so that it is seen on ink and on paper.
        for token, width in (("surface", 3.0), ("accent" if self._erasing else "muted", 1.4)):
            painter.setPen(QPen(self._theme.colour(token), width))
            painter.drawEllipse(box)
        painter.end()
        self.setCursor(QCursor(ring, round(side / 2), round(side / 2)))

    def sizeHint(self) -> QSize:
        return QSize(420, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 220)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._make_layers()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = self.paper()
        paint_sheet(painter, paper, self._theme, wanted=self._drop_hovers, focused=self.hasFocus())
        if self.is_blank:
            paint_hint(painter, paper, self._theme, self.tr("Draw a digit here"), self.tr("or drop a picture of one"))
        elif self._picture is not None and not self._live:
            paint_picture(painter, paper, self._theme, self._picture)
        clip = QPainterPath()
        clip.addRoundedRect(paper.adjusted(1, 1, -1, -1), self._theme.card_radius, self._theme.card_radius)
        painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
        dirty = QRectF(event.rect()) & paper
        for layer in (self._finished, self._growing):
            if layer is not None:
                part = dirty.translated(-paper.topLeft())
                ratio = layer.devicePixelRatio()
                source = QRectF(part.topLeft() * ratio, part.size() * ratio)
                painter.drawPixmap(dirty, layer, source)
        if len(self._live) > 1:
            painter.translate(paper.topLeft())
            painter.setPen(self._ink_pen())
            tail = self._live_tail()
            painter.drawLine(tail[-2], tail[-1])
            painter.translate(-paper.topLeft())
        if self.incoming.is_waited_for:
            paint_note(painter, paper, self._theme, self.tr("Reading the picture... Esc gives it up."))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._repaint_layers()
        self._update_cursor()
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press(Source.MOUSE, event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(Source.MOUSE, event.position())
        elif self._source is Source.MOUSE:
            # The release went elsewhere: to a menu, a message box, another window.
            self.finish()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._release(Source.MOUSE, event.position())

    def tabletEvent(self, event: QTabletEvent) -> None:
        erase = event.pointerType() == QPointingDevice.PointerType.Eraser
        if event.type() == QEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            self._press(Source.PEN, event.position(), erase)
        elif event.type() == QEvent.Type.TabletMove and event.buttons() & Qt.MouseButton.LeftButton:
            self._move(Source.PEN, event.position())
        elif event.type() == QEvent.Type.TabletRelease and event.button() == Qt.MouseButton.LeftButton:
            self._release(Source.PEN, event.position())
        event.accept()

    def touchEvent(self, event: QTouchEvent) -> None:
        """Draw with the first finger; others are ignored, so that a resting hand does no harm."""
        if event.type() == QEvent.Type.TouchBegin:
            first = event.points()[0]
            self._touch_id = first.id()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._press(Source.TOUCH, first.position())
        elif event.type() == QEvent.Type.TouchCancel:
            if self._source is Source.TOUCH:
                self.finish()
        else:
            mine = [point for point in event.points() if point.id() == self._touch_id]
            lifted = any(point.state() == QEventPoint.State.Released for point in mine)
            for point in mine:
                (self._release if lifted else self._move)(Source.TOUCH, point.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self.touchEvent(event)
            return True
        if event.type() == QEvent.Type.WindowDeactivate:
            self.finish()
        elif event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.FontChange):
            self._repaint_layers()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.finish()
        self.update()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.finish()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_picture(event.mimeData()):
            event.acceptProposedAction()
            self._drop_hovers = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_hovers = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_hovers = False
        self.update()
        event.acceptProposedAction()
        self.take_picture(event.mimeData())


class _Edit(QUndoCommand):
    def __init__(self, pad: DrawingPad, text: str, old: Sketch, new: Sketch) -> None:
        super().__init__(text)
        self._pad = pad
        self._old = old
        self._new = new

    def redo(self) -> None:
        self._pad._set_sketch(self._new)

    def undo(self) -> None:
        self._pad._set_sketch(self._old)
