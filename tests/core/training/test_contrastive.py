"""The contrastive trainer: phases, stacks, resuming, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from nnviz.core.datasets.base import Dataset, Split
from nnviz.core.datasets.chapter_linear import ChapterLinear
from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.digits import Digits
from nnviz.core.errors import NnvizError
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.rbm import Rbm
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import SpecError
from nnviz.core.training.checkpoint import restore_checkpoint, save_checkpoint
from nnviz.core.training.contrastive import ContrastError, ContrastiveTrainer
from nnviz.core.training.make_trainer import make_trainer
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.optimisers.momentum import Momentum
from nnviz.core.training.pretraining.greedy import Greedy
from nnviz.core.training.pretraining.random_start import RandomStart
from nnviz.core.training.problems import problems
from nnviz.core.training.regularisers.l2 import L2
from nnviz.core.training.schedules.cosine import Cosine
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Trainer

TRAINING = TrainingSpec(optimiser=Momentum(learning_rate=0.1, momentum=0.5), batch_size=10, epochs=3)


def network(*layers: Any, side: int = 8) -> NetworkSpec:
    return NetworkSpec(input_shape=Shape((1, side, side)), layers=(Flatten(), *layers))


DBN = network(Rbm(hidden=12), Rbm(hidden=9, with_labels=True), Dense(units=10))


def made(spec: NetworkSpec, training: TrainingSpec, data: Dataset) -> ContrastiveTrainer:
    trainer = make_trainer(spec, training, data, "cpu")
    assert isinstance(trainer, ContrastiveTrainer)
    return trainer


def run(trainer: Trainer) -> list[tuple[int, str, bool]]:
    return [(step.number, step.phase, step.ends_epoch) for step in trainer.steps()]


def state(trainer: Trainer) -> dict[str, torch.Tensor]:
    return {name: tensor.clone() for name, tensor in trainer.model.state_dict().items()}


def test_the_first_step_is_the_chapters_with_hidden_probabilities(images: Dataset) -> None:
    training = TRAINING.replace(optimiser=GradientDescent(learning_rate=0.3), batch_size=40, steps=1)
    trainer = made(network(Rbm(hidden=3, binarise="probabilities")), training, images)
    before = state(trainer)
    v0 = images.train.x.reshape(40, -1).astype(np.float64)
    p = v0.mean(0)
    # Hinton 2010, section 8: visible biases from the data.
    np.testing.assert_allclose(
        before["rbm_1.visible_bias"], np.log((p * 40 + 0.5) / (40.5 - p * 40)), rtol=1e-4, atol=1e-4
    )
    random = torch.get_rng_state()
    next(trainer.steps())
    order = torch.randperm(40, generator=torch.Generator().manual_seed(training.seed))
    v0 = v0[order]
    w, b, a = (before[f"rbm_1.{name}"].double().numpy() for name in ("weight", "bias", "visible_bias"))
    torch.set_rng_state(random)
    p0 = 1 / (1 + np.exp(-(v0 @ w.T + b)))
    h0 = _drawn(p0)
    v1 = _drawn(1 / (1 + np.exp(-(h0 @ w + a))))
    p1 = 1 / (1 + np.exp(-(v1 @ w.T + b)))
    after = state(trainer)
    np.testing.assert_allclose(after["rbm_1.weight"], w + 0.3 * (p0.T @ v0 - p1.T @ v1) / 40, atol=1e-5)
    np.testing.assert_allclose(after["rbm_1.bias"], b + 0.3 * (p0 - p1).mean(0), atol=1e-5)
    np.testing.assert_allclose(after["rbm_1.visible_bias"], a + 0.3 * (v0 - v1).mean(0), atol=1e-5)


def _drawn(p: np.ndarray) -> np.ndarray:
    """States by torch's next random numbers, of 16 bits each."""
    bits = torch.empty(-(-p.size // 4), dtype=torch.int64).random_(-(2**63), None).numpy()
    places = (bits.view(np.int16)[: p.size].reshape(p.shape).astype(np.float64) + 2**15 + 0.5) / 2**16
    return (places < p).astype(np.float64)


@pytest.mark.parametrize("visible", ["bernoulli", "continuous", "gaussian"])
@pytest.mark.parametrize("persistent", [False, True])
def test_every_kind_of_units_learns_to_reconstruct(visible: str, persistent: bool) -> None:
    images = _bright_columns()
    layer = Rbm(hidden=8, visible=visible, persistent=persistent, gibbs_steps=2, binarise="sample")
    rate = 0.005 if visible == "gaussian" else 0.05
    trainer = made(network(layer), TRAINING.replace(epochs=20, optimiser=Momentum(learning_rate=rate)), images)
    before = trainer.evaluate(images.test).loss
    run(trainer)
    trainer.take_history()
    trainer.check_finite()
    assert trainer.evaluate(images.test).loss < 0.9 * before


def test_an_rbm_alone_has_one_phase_and_the_curves_of_any_training(images: Dataset) -> None:
    trainer = made(network(Rbm(hidden=4)), TRAINING, images)
    done = run(trainer)
    assert trainer.finished
    assert (trainer.step, trainer.total_steps, trainer.epoch, trainer.total_epochs) == (12, 12, 3, 3)
    assert [number for number, phase, ends in done if ends] == [4, 8, 12]
    history = trainer.take_history()
    assert history.steps.tolist() == [1, 10, 12]
    assert history.validation_steps.tolist() == [4, 8, 12]
    assert np.isnan(history.validation_accuracy).all()
    assert history.validation_loss[-1] == pytest.approx(trainer.evaluate(images.validation).loss, rel=1e-6)


def test_a_stack_learns_one_machine_after_the_other_and_leaves_the_others_alone(images: Dataset) -> None:
    trainer = made(DBN, TRAINING.replace(epochs=2, pretraining=Greedy(epochs=1)), images)
    assert [phase.rbm for phase in trainer.phases] == ["rbm_1", "rbm_2", ""]
    seen = {}
    for step in trainer.steps():
        if step.phase == "train" and step.number in (4, 8, 16):
            seen[step.number] = state(trainer)
            assert trainer.rbm == {4: "rbm_1", 8: "rbm_2", 16: "rbm_2"}[step.number]
    start = DBN.build(TRAINING.seed).state_dict()
    assert torch.equal(seen[4]["rbm_2.weight"], start["rbm_2.weight"])
    assert not torch.equal(seen[4]["rbm_1.weight"], start["rbm_1.weight"])
    assert torch.equal(seen[8]["rbm_1.weight"], seen[4]["rbm_1.weight"])
    # The classes are visible units of the top machine: it has learned the weights of the layer behind it.
    assert not torch.equal(seen[8]["dense_1.weight"], start["dense_1.weight"])
    assert not torch.equal(seen[16]["rbm_1.weight"], seen[8]["rbm_1.weight"])
    assert (trainer.step, trainer.total_steps, trainer.epoch, trainer.total_epochs) == (16, 16, 4, 4)


@pytest.mark.parametrize(
    ("afterwards", "phases", "moved"),
    [("nothing", 2, set()), ("fine-tune the end", 3, {"dense_1.weight", "dense_1.bias"}), ("fine-tune all", 3, None)],
)
def test_what_is_fine_tuned(afterwards: str, phases: int, moved: set[str] | None, images: Dataset) -> None:
    trainer = made(DBN, TRAINING.replace(pretraining=Greedy(epochs=1, afterwards=afterwards)), images)
    assert len(trainer.phases) == phases
    pretrained: dict[str, torch.Tensor] = {}
    for step in trainer.steps():
        if step.phase == "train" and step.number == 8:
            pretrained = state(trainer)
    after = state(trainer)
    changed = {name for name, tensor in after.items() if not torch.equal(tensor, pretrained[name])}
    assert changed == moved if moved is not None else {"rbm_1.weight", "rbm_2.weight", "dense_1.weight"} <= changed


def test_a_machine_with_labels_learns_them_without_any_backpropagation() -> None:
    data = _bright_columns()
    spec = network(Rbm(hidden=24, binarise="probabilities", with_labels=True), Dense(units=10))
    pretraining = Greedy(epochs=40, learning_rate=0.2, afterwards="nothing")
    trainer = made(spec, TRAINING.replace(pretraining=pretraining), data)
    run(trainer)
    assert trainer.evaluate(data.test).accuracy > 0.8
    joint = trainer.labelled_machine("rbm_1")
    assert joint is not None
    classes = torch.arange(8).repeat_interleave(10)
    dreams = joint.gibbs(torch.full((80, 64), 0.5), classes, 50, torch.Generator().manual_seed(1))
    columns = dreams.reshape(80, 8, 8).sum(1).argmax(1)
    assert (columns == classes).float().mean() > 0.6


def _bright_columns() -> Dataset:
    rng = np.random.default_rng(4)
    y = rng.integers(0, 8, 300)
    x = rng.random((300, 1, 8, 8), dtype=np.float32) / 10
    x[np.arange(300), 0, :, y] += 0.85
    return Dataset(Digits(), Split(x[:200], y[:200]), Split(x[200:220], y[200:220]), Split(x[220:], y[220:]))


STOPS = [1, 3, 4, 5, 8, 9, 13, 19]


@pytest.mark.parametrize("stop", STOPS)
def test_a_run_that_is_resumed_in_any_phase_ends_as_if_it_had_never_stopped(stop: int, images: Dataset) -> None:
    spec = network(
        Rbm(hidden=6, persistent=True, sparsity_cost=0.1, binarise="sample"),
        Rbm(hidden=5, with_labels=True),
        Dense(units=10),
    )
    training = TRAINING.replace(schedule=Cosine(), regularisers=(L2(),), pretraining=Greedy(epochs=1))
    unbroken = made(spec, training, images)
    run(unbroken)
    first = made(spec, training, images)
    for step in first.steps():
        if step.number == stop:
            break
    point = save_checkpoint(first)
    torch.manual_seed(99)
    second = made(spec, training, images)
    restore_checkpoint(second, point)
    assert second.step == stop
    run(second)
    for name, tensor in state(unbroken).items():
        assert torch.equal(tensor, second.model.state_dict()[name]), name


def test_machines_learn_from_inputs_without_labels_and_the_rest_from_those_with(images: Dataset) -> None:
    few = Split(images.train.x[:10], images.train.y[:10])
    data = replace(images, train=few, unlabelled=images.train.x)
    trainer = made(network(Rbm(hidden=4), Dense(units=10)), TRAINING.replace(pretraining=Greedy(epochs=2)), data)
    assert [(phase.begins, phase.ends) for phase in trainer.phases] == [(0, 8), (8, 11)]
    run(trainer)
    assert trainer.step == 11


def test_gaussian_units_see_standardised_values(images: Dataset) -> None:
    data = replace(images, train=Split(images.train.x * 50 + 7, images.train.y))
    trainer = made(network(Rbm(hidden=4, visible="gaussian")), TRAINING, data)
    seen = trainer.inputs_of("rbm_1", torch.from_numpy(data.train.x))
    np.testing.assert_allclose(seen.mean(0), np.zeros(64), atol=1e-4)
    np.testing.assert_allclose(seen.std(0, unbiased=False), np.ones(64), atol=1e-3)
    # What the layer gives to the next one is computed from the standardised values too.
    given = trainer.model(torch.from_numpy(data.train.x))
    np.testing.assert_allclose(given.detach(), trainer.machine("rbm_1").hidden_probabilities(seen), atol=1e-5)


def test_without_pretraining_it_is_backpropagation(images: Dataset) -> None:
    training = TRAINING.replace(pretraining=RandomStart())
    assert type(make_trainer(network(Rbm(hidden=4), Dense(units=10)), training, images, "cpu")) is Trainer


# What is refused


def sentence(spec: NetworkSpec, training: TrainingSpec, dataset: Any) -> str:
    (problem,) = problems(spec, training, dataset)
    return str(problem)


def test_zero_hidden_units() -> None:
    with pytest.raises(SpecError, match="RBM: Hidden must be at least 1; 0 is not"):
        Rbm(hidden=0)


@pytest.mark.parametrize(("visible", "words"), [("bernoulli", "are 0 or 1"), ("continuous", "lie between 0 and 1")])
def test_real_valued_data_into_units_that_cannot_be_so(visible: str, words: str, points: Dataset) -> None:
    spec = NetworkSpec(input_shape=Shape((2,)), layers=(Rbm(hidden=3, visible=visible),))
    with pytest.raises(NnvizError, match=f"visible units of the RBM {words}.* set its Visible to gaussian"):
        make_trainer(spec, TRAINING, points, "cpu")
    gaussian = NetworkSpec(input_shape=Shape((2,)), layers=(Rbm(hidden=3, visible="gaussian"),))
    run(make_trainer(gaussian, TRAINING.replace(optimiser=Momentum(learning_rate=0.01)), points, "cpu"))


def test_missing_labels() -> None:
    spec = NetworkSpec(input_shape=Shape((2,)), layers=(Rbm(hidden=3, with_labels=True), Dense(units=1)))
    training = TRAINING.replace(loss=TrainingSpec.from_json({"loss": {"type": "mean_squared_error"}}).loss)
    assert "has none: switch off With labels, or choose data with classes" in sentence(spec, training, ChapterLinear())
    alone = network(Rbm(hidden=3, with_labels=True))
    assert "add a Dense with 10 units there" in sentence(alone, TRAINING, Digits())
    no_bias = network(Rbm(hidden=3, with_labels=True), Dense(units=10, bias=False))
    assert "switch on the Bias" in sentence(no_bias, TRAINING, Digits())


def test_layers_that_would_never_learn() -> None:
    assert "Dense stands in front of an RBM and would never learn" in sentence(
        network(Dense(units=5), Rbm(hidden=3)), TRAINING, Digits()
    )
    before = network(Dense(units=5), Rbm(hidden=3), Dense(units=10))
    assert "or set the Pretraining to Random start." in sentence(before, TRAINING, Digits())
    assert problems(before, TRAINING.replace(pretraining=RandomStart()), Digits()) == []


@pytest.mark.parametrize("wish", [{"early_stopping": 2}, {"keep_best": True}])
def test_wishes_that_need_a_loss(wish: dict[str, Any]) -> None:
    assert "makes none small" in sentence(network(Rbm(hidden=3)), TRAINING.replace(**wish), Digits())


@pytest.mark.parametrize("visible", ["bernoulli", "continuous", "gaussian"])
def test_a_learning_rate_that_diverges(visible: str, images: Dataset) -> None:
    training = TRAINING.replace(optimiser=GradientDescent(learning_rate=300.0), epochs=20)
    trainer = made(network(Rbm(hidden=16, visible=visible)), training, images)

    def train() -> None:
        for _ in trainer.steps():
            trainer.take_history()
            trainer.check_finite()

    with pytest.raises(ContrastError, match=r"Try a smaller learning rate \(it was 300\), then Reset and Train"):
        train()


def test_a_network_that_learns_alone_fits_any_data() -> None:
    spec = network(Rbm(hidden=3))
    assert spec.learns_alone
    assert not DBN.learns_alone
    fitted = spec.for_data(Circles().input_shape, 2)
    assert fitted.layers == spec.layers
    assert fitted.input_shape == Circles().input_shape
