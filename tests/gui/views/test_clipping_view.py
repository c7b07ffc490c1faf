"""The view of gradient clipping: norms against torch's own, and lines of the right height in the right colour."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from nnviz.core.training.regularisers.clip_by_norm import ClipByNorm
from nnviz.gui.document import Project
from nnviz.gui.style.colours import negative
from nnviz.gui.style.theme import DARK, LIGHT
from nnviz.gui.views.clipping import Clipping
from tests.gui.training import circles, preset_project
from tests.gui.views.moment import Moment


def clipped_to(limit: float) -> Project:
    project = preset_project("on_off_memory")
    return replace(project, training=project.training.replace(regularisers=(ClipByNorm(limit=limit),)))


def norm_of_gradients(moment: Moment) -> float:
    """By hand, of what stands in the parameters now."""
    return float(torch.sqrt(sum((p.grad.double() ** 2).sum() for p in moment.trainer.model.parameters())))  # type: ignore[arg-type, union-attr]


def shown(qtbot: QtBot, moment: Moment) -> Clipping:
    view = Clipping(LIGHT)
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    moment.begin(view)
    return view


def test_it_is_there_where_the_gradient_is_clipped() -> None:
    assert Clipping.applies_to(clipped_to(1.0))
    assert not Clipping.applies_to(circles())


def test_the_norm_before_clipping_is_that_of_a_training_that_does_not_clip(qtbot: QtBot) -> None:
    free, tight = Moment(clipped_to(1e6), 1), Moment(clipped_to(0.01), 1)
    view = shown(qtbot, tight)
    tight.show(view)
    assert view.clipping.norm == pytest.approx(norm_of_gradients(free), rel=1e-5)
    assert norm_of_gradients(tight) == pytest.approx(0.01, rel=1e-3)
    assert "clipped to 0.01" in view.clipping.summary()
    assert "100 % of those looked at were clipped" in view.clipping.summary()
    other = shown(qtbot, free)
    free.show(other)
    assert "left as it is. 0 %" in other.clipping.summary()


def test_what_was_taken_away_stands_above_the_limit_in_orange(qtbot: QtBot) -> None:
    moment = Moment(clipped_to(0.01))
    view = shown(qtbot, moment)
    assert "no batch was trained" in (moment.show(view) and view.clipping.summary())
    for _ in range(4):
        moment.train(3)
        moment.show(view)
    canvas = view.clipping
    frame, image = canvas.frame(), canvas.grab().toImage()
    step, before, behind = view.table()[-1]
    assert (step, behind) == (12, pytest.approx(0.01))
    x = round(float(frame.x(12)))
    columns = [[image.pixelColor(x + dx, y) for y in range(canvas.height())] for dx in (-1, 0)]
    painted = max(column.count(negative(LIGHT)) for column in columns)
    decades = canvas._decades
    height = float(frame.y(decades.place_of(0.01))) - float(frame.y(decades.place_of(float(before))))
    assert painted == pytest.approx(height, abs=3)
    told = canvas.text_at(QPointF(frame.x(12), frame.area.center().y()))
    assert told.startswith("Step 12: norm of the gradient")
    assert told.endswith("clipped to 0.01")
    view.set_theme(DARK)
    view.grab()
