"""What can be set: the selected layer, the data set and the training, as forms made from their specs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from nnviz.core.datasets.base import DatasetSpec, Task
from nnviz.core.datasets.own_data import SPLITTING, OwnData
from nnviz.core.spec import Param, Spec
from nnviz.core.training.losses.base import LossSpec
from nnviz.core.training.spec import TrainingSpec
from nnviz.gui.build.section import Section
from nnviz.gui.document import Project
from nnviz.gui.forms import SpecForm
from nnviz.gui.own_data.files import data_title
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style.appearance import Appearance


class PropertiesPanel(QScrollArea):
    """Three foldable forms: layer, data, training.

    Signals:
        layer_edited(LayerSpec, str): The selected layer should become this one; and the edited field's path.
        dataset_edited(DatasetSpec, str): Likewise for the data set.
        training_edited(TrainingSpec, str): Likewise for the training.
        editing_finished(): The next edit is another one, also of the same field.
        preview_requested: Somebody wants to see what is in the data, which is their own.
    """

    layer_edited = Signal(object, str)
    dataset_edited = Signal(object, str)
    training_edited = Signal(object, str)
    editing_finished = Signal()
    preview_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer_index = -1
        self._task: Task | None = None
        self._contrasts = False
        self._forms: dict[Section, SpecForm] = {}
        self._spare: dict[type[Spec], SpecForm] = {}
        self.setObjectName("properties")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setProperty("kind", "page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(6, 16, 16, 16)
        layout.setSpacing(8)
        self.layer = Section("layer_section", self.tr("Layer"), appearance)
        self.dataset = Section("dataset_section", self.tr("Data"), appearance)
        self.training = Section("training_section", self.tr("Training"), appearance)
        self._texts: dict[Section, QLabel] = {}
        for section in (self.layer, self.dataset, self.training):
            text = QLabel()
            text.setProperty("kind", "muted")
            text.setWordWrap(True)
            section.body.addWidget(text)
            self._texts[section] = text
            layout.addWidget(section)
        self._texts[self.training].hide()
        self._preview = QPushButton(self.tr("Preview..."))
        self._preview.setObjectName("preview_data_button")
        self._preview.setToolTip(self.tr("See samples and the balance of classes, or read the file another way."))
        self._preview.clicked.connect(self.preview_requested)
        self.dataset.body.addWidget(self._preview, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        self._page = page
        self.setWidget(page)
        page.installEventFilter(self)
        appearance.theme_changed.connect(self._on_theme_changed)

    def show_project(self, project: Project, layer_index: int) -> None:
        """Show the settings of a project, and of one of its layers (-1 for none)."""
        self._show_layer(project, layer_index)
        self._show_dataset(project.dataset)
        self._show_training(project)
        self._on_theme_changed()

    def form(self, section: Section) -> SpecForm | None:
        """The form that stands in a section, or None if there is nothing to set."""
        return self._forms.get(section)

    def _show_layer(self, project: Project, index: int) -> None:
        if not 0 <= index < len(project.network.layers):
            self._clear(self.layer)
            self.layer.set_title(self.tr("Layer"))
            self._texts[self.layer].setText(self.tr("Select a layer to see its settings."))
            self._layer_index = -1
            return
        layer = project.network.layers[index]
        if index != self._layer_index:
            # Another layer's form: nothing half-typed may go over to it.
            self._clear(self.layer)
            self._layer_index = index
        self.layer.set_title(self.tr("Layer {}: {}").format(index + 1, spec_text(layer.title)))
        self._describe(self.layer, layer, layer.formula)
        self._show_spec(self.layer, layer)

    def _show_dataset(self, dataset: DatasetSpec) -> None:
        self.dataset.set_title(self.tr("Data: {}").format(data_title(dataset)))
        self._describe(self.dataset, dataset, "")
        self._preview.setVisible(dataset.own)
        self._show_spec(self.dataset, dataset)

    def _show_training(self, project: Project) -> None:
        contrasts = any(layer.contrastive for layer in project.network.layers)
        if (project.dataset.task, contrasts) != (self._task, self._contrasts):
            # The losses that suit the data are others, or there is something to pre-train now.
            self._clear(self.training)
            self._task, self._contrasts = project.dataset.task, contrasts
        self._show_spec(self.training, project.training)

    def _describe(self, section: Section, spec: Spec, formula: str) -> None:
        text = spec_text(spec.summary())
        self._texts[section].setText(text)
        self._texts[section].setToolTip(formula)

    def _show_spec(self, section: Section, spec: Spec) -> None:
        form = self._forms.get(section)
        if form is not None and (type(form.spec) is not type(spec) or not spec.params()):
            self._clear(section)
            form = None
        if form is not None:
            form.set_spec(spec)
        elif spec.params():
            form = self._spare.pop(type(spec), None) if section is self.layer else None
            if form is not None:
                form.begin(spec)
            else:
                form = SpecForm(spec, offers=self._offers, without=self._left_out(spec))
                form.spec_changed.connect(self._on_spec_changed)
                form.editing_finished.connect(self.editing_finished)
            self._forms[section] = form
            section.body.addWidget(form)
            # At once, not when the event loop comes round: the keyboard may be on its way to it.
            form.show()

    def _clear(self, section: Section) -> None:
        form = self._forms.pop(section, None)
        if form is None:
            return
        # It is in no section any more: what hiding makes of a half-typed number goes nowhere.
        form.hide()
        section.body.removeWidget(form)
        if section is self.layer:
            # For the next layer of this type: making and styling a form takes longer than all the rest of an edit.
            self._spare[type(form.spec)] = form
        else:
            # Later: its own signal may be what is being answered.
            form.deleteLater()

    def _left_out(self, spec: Spec) -> tuple[str, ...]:
        """Fields that are no part of a form."""
        if isinstance(spec, TrainingSpec) and not self._contrasts:
            return ("pretraining",)
        return _set_elsewhere(spec)

    def _offers(self, info: Param, cls: type[Spec]) -> bool:
        return not issubclass(cls, LossSpec) or self._task in cls.tasks

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.LayoutRequest:
            self._on_theme_changed()
        return super().eventFilter(watched, event)

    @Slot()
    def _on_theme_changed(self) -> None:
        # Nothing scrolls sideways here, so everything must fit.
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(self._page.minimumSizeHint().width() + bar)

    @Slot(object, str)
    def _on_spec_changed(self, spec: Spec, path: str) -> None:
        signals = {
            self.layer: self.layer_edited,
            self.dataset: self.dataset_edited,
            self.training: self.training_edited,
        }
        for section, form in self._forms.items():
            if form is self.sender():
                signals[section].emit(spec, path)
                return


def _set_elsewhere(spec: Spec) -> tuple[str, ...]:
    """Fields that are no part of the form: how a file is read is set where one sees what is found in it."""
    if not isinstance(spec, OwnData):
        return ()
    # Numbers of targets are the only ones to be standardised.
    kept = [name for name in SPLITTING if not (name == "standardise_targets" and spec.class_names)]
    return tuple(info.name for info in spec.params() if info.name not in kept)
