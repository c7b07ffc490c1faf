"""Lab 2's numbers: every one against autograd, and every step back against the state that it came from."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from nnviz.core.labs.backprop.functions import HIDDEN, LOSSES, OUTPUT
from nnviz.core.labs.backprop.listing import listing
from nnviz.core.labs.backprop.program import STRIDES, Kind, Net, NetError, Phase, program
from nnviz.core.labs.backprop.values import Start, Values
from nnviz.core.labs.backprop.walk import Place, Walk, random_start
from nnviz.core.labs.backprop.words import explain, name_of
from nnviz.core.labs.state import LabStateError

FORWARD = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": torch.relu,
    "leaky ReLU": F.leaky_relu,
    "ELU": F.elu,
    "linear": lambda z: z,
    "softmax": lambda z: torch.softmax(z, 0),
}
LOSS = {
    "half squared error": lambda z, a, y: F.mse_loss(a, y, reduction="sum") / 2,
    "mean squared error": lambda z, a, y: F.mse_loss(a, y),
    "binary cross-entropy": lambda z, a, y: F.binary_cross_entropy(a, y),
    "cross-entropy": lambda z, a, y: F.cross_entropy(z, y),
}
SIZES = [(2, 5, 1), (3, 2), (1, 1, 1), (4, 3, 8, 2), (8, 8, 8, 8, 8)]
ENDS = [(output, loss) for loss, spec in LOSSES.items() for output in spec.outputs]
NETS = [
    Net((*sizes[:-1], max(2, sizes[-1])) if output == "softmax" else sizes, hidden, output, loss)
    for (hidden, (output, loss)), sizes in zip(itertools.product(HIDDEN, ENDS), itertools.cycle(SIZES), strict=False)
]


def start_of(net: Net, seed: int) -> Start:
    """Weights, biases, inputs and targets that are all different from zero and from each other."""
    dice = np.random.default_rng(seed)
    shapes = list(zip(net.sizes, net.sizes[1:], strict=False))
    return Start(
        tuple(tuple(map(tuple, dice.normal(0, 1.6 / (1 + shape[0]) ** 0.5, shape).tolist())) for shape in shapes),
        tuple(tuple(dice.normal(0, 0.5, behind).tolist()) for _, behind in shapes),
        tuple(dice.normal(0, 1, net.sizes[0]).tolist()),
        tuple(dice.uniform(0.1, 0.9, net.sizes[-1]).tolist()),
        0.3,
    )


def by_autograd(net: Net, start: Start) -> dict[str, Any]:
    """Every number of one round by torch, with gradients of everything by autograd."""
    weights = [torch.tensor(matrix, dtype=torch.float64, requires_grad=True) for matrix in start.weights]
    biases = [torch.tensor(row, dtype=torch.float64, requires_grad=True) for row in start.biases]
    y = torch.tensor(start.y, dtype=torch.float64)

    def forward() -> tuple[list[Any], list[Any], Any]:
        zs, activations = [], [torch.tensor(start.x, dtype=torch.float64)]
        for layer, (w, b) in enumerate(zip(weights, biases, strict=True), start=1):
            z = activations[-1] @ w + b
            a = FORWARD[net.output if layer == net.layers else net.hidden](z)
            for tensor in (z, a):
                tensor.retain_grad()
            zs.append(z)
            activations.append(a)
        return zs, activations, LOSS[net.loss](zs[-1], activations[-1], y)

    zs, activations, loss = forward()
    loss.backward()
    found = {
        "z": [z.detach().numpy().copy() for z in zs],
        "a": [a.detach().numpy().copy() for a in activations],
        "loss": loss.item(),
        "delta": [z.grad.numpy().copy() for z in zs],
        "da": [None if a.grad is None else a.grad.numpy().copy() for a in activations[1:]],
        "dw": [w.grad.numpy().copy() for w in weights],
        "db": [b.grad.numpy().copy() for b in biases],
    }
    torch.optim.SGD([*weights, *biases], lr=start.eta).step()
    found["w"] = [w.detach().numpy().copy() for w in weights]
    found["b"] = [b.detach().numpy().copy() for b in biases]
    found["loss after"] = forward()[2].item()
    return found


@pytest.mark.parametrize("net", NETS, ids=lambda net: f"{net.sizes}-{net.hidden}-{net.output}-{net.loss}")
def test_every_number_is_that_of_autograd(net: Net) -> None:
    for seed in range(2):
        start = start_of(net, seed)
        theirs = by_autograd(net, start)
        walk = Walk(net, start)
        walk.forward("update")
        ours = walk.values
        for layer in range(1, net.layers + 1):
            for letter, mine in (("z", ours.z), ("a", ours.a), ("delta", ours.delta), ("db", ours.db), ("dw", ours.dw)):
                wanted = theirs[letter][layer if letter == "a" else layer - 1]
                np.testing.assert_allclose(np.array(mine[layer], float), wanted, rtol=0, atol=1e-6, err_msg=letter)
            fused = layer == net.layers and net.loss_function.fused
            if not fused:
                np.testing.assert_allclose(np.array(ours.da[layer], float), theirs["da"][layer - 1], rtol=0, atol=1e-6)
            np.testing.assert_allclose(ours.w[layer], theirs["w"][layer - 1], rtol=0, atol=1e-6)
            np.testing.assert_allclose(ours.b[layer], theirs["b"][layer - 1], rtol=0, atol=1e-6)
        np.testing.assert_allclose(np.array(ours.e, float), theirs["a"][-1] - np.array(start.y), atol=1e-12)
        assert ours.loss == pytest.approx(theirs["loss"], abs=1e-6)
        assert ours.loss_after == pytest.approx(theirs["loss after"], abs=1e-6)


def test_every_activation_and_loss_is_among_them() -> None:
    assert {net.hidden for net in NETS} == set(HIDDEN)
    assert {(net.output, net.loss) for net in NETS} == set(ENDS)
    assert {net.output for net in NETS} == set(OUTPUT)
    assert {net.sizes for net in NETS} >= set(SIZES)


def test_the_chapters_example_by_hand() -> None:
    """2-5-1 with weights that make round numbers: z1 = 0, a1 = 1/2, z2 = 0, a2 = 1/2, delta2 = -1/2 * 1/4."""
    zero = ((0.0,) * 5,) * 2
    start = Start((zero, ((0.2,), (-0.2,), (0.4,), (-0.4,), (0.0,))), ((0.0,) * 5, (0.0,)), (1.0, 2.0), (1.0,), 0.8)
    walk = Walk(Net(), start)
    walk.forward("update")
    values = walk.values
    assert values.z[1] == [0.0] * 5
    assert values.a[1:] == [[0.5] * 5, [0.5]]
    assert values.loss == 0.125
    assert values.delta[2] == [-0.125]
    assert values.dw[2] == [[-0.0625]] * 5
    np.testing.assert_allclose(np.array(values.delta[1], float), [-0.00625, 0.00625, -0.0125, 0.0125, 0.0])
    assert values.w[2][4] == [0.05]
    assert values.b[2] == [0.1]
    np.testing.assert_allclose(values.w[1][1], [0.01, -0.01, 0.02, -0.02, 0.0])


@pytest.mark.parametrize("loss", ["binary cross-entropy", "cross-entropy", "mean squared error"])
def test_saturated_outputs_are_what_torch_makes_of_them(loss: str) -> None:
    net = Net((1, 2), "ReLU", "softmax", loss)
    start = Start((((900.0, -900.0),),), ((0.0, 0.0),), (1.0,), (0.0, 1.0), 0.1)
    theirs = by_autograd(net, start)
    walk = Walk(net, start)
    walk.forward("update")
    assert walk.values.loss == pytest.approx(theirs["loss"])
    np.testing.assert_allclose(np.array(walk.values.dw[1], float), theirs["dw"][0], atol=1e-6)


@pytest.mark.parametrize("net", NETS[::3], ids=lambda net: f"{net.sizes}-{net.hidden}-{net.output}-{net.loss}")
def test_the_listing_runs_and_says_the_same(net: Net) -> None:
    start = start_of(net, 3)
    script = listing(net, start)
    names: dict[str, Any] = {}
    default = torch.get_default_dtype()
    try:
        exec(script.text, names)
    finally:
        torch.set_default_dtype(default)
    walk = Walk(net, start)
    walk.forward("update")
    values = walk.values
    for op in walk.ops:
        line = script.lines[script.line_of(op)]
        if op.kind is Kind.CHECK:
            continue
        target = line.split(" = ")[0]
        number = names[target].detach()
        index = () if op.kind is Kind.LOSS else (op.unit,)
        if op.kind in (Kind.WEIGHT_GRADIENT, Kind.UPDATE_WEIGHT):
            index = (op.other, op.unit)
        if op.kind not in (Kind.PRODUCT, Kind.BACK_PRODUCT):
            assert float(number[index]) == pytest.approx(values.number(op), abs=1e-6), line
    for layer in range(1, net.layers + 1):
        np.testing.assert_allclose(names["grads"][2 * layer - 2].numpy(), np.array(values.dw[layer], float), atol=1e-6)
        np.testing.assert_allclose(names["grads"][2 * layer - 1].numpy(), np.array(values.db[layer], float), atol=1e-6)


def numbers_of(walk: Walk) -> str:
    """Everything that is seen, to the last bit."""
    v = walk.values
    seen = (v.w, v.b, v.a, v.z, v.growing, v.e, v.loss, v.da, v.delta, v.dw, v.db, v.loss_after, v.y, v.eta)
    return json.dumps((walk.number, walk.position, seen))


def some_place(net: Net, dice: random.Random) -> Place:
    layer = dice.randint(1, net.layers)
    return dice.choice(
        (
            Place("weight", layer, dice.randrange(net.sizes[layer]), dice.randrange(net.sizes[layer - 1])),
            Place("bias", layer, dice.randrange(net.sizes[layer])),
            Place("input", 0, dice.randrange(net.sizes[0])),
            Place("target", 0, dice.randrange(net.sizes[-1])),
            Place("eta"),
        )
    )


@pytest.mark.parametrize("seed", range(200))
def test_back_restores_the_exact_state_from_any_walk(seed: int) -> None:
    dice = random.Random(seed)
    output, loss = dice.choice(ENDS)
    sizes = dice.choice([(2, 5, 2 if output == "softmax" else 1), (2, 3), (3, 4, 2, 2)])
    net = Net(sizes, dice.choice(HIDDEN), output, loss)

    def next_sample(number: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        fresh = random.Random(1000 * seed + number)
        return (
            tuple(fresh.uniform(-1, 1) for _ in range(net.sizes[0])),
            tuple(fresh.random() for _ in range(net.sizes[-1])),
        )

    walk = Walk(net, random_start(net, seed, 0.1), next_sample if seed % 2 else None)
    states = [numbers_of(walk)]
    moves: list[str] = []
    for _ in range(dice.randint(10, 30)):
        if dice.random() < 0.3:
            walk.set_number(some_place(net, dice), round(dice.uniform(-1, 1), 3) or 0.5)
            moves.append("edit")
        else:
            stride = dice.choice(STRIDES)
            walk.forward(stride)
            moves.append(stride)
        states.append(numbers_of(walk))
    copy = Walk.from_content(net, json.loads(json.dumps(walk.content())), walk.next_sample)
    assert numbers_of(copy) == states[-1]
    for move, wanted in zip(reversed(moves), reversed(states[:-1]), strict=True):
        assert walk.can_go_back
        edit = walk.back(move if move != "edit" else "update")
        assert (edit is not None) == (move == "edit")
        assert numbers_of(walk) == wanted
    assert not walk.can_go_back


def test_back_by_a_smaller_step_goes_back_by_that() -> None:
    walk = Walk(Net(), random_start(Net(), 0, 0.5))
    states = [numbers_of(walk)]
    for _ in range(len(walk.ops)):
        walk.forward("multiplication")
        states.append(numbers_of(walk))
    again = Walk(Net(), random_start(Net(), 0, 0.5))
    again.forward("update")
    for wanted in reversed(states[:-1]):
        again.back("multiplication")
        assert numbers_of(again) == wanted


@pytest.mark.parametrize("kind", ["weight", "bias", "input", "target", "eta"])
def test_an_edit_is_as_if_it_had_been_so_from_the_beginning_of_the_round(kind: str) -> None:
    net = Net((2, 3, 2), "tanh", "sigmoid", "binary cross-entropy")
    start = start_of(net, 1)
    place = Place(kind, 1 if kind in ("weight", "bias") else 0, 1, 0 if kind == "weight" else -1)
    edited = Values(net, start)
    whole = Walk(net, start)
    whole.set_number(place, 0.25)
    forward = sum(op.phase is not Phase.UPDATE for op in program(net))
    for _ in range(forward):
        whole.forward("multiplication")
    late = Walk(net, start)
    for _ in range(forward):
        late.forward("multiplication")
    before = numbers_of(late)
    late.set_number(place, 0.25)
    assert numbers_of(late) == numbers_of(whole)
    assert numbers_of(late) != before
    assert late.get_number(place) == 0.25
    assert edited.eta == start.eta


def test_a_weight_that_was_updated_takes_the_value_and_changes_only_the_loss_after() -> None:
    net = Net()
    walk = Walk(net, start_of(net, 2))
    walk.forward("update")
    values = walk.values
    before = (json.dumps(values.dw), values.loss, values.loss_after)
    walk.set_number(Place("weight", 2, 0, 3), 5.0)
    assert walk.values.w[2][3][0] == 5.0
    assert (json.dumps(walk.values.dw), walk.values.loss) == before[:2]
    assert walk.values.loss_after != before[2]
    fresh = Walk(net, walk.values.as_start())
    fresh.forward("pass")
    assert fresh.values.loss == walk.values.loss_after
    walk.back("update")
    assert (json.dumps(walk.values.dw), walk.values.loss, walk.values.loss_after) == before


def test_strides_end_where_their_thing_ends() -> None:
    net = Net((2, 3, 1))
    walk = Walk(net, random_start(net, 0, 0.1))
    names = {}
    for stride in STRIDES:
        walk.restart()
        walk.forward(stride)
        last = walk.last
        assert last is not None
        names[stride] = name_of(last)
    assert names["multiplication"] == "a0[1] · W1[1,1]"
    assert names["neuron"] == "a1[1]"
    assert names["layer"] == "a1[3]"
    assert names["pass"] == "L"
    assert walk.last is not None
    assert walk.last.kind is Kind.CHECK


def test_steps_make_the_loss_fall() -> None:
    net = Net()
    walk = Walk(net, random_start(net, 0, 0.5))
    losses = []
    for _ in range(50):
        walk.forward("update")
        losses.append((walk.values.loss, walk.values.loss_after))
    assert all(after < before for before, after in losses)  # type: ignore[operator]
    # What a round ends with, the next begins with.
    assert all(end[1] == begin[0] for end, begin in itertools.pairwise(losses))


@pytest.mark.parametrize("net", NETS[::4], ids=lambda net: f"{net.sizes}-{net.hidden}-{net.output}-{net.loss}")
def test_the_numbers_in_a_formula_make_its_value(net: Net) -> None:
    """What is written is evaluated as arithmetic, by Python, with the numbers written to the last digit."""
    start = start_of(net, 5)
    before, after = Values(net, start), Values(net, start)
    tried = set()
    for op in program(net):
        after.run(op)
        said = explain(op, before, after, lambda value: f"({value!r})")
        before.run(op)
        assert said.value == after.number(op)
        source = said.numbers.replace("·", "*").replace("\N{MINUS SIGN}", "-").replace("log ", "log")
        if "..." in source or "if" in source or op.kind is Kind.CHECK:
            continue
        source = source.replace("1 / (1 + e^-(", "1 / (1 + exp(-(").replace("exp(-(", "exp(-1*(")
        source = source.replace("e^(", "exp(").replace("^", "**")
        if "exp(-1*(" in source:
            source += ")"
        names = {"exp": np.exp, "log": np.log, "tanh": np.tanh, "max": max}
        source = source.replace("e**(", "exp(")
        assert eval(source, names) == pytest.approx(said.value, abs=1e-9), said
        tried.add(op.kind)
    assert {Kind.PRODUCT, Kind.DELTA, Kind.WEIGHT_GRADIENT, Kind.UPDATE_WEIGHT} <= tried


@pytest.mark.parametrize(
    "arguments",
    [
        {"sizes": (2,)},
        {"sizes": (2, 9, 1)},
        {"output": "softmax"},
        {"sizes": (2, 0, 1)},
        {"sizes": (2, 1, 1, 1, 1, 1)},
        {"hidden": "softmax"},
        {"output": "sinus"},
        {"loss": "cross-entropy"},
        {"output": "linear", "loss": "binary cross-entropy"},
    ],
)
def test_what_cannot_be_a_network_gives_a_sentence(arguments: dict[str, Any]) -> None:
    with pytest.raises(NetError) as caught:
        Net(**arguments)
    assert str(caught.value).endswith(".")


def test_damaged_content_gives_a_sentence() -> None:
    net = Net()
    walk = Walk(net, random_start(net, 0, 0.1))
    walk.forward("neuron")
    walk.set_number(Place("input", 0, 1), 0.5)
    good = walk.content()

    def wrong(**changes: Any) -> dict[str, Any]:
        content = json.loads(json.dumps(good))
        for key, value in changes.items():
            if key in content:
                content[key] = value
            else:
                content["rounds"][0][key] = value
        return dict(content)

    cases = [
        {},
        wrong(rounds=[]),
        wrong(rounds="x"),
        wrong(rounds=[3]),
        wrong(number=-1),
        wrong(position=9999),
        wrong(position=None),
        wrong(weights=[]),
        wrong(weights=[[[1]], [[1]]]),
        wrong(biases=3),
        wrong(x=[1]),
        wrong(y=["1"]),
        wrong(eta=float("inf")),
        wrong(edits={}),
        wrong(edits=[[1]]),
        wrong(edits=[[0, "weight", 9, 0, 0, 1.0]]),
        wrong(edits=[[0, "nonsense", 1, 0, 0, 1.0]]),
        wrong(edits=[[0.5, "input", 0, 0, -1, 1.0]]),
        wrong(edits=[[0, "input", 0, 0, -1, "1"]]),
    ]
    for content in cases:
        with pytest.raises(LabStateError):
            Walk.from_content(net, content)
    assert numbers_of(Walk.from_content(net, good)) == numbers_of(walk)


@pytest.mark.parametrize("stride", STRIDES)
def test_a_look_ahead_is_the_step_itself_and_moves_nothing(stride: str) -> None:
    walk = Walk(Net(), random_start(Net(), 0, 0.5))
    for _ in range(70):
        before = numbers_of(walk)
        op, values = walk.peek(stride)
        assert numbers_of(walk) == before
        walk.forward(stride)
        assert walk.last == op
        assert walk.values.number(op) == values.number(op)


def test_the_old_weights_of_an_update_are_known() -> None:
    net = Net()
    walk = Walk(net, start_of(net, 0))
    walk.forward("update")
    old, new = walk.beginning(), walk.values
    np.testing.assert_allclose(
        np.array(old.w[1]) - new.eta * np.array(new.dw[1], float), np.array(new.w[1]), rtol=0, atol=1e-15
    )
