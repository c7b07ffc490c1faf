"""Random edits of a real document: nothing crashes, and undo leads all the way back."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from nnviz.core.layers.base import LAYERS
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import ShapeError
from nnviz.gui.build.cards import LayerStack
from nnviz.gui.build.layer_edits import LayerEdits
from nnviz.gui.document import Document, Project
from nnviz.gui.style.appearance import Appearance
from tests.gui.build.conftest import preset_project

SEQUENCES, STEPS = 10, 220
MOST_LAYERS = 14


class Editor:
    """Somebody who does one thing after another, at random but the same each time."""

    def __init__(self, document: Document, stack: LayerStack, seed: int) -> None:
        self.random = random.Random(seed)
        self.document = document
        self.stack = stack
        self.edits = LayerEdits(document, stack)
        self.done: dict[str, int] = {}

    def step(self) -> None:
        acts = [self.insert, self.insert, self.select, self.move, self.drop, self.duplicate, self.switch]
        acts += [self.remove, self.cut_and_paste, self.fix, self.undo, self.redo, self.change, self.empty]
        weights = [3] * (len(acts) - 1) + [0.15]
        (act,) = self.random.choices(acts, weights)
        act()
        self.done[act.__name__] = self.done.get(act.__name__, 0) + 1

    def insert(self) -> None:
        layers = tuple(LAYERS[name]() for name in self.random.choices(LAYERS.names(), k=self.random.randint(1, 2)))
        if len(self.stack.cards) < MOST_LAYERS:
            self.edits.insert(layers, self.random.randint(0, len(self.stack.cards)))

    def select(self) -> None:
        count = len(self.stack.cards)
        if count:
            chosen = tuple(self.random.sample(range(count), self.random.randint(1, min(3, count))))
            self.stack.select_all(chosen, chosen[0])

    def move(self) -> None:
        self.random.choice([self.edits.move_up, self.edits.move_down])()

    def drop(self) -> None:
        if self.stack.selection:
            self.edits.move(self.stack.selection, self.random.randint(0, len(self.stack.cards)))

    def duplicate(self) -> None:
        if len(self.stack.cards) < MOST_LAYERS:
            self.edits.duplicate()

    def switch(self) -> None:
        self.edits.toggle_enabled()

    def remove(self) -> None:
        self.edits.delete()

    def cut_and_paste(self) -> None:
        self.random.choice([self.edits.cut, self.edits.copy])()
        if len(self.stack.cards) < MOST_LAYERS:
            self.edits.paste()

    def fix(self) -> None:
        problems = self.document.project.problems()
        if problems and isinstance(problems[0], ShapeError) and problems[0].fixes:
            fix = self.random.choice(problems[0].fixes)
            network = self.document.project.network.apply(fix, problems[0].index)
            self.document.replace(replace(self.document.project, network=network), fix.title)

    def undo(self) -> None:
        self.document.undo_stack.undo()

    def redo(self) -> None:
        self.document.undo_stack.redo()

    def change(self) -> None:
        if self.stack.selected >= 0:
            project = self.document.project
            layers = list(project.network.layers)
            layer = layers[self.stack.selected]
            numbers = [info for info in layer.params() if info.type is int and info.editable]
            if numbers:
                info = self.random.choice(numbers)
                layers[self.stack.selected] = layer.replace(
                    **{info.name: int(info.ge or 1) + self.random.randint(0, 4)}
                )
                network = project.network.replace(layers=tuple(layers))
                self.document.replace(replace(project, network=network), "Change", f"change {info.name}")

    def empty(self) -> None:
        self.edits.new_network()


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_undo_leads_back_and_redo_forth(qapp: QApplication, appearance: Appearance, seed: int) -> None:
    start = preset_project("mlp" if seed % 2 else "chapter_cnn")
    document = Document(start)
    stack = LayerStack(appearance)
    shown: list[NetworkSpec] = []

    def show(project: Project) -> None:
        stack.show_project(project)
        shown.append(project.network)

    document.project_changed.connect(show)
    stack.show_project(start)
    editor = Editor(document, stack, seed)
    for _ in range(STEPS):
        editor.step()
        network = document.project.network
        assert [card.trace.layer for card in stack.cards] == list(network.layers)
        assert len(stack.edges) == len(stack.cards) + 1
        assert all(0 <= index < len(stack.cards) for index in stack.selection)
        assert stack.selected in stack.selection or (stack.selected == -1 and not stack.selection)
        assert network == NetworkSpec.from_json(network.to_json())
    end = document.project
    undo = document.undo_stack
    while undo.canUndo():
        assert undo.undoText()
        undo.undo()
    assert document.project == start
    while undo.canRedo():
        undo.redo()
    # What was undone at the end of the sequence is made again as well; back to where it stood.
    assert end in _states(document)
    assert sum(editor.done.values()) == STEPS
    assert len(shown) > STEPS // 3
    stack.deleteLater()


def _states(document: Document) -> list[Project]:
    states = [document.project]
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
        states.append(document.project)
    return states


def test_there_are_as_many_operations_as_promised() -> None:
    assert SEQUENCES * STEPS >= 2_000
