"""What can be done to the selected layers: each is one edit of the document, with a text for Undo."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from nnviz.core import edit_network
from nnviz.core.errors import NnvizError
from nnviz.core.layer_text import layers_from_text, layers_to_text
from nnviz.core.layers.base import LayerSpec
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Fix
from nnviz.gui.build.cards import LayerStack
from nnviz.gui.document import Document
from nnviz.gui.spec_text import spec_text


class LayerEdits(QObject):
    """Insert, move, duplicate, switch, delete, copy, cut and paste; the selection follows what was edited.

    Signals:
        said(str): One sentence on what happened, or why nothing did.
        edited(): The network is another one; the next edit is no continuation of the last.
    """

    said = Signal(str)
    edited = Signal()

    def __init__(self, document: Document, stack: LayerStack) -> None:
        super().__init__(stack)
        self._document = document
        self._stack = stack

    @Slot(object, int)
    def insert(self, layers: Sequence[LayerSpec], gap: int) -> None:
        """Put layers at a gap."""
        text = self.tr("Insert {}").format(self._named(layers))
        self._insert(layers, gap, text)

    @Slot(object)
    def insert_after_selection(self, layer: LayerSpec) -> None:
        """Put a layer where the next one goes."""
        self.insert((layer,), self._stack.insertion_gap)

    @Slot(object, int)
    def move(self, positions: tuple[int, ...], gap: int) -> None:
        """Put layers at another gap."""
        text = self.tr("Move {}").format(self._named(self._layers(positions)))
        self._edit(edit_network.move(self._network, positions, gap), text, edit_network.moved_to(positions, gap))

    @Slot()
    def move_up(self) -> None:
        """Move the selected layers before the one above them."""
        chosen = self._stack.selection
        if chosen and chosen[0] > 0:
            self.move(chosen, chosen[0] - 1)

    @Slot()
    def move_down(self) -> None:
        """Move the selected layers behind the one below them."""
        chosen = self._stack.selection
        if chosen and chosen[-1] + 1 < len(self._network.layers):
            self.move(chosen, chosen[-1] + 2)

    @Slot()
    def duplicate(self) -> None:
        """Put copies of the selected layers behind them."""
        chosen = self._stack.selection
        if chosen:
            text = self.tr("Duplicate {}").format(self._named(self._layers(chosen)))
            start = chosen[-1] + 1
            copies = tuple(range(start, start + len(chosen)))
            self._edit(edit_network.duplicate(self._network, chosen), text, copies)

    @Slot()
    def delete(self) -> None:
        """Take the selected layers out; the neighbour is selected."""
        chosen = self._stack.selection
        if chosen:
            self._remove(chosen, self.tr("Delete {}").format(self._named(self._layers(chosen))))

    @Slot()
    def toggle_enabled(self) -> None:
        """Switch the selected layers off; or on again, if all of them are off."""
        chosen = self._stack.selection
        if not chosen:
            return
        layers = self._layers(chosen)
        on = not any(layer.enabled for layer in layers)
        text = (self.tr("Switch {} on") if on else self.tr("Switch {} off")).format(self._named(layers))
        self._edit(edit_network.set_enabled(self._network, chosen, on), text, chosen)

    @Slot(object, int)
    def mend(self, fix: Fix, index: int) -> None:
        """Make the edit that mends the problem of a layer; the layer that it touched is selected."""
        network = self._network.apply(fix, index)
        at = min(index + (fix.action == "insert_after"), len(network.layers) - 1)
        self._edit(network, spec_text(fix.title), (at,) if at >= 0 else ())

    @Slot()
    def copy(self) -> None:
        """Copy the selected layers as JSON text."""
        layers = self._layers(self._stack.selection)
        if layers:
            QGuiApplication.clipboard().setText(layers_to_text(layers))
            self.said.emit(self.tr("Copied {} as text.").format(self._named(layers)))

    @Slot()
    def cut(self) -> None:
        """Copy the selected layers as JSON text, and take them out."""
        chosen = self._stack.selection
        if chosen:
            self.copy()
            self._remove(chosen, self.tr("Cut {}").format(self._named(self._layers(chosen))))

    @Slot()
    def paste(self) -> None:
        """Put the layers that the clipboard's text describes behind the selection."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.said.emit(self.tr("There is nothing to paste: copy a layer first."))
            return
        try:
            layers = layers_from_text(text)
        except NnvizError as error:
            self.said.emit(spec_text(str(error)))
            return
        self._insert(layers, self._stack.insertion_gap, self.tr("Paste {}").format(self._named(layers)))

    @Slot()
    def select_all(self) -> None:
        """Select every layer."""
        self._stack.select_all(tuple(range(len(self._stack.cards))), self._stack.selected)

    @Slot()
    def new_network(self) -> None:
        """Begin with no layers, on the same data."""
        project = self._document.project
        empty = NetworkSpec(input_shape=project.dataset.input_shape)
        if project.network == empty:
            self.said.emit(self.tr("The network is empty already. Drag a layer into the column, or type its name."))
            return
        title = self.tr("New network")
        self.edited.emit()
        self._stack.expect_selection(())
        self._document.replace(dataclasses.replace(project, title=title, network=empty), title)

    @property
    def _network(self) -> NetworkSpec:
        return self._document.project.network

    def _layers(self, positions: Sequence[int]) -> list[LayerSpec]:
        return [self._network.layers[index] for index in positions]

    def _insert(self, layers: Sequence[LayerSpec], gap: int, text: str) -> None:
        self._edit(edit_network.insert(self._network, gap, layers), text, tuple(range(gap, gap + len(layers))))

    def _remove(self, positions: tuple[int, ...], text: str) -> None:
        network = edit_network.remove(self._network, positions)
        neighbour = min(positions[-1] + 1 - len(positions), len(network.layers) - 1)
        self._edit(network, text, (neighbour,) if neighbour >= 0 else ())

    def _edit(self, network: NetworkSpec, text: str, selection: tuple[int, ...]) -> None:
        if network == self._network:
            # Two equal layers that changed places, for example: nothing to undo, but the selection goes along.
            self._stack.select_all(selection, selection[-1] if selection else -1)
            return
        self.edited.emit()
        self._stack.expect_selection(selection)
        self._document.replace(dataclasses.replace(self._document.project, network=network), text)
        self.said.emit(self.tr("{0}. Ctrl+Z takes it back.").format(text))

    def _named(self, layers: Sequence[LayerSpec]) -> str:
        if len(layers) == 1:
            return spec_text(layers[0].title)
        return self.tr("{} layers").format(len(layers))
