"""The view of text by the network: what it draws against torch and numpy, the temperature, the pixels, the keys."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDoubleSpinBox, QPushButton
from pytestqt.qtbot import QtBot

from nnviz.core.layers.dense import Dense
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.one_hot import OneHot
from nnviz.core.measures.written_text import tempered
from nnviz.gui.document import Project
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.written_text import WrittenText, visible
from tests.gui.training import preset_project
from tests.gui.views.moment import Moment


def small() -> Project:
    """The preset with a cell that learns in seconds."""
    made = preset_project("characters")
    data = made.dataset.replace(length=40)
    layers = (OneHot(symbols=data.symbols), Lstm(units=32, passes_on="every step"), Dense(units=data.symbols))
    network = made.network.replace(input_shape=data.input_shape, layers=layers)
    training = made.training.replace(steps=200, batch_size=64)
    return replace(made, dataset=data, network=network, training=training)


@pytest.fixture(scope="module")
def moment() -> Moment:
    return Moment(small(), 100)


@pytest.fixture
def view(qtbot: QtBot, moment: Moment) -> WrittenText:
    view = WrittenText(LIGHT)
    qtbot.addWidget(view)
    view.resize(700, 460)
    moment.begin(view)
    return view


def logits(moment: Moment, codes: np.ndarray) -> np.ndarray:
    """What the model says behind these characters, by torch alone, from the beginning."""
    model = moment.trainer.model.eval()
    with torch.no_grad():
        out = model(torch.from_numpy(codes.astype(np.float32))[None, :, None])[0].double().numpy()
    model.train()
    return np.asarray(out)


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True))


def set_temperature(view: WrittenText, text: str) -> None:
    assert view.bar is not None
    box = view.bar.findChild(QDoubleSpinBox, "written_text_temperature")
    assert box is not None
    box.lineEdit().selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)


def test_only_networks_that_tell_the_next_symbol_have_it() -> None:
    assert WrittenText.applies_to(preset_project("characters"))
    for other in ("sine_forecast", "on_off_memory", "adding_lstm", "digits_mlp", "rows_of_mnist"):
        try:
            project = preset_project(other)
        except KeyError:
            continue
        assert not WrittenText.applies_to(project), other


@pytest.mark.parametrize("temperature", ["1", "0.5", "1.7"])
def test_each_character_is_drawn_from_what_the_network_says(
    view: WrittenText, moment: Moment, temperature: str
) -> None:
    set_temperature(view, temperature)
    arrays = moment.show(view).arrays
    np.testing.assert_array_equal(arrays["prompt"], moment.data.validation.x[0, :20, 0])
    assert arrays["text"].shape == (60,)
    whole = np.concatenate((arrays["prompt"], arrays["text"]))
    p = softmax(logits(moment, whole)[19:] / float(temperature))
    np.testing.assert_allclose(arrays["drawn_at"], p[np.arange(60), arrays["text"]], atol=1e-4)
    np.testing.assert_allclose(arrays["shares"][:, 0], p.max(1), atol=1e-4)
    np.testing.assert_allclose(arrays["shares"], -np.sort(-p, axis=1)[:, :8], atol=1e-4)
    np.testing.assert_allclose(arrays["shares"], np.take_along_axis(p, arrays["top"], 1), atol=1e-4)


def test_bits_are_the_mean_of_minus_log2_p(view: WrittenText, moment: Moment) -> None:
    arrays = moment.show(view).arrays
    x, y = moment.data.validation.x[:4], moment.data.validation.y[:4]
    bits = [
        -np.log2(softmax(logits(moment, sample[:, 0]))[place, int(target)])
        for sample, targets in zip(x, y, strict=True)
        for place, target in enumerate(targets)
        if target >= 0
    ]
    assert float(arrays["bits"]) == pytest.approx(np.mean(bits), abs=1e-4)
    assert float(arrays["chance"]) == pytest.approx(np.log2(len(moment.project.dataset.classes)))
    # 100 steps of training are enough to know more than nothing.
    assert float(arrays["bits"]) < 0.8 * float(arrays["chance"])
    assert f"{float(arrays['bits'])}" in str(view.table()[-1])


def test_cold_text_is_the_likeliest_and_hot_text_is_wild(view: WrittenText, moment: Moment) -> None:
    set_temperature(view, "0.05")
    cold = moment.show(view).arrays
    assert (cold["text"] == cold["top"][:60, 0]).mean() > 0.9
    set_temperature(view, "3")
    hot = moment.show(view).arrays
    assert hot["drawn_at"].mean() < 0.3 < 0.9 < cold["drawn_at"].mean()
    np.testing.assert_allclose(tempered(np.array([0.5, 0.25, 0.25]), 0.5), [2 / 3, 1 / 6, 1 / 6])
    assert tempered(np.array([1.0, 0.0]), 2.0).tolist() == [1.0, 0.0]


def test_draws_follow_the_probabilities(moment: Moment) -> None:
    from nnviz.core.measures.written_text import written_text

    counts, p = np.zeros(len(moment.project.dataset.classes)), None
    first = written_text(moment.context, length=0)
    p = float(first["shares"][0, 0])
    for seed in range(400):
        counts[written_text(moment.context, seed=seed, length=1)["text"][0]] += 1
    # Within four standard deviations of a binomial count.
    found = counts[int(first["top"][0, 0])] / 400
    assert abs(found - p) < 4 * np.sqrt(p * (1 - p) / 400)


def test_the_same_seed_writes_the_same_and_another_writes_otherwise(
    qtbot: QtBot, view: WrittenText, moment: Moment
) -> None:
    random, numpy_random = torch.get_rng_state(), np.random.get_state()[1].copy()  # type: ignore[index]
    one = moment.show(view).arrays["text"]
    np.testing.assert_array_equal(moment.show(view).arrays["text"], one)
    assert view.bar is not None
    button = view.bar.findChild(QPushButton, "written_text_another")
    assert button is not None
    with qtbot.waitSignal(view.probe_changed):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not np.array_equal(moment.show(view).arrays["text"], one)
    # The training draws what it would have drawn without anybody looking.
    assert torch.equal(torch.get_rng_state(), random)
    np.testing.assert_array_equal(np.random.get_state()[1], numpy_random)  # type: ignore[index]
    assert moment.trainer.model.training


def test_a_click_shows_what_else_could_have_come(view: WrittenText, moment: Moment) -> None:
    arrays = moment.show(view).arrays
    view.show()
    page = view.page
    place = page.places()[20 + 7].center().toPoint()
    assert f"{float(arrays['drawn_at'][7]):.4f}" in page.text_at(place.toPointF())
    before = page.grab().toImage()
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=place)
    assert page.chosen == 7
    assert [share for _, share in page.bars()] == arrays["shares"][7].tolist()
    assert page.grab().toImage() != before
    QTest.keyClick(page, Qt.Key.Key_Right)
    assert page.chosen == 8
    QTest.keyClick(page, Qt.Key.Key_Left)
    QTest.keyClick(page, Qt.Key.Key_Left)
    assert page.chosen == 6
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=page.places()[26].center().toPoint())
    assert page.chosen is None
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=QPoint(page.width() - 2, page.height() - 2))
    assert page.chosen is None
    assert [share for _, share in page.bars()] == arrays["shares"][60].tolist()


def test_a_bar_is_as_long_as_its_probability(view: WrittenText, moment: Moment) -> None:
    moment.show(view)
    view.show()
    page = view.page
    image = page.grab().toImage()
    ground = LIGHT.colour("hover").name()
    for (_, share), box in list(zip(page.bars(), page.bar_rects(), strict=False))[:3]:
        y = round(box.center().y())
        filled = [x for x in range(round(box.left()) + 1, int(box.right())) if image.pixelColor(x, y).name() != ground]
        assert len(filled) == pytest.approx(share * box.width(), abs=2)


def test_characters_stand_beside_each_other_within_the_view(view: WrittenText, moment: Moment) -> None:
    moment.show(view)
    page = view.page
    for size in ((700, 460), (380, 260), (1200, 700)):
        view.resize(*size)
        view.grab()
        boxes, area = page.places(), page.areas()[0]
        assert len(boxes) == 80
        assert all(box.right() <= area.right() + 1 for box in boxes)
        for one, other in itertools.pairwise(boxes):
            assert other.x() >= one.right() - 1e-6 or other.y() > one.y()


def test_what_is_not_seen_has_a_sign() -> None:
    assert [visible(c) for c in " \n\ta"] == ["\N{OPEN BOX}", "↵", "⇥", "a"]
    assert visible("\x07") == "U+0007"


def test_earlier_texts_are_kept_at_every_doubling_of_the_steps(qtbot: QtBot) -> None:
    moment = Moment(small(), 1)
    view = WrittenText(LIGHT)
    qtbot.addWidget(view)
    moment.begin(view)
    written = {}
    for step in range(1, 13):
        moment.show(view)
        written[step] = view.page.text
        moment.train(1)
    assert view.page.earlier == [(step, written[step]) for step in (8, 4, 2)] or view.page.earlier == [
        (step, written[step]) for step in (8, 4, 2, 1)
    ]
    moment.begin(view)
    assert view.page.earlier == []
    assert view.page.bars() == []
