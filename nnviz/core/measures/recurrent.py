"""What happens inside recurrent cells: gates and states at every step, recomputed from the weights of fused layers.

Torch's fused kernels give hidden states only. From these and the weights all gates follow at once, for every step; the
cell state is added up along time; and the hidden states that follow from both must be those of the kernel again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.layers._recurrent import RecurrentSpec
from nnviz.core.one_thread import briefly_alone

Array = NDArray[np.float32]

SUMS = {
    "lstm": ("input", "forget", "candidate", "output"),
    "gru": ("reset", "update", "candidate"),
    "rnn": ("hidden",),
}
"""Weighted sums of each kind of cell, in the order of torch's rows."""

PARTS = {
    "lstm": ("forget", "input", "output", "candidate", "cell", "hidden"),
    "gru": ("reset", "update", "candidate", "hidden"),
    "rnn": ("hidden",),
}
"""What can be seen of each kind of cell, in the order in which it is told."""

GATES = ("forget", "input", "output", "reset", "update")
"""Parts that lie between 0 and 1."""


@dataclass(frozen=True)
class Cell:
    """The weights of one cell: one level and direction of a recurrent layer.

    Attributes:
        kind: "rnn", "lstm" or "gru".
        relu: Whether a plain cell bends its sum by ReLU instead of tanh.
        backwards: Whether it reads the sequence from its end.
        weight_ih: Weights of the inputs, (gates * units, inputs).
        weight_hh: Weights of the hidden state, (gates * units, units).
        bias_ih: Bias of the inputs' sums, (gates * units,).
        bias_hh: Bias of the hidden state's sums, (gates * units,).
    """

    kind: str
    relu: bool
    backwards: bool
    weight_ih: Array
    weight_hh: Array
    bias_ih: Array
    bias_hh: Array

    @property
    def units(self) -> int:
        """Size of the hidden state."""
        return int(self.weight_hh.shape[1])


@dataclass(frozen=True)
class CellRun:
    """What a cell did with sequences.

    All arrays stand in the order in which the cell reads, time first, (T, N, units), and are no numbers that mean
    anything behind a sequence's end; `seen` gives them as people look at them.

    Attributes:
        cell: The cell.
        lengths: Number of steps of each sequence, (N,).
        parts: By the names of `PARTS`.
        of_input: The share of the inputs in each sum, W x + b, by the names of `SUMS`.
        of_state: The share of the hidden state from before in each sum, U h + c, by the names of `SUMS`.
        error: Largest difference between the recomputed hidden states and those of the fused kernel.
    """

    cell: Cell
    lengths: NDArray[np.intp]
    parts: dict[str, Array]
    of_input: dict[str, Array]
    of_state: dict[str, Array]
    error: float

    def seen(self, values: Array, behind: float = np.nan) -> Array:
        """One of its arrays in the order of the sequence, (N, T, units); `behind` stands behind a sequence's end."""
        steps = len(values)
        ended = np.arange(steps) >= self.lengths[:, None]
        return np.where(ended[..., None], np.float32(behind), self.turned(values).transpose(1, 0, 2))

    def turned(self, values: Array) -> Array:
        """From the order of reading to that of the sequence, or back, time first."""
        return turned(values, self.lengths) if self.cell.backwards else values


def turned(values: Array, lengths: NDArray[np.intp]) -> Array:
    """Sequences read from their own ends, (T, N, ...); what stands behind the ends stays there. Its own inverse."""
    steps = np.arange(len(values))[:, None]
    places = np.where(steps < lengths, lengths - 1 - steps, steps)
    return np.asarray(values[places, np.arange(values.shape[1])])


def cells_of(spec: RecurrentSpec, parameters: Mapping[str, NDArray[Any]]) -> list[list[Cell]]:
    """The cells of a layer, level by level from below, each level's forwards one first.

    Args:
        spec: The layer.
        parameters: Its learned tensors by torch's names: "weight_ih_l0", "bias_hh_l1_reverse".
    """
    relu = getattr(spec, "activation", "tanh") == "relu"
    levels = []
    for level in range(spec.layers):
        cells = []
        for direction in range(spec.directions):
            suffix = f"l{level}" + ("_reverse" if direction else "")
            names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            tensors = (np.asarray(parameters[f"{name}_{suffix}"], np.float32) for name in names)
            cells.append(Cell(spec.name, relu, direction == 1, *tensors))
        levels.append(cells)
    return levels


def run_cell(cell: Cell, x: Array, lengths: NDArray[np.intp]) -> CellRun:
    """Everything that happens in one cell.

    With x the input and h the hidden state from before: an LSTM has f, i, o = sigmoid(W x + b + U h + c),
    g = tanh(...), c' = f c + i g and h' = o tanh(c'); a GRU r, z = sigmoid(W x + b + U h + c),
    n = tanh(W x + b + r (U h + c)) and h' = (1 - z) n + z h; a plain cell h' = tanh(W x + b + U h + c). What was before
    the first step is zero.

    Args:
        cell: Its weights.
        x: What arrives, (T, N, inputs), in the order of the sequence; finite behind the ends too.
        lengths: Number of steps of each sequence, (N,).

    Source: `torch.nn.LSTM`, `torch.nn.GRU`, `torch.nn.RNN`.
    """
    read = np.ascontiguousarray(turned(x, lengths) if cell.backwards else x, np.float32)
    steps, samples, _ = read.shape
    hidden = _fused(cell, read)
    before = np.concatenate([np.zeros_like(hidden[:1]), hidden[:-1]])
    shape = (steps, samples, len(SUMS[cell.kind]), cell.units)
    inputs = _summed(read, cell.weight_ih, cell.bias_ih).reshape(shape)
    states = _summed(before, cell.weight_hh, cell.bias_hh).reshape(shape)
    of_input = {name: inputs[:, :, place] for place, name in enumerate(SUMS[cell.kind])}
    of_state = {name: states[:, :, place] for place, name in enumerate(SUMS[cell.kind])}
    # A sigmoid is a tanh of half the sum, which does not overflow. All at once: many small pieces take longer.
    is_gate = np.array([name in GATES for name in SUMS[cell.kind]])[:, None]
    bent = inputs + states
    bent *= np.where(is_gate, np.float32(0.5), np.float32(1.0))
    np.tanh(bent, out=bent)
    parts: dict[str, Array] = {}
    for place, name in enumerate(SUMS[cell.kind]):
        if name in GATES:
            parts[name] = bent[:, :, place] * np.float32(0.5) + np.float32(0.5)
    if cell.kind == "lstm":
        parts["candidate"] = bent[:, :, SUMS["lstm"].index("candidate")]
        parts["cell"] = _added_up(parts["forget"], parts["input"] * parts["candidate"])
        again = parts["output"] * np.tanh(parts["cell"])
    elif cell.kind == "gru":
        parts["candidate"] = np.tanh(of_input["candidate"] + parts["reset"] * of_state["candidate"])
        again = (1 - parts["update"]) * parts["candidate"] + parts["update"] * before
    else:
        again = np.maximum(of_input["hidden"] + of_state["hidden"], 0) if cell.relu else bent[:, :, 0]
    parts["hidden"] = hidden
    error = float(np.abs(again - hidden).max(initial=0.0))
    return CellRun(cell, lengths, parts, of_input, of_state, error)


def run_layer(
    spec: RecurrentSpec, parameters: Mapping[str, NDArray[Any]], x: NDArray[Any], lengths: NDArray[np.intp]
) -> list[list[CellRun]]:
    """Everything that happens in a recurrent layer, level by level from below, as in evaluation (without dropout).

    Args:
        spec: The layer.
        parameters: Its learned tensors by torch's names.
        x: What arrives, (N, T, inputs); finite behind the ends too.
        lengths: Number of steps of each sequence, (N,).
    """
    value = np.asarray(x, np.float32).transpose(1, 0, 2)
    levels = []
    for cells in cells_of(spec, parameters):
        runs = [run_cell(cell, value, lengths) for cell in cells]
        value = np.concatenate([run.turned(run.parts["hidden"]) for run in runs], axis=2)
        levels.append(runs)
    return levels


def hidden_states(
    spec: RecurrentSpec,
    parameters: Mapping[str, NDArray[Any]],
    x: NDArray[Any],
    lengths: NDArray[np.intp],
    level: int,
    backwards: bool,
) -> Array:
    """Hidden states of one cell alone, (N, T, units), NaN behind the ends: for many sequences, without their gates.

    Args:
        spec: The layer.
        parameters: Its learned tensors by torch's names.
        x: What arrives, (N, T, inputs); finite behind the ends too.
        lengths: Number of steps of each sequence, (N,).
        level: Which cell, from below.
        backwards: Whether the one that reads from the end.
    """
    value = np.asarray(x, np.float32).transpose(1, 0, 2)
    states: list[Array] = []
    for cells in cells_of(spec, parameters)[: level + 1]:
        states = []
        for cell in cells:
            read = np.ascontiguousarray(turned(value, lengths) if cell.backwards else value)
            hidden = _fused(cell, read)
            states.append(turned(hidden, lengths) if cell.backwards else hidden)
        value = np.concatenate(states, axis=2)
    found = states[min(int(backwards), len(states) - 1)].transpose(1, 0, 2)
    ended = np.arange(found.shape[1]) >= lengths[:, None]
    return np.where(ended[..., None], np.float32(np.nan), found)


def passed_on(spec: RecurrentSpec, runs: Sequence[CellRun]) -> Array:
    """What a layer gives to the next one: (N, T, values) of every step, zero behind the ends, or (N, values).

    Args:
        spec: The layer.
        runs: Its uppermost cells.
    """
    lengths = runs[0].lengths
    if spec.passes_on == "every step":
        return np.concatenate([run.seen(run.parts["hidden"], 0.0) for run in runs], axis=2)
    # A cell's last step in its own order of reading: of a backwards one it is the first of the sequence.
    return np.concatenate([run.parts["hidden"][lengths - 1, np.arange(len(lengths))] for run in runs], axis=1)


def _summed(values: Array, weight: Array, bias: Array) -> Array:
    """W x + b of every step, (T * N, sums)."""
    # As one product: of three-dimensional arrays numpy makes one per step, which took six times as long.
    return np.asarray(values.reshape(-1, values.shape[2]) @ weight.T + bias)


def _added_up(keep: Array, added: Array) -> Array:
    """c_t = keep_t c_(t-1) + added_t along time, from zero."""
    result = np.empty_like(keep)
    state = np.zeros_like(keep[0])
    for step in range(len(keep)):
        state = np.multiply(keep[step], state, out=result[step])
        state += added[step]
    return result


def _fused(cell: Cell, x: Array) -> Array:
    """Hidden states of torch's kernel, (T, N, units)."""
    import torch

    weights = [torch.from_numpy(np.array(w)) for w in (cell.weight_ih, cell.weight_hh, cell.bias_ih, cell.bias_hh)]
    first = torch.zeros(1, x.shape[1], cell.units)
    # One level, no dropout, evaluation, one direction, time first.
    options = (True, 1, 0.0, False, False, False)
    value = torch.from_numpy(np.array(x))
    with torch.no_grad(), briefly_alone():
        if cell.kind == "lstm":
            return np.asarray(torch.lstm(value, (first, first), weights, *options)[0].numpy())
        kernel = torch.gru if cell.kind == "gru" else torch.rnn_relu if cell.relu else torch.rnn_tanh
        return np.asarray(kernel(value, first, weights, *options)[0].numpy())
