"""The map of hidden activations: its places against a full decomposition, its dots, t-SNE on demand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.probes import SHARED_SAMPLES
from nnviz.gui.style.colours import class_colour
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.embedding import Embedding, last_hidden, vector_layers
from tests.gui.training import circles, digits, linear
from tests.gui.views.moment import Moment

PlacesOf = Callable[[QWidget, QColor], np.ndarray]


@pytest.fixture
def moment() -> Moment:
    return Moment(digits(), 20)


@pytest.fixture
def view(qtbot: QtBot, moment: Moment) -> Embedding:
    return moment.seen(qtbot, Embedding(LIGHT), 560, 460)


def test_which_layer_is_mapped() -> None:
    assert vector_layers(digits().network) == ["flatten_1", "dense_1", "relu_1", "dropout_1", "dense_2"]
    assert last_hidden(digits().network) == "dropout_1"
    assert last_hidden(circles().network) == "tanh_1"


def test_places_are_the_principal_components(moment: Moment, view: Embedding) -> None:
    values = moment.outputs(moment.data.validation.x[:SHARED_SAMPLES])["relu_1"].astype(np.float64)
    centred = values - values.mean(axis=0)
    u, s, _ = np.linalg.svd(centred, full_matrices=False)
    assert view.snapshot is not None
    for index in range(2):
        found = view.snapshot.arrays["coordinates"][:, index]
        assert abs(np.corrcoef(found, u[:, index])[0, 1]) == pytest.approx(1, abs=1e-3)
        assert found.std() == pytest.approx((u[:, index] * s[index]).std(), rel=1e-3)


def test_dots_have_the_colour_of_their_class(view: Embedding, places_of: PlacesOf) -> None:
    places, targets = view.map.places(), view.map._targets
    for number in (0, 3, 9):
        dots = places_of(view.map, class_colour(LIGHT, number))
        dots = dots[[bool(view.map.area().contains(QPointF(*dot))) for dot in dots]]
        own = places[targets == number]
        assert len(dots)
        far = np.abs(dots[:, None] - own[None]).max(axis=2).min(axis=1)
        assert far.max() <= 8


def test_the_picture_does_not_jump_from_one_moment_to_the_next(moment: Moment, view: Embedding) -> None:
    before = view.map.coordinates.copy()
    for _ in range(4):
        moment.train(1)
        moment.show(view)
        now = view.map.coordinates
        assert np.linalg.norm(now - before) < 0.3 * np.linalg.norm(before)
        before = now.copy()


def test_pointing_shows_the_sample_and_a_click_follows_it(qtbot: QtBot, view: Embedding) -> None:
    places = view.map.places()
    # A dot that lies alone.
    far = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    np.fill_diagonal(far, np.inf)
    number = int(far.min(axis=1).argmax())
    at = QPointF(*places[number].tolist())
    assert f"Sample {number + 1}:" in view.map.text_at(at)
    view.map.pointed_at(at)
    assert not view.map._picture.isNull()
    with qtbot.waitSignal(view.sample_chosen) as chosen:
        QTest.mouseClick(view.map, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert chosen.args == [number]


def test_tsne_comes_from_the_background_and_stays(
    qtbot: QtBot, moment: Moment, view: Embedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    button = view.findChild(QPushButton, "embedding_tsne")
    assert button is not None
    button.click()
    moment.show(view)
    qtbot.waitUntil(lambda: view._neighbours is not None)
    mapped = view.map.coordinates.copy()
    assert "t-SNE of step 20" in view.map.title
    moment.train(2)
    moment.show(view)
    np.testing.assert_array_equal(view.map.coordinates, mapped)
    # Neighbours share their class more often than chance would have it.
    targets = view.map._targets
    far = np.hypot(*(mapped[:, None] - mapped[None]).transpose(2, 0, 1))
    np.fill_diagonal(far, np.inf)
    assert (targets[far.argmin(axis=1)] == targets).mean() > 0.5
    button.click()
    moment.show(view)
    assert "principal" in view.map.title


def test_a_regression_is_coloured_by_its_values(qtbot: QtBot) -> None:
    moment = Moment(linear(), 3)
    view = Embedding(LIGHT)
    qtbot.addWidget(view)
    view.resize(400, 400)
    moment.begin(view)
    moment.show(view)
    assert view.map.classes == ()
    view.grab()
