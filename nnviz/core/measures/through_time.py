"""Backpropagation through time, step by step: how strongly the loss pulls at the state of every step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.layers._recurrent import RecurrentSpec
from nnviz.core.measures.recurrent import Array, CellRun

FEW_ROWS = 3
"""Up to here rows are multiplied one by one."""


@dataclass(frozen=True)
class StateGradient:
    """Gradient of a loss with respect to the states of one cell, through everything that follows from them.

    Attributes:
        hidden: d loss / d h_t, (N, T, units); zero behind a sequence's end.
        cell: d loss / d c_t of an LSTM, (N, T, units); None of other cells.
    """

    hidden: Array
    cell: Array | None


def through_time(
    spec: RecurrentSpec, levels: Sequence[Sequence[CellRun]], of_output: NDArray[Any]
) -> list[list[StateGradient]]:
    """Gradients of a loss with respect to the states of all cells of a layer, level by level from below.

    Where training cuts the gradient after so many steps, it is cut here too.

    Args:
        spec: The layer.
        levels: What its cells did.
        of_output: Gradient with respect to what the layer passes on, of the same shape.
    """
    top = levels[-1]
    units = top[0].cell.units
    steps, samples = top[0].parts["hidden"].shape[:2]
    lengths = top[0].lengths
    arriving = []
    for place, run in enumerate(top):
        part = of_output[..., place * units : (place + 1) * units]
        if spec.passes_on == "every step":
            ended = np.arange(steps) >= lengths[:, None]
            arriving.append(run.turned(np.where(ended[..., None], 0, part).transpose(1, 0, 2)))
        else:
            last = np.zeros((steps, samples, units), np.float32)
            last[lengths - 1, np.arange(samples)] = part
            arriving.append(last)
    cut = 0 if spec.bidirectional else spec.truncate
    result: list[list[StateGradient]] = []
    for level in reversed(range(len(levels))):
        found, below = [], None
        for run, above in zip(levels[level], arriving, strict=True):
            hidden, cell, of_input = _cell_through_time(run, np.asarray(above, np.float32), cut, level > 0)
            found.append(StateGradient(run.seen(hidden, 0.0), None if cell is None else run.seen(cell, 0.0)))
            if of_input is not None:
                part = run.turned(of_input)
                below = part if below is None else below + part
        result.append(found)
        if below is not None:
            runs = levels[level - 1]
            arriving = [run.turned(below[..., i * units : (i + 1) * units]) for i, run in enumerate(runs)]
    return result[::-1]


def _cell_through_time(run: CellRun, above: Array, cut: int, wants_input: bool) -> tuple[Array, Array | None, Any]:
    """Gradients of hidden state, cell state and, where wanted, of the inputs, time first in the order of reading."""
    parts, weight = run.parts, run.cell.weight_hh
    hidden = np.array(above, np.float32)
    steps, samples, units = hidden.shape
    before = np.concatenate([np.zeros_like(hidden[:1]), parts["hidden"][:-1]])
    # What a gradient is multiplied with on its way into each sum does not depend on it: computed for all steps at once.
    if run.cell.kind == "lstm":
        slopes = _lstm_slopes(parts)
        forget, bent = parts["forget"], np.tanh(parts["cell"])
        into_cell = parts["output"] * (1 - bent * bent)
        cell = np.empty_like(hidden)
        sums = np.empty((steps, samples, 4, units), np.float32)
        for step in reversed(range(steps)):
            if step + 1 < steps and not (cut and (step + 1) % cut == 0):
                _add_product(sums[step + 1].reshape(samples, -1), weight, hidden[step])
                np.multiply(cell[step + 1], forget[step + 1], out=cell[step])
                cell[step] += hidden[step] * into_cell[step]
            else:
                np.multiply(hidden[step], into_cell[step], out=cell[step])
            np.multiply(slopes[step, :, :3], cell[step][:, None], out=sums[step, :, :3])
            np.multiply(slopes[step, :, 3], hidden[step], out=sums[step, :, 3])
        of_input = sums.reshape(steps, samples, -1) @ run.cell.weight_ih if wants_input else None
        return hidden, cell, of_input
    if run.cell.kind == "gru":
        slopes, keep, into_sum = _gru_slopes(run, before)
    else:
        values = parts["hidden"]
        slopes = ((values > 0).astype(np.float32) if run.cell.relu else 1 - values * values)[:, :, None]
        keep, into_sum = None, slopes
    for step in reversed(range(steps - 1)):
        if cut and (step + 1) % cut == 0:
            continue
        later = hidden[step + 1]
        _add_product((slopes[step + 1] * later[:, None]).reshape(samples, -1), weight, hidden[step])
        if keep is not None:
            hidden[step] += keep[step + 1] * later
    of_input = (into_sum * hidden[:, :, None]).reshape(steps, samples, -1) @ run.cell.weight_ih if wants_input else None
    return hidden, None, of_input


def _add_product(rows: Array, weight: Array, to: Array) -> None:
    """Add a few rows, (N, sums), times a matrix, (sums, units), to others, (N, units), in place."""
    if len(rows) > FEW_ROWS:
        to += rows @ weight
        return
    # Row by row: a product of two matrices first brings the large one into another order.
    for row, sums in zip(rows, to, strict=True):
        sums += row @ weight


def _lstm_slopes(parts: dict[str, Array]) -> Array:
    """Slopes d c / d sum of input gate, forget gate and candidate, and d h / d sum of output gate, (T, N, 4, units)."""
    i, f, g, o, c = (parts[name] for name in ("input", "forget", "candidate", "output", "cell"))
    earlier = np.concatenate([np.zeros_like(c[:1]), c[:-1]])
    return np.stack([g * i * (1 - i), earlier * f * (1 - f), i * (1 - g * g), np.tanh(c) * o * (1 - o)], axis=2)


def _gru_slopes(run: CellRun, before: Array) -> tuple[Array, Array, Array]:
    """Slopes d h / d the state's share of each sum, d h / d old h along the update gate, d h / d the input's share."""
    r, z, n = (run.parts[name] for name in ("reset", "update", "candidate"))
    of_candidate = (1 - z) * (1 - n * n)
    of_reset = of_candidate * run.of_state["candidate"] * r * (1 - r)
    of_update = (before - n) * z * (1 - z)
    # The reset gate stands behind the product with the hidden state.
    slopes = np.stack([of_reset, of_update, of_candidate * r], axis=2)
    return slopes, z, np.stack([of_reset, of_update, of_candidate], axis=2)
