"""The likelihood of an RBM, painted: what was found, how to read it, and all earlier results over the steps."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from nnviz.core.rbm.likelihood import Likelihood
from nnviz.core.rbm.machine import MOST_UNITS
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import Frame, draw_across, draw_upright, number_text, round_ticks
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.curve_plot import training_colour, validation_colour

CLOSE, ROUGH = 0.5, 3.0
"""Nats between the two estimates up to which they are called good, and rough."""


@dataclass(frozen=True)
class Made:
    """A result.

    Attributes:
        step: Steps that the machine was trained for.
        found: What was found.
    """

    step: int
    found: Likelihood


class LikelihoodCanvas(Canvas):
    """A table of the newest result, some sentences, and a plot of all results of the machine that is chosen.

    Attributes:
        results: All results of the run, of every machine.
        rbm: Name of the machine that is chosen.
        failure: Why the last estimate could not be made; empty if it could.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.clear()

    def clear(self) -> None:
        """Forget everything: another run begins."""
        self.results: list[Made] = []
        self.rbm = ""
        self._sizes: dict[str, tuple[int, int, str]] = {}
        self._progress: float | None = None
        self.failure = ""
        self.update()

    def show_machine(self, rbm: str, sizes: dict[str, tuple[int, int, str]]) -> None:
        """Say which machine is chosen, and visible units, hidden units and kind of each by name."""
        self._sizes = sizes
        self.choose(rbm)

    def choose(self, rbm: str) -> None:
        """Show the results of another machine."""
        if rbm != self.rbm:
            self.rbm = rbm
            self.failure = ""
        self.fit()
        self.update()

    def add(self, made: Made) -> None:
        """Show a new result."""
        self.results.append(made)
        self.failure = ""
        self.fit()
        self.update()

    def show_progress(self, share: float | None) -> None:
        """Show how much of an estimate is done, from 0 to 1; None if there is none under way."""
        self._progress = share
        if share is not None:
            self.failure = ""
        self.update()

    def show_failure(self, sentence: str) -> None:
        """Say that it could not be done."""
        self.failure = sentence
        self.update()

    @property
    def exact(self) -> bool:
        """Whether all states of the chosen machine's smaller side can be gone through."""
        return self._counted() <= MOST_UNITS

    @property
    def shown(self) -> list[Made]:
        """The results of the machine that is chosen."""
        return [made for made in self.results if made.found.rbm == self.rbm]

    def _counted(self) -> int:
        visible, hidden, kind = self._sizes.get(self.rbm, (0, 0, "bernoulli"))
        return hidden if kind == "gaussian" else min(visible, hidden)

    # Words

    def what(self) -> str:
        """How it is, or will be, computed."""
        if not self._sizes:
            return self.tr(
                "The only machine here sees classes beside its other visible units, and its probability is that of "
                "both together: there is no likelihood to be compared with others."
            )
        visible, hidden, _ = self._sizes.get(self.rbm, (0, 0, ""))
        if self.exact:
            text = self.tr(
                "{0}: {1} visible and {2} hidden units. All {3} states of the smaller side are gone through: exact."
            )
            return text.format(self.rbm, f"{visible:,}", f"{hidden:,}", f"{1 << self._counted():,}")
        text = self.tr(
            "{0}: {1} visible and {2} hidden units, too many states to go through. Z is estimated by 100 chains that "
            "go from a machine whose Z is known to this one (forward), or back from this one's samples (reverse)."
        )
        return text.format(self.rbm, f"{visible:,}", f"{hidden:,}")

    def reading(self) -> str:
        """How the newest result is to be read."""
        if not self._sizes:
            return ""
        if not self.shown:
            return self.tr("Press Estimate now for the probability of training and test data at this step.")
        found = self.shown[-1].found
        visible, _, kind = self._sizes.get(self.rbm, (0, 0, "bernoulli"))
        test = found.test - found.middle
        parts = []
        if kind == "gaussian":
            parts.append(
                self.tr("These are densities of standardised values, in nats: the higher, the better, and above 0 too.")
            )
        else:
            text = self.tr(
                "A test sample has on average the log-probability {0} nats: the nearer to 0, the better. A coin tossed "
                "for each of {1} units would give {2}."
            )
            coins = number_text(round(-visible * math.log(2), 1))
            parts.append(text.format(_nats(test), f"{visible:,}", coins))
        parts.append(self._gap_in_words(found))
        if not found.exact:
            parts.append(self._trust_in_words(found))
        return " ".join(parts)

    def _gap_in_words(self, found: Likelihood) -> str:
        apart = found.train - found.test
        error = math.hypot(found.train_error, found.test_error)
        if apart > 3 * error:
            text = self.tr("Training data is {0} nats more probable than test data: some of it is known by heart.")
            return text.format(_plain(apart))
        return self.tr("Training and test data differ by no more than chance: no sign of learning by heart.")

    def _trust_in_words(self, found: Likelihood) -> str:
        gap = abs(found.gap)
        text = self.tr(
            "Forward estimates of Z tend to be too small and flatter the machine, reverse ones too large: the truth "
            "most likely lies between them."
        )
        if gap <= CLOSE:
            verdict = self.tr("They are {0} nats apart: both may be trusted.")
        elif gap <= ROUGH:
            verdict = self.tr("They are {0} nats apart: good for comparing, not for the last digit.")
        else:
            verdict = self.tr("They are {0} nats apart: trust neither, and choose more temperatures.")
        return f"{text} {verdict.format(_plain(gap))}"

    # Places

    def _line(self) -> float:
        return QFontMetricsF(self.caption).height() * 1.25

    def _wrapped(self, text: str, y: float) -> QRectF:
        width = max(40.0, self.width() - self.theme.space)
        metrics = QFontMetricsF(self.caption)
        found = metrics.boundingRect(QRectF(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), text)
        return QRectF(0, y, width, found.height())

    def _rows(self) -> int:
        return 1 + len(self.shown[-1].found.log_z) if self.shown else 0

    def plot_area(self) -> QRectF:
        """Where the results over the steps are drawn."""
        line, space = self._line(), self.theme.space
        top = self._wrapped(self.what(), 0).bottom() + space
        top += self._rows() * line + (space if self._rows() else 0)
        top = self._wrapped(self.reading(), top).bottom() + space
        left, bottom = 4.6 * self.theme.caption_px, 2.6 * line
        top += 1.3 * line
        right = self.theme.caption_px
        return QRectF(left, top, max(10.0, self.width() - left - right), max(10.0, self.height() - top - bottom))

    def least_height(self) -> float:
        """What the words, and a small plot if there is something to plot, need."""
        area = self.plot_area()
        return area.top() + (6 * self._line() if self.shown else 0)

    # Painting

    def paint(self, painter: QPainter) -> None:
        """Words, table, plot; while an estimate is under way, how far it is."""
        painter.setFont(self.caption)
        theme, line = self.theme, self._line()
        what = self._wrapped(self.what(), 0)
        painter.setPen(theme.colour("muted"))
        painter.drawText(what, int(Qt.TextFlag.TextWordWrap), self.what())
        y = what.bottom() + theme.space
        if self.shown:
            self._paint_table(painter, y, self.shown[-1])
            y += self._rows() * line + theme.space
        text = self.failure or self.reading()
        if self._progress is not None:
            self._paint_progress(painter, QRectF(0, y, self.width() - theme.space, line), self._progress)
        else:
            painter.setPen(theme.colour("danger" if self.failure else "text"))
            painter.drawText(self._wrapped(text, y), int(Qt.TextFlag.TextWordWrap), text)
        if self.shown:
            self._paint_trail(painter)

    def _paint_progress(self, painter: QPainter, row: QRectF, share: float) -> None:
        theme = self.theme
        text = self.tr("Estimating beside the training: {0} %").format(f"{100 * share:.0f}")
        width = min(row.width() * 0.5, 24.0 * theme.caption_px)
        bar = QRectF(row.x(), row.center().y() - theme.space / 2, width, theme.space)
        painter.fillRect(bar, theme.colour("hover"))
        painter.fillRect(QRectF(bar.x(), bar.y(), bar.width() * share, bar.height()), theme.colour("accent"))
        self.write(painter, row.adjusted(width + theme.space, 0, 0, 0), text, "text")

    def _paint_table(self, painter: QPainter, y: float, made: Made) -> None:
        theme, line, found = self.theme, self._line(), made.found
        first = min(self.width() * 0.25, 11.0 * theme.caption_px)
        column = min((self.width() - first - theme.space) / 3, 15.0 * theme.caption_px)
        heads = ("log Z", self.tr("training data"), self.tr("test data"))
        colours = (theme.colour("muted"), training_colour(theme), validation_colour(theme))
        right = Qt.AlignmentFlag.AlignRight
        self.write(painter, QRectF(0, y, first, line), self.tr("step {0}").format(f"{made.step:,}"), "muted")
        for number, (head, colour) in enumerate(zip(heads, colours, strict=True)):
            cell = QRectF(first + number * column, y, column, line)
            self.write(painter, cell, head, colour, right)
        names = (self.tr("exact"),) if found.exact else (self.tr("forward"), self.tr("reverse"))
        for row, (name, log_z) in enumerate(zip(names, found.log_z, strict=True), start=1):
            top = y + row * line
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.drawLine(QLineF(0, top, first + 3 * column, top))
            self.write(painter, QRectF(0, top, first, line), name, "text")
            cells = (
                _nats(log_z.value) if found.exact else f"{_nats(log_z.value)} ± {_error(log_z.error)}",
                f"{_nats(found.train - log_z.value)} ± {_error(found.train_error)}",
                f"{_nats(found.test - log_z.value)} ± {_error(found.test_error)}",
            )
            for number, cell_text in enumerate(cells):
                self.write(painter, QRectF(first + number * column, top, column, line), cell_text, "text", right)

    def frame(self) -> Frame:
        """The plot: steps across, mean log-likelihood upright."""
        values = [
            value - log_z.value
            for made in self.shown
            for log_z in made.found.log_z
            for value in (made.found.train, made.found.test)
        ]
        low, high = min(values), max(values)
        spare = max(0.08 * (high - low), 0.5)
        last = max(made.step for made in self.shown)
        return Frame(self.plot_area(), 0.0, max(1.0, last * 1.05), low - spare, high + spare)

    def _paint_trail(self, painter: QPainter) -> None:
        theme, frame = self.theme, self.frame()
        if frame.area.height() < 2 * self._line():
            return
        line = self._line()
        heading = QRectF(0, frame.area.top() - 1.4 * line, self.width() - theme.space, line)
        self.write(painter, heading, self.tr("Mean log-likelihood, in nats, of all estimates of this run"), "text")
        rows = max(2, int(frame.area.height() / (2.4 * theme.caption_px)))
        ticks = round_ticks(frame.bottom, frame.top, rows)
        draw_upright(painter, frame, theme, ticks, [number_text(value) for value in ticks])
        columns = max(2, int(frame.area.width() / (6 * theme.caption_px)))
        across = round_ticks(frame.left, frame.right, columns)
        draw_across(painter, frame, theme, across, [f"{value:,.0f}" for value in across], self.tr("step"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = sorted(self.shown, key=lambda made: made.step)
        for colour, name, aside in (
            (training_colour(theme), "train", -2.0),
            (validation_colour(theme), "test", 2.0),
        ):
            self._paint_series(painter, frame, shown, colour, name, aside)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_series(
        self, painter: QPainter, frame: Frame, shown: list[Made], colour: QColor, name: str, aside: float
    ) -> None:
        """A dot for each result, and the reach from the one estimate to the other; beside the other series' dots."""
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middles = QPolygonF()
        for made in shown:
            value = getattr(made.found, name)
            x = float(frame.x(made.step)) + aside
            ends = [float(frame.y(value - log_z.value)) for log_z in made.found.log_z]
            if len(ends) > 1:
                painter.drawLine(QLineF(x, ends[0], x, ends[1]))
                for end in ends:
                    painter.drawLine(QLineF(x - 3, end, x + 3, end))
            middles.append(QPointF(x, sum(ends) / len(ends)))
        if middles.count() > 1:
            painter.drawPolyline(middles)
        painter.setBrush(colour)
        for number in range(middles.count()):
            painter.drawEllipse(middles.at(number), 3.0, 3.0)

    def text_at(self, place: QPointF) -> str:
        """The result whose dots are nearest to the mouse."""
        if not self.shown or not self.plot_area().adjusted(-8, -8, 8, 8).contains(place):
            return ""
        frame = self.frame()
        made = min(self.shown, key=lambda made: abs(float(frame.x(made.step)) - place.x()))
        if abs(float(frame.x(made.step)) - place.x()) > 12:
            return ""
        found = made.found
        text = self.tr("Step {0}: training {1}, test {2} nats").format(
            f"{made.step:,}", _nats(found.train - found.middle), _nats(found.test - found.middle)
        )
        if not found.exact:
            text += self.tr("; both estimates {0} nats apart").format(_plain(abs(found.gap)))
        return text


def _nats(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")  # noqa: RUF001


def _plain(value: float) -> str:
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def _error(value: float) -> str:
    return f"{value:.2f}" if value >= 0.005 else f"{value:.1g}"
