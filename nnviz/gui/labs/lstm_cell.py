"""Lab: one LSTM cell by hand. Forget, update, output, with a slider at every gate and weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.core.labs.lstm_cell import BEHAVIOURS, GATES, PARTS, WEIGHTS, Cell, Gate, TimeStep, run
from nnviz.core.labs.state import LabStateError, numbers
from nnviz.core.spec import Spec, param
from nnviz.gui.labs.base import LABS, Lab, Stride
from nnviz.gui.labs.lstm_cell_canvas import LstmCellCanvas
from nnviz.gui.labs.numbers import factor, short
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

REACH = 12.0
"""Weights are dragged from -REACH to REACH."""
INPUT_REACH = 2.0
"""Inputs are dragged from -INPUT_REACH to INPUT_REACH."""
OWN = "own settings"

PART = Stride("part", str(QT_TRANSLATE_NOOP("Lab", "forget, update or output")))
TIME = Stride("time", str(QT_TRANSLATE_NOOP("Lab", "one time step")))
SEQUENCE = Stride("sequence", str(QT_TRANSLATE_NOOP("Lab", "the whole sequence")))


@dataclass(frozen=True, kw_only=True)
class LstmCellSettings(Spec):
    """What can be set in the lab on the LSTM cell, beside what is dragged in its picture."""

    title = "LSTM cell"

    behaviour: str = param(
        "keeps", "Weights and inputs to begin with; what is dragged makes them your own.", choices=(*BEHAVIOURS, OWN)
    )
    length: int = param(12, "Number of inputs that the cell reads.", ge=4, le=24, unit="steps")


@LABS.register
class LstmCellLab(Lab):
    """A cell of one unit reads a short sequence, and each of its numbers is seen and can be set."""

    title = str(QT_TRANSLATE_NOOP("Lab", "One LSTM cell by hand"))
    learns = str(QT_TRANSLATE_NOOP("Lab", "How three gates let a cell keep, forget and let through what it reads."))
    order = 90
    settings_type = LstmCellSettings
    strides: ClassVar[tuple[Stride, ...]] = (PART, TIME, SEQUENCE)
    speed = 2.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        behaviour = BEHAVIOURS[self.settings.behaviour]
        self.cell: Cell = behaviour.cell
        self.inputs: tuple[float, ...] = behaviour.sequence(self.settings.length)
        self.run: tuple[TimeStep, ...] = run(self.cell, self.inputs)
        self._note = ""
        self._stride = PART.name
        self.canvas = LstmCellCanvas(self, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.canvas.drag_began.connect(self.about_to_edit)

    # Where it stands

    @property
    def last(self) -> int:
        """Number of steps after which the whole sequence is read."""
        return len(PARTS) * len(self.inputs)

    @property
    def time(self) -> int:
        """The time step that is being computed or was computed last, from 0."""
        return max(0, self.step - 1) // len(PARTS)

    @property
    def parts(self) -> int:
        """How many of its three parts are done."""
        return self.step - self.time * len(PARTS)

    @property
    def now(self) -> TimeStep:
        """The numbers of that time step, also those that are still to come."""
        return self.run[self.time]

    # What is set by hand

    def set_input(self, time: int, value: float) -> None:
        """Set one input; the cell stays where it stands."""
        value = min(INPUT_REACH, max(-INPUT_REACH, value))
        self.inputs = (*self.inputs[:time], value, *self.inputs[time + 1 :])
        self._note = self.tr("You set x<sub>{0}</sub> to {1}.").format(time + 1, short(value))
        self._changed()

    def set_weight(self, gate: str, weight: str, value: float) -> None:
        """Set "w_x", "w_h" or "b" of a gate, or "held": the value on which it is held."""
        if weight == "held":
            value = min(1.0, max(-1.0 if gate == "g" else 0.0, value))
            self._note = self.tr("You hold {0} on {1}.").format(f"<b>{gate}</b>", short(value))
        else:
            value = min(REACH, max(-REACH, value))
            name = {"w_x": "w<sub>x</sub>", "w_h": "w<sub>h</sub>", "b": "b"}[weight]
            self._note = self.tr("You set {0} of {1} to {2}.").format(name, f"<b>{gate}</b>", short(value))
        self.cell = self.cell.with_gate(gate, replace(self.cell.gate(gate), **{weight: value}))
        self._changed()

    def toggle_held(self, name: str) -> None:
        """Hold a gate by hand on the value that it has, or let its weights say it again."""
        self.about_to_edit.emit()
        gate = self.cell.gate(name)
        if gate.held is None:
            value = round(float(getattr(self.now, name)), 2)
            self.cell = self.cell.with_gate(name, replace(gate, held=value))
            self._note = self.tr("You hold {0} on {1}; its weights do not matter now.").format(
                f"<b>{name}</b>", short(value)
            )
        else:
            self.cell = self.cell.with_gate(name, replace(gate, held=None))
            self._note = self.tr("{0} is computed from its weights again.").format(f"<b>{name}</b>")
        self._changed()

    def _changed(self) -> None:
        if self.settings.behaviour != OWN:
            self.settings_wanted.emit(self.settings.replace(behaviour=OWN))
        self._compute()
        self.told.emit()

    def _compute(self) -> None:
        self.run = run(self.cell, self.inputs)
        self.canvas.update()

    # Moving

    def advance(self, stride: str) -> bool:
        """The next of the three parts, the rest of this time step, or the rest of the sequence."""
        if not self.can_advance():
            return False
        parts = len(PARTS)
        ends = {PART.name: self.step + 1, TIME.name: (self.step // parts + 1) * parts, SEQUENCE.name: self.last}
        self._stand_at(ends[stride], stride)
        return True

    def can_advance(self) -> bool:
        """Until the sequence is read."""
        return self.step < self.last

    def retreat(self, stride: str) -> bool:
        """One part back, to the beginning of this time step, or to that of the sequence."""
        if not self.step:
            return False
        parts = len(PARTS)
        starts = {PART.name: self.step - 1, TIME.name: (self.step - 1) // parts * parts, SEQUENCE.name: 0}
        self._stand_at(starts[stride], stride)
        return True

    def restart(self) -> None:
        """Before the first input; weights and inputs stay."""
        self._stand_at(0, PART.name)

    def _stand_at(self, step: int, stride: str) -> None:
        self.step = step
        self._stride = stride
        self._note = ""
        self.canvas.update()

    # Setting

    def apply(self, settings: Any) -> None:
        """Another behaviour begins again; a longer sequence goes on as the behaviour does."""
        before, self.settings = self.settings, settings
        if settings.behaviour == before.behaviour and settings.length == before.length:
            return
        if settings.behaviour == OWN:
            more = settings.length - len(self.inputs)
            self.inputs = (*self.inputs, *[0.0] * more)[: settings.length]
            self.step = min(self.step, self.last)
        else:
            behaviour = BEHAVIOURS[settings.behaviour]
            self.cell, self.inputs = behaviour.cell, behaviour.sequence(settings.length)
            self.restart()
        self._compute()

    def content(self) -> dict[str, Any]:
        """The inputs, and weights and hand of every gate, where they are the user's own."""
        if self.settings.behaviour != OWN:
            return {}
        gates = {name: self.cell.gate(name) for name in GATES}
        return {
            "inputs": list(self.inputs),
            "gates": {name: [getattr(gate, weight) for weight in WEIGHTS] for name, gate in gates.items()},
            "held": {name: gate.held for name, gate in gates.items() if gate.held is not None},
        }

    def take_content(self, content: Mapping[str, Any], step: int) -> None:
        """Stand where `content()` was written."""
        inputs = numbers(content, "inputs", (self.settings.length,), limit=INPUT_REACH)
        weights, held = content.get("gates", {}), content.get("held", {})
        if not isinstance(weights, Mapping) or not isinstance(held, Mapping):
            raise LabStateError("The file is damaged: its gates are no JSON objects.")
        if step > len(PARTS) * self.settings.length:
            raise LabStateError("The file is damaged: it stands behind the end of its own sequence.")
        start = BEHAVIOURS.get(self.settings.behaviour, BEHAVIOURS["keeps"])
        cell = start.cell
        for name in GATES:
            row = numbers(weights, name, (3,), limit=REACH)
            value = numbers(held, name, (), limit=1.0)
            if value is not None and value < 0 and name != "g":
                raise LabStateError(f"The file is damaged: {value!r} is no value of the gate {name!r}.")
            gate = cell.gate(name) if row is None else Gate(*row)
            cell = cell.with_gate(name, gate if row is None and value is None else replace(gate, held=value))
        self.cell = cell
        self.inputs = start.sequence(self.settings.length) if inputs is None else tuple(inputs)
        self._stand_at(step, PART.name)
        self._compute()

    # Words

    def position(self) -> str:
        """Which time step, and what of it is done."""
        names = (self.tr("start"), self.tr("forget"), self.tr("update"), self.tr("output"))
        return self.tr("Time step {0} of {1}: {2}").format(self.time + 1, len(self.inputs), names[self.parts])

    def what(self) -> str:
        """The cell, its letters and its three steps."""
        return self.tr(
            "An <b>LSTM</b> cell reads a sequence, one input x at a time, and remembers in its <b>cell state C</b>. "
            "Each of its gates is a unit that sees x and the last h: sigmoid(w<sub>x</sub> x + w<sub>h</sub> h + "
            "b), a number between 0 (shut) and 1 (open).<br><b>Forget:</b> C becomes f C. <b>Update:</b> C becomes C + "
            "i g, where the candidate g = tanh(w<sub>x</sub> x + w<sub>h</sub> h + b) is what might come in. "
            "<b>Output:</b> h = o tanh(C). With f = 1 and i = 0 the cell <b>freezes</b>: C stays as it is, and so does "
            "the gradient on its way back, over a thousand steps and more."
        )

    def todo(self) -> str:
        """Choose, drag, hold, step."""
        return self.tr(
            "Choose a <b>behaviour</b> below and <b>step</b> through forget, update, output. <b>Drag</b> the dots of "
            "the inputs up and down, and the sliders of every gate; or click <b>computed</b> to hold the gate by hand. "
            "With the keyboard: Up and Down choose, + and - change, Enter holds a gate.<br><b>Try this:</b> let it "
            "keep, then hold i on 1: why is the first input lost? Can you make a cell that counts down again at x = -1?"
        )

    def happened(self) -> str:
        """The formula of the last step, with its numbers in it."""
        s = self.now
        if not self.step:
            start = self.tr("Nothing is read yet: C = h = 0, and the first input is x<sub>1</sub> = {0}.").format(
                short(s.x)
            )
            return f"{self._note} {start}".strip()
        if self._stride == PART.name and not self._note:
            return (self._forget_text, self._update_text, self._output_text)[self.parts - 1](s)
        done = self.tr(
            "Time step {t}: f C + i g = {f} &middot; {c_before} + {i} &middot; {g} = <b>{c} = C</b>, "
            "h = o tanh(C) = {o} &middot; {squashed} = <b>{h}</b>."
        ).format(t=self.time + 1, **_short(s)) if self.parts == len(PARTS) else (
            self._forget_text, self._update_text)[self.parts - 1](s)  # fmt: skip
        return f"{self._note} {done}".strip()

    def _forget_text(self, s: TimeStep) -> str:
        change = self.tr("C becomes f C = {0} &middot; {1} = <b>{2}</b>.").format(
            short(s.f), factor(s.c_before), short(s.kept)
        )
        return f"<b>{self.tr('Forget:')}</b> {self._gate_text('f', s)}. {change}"

    def _update_text(self, s: TimeStep) -> str:
        change = self.tr("C becomes C + i g = {0} + {1} &middot; {2} = <b>{3}</b>.").format(
            short(s.kept), short(s.i), factor(s.g), short(s.c)
        )
        return f"<b>{self.tr('Update:')}</b> {self._gate_text('i', s)}; {self._gate_text('g', s)}. {change}"

    def _output_text(self, s: TimeStep) -> str:
        change = self.tr("h = o tanh(C) = {0} &middot; tanh({1}) = <b>{2}</b>.").format(
            short(s.o), short(s.c), short(s.h)
        )
        return f"<b>{self.tr('Output:')}</b> {self._gate_text('o', s)}. {change}"

    def _gate_text(self, name: str, s: TimeStep) -> str:
        gate, value = self.cell.gate(name), short(getattr(s, name))
        if gate.held is not None:
            return self.tr("{0} is held by hand on {1}").format(name, f"<b>{value}</b>")
        function = "tanh" if name == "g" else "sigmoid"
        terms = f"{short(gate.w_x)} &middot; {factor(s.x)} + {factor(gate.w_h)} &middot; {factor(s.h_before)}"
        z = short(gate.sum(s.x, s.h_before))
        return f"{name} = {function}({terms} + {factor(gate.b)}) = {function}({z}) = <b>{value}</b>"

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self.canvas.set_theme(theme)

    @classmethod
    def paint_sketch(cls, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """A line that goes through the cell, with three gates at it."""
        body = box.adjusted(box.width() * 0.12, box.height() * 0.1, -box.width() * 0.12, -box.height() * 0.1)
        painter.setPen(QPen(theme.colour("border_strong"), 1.5))
        painter.setBrush(theme.colour("hover"))
        painter.drawRoundedRect(body, 8, 8)
        y, low = body.top() + body.height() * 0.3, body.top() + body.height() * 0.75
        painter.setPen(QPen(colours.positive(theme), 3))
        painter.drawLine(QPointF(box.left() + 2, y), QPointF(box.right() - 2, y))
        radius = box.height() * 0.09
        for share in (0.22, 0.5, 0.78):
            x = body.left() + body.width() * share
            painter.setPen(QPen(theme.colour("muted"), 1.5))
            painter.drawLine(QPointF(x, low), QPointF(x, y))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(QPointF(x, y), radius, radius)
            painter.setBrush(colours.sequential_colour(theme, share))
            painter.drawRoundedRect(QRectF(x - 2 * radius, low - radius, 4 * radius, 2 * radius), 3, 3)


def _short(step: TimeStep) -> dict[str, str]:
    shown = {name: short(getattr(step, name)) for name in ("f", "i", "o", "c", "h", "squashed")}
    return {**shown, "g": factor(step.g), "c_before": factor(step.c_before)}
