"""Gates, states and gradients through time of every kind of cell, against torch's modules and autograd."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from nnviz.core.layers._recurrent import RecurrentSpec
from nnviz.core.layers.gru import Gru
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.rnn import Rnn
from nnviz.core.measures.recurrent import cells_of, passed_on, run_layer
from nnviz.core.measures.through_time import through_time
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape

STEPS, INPUTS, UNITS = 12, 3, 5
LENGTHS = np.array([12, 7, 1, 9])
KINDS: dict[str, RecurrentSpec] = {
    "tanh": Rnn(units=UNITS),
    "relu": Rnn(units=UNITS, activation="relu"),
    "lstm": Lstm(units=UNITS),
    "gru": Gru(units=UNITS),
}
TOLERANCE = 1e-5


def variants(spec: RecurrentSpec) -> list[RecurrentSpec]:
    return [
        spec.replace(layers=layers, bidirectional=both, passes_on=gives)
        for layers in (1, 3)
        for both in (False, True)
        for gives in ("last step", "every step")
    ]


def built(spec: RecurrentSpec) -> tuple[Any, dict[str, np.ndarray], np.ndarray]:
    """The module as it is trained, its tensors, and sequences with NaN behind their ends."""
    network = NetworkSpec(input_shape=Shape((STEPS, INPUTS)), layers=(spec,))
    model = network.build(3).eval()
    x = np.random.default_rng(0).normal(size=(len(LENGTHS), STEPS, INPUTS)).astype(np.float32)
    x[np.arange(STEPS) >= LENGTHS[:, None]] = np.nan
    tensors = {name.rsplit(".", 1)[-1]: tensor.detach().numpy() for name, tensor in model.named_parameters()}
    return model, tensors, x


ALL = [pytest.param(spec, id=f"{kind}{i}") for kind in KINDS for i, spec in enumerate(variants(KINDS[kind]))]


@pytest.mark.parametrize("spec", ALL)
def test_what_is_passed_on_is_what_the_trained_module_gives(spec: RecurrentSpec) -> None:
    model, tensors, x = built(spec)
    levels = run_layer(spec, tensors, np.nan_to_num(x), LENGTHS)
    with torch.no_grad():
        expected = model(torch.from_numpy(x)).numpy()
    np.testing.assert_allclose(passed_on(spec, levels[-1]), expected, atol=TOLERANCE)
    assert max(run.error for runs in levels for run in runs) < TOLERANCE


def single(spec: RecurrentSpec, tensors: dict[str, np.ndarray], suffix: str, inputs: int) -> Any:
    """Torch's cell for a single step, with the weights of one level and direction."""
    kinds: dict[str, Any] = {"rnn": torch.nn.RNNCell, "lstm": torch.nn.LSTMCell, "gru": torch.nn.GRUCell}
    options = {"nonlinearity": spec.activation} if isinstance(spec, Rnn) else {}
    cell = kinds[spec.name](inputs, spec.units, **options)
    cell.load_state_dict({name: torch.from_numpy(tensors[f"{name}_{suffix}"]) for name in cell.state_dict()})
    return cell


def unrolled(
    spec: RecurrentSpec, tensors: dict[str, np.ndarray], x: torch.Tensor
) -> tuple[dict[str, list[torch.Tensor]], torch.Tensor]:
    """One whole sequence, (T, F), step by step with torch's single cells: states with their graph, and the output.

    States by level and direction: "h0", "h0_reverse", "c1"; in the order of the sequence.
    """
    states: dict[str, list[torch.Tensor]] = {}
    value, steps = x, len(x)
    ends = []
    for level in range(spec.layers):
        columns, ends = [], []
        for direction in range(spec.directions):
            suffix = "_reverse" if direction else ""
            cell = single(spec, tensors, f"l{level}{suffix}", value.shape[1])
            h = torch.zeros(1, spec.units)
            c = torch.zeros(1, spec.units)
            hidden, inner = [h] * steps, [c] * steps
            for step in reversed(range(steps)) if direction else range(steps):
                if spec.name == "lstm":
                    h, c = cell(value[step : step + 1], (h, c))
                    c.retain_grad()
                else:
                    h = cell(value[step : step + 1], h)
                h.retain_grad()
                hidden[step], inner[step] = h, c
            states[f"h{level}{suffix}"], states[f"c{level}{suffix}"] = hidden, inner
            columns.append(torch.cat(hidden))
            ends.append(h)
        value = torch.cat(columns, 1)
    return states, value if spec.passes_on == "every step" else torch.cat(ends, 1)[0]


@pytest.mark.parametrize("spec", ALL)
def test_states_and_their_gradients_are_those_of_torch_step_by_step(spec: RecurrentSpec) -> None:
    _, tensors, x = built(spec)
    levels = run_layer(spec, tensors, np.nan_to_num(x), LENGTHS)
    of_output = np.random.default_rng(1).normal(size=passed_on(spec, levels[-1]).shape).astype(np.float32)
    gradients = through_time(spec, levels, of_output)
    for sample, length in enumerate(LENGTHS):
        # Only what is there: nothing behind the end is even computed.
        inputs = torch.from_numpy(x[sample, :length]).requires_grad_()
        states, output = unrolled(spec, tensors, inputs)
        part = of_output[sample, :length] if spec.passes_on == "every step" else of_output[sample]
        (output * torch.from_numpy(part)).sum().backward()
        for level in range(spec.layers):
            for direction in range(spec.directions):
                run, gradient = levels[level][direction], gradients[level][direction]
                suffix = "_reverse" if direction else ""
                hidden = states[f"h{level}{suffix}"]
                seen = run.seen(run.parts["hidden"])[sample]
                assert np.isnan(seen[length:]).all()
                np.testing.assert_allclose(seen[:length], torch.cat(hidden).detach().numpy(), atol=TOLERANCE)
                expected = torch.cat([torch.zeros(1, UNITS) if h.grad is None else h.grad for h in hidden])
                np.testing.assert_allclose(gradient.hidden[sample, :length], expected.numpy(), atol=TOLERANCE)
                assert not gradient.hidden[sample, length:].any()
                if spec.name == "lstm":
                    inner = states[f"c{level}{suffix}"]
                    cells = torch.cat(inner).detach().numpy()
                    np.testing.assert_allclose(run.seen(run.parts["cell"])[sample, :length], cells, atol=TOLERANCE)
                    expected = torch.cat([torch.zeros(1, UNITS) if c.grad is None else c.grad for c in inner])
                    assert gradient.cell is not None
                    np.testing.assert_allclose(gradient.cell[sample, :length], expected.numpy(), atol=TOLERANCE)


@pytest.mark.parametrize("spec", [pytest.param(KINDS[kind], id=kind) for kind in KINDS])
def test_gates_are_those_of_the_formulas_with_the_states_of_the_fused_module(spec: RecurrentSpec) -> None:
    model, tensors, x = built(spec.replace(passes_on="every step"))
    sample = torch.from_numpy(x[:1]).double()
    with torch.no_grad():
        hidden = model.double()(sample)[0]
    before = torch.cat([torch.zeros(1, UNITS).double(), hidden[:-1]])
    w, u, b, c = (
        torch.from_numpy(tensors[f"{name}_l0"]).double() for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    of_x, of_h = sample[0] @ w.T + b, before @ u.T + c
    (run,) = run_layer(spec, tensors, np.nan_to_num(x), LENGTHS)[0]
    if spec.name == "lstm":
        i, f, g, o = (of_x + of_h).chunk(4, 1)
        expected = {"input": i.sigmoid(), "forget": f.sigmoid(), "candidate": g.tanh(), "output": o.sigmoid()}
    elif spec.name == "gru":
        (xr, xz, xn), (hr, hz, hn) = of_x.chunk(3, 1), of_h.chunk(3, 1)
        reset = (xr + hr).sigmoid()
        expected = {"reset": reset, "update": (xz + hz).sigmoid(), "candidate": (xn + reset * hn).tanh()}
    else:
        total = of_x + of_h
        expected = {"hidden": total.relu() if spec.replace() == KINDS["relu"] else total.tanh()}
    for name, values in expected.items():
        np.testing.assert_allclose(run.seen(run.parts[name])[0], values.numpy(), atol=TOLERANCE, err_msg=name)
    for name, (x_part, h_part) in {
        name: (of_x.chunk(spec.gates, 1)[place], of_h.chunk(spec.gates, 1)[place])
        for place, name in enumerate(run.of_input)
    }.items():
        np.testing.assert_allclose(run.seen(run.of_input[name])[0], x_part.numpy(), atol=TOLERANCE)
        np.testing.assert_allclose(run.seen(run.of_state[name])[0], h_part.numpy(), atol=TOLERANCE)


@pytest.mark.parametrize("spec", ALL)
def test_a_longer_padding_changes_nothing(spec: RecurrentSpec) -> None:
    _, tensors, x = built(spec)
    longer = np.full((len(x), STEPS + 8, INPUTS), 7.0, np.float32)
    longer[:, :STEPS] = np.nan_to_num(x, nan=-3.0)
    one, other = (run_layer(spec, tensors, values, LENGTHS) for values in (np.nan_to_num(x), longer))
    of_output = np.random.default_rng(1).normal(size=passed_on(spec, one[-1]).shape).astype(np.float32)
    wider = of_output
    if spec.passes_on == "every step":
        wider = np.ones((len(x), STEPS + 8, of_output.shape[2]), np.float32)
        wider[:, :STEPS] = of_output
    first, second = through_time(spec, one, of_output), through_time(spec, other, wider)
    for level in range(spec.layers):
        for direction in range(spec.directions):
            short, long = one[level][direction], other[level][direction]
            for name in short.parts:
                # Not one bit: what stands behind the end is never read.
                np.testing.assert_allclose(
                    long.seen(long.parts[name])[:, :STEPS], short.seen(short.parts[name]), atol=1e-7
                )
            a, b = first[level][direction].hidden, second[level][direction].hidden
            np.testing.assert_allclose(b[:, :STEPS], a, atol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_a_gradient_that_training_cuts_is_cut_here_too(kind: str) -> None:
    spec = KINDS[kind].replace(truncate=5)
    _, tensors, _ = built(spec)
    x = np.random.default_rng(2).normal(size=(1, STEPS, INPUTS)).astype(np.float32)
    lengths = np.array([STEPS])
    levels = run_layer(spec, tensors, x, lengths)
    gradient = through_time(spec, levels, np.ones((1, UNITS), np.float32))[0][0].hidden[0]
    # Pieces 0-4, 5-9 and 10-11: only the last one is reached.
    assert not gradient[:10].any()
    assert (np.linalg.norm(gradient[10:], axis=1) > 0).all()
    # The module that trains, with the gradient of its weights: that of the two last steps alone.
    network = NetworkSpec(input_shape=Shape((STEPS, INPUTS)), layers=(spec,))
    model = network.build(3).train()
    model(torch.from_numpy(x)).sum().backward()
    name = "weight_ih_l0"
    whole = next(tensor.grad for path, tensor in model.named_parameters() if path.endswith(name))
    cell = single(spec, tensors, "l0", INPUTS)
    hidden = torch.from_numpy(levels[0][0].parts["hidden"][9])
    state = (hidden, torch.from_numpy(levels[0][0].parts["cell"][9])) if kind == "lstm" else hidden
    for step in (10, 11):
        state = cell(torch.from_numpy(x[:, step]), state)
    (state[0] if kind == "lstm" else state).sum().backward()
    assert whole is not None
    np.testing.assert_allclose(whole.numpy(), cell.weight_ih.grad.numpy(), atol=TOLERANCE)


def test_cells_come_level_by_level_with_their_own_weights() -> None:
    spec = Gru(units=UNITS, layers=2, bidirectional=True)
    _, tensors, _ = built(spec)
    levels = cells_of(spec, tensors)
    assert [[cell.backwards for cell in cells] for cells in levels] == [[False, True], [False, True]]
    assert levels[1][1].weight_ih is not None
    np.testing.assert_array_equal(levels[1][1].weight_ih, tensors["weight_ih_l1_reverse"])
    assert levels[1][0].weight_ih.shape == (3 * UNITS, 2 * UNITS)
