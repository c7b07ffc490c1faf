"""What live views are told of a training on a graphics card is what they are told of the same one on the processor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
import torch

from nnviz.core.datasets.adding_problem import AddingProblem
from nnviz.core.datasets.base import Dataset, LoadContext
from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.digits import Digits
from nnviz.core.datasets.help_topics import HelpTopics
from nnviz.core.datasets.on_off_switch import OnOffSwitch
from nnviz.core.datasets.sine_mixtures import SineMixtures
from nnviz.core.diagnosis.signs import VitalSigns
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.gru import Gru
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.layers.one_hot import OneHot
from nnviz.core.layers.rbm import Rbm
from nnviz.core.layers.relu import ReLU
from nnviz.core.layers.rnn import Rnn
from nnviz.core.layers.tanh import Tanh
from nnviz.core.measures.free_running import free_running
from nnviz.core.measures.norm import norm
from nnviz.core.measures.spread import spread, spread_of_tensor
from nnviz.core.measures.written_text import written_text
from nnviz.core.network import NetworkSpec
from nnviz.core.presets import PRESETS
from nnviz.core.probes import ProbeContext
from nnviz.core.rbm import seen
from nnviz.core.rbm.annealing import base_biases, forward_ais, reverse_ais
from nnviz.core.rbm.copied import CopiedMachine
from nnviz.core.rbm.labelled import draw_classes
from nnviz.core.rbm.learning import exact_gradient
from nnviz.core.rbm.likelihood import estimate_likelihood, to_be_judged
from nnviz.core.rbm.numbered_step import numbered_step
from nnviz.core.rbm.repair import to_be_repaired
from nnviz.core.recurrent_seen import alike_stretches, gates, gradients, influence, places, recurrent_layers
from nnviz.core.shape import Shape
from nnviz.core.training.checkpoint import restore_checkpoint, save_checkpoint
from nnviz.core.training.contrastive import ContrastiveTrainer
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError
from nnviz.core.training.make_trainer import make_trainer
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.regularisers.clip_by_norm import ClipByNorm
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer
from tests.core.accelerator import DEVICE, assert_alike, made_up, needs_accelerator, needs_cuda, run, trained

pytestmark = needs_accelerator

Answer = Mapping[str, Any]

TRAINING = TrainingSpec(
    optimiser=GradientDescent(learning_rate=0.1), regularisers=(ClipByNorm(),), batch_size=16, epochs=4
)
POINTS = NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=9), Tanh(), Dense(units=2)))
PICTURES = NetworkSpec(
    input_shape=Shape((1, 8, 8)),
    layers=(
        Conv2d(filters=3),
        BatchNorm(),
        ReLU(),
        MaxPool2d(),
        Conv2d(filters=4, kernel_size=2),
        Flatten(),
        Dense(units=10),
    ),
)
SWITCH = NetworkSpec(
    input_shape=Shape((30, 1)),
    layers=(
        OneHot(symbols=6),
        Gru(units=5, bidirectional=True, passes_on="every step"),
        Lstm(units=4, layers=2, passes_on="every step"),
        Dense(units=2),
    ),
)
ADDING = NetworkSpec(input_shape=Shape((20, 2)), layers=(Rnn(units=6), Dense(units=1)))
RBM = NetworkSpec(input_shape=Shape((1, 8, 8)), layers=(Flatten(), Rbm(hidden=12)))


def switch() -> Dataset:
    return OnOffSwitch(samples=200).load(LoadContext(download=False))


def adding() -> Dataset:
    return AddingProblem(samples=200, length=20, vary=True).load(LoadContext(download=False))


KINDS: dict[str, tuple[NetworkSpec, Callable[[], Dataset], TrainingSpec]] = {
    "dense": (POINTS, lambda: made_up(Circles()), TRAINING),
    "convolution": (PICTURES, lambda: made_up(Digits()), TRAINING),
    "both ways": (SWITCH, switch, TRAINING),
    "padded": (ADDING, adding, TRAINING.replace(loss=MeanSquaredError())),
}


def moments(kind: str) -> tuple[ProbeContext, ProbeContext]:
    """The same moment on the card and on the processor."""
    network, make, training = KINDS[kind]
    data = make()
    ours, theirs = (ProbeContext(trained(network, training, data, device, 3), data) for device in (DEVICE, "cpu"))
    return ours, theirs


each_kind = pytest.mark.parametrize("kind", KINDS)
each_sequence = pytest.mark.parametrize("kind", ["both ways", "padded"])


def learned_of(context: ProbeContext) -> Answer:
    found = {}
    for layer in context.layer_names:
        for learned in context.learned(layer):
            for name in ("value", "gradient", "previous", "update"):
                tensor = getattr(learned, name)
                assert tensor is not None
                found[f"{layer}.{learned.name}.{name}"] = tensor.cpu().numpy()
    return found


@each_kind
def test_parameters_gradients_updates_and_norms(kind: str) -> None:
    ours, theirs = moments(kind)
    assert_alike(learned_of(ours), learned_of(theirs), least=1e-4)
    for layer in ours.layer_names:
        assert_alike(ours.parameters(layer), theirs.parameters(layer), least=1e-4)
        mine, other = ours.norms(layer), theirs.norms(layer)
        assert (mine is None) == (other is None)
        if mine is not None and other is not None:
            assert mine.size == other.size
            for name in ("weight", "gradient", "update"):
                assert getattr(mine, name) == pytest.approx(getattr(other, name), rel=1e-3), name
    assert ours.clipping == pytest.approx(theirs.clipping, rel=1e-3)


@each_kind
def test_activations_outputs_and_probabilities(kind: str) -> None:
    ours, theirs = moments(kind)
    x = ours.split.x[:5]
    assert_alike(ours.activations(x), theirs.activations(x), least=1e-4)
    assert_alike({"outputs": ours.outputs(x)}, {"outputs": theirs.outputs(x)}, least=1e-4)
    for layer in ours.layer_names:
        for name, most in (("seen", 128), ("first", 3)):
            assert_alike({name: ours.seen(layer, most)}, {name: theirs.seen(layer, most)}, least=1e-4)
        assert_alike({"x": ours.arriving(layer, x)}, {"x": theirs.arriving(layer, x)}, least=1e-4)
        output = theirs.activations(x)[layer]
        assert_alike({"x": ours.behind(layer, output, x)}, {"x": theirs.behind(layer, output, x)}, least=1e-4)
    if kind != "padded" and ours.data.spec.output_shape.rank == 1:
        assert_alike({"p": ours.probabilities()}, {"p": theirs.probabilities()}, least=1e-4)
    assert not ours.seen(ours.layer_names[0], lent=True).flags.writeable


@each_kind
def test_gradients_of_the_loss_and_of_single_outputs(kind: str) -> None:
    ours, theirs = moments(kind)
    x, y = ours.split.x[:5], ours.split.y[:5]
    for layer in ours.layer_names:
        output = theirs.activations(x)[layer]
        assert_alike(ours.loss_gradients(layer, output, x, y), theirs.loss_gradients(layer, output, x, y), least=1e-5)
        arriving, chosen = theirs.arriving(layer, x), np.arange(5) % 2 if kind != "padded" else np.zeros(5, np.intp)
        if not (kind == "both ways" and layer == "one_hot_1"):
            assert_alike(
                {"x": ours.input_gradients(layer, arriving, x, chosen)},
                {"x": theirs.input_gradients(layer, arriving, x, chosen)},
                least=1e-5,
            )


@each_kind
def test_signs_and_spreads(kind: str) -> None:
    ours, theirs = moments(kind)
    assert_alike(VitalSigns()(ours), VitalSigns()(theirs))
    for layer in ours.layer_names:
        for mine in ours.learned(layer):
            array = mine.value.cpu().numpy()
            found, expected = spread_of_tensor(mine.value), spread(array)
            assert found.counts.tolist() == expected.counts.tolist()
            assert found.quantiles.tolist() == expected.quantiles.tolist()
            assert norm(mine.value) == pytest.approx(float(np.linalg.norm(array)), rel=1e-5)
    many = torch.linspace(-1, 3, 100_000).to(DEVICE)
    assert spread_of_tensor(many).quantiles[[0, -1]].tolist() == [-1, 3]


@each_sequence
def test_gates_gradients_through_time_influence_and_stretches(kind: str) -> None:
    ours, theirs = moments(kind)
    for place in places(ours.network):
        where = {"layer": place.layer, "level": place.level, "backwards": place.backwards}
        found, expected = dict(gates(ours, 2, **where)), dict(gates(theirs, 2, **where))
        assert float(found.pop("error")) < 1e-5
        expected.pop("error")
        assert_alike(found, expected, least=1e-4)
        assert_alike(gradients(ours, **where), gradients(theirs, **where), least=1e-5)
        stretch = alike_stretches(ours, 1, **where, start=2, stop=6)
        np.testing.assert_allclose(
            stretch["hidden"], alike_stretches(theirs, 1, **where, start=2, stop=6)["hidden"], rtol=1e-3, atol=1e-4
        )
    assert_alike(influence(ours, 1), influence(theirs, 1), least=1e-4)
    assert recurrent_layers(ours.network)


@pytest.mark.parametrize("dataset", [SineMixtures(samples=64), HelpTopics()], ids=["forecast", "text"])
def test_a_network_is_asked_step_by_step(dataset: Any) -> None:
    preset = PRESETS["sine_forecast" if isinstance(dataset, SineMixtures) else "characters"]
    data = dataset.load(LoadContext(download=False))
    training = preset.training.replace(optimiser=GradientDescent(learning_rate=0.1), batch_size=16, steps=9)
    ours, theirs = (
        ProbeContext(trained(preset.network, training, data, device, 2), data) for device in (DEVICE, "cpu")
    )
    if isinstance(dataset, SineMixtures):
        assert_alike(free_running(ours), free_running(theirs), 1e-2, least=1e-3)
    else:
        # Nearly even probabilities: a character may be another one, but not how surely the true ones are told.
        found, expected = written_text(ours, length=12), written_text(theirs, length=12)
        assert found["bits"] == pytest.approx(expected["bits"], rel=1e-3)
        np.testing.assert_allclose(found["shares"][0], expected["shares"][0], rtol=1e-2)


RBMS = {
    "plain": RBM,
    "chance": RBM.replace(layers=(Flatten(), Rbm(hidden=12, binarise="sample", gibbs_steps=2))),
    "continuous": RBM.replace(layers=(Flatten(), Rbm(hidden=12, visible="continuous", sparsity_cost=0.1))),
    "gaussian": RBM.replace(layers=(Flatten(), Rbm(hidden=12, visible="gaussian"))),
    "persistent": RBM.replace(layers=(Flatten(), Rbm(hidden=12, persistent=True))),
    "stack": RBM.replace(layers=(Flatten(), Rbm(hidden=12), Dropout(rate=0.2), Rbm(hidden=9))),
    "labelled": RBM.replace(layers=(Flatten(), Rbm(hidden=12), Rbm(hidden=9, with_labels=True), Dense(units=10))),
}

each_rbm = pytest.mark.parametrize("kind", RBMS)


def machines(kind: str, steps: int = 6) -> tuple[ProbeContext, ProbeContext]:
    """The same RBMs on the card and on the processor: those that the card has trained."""
    data = made_up(Digits())
    training = TRAINING.replace(optimiser=GradientDescent(learning_rate=0.01), regularisers=())
    ours = trained(RBMS[kind], training, data, DEVICE, steps)
    theirs = make_trainer(RBMS[kind], training, data, "cpu")
    restore_checkpoint(theirs, save_checkpoint(ours))
    assert isinstance(ours, ContrastiveTrainer)
    return ProbeContext(ours, data), ProbeContext(theirs, data)


@each_rbm
def test_what_machines_see_and_make_of_it(kind: str) -> None:
    ours, theirs = machines(kind)
    for ask in (seen.reconstructions, seen.hidden_probabilities, to_be_repaired):
        assert_alike(ask(ours), ask(theirs))
    assert ours.contrastive is not None
    for name in ours.contrastive.machine_names:
        mine, other = seen.mean_activity(ours, name), seen.mean_activity(theirs, name)
        assert_alike({name: mine}, {name: other})
    mine, other = dict(seen.measures(ours)), dict(seen.measures(theirs))
    # One unit of each sample is drawn.
    assert float(mine.pop("pseudo")) == pytest.approx(float(other.pop("pseudo")), rel=0.25, nan_ok=True)
    assert_alike(mine, other)
    assert VitalSigns()(ours).keys() == VitalSigns()(theirs).keys()


@each_rbm
def test_fantasies_move_when_they_are_asked_to_and_only_then(kind: str) -> None:
    context, _ = machines(kind)
    label = 3 if kind == "labelled" else -1
    first = seen.fantasies(context, 1, 1, label)
    assert_alike(seen.fantasies(context, 1, 1, label), first, 0, least=0)
    second = seen.fantasies(context, 2, 5, label)
    assert int(second["steps"]) == 5
    assert np.isfinite(second["particles"]).all()
    assert not np.array_equal(second["particles"], first["particles"])


@each_rbm
def test_the_last_step_in_numbers(kind: str) -> None:
    context, _ = machines(kind)
    trainer = context.contrastive
    assert trainer is not None
    # From now on the weights that are looked at are kept.
    numbered_step(context)
    run(trainer, trainer.step + 1)
    found = numbered_step(ProbeContext(trainer, context.data), 2, 1)
    count = int(found["setting"][1])
    rate = float(found["setting"][0])
    expected = rate * (found["positive"] - found["negative"])
    assert count == 16
    if kind in ("plain", "chance", "gaussian"):
        np.testing.assert_allclose(found["added"], expected, atol=1e-5)
    assert set(np.unique(found["h0"])) <= {0.0, 1.0}


@pytest.mark.parametrize("kind", ["plain", "gaussian"])
def test_likelihoods_are_those_of_the_processor(kind: str) -> None:
    ours, theirs = machines(kind)
    found, expected = to_be_judged(ours, wanted=True), to_be_judged(theirs, wanted=True)
    assert_alike(found, expected, 1e-4)
    judged = estimate_likelihood(CopiedMachine.from_arrays(found), found["train"], found["test"])
    other = estimate_likelihood(CopiedMachine.from_arrays(expected), expected["train"], expected["test"])
    assert judged.exact
    assert judged.train - judged.middle == pytest.approx(other.train - other.middle, rel=1e-4)


@needs_cuda
@pytest.mark.parametrize("kind", ["plain", "gaussian"])
def test_estimates_on_the_card_itself_agree_with_the_exact_value(kind: str) -> None:
    context, other = machines(kind)
    assert context.contrastive is not None
    assert other.contrastive is not None
    machine = context.contrastive.machine("rbm_1")
    v = context.contrastive.seen_by("rbm_1", context.data.train.x)
    exact = machine.log_z()
    assert exact == pytest.approx(other.contrastive.machine("rbm_1").log_z(), rel=1e-6)
    base = base_biases(machine, v)
    for estimate in (
        forward_ais(machine, base, temperatures=300, chains=60),
        reverse_ais(machine, base, v[:60], temperatures=300),
    ):
        assert estimate.low - 0.5 < exact < estimate.high + 0.5
    if kind == "plain":
        small = context.contrastive.machine("rbm_1")
        cut = type(small)(small.weight[:, :10], small.hidden_bias, small.visible_bias[:10])
        mine = exact_gradient(cut, v[:, :10])
        theirs = exact_gradient(
            type(cut)(cut.weight.cpu(), cut.hidden_bias.cpu(), cut.visible_bias.cpu()), v[:, :10].cpu()
        )
        np.testing.assert_allclose(mine.weight.cpu(), theirs.weight, atol=1e-5)


def test_classes_are_drawn_with_their_probabilities() -> None:
    shares = torch.tensor([0.5, 0.3, 0.2, 0.0])
    torch.manual_seed(2)
    drawn = draw_classes(shares.to(DEVICE).expand(40_000, -1))
    found = np.bincount(drawn.cpu().numpy(), minlength=4) / 40_000
    # Five standard errors.
    np.testing.assert_allclose(found, shares, atol=5 * 0.5 / 200)
    assert found[3] == 0


def test_a_trainer_on_the_card_is_a_trainer_there() -> None:
    trainer = Trainer(POINTS, TRAINING, made_up(Circles()), "auto")
    assert trainer.device == DEVICE
