"""Lab: gradient descent. Every optimiser of the catalogue races from one start over a surface of two weights."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QRectF, QTimer, Slot
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.core.labs.loss_surface import SAMPLES, SURFACES, Batch, Point, Surface, batches, make_surface
from nnviz.core.labs.optimiser_race import Path, Race
from nnviz.core.labs.state import LabStateError, numbers
from nnviz.core.snapshot import Failure
from nnviz.core.spec import Spec, param
from nnviz.core.training.optimisers.base import OPTIMISERS
from nnviz.gui.background import Background
from nnviz.gui.labs.axes import Axes
from nnviz.gui.labs.base import LABS, STEP, Lab, Stride
from nnviz.gui.labs.canvas import paint_handle
from nnviz.gui.labs.gradient_descent_canvas import GradientDescentCanvas
from nnviz.gui.labs.numbers import MINUS, short
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style.theme import Theme

MOST_STEPS = 500
AT_ONCE = 60
"""Steps beyond the one that is shown which are computed before anything is shown."""
ARRIVED = 0.01
"""Distance from a minimum at which an optimiser has arrived."""

_SIGNS: Mapping[str, str] = {
    "eta": "&eta;",
    "mu": "&mu;",
    "rho": "&rho;",
    "epsilon": "&epsilon;",
    "lambda": "&lambda;",
    "sigma": "&sigma;",
    "alpha": "&alpha;",
    "beta": "&beta;",
    "sqrt": "&radic;",
    "l1": "&lambda;<sub>1</sub>",
    "l2": "&lambda;<sub>2</sub>",
}
"""How the names in an optimiser's formula are written by hand."""

RACERS: Mapping[str, str] = {cls.name: cls.title for cls in OPTIMISERS}
"""Titles of all optimisers of the catalogue by their registry names."""


@dataclass(frozen=True, eq=False)
class Question:
    """A race that was asked of the background.

    Attributes:
        race: What is raced.
        names: Registry names of the optimisers.
        steps: Steps of each.
        ahead: Whether nothing waits for it: it goes beyond what is shown, and is dropped for something newer.
        dropped: Set when nobody wants the answer any more.
    """

    race: Race
    names: tuple[str, ...]
    steps: int
    ahead: bool = False
    dropped: Event = field(default_factory=Event)


@dataclass(frozen=True, kw_only=True)
class GradientDescentSettings(Spec):
    """What can be set in the lab on gradient descent."""

    title = "Gradient descent"

    surface: str = param("ravine", "What is descended.", choices=tuple(SURFACES))
    learning_rate: float = param(0.07, "Size of each step: eta, of all optimisers.", ge=1e-4, le=2, log=True)
    momentum: float = param(0.9, "Share of the old velocity that Momentum keeps: mu.", ge=0.05, le=0.99)
    nesterov: bool = param(False, "Whether Momentum takes the step from where the velocity leads (Nesterov).")
    batch_size: int = param(
        SAMPLES, "Samples whose mean gradient a step follows; all 100 give no noise.", ge=1, le=SAMPLES, log=True
    )
    followed: str = param("Gradient descent", "The optimiser that the texts follow.", choices=tuple(RACERS.values()))


@LABS.register
class GradientDescentLab(Lab):
    """The paths of optimisers, computed by torch in the background."""

    title = str(QT_TRANSLATE_NOOP("Lab", "Gradient descent"))
    learns = str(
        QT_TRANSLATE_NOOP(
            "Lab", "How optimisers find the way down, and what learning rate, momentum and batch size do to it."
        )
    )
    order = 30
    settings_type = GradientDescentSettings
    strides: ClassVar[tuple[Stride, ...]] = (STEP,)
    speed = 15.0
    uses_seed = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.surface: Surface = make_surface(self.settings.surface, self.seed)
        self.start: Point = self.surface.start
        self.hidden: frozenset[str] = frozenset()
        self.paths: Mapping[str, Path] = {}
        self.paths_number = 0
        self.between = 0.0
        self._problem = ""
        self._turns: tuple[tuple[int, int], list[Batch | None]] | None = None
        self._asked: Question | None = None
        self._running: Question | None = None
        self._gone = Event()
        self.destroyed.connect(self._gone.set)
        # Without a parent: the thread of a race may outlive a lab that is closed, and then says what it has to nobody.
        self._background = Background()
        self._background.done.connect(self._on_raced)
        self._background.failed.connect(self._on_race_failed)
        # The first picture comes before the race: importing torch beside it would cost it a second.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._on_soon)
        self.canvas = GradientDescentCanvas(self, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.canvas.edit_began.connect(self.about_to_edit)
        self._race()

    # The numbers

    @property
    def followed(self) -> str:
        """Registry name of the optimiser that the texts follow."""
        return next(name for name, title in RACERS.items() if title == self.settings.followed)

    @property
    def racing(self) -> tuple[str, ...]:
        """Registry names of the optimisers that are shown."""
        return tuple(name for name in RACERS if name not in self.hidden)

    @property
    def racers(self) -> Mapping[str, str]:
        """Titles of all optimisers by their registry names, in the order of the legend."""
        return RACERS

    def place_of(self, name: str) -> int:
        """Place of an optimiser in the legend, from 0."""
        return list(RACERS).index(name)

    def racer_of_digit(self, digit: str) -> str | None:
        """The optimiser whose row has this number; 0 is the tenth."""
        place = (int(digit) - 1) % 10
        return list(RACERS)[place] if place < len(RACERS) else None

    @property
    def batch(self) -> Batch | None:
        """The samples that the last step looked at; None for all, and before the first step."""
        if not self.step:
            return None
        key = (self.seed, self.settings.batch_size)
        if self._turns is None or self._turns[0] != key:
            self._turns = key, batches(*key, MOST_STEPS)
        return self._turns[1][self.step - 1]

    @property
    def race(self) -> Race:
        """What the paths follow from."""
        now = self.settings
        return Race(
            self.surface, self.start, now.learning_rate, now.momentum, now.nesterov, now.batch_size, self.seed
        )  # fmt: skip

    @property
    def waiting(self) -> bool:
        """Whether the paths that are shown are not yet those of the settings."""
        return self._asked is not None or self._running is not None

    def path(self, name: str) -> Path | None:
        """The path of an optimiser, if it is computed as far as the step that is shown."""
        path = self.paths.get(name)
        return path if path is not None and path.steps >= self.step else None

    def _race(self) -> None:
        # One race at a time: what is asked meanwhile begins when it has ended. A race of which something is to be
        # shown is run to its end, even if it is outdated: else nothing would move while a slider does.
        names = tuple(name for name in RACERS if name not in self.hidden or name == self.followed)
        self._asked = Question(self.race, names, min(MOST_STEPS, self.step + AT_ONCE))
        if self._running is None:
            self._soon.start()
        elif self._running.ahead:
            self._running.dropped.set()

    @Slot()
    def _on_soon(self) -> None:
        # What the thread holds must not hold the lab: widgets are not to be deleted by a thread.
        question, gone = self._asked, self._gone
        if question is None or self._running is not None:
            return
        self._asked, self._running = None, question

        def work() -> object:
            def wanted() -> bool:
                return not (gone.is_set() or question.dropped.is_set())

            return question, question.race.run(question.names, question.steps, wanted)

        self._background.start("race", work)

    @Slot(str, object)
    def _on_raced(self, name: str, answer: tuple[Question, Mapping[str, Path] | None]) -> None:
        question, paths = answer
        self._running = None
        self._problem = ""
        if paths is not None and question.race.surface is self.surface:
            self.paths = paths
            self.paths_number += 1
        if self._asked is None and paths is not None and question.steps < MOST_STEPS:
            self._asked = Question(question.race, question.names, MOST_STEPS, ahead=True)
        self._on_soon()
        self.canvas.update()
        self.told.emit()

    @Slot(str, object)
    def _on_race_failed(self, name: str, failure: Failure) -> None:
        self._asked = self._running = None
        self._problem = failure.sentence
        self.told.emit()

    def _take_surface(self) -> None:
        self.surface = make_surface(self.settings.surface, self.seed)
        self.paths = {}
        self.paths_number += 1

    def set_start(self, w1: float, w2: float) -> None:
        """Let all begin somewhere else; the paths follow, and the step stays."""
        self.start = self._kept(w1, w2)
        self._race()
        self.canvas.update()
        self.told.emit()

    def _kept(self, w1: float, w2: float) -> Point:
        (left, right), (low, high) = self.surface.w1_range, self.surface.w2_range
        return min(right, max(left, w1)), min(high, max(low, w2))

    def set_shown(self, name: str, shown: bool) -> None:
        """Let an optimiser race or not."""
        self.hidden = self.hidden - {name} if shown else self.hidden | {name}
        self._race()
        self.canvas.update()
        self.told.emit()

    def follow_neighbour(self, away: int) -> None:
        """Let the texts follow the optimiser so many rows further down."""
        names = list(RACERS)
        name = names[(names.index(self.followed) + away) % len(names)]
        self.settings_wanted.emit(self.settings.replace(followed=RACERS[name]))

    # Moving

    def advance(self, stride: str) -> bool:
        """One step of every optimiser."""
        if self.step >= MOST_STEPS:
            return False
        self._go(self.step + 1)
        return True

    def retreat(self, stride: str) -> bool:
        """The step before."""
        if self.step == 0:
            return False
        self._go(self.step - 1)
        return True

    def can_advance(self) -> bool:
        """Paths have so many steps."""
        return self.step < MOST_STEPS

    def restart(self) -> None:
        """Everybody back to the start."""
        self._go(0)

    def _go(self, step: int) -> None:
        self.step = step
        self.between = 0.0
        self.canvas.update()

    def show_between(self, share: float) -> None:
        """The balls glide from step to step."""
        self.between = share
        self.canvas.update()

    # What is set

    def apply(self, settings: Any) -> None:
        """Take other settings. Another surface begins at its own start and rate; else the paths change as one looks."""
        before, self.settings = self.settings, settings
        if settings.surface != before.surface:
            self._take_surface()
            self.start = self.surface.start
            self.settings = settings.replace(learning_rate=self.surface.rate)
            self.restart()
        if settings.followed != before.followed:
            self.hidden -= {self.followed}
        self._race()
        self.canvas.update()

    def set_seed(self, seed: int) -> None:
        """Other batches; and other samples, so that the network's surface is another one."""
        self.seed = seed
        self._take_surface()
        self._race()
        self.canvas.update()

    def _stand(self, settings: Spec, seed: int, content: Mapping[str, Any], step: int) -> None:
        # A file says everything: the rate that a surface begins with must not come in its way.
        self.settings, self.seed = settings, seed
        self._take_surface()
        super()._stand(settings, seed, content, step)

    def content(self) -> dict[str, Any]:
        """Where the start is, and who is hidden."""
        return {"start": list(self.start), "hidden": sorted(self.hidden)}

    def take_content(self, content: Mapping[str, Any], step: int) -> None:
        """Put the start there, and go to the step; the paths follow from the rest."""
        start = numbers(content, "start", (2,), limit=10)
        hidden = content.get("hidden", [])
        if not isinstance(hidden, list) or not all(isinstance(name, str) for name in hidden):
            raise LabStateError("The file is damaged: 'hidden' should be a list of names of optimisers.")
        self.start = self.surface.start if start is None else self._kept(*start)
        # An optimiser that this nnviz does not have cannot be seen anyway.
        self.hidden = frozenset(hidden) & frozenset(RACERS)
        self._go(min(step, MOST_STEPS))
        self._race()

    # Words

    def what(self) -> str:
        """The surface, and the optimiser that is followed."""
        cls = OPTIMISERS[self.followed]
        darker = self.tr("the brighter") if self.theme.is_dark else self.tr("the darker")
        facts = self.tr(
            "The <b>loss</b> L of two weights as a landscape: {0} the colour, the larger the loss; along a line it is "
            "equal. An <b>optimiser</b> knows no more of it than the <b>gradient</b> under its feet."
        ).format(darker)
        racer = f"<b>{html.escape(spec_text(cls.title))}</b>: <i>{_typeset(cls.formula)}</i>"
        return f"{facts}<br>{self._about_surface()}<br>{racer}"

    def _about_surface(self) -> str:
        texts = {
            "bowl": self.tr("The <b>bowl</b> is equally steep in all directions: downhill leads straight to its end."),
            "ravine": self.tr(
                "The <b>ravine</b> is 25 times as curved across as along: gradient descent bounces from wall to wall, "
                "and above a rate of 2/25 = 0.08 it diverges."
            ),
            "saddle": self.tr(
                "At the <b>saddle</b> (0, 0) the gradient is 0, but it is no minimum. All begin almost on its ridge, "
                "with hardly a slope to the side."
            ),
            "Beale": self.tr(
                "<b>Beale's function</b>: a long flat valley between walls of ten thousands. One rate has to serve "
                "both."
            ),
            "two minima": self.tr(
                "Of <b>two minima</b> the left one is lower. In the near one the gradient is 0 too: who rolls slowly "
                "stays there."
            ),
            "tiny network": self.tr(
                "The real loss of a <b>network with two weights</b>: output = w2 tanh(w1 x), mean squared error on 100 "
                "noisy points. With both signs changed it is the same network: hence two equal minima, and a saddle "
                "between them."
            ),
        }
        return texts[self.settings.surface]

    def todo(self) -> str:
        """Drag, hide, set, run; and what to try."""
        settings = self.tr(
            "<b>Choose</b> the surface, learning rate, momentum and size of the batches in the settings below."
        )
        rest = self.tr(
            "<b>Run</b> or <b>step</b>. <b>Drag</b> the start, or move it with Shift and the arrow keys: all paths "
            "follow. <b>Point</b> anywhere: the arrow points downhill, against the gradient. <b>Click</b> a name or "
            "press its number to take it out of the race; Page Up and Page Down choose whom the texts follow. A step "
            "that looks at a small <b>batch</b> of the 100 samples has a noisy gradient: the error goes about with "
            "1 / (square root of the size)."
            "<br><b>Try this:</b> in the ravine raise the rate to 0.09: who diverges? Who finds the lower of two "
            "minima? With batches of 1, who comes to rest?"
        )
        return f"{settings} {rest}"

    def happened(self) -> str:
        """What the last step did to the optimiser that is followed."""
        title = html.escape(spec_text(self.settings.followed))
        if self._problem:
            return html.escape(self._problem)
        if self.step == 0:
            loss, (g1, g2) = self.surface.loss(*self.start), self.surface.gradient(*self.start)
            return self.tr(
                "All begin at w = {0}. There the loss is <b>{1}</b> and its gradient {2}: the way down is against it."
            ).format(pair(*self.start), short(float(loss)), pair(float(g1), float(g2)))
        path = self.path(self.followed)
        if path is None:
            return self.tr("Step {0}. The paths are being computed ...").format(self.step)
        if path.diverged is not None and path.diverged <= self.step:
            return self.tr(
                "<b>{0} has diverged</b>: after step {1} its loss is {2}. Its steps overshoot by more each time. "
                "Take a smaller learning rate."
            ).format(title, path.diverged, short(float(path.losses[path.diverged]), 3))
        return self._step_note(title, path)

    def _step_note(self, title: str, path: Path) -> str:
        before, now = path.points[self.step - 1], path.points[self.step]
        of_batch = self.settings.batch_size < SAMPLES
        text = (
            self.tr("<b>{0}</b>, step {1}: the gradient of its batch is {2}; w moves by {3} to {4}.")
            if of_batch
            else self.tr("<b>{0}</b>, step {1}: the gradient is {2}; w moves by {3} to {4}.")
        ).format(title, self.step, pair(*path.gradients[self.step - 1]), pair(*(now - before)), pair(*now))
        old, new = float(path.losses[self.step - 1]), float(path.losses[self.step])
        change = self.tr("The loss falls from {0} to <b>{1}</b>.") if new < old else self.tr(
            "The loss <b>rises</b> from {0} to <b>{1}</b>."
        )  # fmt: skip
        if new == old:
            change = self.tr("The loss stays at <b>{1}</b>.")
        text += " " + change.format(short(old), short(new))
        if not self.surface.holds(*now):
            return text + " " + self.tr("It has left the picture.")
        if float(self.surface.distance(now)) < ARRIVED:
            nearest = min(self.surface.minima, key=lambda place: math.dist(place, now.tolist()))
            higher = float(self.surface.loss(*nearest)) > self.surface.lowest + 1e-6
            return text + " " + (
                self.tr("It is at a minimum, but not the lowest.") if higher else self.tr("It is at the minimum.")
            )  # fmt: skip
        return text

    def position(self) -> str:
        """How many steps, and whether paths are on their way."""
        return self.tr("Step {0} of {1}").format(self.step, MOST_STEPS)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self.canvas.set_theme(theme)

    def left(self) -> None:
        """A race that nobody will see is dropped."""
        self._asked = None
        self._gone.set()

    @classmethod
    def paint_sketch(cls, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """Lines of equal loss in a ravine, and the first steps of gradient descent in it."""
        ravine = make_surface("ravine", 0)
        axes = Axes(box.adjusted(4, 6, -4, -6), (-3.3, 0.9), (-0.62, 0.62))
        around = np.linspace(0, 2 * np.pi, 80)
        painter.setPen(QPen(theme.colour("border_strong"), 1.2))
        for level in (0.15, 0.8, 2.0, 3.8):
            reach = float(np.sqrt(2 * level))
            painter.drawPolyline(axes.polyline(reach * np.cos(around), reach / 5 * np.sin(around)))
        points = [(-2.9, 0.45)]
        for _ in range(14):
            w1, w2 = points[-1]
            g1, g2 = ravine.gradient(w1, w2)
            points.append((w1 - 0.07 * g1, w2 - 0.07 * g2))
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawPolyline(axes.polyline(*zip(*points, strict=True)))
        paint_handle(painter, axes.at(*points[-1]), theme, 5.5)


def pair(first: float, second: float) -> str:
    """Two numbers as people write a point or a vector: (1.2, -0.5)."""
    return f"({short(float(first), 3)}, {short(float(second), 3)})"


def _typeset(formula: str) -> str:
    """An optimiser's formula as it is written by hand, in rich text."""
    text = html.escape(formula.replace("<-", "\N{LEFTWARDS ARROW}"))
    for name, sign in _SIGNS.items():
        text = re.sub(rf"\b{name}\b", sign, text)
    return text.replace("^2", "&sup2;").replace(" - ", f" {MINUS} ")
