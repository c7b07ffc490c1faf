"""What live views ask of recurrent layers: a sequence's gates, states and gradients, as numpy arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.errors import NnvizError
from nnviz.core.layers._recurrent import RecurrentSpec
from nnviz.core.measures.recurrent import PARTS, SUMS, CellRun, hidden_states, passed_on, run_layer
from nnviz.core.measures.stretches import alike
from nnviz.core.measures.through_time import through_time
from nnviz.core.network import NetworkSpec
from nnviz.core.probes import ProbeContext

GRADIENT_SAMPLES = 2
"""Sequences whose gradient is followed back through time: more of them take longer, and tell the same."""

MOST_OUTPUTS, MOST_CELLS = 48, 5_000
"""Outputs whose influences are asked for, and outputs times steps: each goes back through the whole sequence."""

SEARCHED = 64
"""Sequences in which stretches are looked for."""

MOST_FOUND = 8
"""Stretches that are found."""

_QUIET = np.errstate(over="ignore", invalid="ignore")
"""Weights that grow beyond all bounds give no numbers any more; the trainer says so, and views show gaps."""


@dataclass(frozen=True)
class Place:
    """One cell of a network.

    Attributes:
        layer: Name of the layer: "lstm_1".
        level: Its cell, from below, from 0.
        backwards: Whether it is the one that reads from the end.
        spec: The layer.
    """

    layer: str
    level: int
    backwards: bool
    spec: RecurrentSpec

    @property
    def key(self) -> tuple[str, int, bool]:
        """What tells it apart."""
        return self.layer, self.level, self.backwards


def recurrent_layers(network: NetworkSpec) -> dict[str, RecurrentSpec]:
    """The recurrent layers that take part, by name, from input to output."""
    layers = zip(network.layer_names(), network.layers, strict=True)
    return {name: layer for name, layer in layers if layer.enabled and isinstance(layer, RecurrentSpec)}


def places(network: NetworkSpec) -> list[Place]:
    """All cells of a network, from input to output."""
    return [
        Place(name, level, direction == 1, spec)
        for name, spec in recurrent_layers(network).items()
        for level in range(spec.layers)
        for direction in range(spec.directions)
    ]


def lengths_of(x: NDArray[np.float32]) -> NDArray[np.intp]:
    """Number of steps of each sequence, (N,): those behind its end are NaN. An empty one counts as one step."""
    return np.asarray(np.maximum(1, (~np.isnan(x[..., 0])).sum(axis=1)), np.intp)


def runs_of(
    context: ProbeContext, layer: str, x: NDArray[np.float32], key: object
) -> tuple[list[list[CellRun]], NDArray[np.float32]]:
    """What the cells of a layer do with sequences (N, T, F), and what arrived there; once per moment and key."""

    def make() -> tuple[list[list[CellRun]], NDArray[np.float32]]:
        arriving = context.arriving(layer, x)
        spec = recurrent_layers(context.network)[layer]
        return run_layer(spec, context.parameters(layer), arriving, lengths_of(x)), arriving

    return context.once(("recurrent", layer, key), make)


def sequence(context: ProbeContext, sample: int) -> tuple[int, NDArray[np.float32], NDArray[Any]]:
    """One sample of those that views look at: its number, its input, (1, T, F), and its target."""
    split = context.split
    sample = max(0, min(sample, len(split) - 1))
    return sample, split.x[sample : sample + 1], np.asarray(split.y[sample])


@_QUIET
def gates(
    context: ProbeContext, sample: int = 0, layer: str = "", level: int = 0, backwards: bool = False
) -> dict[str, NDArray[Any]]:
    """Everything that happens in one cell while it reads a sample.

    Args:
        context: The moment.
        sample: Number of the sample in the split that views look at.
        layer: Name of the recurrent layer; another than there is means the first.
        level: Which of its cells, from below.
        backwards: Whether the one that reads from the end.

    Returns:
        "part.NAME" of `PARTS`, and "of_input.NAME" and "of_state.NAME" of `SUMS`, each (T, units), NaN behind the end;
        "x", the sample, (T, F); "answer", what the network says of it, one row per step or one in all: probabilities of
        classes, or values; "target"; "error", the largest difference between recomputed and fused hidden states.
    """
    layers = recurrent_layers(context.network)
    layer = layer if layer in layers else next(iter(layers))
    sample, x, target = sequence(context, sample)
    levels, _ = runs_of(context, layer, x, sample)
    runs = levels[min(level, len(levels) - 1)]
    run = runs[min(int(backwards), len(runs) - 1)]
    kind = run.cell.kind
    result: dict[str, NDArray[Any]] = {
        "sample": np.array(sample),
        "samples": np.array(len(context.split)),
        "kind": np.array(kind),
        "length": np.array(int(run.lengths[0])),
        "x": x[0],
        "target": target,
        "answer": context.once(("answer", layer, sample), lambda: _answer(context, layer, levels, x)),
        "error": np.array(run.error),
    }
    for name in PARTS[kind]:
        result[f"part.{name}"] = run.seen(run.parts[name])[0]
    for name in SUMS[kind]:
        result[f"of_input.{name}"] = run.seen(run.of_input[name])[0]
        result[f"of_state.{name}"] = run.seen(run.of_state[name])[0]
    return result


def _answer(
    context: ProbeContext, layer: str, levels: list[list[CellRun]], x: NDArray[np.float32]
) -> NDArray[np.float64]:
    spec = recurrent_layers(context.network)[layer]
    outputs = context.behind(layer, passed_on(spec, levels[-1]), x)
    rows = np.asarray(outputs.reshape(-1, outputs.shape[-1]), np.float64)
    if context.data.spec.task == "classification":
        try:
            rows = context.probabilities_of(rows.astype(np.float32))
        except NnvizError:
            # Weights that are no numbers any more: the views show that there is nothing.
            rows = np.full(rows.shape, np.nan)
    if len(rows) > 1:
        rows[int(levels[-1][0].lengths[0]) :] = np.nan
    return rows


@_QUIET
def gradients(
    context: ProbeContext, layer: str = "", level: int = 0, backwards: bool = False
) -> dict[str, NDArray[Any]]:
    """How strongly the loss of a few sequences pulls at the states of one cell at every step.

    Args:
        context: The moment.
        layer: Name of the recurrent layer; another than there is means the first.
        level: Which of its cells, from below.
        backwards: Whether the one that reads from the end.

    Returns:
        "hidden", (T,): norm of d loss / d h_t over all units and the sequences that are not over, for their mean loss;
        "cell", (T,): the same of the cell state, NaN if there is none; "samples", how many sequences.
    """
    layers = recurrent_layers(context.network)
    layer = layer if layer in layers else next(iter(layers))
    first = next(iter(layers))
    x, y = context.split.x[:GRADIENT_SAMPLES], context.split.y[:GRADIENT_SAMPLES]

    def of_outputs() -> dict[str, NDArray[Any]]:
        runs, _ = runs_of(context, first, x, "gradient")
        return context.loss_gradients(first, passed_on(layers[first], runs[-1]), x, y)

    runs, _ = runs_of(context, layer, x, "gradient")
    of_output = context.once("recurrent gradients", of_outputs)[layer]
    levels = context.once(("through time", layer), lambda: through_time(layers[layer], runs, of_output))
    cells = levels[min(level, len(levels) - 1)]
    found = cells[min(int(backwards), len(cells) - 1)]
    over = np.arange(x.shape[1]) >= lengths_of(x).max()
    unknown = np.full(x.shape[1], np.nan)
    return {
        "hidden": np.where(over, np.nan, _norms(found.hidden)),
        "cell": unknown if found.cell is None else np.where(over, np.nan, _norms(found.cell)),
        "samples": np.array(len(x)),
    }


def _norms(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Euclidean norm over samples and units of (N, T, units): (T,)."""
    # Squares of tiny gradients are below what single precision can hold.
    return np.asarray(np.sqrt((values.astype(np.float64) ** 2).sum(axis=(0, 2))))


@_QUIET
def influence(context: ProbeContext, sample: int = 0) -> dict[str, NDArray[Any]]:
    """How much each step of a sequence speaks for what the network says, at each step at which it says something.

    The measure is gradient times input: by how much the answer would change if the step's input shrank to zero and the
    network were as straight as it is here. The input is what arrives at the first recurrent layer: a symbol as a
    vector, a value as it is. Of classes the score of the answer counts.

    Args:
        context: The moment.
        sample: Number of the sample in the split that views look at.

    Returns:
        "influence", (outputs, T), NaN behind the end; "row", (outputs,), the step of each output, from 0, or the output
        itself where only one answer is given; "answer", (outputs,), the class that is answered at that step, or -1;
        "every_step", whether rows are steps; "x", the sample, (T, F); "length"; "sample"; "samples".

    Source: Shrikumar, Greenside & Kundaje 2017, arXiv:1704.02685, section 2 (gradient x input).
    """
    layer, spec = next(iter(recurrent_layers(context.network).items()))
    sample, x, _ = sequence(context, sample)
    levels, arriving = runs_of(context, layer, x, sample)
    length, steps = int(lengths_of(x)[0]), x.shape[1]
    outputs = context.behind(layer, passed_on(spec, levels[-1]), x)[0]
    classes = context.data.spec.task == "classification"
    most = max(1, min(MOST_OUTPUTS, MOST_CELLS // steps))
    every_step = outputs.ndim == 2
    if every_step:
        rows = np.unique(np.linspace(0, length - 1, min(most, length)).round().astype(np.intp))
        answers = outputs[rows].argmax(axis=1) if classes else np.zeros(len(rows), np.intp)
        chosen = rows * outputs.shape[1] + answers
    else:
        # Of very many classes those that were nearly answered, and of ten all.
        rows = chosen = np.sort(np.argsort(-outputs, kind="stable")[: max(10, most)])
        answers = rows
    repeated = (len(rows), *(1,) * (x.ndim - 1))
    gradient = context.input_gradients(layer, np.tile(arriving, repeated), np.tile(x, repeated), chosen)
    found = (gradient * arriving).sum(axis=2)
    found[:, length:] = np.nan
    return {
        "influence": found,
        "row": rows,
        "answer": answers if classes else np.full(len(rows), -1),
        "every_step": np.array(every_step),
        "x": x[0],
        "length": np.array(length),
        "sample": np.array(sample),
        "samples": np.array(len(context.split)),
    }


@_QUIET
def alike_stretches(
    context: ProbeContext,
    sample: int = 0,
    layer: str = "",
    level: int = 0,
    backwards: bool = False,
    start: int = 0,
    stop: int = 0,
    by: str = "cosine",
) -> dict[str, NDArray[Any]]:
    """Where the hidden state of one cell goes as it does in a stretch of one sample.

    Args:
        context: The moment.
        sample: Number of the sample in the split that views look at.
        layer: Name of the recurrent layer; another than there is means the first.
        level: Which of its cells, from below.
        backwards: Whether the one that reads from the end.
        start: First step of the stretch, from 0.
        stop: Step behind it; nothing is looked for if it is not behind the first.
        by: "cosine" or "distance", see `nnviz.core.measures.stretches.alike`.

    Returns:
        "hidden", (T, units), and "x", (T, F), of the sample; "length"; "sample"; "samples"; "searched", the number of
        sequences that were looked through; and of each stretch found, nearest first: "found.sample", "found.start",
        "found.cosine", "found.distance", (k,), "found.hidden", (k, T, units), and "found.x", (k, T, F).
    """
    layers = recurrent_layers(context.network)
    layer = layer if layer in layers else next(iter(layers))
    sample, x, _ = sequence(context, sample)
    wanted = stop > start
    others = context.split.x[:SEARCHED] if wanted else x[:0]
    together = np.concatenate([x, others])
    lengths = lengths_of(together)
    arriving = context.arriving(layer, together)
    hidden = hidden_states(layers[layer], context.parameters(layer), arriving, lengths, level, backwards)
    stop = min(stop, int(lengths[0]))
    found = []
    if wanted and stop > start:
        own = (sample, start) if sample < len(others) else (-1, 0)
        found = alike(hidden[1:], lengths[1:], hidden[0, start:stop], MOST_FOUND, by=by, leave_out=own)
    numbers = [one.sequence for one in found]
    return {
        "hidden": hidden[0],
        "x": x[0],
        "length": np.array(int(lengths[0])),
        "sample": np.array(sample),
        "samples": np.array(len(context.split)),
        "searched": np.array(len(others)),
        "steps": np.array(max(0, stop - start)),
        "found.sample": np.array(numbers, np.intp),
        "found.start": np.array([one.start for one in found], np.intp),
        "found.cosine": np.array([one.cosine for one in found]),
        "found.distance": np.array([one.distance for one in found]),
        "found.hidden": hidden[1:][numbers],
        "found.x": others[numbers],
    }
