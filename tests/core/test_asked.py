from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from nnviz.core.asked import AskedNetwork, Weights
from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.digits import Digits
from nnviz.core.ink import DIGITS_8X8, prepare_strokes
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.tanh import Tanh
from nnviz.core.network import NetworkSpec
from nnviz.core.predictor import PredictionError
from nnviz.core.project import ProjectFile
from nnviz.core.reading import Question, is_number, preparations
from nnviz.core.shape import Shape
from nnviz.core.training.checkpoint import weights_of
from nnviz.core.training.spec import TrainingSpec

NETWORK = NetworkSpec(input_shape=Shape((1, 8, 8)), layers=(Flatten(), Dense(units=12), Tanh(), Dense(units=10)))
SEVEN = Question(strokes=(np.array([[20.0, 20.0], [80.0, 20.0], [50.0, 120.0]]),), layers=True, saliency=True)


@pytest.fixture(scope="module")
def file() -> ProjectFile:
    return ProjectFile("Small", NETWORK, Digits(), TrainingSpec(), weights_of(NETWORK.build(3)), numbers={"step": 5})


def test_the_answer_is_the_models(file: ProjectFile) -> None:
    asked = AskedNetwork(file)
    assert asked.recipe == DIGITS_8X8
    (whole,), parts = preparations(SEVEN, asked.recipe)
    reply = asked.ask(SEVEN, whole, parts)
    answer = reply.explained()
    assert reply.answer.layers == ()
    assert reply.answer.digits is answer.digits
    model = NETWORK.build(3)
    with torch.no_grad():
        x = torch.tensor(whole.image)[None, None]
        expected = [x := module(x) for module in model]
    np.testing.assert_allclose(answer.digits[0], expected[-1][0].double().softmax(0), rtol=1e-5)
    assert [layer.name for layer in answer.layers] == ["flatten_1", "dense_1", "tanh_1", "dense_2"]
    for layer, values in zip(answer.layers, expected, strict=True):
        np.testing.assert_allclose(layer.values, values[0], atol=1e-6)
    assert (answer.network, answer.steps, answer.bundled) == ("Small", 5, False)


def test_saliency_is_what_a_pixels_ink_adds(file: ProjectFile) -> None:
    asked = AskedNetwork(file)
    (whole,), _ = preparations(SEVEN, asked.recipe)
    answer = asked.ask(SEVEN, whole, []).explained()
    assert answer.saliency is not None
    model = NETWORK.build(3).double()

    def score(image: np.ndarray) -> float:
        with torch.no_grad():
            outputs = model(torch.tensor(image)[None, None])[0]
        return float(outputs[answer.best] - outputs.mean())

    image = whole.image.astype(np.float64)
    inked = np.argwhere(image > 0)
    for row, column in inked[:: max(1, len(inked) // 6)]:
        step = np.zeros_like(image)
        step[row, column] = 1e-4
        slope = (score(image + step) - score(image - step)) / 2e-4
        assert answer.saliency[row, column] == pytest.approx(slope * image[row, column], abs=1e-4)
    assert (answer.saliency[whole.image == 0] == 0).all()


def test_newer_weights_answer_from_then_on(file: ProjectFile) -> None:
    asked = AskedNetwork(file)
    (whole,), _ = preparations(SEVEN, asked.recipe)
    before = asked.ask(SEVEN, whole, []).answer
    asked.take(Weights(9, weights_of(NETWORK.build(4))))
    after = asked.ask(SEVEN, whole, []).answer
    assert after.steps == 9
    assert np.abs(after.digits[0] - before.digits[0]).max() > 1e-3


def test_what_reads_no_drawings_is_refused(file: ProjectFile) -> None:
    with pytest.raises(PredictionError, match="cannot read"):
        AskedNetwork(replace(file, dataset=Circles()))
    with pytest.raises(PredictionError, match="never trained"):
        AskedNetwork(replace(file, weights={}))


def test_several_digits_are_a_number_if_their_parts_are_surer() -> None:
    unsure, sure = np.array([0.5, 0.3, 0.2]), np.array([0.9, 0.05, 0.05])
    assert is_number(unsure, [sure, sure])
    assert is_number(sure, [sure, sure])
    assert not is_number(sure, [])
    assert not is_number(sure, [np.array([0.4, 0.3, 0.3]), np.array([0.5, 0.3, 0.2])])


def test_parts_of_a_drawing_are_prepared_as_drawings() -> None:
    one, other = (np.array([[x, 60.0], [x, 340.0]]) for x in (100.0, 300.0))
    (whole,), parts = preparations(Question(strokes=(one, other), pen=18.0))
    np.testing.assert_array_equal(parts[0].image, prepare_strokes([one]).image)
    assert len(parts) == 2
    assert not np.array_equal(whole.image, parts[0].image)


def test_parts_of_a_picture_are_prepared_as_pictures() -> None:
    page = np.ones((200, 300), np.float32)
    page[40:160, 60:75] = 0
    page[40:160, 200:215] = 0
    (whole,), parts = preparations(Question(picture=page))
    assert len(parts) == 2
    np.testing.assert_allclose(parts[0].image, parts[1].image, atol=2 / 255)
    alone = page.copy()
    alone[40:160, 200:215] = 1
    (expected,), none = preparations(Question(picture=alone))
    assert none == []
    np.testing.assert_allclose(parts[0].image, expected.image, atol=2 / 255)
    assert whole.image.sum() > parts[0].image.sum()


def test_a_question_is_of_the_same_drawing_only_if_it_is_prepared_alike() -> None:
    page = np.ones((20, 30), np.float32)
    assert SEVEN.is_of_same_drawing(replace(SEVEN, layers=False, saliency=False))
    assert not SEVEN.is_of_same_drawing(replace(SEVEN, pen=4.0))
    assert not SEVEN.is_of_same_drawing(replace(SEVEN, steps=SEVEN.steps.replace(crop=False)))
    assert not SEVEN.is_of_same_drawing(replace(SEVEN, strokes=(SEVEN.strokes[0].copy(),)))
    assert not SEVEN.is_of_same_drawing(replace(SEVEN, strokes=()))
    assert Question(picture=page).is_of_same_drawing(Question(picture=page))
    assert not Question(picture=page).is_of_same_drawing(Question(picture=page.copy()))
