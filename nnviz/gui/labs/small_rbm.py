"""Lab: a machine with 3 visible and 2 hidden units, all its 32 states, and contrastive divergence line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.core.labs.state import numbers
from nnviz.core.labs.tiny_rbm import HIDDEN, LINES, VISIBLE, Array, TinyRbm, states
from nnviz.core.spec import Spec, param
from nnviz.gui.labs.base import LABS, Lab, Stride
from nnviz.gui.labs.canvas import CENTRE, LEFT, LabCanvas
from nnviz.gui.labs.numbers import signed
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

REACH = 8.0
"""Values are dragged from -REACH to REACH."""

MOST_LINES = 7 * 500

START_W = ((1.0, -1.0), (0.5, 0.5), (-1.0, 1.0))
PATTERNS = {"110 and 011": ((1, 1, 0), (0, 1, 1)), "101": ((1, 0, 1),), "000 and 111": ((0, 0, 0), (1, 1, 1))}

LINE = Stride("line", str(QT_TRANSLATE_NOOP("Lab", "line")))
CD_STEP = Stride("step", str(QT_TRANSLATE_NOOP("Lab", "step")))


@dataclass(frozen=True, kw_only=True)
class SmallRbmSettings(Spec):
    """What can be set in the lab on the smallest RBM."""

    title = "Smallest RBM"

    patterns: str = param("110 and 011", "What it learns, one pattern per step.", choices=tuple(PATTERNS))
    learning_rate: float = param(0.1, "Size of each step: alpha.", ge=0.01, le=5, log=True)


def _start() -> TinyRbm:
    return TinyRbm(np.array(START_W), np.zeros(VISIBLE), np.zeros(HIDDEN))


@LABS.register
class SmallRbmLab(Lab):
    """Energies and probabilities of every state, while weights are dragged or learned."""

    title = str(QT_TRANSLATE_NOOP("Lab", "The smallest RBM"))
    learns = str(
        QT_TRANSLATE_NOOP(
            "Lab", "How weights make some states probable, and what each line of contrastive divergence does."
        )
    )
    order = 80
    settings_type = SmallRbmSettings
    strides: ClassVar[tuple[Stride, ...]] = (LINE, CD_STEP)
    speed = 4.0
    uses_seed = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.start = _start()
        self._path: list[TinyRbm] = [self.start]
        self._note = ""
        self.canvas = SmallRbmCanvas(self, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.canvas.drag_began.connect(self.about_to_edit)

    @property
    def machine(self) -> TinyRbm:
        """The machine now."""
        return self._path[-1]

    @property
    def data(self) -> Array:
        """The patterns that it learns, (n, 3)."""
        return np.array(PATTERNS[self.settings.patterns], np.float64)

    def set_value(self, name: str, index: tuple[int, ...], value: float) -> None:
        """Set a weight ("w") or bias ("a", "b") by hand; the steps begin again from there."""
        now = self.machine
        tensors = {"w": now.w.copy(), "a": now.a.copy(), "b": now.b.copy()}
        before = now.energies()
        tensors[name][index] = min(REACH, max(-REACH, value))
        self.start = TinyRbm(tensors["w"], tensors["a"], tensors["b"])
        self._path, self.step = [self.start], 0
        changed = int((np.abs(self.start.energies() - before) > 1e-12).sum())
        self._note = self.tr("You set {0} to {1}: the energy of {2} of the 32 states changed, and every probability.")
        self._note = self._note.format(value_name(name, index), signed(float(tensors[name][index])), changed)
        self.canvas.update()
        self.told.emit()

    # Moving

    def advance(self, stride: str) -> bool:
        """One line, or the rest of a step."""
        if not self.can_advance():
            return False
        while True:
            self._path.append(self.machine.next_line(self.data, self.seed, self.settings.learning_rate))
            self.step += 1
            if stride == "line" or self.machine.line == 0:
                break
        self._note = self._line_note()
        self.canvas.update()
        return True

    def can_advance(self) -> bool:
        """So many lines are kept that each can be taken back."""
        return self.step < MOST_LINES

    def retreat(self, stride: str) -> bool:
        """The line or step before, as it was."""
        if not self.step:
            return False
        while True:
            self._path.pop()
            self.step -= 1
            if stride == "line" or self.machine.line == 0 or not self.step:
                break
        self._note = self._line_note() if self.step else ""
        self.canvas.update()
        return True

    def restart(self) -> None:
        """Back to the weights that were set by hand."""
        super().restart()
        self._path = [self.start]
        self._note = ""
        self.canvas.update()

    def position(self) -> str:
        """Step and line."""
        return self.tr("Step {0}, line {1} of 7").format(self.machine.step + 1, self.machine.line)

    def content(self) -> dict[str, Any]:
        """The weights that were set by hand."""
        return {"w": self.start.w.tolist(), "a": self.start.a.tolist(), "b": self.start.b.tolist()}

    def take_content(self, content: Mapping[str, Any], step: int) -> None:
        """Stand where `content()` was written."""
        w = numbers(content, "w", (VISIBLE, HIDDEN), limit=REACH)
        a = numbers(content, "a", (VISIBLE,), limit=REACH)
        b = numbers(content, "b", (HIDDEN,), limit=REACH)
        start = _start()
        self.start = TinyRbm(
            start.w if w is None else np.array(w),
            start.a if a is None else np.array(a),
            start.b if b is None else np.array(b),
        )
        self._path = [self.start]
        super().take_content(content, step)

    # Words

    def _line_note(self) -> str:
        machine = self.machine
        done = LINES[(machine.line - 1) % len(LINES)]
        s = {name: vector(value) for name, value in machine.seen.items()}
        texts = {
            "encode": self.tr("Positive phase. The data is v0 = {v0}; p(h0) = sigmoid(v0 W + b) = {p0}."),
            "draw hidden": self.tr("Each hidden unit is drawn with its probability {p0}: h0 = {h0}."),
            "positive": self.tr(
                "Positive association v0<sup>T</sup> h0 = {positive}: what was on together at the data."
            ),
            "decode": self.tr("Negative phase. p(v1) = sigmoid(h0 W<sup>T</sup> + a) = {q1}, drawn: v1 = {v1}."),
            "encode again": self.tr("p(h1) = sigmoid(v1 W + b) = {p1}; probabilities are enough here."),
            "negative": self.tr(
                "Negative association v1<sup>T</sup> p(h1) = {negative}: what the machine makes of it."
            ),
            "update": self.tr(
                "W += alpha (positive - negative); a += alpha (v0 - v1); b += alpha (h0 - p(h1)): energy goes down at "
                "v0 = {v0} and up at v1 = {v1}."
            ),
        }
        return texts[done].format(**s)

    def what(self) -> str:
        """Energies, and how this machine differs from its relatives."""
        return self.tr(
            "Every state of this <b>restricted Boltzmann machine</b> has an energy E = -a v - b h - v W h, and the "
            "probability e<sup>-E</sup> / Z; Z is the sum over all 32 states of the table. Learning lowers the energy "
            "of the data. <b>Contrastive divergence</b> compares the data with what one Gibbs step makes of it. It is "
            "the gradient of no function at all: the chain's end depends on the weights too, and that is left out; it "
            "only points about where the likelihood's gradient does. A full <b>Boltzmann machine</b> also joins "
            "visible with visible and hidden with hidden units, so neither side could be drawn at once. An "
            "<b>autoencoder</b> also encodes and decodes, but has no energy, no probabilities, and makes the "
            "reconstruction error small, which here only comes along."
        )

    def todo(self) -> str:
        """Drag, click and step."""
        return self.tr(
            "<b>Drag</b> a weight or bias up or down (or choose one with the arrow keys and press + or -) and watch "
            "the table. <b>Point</b> at a state for its energy. Then go <b>line</b> by line through contrastive "
            "divergence, or <b>run</b> whole steps, until the rows of the patterns are dark.<br><b>Try this:</b> let "
            "it learn 000 and 111 from weights of 0: why does it first learn nothing but how often each unit is on?"
        )

    def happened(self) -> str:
        """The last line or edit, and the likelihood."""
        likelihood = self.machine.log_likelihood(self.data)
        now = self.tr("The patterns have a mean log-likelihood of <b>{0}</b> nats (at best {1}).").format(
            signed(likelihood, 3), signed(-float(np.log(len(self.data))), 3)
        )
        return f"{self._note} {now}".strip()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self.canvas.set_theme(theme)

    @classmethod
    def paint_sketch(cls, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """Three circles below, two above, joined."""
        below = [
            QPointF(box.left() + box.width() * (0.2 + 0.3 * i), box.bottom() - box.height() * 0.2) for i in range(3)
        ]
        above = [QPointF(box.left() + box.width() * (0.35 + 0.3 * j), box.top() + box.height() * 0.2) for j in range(2)]
        for i, v in enumerate(below):
            for j, h in enumerate(above):
                colour = colours.positive(theme) if START_W[i][j] > 0 else colours.negative(theme)
                painter.setPen(QPen(colour, 2))
                painter.drawLine(v, h)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.setBrush(theme.colour("surface"))
        radius = box.height() * 0.12
        for place in (*below, *above):
            painter.drawEllipse(place, radius, radius)


def vector(values: Array) -> str:
    """A row of numbers, or rows of them: (1, 0, 1); whole numbers without decimals."""
    if values.ndim == 2:
        return "(" + "; ".join(vector(row)[1:-1] for row in values) + ")"
    return "(" + ", ".join(f"{x:.0f}" if float(x).is_integer() else f"{x:.2f}" for x in values) + ")"


def value_name(name: str, index: tuple[int, ...]) -> str:
    """How a weight or bias is called in a sentence."""
    if name == "w":
        return f"w<sub>{index[0] + 1}{index[1] + 1}</sub>"
    return f"{name}<sub>{index[0] + 1}</sub>"


Handle = tuple[str, tuple[int, ...]]

V_STATES, H_STATES = states(VISIBLE), states(HIDDEN)

HANDLES: tuple[Handle, ...] = (
    *(("w", (i, j)) for i in range(VISIBLE) for j in range(HIDDEN)),
    *(("a", (i,)) for i in range(VISIBLE)),
    *(("b", (j,)) for j in range(HIDDEN)),
)


class SmallRbmCanvas(LabCanvas):
    """The machine at the left, the table of all its states at the right.

    Signals:
        drag_began: A weight or bias is going to be changed by hand.
    """

    drag_began = Signal()

    def __init__(self, lab: SmallRbmLab, theme: Theme) -> None:
        super().__init__(theme)
        self._lab = lab
        self._chosen = 0
        self._grabbed: tuple[Handle, float, float] | None = None
        self._pointed: tuple[int, int] | None = None
        self.setObjectName("small_rbm_canvas")
        self.setAccessibleName(self.tr("Weights and biases, and the probability of every state"))

    # Places

    def picture(self) -> QRectF:
        """Where the machine stands."""
        margin = 2.0 * self.theme.space
        return QRectF(margin, margin, self.width() * 0.46 - margin, self.height() - 2 * margin)

    def unit(self, kind: str, index: int) -> QPointF:
        """Middle of a unit's circle: "v" below, "h" above."""
        box = self.picture()
        count = VISIBLE if kind == "v" else HIDDEN
        x = box.left() + box.width() * (index + 0.5) / count
        return QPointF(x, box.top() + box.height() * (0.78 if kind == "v" else 0.2))

    def handle(self, handle: Handle) -> QPointF:
        """Middle of a value that can be dragged."""
        name, index = handle
        far = 2.6 * self.theme.font_px
        if name == "a":
            return self.unit("v", index[0]) + QPointF(0, far)
        if name == "b":
            return self.unit("h", index[0]) - QPointF(0, far)
        v, h = self.unit("v", index[0]), self.unit("h", index[1])
        # Beside the middles, at different heights: few lines cross there. In large type further down, where the lines
        # are further apart.
        upper = min(0.54, 1 - VISIBLE * (self._handle_width() + 4) / self.picture().width())
        return v + (h - v) * (min(0.3, upper - 0.16) if index[1] == 0 else upper)

    def _handle_width(self) -> float:
        return 3.4 * self.theme.font_px

    def table(self) -> QRectF:
        """Where the cells of the table stand: 8 rows for v, 4 columns for h."""
        theme = self.theme
        left = self.width() * 0.5 + 4.5 * theme.font_px
        top = 4.2 * theme.font_px
        width = self.width() - left - 5.5 * theme.font_px - 2 * theme.space
        return QRectF(left, top, width, self.height() - top - 3.2 * theme.font_px)

    def cell(self, row: int, column: int) -> QRectF:
        """One state's box."""
        box = self.table()
        width, height = box.width() / 4, box.height() / 8
        return QRectF(box.left() + column * width, box.top() + row * height, width, height)

    # Painting

    def paint(self, painter: QPainter) -> None:
        """Machine, then table."""
        self._paint_machine(painter)
        self._paint_table(painter)

    def _value(self, handle: Handle) -> float:
        name, index = handle
        return float(getattr(self._lab.machine, name)[index])

    def _sign(self, value: float) -> QColor:
        return colours.positive(self.theme) if value >= 0 else colours.negative(self.theme)

    def _paint_machine(self, painter: QPainter) -> None:
        theme = self.theme
        for handle in HANDLES[: VISIBLE * HIDDEN]:
            value = self._value(handle)
            painter.setPen(QPen(self._sign(value), 1.0 + min(7.0, abs(value) * 1.5)))
            _, (i, j) = handle
            painter.drawLine(self.unit("v", i), self.unit("h", j))
        seen, radius = self._lab.machine.seen, 1.5 * theme.font_px
        shown = {"v": seen.get("v1", seen.get("v0")), "h": seen.get("p1", seen.get("h0", seen.get("p0")))}
        for kind, count in (("v", VISIBLE), ("h", HIDDEN)):
            values = shown[kind]
            for index in range(count):
                share = 0.0 if values is None else float(values[index])
                painter.setPen(QPen(theme.colour("border_strong"), 1))
                painter.setBrush(
                    colours.sequential_colour(theme, share) if values is not None else theme.colour("surface")
                )
                place = self.unit(kind, index)
                painter.drawEllipse(place, radius, radius)
                box = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
                inverse = share > 0.5 and values is not None
                self.write(painter, box, f"{kind}{index + 1}", CENTRE, theme.colour("surface" if inverse else "text"))
        for number, handle in enumerate(HANDLES):
            self._paint_handle(painter, number, handle)

    def _paint_handle(self, painter: QPainter, number: int, handle: Handle) -> None:
        theme = self.theme
        value, place = self._value(handle), self.handle(handle)
        width, height = self._handle_width(), 1.6 * theme.font_px
        box = QRectF(place.x() - width / 2, place.y() - height / 2, width, height)
        chosen = self.hasFocus() and number == self._chosen
        held = self._grabbed is not None and self._grabbed[0] == handle
        painter.setPen(QPen(theme.colour("focus"), 2) if chosen else QPen(self._sign(value), 1))
        painter.setBrush(theme.colour("hover" if held else "raised"))
        painter.drawRoundedRect(box, theme.radius, theme.radius)
        self.write(painter, box, signed(value), CENTRE, "text", theme.caption_px)

    def _paint_table(self, painter: QPainter) -> None:
        theme, lab = self.theme, self._lab
        p, box = lab.machine.probabilities(), self.table()
        patterns = frozenset(tuple(row) for row in lab.data)
        right = QRectF(0.48 * self.width(), 0, 0.52 * self.width(), self.height())
        self.keep(painter, "names", right, (patterns,), lambda under: self._paint_names(under, patterns))
        width, height = box.width() / 4, box.height() / 8
        beside = 5.5 * theme.font_px
        dark, light = theme.colour("text"), theme.colour("surface")
        # The square root: a machine of 32 states rarely has one of more than a half.
        for row, (shares, roots, total) in enumerate(
            zip(p.tolist(), (p**0.5).tolist(), p.sum(1).tolist(), strict=True)
        ):
            y = box.top() + row * height
            for column, (share, root) in enumerate(zip(shares, roots, strict=True)):
                cell = QRectF(box.left() + column * width + 1, y + 1, width - 2, height - 2)
                pointed = (row, column) == self._pointed
                painter.setPen(QPen(theme.colour("focus"), 2) if pointed else Qt.PenStyle.NoPen)
                painter.setBrush(colours.sequential_colour(theme, root))
                painter.drawRoundedRect(cell, 3, 3)
                text = f"{100 * share:.1f}"
                if self.width_of(text) > cell.width():
                    text = f"{100 * share:.0f}"
                self.write(painter, cell, text, CENTRE, light if share > 0.25 else dark)
            learned = tuple(V_STATES[row]) in patterns
            self.write(painter, QRectF(box.right(), y, beside, height), f"{100 * total:.1f}", CENTRE, bold=learned)
        top = box.bottom() + 0.5 * theme.space
        left, width = box.left() - 4.5 * theme.font_px, box.width() + 9 * theme.font_px - theme.space
        foot = QRectF(left, top, width, self.height() - top - 0.5 * theme.space)
        text = self._foot()
        self.keep(painter, "foot", foot, (text,), lambda under: self.write(
            under, foot, text, LEFT, "muted", theme.caption_px, wrap=True))  # fmt: skip

    def _paint_names(self, painter: QPainter, patterns: frozenset[tuple[float, ...]]) -> None:
        # Of the table, its rows and its columns.
        theme, box, line = self.theme, self.table(), self.line_height()
        head = QRectF(box.left() - 4.5 * theme.font_px, theme.space, box.width() + 9 * theme.font_px, line)
        self.write(painter, head, self.tr("Probability of each state, in %"), LEFT, bold=True)
        for column in range(4):
            cell = self.cell(0, column)
            title = "h " + "".join(str(int(x)) for x in H_STATES[column])
            self.write(painter, QRectF(cell.left(), box.top() - line, cell.width(), line), title, CENTRE, "muted")
        last = QRectF(box.right(), box.top() - line, 5.5 * theme.font_px, line)
        self.write(painter, last, "p(v)", CENTRE, "muted")
        for row in range(8):
            first = self.cell(row, 0)
            names = QRectF(box.left() - 4.5 * theme.font_px, first.top(), 4.2 * theme.font_px, first.height())
            learned = tuple(V_STATES[row]) in patterns
            name = "v " + "".join(str(int(x)) for x in V_STATES[row])
            self.write(painter, names, name, LEFT, "accent_text" if learned else "text", bold=learned)

    def _foot(self) -> str:
        if self._pointed is None:
            return self.tr("Point at a state for its energy; patterns to be learned are violet.")
        row, column = self._pointed
        v, h = V_STATES[row], H_STATES[column]
        machine = self._lab.machine
        parts = (-float(v @ machine.a), -float(h @ machine.b), -float(v @ machine.w @ h))
        text = self.tr("v = {0}, h = {1}: E = {2} (a) + {3} (b) + {4} (W) = {5}")
        return text.format(vector(v), vector(h), *map(signed, parts), signed(sum(parts)))

    # Mouse and keys

    def handle_under(self, place: QPointF) -> Handle | None:
        """The value under a place."""
        theme = self.theme
        for handle in HANDLES:
            away = place - self.handle(handle)
            if abs(away.x()) <= 2.0 * theme.font_px and abs(away.y()) <= theme.font_px:
                return handle
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle = self.handle_under(event.position())
        if handle is not None and event.button() == Qt.MouseButton.LeftButton:
            self.drag_began.emit()
            self._chosen = HANDLES.index(handle)
            self._grabbed = (handle, event.position().y(), self._value(handle))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            handle, y, value = self._grabbed
            moved = (y - event.position().y()) / (2.0 * self.theme.font_px)
            self._lab.set_value(*handle, round(value + moved, 2))
            return
        place, box = event.position(), self.table()
        pointed = None
        if box.contains(place):
            row = min(7, int((place.y() - box.top()) / box.height() * 8))
            pointed = row, min(3, int((place.x() - box.left()) / box.width() * 4))
        over = self.handle_under(place) is not None
        self.setCursor(Qt.CursorShape.SizeVerCursor if over else Qt.CursorShape.ArrowCursor)
        if pointed != self._pointed:
            self._pointed = pointed
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in moves:
            self._chosen = (self._chosen + moves[key]) % len(HANDLES)
            self.update()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.drag_began.emit()
            handle = HANDLES[self._chosen]
            change = -0.1 if key == Qt.Key.Key_Minus else 0.1
            self._lab.set_value(*handle, round(self._value(handle) + change, 2))
        else:
            super().keyPressEvent(event)
