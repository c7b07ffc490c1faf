"""Lab: vanishing and exploding gradients. The size of activations and gradients through a stack of up to 50 layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.core.labs.signal_sizes import (
    ACTIVATIONS,
    EXPLODES,
    FEWEST_LAYERS,
    INITIALISATIONS,
    MOST_LAYERS,
    VANISHES,
    Expected,
    Initialisation,
    Passes,
    batch,
    bins_of,
    curve_of,
    expect_sizes,
    mean_factor,
    run_passes,
    unit_draws,
)
from nnviz.core.spec import Spec, param
from nnviz.gui.labs.base import LABS, Lab, Stride
from nnviz.gui.labs.numbers import significant
from nnviz.gui.labs.vanishing_canvas import BINS, VanishingCanvas, factor_text
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

NONE = "nothing"
PASS = Stride("pass", str(QT_TRANSLATE_NOOP("Lab", "a whole pass")))
LAYER = Stride("layer", str(QT_TRANSLATE_NOOP("Lab", "a layer")))

_WITH_DEVIATION = ("normal", "truncated normal")


@dataclass(frozen=True, kw_only=True)
class VanishingSettings(Spec):
    """What can be set in the lab on vanishing and exploding gradients."""

    title = "Vanishing and exploding gradients"

    depth: int = param(20, "Number of layers in the stack.", ge=FEWEST_LAYERS, le=MOST_LAYERS, unit="layers")
    units: int = param(64, "Units in each layer: n.", ge=8, le=80, unit="units")
    activation: str = param("ReLU", "The function behind every layer.", choices=ACTIVATIONS)
    initialisation: str = param("normal", "How the weights are drawn.", choices=INITIALISATIONS)
    standard_deviation: float = param(
        0.1, "Spread of the weights: sigma.", ge=0.001, le=1, log=True, only_if=("initialisation", _WITH_DEVIATION)
    )
    distribution: str = param(
        "normal",
        "Whether the weights are normal or evenly spread between two limits.",
        choices=("normal", "uniform"),
        only_if=("initialisation", ("Xavier", "He")),
    )
    scale: float = param(1.0, "What all drawn weights are multiplied by.", ge=0.1, le=10, log=True)
    compare_with: str = param(
        NONE, "A second initialisation, always at scale 1, drawn beside it.", choices=(NONE, *INITIALISATIONS)
    )


@LABS.register
class VanishingLab(Lab):
    """One batch goes forwards through a deep stack, one gradient comes back."""

    title = str(QT_TRANSLATE_NOOP("Lab", "Vanishing and exploding gradients"))
    learns = str(
        QT_TRANSLATE_NOOP("Lab", "Why deep stacks lose their signals and gradients, and how Xavier and He keep them.")
    )
    order = 30
    settings_type = VanishingSettings
    strides: ClassVar[tuple[Stride, ...]] = (LAYER, PASS)
    speed = 8.0
    uses_seed = True

    passes: Passes
    expected: Expected
    other: Passes | None

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.looked_at: int | None = None
        self._counts: dict[int, NDArray[np.int64]] = {}
        self._other_of: tuple[Any, ...] = ()
        self.other = None
        self.computed = 0
        self.canvas = VanishingCanvas(self, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self._compute()

    # The numbers

    @property
    def layers(self) -> int:
        """Number of layers."""
        return int(self.settings.depth)

    @property
    def initialisation(self) -> Initialisation:
        """How the weights are drawn, as it is set."""
        now = self.settings
        return Initialisation(now.initialisation, now.standard_deviation, now.distribution, now.scale)

    def _compute(self) -> None:
        now, curve, start = self.settings, curve_of(self.settings.activation), self.initialisation
        self.deviation = start.deviation(now.units)
        self.passes = self._run(start)
        self.expected = expect_sizes(curve, self.deviation, now.units, now.depth)
        self._counts.clear()
        self.computed += 1
        self._compare()
        self.canvas.update()

    def _run(self, start: Initialisation) -> Passes:
        now = self.settings
        inputs, gradient = batch(now.units, self.seed)
        weights = unit_draws(start.shape, now.units, now.depth, self.seed)
        return run_passes(curve_of(now.activation), weights, start.deviation(now.units), inputs, gradient)

    def _compare(self) -> None:
        now = self.settings
        if now.compare_with == NONE:
            self.other, self._other_of = None, ()
            return
        start = Initialisation(now.compare_with, now.standard_deviation, now.distribution)
        # A drag of the scale leaves it as it is.
        of = (start, now.depth, now.units, now.activation, self.seed)
        if of != self._other_of:
            self.other, self._other_of = self._run(start), of

    def histogram(self, layer: int) -> NDArray[np.int64]:
        """Counts of a layer's activations, (BINS,); 0 is the inputs. What is beyond lies in the first or last bar."""
        if layer not in self._counts:
            low, high = self.bins()
            self._counts[layer] = np.histogram(np.clip(self.passes.a[layer], low, high), BINS, (low, high))[0]
        return self._counts[layer]

    def bins(self) -> tuple[float, float]:
        """Between which values the histograms lie."""
        return bins_of(curve_of(self.settings.activation))

    def factors(self, passes: Passes) -> tuple[float, float]:
        """Mean measured factors per layer: forwards on the activations, backwards on the gradient."""
        forwards = mean_factor(float(passes.a_sizes[0]), float(passes.a_sizes[-1]), self.layers)
        backwards = mean_factor(float(passes.delta_sizes[-1]), float(passes.delta_sizes[0]), self.layers - 1)
        return forwards, backwards

    def verdict(self, first: float, last: float) -> str:
        """Whether a size vanishes, explodes or is kept."""
        if not first or last / first < VANISHES:
            return self.tr("vanishes")
        return self.tr("explodes") if last / first > EXPLODES else self.tr("keeps its size")

    # Moving

    @property
    def reached(self) -> tuple[int, int]:
        """How many layers the signal has passed, and how many the gradient on its way back."""
        return min(self.step, self.layers), max(0, self.step - self.layers)

    @property
    def layer(self) -> int | None:
        """The layer that is marked: the one that was clicked, else the one of the last step; None if there is none."""
        if self.looked_at is not None:
            return self.looked_at
        if self.step == 0:
            return None
        return self.step if self.step <= self.layers else 2 * self.layers + 1 - self.step

    def look_at(self, layer: int) -> None:
        """Mark a layer, from 0 (the inputs) to the last, and say its numbers."""
        self.looked_at = min(self.layers, max(0, layer))
        self.canvas.update()
        self.told.emit()

    def advance(self, stride: str) -> bool:
        """Through one more layer, or to the end of the pass."""
        if not self.can_advance():
            return False
        if stride == PASS.name:
            return self._stand_at(self.layers if self.step < self.layers else 2 * self.layers)
        return self._stand_at(self.step + 1)

    def retreat(self, stride: str) -> bool:
        """The step before, or the beginning of the pass."""
        if self.step == 0:
            return False
        if stride == PASS.name:
            return self._stand_at(self.layers if self.step > self.layers else 0)
        return self._stand_at(self.step - 1)

    def _stand_at(self, step: int) -> bool:
        self.step, self.looked_at = step, None
        self.canvas.update()
        return True

    def can_advance(self) -> bool:
        """Through the stack and back."""
        return self.step < 2 * self.layers

    def restart(self) -> None:
        """Everything at once, no layer marked."""
        self._stand_at(0)

    # What is set

    def apply(self, settings: Any) -> None:
        """Take other settings."""
        self.settings = settings
        self._compute()
        self.restart()

    def set_seed(self, seed: int) -> None:
        """Draw other weights, another batch and another gradient."""
        self.seed = seed
        self._compute()
        self.restart()

    # Words

    def what(self) -> str:
        """The stack, the sizes, the formula, and why this initialisation."""
        now = self.settings
        return (
            self.tr(
                "A batch goes <b>forwards</b> through {0} layers of {1} units, z = aW and a = f(z); a gradient comes "
                "<b>backwards</b>, &delta; = dL/dz. Both begin with size 1 (root mean square of all numbers). On "
                "average a layer multiplies the size of z by <b>&radic;n &sigma; size(f(z))/size(z)</b> and that of "
                "&delta; by <b>&radic;n &sigma; size(f'(z))</b>; &sigma; is the spread of the weights, here {2}. "
                "Factors multiply: below 1 the size <b>vanishes</b>, above 1 it <b>explodes</b>."
            ).format(now.depth, now.units, significant(self.deviation, 2))
            + " "
            + self.tr(
                "Dotted: by how much a unit differs from sample to sample; where that vanishes, the network cannot "
                "tell samples apart."
            )
            + "<br>"
            + self._why()
        )

    def _why(self) -> str:
        n = self.settings.units
        texts = {
            "normal": self.tr(
                "<b>Normal</b>: the spread does not know how many units there are, so it fits only by luck; and far "
                "tails let single units saturate."
            ),
            "truncated normal": self.tr(
                "<b>Truncated normal</b>: values beyond 2 &sigma; are drawn again, so that no weight begins far "
                "outside; "
                "what is left has 0.88 of the spread. It too does not know n."
            ),
            "Xavier": self.tr(
                "<b>Xavier</b>: &sigma;&sup2; = 2/(inputs + outputs) = 1/{0} makes &radic;n &sigma; = 1: right where "
                "f is "
                "nearly a straight line of slope 1 around 0, as tanh is. Sigmoid has slope 1/4 there."
            ).format(n),
            "He": self.tr(
                "<b>He</b>: &sigma;&sup2; = 2/n = 2/{0} makes up for the half of all signals and slopes that ReLU sets "
                "to 0: &radic;n &sigma; &radic;&frac12; = 1."
            ).format(n),
            "uniform by fan-in": self.tr(
                "<b>Uniform by fan-in</b>: PyTorch's own start, between -1/&radic;n and 1/&radic;n: &sigma;&sup2; = "
                "1/(3n), hence &radic;n &sigma; = 0.58. Fine for few layers."
            ),
        }
        return texts[self.settings.initialisation]

    def todo(self) -> str:
        """Sliders, click, step; and what to try."""
        return self.tr(
            "Move the <b>sliders</b>: everything is computed again at once. <b>Click</b> a layer (or press the up and "
            "down keys) for its numbers. <b>Step</b> or <b>run</b> to go with the signal, and back with the "
            "gradient.<br><b>Try this:</b> find the standard deviation at which ReLU keeps its size in 50 layers; then "
            "look what He takes. Compare Xavier and He with tanh. Can any scale save the gradient of sigmoid?"
        )

    def happened(self) -> str:
        """The marked layer in numbers, or what becomes of signal and gradient."""
        layer = self.layer
        if layer is None:
            return self._whole()
        if self.looked_at is not None:
            return self._looked_at(layer)
        return self._forwards(layer) if self.step <= self.layers else self._backwards(layer)

    def _whole(self) -> str:
        a, delta = self.passes.a_sizes, self.passes.delta_sizes
        forwards, backwards = self.factors(self.passes)
        text = self.tr(
            "Forwards the signal <b>{0}</b>: from 1 to {1}, times {2} per layer. Backwards the gradient <b>{3}</b>: "
            "from {4} to {5}, times {6} per layer."
        ).format(
            self.verdict(float(a[0]), float(a[-1])), significant(float(a[-1]), 2), factor_text(forwards),
            self.verdict(float(delta[-1]), float(delta[0])), significant(float(delta[-1]), 2),
            significant(float(delta[0]), 2), factor_text(backwards),
        )  # fmt: skip
        return f"{text} {self._remark()}".rstrip()

    def _remark(self) -> str:
        passes = self.passes
        flat = float(passes.flat.mean())
        name = self.settings.activation
        if name in ("sigmoid", "tanh") and flat > 0.3:
            return self.tr("{0}&nbsp;% of the units are saturated: their slope is below 0.05.").format(
                f"{100 * flat:.0f}"
            )
        if name != "linear" and passes.spreads[-1] < 0.05 * passes.a_sizes[-1]:
            return self.tr(
                "At the end all samples look nearly the same to the network: they differ by {0} only."
            ).format(significant(float(passes.spreads[-1]), 2))
        return ""

    def _looked_at(self, layer: int) -> str:
        passes = self.passes
        if layer == 0:
            return self.tr("The inputs: a batch of size <b>1</b>, from a normal distribution.")
        return self.tr(
            "Layer {0}: activations <b>{1}</b>, gradient &delta; <b>{2}</b>. By the formula, this layer multiplies the "
            "size of z by {3} forwards and that of &delta; by {4} backwards; {5}&nbsp;% of its slopes are below 0.05."
        ).format(
            layer,
            significant(float(passes.a_sizes[layer]), 2),
            significant(float(passes.delta_sizes[layer - 1]), 2),
            factor_text(float(self.expected.forwards[layer - 1])),
            factor_text(float(self.expected.backwards[layer - 1])),
            f"{100 * float(passes.flat[layer - 1]):.0f}",
        )

    def _forwards(self, layer: int) -> str:
        passes = self.passes
        came, z, left = (float(part) for part in (passes.a_sizes[layer - 1], passes.z_sizes[layer - 1],
                                                  passes.a_sizes[layer]))  # fmt: skip
        text = self.tr(
            "Layer {0}, forwards: activations of size {1} come in, the weights make z of size {2}, and {3} lets "
            "<b>{4}</b> through."
        ).format(
            layer, significant(came, 2), significant(z, 2), spec_text(self.settings.activation), significant(left, 2)
        )
        if layer == self.layers:
            text += " " + self.tr("From 1 to {0} in {1} layers: the signal <b>{2}</b>.").format(
                significant(left, 2), layer, self.verdict(float(passes.a_sizes[0]), left)
            )
        return text

    def _backwards(self, layer: int) -> str:
        passes = self.passes
        delta, slope = float(passes.delta_sizes[layer - 1]), float(passes.slope_sizes[layer - 1])
        if layer == self.layers:
            return self.tr(
                "Layer {0}, backwards: the gradient comes in with size 1; times the slopes f'(z), of size {1}, it is "
                "&delta; = <b>{2}</b>."
            ).format(layer, significant(slope, 2), significant(delta, 2))
        later = float(passes.delta_sizes[layer])
        text = self.tr(
            "Layer {0}, backwards: &delta; of size {1} comes from behind; through the weights and times the slopes, of "
            "size {2}, it is <b>{3}</b>."
        ).format(layer, significant(later, 2), significant(slope, 2), significant(delta, 2))
        if layer == 1:
            last = float(passes.delta_sizes[-1])
            text += " " + self.tr("That is all that the first layer learns from: the gradient <b>{0}</b>.").format(
                self.verdict(last, delta)
            )
        return text

    def position(self) -> str:
        """Which layer, and which way."""
        if self.step == 0:
            return self.tr("All layers at once")
        if self.step <= self.layers:
            return self.tr("Forwards: layer {0} of {1}").format(self.step, self.layers)
        return self.tr("Backwards: layer {0} of {1}").format(2 * self.layers + 1 - self.step, self.layers)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self.canvas.set_theme(theme)

    @classmethod
    def paint_sketch(cls, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """Gradients that shrink, stay and grow from layer to layer."""
        layers = 9
        step = box.width() / (layers + 1)
        for slope, colour in ((-1, colours.negative(theme)), (0, theme.colour("accent")), (1, colours.positive(theme))):
            places = [
                QPointF(
                    box.left() + step * (layer + 1),
                    box.center().y() - slope * 0.42 * box.height() * (layer / (layers - 1)) ** 1.2,
                )
                for layer in range(layers)
            ]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 2))
            painter.drawPolyline(QPolygonF(places))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            for place in places:
                painter.drawEllipse(place, 3.5, 3.5)
