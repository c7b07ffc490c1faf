"""Lab: forward and backward, number by number."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Slot
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.core.labs.backprop.functions import HIDDEN, LOSSES, OUTPUT
from nnviz.core.labs.backprop.program import STRIDES, Kind, Net, Op, Phase
from nnviz.core.labs.backprop.values import Row
from nnviz.core.labs.backprop.walk import LARGEST, NextSample, Place, Walk, random_start
from nnviz.core.labs.backprop.words import Explanation, explain, name_of
from nnviz.core.spec import Spec, param
from nnviz.gui.labs.backprop_canvas import NetCanvas
from nnviz.gui.labs.backprop_code import CodePane
from nnviz.gui.labs.base import LABS, Lab, Stride
from nnviz.gui.labs.numbers import factor, short
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

SAMPLES = ("one, set by hand", "chapter: 2 x1 + 4 x2 + 1", "exclusive or")
CLOSE = 0.02
"""A guess within this share of the number counts as right."""
CLOSE_TO_ZERO = 0.005
"""So does one that is no further away than this."""


@dataclass(frozen=True, kw_only=True)
class BackpropSettings(Spec):
    """What can be set in the lab on forward and backward pass."""

    title = "Forward and backward"

    learning_rate: float = param(0.5, "Size of each update: eta.", ge=0.001, le=10, log=True)
    ask_first: bool = param(False, "Whether you are asked for the next number before it is shown.")
    show_code: bool = param(False, "Whether the same round stands beside it as PyTorch code, the matching line marked.")
    samples: str = param(SAMPLES[0], "Where inputs and targets of the next update come from.", choices=SAMPLES)
    hidden_activation: str = param("sigmoid", "What the units of the hidden layers do with z.", choices=HIDDEN)
    output_activation: str = param("sigmoid", "What the units of the last layer do with z.", choices=OUTPUT)
    loss: str = param("half squared error", "How wrong the output is, as one number.", choices=tuple(LOSSES))
    inputs: int = param(2, "Number of inputs.", ge=1, le=8)
    hidden_layers: int = param(1, "Number of hidden layers.", ge=0, le=3)
    hidden_units: int = param(5, "Units in each hidden layer.", ge=1, le=8)
    outputs: int = param(1, "Number of outputs.", ge=1, le=8)

    def net(self) -> Net:
        """The network that they describe."""
        sizes = (self.inputs, *[self.hidden_units] * self.hidden_layers, self.outputs)
        return Net(sizes, self.hidden_activation, self.output_activation, self.loss)

    def mended(self) -> BackpropSettings:
        """The nearest settings whose parts fit each other: output and loss, softmax and at least two outputs."""
        mended = self
        allowed = LOSSES[self.loss].outputs
        if self.output_activation not in allowed:
            mended = mended.replace(output_activation=allowed[0])
        if mended.output_activation == "softmax" and self.outputs < 2:
            mended = mended.replace(outputs=2)
        return mended


@LABS.register
class BackpropLab(Lab):
    """A small network, drawn as units and weights, that is stepped through one multiplication at a time."""

    title = str(QT_TRANSLATE_NOOP("Lab", "Forward and backward, number by number"))
    learns = str(
        QT_TRANSLATE_NOOP("Lab", "How a network computes, how its error travels back, and how each weight learns.")
    )
    order = 20
    settings_type = BackpropSettings
    strides: ClassVar[tuple[Stride, ...]] = tuple(
        Stride(name, english)
        for name, english in zip(
            STRIDES,
            (
                str(QT_TRANSLATE_NOOP("Lab", "one multiplication")),
                str(QT_TRANSLATE_NOOP("Lab", "one neuron")),
                str(QT_TRANSLATE_NOOP("Lab", "one layer")),
                str(QT_TRANSLATE_NOOP("Lab", "one pass")),
                str(QT_TRANSLATE_NOOP("Lab", "one update")),
            ),
            strict=True,
        )
    )
    speed = 2.0
    uses_seed = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.walk = self._fresh_walk()
        self.asked: str | None = None
        self._note = ""
        self._guesses = (0, 0)
        self._code: CodePane | None = None
        self.canvas = NetCanvas(self, theme)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.canvas, 1)
        self.setFocusProxy(self.canvas)
        self.canvas.number_typed.connect(self._on_number_typed)
        self.canvas.guessed.connect(self.guess)

    # The walk

    def _fresh_walk(self) -> Walk:
        net = self.settings.net()
        start = random_start(net, self.seed, self.settings.learning_rate)
        sample = self._next_sample()
        if sample is not None:
            x, y = sample(0)
            start = replace(start, x=x, y=y)
        return Walk(net, start, sample)

    def _next_sample(self) -> NextSample | None:
        settings: BackpropSettings = self.settings
        rule = SAMPLES.index(settings.samples)
        if rule == 0:
            return None
        seed = self.seed

        def sample(number: int) -> tuple[Row, Row]:
            dice = random.Random(1_000_003 * seed + number)
            if rule == 1:
                x = tuple(round(dice.random(), 2) for _ in range(settings.inputs))
                y = round(1 + sum(2 * (place + 1) * value for place, value in enumerate(x)), 6)
                return x, (y,) * settings.outputs
            x = tuple(float(dice.randint(0, 1)) for _ in range(settings.inputs))
            odd = int(sum(x)) % 2
            if settings.outputs == 1:
                return x, (float(odd),)
            return x, tuple(float(place == odd) for place in range(settings.outputs))

        return sample

    def explanation(self) -> Explanation | None:
        """Of the number that was computed last; None at the beginning."""
        op = self.walk.last
        return None if op is None else explain(op, self.walk.beginning(), self.walk.values, factor)

    def question(self) -> Explanation | None:
        """Of the number that is asked for; None if none is."""
        if self.asked is None:
            return None
        op, values = self.walk.peek(self.asked)
        # A new round starts from the weights of now.
        before = self.walk.values if self.walk.position == len(self.walk.ops) else self.walk.beginning()
        return explain(op, before, values, factor)

    def shown_op(self) -> Op | None:
        """The operation that is marked: the one asked for, else the last one."""
        return self.walk.peek(self.asked)[0] if self.asked is not None else self.walk.last

    # Moving

    def advance(self, stride: str) -> bool:
        """Make a step; if the number is to be asked for first, the first call asks and the second shows."""
        if self.settings.ask_first and self.asked is None:
            self.asked = stride
            self._note = ""
            self._show()
            return True
        stride, self.asked = self.asked or stride, None
        before = self.walk.number
        try:
            self.walk.forward(stride)
        except OverflowError:
            # Numbers that no float can hold: the walk stands where it stood, and says so.
            self.walk.back(stride)
            self._note = self.tr("The numbers grew beyond all bounds: lower the learning rate, or go back.")
            self._show()
            return False
        self.step = self.walk.total
        self._note = ""
        if self.walk.number != before and self.walk.next_sample is not None:
            self._note = self.tr("A new sample came in. ")
        self._show()
        return True

    def retreat(self, stride: str) -> bool:
        """Take a step, an edit or a question back."""
        if self.asked is not None:
            self.asked = None
            self._note = self.tr("The question is taken back. ")
            self._show()
            return True
        if not self.walk.can_go_back:
            return False
        edit = self.walk.back(stride)
        self.step = self.walk.total
        if edit is not None:
            self._note = self.tr("The number {0} that you had set by hand is taken back. ").format(short(edit.value))
        else:
            self._note = self.tr("One step back: every number is exactly as it was. ")
        self._show()
        return True

    def can_retreat(self) -> bool:
        """Whether there is a step, an edit or a question to take back."""
        return self.walk.can_go_back or self.asked is not None

    def restart(self) -> None:
        """Before the first multiplication; what was typed in there stays."""
        self.asked = None
        self._note = ""
        self.walk.restart()
        self.step = 0
        self._show()

    def _show(self) -> None:
        self.canvas.show_step()
        if self._code is not None:
            self._code.show_walk(self.walk, self.shown_op())

    # Setting

    def apply(self, settings: Any) -> None:
        """Take other settings; where the numbers still fit, the walk goes on."""
        settings = settings.mended()
        before, self.settings = self.settings, settings
        self.asked = None
        sizes, functions = settings.net().sizes != self.walk.net.sizes, settings.net() != self.walk.net
        if sizes:
            self.walk = self._fresh_walk()
        elif functions or settings.samples != before.samples:
            start = self.walk.origin()
            sample = self._next_sample()
            if sample is not None:
                x, y = sample(0)
                start = replace(start, x=x, y=y)
            self.walk = Walk(settings.net(), start, sample)
        if settings.learning_rate != self.walk.values.eta:
            self._set_eta(settings.learning_rate)
        self.step = self.walk.total
        self._note = ""
        self._show_code(settings.show_code)
        self._show()

    def _set_eta(self, eta: float) -> None:
        # A slider's way is one edit, not a hundred.
        edits = self.walk.round.edits
        while edits and edits[-1].place.kind == "eta" and edits[-1].position == self.walk.position:
            edits.pop()
        self.walk.set_number(Place("eta"), eta)

    def _show_code(self, wanted: bool) -> None:
        if wanted and self._code is None:
            self._code = CodePane(self.theme)
            self._row.addWidget(self._code)
        elif not wanted and self._code is not None:
            self._row.removeWidget(self._code)
            self._code.deleteLater()
            self._code = None
        self.canvas.set_table(not wanted)

    def set_seed(self, seed: int) -> None:
        """Other random weights."""
        self.seed = seed
        self.walk = self._fresh_walk()
        self.restart()

    @Slot(object, float)
    def _on_number_typed(self, place: Place, value: float) -> None:
        self.about_to_edit.emit()
        name = place_name(place)
        if place.kind == "eta":
            value = min(10.0, max(0.001, value))
            self.settings_wanted.emit(self.settings.replace(learning_rate=value))
        else:
            self.walk.set_number(place, max(-LARGEST, min(LARGEST, value)))
            self.asked = None
        loss = self.walk.values.loss
        self._note = self.tr("You set {0} to {1}; every number that follows from it changed with it. ").format(
            f"<b>{name}</b>", short(value)
        )
        if loss is not None:
            self._note += self.tr("The loss is {0} now. ").format(short(loss))
        self._show()
        self.told.emit()

    @Slot(float)
    def guess(self, value: float) -> None:
        """Answer the question, and see the number."""
        asked = self.question()
        if asked is None or self.asked is None:
            return
        right = abs(value - asked.value) <= max(CLOSE * abs(asked.value), CLOSE_TO_ZERO)
        self._guesses = (self._guesses[0] + right, self._guesses[1] + 1)
        self.advance(self.asked)
        verdict = self.tr("Right!") if right else self.tr("Not quite: you said {0}.").format(short(value))
        count = self.tr("{0} of {1} right so far.").format(*self._guesses)
        self._note = f"<b>{verdict}</b> {asked.name} = <b>{short(asked.value)}</b>. {count} "
        self.told.emit()

    # The state

    def content(self) -> dict[str, Any]:
        """The walk."""
        return self.walk.content()

    def take_content(self, content: Mapping[str, Any], step: int) -> None:
        """Stand where the walk stood; without one, at the beginning of new weights."""
        self.walk = (
            Walk.from_content(self.settings.net(), content, self._next_sample()) if content else self._fresh_walk()
        )
        self.step = self.walk.total
        self.asked = None
        self._note = ""
        self._show()

    # Words

    def position(self) -> str:
        """Which update, which pass, which operation."""
        walk = self.walk
        phases = {
            Phase.FORWARD: self.tr("forward"),
            Phase.BACKWARD: self.tr("backward"),
            Phase.UPDATE: self.tr("update"),
        }
        phase = phases[walk.last.phase] if walk.last is not None else self.tr("start")
        return self.tr("Round {0}, {1} {2}/{3}").format(walk.number + 1, phase, walk.position, len(walk.ops))

    def what(self) -> str:
        """The network and the letters."""
        return self.tr(
            "A {0} network learns from one sample. <b>Forward</b>: each unit adds up its inputs times its weights W, "
            "plus "
            "its bias b, to <b>z</b>; the activation makes <b>a</b> of it. The <b>loss</b> L says how far a is from "
            "the "
            "target y. <b>Backward</b>: <b>&delta;</b> = dL/dz is handed from layer to layer through the same "
            "weights, and "
            "gives the gradients <b>dW</b> and <b>db</b>. <b>Update</b>: each weight goes against its gradient, by "
            "<b>&eta;</b> times dW. (With one sample, sum and mean over the batch are the same.)"
        ).format("-".join(map(str, self.walk.net.sizes)))

    def todo(self) -> str:
        """Step, click, type."""
        settings = self.tr("<b>Choose</b> the network's size, activations and loss in the settings below.")
        rest = self.tr(
            "<b>Step</b> by one multiplication, neuron, layer, pass or update, and <b>back</b>. <b>Click</b> a unit "
            "for all "
            "of its numbers. <b>Click a framed number</b> (or press Tab, Up, Down and Enter) and type another. <b>Ask "
            "first</b> lets you guess each number. <b>Show code</b> marks the same line in PyTorch.<br><b>Try "
            "this:</b> set "
            "&eta; to 10 and step by updates; then choose the chapter's samples with a sigmoid at the end, and see why "
            "targets up to 7 cannot be reached: linear can."
        )
        return f"{settings} {rest}"

    def happened(self) -> str:
        """The last number in a sentence."""
        if self.asked is not None:
            return self._note + self.tr("What will it be? Type your guess above and press Enter; or step to see it.")
        op = self.walk.last
        if op is None:
            return self._note + self.tr(
                "Nothing is computed yet: inputs, weights and target are there. The first step multiplies the first "
                "input "
                "by the first weight."
            )
        return self._note + self._sentence(op)

    def _sentence(self, op: Op) -> str:
        values, net = self.walk.values, self.walk.net
        name, value = f"<b>{name_of(op)}</b>", f"<b>{short(values.number(op))}</b>"
        tag = f"{op.layer}[{op.unit + 1}]"
        match op.kind:
            case Kind.PRODUCT:
                total = values.growing[op.layer][op.unit] or 0.0
                return self.tr("One product of z{0}: {1} = {2}. The sum so far is {3}.").format(
                    tag, name, value, short(total)
                )
            case Kind.BIAS:
                return self.tr("With its bias added, the sum {0} is complete: {1}.").format(name, value)
            case Kind.ACTIVATE:
                activation = net.activation(op.layer).name
                return self.tr("The activation ({0}) makes {1} = {2} of z{3}: that is what the unit passes on.").format(
                    activation, name, value, tag
                )
            case Kind.ERROR:
                return self.tr("Output minus target: {0} = {1}.").format(name, value)
            case Kind.LOSS:
                return self.tr("The loss {0} = {1} says how wrong the network is. Now back: who is to blame?").format(
                    name, value
                )
            case Kind.LOSS_SLOPE:
                return self.tr("{0} = {1}: how fast the loss grows with this output.").format(name, value)
            case Kind.BACK_PRODUCT:
                grown = values.da[op.layer][op.unit]
                total = grown if grown is not None else values.growing[op.layer][op.unit] or 0.0
                return self.tr(
                    "The blame of the unit behind comes back through the same weight: {0} = {1}. da{2} so far is {3}."
                ).format(name, value, tag, short(total))
            case Kind.DELTA:
                return self.tr(
                    "Times the slope of the activation: {0} = {1}, by how much the loss grows with z{2}."
                ).format(name, value, tag)
            case Kind.BIAS_GRADIENT:
                return self.tr("A bias counts once, so its gradient is &delta; itself: {0} = {1}.").format(name, value)
            case Kind.WEIGHT_GRADIENT:
                return self.tr("What came in times &delta;: {0} = {1}, the weight's gradient.").format(name, value)
            case Kind.UPDATE_WEIGHT | Kind.UPDATE_BIAS:
                return self.tr("One step against the gradient: {0} is {1} now.").format(name, value)
        before, after = values.loss or 0.0, values.loss_after or 0.0
        if after < before:
            return self.tr("All weights are updated. The loss fell from <b>{0}</b> to <b>{1}</b>.").format(
                short(before), short(after)
            )
        if after > before:
            return self.tr(
                "All weights are updated, but the loss rose from <b>{0}</b> to <b>{1}</b>: the step was too long."
            ).format(short(before), short(after))
        return self.tr("All weights are updated, and the loss is still <b>{0}</b>: no gradient came through.").format(
            short(after)
        )

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self.canvas.set_theme(theme)
        if self._code is not None:
            self._code.set_theme(theme)

    @classmethod
    def paint_sketch(cls, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """The chapter's network, one weight's way marked."""
        columns = [box.left() + box.width() * share for share in (0.14, 0.5, 0.86)]
        places = [
            [QPointF(x, box.top() + box.height() * (row + 0.5) / count) for row in range(count)]
            for x, count in zip(columns, (2, 5, 1), strict=True)
        ]
        for layer, (before, behind) in enumerate(pairwise(places)):
            for i, start in enumerate(before):
                for j, end in enumerate(behind):
                    sign = colours.positive(theme) if (i + j + layer) % 3 else colours.negative(theme)
                    sign.setAlphaF(0.55)
                    marked = (layer, i, j) in ((0, 1, 3), (1, 3, 0))
                    painter.setPen(QPen(theme.colour("accent") if marked else sign, 3.0 if marked else 1.2))
                    painter.drawLine(start, end)
        painter.setPen(QPen(theme.colour("accent"), 1.6))
        painter.setBrush(theme.colour("surface"))
        for column in places:
            for place in column:
                painter.drawEllipse(place, box.height() * 0.075, box.height() * 0.075)


def place_name(place: Place) -> str:
    """What the chapter calls the number at a place."""
    unit, other = place.unit + 1, place.other + 1
    return {
        "weight": f"W{place.layer}[{other},{unit}]",
        "bias": f"b{place.layer}[{unit}]",
        "input": f"a0[{unit}]",
        "target": f"y[{unit}]",
        "eta": "\N{GREEK SMALL LETTER ETA}",
    }[place.kind]
