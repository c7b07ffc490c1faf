"""One step of contrastive divergence, painted line by line with its numbers, and three explanations beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontDatabase, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.gui.style.colours import diverging_colour, text_on
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import number_text
from nnviz.gui.views.canvas import Canvas

LARGER = 3
"""Pixels by which the type may be larger than ordinary type, where there is room."""

CELL = 4.6
"""Width of a cell of a matrix, in heights of its type."""


class StepCanvas(Canvas):
    """The chapter's pseudo-code with the numbers of the last step.

    Attributes:
        numbers: What `nnviz.core.rbm.numbered_step` found; empty before the first step.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._px = theme.caption_px
        super().__init__(theme, parent)
        self.clear()

    def clear(self) -> None:
        """Forget everything: another run begins."""
        self.numbers: Mapping[str, NDArray[Any]] = {}
        self.step = 0
        self.fit()
        self.update()

    def show_numbers(self, numbers: Mapping[str, NDArray[Any]], step: int) -> None:
        """Show what a step did."""
        self.numbers, self.step = (numbers if "v0" in numbers else {}), step
        self.fit()
        self.update()

    # Words

    def heading(self) -> str:
        """Which step, which sample, which units."""
        if not self.numbers:
            return self.tr("No step of contrastive divergence has been made: press Train, or make one batch.")
        batch, sample = int(self.numbers["setting"][1]), int(self.numbers["setting"][4])
        text = self.tr("Step {0}, sample {1} of the {2} of its batch; visible units {3}, hidden units {4}")
        names = [", ".join(str(int(unit) + 1) for unit in self.numbers[side]) for side in ("visible", "hidden")]
        return text.format(f"{self.step:,}", sample + 1, batch, *names)

    def lines(self) -> tuple[tuple[str, str, str], ...]:
        """Phase, line of pseudo-code, and its numbers."""
        found = self.numbers
        steps, persistent = int(found["setting"][2]), bool(found["setting"][3])
        positive, negative = self.tr("Positive phase"), self.tr("Negative phase")
        begins = self.tr("drawn from the persistent chain: h0 = {0}") if persistent else self.tr("drawn: h0 = {0}")
        end = self.tr("drawn: v1 = {0}")
        if steps == 1:
            end = self.tr("p(v1) = {1}, drawn: v1 = {0}")
        down = "v1 ~ sigma(h0 W^T + a)"
        if steps > 1:
            down = f"v1 ~ sigma(h W^T + a), {steps} times"
        return (
            (positive, "p(h0) = sigma(v0 W + b)", f"v0 = {_row(found['v0'])}:  p(h0) = {_row(found['p0'])}"),
            ("", "h0 ~ p(h0)", begins.format(_row(found["h0"]))),
            (negative, down, end.format(_row(found["v1"]), _row(found["q1"]))),
            ("", "p(h1) = sigma(v1 W + b)", f"p(h1) = {_row(found['p1'])}"),
        )

    def matrices(self) -> tuple[tuple[str, str, NDArray[Any]], ...]:
        """Title, what is computed, and values of each matrix of the batch."""
        found = self.numbers
        rate = float(found["setting"][0])
        change = rate * (found["positive"] - found["negative"])
        return (
            (self.tr("positive"), "v0^T p(h0)", found["positive"]),
            (self.tr("negative"), "v1^T p(h1)", found["negative"]),
            (self.tr("alpha = {0}; times 1,000").format(number_text(rate)), "alpha (positive - negative)", change),
            (self.tr("W += ...; times 1,000"), self.tr("what was really added"), found["added"]),
        )

    def below(self) -> tuple[str, ...]:
        """What is said under the matrices."""
        found = self.numbers
        rate = float(found["setting"][0])
        count = f"{int(found['setting'][1]):,}"
        return (
            f"a += alpha mean(v0 - v1):  {_signed(rate * found['a'])}",
            f"b += alpha mean(p(h0) - p(h1)):  {_signed(rate * found['b'])}",
            self.tr(
                "Matrices are means over the {0} samples of the batch, a row per visible and a column per hidden unit. "
                "The chapter takes the drawn h0 in the positive phase; its probabilities have the same mean and "
                "less noise. Momentum, weight decay and the like make up the rest of what is really added."
            ).format(count),
        )

    def explanations(self) -> tuple[tuple[str, str], ...]:
        """Heading and text of each."""
        return (
            (
                self.tr("Two phases"),
                self.tr(
                    "The positive phase lowers the energy of the data: what is on together there gets a larger weight. "
                    "The negative phase raises the energy of what the machine itself makes of it. Where both agree, "
                    "nothing changes."
                ),
            ),
            (
                self.tr("Why CD is not the gradient of anything"),
                self.tr(
                    "The gradient of the likelihood has the machine's own distribution in the negative phase, and "
                    "reaching that takes an endless chain. Contrastive divergence stops after k steps. Where the chain "
                    "ends depends on the weights too, and this is left out: no function at all has what remains as its "
                    "gradient. Hence there is no loss that it makes small, and the reconstruction error only comes "
                    "along. With more steps it points ever nearer to where the likelihood grows."
                ),
            ),
            (
                self.tr("Restricted, and not a Boltzmann machine"),
                self.tr(
                    "A Boltzmann machine also joins visible with visible and hidden with hidden units. Then no unit "
                    "can be drawn without the others of its side, one has to go through them one by one, and even the "
                    "positive phase needs a chain. Without these connections one line draws a whole side at once."
                ),
            ),
            (
                self.tr("Not an autoencoder"),
                self.tr(
                    "Both encode and decode. An autoencoder makes the reconstruction error small, by backpropagation, "
                    "and that is all it is. An RBM is a distribution: it has an energy for every state, the same "
                    "weights both ways, units that are drawn, and can dream samples that were never put in."
                ),
            ),
        )

    # Places

    def _line(self) -> float:
        return QFontMetricsF(self.type(self._px)).height() * 1.3

    @property
    def _beside(self) -> bool:
        """Whether there is room for the explanations at the right."""
        return self.width() >= 72 * self._px

    def _width(self) -> float:
        return self.width() * 0.6 - self.theme.space if self._beside else float(self.width())

    def _cell(self) -> tuple[float, float]:
        across = (self._width() - 3 * 1.5 * self.theme.space) / 4
        return min(across / 3, CELL * self._px), self._line() * 1.25

    def matrix_rect(self, number: int) -> QRectF:
        """Where a matrix stands, without its titles."""
        wide, high = self._cell()
        apart = 3 * wide + 1.5 * self.theme.space
        return QRectF(number * apart, self._matrices_top() + 2 * self._line(), 3 * wide, 3 * high)

    def _matrices_top(self) -> float:
        return self._line() * (1.4 + 2 * len(self.lines())) + self.theme.space

    def _below_top(self) -> float:
        return self.matrix_rect(0).bottom() + self.theme.space

    def _wrapped(self, text: str, x: float, y: float, width: float) -> QRectF:
        metrics = QFontMetricsF(self.type(self._px))
        found = metrics.boundingRect(QRectF(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), text)
        return QRectF(x, y, width, found.height())

    def _steps_height(self) -> float:
        if not self.numbers:
            return 2 * self._line()
        y = self._below_top()
        for text in self.below():
            y = self._wrapped(text, 0, y, self._width()).bottom() + self.theme.space
        return y

    def _explained_place(self) -> tuple[float, float, float]:
        """Left, top and width of the explanations."""
        if self._beside:
            left = self.width() * 0.6 + self.theme.space
            return left, 0.0, self.width() - left - self.theme.space
        return 0.0, self._steps_height() + self.theme.space, float(self.width() - self.theme.space)

    def _explained_height(self) -> float:
        left, y, width = self._explained_place()
        for _, text in self.explanations():
            y = self._wrapped(text, left, y + self._line(), width).bottom() + self.theme.space
        return y

    def least_height(self) -> float:
        """All lines, and all explanations, in the smallest type."""
        chosen, self._px = self._px, self.theme.caption_px
        height = max(self._steps_height(), self._explained_height())
        self._px = chosen
        return height

    def fit(self) -> None:
        """Take the largest type in which everything is seen, and ask for the height that is needed."""
        super().fit()
        for pixels in range(self.theme.font_px + LARGER, self.theme.caption_px - 1, -1):
            self._px = pixels
            if self._fits_across() and max(self._steps_height(), self._explained_height()) <= self.height():
                break

    def _fits_across(self) -> bool:
        """Whether the heading and the numbers of the matrices are to be read whole."""
        if not self.numbers:
            return True
        heading = QFontMetricsF(self.type(self._px, bold=True)).horizontalAdvance(self.heading())
        return heading <= self._width() and self._cell()[0] >= CELL * self._px

    # Painting

    def paint(self, painter: QPainter) -> None:
        """The lines, the matrices, the explanations."""
        line, width = self._line(), self._width()
        painter.setFont(self.type(self._px, bold=True))
        self.write(painter, QRectF(0, 0, width, line), self.heading(), "text")
        painter.setFont(self.type(self._px))
        if self.numbers:
            self._paint_lines(painter)
            for number, (title, formula, values) in enumerate(self.matrices()):
                self._paint_matrix(painter, number, title, formula, values)
            y = self._below_top()
            for text in self.below():
                area = self._wrapped(text, 0, y, width)
                painter.setPen(self.theme.colour("text" if "+=" in text else "muted"))
                painter.drawText(area, int(Qt.TextFlag.TextWordWrap), text)
                y = area.bottom() + self.theme.space / 2
        self._paint_explanations(painter)

    def _paint_lines(self, painter: QPainter) -> None:
        line, width = self._line(), self._width()
        code = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        code.setPixelSize(self._px)
        label = 8.5 * self._px
        y = 1.4 * line
        for phase, formula, numbers in self.lines():
            self.write(painter, QRectF(0, y, label, line), phase, "muted")
            painter.setFont(code)
            self.write(painter, QRectF(label, y, width - label, line), formula, "accent_text")
            painter.setFont(self.type(self._px))
            self.write(painter, QRectF(label, y + 0.9 * line, width - label, line), numbers, "text")
            y += 2 * line

    def _paint_matrix(self, painter: QPainter, number: int, title: str, formula: str, values: NDArray[Any]) -> None:
        theme, line = self.theme, self._line()
        wide, high = self._cell()
        box = self.matrix_rect(number)
        self.write(painter, QRectF(box.x(), box.y() - 2 * line, box.width(), line), title, "text")
        self.write(painter, QRectF(box.x(), box.y() - line, box.width(), line), formula, "muted")
        # Associations are shares; changes have a scale of their own, the same for what CD and the optimiser say.
        limit = 1.0 if number < 2 else self._largest_change()
        metrics = QFontMetricsF(self.type(self._px))
        decimals = next((d for d in (3, 2, 1) if metrics.horizontalAdvance(f"+8.{'8' * d}") <= wide - 2), 0)
        for (row, column), value in np.ndenumerate(values):
            cell = QRectF(box.x() + column * wide, box.y() + row * high, wide, high).adjusted(0.5, 0.5, -0.5, -0.5)
            ground = diverging_colour(theme, float(value), limit)
            painter.fillRect(cell, ground)
            text = f"{value:.{decimals}f}" if number < 2 else f"{1000 * value:+.{decimals}f}"
            if not np.isfinite(value):
                text = "?"
            self.write(painter, cell, text.replace("-", "−"), text_on(ground), Qt.AlignmentFlag.AlignHCenter)  # noqa: RUF001
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawRect(QRectF(box.x(), box.y(), values.shape[1] * wide, values.shape[0] * high))

    def _largest_change(self) -> float:
        values = np.concatenate([matrix.ravel() for _, _, matrix in self.matrices()[2:]])
        known = np.abs(values[np.isfinite(values)])
        return float(known.max(initial=0)) or 1.0

    def _paint_explanations(self, painter: QPainter) -> None:
        left, y, width = self._explained_place()
        line = self._line()
        if self._beside:
            painter.setPen(QPen(self.theme.colour("border"), 1))
            painter.drawLine(round(left - self.theme.space), 0, round(left - self.theme.space), self.height())
        for heading, text in self.explanations():
            painter.setFont(self.type(self._px, bold=True))
            self.write(painter, QRectF(left, y, width, line), heading, "text")
            painter.setFont(self.type(self._px))
            area = self._wrapped(text, left, y + line, width)
            painter.setPen(self.theme.colour("text"))
            painter.drawText(area, int(Qt.TextFlag.TextWordWrap), text)
            y = area.bottom() + self.theme.space


def _row(values: NDArray[Any]) -> str:
    """(1, 0, 0.27): whole numbers without decimals."""
    texts = (f"{x:.0f}" if float(x).is_integer() else f"{x:.2f}" for x in values.tolist())
    return "(" + ", ".join(texts).replace("-", "−") + ")"  # noqa: RUF001


def _signed(values: NDArray[Any]) -> str:
    return "(" + ", ".join(f"{x:+.4f}" for x in values.tolist()).replace("-", "−") + ")"  # noqa: RUF001
