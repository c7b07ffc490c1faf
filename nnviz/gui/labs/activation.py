"""Lab: activation functions. Curve and derivative, a point to drag, a layer's inputs, and a stack of eight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
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
from nnviz.gui.labs.activation_canvas import INPUTS, NONE, POINTS, REACH, START_X, ActivationCanvas
from nnviz.gui.labs.axes import Axes
from nnviz.gui.labs.base import LABS, STEP, Lab, Stride
from nnviz.gui.labs.canvas import paint_handle
from nnviz.gui.labs.numbers import signed, significant
from nnviz.gui.style.theme import Theme


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
        settings = self.tr("<b>Choose</b> a function, and one to compare it with, in the settings below.")
        rest = self.tr(
            "<b>Drag</b> the point along the curve, or move it with the up and down keys. <b>Step</b> or <b>run</b>: "
            "the "
            "value at the point goes down a stack of eight equal layers, and a gradient comes back up. Move the "
            "sliders to see what a whole layer's inputs (below the curve) become (at its right)."
            "<br><b>Try this:</b> with sigmoid, drag the point to 5 and watch the slope; spread the inputs to 5 and "
            "see "
            "the outputs pile up at both ends. Then make the weight 4: does that save the gradient? And with tanh?"
        )
        return f"{settings} {rest}"

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
