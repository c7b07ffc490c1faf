"""The column of layers: a card per layer, the shape on every edge, and what is wrong at the end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.errors import NnvizError
from nnviz.core.layers.base import LayerSpec
from nnviz.core.shape import Fix, ShapeError
from nnviz.gui.build.edge import Edge
from nnviz.gui.build.layer_card import LayerCard
from nnviz.gui.build.problem_box import ProblemBox
from nnviz.gui.build.shape_picture import largest_side
from nnviz.gui.document import Project
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style.appearance import Appearance

COLUMN_WIDTH = 760
"""The widest that cards get: farther apart, title and figures would no longer be one line to the eye."""


class LayerStack(QScrollArea):
    """The layers from input to output. Arrow keys and mouse select one.

    Only what differs is drawn anew: an edit of one of many layers changes its card and the edges behind it.

    Attributes:
        cards: One card per layer.
        edges: The shapes between them: `edges[i]` enters `cards[i]`, the last one leaves the network.

    Signals:
        selection_changed(int): Another layer is selected; -1 for none.
        fix_requested(Fix, int): Somebody wants this edit at that layer.
    """

    selection_changed = Signal(int)
    fix_requested = Signal(object, int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._selected = -1
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
        self._end = ProblemBox(appearance)
        self._end.setObjectName("end_problem")
        self._end.fix_requested.connect(self._on_end_fix_requested)
        self._layout.addWidget(self.edges[0])
        self._layout.addWidget(self._end)
        self._layout.addStretch()
        self.setWidget(page)
        appearance.theme_changed.connect(self._on_theme_changed)

    @property
    def selected(self) -> int:
        """Position of the selected layer, -1 if there is none."""
        return self._selected

    def show_project(self, project: Project) -> int:
        """Show a network and whether its end fits data and loss; gives the number of cards that had to change."""
        network, dataset = project.network, project.dataset
        traces = network.trace()
        self._match_cards([trace.layer for trace in traces])
        shapes = [network.input_shape, *(trace.leaves for trace in traces if trace.leaves)]
        side = largest_side(shapes)
        changed = sum(card.show_trace(trace, side) for card, trace in zip(self.cards, traces, strict=True))
        self.edges[0].show_shape(network.input_shape, self.tr("from {}").format(spec_text(dataset.title)))
        problems = project.problems()
        end_note = "" if problems else self._end_note(dataset)
        for trace, edge in zip(traces, self.edges[1:], strict=True):
            edge.show_shape(trace.leaves, end_note if trace.index == len(traces) - 1 else "")
        self._show_end(problems)
        self.select(min(max(self._selected, 0), len(self.cards) - 1))
        return changed

    def select(self, index: int) -> None:
        """Select a layer, and scroll to it; -1, or what is no layer, selects none."""
        index = index if 0 <= index < len(self.cards) else -1
        different = index != self._selected
        self._selected = index
        self._mark()
        if different:
            if index >= 0:
                self.ensureWidgetVisible(self.cards[index], 0, 24)
            self.selection_changed.emit(index)

    def _end_note(self, dataset: DatasetSpec) -> str:
        if dataset.task == "classification":
            return self.tr("one per class of {}").format(spec_text(dataset.title))
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
            card.set_selected(index == self._selected, self.hasFocus())

    @Slot()
    def _on_card_pressed(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.select(self.cards.index(self.sender()))  # type: ignore[arg-type]

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.cards) - 1
        target = {
            Qt.Key.Key_Up: max(0, self._selected - 1),
            Qt.Key.Key_Down: min(last, self._selected + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if target is None or last < 0:
            super().keyPressEvent(event)
        else:
            self.select(target)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._mark()
        return super().event(event)
