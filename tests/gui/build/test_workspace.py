"""The Network workspace through mouse and keys: presets, cards, settings, fixes, undo."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.datasets.circles import Circles
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import PRESETS
from nnviz.gui.build.workspace import BuildWorkspace
from nnviz.gui.number_box import NumberBox
from nnviz.gui.session import SessionState
from nnviz.gui.style.theme import Scheme
from nnviz.gui.window_context import WindowContext
from tests.gui.build.conftest import preset_project
from tests.gui.fake_session import FakeSession

BROKEN = NetworkSpec(layers=(Conv2d(filters=8), ReLU(), MaxPool2d(), Dense(units=32), ReLU(), Dense(units=10)))


def _label(page: QWidget, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert label is not None
    return label.text()


def _box(page: QWidget, section: str, name: str) -> NumberBox:
    part = page.findChild(QFrame, section)
    assert part is not None
    _settle()
    (box,) = (box for box in part.findChildren(NumberBox, f"field_{name}") if box.isVisible())
    return box


def _settle() -> None:
    # A form that was replaced lives, and a new one is hidden, until the event loop comes round.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def _edges(page: BuildWorkspace) -> list[str]:
    return [edge.text() for edge in page.stack.edges]


def _show(page: BuildWorkspace, network: NetworkSpec) -> None:
    document = page.context.document
    document.replace(replace(document.project, network=network), "Test")


def _visible_sentences(page: QWidget) -> list[str]:
    _settle()
    return [label.text() for label in page.findChildren(QLabel, "problem_sentence") if label.isVisible()]


def test_the_chapter_network_is_written_out(workspace: BuildWorkspace) -> None:
    assert _label(workspace, "network_title") == "Chapter CNN"
    assert _label(workspace, "network_totals") == (
        "11 layers · 3,274,634 parameters · 13,961,216 operations per sample"
    )
    assert _edges(workspace) == [
        "1 × 28 × 28",
        "32 × 28 × 28",
        "32 × 28 × 28",
        "32 × 14 × 14",
        "64 × 14 × 14",
        "64 × 14 × 14",
        "64 × 7 × 7",
        "3136",
        "1024",
        "1024",
        "1024",
        "10",
    ]
    first = workspace.stack.cards[0]
    assert first.settings() == "Filters 32 · Kernel size 5"
    assert first.figures() == ("5 × 5 × 1 × 32 + 32 = 832 parameters", "627,200 operations")
    assert first.accessibleName() == "1. Convolution"
    assert "y[o]" in first.toolTip()
    assert workspace.stack.cards[1].figures() == ("", "25,088 operations")
    assert _visible_sentences(workspace) == []


@pytest.mark.parametrize("name", PRESETS.names())
def test_a_click_on_a_preset_is_one_edit(workspace: BuildWorkspace, qtbot: QtBot, name: str) -> None:
    document = workspace.context.document
    before = replace(document.project, network=BROKEN)
    document.replace(before, "Test")
    card = next(card for card in workspace.gallery.cards if card.preset.name == name)
    workspace.gallery.ensureWidgetVisible(card)
    count = document.undo_stack.count()
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert document.project == preset_project(name)
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == f"Choose {PRESETS[name].title}"
    assert card.current
    assert len(workspace.stack.cards) == len(PRESETS[name].network.layers)
    assert "unknown" not in _edges(workspace)
    document.undo_stack.undo()
    assert document.project == before
    assert not card.current


def test_presets_by_keyboard(workspace: BuildWorkspace, qtbot: QtBot) -> None:
    cards = workspace.gallery.cards
    assert [card.preset.order for card in cards] == sorted(card.preset.order for card in cards)
    cards[0].setFocus()
    qtbot.keyClick(cards[0], Qt.Key.Key_Up)
    assert cards[0].hasFocus()
    qtbot.keyClick(cards[0], Qt.Key.Key_Down)
    assert cards[1].hasFocus()
    qtbot.keyClick(cards[1], Qt.Key.Key_Return)
    assert workspace.context.document.project.title == cards[1].preset.title
    qtbot.keyClick(cards[1], Qt.Key.Key_Up)
    qtbot.keyClick(cards[0], Qt.Key.Key_Space)
    assert workspace.context.document.project.title == cards[0].preset.title


def test_the_preset_in_use_is_drawn_as_chosen(workspace: BuildWorkspace, qtbot: QtBot) -> None:
    def grounds() -> list[str]:
        QApplication.processEvents()
        picture = workspace.gallery.grab().toImage()
        corners = [card.mapTo(workspace.gallery, QPoint(card.width() - 6, 20)) for card in workspace.gallery.cards[:4]]
        return [picture.pixelColor(corner).name() for corner in corners]

    theme = workspace.context.theme
    _show(workspace, BROKEN)
    assert grounds() == [theme.surface] * 4
    qtbot.mouseClick(workspace.gallery.cards[2], Qt.MouseButton.LeftButton)
    assert grounds() == [theme.surface] * 2 + [theme.accent_soft, theme.surface]


def test_preset_pictures_are_drawn(workspace: BuildWorkspace) -> None:
    for card in workspace.gallery.cards:
        picture = card.grab().toImage()
        ground = picture.pixelColor(20, 4)
        row = picture.height() * 12 // 100 + 12
        assert any(picture.pixelColor(x, row) != ground for x in range(12, picture.width() // 3))


def test_selection_by_mouse_and_arrow_keys(workspace: BuildWorkspace, qtbot: QtBot) -> None:
    stack = workspace.stack
    qtbot.mouseClick(stack.cards[3], Qt.MouseButton.LeftButton, pos=QPoint(80, 10))
    assert stack.selected == 3
    assert _box(workspace, "layer_section", "filters").number() == 64
    qtbot.keyClick(stack, Qt.Key.Key_Down)
    assert stack.selected == 4
    qtbot.keyClick(stack, Qt.Key.Key_End)
    assert stack.selected == 10
    assert _box(workspace, "layer_section", "units").number() == 10
    assert not stack.cards[10].visibleRegion().isEmpty()
    qtbot.keyClick(stack, Qt.Key.Key_Down)
    assert stack.selected == 10
    qtbot.keyClick(stack, Qt.Key.Key_Home)
    qtbot.keyClick(stack, Qt.Key.Key_Up)
    assert stack.selected == 0


def test_an_edit_of_a_layer_reaches_document_cards_and_totals(workspace: BuildWorkspace, qtbot: QtBot) -> None:
    document = workspace.context.document
    box = _box(workspace, "layer_section", "filters")
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "16")
    assert document.project.network.layers[0].replace(filters=32) == PRESETS["chapter_cnn"].network.layers[0]
    assert workspace.stack.cards[0].figures()[0] == "5 × 5 × 1 × 16 + 16 = 416 parameters"
    assert _edges(workspace)[1:4] == ["16 × 28 × 28", "16 × 28 × 28", "16 × 14 × 14"]
    assert workspace.stack.cards[3].figures()[0] == "5 × 5 × 16 × 64 + 64 = 25,664 parameters"
    assert "11 layers · 3,248,618 parameters" in _label(workspace, "network_totals")


def test_dragging_a_spin_box_is_one_edit_until_the_keyboard_leaves(workspace: BuildWorkspace, qtbot: QtBot) -> None:
    document = workspace.context.document
    start = document.project
    box = _box(workspace, "layer_section", "filters")
    box.setFocus()
    for _ in range(5):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Change filters of Convolution"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert document.undo_stack.count() == 2
    assert document.project.network.layers[0].replace(filters=38) == document.project.network.layers[0]
    document.undo_stack.undo()
    assert box.number() == 37
    document.undo_stack.undo()
    assert document.project == start
    assert box.number() == 32
    assert document.undo_stack.count() == 2


def test_undo_key_in_a_number_box_is_left_to_the_window(workspace: BuildWorkspace, qtbot: QtBot) -> None:
    document = workspace.context.document
    start = document.project
    undo = document.undo_stack.createUndoAction(workspace)
    undo.setShortcut("Ctrl+Z")
    workspace.addAction(undo)
    workspace.activateWindow()
    box = _box(workspace, "layer_section", "filters")
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "16")
    assert document.project != start
    qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.project == start
    assert box.number() == 32


def test_training_and_data_are_edited_too(workspace: BuildWorkspace, qtbot: QtBot) -> None:
    document = workspace.context.document
    document.replace(preset_project("2d_classifier"), "Test")
    noise = _box(workspace, "dataset_section", "noise")
    noise.selectAll()
    qtbot.keyClicks(noise, "0.25")
    assert document.project.dataset == Circles(noise=0.25)
    rate = _box(workspace, "training_section", "learning_rate")
    qtbot.keyClick(rate, Qt.Key.Key_Down)
    assert document.project.training.optimiser.learning_rate == 0.005
    assert document.undo_stack.undoText() == "Change learning rate of Training"
    assert document.project.network == PRESETS["2d_classifier"].network


def test_losses_suit_the_data(workspace: BuildWorkspace) -> None:
    def offered() -> set[str]:
        _settle()
        combo = workspace.properties.training.findChild(QComboBox, "field_loss")
        assert combo is not None
        return {combo.itemText(index) for index in range(combo.count())}

    assert {"Cross-entropy", "Mean squared error"} <= offered()
    workspace.context.document.replace(preset_project("chapter_regression"), "Test")
    assert "Mean squared error" in offered()
    assert "Cross-entropy" not in offered()


def test_the_first_wrong_layer_is_marked_and_mended_by_one_click(workspace: BuildWorkspace, qtbot: QtBot) -> None:
    document = workspace.context.document
    _show(workspace, BROKEN)
    assert _visible_sentences(workspace) == ["Dense needs a vector, but 8 × 14 × 14 arrives."]
    assert _edges(workspace) == ["1 × 28 × 28", "8 × 28 × 28", "8 × 28 × 28", "8 × 14 × 14", *["unknown"] * 3]
    assert workspace.stack.cards[4].figures() == ("", "")
    assert _label(workspace, "network_totals") == "6 layers · parameters not known until every layer fits"
    count = document.undo_stack.count()
    button = workspace.stack.cards[3].findChild(QPushButton, "fix_0")
    assert button is not None
    assert button.text() == "Insert Flatten before Dense"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == "Insert Flatten before Dense"
    assert document.project.network.layers == (*BROKEN.layers[:3], Flatten(), *BROKEN.layers[3:])
    assert _visible_sentences(workspace) == []
    assert _edges(workspace)[-1] == "10"
    assert len(workspace.stack.cards) == 7


def test_every_fix_has_a_button(workspace: BuildWorkspace, qtbot: QtBot) -> None:
    _show(workspace, NetworkSpec(layers=(Conv2d(kernel_size=31, padding="valid"), Flatten(), Dense(units=10))))
    _settle()
    buttons = [button for button in workspace.stack.cards[0].findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in buttons] == ["Shrink the kernel to 28x28", "Pad the image ('same')"]
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert workspace.context.document.project.network.problems(10) == []


def test_a_wrong_end_is_told_behind_the_last_layer(workspace: BuildWorkspace, qtbot: QtBot) -> None:
    _show(workspace, NetworkSpec(layers=(Flatten(), Dense(units=7), ReLU())))
    assert _visible_sentences(workspace) == ["The data needs a network that ends in 10 values; 7 leave it."]
    end = workspace.stack.findChild(QFrame, "end_problem")
    assert end is not None
    button = end.findChild(QPushButton, "fix_0")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert workspace.context.document.project.network.layers == (Flatten(), Dense(units=10), ReLU())
    assert _visible_sentences(workspace) == []


def test_an_empty_network_says_what_to_do(workspace: BuildWorkspace) -> None:
    _show(workspace, NetworkSpec())
    note = workspace.findChild(QWidget, "empty_note")
    assert note is not None
    assert note.isVisible()
    assert note.accessibleName() == "Drag a layer here, or type its name"
    assert _visible_sentences(workspace) == []
    assert workspace.stack.selected == -1
    assert workspace.stack.cards == []
    assert _edges(workspace) == ["1 × 28 × 28"]


def test_cards_of_unchanged_layers_stay(workspace: BuildWorkspace) -> None:
    before = list(workspace.stack.cards)
    layers = workspace.context.document.project.network.layers
    _show(workspace, NetworkSpec(layers=(*layers[:4], BatchNorm(), *layers[4:])))
    after = workspace.stack.cards
    assert after[:4] == before[:4]
    assert after[5:] == before[4:]
    assert [card.trace.layer for card in after] == list(workspace.context.document.project.network.layers)
    _show(workspace, NetworkSpec(layers=layers[1:]))
    assert [card.trace.layer for card in workspace.stack.cards] == list(layers[1:])
    _show(workspace, NetworkSpec(layers=tuple(reversed(layers))))
    assert [card.trace.layer for card in workspace.stack.cards] == list(reversed(layers))
    assert len(workspace.stack.edges) == len(layers) + 1


def test_only_changed_cards_are_updated(workspace: BuildWorkspace) -> None:
    project = workspace.context.document.project
    layers = project.network.layers
    changed = project.network.replace(layers=(*layers[:9], layers[9].replace(rate=0.4), layers[10]))
    assert workspace.stack.show_project(dataclasses.replace(project, network=changed)) == 1


def test_edits_wait_while_the_page_is_hidden(workspace: BuildWorkspace) -> None:
    workspace.hide()
    workspace.context.document.replace(preset_project("mlp"), "Test")
    assert len(workspace.stack.cards) == 11
    workspace.show()
    workspace.shown()
    assert len(workspace.stack.cards) == 6
    assert _label(workspace, "network_title") == "MLP 784-128-64-10"


def test_a_change_during_a_run_disturbs_nothing_and_asks(
    workspace: BuildWorkspace, fake_session: FakeSession, qtbot: QtBot
) -> None:
    note = workspace.findChild(QFrame, "running_note")
    assert note is not None
    document = workspace.context.document
    fake_session.run_project = document.project
    fake_session.become(SessionState.TRAINING)
    fake_session.run_started.emit(document.project)
    assert not note.isVisible()
    before = document.project
    document.replace(preset_project("mlp"), "Test")
    assert note.isVisible()
    assert fake_session.calls == []
    document.undo_stack.undo()
    assert document.project == before
    assert not note.isVisible()
    document.undo_stack.redo()
    for name, keep in (("keep_learned_button", True), ("start_over_button", False)):
        fake_session.calls.clear()
        qtbot.mouseClick(_button(note, name), Qt.MouseButton.LeftButton)
        assert fake_session.calls == [("restart", document.project, keep)]
    qtbot.mouseClick(_button(note, "take_back_button"), Qt.MouseButton.LeftButton)
    assert document.project == before
    assert not note.isVisible()
    document.undo_stack.undo()
    fake_session.become(SessionState.IDLE)
    # Another network was chosen, not this one changed: nothing need be asked when the run is over.
    assert not note.isVisible()


def test_a_changed_network_that_is_wrong_can_only_be_mended_or_taken_back(
    workspace: BuildWorkspace, fake_session: FakeSession
) -> None:
    note = workspace.findChild(QFrame, "running_note")
    assert note is not None
    document = workspace.context.document
    fake_session.run_project = project = document.project
    fake_session.become(SessionState.IDLE)
    network = project.network
    document.replace(dataclasses.replace(project, network=network.replace(layers=network.layers[1:-1])), "Test")
    assert note.isVisible()
    enabled = [_button(note, name).isEnabled() for name in ("keep_learned_button", "take_back_button")]
    assert enabled == [False, True]


def _button(parent: QWidget, name: str) -> QPushButton:
    button = parent.findChild(QPushButton, name)
    assert button is not None
    return button


def test_sections_fold(workspace: BuildWorkspace, qtbot: QtBot) -> None:
    box = _box(workspace, "layer_section", "filters")
    heading = workspace.findChild(QToolButton, "layer_section_heading")
    assert heading is not None
    qtbot.mouseClick(heading, Qt.MouseButton.LeftButton)
    assert not box.isVisible()
    qtbot.keyClick(heading, Qt.Key.Key_Space)
    assert box.isVisible()


def test_nothing_half_typed_goes_over_to_another_layer(workspace: BuildWorkspace, qtbot: QtBot) -> None:
    box = _box(workspace, "layer_section", "filters")
    box.selectAll()
    qtbot.keyClicks(box, "0")
    workspace.stack.select(3)
    assert _box(workspace, "layer_section", "filters").number() == 64
    workspace.stack.select(0)
    assert _box(workspace, "layer_section", "filters").number() == 32


@pytest.mark.parametrize("projector", [False, True])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_every_theme_is_painted_and_nothing_is_cut_off(
    workspace: BuildWorkspace, context: WindowContext, scheme: Scheme, projector: bool
) -> None:
    _show(workspace, BROKEN)
    context.appearance.set_scheme(scheme)
    context.appearance.set_projector(projector)
    QApplication.processEvents()
    picture = workspace.grab().toImage()
    card = workspace.stack.cards[0]
    at = card.mapTo(workspace, QPoint(card.width() // 2, card.height() // 2))
    assert picture.pixelColor(at).name() == context.theme.surface
    wrong = workspace.stack.cards[3]
    edge = wrong.mapTo(workspace, QPoint(wrong.width() // 2, 0))
    assert picture.pixelColor(edge).name() != context.theme.surface
    page = workspace.properties.widget()
    assert page.width() <= workspace.properties.viewport().width()
    assert page.minimumSizeHint().width() <= workspace.properties.viewport().width()
