"""The arithmetic behind one value, painted: what it sees times its weights, the sum, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnviz.core.measures.arithmetic import Explanation
from nnviz.gui.style.colours import diverging_colour, text_on
from nnviz.gui.views.axes import number_text
from nnviz.gui.views.canvas import Canvas
from nnviz.gui.views.pixels import draw_image, fitted, signed_image

# The collector of texts knows it by this name alone.
translate = QCoreApplication.translate

_PREFIX = "explained."


@dataclass(frozen=True)
class Explained:
    """An explanation as it crosses between threads.

    Attributes:
        layer: Layer of the value.
        index: Its place.
        source: The layer where several inputs meet.
        rule: How they are put together; empty if there is only a formula.
        inputs: What it sees, (C, H, W), or None.
        weights: What that is multiplied by, or None.
        bias: What is added.
        corner: Row and column of the inputs in the layer before.
        channels: Channels that they come from.
        chain: Names of layers with the value at this place in each.
    """

    layer: str
    index: tuple[int, ...]
    source: str
    rule: str
    inputs: NDArray[np.float32] | None
    weights: NDArray[np.float32] | None
    bias: float
    corner: tuple[int, int]
    channels: tuple[int, int]
    chain: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, found: Explanation, layer: str, index: tuple[int, ...]) -> Explained:
        """That of a value."""
        terms = found.terms
        if terms is None:
            return cls(layer, index, found.source, "", None, None, 0.0, (0, 0), (0, 0), found.chain)
        return cls(
            layer,
            index,
            found.source,
            terms.rule,
            terms.inputs,
            terms.weights,
            terms.bias,
            terms.corner,
            terms.channels,
            found.chain,
        )

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """As arrays by name."""
        arrays: dict[str, NDArray[Any]] = {
            "text": np.array([self.layer, self.source, self.rule], np.str_),
            "index": np.array(self.index, np.int64),
            "place": np.array([*self.corner, *self.channels], np.int64),
            "bias": np.array(self.bias),
            "chain": np.array([name for name, _ in self.chain], np.str_),
            "values": np.array([value for _, value in self.chain], np.float64),
        }
        if self.inputs is not None:
            arrays["inputs"] = np.array(self.inputs, np.float32)
        if self.weights is not None:
            arrays["weights"] = np.array(self.weights, np.float32)
        return {_PREFIX + name: array for name, array in arrays.items()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Explained | None:
        """The explanation among a snapshot's arrays, or None."""
        own = {name.removeprefix(_PREFIX): array for name, array in arrays.items() if name.startswith(_PREFIX)}
        if not own:
            return None
        layer, source, rule = map(str, own["text"])
        top, left, first, behind = map(int, own["place"])
        chain = tuple(zip(map(str, own["chain"]), own["values"].tolist(), strict=True))
        index = tuple(map(int, own["index"]))
        inputs, weights, bias = own.get("inputs"), own.get("weights"), float(own["bias"])
        return cls(layer, index, source, rule, inputs, weights, bias, (top, left), (first, behind), chain)

    def products(self) -> NDArray[np.float64]:
        """What each channel adds to the sum, (C,); of a vector, what each input adds, (F,)."""
        assert self.inputs is not None
        assert self.weights is not None
        products = self.inputs.astype(np.float64) * self.weights
        return products.ravel() if self.is_vector else products.sum(axis=(1, 2))

    @property
    def is_vector(self) -> bool:
        """Whether the inputs are a plain list."""
        return self.inputs is not None and self.inputs.shape[:2] == (1, 1)


def draw_explanation(
    painter: QPainter, area: QRectF, canvas: Canvas, explained: Explained, formulas: Mapping[str, str]
) -> None:
    """Paint the arithmetic into a panel, from top to bottom.

    Args:
        painter: Where.
        area: The panel.
        canvas: Whose theme and type are used.
        explained: What.
        formulas: What each layer computes, by its name.
    """
    theme = canvas.theme
    line = theme.caption_px * 1.5
    painter.setPen(QPen(theme.colour("border"), 1))
    painter.setBrush(theme.colour("window"))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius, theme.radius)
    inner = area.adjusted(theme.space, theme.space / 2, -theme.space, -theme.space / 2)
    place = ", ".join(str(number + 1) for number in explained.index)
    painter.setFont(canvas.type(theme.caption_px, bold=True))
    canvas.write(painter, QRectF(inner.x(), inner.y(), inner.width(), line), f"{explained.layer} [{place}]", "text")
    painter.setFont(canvas.caption)
    chain = len(explained.chain) + (2 if explained.weights is not None else 1 if explained.inputs is not None else 0)
    # The lines of the sum and of the chain stand below; what is between is for the terms.
    room = QRectF(inner.x(), inner.y() + line, inner.width(), max(0.0, inner.height() - line * (chain + 1)))
    if explained.inputs is not None and room.height() > line:
        if explained.is_vector:
            _draw_vector(painter, room, canvas, explained)
        else:
            _draw_patches(painter, room, canvas, explained)
    y = inner.bottom() - chain * line
    for text, value, strong in _lines(explained, formulas):
        row = QRectF(inner.x(), y, inner.width(), line)
        number = theme.caption_px * 6.0
        painter.setFont(canvas.type(theme.caption_px, bold=strong))
        canvas.write(painter, row.adjusted(0, 0, -number, 0), text, "text" if strong else "muted")
        canvas.write(painter, row, value, "text", Qt.AlignmentFlag.AlignRight)
        y += line
    painter.setFont(canvas.caption)


def _lines(explained: Explained, formulas: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    lines = []
    if explained.weights is not None and explained.inputs is not None:
        count = f"{explained.weights.size:,}"
        total = float(explained.products().sum())
        lines.append((translate("Explanation", "Sum of {0} products").format(count), number_text(total), False))
        lines.append((translate("Explanation", "+ bias"), number_text(explained.bias), False))
    elif explained.inputs is not None:
        rules = {
            "largest": translate("Explanation", "Largest of {0} values"),
            "mean": translate("Explanation", "Mean of {0} values"),
            "norm": translate("Explanation", "Root of the sum of {0} squares"),
        }
        lines.append((rules[explained.rule].format(f"{explained.inputs.size:,}"), "", False))
    for name, value in explained.chain:
        lines.append((f"{name}:  {formulas.get(name, '')}", number_text(value), name == explained.layer))
    return lines


def _draw_patches(painter: QPainter, room: QRectF, canvas: Canvas, explained: Explained) -> None:
    """Patch times filter, channel by channel; those that add most are shown."""
    theme = canvas.theme
    line = theme.caption_px * 1.5
    inputs, weights = explained.inputs, explained.weights
    assert inputs is not None
    channels, height, width = inputs.shape
    limit = float(np.abs(inputs).max(initial=0)) or 1.0
    if weights is None:
        picture = fitted(room.adjusted(0, 0, 0, -theme.space), width, height, most=theme.caption_px * 4.0)
        _draw_numbers(painter, picture, canvas, inputs[0], limit)
        return
    adds = explained.products()
    order = np.argsort(-np.abs(adds), kind="stable")
    least = theme.caption_px * 4.5
    rows = max(1, min(channels, int((room.height() - (line if channels > 1 else 0)) // least), 4))
    rest = channels - rows
    high = (room.height() - (line if rest else 0)) / rows
    weight_limit = float(np.abs(weights).max(initial=0)) or 1.0
    text = theme.caption_px * 4.5
    sign = theme.caption_px * 1.6
    wide = (room.width() - 2 * sign - text) / 2
    for number, channel in enumerate(order[:rows].tolist()):
        row = QRectF(room.x(), room.y() + number * high, room.width(), high - theme.space / 2)
        side = min(wide, row.height())
        left = QRectF(row.x(), row.y(), side, row.height())
        right = QRectF(row.x() + side + sign, row.y(), side, row.height())
        _draw_numbers(painter, fitted(left, width, height), canvas, inputs[channel], limit)
        _draw_numbers(painter, fitted(right, width, height), canvas, weights[channel], weight_limit)
        middle = Qt.AlignmentFlag.AlignHCenter
        canvas.write(painter, QRectF(left.right(), row.y(), sign, row.height()), "×", "text", middle)
        canvas.write(painter, QRectF(right.right(), row.y(), sign, row.height()), "=", "text", middle)
        result = QRectF(right.right() + sign, row.y(), row.right() - right.right() - sign, row.height())
        if channels > 1:
            half = result.adjusted(0, 0, 0, -result.height() / 2)
            canvas.write(painter, half, translate("Explanation", "channel {0}").format(channel + 1))
            result = result.adjusted(0, result.height() / 2, 0, 0)
        canvas.write(painter, result, number_text(float(adds[channel])), "text")
    if rest:
        others = float(adds[order[rows:]].sum())
        below = QRectF(room.x(), room.bottom() - line, room.width(), line)
        canvas.write(painter, below, translate("Explanation", "The other {0} channels").format(rest))
        canvas.write(painter, below, number_text(others), "text", Qt.AlignmentFlag.AlignRight)


def _draw_vector(painter: QPainter, room: QRectF, canvas: Canvas, explained: Explained) -> None:
    """Input times weight, those that add most first."""
    theme = canvas.theme
    line = theme.caption_px * 1.5
    inputs, weights = explained.inputs, explained.weights
    assert inputs is not None
    assert weights is not None
    x, w, adds = inputs.ravel(), weights.ravel(), explained.products()
    rows = max(1, min(len(x), int(room.height() // line) - 1))
    order = np.argsort(-np.abs(adds), kind="stable")
    largest = float(np.abs(adds).max(initial=0)) or 1.0
    for number, place in enumerate(order[:rows].tolist()):
        row = QRectF(room.x(), room.y() + number * line, room.width(), line)
        text = f"[{place + 1}]   {x[place]:.3g} × {w[place]:.3g}".replace("-", "−")  # noqa: RUF001
        canvas.write(painter, row, text, "text")
        end = theme.caption_px * 6.0
        middle, half = row.x() + row.width() * 0.62, max(0.0, row.width() * 0.38 - end) * 0.9
        length = float(adds[place]) / largest * half / 2
        colour = diverging_colour(theme, float(np.sign(adds[place])) * 0.8)
        bar = QRectF(min(middle, middle + length), row.y() + line * 0.2, abs(length), line * 0.6)
        painter.fillRect(bar, colour)
        canvas.write(painter, row, number_text(float(f"{adds[place]:.3g}")), "text", Qt.AlignmentFlag.AlignRight)
    if len(x) > rows:
        row = QRectF(room.x(), room.y() + rows * line, room.width(), line)
        canvas.write(painter, row, translate("Explanation", "The other {0} inputs").format(f"{len(x) - rows:,}"))
        others = number_text(float(f"{adds[order[rows:]].sum():.3g}"))
        canvas.write(painter, row, others, "text", Qt.AlignmentFlag.AlignRight)


def _draw_numbers(painter: QPainter, area: QRectF, canvas: Canvas, values: NDArray[Any], limit: float) -> None:
    """A small picture with its numbers in it, where they fit."""
    draw_image(painter, area, signed_image(np.asarray(values, np.float32), limit, canvas.theme))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(canvas.theme.colour("border_strong"), 1))
    painter.drawRect(area)
    side = area.width() / values.shape[1]
    if side < canvas.theme.caption_px * 3.0:
        return
    for (row, column), value in np.ndenumerate(values):
        box = QRectF(area.x() + column * side, area.y() + row * side, side, side)
        ground = diverging_colour(canvas.theme, float(value), limit)
        canvas.write(painter, box, f"{value:.2f}".replace("-", "−"), text_on(ground), Qt.AlignmentFlag.AlignHCenter)  # noqa: RUF001
