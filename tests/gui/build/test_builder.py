"""Building with hands: drags, drops, keys and the menu, each one step of undo."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.core.layers.base import LAYERS
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.gui.build.layer_drag import LAYER_MIME, layers_from_mime, layers_to_mime
from nnviz.gui.build.layer_icon import layer_icon_name
from nnviz.gui.build.workspace import BuildWorkspace
from nnviz.gui.style.icons import icon_names

LEFT, CTRL, ALT, SHIFT = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
GRIP = QPoint(100, 12)


def names(page: BuildWorkspace) -> list[str]:
    return [layer.name for layer in page.context.document.project.network.layers]


def undo_text(page: BuildWorkspace) -> str:
    return page.context.document.undo_stack.undoText()


CHAPTER = [
    "conv2d",
    "relu",
    "max_pool2d",
    "conv2d",
    "relu",
    "max_pool2d",
    "flatten",
    "dense",
    "relu",
    "dropout",
    "dense",
]


@pytest.fixture
def page(workspace: BuildWorkspace) -> BuildWorkspace:
    workspace.shelf.tabs.setCurrentIndex(0)
    workspace.stack.setFocus()
    assert names(workspace) == CHAPTER
    return workspace


def drop(page: BuildWorkspace, mime: QMimeData, gap: int, action: Qt.DropAction = COPY) -> QDropEvent:
    """Enter, move over and drop on an edge, as Qt does in its own loop."""
    viewport = page.stack.viewport()
    page.stack.ensureWidgetVisible(page.stack.edges[gap])
    at = page.stack.edges[gap].mapTo(viewport, page.stack.edges[gap].rect().center())
    none = Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(at, COPY | MOVE, mime, LEFT, none),
        QDragMoveEvent(at, COPY | MOVE, mime, LEFT, none),
    ):
        event.setDropAction(action)
        QApplication.sendEvent(viewport, event)
    event = QDropEvent(QPointF(at), COPY | MOVE, mime, LEFT, none)
    event.setDropAction(action)
    QApplication.sendEvent(viewport, event)
    return event


def drag(widget: QWidget, start: QPoint = GRIP) -> None:
    """Press, and move far enough that a drag begins."""
    for kind, offset, buttons in (
        (QEvent.Type.MouseButtonPress, 0, LEFT),
        (QEvent.Type.MouseMove, 2, LEFT),
        (QEvent.Type.MouseMove, 40, LEFT),
    ):
        at = QPointF(start + QPoint(0, offset))
        button = LEFT if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
        event = QMouseEvent(kind, at, widget.mapToGlobal(at), button, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, event)


def test_a_row_of_the_palette_is_dragged_with_its_picture(
    page: BuildWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = []

    def exec_drag(self: QDrag, actions: Qt.DropAction, default: Qt.DropAction) -> Qt.DropAction:
        carried.append((layers_from_mime(self.mimeData()), self.pixmap().width(), actions))
        return COPY

    monkeypatch.setattr(QDrag, "exec", exec_drag)
    drag(page.layers.rows["dense"])
    ((layers, width, actions),) = carried
    assert layers == (Dense(),)
    assert width > 50
    assert actions == COPY


def test_a_drop_inserts_where_the_mark_is(page: BuildWorkspace) -> None:
    mime = layers_to_mime((Dense(units=5),))
    event = drop(page, mime, 3)
    assert event.isAccepted()
    assert names(page) == [*CHAPTER[:3], "dense", *CHAPTER[3:]]
    assert undo_text(page) == "Insert Dense"
    assert page.stack.selection == (3,)
    assert not any(edge.is_target for edge in page.stack.edges)
    drop(page, mime, 0)
    drop(page, mime, 13)
    assert names(page)[0] == names(page)[-1] == "dense"
    for _ in range(3):
        page.context.document.undo_stack.undo()
    assert names(page) == CHAPTER


def test_the_mark_follows_the_mouse_and_goes_with_it(page: BuildWorkspace) -> None:
    viewport = page.stack.viewport()
    mime = layers_to_mime((ReLU(),))
    at = page.stack.edges[1].mapTo(viewport, QPoint(50, 5))
    QApplication.sendEvent(viewport, QDragEnterEvent(at, COPY, mime, LEFT, Qt.KeyboardModifier.NoModifier))
    assert [edge.is_target for edge in page.stack.edges].index(True) == 1
    at = page.stack.cards[2].mapTo(viewport, QPoint(50, page.stack.cards[2].height() - 2))
    QApplication.sendEvent(viewport, QDragMoveEvent(at, COPY, mime, LEFT, Qt.KeyboardModifier.NoModifier))
    assert [edge.is_target for edge in page.stack.edges].index(True) == 3
    QApplication.sendEvent(viewport, QDragLeaveEvent())
    assert not any(edge.is_target for edge in page.stack.edges)
    other = QMimeData()
    other.setText("Hello")
    event = QDragEnterEvent(at, COPY, other, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, event)
    assert not event.isAccepted()


def test_a_drag_near_the_border_scrolls(page: BuildWorkspace, qtbot: QtBot) -> None:
    viewport, bar = page.stack.viewport(), page.stack.verticalScrollBar()
    assert bar.value() == 0
    mime = layers_to_mime((ReLU(),))
    for y in (viewport.height() // 2, viewport.height() - 4):
        at = QPoint(90, y)
        QApplication.sendEvent(viewport, QDragEnterEvent(at, COPY, mime, LEFT, Qt.KeyboardModifier.NoModifier))
        QApplication.sendEvent(viewport, QDragMoveEvent(at, COPY, mime, LEFT, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: bar.value() > 20)
    QApplication.sendEvent(viewport, QDragLeaveEvent())
    assert page.stack.findChild(QWidget, "empty_note") is not None


@pytest.mark.parametrize(("action", "expected"), [(MOVE, "Move Convolution"), (COPY, "Insert Convolution")])
def test_a_card_is_dragged_to_another_place(
    page: BuildWorkspace, monkeypatch: pytest.MonkeyPatch, action: Qt.DropAction, expected: str
) -> None:
    def exec_drag(self: QDrag, actions: Qt.DropAction, default: Qt.DropAction) -> Qt.DropAction:
        assert default == MOVE
        drop(page, layers_to_mime(layers_from_mime(self.mimeData())), 5, action)
        return action

    monkeypatch.setattr(QDrag, "exec", exec_drag)
    drag(page.stack.cards[0])
    assert undo_text(page) == expected
    if action == MOVE:
        assert names(page) == [*CHAPTER[1:5], "conv2d", *CHAPTER[5:]]
        assert page.stack.selection == (4,)
    else:
        assert names(page) == [*CHAPTER[:5], "conv2d", *CHAPTER[5:]]


def test_a_drag_that_is_given_up_changes_nothing(page: BuildWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDrag, "exec", lambda *_: Qt.DropAction.IgnoreAction)
    drag(page.stack.cards[2])
    assert names(page) == CHAPTER
    assert page.context.document.undo_stack.count() == 0
    assert page.stack.selection == (2,)
    drop(page, layers_to_mime((ReLU(),)), 0, MOVE)
    # Nothing of the old drag is left: this one inserts.
    assert undo_text(page) == "Insert ReLU"


def test_what_cannot_be_read_is_told(page: BuildWorkspace, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setData(LAYER_MIME, b"\xff{")
    with qtbot.waitSignal(page.said) as said:
        drop(page, mime, 2)
    assert said.args[0].startswith("The text is no layer")
    assert names(page) == CHAPTER


def test_a_network_grows_from_nothing_by_typing(page: BuildWorkspace, qtbot: QtBot) -> None:
    button = page.findChild(QToolButton, "new_network_button")
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    assert names(page) == []
    assert undo_text(page) == "New network"
    assert page.context.document.project.dataset.name == "mnist"
    note = page.findChild(QWidget, "empty_note")
    assert note is not None
    assert note.isVisible()
    assert page.layers.search.hasFocus()
    for typed in ("flat", "dense", "relu", "dense"):
        page.layers.search.selectAll()
        qtbot.keyClicks(page.layers.search, typed)
        qtbot.keyClick(page.layers.search, Qt.Key.Key_Return)
    assert names(page) == ["flatten", "dense", "relu", "dense"]
    assert not note.isVisible()
    qtbot.keyClick(page.layers.search, Qt.Key.Key_Escape)
    assert page.stack.hasFocus()
    assert page.layers.search.text() == ""


def test_the_first_layer_is_dropped_anywhere_in_the_empty_column(page: BuildWorkspace) -> None:
    page.new_network()
    viewport = page.stack.viewport()
    at = QPointF(viewport.width() / 2, viewport.height() - 5)
    mime, none = layers_to_mime((Dense(),)), Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(viewport, QDragEnterEvent(at.toPoint(), COPY, mime, LEFT, none))
    QApplication.sendEvent(viewport, QDropEvent(at, COPY, mime, LEFT, none))
    assert names(page) == ["dense"]


def test_search_by_keys(page: BuildWorkspace, qtbot: QtBot) -> None:
    page.shelf.tabs.setCurrentIndex(1)
    page.stack.select(1)
    qtbot.keyClick(page.stack, Qt.Key.Key_S)
    assert page.shelf.side == "layers"
    search = page.layers.search
    assert (search.hasFocus(), search.text()) == (True, "s")
    search.setText("pool")
    found = [layer.name for layer in page.layers.found]
    assert "max_pool2d" in found
    qtbot.keyClick(search, Qt.Key.Key_Down)
    current = page.layers.current
    assert current is not None
    assert current.name == found[1]
    assert page.layers.rows[found[1]].is_current
    assert current.title in search.accessibleDescription()
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert names(page) == [*CHAPTER[:2], found[1], *CHAPTER[2:]]
    search.setText("no such thing")
    assert page.layers.current is None
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert len(names(page)) == 12
    page.stack.setFocus()
    qtbot.keyClick(page.stack, Qt.Key.Key_L, CTRL)
    assert search.hasFocus()


def test_a_double_click_inserts_behind_the_selection(page: BuildWorkspace, qtbot: QtBot) -> None:
    page.stack.select(6)
    qtbot.mouseDClick(page.layers.rows["tanh"], LEFT)
    assert names(page)[7] == "tanh"
    assert page.stack.selection == (7,)


def test_a_new_card_is_scrolled_to_and_enter_inserts_it_again(page: BuildWorkspace, qtbot: QtBot) -> None:
    stack = page.stack
    stack.select(len(stack.cards) - 1)
    for count in range(1, 4):
        qtbot.mouseDClick(page.layers.rows["tanh"], LEFT)
        assert len(stack.cards) == len(CHAPTER) + count
        card = stack.cards[-1]
        qtbot.waitUntil(lambda card=card: card.visibleRegion().boundingRect().height() == card.height() > 0)
    qtbot.mouseClick(page.layers.rows["elu"], LEFT)
    assert page.layers.search.hasFocus()
    qtbot.keyClick(page.layers.search, Qt.Key.Key_Return)
    assert names(page)[-1] == "elu"


def test_the_next_layer_goes_behind_the_one_that_a_fix_inserted(page: BuildWorkspace, qtbot: QtBot) -> None:
    stack = page.stack
    stack.setFocus()
    stack.select(names(page).index("flatten"))
    qtbot.keyClick(stack, Qt.Key.Key_Delete)
    index = next(index for index, card in enumerate(stack.cards) if card.trace.error)
    button = stack.cards[index].findChild(QPushButton, "fix_0")
    assert button is not None
    assert "Flatten" in button.text()
    button.setFocus()
    qtbot.mouseClick(button, LEFT)
    assert names(page) == CHAPTER
    assert stack.selection == (index,)
    assert stack.hasFocus(), "the button that had the keyboard is gone"
    qtbot.mouseDClick(page.layers.rows["elu"], LEFT)
    assert names(page)[index : index + 2] == ["flatten", "elu"]


def test_a_click_on_an_edge_says_where_the_next_layer_goes(page: BuildWorkspace, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.stack.edges[2], LEFT)
    assert page.stack.edges[2].is_target
    assert page.layers.search.hasFocus()
    qtbot.keyClicks(page.layers.search, "dropout")
    qtbot.keyClick(page.layers.search, Qt.Key.Key_Return)
    assert names(page)[2] == "dropout"
    assert not any(edge.is_target for edge in page.stack.edges)


def test_the_column_by_keyboard(page: BuildWorkspace, qtbot: QtBot) -> None:
    stack = page.stack
    stack.select(1)
    qtbot.keyClick(stack, Qt.Key.Key_Down, ALT)
    assert (names(page)[1:3], stack.selection, undo_text(page)) == (["max_pool2d", "relu"], (2,), "Move ReLU")
    qtbot.keyClick(stack, Qt.Key.Key_Up, ALT)
    assert (names(page), stack.selection) == (CHAPTER, (1,))
    qtbot.keyClick(stack, Qt.Key.Key_D, CTRL)
    assert (names(page)[1:3], stack.selection, undo_text(page)) == (["relu", "relu"], (2,), "Duplicate ReLU")
    qtbot.keyClick(stack, Qt.Key.Key_Delete)
    assert (names(page), stack.selection, undo_text(page)) == (CHAPTER, (2,), "Delete ReLU")
    qtbot.keyClick(stack, Qt.Key.Key_Space, CTRL)
    assert not page.context.document.project.network.layers[2].enabled
    assert undo_text(page) == "Switch Max pooling off"
    assert "switched off" in stack.cards[2].accessibleDescription()
    assert stack.cards[2].figures() == ("", "")
    assert "nabled" not in stack.cards[2].settings()
    assert stack.edges[3].text() == "32 × 28 × 28"
    qtbot.keyClick(stack, Qt.Key.Key_Space, CTRL)
    assert page.context.document.project.network.layers[2].enabled
    qtbot.keyClick(stack, Qt.Key.Key_End)
    qtbot.keyClick(stack, Qt.Key.Key_Backspace)
    assert (names(page), stack.selection) == (CHAPTER[:-1], (9,))
    stack.select(0)
    qtbot.keyClick(stack, Qt.Key.Key_Return)
    QApplication.processEvents()
    form = page.properties.form(page.properties.layer)
    focus = QApplication.focusWidget()
    assert form is not None
    assert focus is not None
    assert form.isAncestorOf(focus)


def test_several_at_once(page: BuildWorkspace, qtbot: QtBot) -> None:
    stack = page.stack
    qtbot.mouseClick(stack.cards[0], LEFT, pos=GRIP)
    qtbot.mouseClick(stack.cards[2], LEFT, SHIFT, pos=GRIP)
    assert stack.selection == (0, 1, 2)
    qtbot.mouseClick(stack.cards[1], LEFT, CTRL, pos=GRIP)
    assert stack.selection == (0, 2)
    qtbot.mouseClick(stack.cards[0], LEFT, pos=GRIP)
    assert stack.selection == (0,)
    qtbot.keyClick(stack, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(stack, Qt.Key.Key_Down, SHIFT)
    assert stack.selection == (0, 1, 2)
    qtbot.keyClick(stack, Qt.Key.Key_Down, ALT)
    assert (names(page)[:4], stack.selection) == (["conv2d", "conv2d", "relu", "max_pool2d"], (1, 2, 3))
    qtbot.keyClick(stack, Qt.Key.Key_Delete)
    assert (len(names(page)), undo_text(page), stack.selection) == (8, "Delete 3 layers", (1,))
    qtbot.keyClick(stack, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(stack, Qt.Key.Key_Delete)
    assert (names(page), stack.selection, stack.selected) == ([], (), -1)
    page.context.document.undo_stack.undo()
    assert len(names(page)) == 8


def test_layers_travel_as_text(page: BuildWorkspace, qtbot: QtBot) -> None:
    stack, clipboard = page.stack, QGuiApplication.clipboard()
    stack.select_all((0, 1), 0)
    qtbot.keyClick(stack, Qt.Key.Key_C, CTRL)
    assert [item["type"] for item in json.loads(clipboard.text())] == ["conv2d", "relu"]
    qtbot.keyClick(stack, Qt.Key.Key_V, CTRL)
    assert names(page)[:4] == ["conv2d", "relu", "conv2d", "relu"]
    assert (stack.selection, undo_text(page)) == ((2, 3), "Paste 2 layers")
    qtbot.keyClick(stack, Qt.Key.Key_X, CTRL)
    assert (names(page), undo_text(page)) == (CHAPTER, "Cut 2 layers")
    clipboard.setText(json.dumps(NetworkSpec(layers=(Dense(), ReLU(), Dense())).to_json()))
    qtbot.keyClick(stack, Qt.Key.Key_V, CTRL)
    assert undo_text(page) == "Paste 3 layers"
    for text, start in (("Dear diary", "The text is no layer"), ("", "There is nothing to paste")):
        clipboard.setText(text)
        count = page.context.document.undo_stack.count()
        with qtbot.waitSignal(page.said) as said:
            qtbot.keyClick(stack, Qt.Key.Key_V, CTRL)
        assert said.args[0].startswith(start)
        assert page.context.document.undo_stack.count() == count


def test_the_menu_offers_all_of_it(page: BuildWorkspace, qtbot: QtBot) -> None:
    card = page.stack.cards[0]
    qtbot.mousePress(card, Qt.MouseButton.RightButton, pos=GRIP)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, GRIP, card.mapToGlobal(GRIP))
    QApplication.sendEvent(card, event)
    menu = page.menu
    assert menu.isVisible()
    enabled = {action.objectName(): action.isEnabled() for action in menu.actions() if not action.isSeparator()}
    assert not enabled.pop("layer_move_up")
    assert set(enabled.values()) == {True}
    assert all(not action.shortcut().isEmpty() for action in menu.actions() if not action.isSeparator())
    menu.close()
    action = page.stack.findChild(QAction, "layer_duplicate")
    assert action is not None
    action.trigger()
    assert names(page)[:2] == ["conv2d", "conv2d"]


def test_a_side_of_the_shelf_is_remembered(page: BuildWorkspace) -> None:
    again = BuildWorkspace(page.context)
    assert again.shelf.side == "layers"
    again.shelf.tabs.setCurrentIndex(1)
    assert BuildWorkspace(page.context).shelf.side == "presets"


def test_every_layer_has_an_icon_and_a_new_one_its_category_s() -> None:
    assert {layer_icon_name(layer) for layer in LAYERS} <= set(icon_names())

    class Unheard(ReLU):
        name = "unheard"

    assert layer_icon_name(Unheard) == "category_activation"

    class Strange(ReLU):
        name = "strange"
        category = "Strange"

    assert layer_icon_name(Strange) == "category_other"
