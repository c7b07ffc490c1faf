"""Lab: activation functions. Curve and derivative, a point to drag, a layer's inputs, and a stack of eight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.core.labs.activation_curves import (
    CURVES,
    FLAT,
    LAYERS_OF_STACK,
    Array,
    Curve,
    Knobs,
    Stack,
    flat_parts,
    normal_inputs,
    run_stack,
)
from nnviz.core.labs.state import numbers
from nnviz.core.spec import Spec, param
from nnviz.gui.labs.axes import Axes
from nnviz.gui.labs.base import LABS, STEP, Lab, Stride
from nnviz.gui.labs.canvas import CENTRE, LEFT, RIGHT, LabCanvas, paint_handle
from nnviz.gui.labs.numbers import signed, significant
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

REACH = 6.0
"""The plot goes from -REACH to REACH."""
POINTS = 241
INPUTS = 2000
BINS = 48
NONE = "nothing"
LEAST_DECADE, MOST_DECADE = -8.0, 2.0
"""Powers of ten between which the bars of gradients are drawn."""
ONE_AT = -LEAST_DECADE / (MOST_DECADE - LEAST_DECADE)
"""Share of such a bar at which a gradient of 1 ends: nothing lost, nothing gained."""
START_X = 1.0


@dataclass(frozen=True, kw_only=True)
class ActivationSettings(Spec):
    """What can be set in the lab on activation functions."""

    title = "Activation functions"

    function: str = param("sigmoid", "The function that is looked at.", choices=tuple(CURVES))
    compare_with: str = param("tanh", "A second function, drawn beside it.", choices=(NONE, *CURVES))
    leak: float = param(
        0.1, "Slope where x is below 0. PReLU learns it.", ge=0, le=1, only_if=("function", ("leaky ReLU", "PReLU"))
    )
    w1: float = param(-0.5, "Slope of maxout's first line.", ge=-2, le=2, only_if=("function", ("maxout",)))
    b1: float = param(0.0, "Offset of maxout's first line.", ge=-3, le=3, only_if=("function", ("maxout",)))
    w2: float = param(1.0, "Slope of maxout's second line.", ge=-2, le=2, only_if=("function", ("maxout",)))
    b2: float = param(0.0, "Offset of maxout's second line.", ge=-3, le=3, only_if=("function", ("maxout",)))
    mean_of_inputs: float = param(0.0, "Where the middle of the layer's inputs lies.", ge=-5, le=5)
    spread_of_inputs: float = param(1.0, "Standard deviation of the layer's inputs.", ge=0.1, le=10, log=True)
    weight: float = param(
        1.0, "What every signal is multiplied by between two layers of the stack.", ge=0.1, le=4, log=True
    )


@LABS.register
class ActivationLab(Lab):
    """What one unit does to its sum, forwards and backwards."""

    title = str(QT_TRANSLATE_NOOP("Lab", "Activation functions"))
    learns = str(
        QT_TRANSLATE_NOOP(
            "Lab", "What each function does to signals and gradients, where it is flat, and when to take it."
        )
    )
    order = 10
    settings_type = ActivationSettings
    strides: ClassVar[tuple[Stride, ...]] = (STEP,)
    speed = 2.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.point = START_X
        self.between = 0.0
        self._note = ""
        self._unit_inputs = normal_inputs(INPUTS, 0.0, 1.0)
        self.canvas = ActivationCanvas(self, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.canvas.drag_began.connect(self.about_to_edit)
        self._compute()

    # The numbers

    @property
    def curve(self) -> Curve:
        """The function that is looked at."""
        return CURVES[self.settings.function]

    @property
    def other(self) -> Curve | None:
        """The one beside it, if there is one that is not the same."""
        name = self.settings.compare_with
        return None if name in (NONE, self.settings.function) else CURVES[name]

    @property
    def knobs(self) -> Knobs:
        """Leak and lines, as they are set."""
        now = self.settings
        return Knobs(now.leak, ((now.w1, now.b1), (now.w2, now.b2)))

    def _compute(self) -> None:
        # Everything that does not hang on the point: a drag then costs no more than one point.
        now = self.settings
        self.grid: Array = np.linspace(-REACH, REACH, POINTS)
        self.lines = [(curve, *curve.at(self.grid, self.knobs)) for curve in (self.curve, self.other) if curve]
        self.flat = flat_parts(self.grid, self.lines[0][2])
        self.inputs: Array = now.mean_of_inputs + now.spread_of_inputs * self._unit_inputs
        self.outputs, slopes = self.curve.at(self.inputs, self.knobs)
        self.share_flat = float(np.mean(np.abs(slopes) < FLAT))
        everything = np.concatenate([part for _, values, slope in self.lines for part in (values, slope)])
        low, high = min(0.0, float(everything.min())), max(1.0, float(everything.max()))
        margin = 0.06 * (high - low)
        self.y_range = (max(-REACH, low) - margin, min(REACH, high) + margin)
        self._compute_stack()

    def _compute_stack(self) -> None:
        weight = self.settings.weight
        self.stack: Stack = run_stack(self.curve, self.point, self.knobs, weight)
        self.other_stack = run_stack(self.other, self.point, self.knobs, weight) if self.other else None
        self.canvas.update()

    def set_point(self, x: float) -> None:
        """Put the point somewhere else; the signal begins again at the top of the stack."""
        self.point = min(REACH, max(-REACH, x))
        self.step = 0
        self._note = ""
        self._compute_stack()
        self.told.emit()

    # Moving

    @property
    def reached(self) -> tuple[int, int]:
        """How many layers the signal has passed, and how many the gradient on its way back."""
        return min(self.step, LAYERS_OF_STACK), max(0, self.step - LAYERS_OF_STACK)

    def row_of(self, step: int) -> int:
        """The layer, from 0, at which the signal or the gradient is after `step` steps; -1 before the first."""
        return step - 1 if step <= LAYERS_OF_STACK else 2 * LAYERS_OF_STACK - step

    def advance(self, stride: str) -> bool:
        """Through one more layer, or one layer back with the gradient."""
        if not self.can_advance():
            return False
        self.step += 1
        self._tell()
        return True

    def retreat(self, stride: str) -> bool:
        """The step before."""
        if self.step == 0:
            return False
        self.step -= 1
        self._tell()
        return True

    def can_advance(self) -> bool:
        """Down the stack and up again."""
        return self.step < 2 * LAYERS_OF_STACK

    def restart(self) -> None:
        """The signal stands before the first layer."""
        self.step = 0
        self._tell()

    def show_between(self, share: float) -> None:
        """The dot glides from layer to layer."""
        self.between = share
        self.canvas.update()

    def _tell(self) -> None:
        self.between = 0.0
        self.canvas.update()
        if self.step == 0:
            self._note = ""
            return
        row = self.row_of(self.step)
        z, a, slope = float(self.stack.z[row]), float(self.stack.a[row]), float(self.stack.slope[row])
        gradient = float(self.stack.gradient[row])
        if self.step <= LAYERS_OF_STACK:
            self._note = self.tr("Layer {0}, forwards: z = {1} comes in, a = {2}(z) = {3} goes out.").format(
                row + 1, significant(z), self.curve.name, significant(a)
            )
            if row + 1 < LAYERS_OF_STACK:
                self._note += " " + self.tr("Times the weight {0}, it is the next layer's z.").format(
                    significant(self.settings.weight)
                )
            return
        if row + 1 == LAYERS_OF_STACK:
            self._note = self.tr("Layer {0}, backwards: the gradient begins with the slope there, f'(z) = {1}.").format(
                row + 1, significant(gradient)
            )
            return
        later = float(self.stack.gradient[row + 1])
        self._note = self.tr(
            "Layer {0}, backwards: what came, {1}, times the weight {2}, times the slope f'(z) = {3}, leaves {4}."
        ).format(
            row + 1, significant(later), significant(self.settings.weight), significant(slope), significant(gradient)
        )
        if row == 0:
            self._note += " " + self.tr("This is all that the first layer learns from.")

    # What is set

    def apply(self, settings: Any) -> None:
        """Take other settings; the point stays."""
        self.settings = settings
        self._compute()
        self.restart()

    def content(self) -> dict[str, Any]:
        """Where the point is."""
        return {"x": self.point}

    def take_content(self, content: Mapping[str, Any], step: int) -> None:
        """Put the point there and make the steps again."""
        x = numbers(content, "x", (), limit=REACH)
        self.point = START_X if x is None else x
        self._compute_stack()
        super().take_content(content, step)

    # Words

    def what(self) -> str:
        """The function, its range, its slope, and when to take it."""
        curve = self.curve
        steepest = float(np.abs(self.lines[0][2]).max())
        facts = self.tr(
            "A unit bends the sum x of its weighted inputs by an <b>activation function</b>. <b>{0}</b>: f(x) = {1}, "
            "in "
            "{2}. Its slope, dashed, is f'(x) = {3}, here at most {4}: on the way back every gradient is multiplied "
            "by it."
        ).format(curve.name, _html(curve.formula), curve.range, _html(curve.slope_formula), f"{steepest:.3g}")
        return f"{facts}<br>{self._when()}"

    def _when(self) -> str:
        texts = {
            "sigmoid": self.tr(
                "Between 0 and 1, so it can be read as a probability: take it at the <b>output</b>, for yes or no. On "
                "both sides it <b>saturates</b> (shaded): there hardly any gradient passes. As its slope is <b>at "
                "most 0.25</b>, at x = 0, eight layers leave less than 0.25<sup>8</sup> = 0.000015 of a gradient."
            ),
            "tanh": self.tr(
                "A sigmoid stretched to -1 ... 1, so that outputs lie around 0, and steeper: its slope reaches 1. It "
                "too <b>saturates</b> on both sides (shaded), and gradients vanish in deep stacks."
            ),
            "ReLU": self.tr(
                "The <b>first choice for hidden layers</b>, and only there: cheap, and its slope is exactly 1 for "
                "x above 0, however deep the stack. A unit whose x is below 0 for all samples is <b>dead</b>: it has "
                "no gradient any more. Then take a lower learning rate, leaky ReLU or maxout."
            ),
            "leaky ReLU": self.tr(
                "A ReLU that lets a little through below 0 (a = 0.01 is usual), so that no unit dies. For hidden "
                "layers."
            ),
            "PReLU": self.tr(
                "A leaky ReLU whose leak a is <b>learned</b>, one for each unit if wanted: df/da = x where x is below "
                "0, so the data decides how leaky it should be. For hidden layers."
            ),
            "maxout": self.tr(
                "The larger of two straight lines, both <b>learned</b>: a bend of any form. ReLU (0 and x) and leaky "
                "ReLU (a x and x) are special cases. It has no flat ends and does not die, but doubles the parameters."
            ),
            "softmax": self.tr(
                "For the <b>output</b> of a classifier: all outputs together are probabilities. Here x is one of "
                "three logits, the other two being 0. It saturates on both sides; it is never used in hidden layers."
            ),
            "linear": self.tr(
                "No bend at all, for the <b>output</b> when values are wanted (regression). In hidden layers it is "
                "useless: many linear layers are together one linear layer."
            ),
        }
        return texts[self.settings.function]

    def todo(self) -> str:
        """Drag, step, set; and what to try."""
        return self.tr(
            "<b>Drag</b> the point along the curve, or move it with the up and down keys. <b>Step</b> or <b>run</b>: "
            "the "
            "value at the point goes down a stack of eight equal layers, and a gradient comes back up. Move the "
            "sliders to see what a whole layer's inputs (below the curve) become (at its right)."
            "<br><b>Try this:</b> with sigmoid, drag the point to 5 and watch the slope; spread the inputs to 5 and "
            "see "
            "the outputs pile up at both ends. Then make the weight 4: does that save the gradient? And with tanh?"
        )

    def happened(self) -> str:
        """The last step, or the point and the layer's inputs."""
        if self._note:
            return self._note
        value, slope = (float(part) for part in self.curve.at(self.point, self.knobs))
        point = self.tr("At x = {0} {1} gives <b>{2}</b>, and its slope is <b>{3}</b>.").format(
            signed(self.point), self.curve.name, significant(value), significant(slope)
        )
        layer = self.tr("<b>{0} %</b> of the layer's inputs meet a slope below {1}.").format(
            f"{100 * self.share_flat:.0f}", FLAT
        )
        left = self.tr("After eight layers <b>{0}</b> of the gradient is left.").format(
            significant(float(self.stack.gradient[0]))
        )
        return f"{point} {layer} {left}"

    def position(self) -> str:
        """Which layer, and which way."""
        forwards, backwards = self.reached
        if self.step == 0:
            return self.tr("Before the stack")
        if backwards:
            return self.tr("Backwards: layer {0}").format(self.row_of(self.step) + 1)
        return self.tr("Forwards: layer {0}").format(forwards)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self.canvas.set_theme(theme)

    @classmethod
    def paint_sketch(cls, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """A sigmoid and its derivative."""
        axes = Axes(box.adjusted(6, 8, -6, -8), (-REACH, REACH), (-0.06, 1.06))
        x = np.linspace(-REACH, REACH, 80)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawLine(axes.at(-REACH, 0), axes.at(REACH, 0))
        painter.drawLine(axes.at(0, -0.06), axes.at(0, 1.06))
        value, slope = CURVES["sigmoid"].at(x, Knobs())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 2.4))
        painter.drawPolyline(axes.polyline(x, value))
        painter.setPen(QPen(theme.colour("accent"), 1.8, Qt.PenStyle.DashLine))
        painter.drawPolyline(axes.polyline(x, slope))
        paint_handle(painter, axes.at(1.4, float(CURVES["sigmoid"].at(1.4, Knobs())[0])), theme, 5.5)


def _html(formula: str) -> str:
    """A formula of one line as rich text: e^-x becomes a small raised -x."""
    parts = formula.replace("<", "&lt;").replace(">", "&gt;").split("^")
    result = parts[0]
    for part in parts[1:]:
        end = 1
        if part[:1] == "-":
            end = 2
        result += f"<sup>{part[:end]}</sup>{part[end:]}"
    return result


class ActivationCanvas(LabCanvas):
    """Curve with the histograms of a layer at two of its sides, and the stack beside it.

    Signals:
        drag_began: The point is going to be moved by hand.
    """

    drag_began = Signal()

    def __init__(self, lab: ActivationLab, theme: Theme) -> None:
        super().__init__(theme)
        self._lab = lab
        self._dragging = False
        self.setObjectName("activation_canvas")
        self.setAccessibleName(self.tr("Curve of the activation function, histograms of a layer, and a stack of eight"))

    # Places

    def minimumSizeHint(self) -> QSize:
        return QSize(36 * self.theme.font_px, 22 * self.theme.font_px)

    def _stack_box(self) -> QRectF:
        width = max(0.36 * self.width(), 18.5 * self.theme.font_px)
        space = self.theme.space
        return QRectF(self.width() - width - space, 1.5 * space, width, self.height() - 2.5 * space)

    def axes(self) -> Axes:
        """The plot of the curve."""
        theme = self.theme
        room = QRectF(theme.space, self._legend_height(), self._stack_box().left() - 3 * theme.space, 0)
        outputs = max(0.16 * room.width(), 4 * theme.font_px)
        inputs = max(0.17 * self.height(), 4.2 * theme.font_px)
        room.setRight(room.right() - outputs)
        room.setBottom(self.height() - inputs - theme.space)
        return Axes.within(room, (-REACH, REACH), self._lab.y_range, theme, labels=False)

    def _legend_height(self) -> float:
        return (2 if self._lab.other else 1) * 1.15 * self.line_height() + 1.5 * self.theme.space

    def handle(self) -> QPointF:
        """Where the point is."""
        axes = self.axes()
        value, _ = self._lab.curve.at(self._lab.point, self._lab.knobs)
        place = axes.at(self._lab.point, float(value))
        place.setY(min(axes.box.bottom(), max(axes.box.top(), place.y())))
        return place

    # Painting

    def paint(self, painter: QPainter) -> None:
        """Legend, curve, histograms, stack."""
        axes = self.axes()
        self._paint_legend(painter, axes)
        self._paint_flat(painter, axes)
        axes.paint(painter, self.theme, self.font())
        self._paint_zero(painter, axes)
        painter.save()
        painter.setClipRect(axes.box.adjusted(0, -2, 2, 2))
        for place, (_, values, slope) in reversed(list(enumerate(self._lab.lines))):
            self._paint_curve(painter, axes, place, values, slope)
        self._paint_lines_of_maxout(painter, axes)
        self._paint_tangent(painter, axes)
        painter.restore()
        self._paint_point(painter, axes)
        self._paint_inputs(painter, axes)
        self._paint_outputs(painter, axes)
        self._paint_stack(painter)

    def colour_of(self, place: int) -> QColor:
        """Of the first function violet, of the second green."""
        return self.theme.colour("accent") if place == 0 else colours.class_colour(self.theme, 2)

    def _paint_legend(self, painter: QPainter, axes: Axes) -> None:
        theme = self.theme
        for place, (curve, _, _) in enumerate(self._lab.lines):
            y = theme.space + (place + 0.5) * 1.15 * self.line_height()
            left, end = axes.box.left(), self._stack_box().left() - theme.space
            value, slope = (float(part) for part in curve.at(self._lab.point, self._lab.knobs))
            colour = self.colour_of(place)
            for style, text, bold in (
                (Qt.PenStyle.SolidLine, f"{curve.name} {significant(value)}", place == 0),
                (Qt.PenStyle.DashLine, self.tr("slope {0}").format(significant(slope)), False),
            ):
                painter.setPen(QPen(colour, 2, style))
                painter.drawLine(QPointF(left, y), QPointF(left + 1.8 * theme.font_px, y))
                left += 2.3 * theme.font_px
                width = min(10.5 * theme.font_px, 0.6 * (end - axes.box.left()) - 2.3 * theme.font_px)
                width = width if style == Qt.PenStyle.SolidLine else end - left
                self.write(painter, QRectF(left, y - 20, width, 40), text, LEFT, "text", bold=bold)
                left += width

    def _paint_flat(self, painter: QPainter, axes: Axes) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for start, end in self._lab.flat:
            if end > start:
                box = QRectF(axes.x(start), axes.box.top(), axes.x(end) - axes.x(start), axes.box.height())
                painter.setBrush(self.theme.colour("hover"))
                painter.drawRect(box)
                if box.width() > self.width_of(self.tr("flat"), self.theme.caption_px) + 8:
                    # At the side where the curve is not.
                    above = float(self._lab.curve.at((start + end) / 2, self._lab.knobs)[0]) < sum(axes.y_range) / 2
                    height = 1.6 * self.theme.caption_px
                    top = box.top() + 3 if above else box.bottom() - height - 3
                    self.write(painter, QRectF(box.left(), top, box.width(), height), self.tr("flat"), CENTRE, "muted",
                               self.theme.caption_px)  # fmt: skip
                    painter.setPen(Qt.PenStyle.NoPen)

    def _paint_zero(self, painter: QPainter, axes: Axes) -> None:
        painter.setPen(QPen(self.theme.colour("border_strong"), 1))
        painter.drawLine(axes.at(-REACH, 0), axes.at(REACH, 0))
        painter.drawLine(QPointF(axes.x(0), axes.box.top()), QPointF(axes.x(0), axes.box.bottom()))

    def _paint_curve(self, painter: QPainter, axes: Axes, place: int, values: Array, slope: Array) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colour = self.colour_of(place)
        painter.setPen(QPen(colour, 1.6, Qt.PenStyle.DashLine))
        painter.drawPolyline(axes.polyline(self._lab.grid, slope))
        painter.setPen(QPen(colour, 2.4 if place == 0 else 1.8))
        painter.drawPolyline(axes.polyline(self._lab.grid, values))

    def _paint_lines_of_maxout(self, painter: QPainter, axes: Axes) -> None:
        if self._lab.curve.name != "maxout":
            return
        painter.setPen(QPen(self.theme.colour("muted"), 1, Qt.PenStyle.DotLine))
        for w, b in self._lab.knobs.lines:
            painter.drawLine(axes.at(-REACH, -w * REACH + b), axes.at(REACH, w * REACH + b))

    def _paint_tangent(self, painter: QPainter, axes: Axes) -> None:
        x = self._lab.point
        value, slope = (float(part) for part in self._lab.curve.at(x, self._lab.knobs))
        half = 1.3
        painter.setPen(QPen(self.theme.colour("text"), 1.6))
        painter.drawLine(axes.at(x - half, value - half * slope), axes.at(x + half, value + half * slope))

    def _paint_point(self, painter: QPainter, axes: Axes) -> None:
        theme, handle = self.theme, self.handle()
        painter.setPen(QPen(theme.colour("muted"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(handle, QPointF(handle.x(), axes.box.bottom()))
        painter.drawLine(handle, QPointF(axes.box.right(), handle.y()))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(handle, 0.62 * theme.font_px + 3, 0.62 * theme.font_px + 3)
        paint_handle(painter, handle, theme, 0.62 * theme.font_px, held=self._dragging)

    def _paint_inputs(self, painter: QPainter, axes: Axes) -> None:
        theme = self.theme
        top = axes.box.bottom() + 1.9 * theme.caption_px
        bottom = self.height() - theme.space - 1.5 * theme.caption_px
        counts, edges = np.histogram(self._lab.inputs, BINS, (-REACH, REACH))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("border_strong"))
        most = max(1, int(counts.max()))
        for count, left, right in zip(counts.tolist(), edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            height = count / most * (bottom - top)
            painter.drawRect(QRectF(axes.x(left) + 0.5, bottom - height, axes.x(right) - axes.x(left) - 1, height))
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawLine(QPointF(axes.box.left(), bottom), QPointF(axes.box.right(), bottom))
        below = QRectF(axes.box.left(), bottom + 2, axes.box.width(), 1.5 * theme.caption_px)
        outside = float(np.mean(np.abs(self._lab.inputs) > REACH))
        text = self.tr("inputs x of a layer")
        if outside >= 0.005:
            text = self.tr("inputs x of a layer; {0} % lie beyond the plot").format(f"{100 * outside:.0f}")
        self.write(painter, below, text, CENTRE, "muted", theme.caption_px)

    def _paint_outputs(self, painter: QPainter, axes: Axes) -> None:
        theme = self.theme
        left = axes.box.right() + 0.6 * theme.space
        right = self._stack_box().left() - 2.5 * theme.space
        counts, edges = np.histogram(self._lab.outputs, BINS, axes.y_range)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.sequential_colour(theme, 0.5))
        most = max(1, int(counts.max()))
        for count, low, high in zip(counts.tolist(), edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            width = count / most * (right - left)
            painter.drawRect(QRectF(left, axes.y(high) + 0.5, width, axes.y(low) - axes.y(high) - 1))
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawLine(QPointF(left, axes.box.top()), QPointF(left, axes.box.bottom()))
        below = QRectF(
            left - theme.space, axes.box.bottom() + 3, right - left + 2 * theme.space, 1.5 * theme.caption_px
        )
        self.write(painter, below, self.tr("outputs f(x)"), CENTRE, "muted", theme.caption_px)

    # The stack

    def _columns(self) -> tuple[float, float, float, float, float]:
        # Left edges of the node, z, a, slope and gradient.
        box, px = self._stack_box(), self.theme.font_px
        left = box.left() + 2.2 * px
        number = 3.7 * px
        return (
            left,
            left + 0.2 * px,
            left + number + 0.2 * px,
            left + 2 * number + 0.4 * px,
            left + 3 * number + 0.9 * px,
        )

    def _row_middle(self, row: int) -> float:
        box = self._stack_box()
        head = 3.6 * self.line_height()
        height = (box.height() - head - 0.2 * self.line_height()) / LAYERS_OF_STACK
        return box.top() + head + (row + 0.5) * height

    def node(self, row: int) -> QPointF:
        """Where a layer's node is on the line that the signal goes along."""
        return QPointF(self._stack_box().left() + 1.1 * self.theme.font_px, self._row_middle(row))

    def _paint_stack(self, painter: QPainter) -> None:
        theme, lab, box = self.theme, self._lab, self._stack_box()
        line = self.line_height()
        self.write(painter, QRectF(box.left(), box.top(), box.width(), line), self.tr("A stack of eight layers"), LEFT,
                   bold=True)  # fmt: skip
        hint = self.tr("x goes down, its gradient comes back up")
        self.write(painter, QRectF(box.left(), box.top() + line, box.width(), line), hint, LEFT, "muted",
                   theme.caption_px)  # fmt: skip
        _, z, a, slope, bar = self._columns()
        number = 3.5 * theme.font_px
        y = box.top() + 2.4 * line
        for left, width, text in (
            (z, number, "z"),
            (a, number, "a = f(z)"),
            (slope, number, "f'(z)"),
            (bar, box.right() - bar, self.tr("gradient")),
        ):
            align = LEFT if left == bar else RIGHT
            self.write(painter, QRectF(left, y, width, line), text, align, "muted", theme.caption_px)
        one = bar + ONE_AT * (box.right() - bar)
        if bar + self.width_of(self.tr("gradient"), theme.caption_px) + theme.caption_px < one:
            self.write(painter, QRectF(one - 20, y, 40, line), "1", CENTRE, "muted", theme.caption_px)
        self._paint_way(painter)
        forwards, backwards = lab.reached
        for row in range(LAYERS_OF_STACK):
            arrived = lab.step == 0 or row < forwards
            returned = lab.step == 0 or row >= LAYERS_OF_STACK - backwards
            self._paint_row(painter, row, arrived, returned)

    def _paint_way(self, painter: QPainter) -> None:
        theme, lab = self.theme, self._lab
        painter.setPen(QPen(theme.colour("border_strong"), 2))
        painter.drawLine(self.node(0), self.node(LAYERS_OF_STACK - 1))
        now = lab.row_of(lab.step) if lab.step else -1
        radius = 0.85 * theme.font_px
        for row in range(LAYERS_OF_STACK):
            painter.setPen(QPen(theme.colour("accent" if row == now else "border_strong"), 2 if row == now else 1))
            painter.setBrush(theme.colour("accent_soft" if row == now else "raised"))
            painter.drawEllipse(self.node(row), radius, radius)
            centre = self.node(row)
            place = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
            self.write(painter, place, str(row + 1), CENTRE, "accent_text" if row == now else "text", theme.caption_px)
        if lab.between > 0 and lab.can_advance():
            following = lab.row_of(lab.step + 1)
            start = self.node(now) if now >= 0 else self.node(0) - QPointF(0, 2 * radius)
            paint_handle(painter, start + (self.node(following) - start) * lab.between, theme, 0.4 * theme.font_px)

    def _paint_row(self, painter: QPainter, row: int, arrived: bool, returned: bool) -> None:
        theme, lab, stack = self.theme, self._lab, self._lab.stack
        middle = self._row_middle(row)
        _, z, a, slope, bar = self._columns()
        number = 3.5 * theme.font_px
        colour = "text" if arrived else "disabled"
        for left, value in ((z, stack.z[row]), (a, stack.a[row]), (slope, stack.slope[row])):
            self.write(painter, QRectF(left, middle - 20, number, 40), significant(float(value), 2), RIGHT, colour)
        right = self._stack_box().right()
        track = QRectF(bar, middle - 0.1 * theme.font_px, right - bar, 0.5 * theme.font_px)
        gradient = float(stack.gradient[row])
        text = QRectF(bar, middle - 1.35 * theme.font_px, right - bar, 1.2 * theme.font_px)
        self.write(painter, text, significant(gradient, 2), LEFT, "text" if returned else "disabled", theme.caption_px)
        self._paint_gradient(painter, track, gradient, self.colour_of(0), returned)
        if lab.other_stack is not None:
            below = track.translated(0, 0.65 * theme.font_px)
            self._paint_gradient(painter, below, float(lab.other_stack.gradient[row]), self.colour_of(1), returned)

    def _paint_gradient(self, painter: QPainter, track: QRectF, gradient: float, colour: QColor, on: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("hover"))
        painter.drawRoundedRect(track, 2, 2)
        decade = np.log10(abs(gradient)) if gradient else LEAST_DECADE
        share = float(np.clip((decade - LEAST_DECADE) / (MOST_DECADE - LEAST_DECADE), 0, 1))
        if on and share > 0:
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(track.left(), track.top(), share * track.width(), track.height()), 2, 2)
        one = track.left() + ONE_AT * track.width()
        painter.setPen(QPen(self.theme.colour("muted"), 1))
        painter.drawLine(QPointF(one, track.top() - 1), QPointF(one, track.bottom() + 1))

    # Touching

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._over_plot(event.position()):
            self.drag_began.emit()
            self._dragging = True
            self._drag(event.position())

    def _over_plot(self, place: QPointF) -> bool:
        near = self.theme.space
        return self.axes().box.adjusted(-near, -near, near, near).contains(place)

    def _drag(self, place: QPointF) -> None:
        x, _ = self.axes().value_at(place)
        self._lab.set_point(round(x, 2))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())
            return
        over = self._over_plot(event.position())
        self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        changes = {
            Qt.Key.Key_Up: 0.1,
            Qt.Key.Key_Down: -0.1,
            Qt.Key.Key_Plus: 0.1,
            Qt.Key.Key_Equal: 0.1,
            Qt.Key.Key_Minus: -0.1,
            Qt.Key.Key_PageUp: 1.0,
            Qt.Key.Key_PageDown: -1.0,
        }
        change = changes.get(Qt.Key(event.key()), 0.0)
        if not change:
            super().keyPressEvent(event)
            return
        if not event.isAutoRepeat():
            self.drag_began.emit()
        self._lab.set_point(round(self._lab.point + change, 10))
