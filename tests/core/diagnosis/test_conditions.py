"""What is said of real small trainings: what is wrong with those where something is, and nothing of the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnviz.core.datasets.moons import Moons
from nnviz.core.datasets.xor import Xor
from nnviz.core.diagnosis.base import CONDITIONS, Finding, Known
from nnviz.core.initialisers.constant import Constant
from nnviz.core.initialisers.normal import Normal
from nnviz.core.layers.linear import Linear
from nnviz.core.layers.sigmoid import Sigmoid
from nnviz.core.presets import PRESETS
from nnviz.core.run_curves import RunCurves
from nnviz.core.snapshot import History
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.core.training.spec import TrainingSpec
from tests.core.diagnosis.watched import Watched, mlp

ORDINARY = ("2d_classifier", "few_points")
"""Presets that need no files and take no minutes; `random_1000_labels` alone takes twenty seconds."""


def the_only(watched: Watched, kind: str) -> Finding:
    assert watched.kinds() == [kind]
    finding = watched.told[-1][1]
    assert finding is not None, "it is not said any more"
    return finding


@pytest.mark.parametrize("epochs", [5, 30])
def test_an_mlp_on_the_digits_gives_no_cause_to_say_anything(epochs: int) -> None:
    assert Watched(mlp(128, 64), training=TrainingSpec(epochs=epochs)).train().kinds() == []


@pytest.mark.parametrize("name", ORDINARY)
def test_presets_that_learn_well_give_no_cause_either(name: str) -> None:
    preset = PRESETS[name]
    assert Watched(preset.network, preset.dataset, preset.training).train().kinds() == []


def test_eight_relu_layers_are_said_to_overfit_at_most_and_only_where_they_do() -> None:
    preset = PRESETS["deep_relu"]
    watched = Watched(preset.network, preset.dataset, preset.training).train()
    # Whether this seed does depends on how the processor rounds: at this rate the training is chaotic.
    assert set(watched.kinds()) <= {"overfitting"}
    for _, finding in watched.told:
        if finding is not None:
            values = {name: float(value.replace(",", "")) for name, value in finding.sentence.values.items()}
            assert values["now"] > 1.04 * values["best"]
            assert values["training"] < values["before"]


def test_single_samples_per_batch_are_noisy_and_no_more() -> None:
    training = TrainingSpec(optimiser=GradientDescent(learning_rate=0.01), batch_size=1, epochs=1)
    assert Watched(mlp(32), training=training).train().kinds() == []


def test_eight_sigmoid_layers_let_the_gradient_vanish() -> None:
    preset = PRESETS["deep_sigmoid"]
    watched = Watched(preset.network, preset.dataset, preset.training).train(looks=40)
    finding = the_only(watched, "vanishing_gradients")
    first, *_, last = [watched.trainer.model.get_parameter(f"dense_{n}.weight").grad for n in (1, 2, 9)]
    times = float((last**2).mean().sqrt() / (first**2).mean().sqrt())
    values = watched.diagnosis.finding.sentence.values
    assert (values["first"], values["last"]) == ("dense_1", "dense_9")
    assert float(values["times"].replace(",", "")) == pytest.approx(times, rel=0.06)
    assert "8 such layers" in finding.why.said()


@pytest.mark.parametrize("optimiser", [GradientDescent(learning_rate=100.0), Adam(learning_rate=100.0)])
def test_a_learning_rate_of_a_hundred_is_far_too_high(optimiser: object) -> None:
    watched = Watched(mlp(128, 64), training=TrainingSpec(optimiser=optimiser)).train(looks=8)
    assert watched.kinds()[-1] == "rate_too_high"
    finding = watched.diagnosis.finding
    assert finding is not None
    assert finding.sentence.values["rate"] == "100"
    remedy = watched.diagnosis.condition().remedy(watched.known, watched.training)
    assert remedy.training == replace(watched.training, optimiser=replace(optimiser, learning_rate=10.0))
    assert remedy.text.said() == "Learning rate 10 next time"
    assert watched.diagnosis.condition().remedy(watched.known, remedy.training) is None, "it was lowered already"


def test_a_loss_that_is_no_number_tells_the_same() -> None:
    preset = PRESETS["chapter_regression"]
    network = replace(
        preset.network, layers=tuple(Linear() if layer.name == "sigmoid" else layer for layer in preset.network.layers)
    )
    training = replace(
        preset.training, optimiser=GradientDescent(learning_rate=100.0), schedule=TrainingSpec().schedule
    )
    watched = Watched(network, preset.dataset, training).train(looks=50)
    assert watched.known.diverged_at > 0
    finding = watched.diagnosis.finding
    assert finding.kind == "rate_too_high"
    assert finding.sentence.values["step"] == f"{watched.known.diverged_at:,}"


def test_strongly_negative_biases_make_a_dead_layer() -> None:
    network = mlp(64, 32, bias_initialiser=Constant(value=-10.0))
    finding = the_only(Watched(network, training=TrainingSpec(epochs=10)).train(), "dead_layer")
    assert finding.sentence.said() == "relu_1 is dead: all 64 units are zero for every sample."


def test_large_weights_make_gradients_explode() -> None:
    network = mlp(*[64] * 8, weight_initialiser=Normal(standard_deviation=1.0))
    training = TrainingSpec(optimiser=GradientDescent(learning_rate=1e-12), epochs=3)
    watched = Watched(network, training=training).train()
    the_only(watched, "exploding_gradients")
    values = watched.diagnosis.finding.sentence.values
    gradient = watched.trainer.model.get_parameter(f"{values['layer']}.weight").grad
    assert float(values["norm"].replace(",", "")) == pytest.approx(float(gradient.norm()), rel=0.06)


def test_a_large_network_on_few_points_learns_them_by_heart() -> None:
    preset = PRESETS["few_points"]
    watched = Watched(preset.network, preset.dataset, replace(preset.training, regularisers=())).train()
    finding = the_only(watched, "overfitting")
    validation = watched.known.curves.validation
    smooth = np.convolve(validation.validation_loss, np.ones(3) / 3, "valid")
    step = int(validation.validation_steps[1 + int(np.argmin(smooth))])
    values = watched.diagnosis.finding.sentence.values
    assert values["epoch"] == str(step // watched.trainer.steps_per_epoch)
    assert float(values["best"]) == pytest.approx(float(smooth.min()), rel=0.01)
    assert "4,482 parameters" in finding.why.said()
    remedy = watched.diagnosis.condition().remedy(watched.known, watched.training)
    assert (remedy.training.early_stopping, remedy.training.keep_best) == (5, True)


def test_no_straight_line_divides_xor() -> None:
    training = TrainingSpec(optimiser=Adam(learning_rate=0.01), epochs=400)
    finding = the_only(Watched(mlp(inputs=(2,), end=2), Xor(), training).train(), "plateau")
    assert any("hidden layer" in text.said() for text in finding.tries)


def test_a_tiny_learning_rate_is_a_plateau_whose_steps_are_too_small() -> None:
    training = TrainingSpec(optimiser=GradientDescent(learning_rate=1e-7), batch_size=32, epochs=20)
    finding = the_only(Watched(mlp(32), training=training).train(), "plateau")
    assert "1e-07 is too small" in finding.why.said()


def test_a_sigmoid_cannot_answer_seven() -> None:
    preset = PRESETS["chapter_regression"]
    finding = the_only(Watched(preset.network, preset.dataset, preset.training).train(), "plateau")
    assert "ends in Sigmoid, whose outputs stay between 0 and 1" in finding.why.said()


def test_overfitting_wants_validation_up_and_training_down() -> None:
    def found(validation: list[float], end: float) -> bool:
        steps = np.arange(1, 201)
        loss = np.linspace(2.0, end, 200).astype(np.float32)
        at = np.arange(1, len(validation) + 1) * (200 // len(validation))
        curves = RunCurves()
        none = np.full(200, np.nan, np.float32)
        measured = np.array(validation, np.float32)
        curves.append(History(steps, loss, none, at, measured, np.full(len(at), np.nan, np.float32)))
        known = Known(mlp(8), TrainingSpec(), curves, steps_per_epoch=20)
        return CONDITIONS["overfitting"]().find(known, False) is not None

    rising = [2.0, 1.2, 1.0, 1.0, 1.1, 1.3, 1.4, 1.5, 1.6, 1.7]
    assert found(rising, end=0.1)
    assert not found(rising, end=2.0), "training does not get better either"
    assert not found([*rising[:4], *[1.03] * 6], end=0.1), "that is noise"
    assert not found([*rising[:4], 1.0, 1.0, 1.0, 1.0, 1.0, 1.9], end=0.1), "one bad measurement"


def test_a_regression_with_large_numbers_does_not_explode() -> None:
    """The gradient of a squared error is as large as the error."""
    preset = PRESETS["chapter_regression"]
    network = replace(preset.network, layers=preset.network.layers[:-1])
    watched = Watched(network, preset.dataset, preset.training)
    for split in (watched.data.train, watched.data.validation):
        np.multiply(split.y, 1000.0, out=split.y)
    assert "exploding_gradients" not in watched.train().kinds()


def test_moons_that_overlap_are_no_plateau() -> None:
    """Their loss is level where it can be no lower."""
    training = TrainingSpec(optimiser=Adam(learning_rate=0.01), epochs=60)
    watched = Watched(mlp(8, inputs=(2,), end=2, activation=Sigmoid), Moons(noise=0.3), training).train()
    assert "plateau" not in watched.kinds()


def test_every_text_of_a_finding_is_known_to_translators() -> None:
    seen: set[str] = set()
    for name, training in (
        ("deep_sigmoid", None),
        ("chapter_regression", None),
        ("few_points", replace(PRESETS["few_points"].training, regularisers=())),
    ):
        preset = PRESETS[name]
        watched = Watched(preset.network, preset.dataset, training or preset.training).train(looks=10)
        for _, finding in watched.told:
            if finding is not None:
                texts = {finding.sentence.text, finding.why.text, *(text.text for text in finding.tries)}
                assert texts <= set(CONDITIONS[finding.kind].texts)
                seen |= texts
    assert len(seen) > 8
