"""What holds for every live view: it can be shown, themed, saved and cleared with any network, and is cheap."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from nnviz.gui.style.theme import DARK, LIGHT
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.picture_file import csv_text, svg_bytes
from tests.gui.training import circles, digits, linear, preset_project
from tests.gui.views.moment import Moment

PAINTED = [kind for kind in sorted(VIEWS, key=lambda kind: kind.order) if issubclass(kind, CanvasView)]
PROJECTS = {
    "circles": circles,
    "digits": digits,
    "linear": linear,
    "rbm": partial(preset_project, "rbm_digits"),
    "lstm": partial(preset_project, "on_off_memory"),
    "rnn": partial(preset_project, "adding_rnn"),
    "series": partial(preset_project, "sine_forecast"),
    "text": partial(preset_project, "characters"),
}


@pytest.fixture(scope="module")
def moments() -> dict[str, Moment]:
    return {name: Moment(project(), 3) for name, project in PROJECTS.items()}


@pytest.mark.parametrize("name", PROJECTS)
@pytest.mark.parametrize("kind", PAINTED, ids=lambda kind: kind.name)
def test_it_shows_any_project_in_every_look_and_size(
    qtbot: QtBot, kind: type[CanvasView], name: str, moments: dict[str, Moment]
) -> None:
    moment = moments[name]
    if not kind.applies_to(moment.project):
        pytest.skip("has nothing to show for it")
    view = kind(LIGHT)  # type: ignore[call-arg]
    qtbot.addWidget(view)
    view.show()
    moment.begin(view)
    empty = view.canvas.grab().toImage()
    moment.show(view)
    for theme in (LIGHT, DARK, LIGHT.for_projector()):
        view.set_theme(theme)
        for size in ((260, 180), (420, 640), (1100, 500)):
            view.resize(*size)
            view.grab()
    view.resize(420, 300)
    view.set_theme(LIGHT)
    assert view.canvas.message == ""
    assert view.canvas.grab().toImage() != empty
    rows = view.table()
    assert len(rows) > 1
    assert csv_text(rows).count("\n") == len(rows)
    assert svg_bytes(view).count(b"<") > 20
    moment.begin(view)
    assert view.canvas.message
    assert view.table() == [] or len(view.table()) == 1


@pytest.mark.parametrize("kind", PAINTED, ids=lambda kind: kind.name)
def test_it_can_be_reached_and_named(qtbot: QtBot, kind: type[CanvasView]) -> None:
    view = kind(DARK)  # type: ignore[call-arg]
    qtbot.addWidget(view)
    assert view.canvas.accessibleName()
    assert view.canvas.objectName() == f"{kind.name}_canvas"
    for child in view.bar.findChildren(QWidget) if view.bar is not None else []:
        # What Qt makes within a box has no name.
        if isinstance(child, QComboBox | QAbstractButton | QAbstractSpinBox):
            assert child.objectName(), child


def test_all_ten_are_there() -> None:
    names = [kind.name for kind in sorted(VIEWS, key=lambda kind: kind.order)]
    assert len(PAINTED) >= 9
    assert {"loss", "weights", "gradients", "filters", "feature_maps", "units", "confusion"} <= set(names)
    assert {"surface", "embedding", "diagram"} <= set(names)


@pytest.mark.parametrize("name", PROJECTS)
def test_what_a_probe_has_seen_stays_when_the_training_goes_on(name: str) -> None:
    moment = Moment(PROJECTS[name](), 3)
    kinds = [kind for kind in PAINTED if kind.applies_to(moment.project) and kind.probe is not None]
    assert kinds
    # All of them together, as on the screen: they share answers.
    context = moment.context
    seen = {kind.name: dict(kind.probe(context)) for kind in kinds}  # type: ignore[misc]
    kept = {view: {key: np.array(array) for key, array in arrays.items()} for view, arrays in seen.items()}
    moment.train(3)
    for view, arrays in seen.items():
        for key, array in arrays.items():
            np.testing.assert_array_equal(array, kept[view][key], f"{view}: {key}")
