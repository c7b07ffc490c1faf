"""The Network workspace: layers and presets at the left, the layers in the middle, their settings at the right."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSplitter, QToolButton, QVBoxLayout, QWidget

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.edit_network import replace_layer
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.layers.base import LayerSpec
from nnviz.core.network import NetworkSpec
from nnviz.core.presets.base import Preset
from nnviz.core.spec import Spec
from nnviz.core.training.spec import TrainingSpec
from nnviz.gui.build.cards import COLUMN_WIDTH, LayerStack
from nnviz.gui.build.changed_note import ChangedNote
from nnviz.gui.build.layer_actions import LayerActions
from nnviz.gui.build.layer_edits import LayerEdits
from nnviz.gui.build.palette import LayerPalette
from nnviz.gui.build.presets import PresetGallery
from nnviz.gui.build.properties import PropertiesPanel
from nnviz.gui.build.shelf import Shelf
from nnviz.gui.document import Project
from nnviz.gui.session import SessionState
from nnviz.gui.spec_text import count_text, spec_text
from nnviz.gui.style.icons import icon
from nnviz.gui.window_context import WindowContext
from nnviz.gui.workspace import Workspace


class BuildWorkspace(Workspace):
    """Where a network is built, chosen, read and set.

    Every change is one edit of the document; the window's undo takes it back. A run in progress has its own copy and
    is not disturbed.

    Attributes:
        layers: The layers that can be inserted.
        gallery: The presets.
        shelf: The tabs with these two.
        stack: The layers.
        properties: The forms.
        edits: What can be done to the selected layers.
    """

    name: ClassVar[str] = "network"

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._edit_number = 0
        self._stale = False
        self.layers = LayerPalette(context.appearance)
        self.gallery = PresetGallery(context.appearance)
        self.shelf = Shelf(self.layers, self.gallery, context.appearance, context.settings)
        self.stack = LayerStack(context.appearance)
        self.properties = PropertiesPanel(context.appearance)
        self.edits = LayerEdits(context.document, self.stack)
        self.menu = LayerActions(self.edits, self.stack, context.appearance)
        self._arrange()
        self._connect_edits()
        self.gallery.preset_chosen.connect(self._on_preset_chosen)
        self.stack.selection_changed.connect(self._on_selection_changed)
        self.stack.fix_requested.connect(self.edits.mend)
        self.properties.layer_edited.connect(self._on_layer_edited)
        self.properties.dataset_edited.connect(self._on_dataset_edited)
        self.properties.training_edited.connect(self._on_training_edited)
        self.properties.preview_requested.connect(self._on_preview_requested)
        self.properties.editing_finished.connect(self._on_editing_finished)
        context.document.project_changed.connect(self._on_project_changed)
        context.session.run_started.connect(self._on_run_changed)
        context.session.state_changed.connect(self._on_run_changed)
        context.appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._refresh()

    @Slot()
    def new_network(self) -> None:
        """Begin with no layers, on the same data; the palette opens, ready to be typed into."""
        self.edits.new_network()
        self.layers.search.clear()
        self.search_layers()

    @Slot()
    def search_layers(self, text: str = "") -> None:
        """Open the palette and give the keyboard to its search field, with this text in it."""
        self.shelf.show_side("layers")
        self.shelf.show()
        self.layers.begin_search(text)

    def _connect_edits(self) -> None:
        stack, edits = self.stack, self.edits
        edits.said.connect(self.said)
        edits.edited.connect(self._on_editing_finished)
        self.layers.layer_chosen.connect(edits.insert_after_selection)
        self.layers.left.connect(self._on_search_left)
        stack.insert_requested.connect(edits.insert)
        stack.move_requested.connect(edits.move)
        stack.place_chosen.connect(self._on_place_chosen)
        stack.typed.connect(self.search_layers)
        stack.entered.connect(self._on_stack_entered)
        stack.failed.connect(self.said)
        self._search_action = QAction(self.tr("Search layers"), self)
        self._search_action.setObjectName("search_layers")
        self._search_action.setShortcuts([QKeySequence("Ctrl+L"), QKeySequence("/")])
        self._search_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._search_action.triggered.connect(self._on_search_triggered)
        self.addAction(self._search_action)
        if not self.context.document.project.network.layers:
            self.shelf.show_side("layers")

    def _arrange(self) -> None:
        self._title = QLabel()
        self._title.setObjectName("network_title")
        self._title.setProperty("kind", "title")
        self._totals = QLabel()
        self._totals.setObjectName("network_totals")
        self._totals.setProperty("kind", "muted")
        self._totals.setWordWrap(True)
        self._totals.setToolTip(
            self.tr(
                "<p>Parameters are the values that are learned. Operations are the multiplications, or comparisons, "
                "that one sample costs on its way through.</p>"
            )
        )
        heading = QWidget()
        heading.setMaximumWidth(COLUMN_WIDTH)
        words = QVBoxLayout(heading)
        words.setContentsMargins(2, 0, 2, 0)
        words.setSpacing(2)
        self._new = QToolButton()
        self._new.setObjectName("new_network_button")
        self._new.setText(self.tr("New network"))
        self._new.setAccessibleName(self._new.text())
        tip = self.tr("Begin with no layers. The data stays as it is, and Undo brings the network back.")
        self._new.setAccessibleDescription(tip)
        self._new.setToolTip(f"<p>{tip}</p>")
        self._new.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._new.clicked.connect(self.new_network)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._title, 1)
        top.addWidget(self._new)
        words.addLayout(top)
        words.addWidget(self._totals)
        self._head = QHBoxLayout()
        self._head.addWidget(heading)
        self.stack.verticalScrollBar().rangeChanged.connect(self._on_scroll_range_changed)
        self._on_scroll_range_changed()
        self._note = ChangedNote(self.context.appearance)
        self._note.go_on_requested.connect(self._on_go_on_requested)
        self._note.start_over_requested.connect(self._on_start_over_requested)
        self._note.take_back_requested.connect(self._on_take_back_requested)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._note)
        column.addLayout(self._head)
        column.addWidget(self.stack, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(4)
        self._middle = middle
        for widget in (self.shelf, middle, self.properties):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(self._splitter.count() - 1, 1 if widget is middle else 0)
        self._splitter.setSizes([256, 570, 374])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

    def shown(self) -> None:
        """Catch up with what was edited while the page was hidden; the arrow keys choose a layer."""
        self.stack.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._stale:
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        with self._keyboard_kept():
            self._show(self.context.document.project)

    def _show(self, project: Project) -> None:
        self._title.setText(spec_text(project.title))
        network = project.network
        self._totals.setText(self._totals_text(network))
        self.gallery.show_network(network)
        self.stack.show_project(project)
        self.properties.show_project(project, self.stack.selected)
        self._show_note()

    @contextmanager
    def _keyboard_kept(self) -> Iterator[None]:
        """Where the widget with the keyboard goes away, the column of layers gets it, not the next in the window."""
        before = QApplication.focusWidget()
        inside = before is not None and self.isAncestorOf(before)
        yield
        if inside and QApplication.focusWidget() is not before:
            self.stack.setFocus(Qt.FocusReason.OtherFocusReason)

    def _totals_text(self, network: NetworkSpec) -> str:
        if not network.layers:
            return self.tr("No layers yet.")
        layers = self.tr("1 layer") if len(network.layers) == 1 else self.tr("{} layers").format(len(network.layers))
        if network.problem() is not None:
            return self.tr("{} · parameters not known until every layer fits").format(layers)
        return self.tr("{0} · {1} parameters · {2} operations per sample").format(
            layers, count_text(network.parameter_count()), count_text(network.operations())
        )

    def _show_note(self) -> None:
        running = self.context.session.state in (SessionState.TRAINING, SessionState.PAUSED)
        project, run = self.context.document.project, self.context.session.run_project
        same = run is None or dataclasses.replace(run, title=project.title) == project
        if run is not None and not same and (running or run.title == project.title):
            self._note.show_question(can_be_trained=not project.problems(), has_ended=not running)
        else:
            self._note.hide()

    def _replace(self, text: str, merge_key: str = "", **changes: object) -> None:
        project = dataclasses.replace(self.context.document.project, **changes)  # type: ignore[arg-type]
        # Edits of one field in a row are one edit, until the keyboard leaves the field.
        key = f"{merge_key} {self._edit_number}" if merge_key else ""
        self.context.document.replace(project, text, key)

    def _edit_text(self, spec: Spec, path: str) -> str:
        field = path.rsplit(".", 1)[-1].replace("_", " ")
        return self.tr("Change {0} of {1}").format(spec_text(field), spec_text(spec.title))

    @Slot(object)
    def _on_project_changed(self, project: Project) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    @Slot(object)
    def _on_preset_chosen(self, preset: type[Preset]) -> None:
        self._on_editing_finished()
        self._replace(
            self.tr("Choose {0}").format(spec_text(preset.title)),
            title=preset.title,
            network=preset.network,
            dataset=preset.dataset,
            training=preset.training,
        )

    @Slot(int)
    def _on_selection_changed(self, index: int) -> None:
        self._on_editing_finished()
        if not self._stale:
            with self._keyboard_kept():
                self.properties.show_project(self.context.document.project, index)

    @Slot(object, str)
    def _on_layer_edited(self, layer: LayerSpec, path: str) -> None:
        index = self.stack.selected
        network = replace_layer(self.context.document.project.network, index, layer)
        self._replace(self._edit_text(layer, path), f"layer {index} {path}", network=network)

    @Slot(object, str)
    def _on_dataset_edited(self, dataset: DatasetSpec, path: str) -> None:
        project = self.context.document.project
        changes: dict[str, object] = {"dataset": dataset}
        old = project.dataset
        old_kind = (old.input_shape, old.output_shape, old.symbols)
        if (dataset.input_shape, dataset.output_shape, dataset.symbols) != old_kind:
            changes["network"], changes["training"] = fit_to_data(project.network, project.training, dataset)
        self._replace(self._edit_text(dataset, path), f"dataset {path}", **changes)

    @Slot()
    def _on_preview_requested(self) -> None:
        self.preview_requested.emit(self.context.document.project.dataset)

    @Slot(object, str)
    def _on_training_edited(self, training: TrainingSpec, path: str) -> None:
        self._replace(self._edit_text(training, path), f"training {path}", training=training)

    @Slot()
    def _on_search_triggered(self) -> None:
        self.search_layers()

    @Slot()
    def _on_search_left(self) -> None:
        self.stack.mark_place(-1)
        self.stack.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _on_place_chosen(self, gap: int) -> None:
        self.search_layers()

    @Slot()
    def _on_stack_entered(self) -> None:
        form = self.properties.form(self.properties.layer)
        for field in form.findChildren(QWidget) if form is not None else ():
            if (
                field.isVisibleTo(self.properties.layer)
                and field.isEnabled()
                and field.focusPolicy() & Qt.FocusPolicy.TabFocus
            ):
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
        self.said.emit(self.tr("This layer has nothing to set."))

    @Slot()
    def _on_editing_finished(self) -> None:
        self._edit_number += 1

    @Slot(object)
    def _on_run_changed(self, what: object) -> None:
        self._show_note()

    @Slot()
    def _on_go_on_requested(self) -> None:
        self.context.session.restart(self.context.document.project, keep_learned=True)

    @Slot()
    def _on_start_over_requested(self) -> None:
        self.context.session.restart(self.context.document.project, keep_learned=False)

    @Slot()
    def _on_take_back_requested(self) -> None:
        run = self.context.session.run_project
        if run is not None:
            self._on_editing_finished()
            self.context.document.replace(run, self.tr("Return to the network in training"))

    @Slot()
    def _on_scroll_range_changed(self) -> None:
        # The heading stands above the cards, which are narrower while they can be scrolled.
        bar = self.stack.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
        self._head.setContentsMargins(12, 16, 12 + taken, 4)

    def _fit(self) -> None:
        """Do without the shelf where the columns would not fit; the tool bar offers the presets, too."""
        handles = 2 * self._splitter.handleWidth()
        needed = self.shelf.minimumWidth() + self._middle.minimumWidth() + self.properties.minimumWidth() + handles
        self.shelf.setVisible(self.width() >= needed)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._middle.minimumWidth() + self.properties.minimumWidth(), 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # Another layer's form may be wider.
            self._fit()
        return super().event(event)

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self.context.theme
        self.shelf.setMinimumWidth(15 * theme.font_px)
        self._new.setIcon(icon("new", theme, "muted"))
        self._middle.setMinimumWidth(22 * theme.font_px)
        self._fit()
