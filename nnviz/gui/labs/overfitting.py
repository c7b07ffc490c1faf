"""Lab: overfitting and regularisation. A network too large for its few points, and six ways to train it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.core.labs.overfitting import (
    METHODS,
    VALIDATION_POINTS,
    Method,
    Points,
    Training,
    make_points,
    parameters,
)
from nnviz.core.labs.state import LabStateError, numbers
from nnviz.core.spec import Spec, param
from nnviz.gui.labs.base import LABS, STEP, Lab, Stride
from nnviz.gui.labs.numbers import significant
from nnviz.gui.labs.overfitting_canvas import REACH_X, REACH_Y, OverfittingCanvas
from nnviz.gui.labs.tried import Tried, tried_from, tried_to
from nnviz.gui.style import colours
from nnviz.gui.style.theme import Theme

MOST_STEPS = 2000
MOST_TRIED = 6
NEAR_ZERO = 0.01
SLICE_S = 0.008
"""How long one turn of making many steps again may take: the window goes on answering."""
STRIDES = {"step": 1, "ten": 10, "hundred": 100}


@dataclass(frozen=True, kw_only=True)
class OverfittingSettings(Spec):
    """What can be set in the lab on overfitting and regularisation."""

    title = "Overfitting and regularisation"

    method: str = param("none", "How overfitting is fought.", choices=METHODS)
    strength: float = param(
        0.01, "How hard every weight is pulled to 0: lambda.", ge=0.0001, le=0.1, log=True,
        only_if=("method", ("L1", "L2")),
    )  # fmt: skip
    norm_limit: float = param(
        1.0,
        "Largest length of the weights into one unit: c.",
        ge=0.2,
        le=5,
        log=True,
        only_if=("method", ("max-norm",)),
    )
    dropout_rate: float = param(
        0.5, "Probability that a unit is dropped in a step (keep probability: 1 - rate).", ge=0.05, le=0.9,
        only_if=("method", ("dropout",)),
    )  # fmt: skip
    patience: int = param(
        100, "Steps without a lower validation loss after which training stops.", ge=10, le=500, unit="steps",
        only_if=("method", ("early stopping",)),
    )  # fmt: skip
    points: int = param(24, "Number of training points.", ge=6, le=100, unit="points")
    noise: float = param(0.25, "Standard deviation of what is added at random to both coordinates.", ge=0, le=0.5)
    units: int = param(40, "Units in each of the two hidden layers.", ge=2, le=60, unit="units")
    learning_rate: float = param(0.005, "Size of Adam's steps: eta.", ge=0.001, le=0.05, log=True)


@LABS.register
class OverfittingLab(Lab):
    """Few noisy points, a large network, and what keeps it from learning the noise by heart."""

    title = str(QT_TRANSLATE_NOOP("Lab", "Overfitting and regularisation"))
    learns = str(
        QT_TRANSLATE_NOOP("Lab", "How a network learns noise by heart, and what L1, L2, max-norm and dropout do to it.")
    )
    order = 60
    settings_type = OverfittingSettings
    strides: ClassVar[tuple[Stride, ...]] = (
        STEP,
        Stride("ten", str(QT_TRANSLATE_NOOP("Lab", "10 steps"))),
        Stride("hundred", str(QT_TRANSLATE_NOOP("Lab", "100 steps"))),
    )
    speed = 60.0
    uses_seed = True

    training: Training

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.tried: list[Tried] = []
        self._edited: Points | None = None
        self._note = ""
        self._owed = QTimer(self, interval=0)
        self._owed.timeout.connect(self._on_slice)
        self.canvas = OverfittingCanvas(self, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.canvas.drag_began.connect(self.about_to_edit)
        self._begin()

    # The numbers

    @property
    def method(self) -> Method:
        """How overfitting is fought, as it is set."""
        now = self.settings
        return Method(now.method, now.strength, now.norm_limit, now.dropout_rate, now.patience)

    def _begin(self) -> None:
        now = self.settings
        self._owed.stop()
        points = self._edited or make_points(now.points, now.noise, self.seed)
        self.training = Training(points, self.method, now.units, now.learning_rate, self.seed)
        self.step = 0
        self._note = ""
        self.canvas.update()

    @property
    def validation_loss(self) -> float:
        """Of the network that one gets now."""
        return self.training.validation_losses[self.training.shown.step]

    def method_value(self) -> float:
        """The number that belongs to the method; 0 if none does."""
        now = self.settings
        return {
            "L1": now.strength,
            "L2": now.strength,
            "max-norm": now.norm_limit,
            "dropout": now.dropout_rate,
            "early stopping": float(now.patience),
        }.get(now.method, 0.0)

    def now_as_tried(self) -> Tried:
        """The training of now, as it is kept beside the next ones."""
        training, now = self.training, self.settings
        return Tried.of(
            now.method, self.method_value(), now.units, training.validation_losses[: training.step + 1],
            training.shown.step,
        )  # fmt: skip

    def share_near_zero(self) -> float:
        """Share of the weights that are nearer to 0 than `NEAR_ZERO`."""
        return float(np.mean(np.abs(self.training.shown.weights.all_weights()) < NEAR_ZERO))

    def units_at_limit(self) -> int:
        """How many units have incoming weights as long as max-norm allows."""
        limit = self.settings.norm_limit * (1 - 1e-6)
        matrices = self.training.shown.weights.matrices()
        return sum(int((np.sqrt((part * part).sum(0)) >= limit).sum()) for part in matrices)

    # Moving

    def advance(self, stride: str) -> bool:
        """Train for as many steps as the stride has, or to the end."""
        self._catch_up()
        if not self.can_advance():
            return False
        for _ in range(min(STRIDES[stride], MOST_STEPS - self.step)):
            if not self.training.advance():
                break
        self.step = self.training.step
        self._note = ""
        self.canvas.update()
        return True

    def pieces(self, stride: str) -> tuple[str, int]:
        """Single steps: a hundred take several frames."""
        return "step", STRIDES[stride]

    def can_advance(self) -> bool:
        """Until it is stopped early, or the chart ends."""
        return self.step < MOST_STEPS and not self.training.stopped

    def retreat(self, stride: str) -> bool:
        """As many steps back, exactly."""
        if self.step == 0:
            return False
        self.go_to(max(0, self._back_to(STRIDES[stride])))
        self._note = self.tr("Back to step {0}: every weight is exactly as it was.").format(self.step)
        return True

    def _back_to(self, stride: int) -> int:
        # The last stride was shorter if training was stopped within it.
        part = self.step % stride
        if part and not self.can_advance():
            return self.step - part
        return self.step - stride

    def go_to(self, step: int) -> None:
        """Stand at a step that was made before."""
        self._catch_up()
        self.training.go_to(min(step, len(self.training.losses) - 1))
        self.step = self.training.step
        self._note = ""
        self.canvas.update()

    def restart(self) -> None:
        """Before the first step, with the same points and weights."""
        self._begin()

    def left(self) -> None:
        """What is still to be made again is not needed any more."""
        self._owed.stop()

    @Slot()
    def _on_slice(self) -> None:
        end = perf_counter() + SLICE_S
        while self.training.step < self.step and perf_counter() < end:
            if not self.training.advance():
                self.step = self.training.step
        if self.training.step >= self.step:
            self._owed.stop()
        self.canvas.update()
        self.told.emit()

    def _catch_up(self) -> None:
        self._owed.stop()
        while self.training.step < self.step and self.training.advance():
            pass
        self.step = self.training.step

    # What is set

    def apply(self, settings: Any) -> None:
        """Take other settings; what was trained on the same points stays beside it as a faded curve."""
        before = self.settings
        same_points = (settings.points, settings.noise) == (before.points, before.noise)
        if not same_points:
            self._edited = None
        self._keep_tried(same_points and settings.learning_rate == before.learning_rate)
        self.settings = settings
        self._begin()

    def _keep_tried(self, comparable: bool) -> None:
        self._owed.stop()
        self.step = self.training.step
        if not comparable:
            self.tried = []
        elif self.step > 0:
            mine = self.now_as_tried()
            others = [known for known in self.tried if known.name != mine.name]
            self.tried = [*others, mine][-MOST_TRIED:]

    def set_seed(self, seed: int) -> None:
        """Other points, other weights, other dropped units."""
        self.seed, self.tried, self._edited = seed, [], None
        self._begin()

    def move_point(self, index: int, x: float, y: float) -> None:
        """Put a training point somewhere else; training begins again."""
        positions = self.training.points.x.copy()
        positions[index] = (min(REACH_X, max(-REACH_X, x)), min(REACH_Y, max(-REACH_Y, y)))
        self._edit(replace(self.training.points, x=positions))
        self._note = self.tr("You moved a training point to ({0}, {1}): training begins again.").format(
            significant(float(positions[index, 0]), 2), significant(float(positions[index, 1]), 2)
        )
        self.told.emit()

    def flip_point(self, index: int) -> None:
        """Give a training point the other class; training begins again."""
        labels = self.training.points.y.copy()
        labels[index] = 1 - labels[index]
        self._edit(replace(self.training.points, y=labels))
        self._note = self.tr("That point is of the other class now: noise for the network to learn.")
        self.told.emit()

    def _edit(self, points: Points) -> None:
        self._edited, self.tried = points, []
        self._begin()

    # The state

    def content(self) -> dict[str, Any]:
        """Points that were edited, and what was tried before."""
        content: dict[str, Any] = {}
        if self._edited is not None:
            content["points"] = np.column_stack([self._edited.x, self._edited.y]).tolist()
        if self.tried:
            content["tried"] = [tried_to(known) for known in self.tried]
        return content

    def take_content(self, content: Mapping[str, Any], step: int) -> None:
        """Take the points and the curves, and make the steps again: the first at once, many in the background."""
        now = self.settings
        points = numbers(content, "points", (now.points, 3), limit=10)
        self._edited = None
        if points is not None:
            table = np.array(points)
            if not np.isin(table[:, 2], (0, 1)).all():
                raise LabStateError("The file is damaged: the class of a point is neither 0 nor 1.")
            made = make_points(now.points, now.noise, self.seed)
            self._edited = replace(made, x=table[:, :2], y=table[:, 2])
        self.tried = tried_from(content, MOST_TRIED)
        self._begin()
        self.step = min(step, MOST_STEPS)
        self._on_slice()
        if self.training.step < self.step:
            self._owed.start()

    # Words

    def what(self) -> str:
        """The network, the points, and the method."""
        now = self.settings
        return (
            self.tr(
                "A 2-{0}-{0}-1 network with <b>{1} parameters</b> learns the {2} filled points. {3} others of the same "
                "kind (rings) are never trained with: their <b>validation loss</b> says how good it is on what it has "
                "not seen. Where that rises while the training loss still falls, the network <b>overfits</b>: it "
                "learns the noise by heart. The ground is its answer, the line where it is undecided."
            ).format(now.units, parameters(now.units), now.points, VALIDATION_POINTS)
            + "<br>"
            + self._about()
        )

    def _about(self) -> str:
        now = self.settings
        texts = {
            "none": self.tr("<b>None</b>: nothing holds the weights back."),
            "L1": self.tr(
                "<b>L1</b> adds &lambda;|w| to the loss: every weight is pulled to 0 with the same force, and those "
                "that help little end there. The network becomes sparse."
            ),
            "L2": self.tr(
                "<b>L2</b> (weight decay) adds &lambda;w&sup2;/2 to the loss: the larger a weight, the harder the pull "
                "to 0. Small weights make a smooth boundary."
            ),
            "max-norm": self.tr(
                "<b>Max-norm</b>: after every step, weights into a unit that are together longer than c = {0} are "
                "shortened to c. The ringed units are at the limit."
            ).format(f"{now.norm_limit:g}"),
            "dropout": self.tr(
                "<b>Dropout</b>: in every step each hidden unit is left out with probability {0}, and the others count "
                "1/(1 - {0}) times. Each step so trains another <b>thinned network</b>; the whole one, which is "
                "tested, acts like the mean of them all."
            ).format(f"{now.dropout_rate:g}"),
            "early stopping": self.tr(
                "<b>Early stopping</b>: when the validation loss has not been lower for {0} steps, training ends, and "
                "the weights of the best step are taken. As the validation points were used for that, honest numbers "
                "need a third set."
            ).format(now.patience),
        }
        return texts[now.method]

    def todo(self) -> str:
        """Run, choose, drag; and what to try."""
        return self.tr(
            "<b>Run</b>, then choose another <b>method</b> and run again: earlier curves stay. <b>Drag</b> along the "
            "losses to go back in time. <b>Drag a filled point</b>, or <b>double-click</b> it to change its class "
            "(keys: up and down choose one, Shift and arrows move it, Enter).<br><b>Try this:</b> 300 steps with each "
            "method. Which histogram is the narrowest? Then 100 points, or 3 units: does the network still overfit?"
        )

    def happened(self) -> str:
        """Losses of now, whether it overfits, and what the method did."""
        training, step = self.training, self.training.step
        if self._owed.isActive():
            return self.tr("The steps up to {0} are made again: {1} ...").format(self.step, step)
        losses = self.tr("training loss <b>{0}</b>, validation loss <b>{1}</b>").format(
            significant(training.losses[step], 2), significant(training.validation_losses[step], 2)
        )
        if step == 0:
            start = self.tr("Nothing is learned yet: {0}.").format(losses)
            return f"{self._note} {start}".strip()
        best = training.best_step()
        text = self.tr("Step {0}: {1}; the least was {2}, at step {3}.").format(
            step, losses, significant(training.validation_losses[best], 2), best
        )
        return f"{self._note} {text} {self._verdict(best)} {self._effect()}".strip()

    def _verdict(self, best: int) -> str:
        training, step = self.training, self.training.step
        if training.stopped:
            return self.tr("Stopped: <b>the weights of step {0} are kept</b>.").format(best)
        risen = training.validation_losses[step] - training.validation_losses[best]
        if risen > 0.05 and training.losses[step] < training.losses[best]:
            return self.tr("Since then it <b>overfits</b>.")
        return ""

    def _effect(self) -> str:
        method, kept = self.settings.method, self.training.kept_units()
        if method in ("L1", "L2"):
            return self.tr("{0}&nbsp;% of the weights are within {1} of 0.").format(
                f"{100 * self.share_near_zero():.0f}", NEAR_ZERO
            )
        if method == "max-norm":
            return self.tr("{0} units are at the limit.").format(self.units_at_limit())
        if kept is not None:
            return self.tr("Of {0} hidden units {1} were there in this step.").format(
                2 * self.settings.units, int(kept[0].sum() + kept[1].sum())
            )
        return ""

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        super().set_theme(theme)
        self.canvas.set_theme(theme)

    @classmethod
    def paint_sketch(cls, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """Two losses that part."""
        inner = box.adjusted(8, 6, -8, -6)
        painter.setPen(QPen(theme.colour("border_strong"), 1.2))
        painter.drawLine(inner.bottomLeft(), inner.bottomRight())
        painter.drawLine(inner.bottomLeft(), inner.topLeft())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x = np.linspace(0, 1, 60)
        falls = 0.9 * np.exp(-4.5 * x) + 0.04
        rises = 0.9 * np.exp(-4.5 * x) + 0.12 + 0.62 * np.maximum(0, x - 0.18) ** 1.2
        for y, colour, style in (
            (falls, theme.colour("muted"), Qt.PenStyle.DashLine),
            (rises, theme.colour("accent"), Qt.PenStyle.SolidLine),
        ):
            path = QPainterPath()
            for place, (share, height) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
                point = QPointF(inner.left() + share * inner.width(), inner.bottom() - height * inner.height())
                path.moveTo(point) if place == 0 else path.lineTo(point)
            painter.setPen(QPen(colour, 2.4, style))
            painter.drawPath(path)
        best = int(np.argmin(rises))
        left, height = float(x[best]) * inner.width(), float(rises[best]) * inner.height()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.positive(theme))
        painter.drawEllipse(QPointF(inner.left() + left, inner.bottom() - height), 5.0, 5.0)
