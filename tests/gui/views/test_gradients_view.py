"""The view of gradients: norms against autograd by hand, and the vanishing gradient at a glance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.presets import PRESETS
from nnviz.core.training.optimisers.gradient_descent import GradientDescent
from nnviz.gui.document import Project
from nnviz.gui.style.theme import LIGHT
from nnviz.gui.views.gradients import Gradients
from tests.gui.training import circles
from tests.gui.views.moment import Moment

PlacesOf = Callable[[QWidget, QColor], np.ndarray]


def shown(qtbot: QtBot, moment: Moment, width: int = 760) -> Gradients:
    return moment.seen(qtbot, Gradients(LIGHT), width, 420)


def of_preset(name: str, steps: int) -> Moment:
    preset = PRESETS[name]
    return Moment(Project(preset.title, preset.network, preset.dataset, preset.training), steps)


def test_norms_are_those_of_autograd_and_the_update_is_what_the_optimiser_did(qtbot: QtBot) -> None:
    moment = Moment(circles(optimiser=GradientDescent(learning_rate=0.2)), 3)
    before = {name: moment.parameter(f"{name}.weight").detach().clone() for name in ("dense_1", "dense_2")}
    model = moment.trainer.model
    copy = moment.project.network.build(0)
    copy.load_state_dict(model.state_dict())
    order = moment.trainer._order
    assert order is not None
    first, behind = moment.trainer._batches[moment.trainer.step]
    moment.train(1)
    x, y = moment.trainer._train
    batch = order[first:behind]
    # The same batch, through the weights from before the step.
    torch.nn.functional.cross_entropy(copy(x[batch]), y[batch]).backward()
    view = shown(qtbot, moment)
    assert view.snapshot is not None
    arrays = view.snapshot.arrays
    for number, name in enumerate(("dense_1", "dense_2")):
        gradient = copy.get_parameter(f"{name}.weight").grad
        assert gradient is not None
        norm = float(gradient.double().norm())
        assert arrays["norm"][number] == pytest.approx(norm, rel=1e-4)
        after = moment.parameter(f"{name}.weight").detach().double()
        moved = float((after - before[name]).norm() / after.norm())
        assert arrays["update"][number] == pytest.approx(moved, rel=1e-3)
        assert moved == pytest.approx(0.2 * norm / float(after.norm()), rel=1e-3)


def test_before_the_first_step_there_is_no_gradient(qtbot: QtBot) -> None:
    view = shown(qtbot, Moment(circles()))
    assert view.snapshot is not None
    assert np.isnan(view.snapshot.arrays["norm"]).all()
    assert "no step" in view.gradients.text_at(view.gradients.row_rect(0).center())
    view.grab()


def bar_lengths(view: Gradients, places_of: PlacesOf) -> list[int]:
    """Lengths of the bars of the norms, in pixels, from the first layer to the last."""
    canvas = view.gradients
    lengths = []
    for index in range(len(canvas._layers)):
        _, _, norm, _ = canvas.columns(index)
        places = places_of(canvas, canvas.colour(index))
        inside = [x for x, y in places if norm.left() - 1 <= x <= norm.right() + 1 and norm.top() <= y <= norm.bottom()]
        lengths.append(max(inside) - min(inside) + 1 if inside else 0)
    return lengths


def test_the_view_tells_a_vanishing_gradient_at_a_glance(qtbot: QtBot, places_of: PlacesOf) -> None:
    sigmoid = bar_lengths(shown(qtbot, of_preset("deep_sigmoid", 20)), places_of)
    relu = bar_lengths(shown(qtbot, of_preset("deep_relu", 20)), places_of)
    assert len(sigmoid) == len(relu) == 9
    assert sigmoid == sorted(sigmoid), "each layer's gradient is smaller than the next one's"
    assert sigmoid[0] < sigmoid[-1] / 4
    assert min(relu) > max(relu) / 2


def test_norms_over_time_are_kept_and_drawn_in_the_layers_colour(qtbot: QtBot, places_of: PlacesOf) -> None:
    moment = of_preset("deep_sigmoid", 1)
    view = shown(qtbot, moment)
    for _ in range(12):
        moment.train(5)
        moment.show(view)
    canvas = view.gradients
    frame = canvas.lines_frame()
    places = places_of(canvas, canvas.colour(8))
    heights = [y for x, y in places if frame.area.left() < x < frame.area.right() and frame.area.top() < y]
    expected = float(frame.y(np.log10(canvas._norms[8])))
    assert min(abs(y - expected) for y in heights) < 4
    assert "dense_9" in canvas.text_at(frame.area.center())


def test_a_recurrent_layer_has_the_norm_of_all_its_weights(qtbot: QtBot) -> None:
    preset = PRESETS["on_off_memory"]
    data = replace(preset.dataset, samples=200)
    moment = Moment(Project(preset.title, preset.network, data, preset.training), steps=2)
    view = shown(qtbot, moment)
    assert view.snapshot is not None
    arrays = view.snapshot.arrays
    assert list(arrays["layer"]) == ["lstm_1", "dense_1"]
    lstm = dict(moment.trainer.model.named_children())["lstm_1"]
    gradients = [tensor.grad for name, tensor in lstm.named_parameters() if "weight" in name]
    assert len(gradients) == 2
    whole = torch.cat([gradient.ravel() for gradient in gradients if gradient is not None])
    assert arrays["norm"][0] == pytest.approx(float(whole.norm()), rel=1e-5)
    norms = moment.context.norms("lstm_1")
    assert norms is not None
    assert norms.gradient == pytest.approx(float(whole.norm()), rel=1e-5)
    assert norms.size == len(whole)
    assert arrays["update"][0] == pytest.approx(norms.update / norms.weight, rel=1e-4)
