"""Lab: softmax and loss. Logits to drag, probabilities, two losses and the push that each gives to every logit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.core.labs.softmax_loss import (
    Array,
    cross_entropy,
    cross_entropy_gradient,
    descent,
    softmax,
    squared_error,
    squared_error_gradient,
)
from nnviz.core.labs.state import numbers
from nnviz.core.spec import Spec, param
from nnviz.gui.labs.axes import Axes
from nnviz.gui.labs.base import LABS, STEP, Lab, Stride
from nnviz.gui.labs.canvas import LEFT, RIGHT, LabCanvas, paint_handle
from nnviz.gui.labs.numbers import signed
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

REACH = 6.0
"""Logits are dragged from -REACH to REACH."""
AHEAD = 150
"""Steps that the chart looks ahead."""
START = (2.0, 0.5, -1.0, 0.0, 1.0, -2.0)

LOSSES = ("cross-entropy", "mean squared error")


@dataclass(frozen=True, kw_only=True)
class SoftmaxSettings(Spec):
    """What can be set in the lab on softmax and loss."""

    title = "Softmax and loss"

    classes: int = param(4, "How many classes there are to choose from.", ge=2, le=6)
    temperature: float = param(
        1.0, "What the logits are divided by: the larger, the more equal the probabilities.", ge=0.2, le=5, log=True
    )
    steps_follow: str = param("cross-entropy", "Which loss the steps go down.", choices=LOSSES)
    learning_rate: float = param(0.5, "Size of each step: eta.", ge=0.01, le=5, log=True)


@LABS.register
class SoftmaxLab(Lab):
    """Logits become probabilities, and a loss pushes the logits back."""

    title = str(QT_TRANSLATE_NOOP("Lab", "Softmax and loss"))
    learns = str(
        QT_TRANSLATE_NOOP(
            "Lab", "How scores become probabilities, and why a confident mistake learns from cross-entropy only."
        )
    )
    order = 70
    settings_type = SoftmaxSettings
    strides: ClassVar[tuple[Stride, ...]] = (STEP,)
    speed = 8.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.right = 2
        self.start: Array = np.array(START[: self.settings.classes])
        self._path: list[Array] = [self.start]
        self._ahead: tuple[list[float], list[float]] | None = None
        self._note = ""
        self.canvas = SoftmaxCanvas(self, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.canvas.drag_began.connect(self.about_to_edit)
        self._look_ahead()

    # The state

    @property
    def logits(self) -> Array:
        """The logits now, (classes,)."""
        return self._path[-1]

    @property
    def probabilities(self) -> Array:
        """Their softmax, (classes,)."""
        return softmax(self.logits, self.settings.temperature)

    def losses(self, logits: Array) -> tuple[float, float]:
        """Cross-entropy and mean squared error of these logits."""
        temperature = self.settings.temperature
        return cross_entropy(logits, self.right, temperature), squared_error(logits, self.right, temperature)

    def gradients(self, logits: Array) -> tuple[Array, Array]:
        """Of cross-entropy and of mean squared error, (classes,) each."""
        temperature = self.settings.temperature
        return (
            cross_entropy_gradient(logits, self.right, temperature),
            squared_error_gradient(logits, self.right, temperature),
        )

    @property
    def followed(self) -> int:
        """Which loss the steps go down: 0 cross-entropy, 1 mean squared error."""
        return LOSSES.index(self.settings.steps_follow)

    def ahead(self) -> tuple[list[float], list[float]]:
        """Probability of the right class over the steps from the start, going down either loss."""
        if self._ahead is None:
            # When it is asked for: restart() and apply() come one after the other, and each would compute it.
            temperature, eta = self.settings.temperature, self.settings.learning_rate
            self._ahead = (
                descent(self.start, self.right, AHEAD, eta, temperature, squared=False),
                descent(self.start, self.right, AHEAD, eta, temperature, squared=True),
            )
        return self._ahead

    def _look_ahead(self) -> None:
        self._ahead = None
        self.canvas.update()

    def set_logit(self, index: int, value: float) -> None:
        """Set one logit by hand; the steps begin again from there."""
        logits = self.logits.copy()
        logits[index] = min(REACH, max(-REACH, value))
        self.start, self._path, self.step = logits, [logits], 0
        self._note = self.tr("You set z<sub>{0}</sub> to {1}; every probability changed with it.").format(
            index + 1, signed(float(logits[index]))
        )
        self._look_ahead()
        self.told.emit()

    def choose_right(self, index: int) -> None:
        """Make another class the right one; the logits stay."""
        if index == self.right:
            return
        self.about_to_edit.emit()
        self.right = index
        self.start, self._path, self.step = self.logits, [self.logits], 0
        self._note = self.tr("Class {0} is the right one now: only the losses and their pushes changed.").format(
            index + 1
        )
        self._look_ahead()
        self.told.emit()

    # Moving

    def advance(self, stride: str) -> bool:
        """One step of gradient descent on the logits."""
        if not self.can_advance():
            return False
        gradient = self.gradients(self.logits)[self.followed]
        self._path.append(self.logits - self.settings.learning_rate * gradient)
        self.step += 1
        before, after = self.losses(self._path[-2])[self.followed], self.losses(self.logits)[self.followed]
        verb = self.tr("fell") if after < before else self.tr("rose")
        size = float(np.abs(gradient).max())
        self._note = self.tr(
            "Each logit moved against its gradient, z - {0} dL/dz, by at most {1}. The {2} {3} from {4} to {5}; "
            "the right class has p = {6} now."
        ).format(
            f"{self.settings.learning_rate:g}",
            f"{self.settings.learning_rate * size:.3g}",
            self.loss_name(self.followed),
            verb,
            f"{before:.4f}",
            f"{after:.4f}",
            f"{self.probabilities[self.right]:.3f}",
        )
        self.canvas.update()
        return True

    def can_advance(self) -> bool:
        """Until the chart ends."""
        return self.step < AHEAD

    def retreat(self, stride: str) -> bool:
        """The step before, as it was."""
        if self.step == 0:
            return False
        self._path.pop()
        self.step -= 1
        self._note = self.tr("One step back: the logits are exactly as they were after step {0}.").format(self.step)
        self.canvas.update()
        return True

    def restart(self) -> None:
        """The logits as they were set by hand."""
        self._path, self.step = [self.start], 0
        self._note = ""
        self._look_ahead()

    def apply(self, settings: Any) -> None:
        """Take other settings; logits that are still there stay."""
        known = self.logits
        if settings.classes != len(known):
            known = np.concatenate([known, np.array(START)[len(known) : settings.classes]])[: settings.classes]
            self.right = min(self.right, settings.classes - 1)
        self.settings, self.start = settings, known
        self.restart()

    def content(self) -> dict[str, Any]:
        """The logits from which the steps began, and the right class."""
        return {"logits": self.start.tolist(), "right": self.right}

    def take_content(self, content: Mapping[str, Any], step: int) -> None:
        """Begin from those logits and make the steps again."""
        classes = self.settings.classes
        logits = numbers(content, "logits", (classes,), limit=100)
        right = numbers(content, "right", (), limit=classes - 1)
        self.start = np.array(START[:classes] if logits is None else logits, np.float64)
        self.right = min(2, classes - 1) if right is None else abs(int(right))
        self.restart()
        super().take_content(content, step)

    # Words

    def loss_name(self, which: int) -> str:
        """What a loss is called in a sentence."""
        return (self.tr("cross-entropy"), self.tr("mean squared error"))[which]

    def what(self) -> str:
        """Logits, softmax and the two losses."""
        return self.tr(
            "A network for {0} classes ends in {0} scores, the <b>logits</b> z. <b>Softmax</b> makes probabilities of "
            "them: p = e<sup>z</sup> / &Sigma; e<sup>z</sup>, each above 0, together 1. A <b>loss</b> says how wrong "
            "they "
            "are, y being 1 for the right class and 0 for the others: <b>cross-entropy</b> -log p of the right class, "
            "or "
            "the <b>mean squared error</b> (p - y)&sup2;. The two right columns show how hard each loss pushes each "
            "logit."
        ).format(self.settings.classes)

    def todo(self) -> str:
        """Drag, click, step; and what to try."""
        return self.tr(
            "<b>Drag</b> a logit, or choose a row with the up and down keys and press + or -. <b>Click</b> a class (or "
            "press Enter) to make it the right one. Then <b>step</b> or <b>run</b>: the logits go down the loss that "
            "is "
            "chosen below.<br><b>Try this:</b> drag the right class to -6 and a wrong one to +6, and compare the "
            "pushes: "
            "squared error hardly pushes at all. That is why classifiers learn from cross-entropy."
        )

    def happened(self) -> str:
        """The last drag or step, and both losses now."""
        ce, se = self.losses(self.logits)
        now = self.tr("Cross-entropy is <b>{0}</b>, mean squared error <b>{1}</b>.").format(f"{ce:.4f}", f"{se:.4f}")
        if self._note:
            return f"{self._note} {now}"
        p = self.probabilities
        best = int(p.argmax())
        verdict = (
            self.tr("which is right")
            if best == self.right
            else self.tr("but class {0} is right").format(self.right + 1)
        )
        guess = self.tr("The largest logit wins: class {0} has p = {1}, {2}.").format(
            best + 1, f"{p[best]:.3f}", verdict
        )
        return f"{guess} {now}"

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self.canvas.set_theme(theme)

    @classmethod
    def paint_sketch(cls, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """Bars of probabilities, the right one violet."""
        p = softmax(START[:5])
        width = box.width() / 9
        painter.setPen(Qt.PenStyle.NoPen)
        for index, share in enumerate(p):
            height = max(3.0, float(share) / float(p.max()) * box.height() * 0.86)
            bar = QRectF(box.left() + (2 * index + 0.5) * width * 0.9, box.bottom() - height - 2, width * 1.3, height)
            painter.setBrush(theme.colour("accent" if index == 0 else "border_strong"))
            painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawLine(QPointF(box.left(), box.bottom() - 1), QPointF(box.right(), box.bottom() - 1))


class SoftmaxCanvas(LabCanvas):
    """One row per class, and below it where either loss leads.

    Signals:
        drag_began: A logit is going to be changed by hand.
    """

    drag_began = Signal()

    def __init__(self, lab: SoftmaxLab, theme: Theme) -> None:
        super().__init__(theme)
        self._lab = lab
        self._row = 0
        self._dragged: int | None = None
        self._hovered: int | None = None
        self._chart: tuple[object, QPixmap] | None = None
        self.setObjectName("softmax_canvas")
        self.setAccessibleName(self.tr("Logits, probabilities and gradients of each class"))

    # Places

    def _row_height(self) -> float:
        rows = self._lab.settings.classes
        return min(3.6 * self.theme.font_px, (self.height() * 0.62 - self._head()) / rows)

    def _head(self) -> float:
        return 4.2 * self.theme.font_px

    def columns(self) -> tuple[QRectF, QRectF, QRectF, QRectF, QRectF]:
        """The names, tracks of the logits, bars of p, and both gradients: boxes over all rows."""
        theme = self.theme
        margin = 2.0 * theme.space
        name = 6.2 * theme.font_px
        gap = 2.0 * theme.space
        room = self.width() - 2 * margin - name - 4 * gap
        height = self._row_height() * self._lab.settings.classes
        widths = (name, room * 0.30, room * 0.26, room * 0.22, room * 0.22)
        boxes, left = [], margin
        for width in widths:
            boxes.append(QRectF(left, self._head(), width, height))
            left += width + gap
        return boxes[0], boxes[1], boxes[2], boxes[3], boxes[4]

    def handle_at(self, index: int) -> QPointF:
        """Where the handle of a logit is; a logit that went beyond the track stands at its end."""
        track = self._track()
        value = min(REACH, max(-REACH, float(self._lab.logits[index])))
        return QPointF(track.left() + (value + REACH) / (2 * REACH) * track.width(), self._middle(index))

    def _track(self) -> QRectF:
        # The number stands to the right of the track.
        number = 3.4 * self.theme.font_px
        return self.columns()[1].adjusted(self.theme.space, 0, -number, 0)

    def _middle(self, index: int) -> float:
        return self._head() + (index + 0.5) * self._row_height()

    def row_at(self, place: QPointF) -> int | None:
        """The row under a place."""
        index = int((place.y() - self._head()) // self._row_height())
        return index if 0 <= index < self._lab.settings.classes else None

    # Painting

    def paint(self, painter: QPainter) -> None:
        """Rows, then the chart."""
        lab = self._lab
        names, _, bars, ce_box, se_box = self.columns()
        p = lab.probabilities
        ce, se = lab.gradients(lab.logits)
        self._row = min(self._row, len(p) - 1)
        self._paint_heads(painter)
        for index in range(len(p)):
            self._paint_name(painter, names, index)
            self._paint_logit(painter, index)
            self._paint_bar(painter, bars, index, float(p[index]))
            self._paint_push(painter, ce_box, index, float(ce[index]))
            self._paint_push(painter, se_box, index, float(se[index]))
        self._paint_chart(painter)

    def _paint_heads(self, painter: QPainter) -> None:
        boxes = self.columns()
        texts = (
            (self.tr("Class"), self.tr("click: right one")),
            (self.tr("Logit z"), self.tr("drag it")),
            (self.tr("Probability p"), self.tr("e^z / sum of e^z")),
            (self.tr("Cross-entropy"), "dL/dz = p \N{MINUS SIGN} y"),
            (self.tr("Squared error"), self.tr("dL/dz, small at 0 and 1")),
        )
        height, caption = self.line_height(), self.theme.caption_px
        top = self._head() - 2 * height - self.theme.space / 2
        for place, (box, (title, formula)) in enumerate(zip(boxes, texts, strict=True)):
            chosen = place - 3 == self._lab.followed
            room = box.adjusted(0, 0, self.theme.space * 1.6, 0)
            self.write(painter, QRectF(room.left(), top, room.width(), height), title, LEFT,
                       "accent_text" if chosen else "text", bold=True)  # fmt: skip
            small = QRectF(room.left(), top + height, room.width(), height)
            if place == 4 and self.width_of(formula, caption) > room.width():
                formula = "dL/dz"
            self.write(painter, small, formula, LEFT, "muted", caption)

    def _paint_name(self, painter: QPainter, box: QRectF, index: int) -> None:
        theme = self.theme
        right = index == self._lab.right
        row = QRectF(box.left(), self._middle(index) - self._row_height() / 2, box.width(), self._row_height())
        pill = row.adjusted(-theme.space * 0.6, 3, 0, -3)
        painter.setPen(Qt.PenStyle.NoPen)
        if right or index == self._hovered:
            painter.setBrush(theme.colour("accent_soft" if right else "hover"))
            painter.drawRoundedRect(pill, theme.radius, theme.radius)
        if self.hasFocus() and index == self._row:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(pill, theme.radius, theme.radius)
        text = self.tr("{0}: right").format(index + 1) if right else str(index + 1)
        self.write(painter, row.adjusted(theme.space * 0.4, 0, 0, 0), text, LEFT, "accent_text" if right else "text",
                   bold=right)  # fmt: skip

    def _paint_logit(self, painter: QPainter, index: int) -> None:
        theme, track, y = self.theme, self._track(), self._middle(index)
        value = float(self._lab.logits[index])
        handle = self.handle_at(index)
        painter.setPen(QPen(theme.colour("pressed"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(track.left(), y), QPointF(track.right(), y))
        zero = QPointF(track.center().x(), y)
        painter.setPen(QPen(self._sign(value), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if abs(handle.x() - zero.x()) > 1:
            painter.drawLine(zero, handle)
        painter.setPen(QPen(theme.colour("muted"), 1))
        painter.drawLine(QPointF(zero.x(), y - 6), QPointF(zero.x(), y + 6))
        paint_handle(painter, handle, theme, 0.62 * theme.font_px, held=self._dragged == index)
        number = QRectF(track.right() + theme.space, y - 20, 3.4 * theme.font_px, 40)
        self.write(painter, number, signed(value), LEFT)

    def _sign(self, value: float) -> QColor:
        return colours.positive(self.theme) if value >= 0 else colours.negative(self.theme)

    def _paint_bar(self, painter: QPainter, box: QRectF, index: int, p: float) -> None:
        theme, y = self.theme, self._middle(index)
        number = 3.4 * theme.font_px
        height = min(1.2 * theme.font_px, self._row_height() * 0.6)
        whole = QRectF(box.left(), y - height / 2, box.width() - number, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hover"))
        painter.drawRoundedRect(whole, 3, 3)
        painter.setBrush(colours.sequential_colour(theme, 0.25 + 0.5 * p))
        painter.drawRoundedRect(QRectF(whole.left(), whole.top(), max(2.0, whole.width() * p), height), 3, 3)
        self.write(painter, QRectF(whole.right() + 2, y - 20, number - 2, 40), f"{p:.3f}", RIGHT)

    def _paint_push(self, painter: QPainter, box: QRectF, index: int, gradient: float) -> None:
        theme, y = self.theme, self._middle(index)
        number = 4.0 * theme.font_px
        height = min(1.2 * theme.font_px, self._row_height() * 0.6)
        track = QRectF(box.left(), y - height / 2, box.width() - number, height)
        limit = 1.0 / min(1.0, self._lab.settings.temperature)
        middle = track.center().x()
        length = max(-1.0, min(1.0, gradient / limit)) * track.width() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hover"))
        painter.drawRoundedRect(track, 3, 3)
        painter.setBrush(self._sign(gradient))
        painter.drawRect(QRectF(min(middle, middle + length), track.top(), abs(length), height))
        painter.setPen(QPen(theme.colour("muted"), 1))
        painter.drawLine(QPointF(middle, y - height / 2 - 3), QPointF(middle, y + height / 2 + 3))
        self.write(painter, QRectF(track.right() + 2, y - 20, number - 2, 40), signed(gradient, 3), RIGHT)

    def _paint_chart(self, painter: QPainter) -> None:
        theme, lab = self.theme, self._lab
        rows = self.columns()[0]
        top = rows.bottom() + 1.5 * theme.space
        outer = QRectF(theme.space, top, self.width() - 2 * theme.space, self.height() - top - theme.space)
        if outer.height() < 6 * theme.font_px:
            return
        axes = Axes.within(outer.adjusted(0, 0, -13.0 * theme.font_px, 0), (0, AHEAD), (0, 1), theme)
        ratio = self.devicePixelRatioF()
        # Kept as a picture: of a step only the place on the curve is new.
        key = (lab.ahead(), lab.followed, outer, theme, ratio)
        if self._chart is None or self._chart[0] != key:
            pixmap = QPixmap(self.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            inner = QPainter(pixmap)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_curves(inner, axes)
            inner.end()
            self._chart = (key, pixmap)
        painter.drawPixmap(0, 0, self._chart[1])
        now = axes.at(lab.step, float(lab.probabilities[lab.right]))
        paint_handle(painter, now, theme, 0.45 * theme.font_px)

    def _paint_curves(self, painter: QPainter, axes: Axes) -> None:
        theme, lab = self.theme, self._lab
        axes.paint(painter, theme, self.font(), self.tr("steps down the loss"), self.tr("p of the right class"))
        steps = range(AHEAD + 1)
        styles = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)
        left = axes.box.right() + 1.5 * theme.space
        for which, (curve, style) in enumerate(zip(lab.ahead(), styles, strict=True)):
            followed = which == lab.followed
            pen = QPen(theme.colour("accent" if followed else "muted"), 2.2 if followed else 1.6, style)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(axes.polyline(steps, curve))
            y = axes.box.top() + (0.6 + 1.7 * which) * self.line_height()
            painter.drawLine(QPointF(left, y), QPointF(left + 2 * theme.font_px, y))
            place = QRectF(left + 2.5 * theme.font_px, y - 20, 11.0 * theme.font_px, 40)
            self.write(painter, place, lab.loss_name(which), LEFT, "text" if followed else "muted")

    # Touching

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        row = self.row_at(event.position())
        if row is None:
            return
        self._row = row
        names, logits = self.columns()[:2]
        if event.position().x() <= names.right() + self.theme.space:
            self._lab.choose_right(row)
        elif logits.left() - self.theme.space <= event.position().x() <= logits.right():
            self.drag_began.emit()
            self._dragged = row
            self._drag(event.position())

    def _drag(self, place: QPointF) -> None:
        if self._dragged is not None:
            track = self._track()
            value = (place.x() - track.left()) / track.width() * 2 * REACH - REACH
            self._lab.set_logit(self._dragged, round(value, 2))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())
            return
        row = self.row_at(event.position())
        names, logits = self.columns()[:2]
        over_name = row is not None and event.position().x() <= names.right() + self.theme.space
        over_logit = row is not None and logits.left() <= event.position().x() <= logits.right()
        self.setCursor(Qt.CursorShape.PointingHandCursor if over_name or over_logit else Qt.CursorShape.ArrowCursor)
        hovered = row if over_name else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            self._row = min(self._lab.settings.classes - 1, max(0, self._row + step))
            self.update()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            change = -0.1 if key == Qt.Key.Key_Minus else 0.1
            if not event.isAutoRepeat():
                self.drag_began.emit()
            self._lab.set_logit(self._row, round(float(self._lab.logits[self._row]) + change, 10))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._lab.choose_right(self._row)
        else:
            super().keyPressEvent(event)
