"""The lab on convolution, with the mouse, the wheel, the keys and a dropped picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from torch.nn import functional

from nnviz.core.labs.convolution.images import make_image
from nnviz.core.labs.convolution.kernels import learned_kernels
from nnviz.core.labs.state import LabState, LabStateError, state_from_text, state_to_text
from nnviz.gui.labs.convolution import OWN, REACH
from nnviz.gui.labs.convolution_grids import inks, round_limit
from nnviz.gui.labs.numbers import MINUS
from nnviz.gui.labs.page import LabPage
from nnviz.gui.style import colours
from nnviz.gui.style.theme import DARK, LIGHT, Theme
from nnviz.gui.window_context import WindowContext
from tests.gui.labs.conftest import Opener


@pytest.fixture
def page(open_lab: Opener) -> LabPage:
    page = open_lab("convolution_lab").page
    assert page is not None
    return page


@pytest.fixture
def lab(page: LabPage) -> Any:
    return page.lab


def torchs_stage(
    x: np.ndarray, kernel: np.ndarray, bias: float, s: int, p: int, d: int, kind: str, w: int, t: int
) -> Any:
    """Feature map, ReLU and pooled map as torch makes them."""
    image, weight = torch.tensor(x)[None, None], torch.tensor(kernel)[None, None]
    made = functional.conv2d(image, weight, torch.tensor([bias], dtype=torch.float64), stride=s, padding=p, dilation=d)
    positive = torch.relu(made)
    pooled = {
        "max": functional.max_pool2d(positive, w, t),
        "average": functional.avg_pool2d(positive, w, t),
        "L2 norm": functional.lp_pool2d(positive, 2.0, w, t),
    }[kind]
    return [values[0, 0].numpy() for values in (made, positive, pooled)]


def check_against_torch(lab: Any) -> None:
    x = lab.image
    for number, stage in enumerate(lab.stages):
        of = [lab.settings.of(number, name) for name in ("stride", "padding", "dilation", "pooling", "window")]
        wanted = torchs_stage(
            x, lab.kernels[number], lab.biases[number], *of, lab.settings.of(number, "pooling_stride")
        )
        for made, right in zip((stage.convolved, stage.rectified, stage.pooled), wanted, strict=True):
            np.testing.assert_allclose(made, right, rtol=0, atol=1e-9)
        x = wanted[2]


def centre(lab: Any, row: int, column: int) -> QPoint:
    """Middle of a pixel of the image; the grid begins with the padding."""
    grid, border = lab.canvas.places().image, lab.stage.recipe.padding
    return grid.box(row + border, column + border).center().toPoint()


def weight(lab: Any, row: int, column: int) -> QPoint:
    return lab.canvas.number_box((row, column)).center().toPoint()


def cell(lab: Any, operation: str, row: int, column: int) -> QPoint:
    return lab.canvas.places().maps[operation].box(row, column).center().toPoint()


def choose(page: LabPage, field: str, value: str) -> None:
    box = page.findChild(QComboBox, f"lab_field_{field}")
    assert box is not None
    box.setCurrentIndex(box.findText(value))
    box.activated.emit(box.currentIndex())


def test_a_weight_is_clicked_and_typed(page: LabPage, lab: Any) -> None:
    before = lab.stage.convolved.copy()
    QTest.mouseClick(lab.canvas, Qt.MouseButton.LeftButton, pos=weight(lab, 0, 1))
    editor = lab.canvas.findChild(QLineEdit, "convolution_editor")
    assert editor is not None
    assert editor.isVisible()
    assert editor.selectedText() == "0"
    QTest.keyClicks(editor, "-2.5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert not editor.isVisible()
    assert lab.kernels[0][0, 1] == -2.5
    assert lab.settings.kernel == OWN
    assert np.abs(lab.stage.convolved - before).max() > 1
    check_against_torch(lab)
    assert "row 1, column 2" in lab.happened()
    assert f"{MINUS}2.5" in lab.happened()
    box = page.findChild(QComboBox, "lab_field_kernel")
    assert box is not None
    assert box.currentText() == OWN
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lab.settings.kernel == "edges, vertical"
    np.testing.assert_array_equal(lab.stage.convolved, before)


def test_what_is_typed_counts_with_enter_only(lab: Any) -> None:
    before = state_to_text(lab.state())
    editor = lab.canvas.findChild(QLineEdit, "convolution_editor")
    assert editor is not None
    QTest.mouseClick(lab.canvas, Qt.MouseButton.LeftButton, pos=weight(lab, 1, 1))
    QTest.keyClicks(editor, "7")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    QTest.mouseClick(lab.canvas, Qt.MouseButton.LeftButton, pos=weight(lab, 1, 1))
    QTest.keyClicks(editor, "-")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert state_to_text(lab.state()) == before


def test_a_weight_is_dragged_up_and_down(page: LabPage, lab: Any) -> None:
    start = weight(lab, 1, 1)
    pixels = round(2.0 * lab.theme.font_px)
    QTest.mousePress(lab.canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(lab.canvas, start - QPoint(0, pixels // 2))
    QTest.mouseMove(lab.canvas, start - QPoint(0, 2 * pixels))
    QTest.mouseRelease(lab.canvas, Qt.MouseButton.LeftButton, pos=start - QPoint(0, 2 * pixels))
    assert lab.kernels[0][1, 1] == pytest.approx(2.0)
    check_against_torch(lab)
    QTest.mousePress(lab.canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(lab.canvas, start + QPoint(0, 4000))
    QTest.mouseRelease(lab.canvas, Qt.MouseButton.LeftButton, pos=start)
    assert lab.kernels[0][1, 1] == -REACH
    for _ in range(2):
        QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lab.kernels[0][1, 1] == 0.0


def test_the_wheel_and_keys_change_weights_and_bias(lab: Any) -> None:
    place = QPointF(weight(lab, 2, 2))
    turn = QWheelEvent(place, lab.canvas.mapToGlobal(place), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
                       Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(lab.canvas, turn)
    assert lab.kernels[0][2, 2] == pytest.approx(1.2)
    # From the last weight the next key leads to the bias.
    QTest.keyClick(lab.canvas, Qt.Key.Key_Down)
    QTest.keyClick(lab.canvas, Qt.Key.Key_Plus)
    QTest.keyClick(lab.canvas, Qt.Key.Key_Plus)
    QTest.keyClick(lab.canvas, Qt.Key.Key_Minus)
    assert lab.biases == [pytest.approx(0.1), 0.0]
    QTest.keyClick(lab.canvas, Qt.Key.Key_Return)
    editor = lab.canvas.findChild(QLineEdit, "convolution_editor")
    assert editor is not None
    QTest.keyClicks(editor, "0.75")
    QTest.keyClick(editor, Qt.Key.Key_Enter)
    assert lab.biases[0] == 0.75
    check_against_torch(lab)
    QTest.keyClick(lab.canvas, Qt.Key.Key_Up)
    QTest.keyClick(lab.canvas, Qt.Key.Key_Minus)
    assert lab.kernels[0][2, 2] == pytest.approx(1.1)


def test_the_image_is_drawn_on_with_the_mouse(page: LabPage, lab: Any) -> None:
    choose(page, "image", "empty, 8 x 8")
    assert not lab.image.any()
    QTest.mousePress(lab.canvas, Qt.MouseButton.LeftButton, pos=centre(lab, 2, 1))
    QTest.mouseMove(lab.canvas, centre(lab, 2, 6))
    QTest.mouseRelease(lab.canvas, Qt.MouseButton.LeftButton, pos=centre(lab, 2, 6))
    wanted = np.zeros((8, 8))
    wanted[2, 1:7] = 1.0
    np.testing.assert_array_equal(lab.image, wanted)
    assert lab.settings.image == OWN
    check_against_torch(lab)
    # Starting on ink erases, and so does the right button.
    QTest.mouseClick(lab.canvas, Qt.MouseButton.LeftButton, pos=centre(lab, 2, 1))
    QTest.mouseClick(lab.canvas, Qt.MouseButton.RightButton, pos=centre(lab, 2, 2))
    QTest.mouseClick(lab.canvas, Qt.MouseButton.RightButton, pos=centre(lab, 5, 5))
    wanted[2, 1:3] = 0.0
    np.testing.assert_array_equal(lab.image, wanted)
    # The border of zeros is not drawn on.
    before = state_to_text(lab.state())
    QTest.mouseClick(lab.canvas, Qt.MouseButton.LeftButton, pos=lab.canvas.places().image.box(0, 3).center().toPoint())
    assert state_to_text(lab.state()) == before
    for _ in range(4):
        QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not lab.image.any()
    choose(page, "image", "digit 3")
    clear = page.findChild(QToolButton, "convolution_clear")
    assert clear is not None
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert not lab.image.any()
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    np.testing.assert_array_equal(lab.image, make_image("digit 3"))


def test_steps_go_by_cells_rows_maps_and_stages(lab: Any) -> None:
    lab.apply(lab.settings.replace(second_stage=True))
    assert lab.advance("cell")
    assert "Row 1, column 1 of the feature map: the 9 products" in lab.happened()
    assert lab.advance("row")
    assert lab.position() == "Stage 1: Convolution 1, 8"
    assert lab.advance("map")
    assert "complete, 8 × 8" in lab.happened()
    assert lab.advance("map")
    assert f"<b>{int((lab.stage.convolved < 0).sum())}</b> of 64" in lab.happened()
    assert lab.advance("stage")
    assert lab.position() == "Stage 1: Pooling 4, 4"
    assert lab.shown == 0
    assert lab.advance("cell")
    assert lab.shown == 1
    assert lab.position() == "Stage 2: Convolution 1, 1"
    assert lab.advance("stage")
    assert not lab.can_advance()
    check_against_torch(lab)


@pytest.mark.parametrize("pooling", ["max", "average", "L2 norm"])
def test_what_happened_says_the_numbers(lab: Any, pooling: str) -> None:
    lab.apply(lab.settings.replace(pooling=pooling, kernel="blur", padding=0))
    while lab.route.spot(lab.step) is None or lab.route.spot(lab.step).part.operation != "pooling":
        lab.advance("cell")
    window = np.maximum(lab.stage.convolved, 0)[:2, :2]
    value = {"max": window.max(), "average": window.mean(), "L2 norm": np.sqrt((window**2).sum())}[pooling]
    assert f"<b>{value:.2f}</b>" in lab.happened()


def test_pointing_at_a_cell_shows_its_terms_and_a_click_goes_there(lab: Any) -> None:
    assert lab.canvas.looked_at() == ("convolution", 0, 0)
    QTest.mouseMove(lab.canvas, cell(lab, "convolution", 4, 5))
    assert lab.canvas.looked_at() == ("convolution", 4, 5)
    shown = lab.canvas.grab().toImage()
    QTest.mouseMove(lab.canvas, cell(lab, "pooling", 2, 1))
    assert lab.canvas.looked_at() == ("pooling", 2, 1)
    assert lab.canvas.grab().toImage() != shown
    assert lab.step == 0
    QTest.mouseClick(lab.canvas, Qt.MouseButton.LeftButton, pos=cell(lab, "convolution", 4, 5))
    assert lab.step == 4 * 8 + 5 + 1
    QTest.mouseMove(lab.canvas, QPoint(2, 2))
    assert lab.canvas.looked_at() == ("convolution", 4, 5)
    terms = lab.stage.terms("convolution", 4, 5)
    padded = np.pad(lab.image, 1)
    np.testing.assert_array_equal(terms.inputs, padded[4:7, 5:8])
    assert terms.value == pytest.approx(float((padded[4:7, 5:8] * np.array([[-1, 0, 1]] * 3)).sum()))


def test_the_window_is_outlined_where_the_cell_looks(lab: Any) -> None:
    lab.apply(lab.settings.replace(image="empty, 8 x 8", stride=2))
    for _ in range(6):
        lab.advance("cell")
    image = lab.canvas.grab().toImage()
    accent = lab.theme.colour("accent")
    # The sixth cell of four a row is row 1, column 1: pixels 2 to 4 of the padded image.
    box = lab.canvas.places().image.box(2, 2, 3, 3)
    for corner in (box.topLeft(), box.topRight(), box.bottomLeft(), box.bottomRight()):
        near = [image.pixelColor(corner.toPoint() + QPoint(x, y)) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        assert accent in near
    assert accent not in [image.pixelColor(box.center().toPoint() + QPoint(x, 0)) for x in range(-3, 4)]


def test_cells_become_solid_when_they_are_computed(lab: Any) -> None:
    lab.apply(lab.settings.replace(kernel="identity"))
    lab.canvas.leaveEvent(None)
    row, column = (int(index) for index in np.argwhere(lab.stage.convolved > 0.9)[-1])

    def colour() -> Any:
        box = lab.canvas.places().maps["convolution"].box(row, column)
        return lab.canvas.grab().toImage().pixelColor((box.topLeft() + QPointF(3, 3)).toPoint())

    pale = colour()
    lab.advance("map")
    solid = colour()
    assert solid.saturation() > 2 * pale.saturation()
    assert lab.retreat("map")
    assert colour() == pale


def test_two_stages_are_chained_and_shown_one_at_a_time(page: LabPage, lab: Any) -> None:
    lab.settings_wanted.emit(lab.settings.replace(second_stage=True, second_kernel="blur", second_pooling="average"))
    assert len(lab.stages) == 2
    np.testing.assert_array_equal(lab.stages[1].x, lab.stages[0].pooled)
    check_against_torch(lab)
    tab = lab.canvas.places().tabs[1].center().toPoint()
    QTest.mouseClick(lab.canvas, Qt.MouseButton.LeftButton, pos=tab)
    assert lab.shown == 1
    QTest.mouseClick(lab.canvas, Qt.MouseButton.LeftButton, pos=weight(lab, 0, 0))
    editor = lab.canvas.findChild(QLineEdit, "convolution_editor")
    assert editor is not None
    QTest.keyClicks(editor, "3")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert lab.kernels[1][0, 0] == 3.0
    assert lab.settings.second_kernel == OWN
    assert lab.settings.kernel == "edges, vertical"
    check_against_torch(lab)
    # What came out of the first stage is not drawn on.
    before = lab.image.copy()
    QTest.mouseClick(lab.canvas, Qt.MouseButton.LeftButton, pos=centre(lab, 1, 1))
    np.testing.assert_array_equal(lab.image, before)
    QTest.keyClick(lab.canvas, Qt.Key.Key_1)
    assert lab.shown == 0
    QTest.keyClick(lab.canvas, Qt.Key.Key_2)
    assert lab.shown == 1
    assert page.findChild(QComboBox, "lab_field_second_kernel").isVisibleTo(page)  # type: ignore[union-attr]


def test_settings_of_the_second_stage_are_there_when_it_is(page: LabPage, lab: Any) -> None:
    def rows() -> list[str]:
        found = [row for row in page.controls.findChildren(QWidget) if row.objectName().startswith("lab_row_")]
        return [row.objectName()[8:] for row in sorted(found, key=QWidget.y) if row.isVisible()]

    assert not any(name.startswith("second_kernel") for name in rows())
    switch = page.findChild(QWidget, "lab_field_second_stage")
    assert switch is not None
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert lab.settings.second_stage
    QApplication.processEvents()
    assert rows() == [info.name for info in lab.settings.params()]
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not any(name.startswith("second_kernel") for name in rows())


def test_a_kernel_that_does_not_fit_gives_a_sentence(lab: Any) -> None:
    lab.apply(lab.settings.replace(kernel="learned 1", padding=0, dilation=3, second_stage=True))
    assert lab.stage.convolved is None
    assert not lab.can_advance()
    assert not lab.advance("cell")
    assert "spans 13 pixels, and the padded image has 8" in lab.happened()
    lab.canvas.grab()
    lab.apply(lab.settings.replace(padding=3, window=4))
    assert lab.stage.pooled is None
    assert "window of 4 × 4 is larger than the map of 2 × 2" in lab.problem(lab.stage)
    while lab.advance("map"):
        pass
    assert "larger than the map" in lab.happened()
    lab.canvas.grab()


def test_presets_bring_their_size_and_own_kernels_keep_their_middle(page: LabPage, lab: Any) -> None:
    choose(page, "kernel", "learned 2")
    assert lab.settings.kernel_size == 5
    size = page.findChild(QSlider, "lab_slider_kernel_size")
    assert size is not None
    assert size.value() == 5
    np.testing.assert_array_equal(lab.kernels[0], learned_kernels()[1])
    check_against_torch(lab)
    lab.settings_wanted.emit(lab.settings.replace(kernel_size=3))
    assert lab.settings.kernel == OWN
    np.testing.assert_array_equal(lab.kernels[0], learned_kernels()[1][1:4, 1:4])
    choose(page, "kernel", "blur")
    lab.settings_wanted.emit(lab.settings.replace(kernel_size=4))
    assert lab.settings.kernel == "blur"
    np.testing.assert_allclose(lab.kernels[0], np.full((4, 4), 1 / 16))


def test_what_was_made_by_hand_is_saved(page: LabPage, lab: Any) -> None:
    lab.apply(lab.settings.replace(image="empty, 28 x 28", second_stage=True))
    lab.draw((4.2, 5.1), (20.7, 23.3), erase=False)
    lab.set_weight(0, 0, -1.2345)
    lab.show_stage(1)
    lab.set_weight(2, 1, 0.5)
    lab.set_bias(-0.3)
    for _ in range(3):
        lab.advance("map")
    state = state_from_text(state_to_text(lab.state()))
    image, pooled = lab.image.copy(), lab.stages[1].pooled.copy()
    page.start_afresh()
    assert lab.settings.image == "digit 7"
    assert lab.biases == [0.0, 0.0]
    lab.take_state(state)
    np.testing.assert_array_equal(lab.image, image)
    np.testing.assert_array_equal(lab.stages[1].pooled, pooled)
    assert state_to_text(lab.state()) == state_to_text(state)
    check_against_torch(lab)


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"image": [[0.5, 0.5], [0.5]]},
        {"image": [[2.0]]},
        {"image": [[-0.5]]},
        {"image": [[0.0] * 29]},
        {"image": "nonsense"},
        {"image": [[0.0]], "biases": [1]},
    ],
)
def test_a_damaged_image_changes_nothing(lab: Any, content: dict[str, Any]) -> None:
    before = state_to_text(lab.state())
    settings = lab.settings.replace(image=OWN).to_json()
    with pytest.raises(LabStateError):
        lab.take_state(LabState(lab.name, settings, 0, 0, content))
    assert state_to_text(lab.state()) == before
    with pytest.raises(LabStateError, match="kernel"):
        lab.take_state(LabState(lab.name, lab.settings.replace(kernel=OWN).to_json()))
    assert state_to_text(lab.state()) == before


def test_a_picture_is_dropped_and_a_wrong_file_gives_a_sentence(
    qtbot: QtBot, page: LabPage, lab: Any, tmp_path: Path
) -> None:
    path = tmp_path / "half.png"
    grey = np.zeros((60, 40), np.uint8)
    grey[:, 20:] = 255
    Image.fromarray(grey).save(path)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    at = QPoint(200, 200)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(lab.canvas, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(lab.canvas, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, mime, buttons, keys))
    qtbot.waitUntil(lambda: lab.settings.image == OWN)
    assert lab.image.shape == (28, 19)
    assert lab.image[:, 0].max() == 0
    assert lab.image[:, -1].min() == 1
    assert "28 × 19" in lab.happened()
    check_against_torch(lab)
    assert "28 rows; 19 columns" in lab.sizes(lab.stage)[0]
    # Undo, then a file that is no picture, by the button.
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lab.settings.image == "digit 7"
    before = state_to_text(lab.state())
    wrong = tmp_path / "wrong.png"
    wrong.write_text("nonsense")
    button = page.findChild(QToolButton, "convolution_open")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(QFileDialog, "convolution_picture_dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(wrong))
    dialog.close()
    qtbot.waitUntil(lambda: "no image that can be read" in lab.happened())
    assert state_to_text(lab.state()) == before


def test_the_size_stands_there_with_its_numbers(lab: Any) -> None:
    lab.apply(lab.settings.replace(stride=2, padding=2, dilation=2))
    convolved, pooled = lab.sizes(lab.stage)
    assert convolved == f"Feature map: floor((8 + 2·2 {MINUS} 2·(3 {MINUS} 1) {MINUS} 1) / 2) + 1 = 4"
    assert lab.stage.convolved.shape == (4, 4)
    assert pooled == f"Pooling: floor((4 {MINUS} 2) / 2) + 1 = 2"
    assert lab.stage.pooled.shape == (2, 2)


@pytest.mark.parametrize(("largest", "limit"), [(0.0, 1.0), (0.55, 0.6), (1.0, 1.0), (3.2, 4.0), (12.0, 15.0)])
def test_the_scale_ends_at_round_numbers(largest: float, limit: float) -> None:
    assert round_limit(largest) == pytest.approx(limit)


@pytest.mark.parametrize("projector", [False, True])
@pytest.mark.parametrize("second_stage", [False, True])
def test_nothing_lies_on_anything_else(
    page: LabPage, lab: Any, context: WindowContext, projector: bool, second_stage: bool
) -> None:
    context.appearance.set_projector(projector)
    for image, kernel in (("digit 7", "blur"), ("seven, 28 x 28", "learned 1"), ("cross", "learned 3")):
        lab.settings_wanted.emit(lab.settings.replace(image=image, kernel=kernel, padding=3, second_stage=second_stage))
        QApplication.processEvents()
        places = lab.canvas.places()
        boxes = [
            *places.tabs, *places.heads.values(), places.image.outer, places.kernel.outer, places.bias,
            *(grid.outer for grid in places.maps.values()), places.rooms["terms"], places.sizes, places.scale,
        ]  # fmt: skip
        for index, box in enumerate(boxes):
            assert lab.canvas.rect().contains(box.toAlignedRect()), index
            for other in boxes[:index]:
                assert not box.intersects(other), (index, box, other)
        for name in ("convolution_open", "convolution_clear"):
            button = page.findChild(QToolButton, name)
            assert button is not None
            assert not any(button.geometry().intersects(box.toRect()) for box in boxes)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_numbers_have_the_ink_that_is_read_best(theme: Theme) -> None:
    for ground, ink in zip(colours.diverging(theme), inks(theme), strict=True):
        assert ink == colours.text_on(QColor(*map(int, ground)))


def test_the_kernel_glides_while_it_runs(lab: Any) -> None:
    lab.advance("cell")
    lab.advance("cell")
    box = lab.canvas.places().image.box(0, 1, 3, 3)
    accent = lab.theme.colour("accent")

    def left_edge() -> int:
        image = lab.canvas.grab().toImage()
        y = round(box.center().y())
        return next(x for x in range(round(box.left()) - 4, round(box.right())) if image.pixelColor(x, y) == accent)

    stands = left_edge()
    lab.show_between(0.5)
    assert left_edge() - stands == pytest.approx(box.width() / 6, abs=1.5)
    lab.show_between(0.0)
    assert left_edge() == stands


def test_numbers_fit_their_cells_or_are_left_out(lab: Any) -> None:
    scribe = lab.canvas._grids.scribe
    values = np.array([[0.0, -0.123, 0.004], [1.0, 0.5, -10.0]])
    roomy = scribe.hand(values, 60, 40, LIGHT.caption_px)
    assert [roomy.write(value) for value in values.ravel()] == [
        "0", f"{MINUS}0.12", "0.00", "1", "0.5", f"{MINUS}10",
    ]  # fmt: skip
    assert scribe.hand(values, 14, 40, LIGHT.caption_px) is None
    assert scribe.hand(values, 60, 8, LIGHT.caption_px) is None
    whole = scribe.hand(np.array([[-3.0, 20.0]]), 60, 40, LIGHT.caption_px)
    assert whole.write(20.0) == "20"
