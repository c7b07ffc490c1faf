"""The column of layers: a card per layer, the shape on every edge, and what is wrong at the end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.edit_network import moved_to
from nnviz.core.errors import NnvizError
from nnviz.core.layers.base import LayerSpec
from nnviz.core.shape import Fix, ShapeError
from nnviz.gui.build.drop_scroll import DropScroll
from nnviz.gui.build.edge import Edge
from nnviz.gui.build.empty_note import EmptyNote
from nnviz.gui.build.layer_card import LayerCard
from nnviz.gui.build.layer_drag import LAYER_MIME, drag_layers, layers_from_mime
from nnviz.gui.build.problem_box import ProblemBox
from nnviz.gui.build.shape_picture import largest_side
from nnviz.gui.document import Project
from nnviz.gui.own_data.files import data_title
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style.appearance import Appearance

COLUMN_WIDTH = 760
"""The widest that cards get: farther apart, title and figures would no longer be one line to the eye."""


REVEAL_MS = 60
"""How long a card is followed that has been selected, while the column is laid out anew."""


class LayerStack(QScrollArea):
    """The layers from input to output. Arrow keys and mouse select one, with Shift or Ctrl several.

    Only what differs is drawn anew: an edit of one of many layers changes its card and the edges behind it. Nothing is
    edited here: drops and keys are told as requests.

    Attributes:
        cards: One card per layer.
        edges: The shapes between them: `edges[i]` enters `cards[i]`, the last one leaves the network.

    Signals:
        selection_changed(int): Another layer is the one whose settings are shown; -1 for none.
        fix_requested(Fix, int): Somebody wants this edit at that layer.
        insert_requested(tuple[LayerSpec], int): These layers were dropped at that gap.
        move_requested(tuple[int], int): Those layers were dropped at that gap.
        place_chosen(int): Somebody wants to look for a layer to insert at that gap.
        typed(str): A letter was typed: the beginning of a search.
        entered(): Enter was pressed: on to the selected layer's settings.
        failed(str): What was dropped cannot be used; the sentence says why.
    """

    selection_changed = Signal(int)
    fix_requested = Signal(object, int)
    insert_requested = Signal(object, int)
    move_requested = Signal(object, int)
    place_chosen = Signal(int)
    typed = Signal(str)
    entered = Signal()
    failed = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._selected = -1
        self._anchor = -1
        self._chosen: set[int] = set()
        self._expected: tuple[int, ...] | None = None
        self._place = -1
        self._drop_gap = -1
        self._dragged: tuple[int, ...] = ()
        self._end_index = -1
        self.cards: list[LayerCard] = []
        self.setObjectName("layer_stack")
        self.setAccessibleName(self.tr("Layers from input to output"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        page = QWidget()
        page.setProperty("kind", "page")
        column = QWidget()
        column.setMaximumWidth(COLUMN_WIDTH)
        outer = QHBoxLayout(page)
        outer.setContentsMargins(12, 4, 12, 12)
        outer.addWidget(column)
        self._layout = QVBoxLayout(column)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.edges = [Edge(appearance)]
        self.edges[0].pressed.connect(self._on_edge_pressed)
        self._empty = EmptyNote(appearance)
        self._empty.pressed.connect(self._on_empty_pressed)
        self._end = ProblemBox(appearance)
        self._end.setObjectName("end_problem")
        self._end.fix_requested.connect(self._on_end_fix_requested)
        self._layout.addWidget(self.edges[0])
        self._layout.addWidget(self._empty)
        self._layout.addWidget(self._end)
        self._layout.addStretch()
        self.setWidget(page)
        self._page = page
        # A card that is new has no place yet: it gets one when the layouts have come round.
        self._revealer = QTimer(self, singleShot=True, interval=REVEAL_MS)
        self._revealer.timeout.connect(self._show_selected)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self.setAcceptDrops(True)
        self._scroll = DropScroll(self)
        appearance.theme_changed.connect(self._on_theme_changed)

    @property
    def selected(self) -> int:
        """Position of the layer whose settings are shown, -1 if there is none."""
        return self._selected

    @property
    def selection(self) -> tuple[int, ...]:
        """Positions of all selected layers, from top to bottom."""
        return tuple(sorted(self._chosen))

    @property
    def insertion_gap(self) -> int:
        """Where the next layer goes: the place that was chosen, else behind the selection, else the end."""
        if 0 <= self._place <= len(self.cards):
            return self._place
        return max(self._chosen) + 1 if self._chosen else len(self.cards)

    def show_project(self, project: Project) -> int:
        """Show a network and whether its end fits data and loss; gives the number of cards that had to change."""
        network, dataset = project.network, project.dataset
        traces = network.trace()
        self._match_cards([trace.layer for trace in traces])
        shapes = [network.input_shape, *(trace.leaves for trace in traces if trace.leaves)]
        side = largest_side(shapes)
        changed = sum(card.show_trace(trace, side) for card, trace in zip(self.cards, traces, strict=True))
        self.edges[0].show_shape(network.input_shape, self.tr("from {}").format(data_title(dataset)))
        problems = project.problems()
        end_note = "" if problems else self._end_note(dataset)
        for trace, edge in zip(traces, self.edges[1:], strict=True):
            edge.show_shape(trace.leaves, end_note if trace.index == len(traces) - 1 else "")
        self._empty.setVisible(not self.cards)
        self._show_end(problems if self.cards else [])
        self._follow_edit()
        return changed

    def expect_selection(self, positions: tuple[int, ...]) -> None:
        """Select these when the next state of the network is shown: layers that are moved or inserted by then."""
        self._expected = positions

    def select(self, index: int) -> None:
        """Select one layer alone, and scroll to it; -1, or what is no layer, selects none."""
        self.select_all((index,), index)

    def select_all(self, positions: tuple[int, ...], current: int) -> None:
        """Select several layers.

        Args:
            positions: Which ones; what is no layer is left out.
            current: The one whose settings are shown.
        """
        self._chosen = {index for index in positions if 0 <= index < len(self.cards)}
        current = current if current in self._chosen else max(self._chosen, default=-1)
        different = current != self._selected
        if not 0 <= self._anchor < len(self.cards) or len(self._chosen) <= 1:
            self._anchor = current
        self._selected = current
        self._mark()
        if different:
            self.mark_place(-1)
            self._reveal()
            self.selection_changed.emit(current)

    def _reveal(self) -> None:
        self._show_selected()
        self._revealer.start()

    @Slot()
    def _on_range_changed(self) -> None:
        if self._revealer.isActive():
            self._show_selected()

    @Slot()
    def _show_selected(self) -> None:
        if 0 <= self._selected < len(self.cards):
            self.ensureWidgetVisible(self.cards[self._selected], 0, 3 * self._appearance.theme.font_px)

    def mark_place(self, gap: int) -> None:
        """Show that the next layer goes to that gap, not behind the selection; -1 ends it."""
        self._place = gap
        self._mark_targets()

    def _follow_edit(self) -> None:
        expected, self._expected = self._expected, None
        last = len(self.cards) - 1
        self._place = -1
        self._mark_targets()
        if expected is not None:
            current = self._selected if self._selected in expected else max(expected, default=-1)
            different = current != self._selected
            self.select_all(expected, current)
            if not different:
                # The position is the old one, but another layer may have come to it, or it was moved out of sight.
                self._reveal()
            return
        kept = tuple(index for index in self._chosen if index <= last)
        current = min(max(self._selected, 0), last)
        self.select_all((*kept, current), current)

    def _end_note(self, dataset: DatasetSpec) -> str:
        if dataset.task == "classification":
            return self.tr("one per class of {}").format(data_title(dataset))
        return self.tr("to be compared with the target")

    def _match_cards(self, layers: list[LayerSpec]) -> None:
        # Cards at the top and the bottom whose layers are the same stay; cards are made or taken away between them.
        old = [card.trace.layer for card in self.cards]
        top = 0
        while top < min(len(old), len(layers)) and old[top] == layers[top]:
            top += 1
        bottom = 0
        while bottom < min(len(old), len(layers)) - top and old[-1 - bottom] == layers[-1 - bottom]:
            bottom += 1
        at = max(top, len(old) - bottom)
        for _ in range(len(layers) - len(old)):
            self._insert_card(at)
            at += 1
        for _ in range(len(old) - len(layers)):
            at -= 1
            self._take_card(at)

    def _insert_card(self, index: int) -> None:
        card, edge = LayerCard(self._appearance), Edge(self._appearance)
        card.pressed.connect(self._on_card_pressed)
        card.clicked.connect(self._on_card_clicked)
        card.drag_started.connect(self._on_card_drag_started)
        edge.pressed.connect(self._on_edge_pressed)
        card.fix_requested.connect(self._on_card_fix_requested)
        self.cards.insert(index, card)
        self.edges.insert(index + 1, edge)
        self._layout.insertWidget(2 * index + 1, card)
        self._layout.insertWidget(2 * index + 2, edge)

    def _take_card(self, index: int) -> None:
        for widget in (self.cards.pop(index), self.edges.pop(index + 1)):
            # Later: its own button may be what was pressed.
            widget.hide()
            self._layout.removeWidget(widget)
            widget.deleteLater()

    def _show_end(self, problems: list[NnvizError]) -> None:
        problem = problems[0] if problems else None
        at_a_card = isinstance(problem, ShapeError) and any(card.trace.error for card in self.cards)
        if problem is None or at_a_card:
            self._end.show_problem("", ())
            return
        fixes = problem.fixes if isinstance(problem, ShapeError) else ()
        self._end_index = problem.index if isinstance(problem, ShapeError) else -1
        sentence = str(problem)
        if fixes:
            # The button says it.
            sentence = sentence.removesuffix(f" {fixes[0].title}.")
        self._end.show_problem(spec_text(sentence), fixes)

    def _mark(self) -> None:
        for index, card in enumerate(self.cards):
            card.set_selected(index in self._chosen, self.hasFocus() and index == self._selected)

    def _mark_targets(self) -> None:
        gap = self._drop_gap if self._drop_gap >= 0 else self._place
        for index, edge in enumerate(self.edges):
            edge.set_target(index == gap and bool(self.cards))
        self._empty.set_target(self._drop_gap >= 0 and not self.cards)

    def _extend_to(self, index: int) -> None:
        anchor = self._anchor if 0 <= self._anchor < len(self.cards) else index
        self.select_all(tuple(range(min(anchor, index), max(anchor, index) + 1)), index)

    def _gap_at(self, position: QPoint) -> int:
        """The gap nearest to a place of the viewport."""
        page = self._page
        y = page.mapFrom(self.viewport(), position).y()
        middles = [card.mapTo(page, QPoint(0, card.height() // 2)).y() for card in self.cards]
        return sum(y > middle for middle in middles)

    @Slot(object, object)
    def _on_card_pressed(self, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        index = self.cards.index(self.sender())  # type: ignore[arg-type]
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._extend_to(index)
        elif modifiers & Qt.KeyboardModifier.ControlModifier and button == Qt.MouseButton.LeftButton:
            chosen = self._chosen ^ {index}
            self._anchor = index
            self.select_all(tuple(chosen), index)
        elif index not in self._chosen:
            self.select(index)
        else:
            # One of several may be the handle to drag them all; a mere click selects it alone, on release.
            self.select_all(self.selection, index)

    @Slot(object)
    def _on_card_clicked(self, modifiers: Qt.KeyboardModifier) -> None:
        several = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        if not modifiers & several:
            self.select(self.cards.index(self.sender()))  # type: ignore[arg-type]

    @Slot(QPoint)
    def _on_card_drag_started(self, at: QPoint) -> None:
        card = self.sender()
        assert isinstance(card, LayerCard)
        index = self.cards.index(card)
        self._dragged = self.selection if index in self._chosen else (index,)
        layers = [self.cards[position].trace.layer for position in self._dragged]
        try:
            drag_layers(card, layers, at, Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)
        finally:
            self._dragged = ()
            self._end_drop()

    @Slot()
    def _on_edge_pressed(self) -> None:
        gap = self.edges.index(self.sender())  # type: ignore[arg-type]
        self.mark_place(gap)
        self.place_chosen.emit(gap)

    @Slot()
    def _on_empty_pressed(self) -> None:
        self.place_chosen.emit(0)

    @Slot(object)
    def _on_card_fix_requested(self, fix: Fix) -> None:
        self.fix_requested.emit(fix, self.cards.index(self.sender()))  # type: ignore[arg-type]

    @Slot(object)
    def _on_end_fix_requested(self, fix: Fix) -> None:
        self.fix_requested.emit(fix, self._end_index)

    @Slot()
    def _on_theme_changed(self) -> None:
        for card in self.cards:
            card.apply_theme()
        for edge in self.edges:
            edge.apply_theme()
        self._empty.apply_theme()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.cards) - 1
        target = {
            Qt.Key.Key_Up: max(0, self._selected - 1),
            Qt.Key.Key_Down: min(last, self._selected + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = modifiers == Qt.KeyboardModifier.ShiftModifier
        if target is not None and last >= 0 and (shift or not modifiers):
            if shift:
                self._extend_to(target)
            else:
                self.select(target)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._selected >= 0:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and (len(self._chosen) > 1 or self._place >= 0):
            self.mark_place(-1)
            self.select(self._selected)
        elif event.text().isalnum() and (shift or not modifiers):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(LAYER_MIME):
            self._show_drop(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(LAYER_MIME):
            self._show_drop(event)
            self._scroll.follow(event.position().toPoint())
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._end_drop()

    def dropEvent(self, event: QDropEvent) -> None:
        gap = self._gap_at(event.position().toPoint())
        moved = self._dragged if event.dropAction() == Qt.DropAction.MoveAction else ()
        self._end_drop()
        try:
            layers = layers_from_mime(event.mimeData())
        except NnvizError as error:
            event.ignore()
            self.failed.emit(str(error))
            return
        event.accept()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if moved:
            self.move_requested.emit(moved, gap)
        else:
            self.insert_requested.emit(layers, gap)

    def _show_drop(self, event: QDropEvent) -> None:
        gap = self._gap_at(event.position().toPoint())
        moves = bool(self._dragged) and event.dropAction() == Qt.DropAction.MoveAction
        # Where it stands already, nothing would change: no mark.
        self._drop_gap = -1 if moves and moved_to(self._dragged, gap) == self._dragged else gap
        self._mark_targets()
        if not self._dragged:
            event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _end_drop(self) -> None:
        self._scroll.stop()
        self._drop_gap = -1
        self._mark_targets()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._mark()
        return super().event(event)
