"""Asking a trained network: probabilities, blank drawings, and networks that cannot read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.digits import Digits
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.ink import Preparation, prepare_strokes
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.network import NetworkSpec
from nnviz.core.predictor import PredictionError, Predictor
from nnviz.core.presets import PRESETS
from nnviz.core.project import ProjectFile
from nnviz.core.reader import DigitReader, ink_recipe
from nnviz.core.shape import Shape
from nnviz.core.strokes import Drawing
from nnviz.core.training.checkpoint import weights_of
from nnviz.core.training.losses.cross_entropy import CrossEntropy
from nnviz.core.training.spec import TrainingSpec

NETWORK = NetworkSpec(input_shape=Shape((1, 8, 8)), layers=(Flatten(), Dropout(rate=0.5), Dense(units=10)))


@pytest.fixture
def project() -> ProjectFile:
    return ProjectFile(
        "Eights", NETWORK, Digits(), TrainingSpec(), weights=weights_of(NETWORK.build(3)), numbers={"step": 12}
    )


def test_probabilities_are_the_softmax_of_the_outputs() -> None:
    model = NETWORK.build(3).train()
    predictor = Predictor(model, NETWORK.input_shape, CrossEntropy())
    x = np.random.default_rng(0).random((6, 1, 8, 8), dtype=np.float32)
    weight, bias = (tensor.detach().numpy().astype(np.float64) for tensor in model.parameters())
    outputs = x.reshape(6, 64) @ weight.T + bias
    powers = np.exp(outputs)
    np.testing.assert_allclose(predictor.outputs(x), outputs, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(predictor.probabilities(x), powers / powers.sum(axis=1, keepdims=True), rtol=1e-5)
    assert model.training


def test_huge_outputs_do_not_overflow() -> None:
    model = NETWORK.build(3)
    with torch.no_grad():
        model.dense_1.bias[4] = 1e30
    found = Predictor(model, NETWORK.input_shape, CrossEntropy()).probabilities(np.zeros((1, 1, 8, 8), np.float32))
    assert found[0].tolist() == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_what_cannot_be_answered_is_a_sentence() -> None:
    model = NETWORK.build(3)
    x = np.zeros((1, 1, 8, 8), np.float32)
    with pytest.raises(PredictionError, match="takes samples of 1x8x8; 1x9x8 arrives"):
        Predictor(model, NETWORK.input_shape, CrossEntropy()).outputs(np.zeros((1, 1, 9, 8), np.float32))
    with torch.no_grad():
        model.dense_1.bias[0] = float("nan")
    with pytest.raises(PredictionError, match="no finite numbers any more"):
        Predictor(model, NETWORK.input_shape, CrossEntropy()).probabilities(x)


def test_a_reader_answers_drawings_in_their_order_and_blanks_with_none(project: ProjectFile) -> None:
    reader = DigitReader(project)
    assert (reader.title, reader.steps, reader.classes) == ("Eights", 12, tuple("0123456789"))
    recipe = reader.recipe
    line = prepare_strokes(Drawing((np.array([[0.0, 0], [0, 9]]),)), recipe)
    hook = prepare_strokes(Drawing((np.array([[0.0, 0], [5, 0], [2, 9]]),)), recipe)
    blank = prepare_strokes(Drawing(), recipe)
    answers = reader.read([blank, line, blank, hook])
    assert [answer is None for answer in answers] == [True, False, True, False]
    for answer, preparation in ((answers[1], line), (answers[3], hook)):
        assert answer is not None
        np.testing.assert_allclose(answer, reader.predictor.probabilities(preparation.image[None, None])[0], rtol=1e-5)
    assert reader.read([blank]) == [None]
    assert reader.read([]) == []
    assert isinstance(blank, Preparation)


def test_opening_a_reader_does_not_disturb_a_training(project: ProjectFile) -> None:
    random = torch.get_rng_state()
    DigitReader(project)
    assert torch.equal(torch.get_rng_state(), random)


def test_networks_that_cannot_read_say_why(project: ProjectFile) -> None:
    points = PRESETS["2d_classifier"]
    with pytest.raises(PredictionError, match="was made for Circles: it cannot read"):
        DigitReader(ProjectFile("Dots", points.network, Circles(), points.training, weights=project.weights))
    with pytest.raises(PredictionError, match="Eights was never trained: train it first"):
        DigitReader(replace(project, weights={}))
    assert ink_recipe(NETWORK, Circles(), TrainingSpec()) is None
    assert ink_recipe(PRESETS["mlp"].network, Digits(), TrainingSpec()) is None


def test_other_data_changes_input_outputs_and_loss() -> None:
    regression = PRESETS["chapter_regression"]
    network, training = fit_to_data(regression.network, regression.training, Circles())
    assert network.input_shape == Shape((2,))
    assert network.output_shape() == Shape((2,))
    assert training == regression.training
    mlp = PRESETS["mlp"]
    network, training = fit_to_data(mlp.network, mlp.training, Digits())
    assert (network.input_shape, network.problems(10)) == (Shape((1, 8, 8)), [])
    assert training == mlp.training
