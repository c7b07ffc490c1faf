"""The one tool bar: menu, network, data, train and its kin, progress, device."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nnviz.core.datasets.base import DATASETS, DatasetSpec
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.presets.base import PRESETS
from nnviz.core.training.device import AUTO
from nnviz.gui.chooser import Choice, Chooser
from nnviz.gui.commands import Commands
from nnviz.gui.document import Project
from nnviz.gui.own_data.files import data_path, data_title
from nnviz.gui.progress_area import ProgressArea
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style.icons import icon
from nnviz.gui.window_context import WindowContext

_ONE_LINE_EM = 78
"""Width, in heights of the type, from which everything fits into one line."""

_TRAIN_TEXT_EM = 44
"""The same for the text of the train button."""

_OPEN = "own:open"
"""Name of the last choice of data: what it chooses is found in a dialog."""

_OWN = "own:"
"""Begins the names of the choices that are data of the user's own; their number follows."""


class ToolBar(QFrame):
    """What is always at hand, whichever workspace is open.

    Signals:
        preset_chosen(str): The preset of this name is wanted.
        dataset_chosen(str): The data set of this name is wanted.
        own_data_chosen(DatasetSpec): Data of one's own that was used before is wanted again.
        own_data_requested: Data of one's own is to be opened.
        device_chosen(str): The next run is to be computed there.
    """

    preset_chosen = Signal(str)
    dataset_chosen = Signal(str)
    own_data_chosen = Signal(object)
    own_data_requested = Signal()
    device_chosen = Signal(str)

    def __init__(self, context: WindowContext, commands: Commands, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._train_texts = commands.train_texts
        self._open_data_text = commands.open_data.text()
        self._open_data_tip = commands.open_data.statusTip()
        self._own_data: tuple[DatasetSpec, ...] = ()
        self._device = str(context.settings.value("training/device", AUTO))
        self.setObjectName("tool_bar")
        self.setProperty("kind", "bar")
        self._menu = QToolButton()
        self._menu.setObjectName("menu_button")
        self._menu.setMenu(menu)
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu.setAccessibleName(self.tr("File menu"))
        self._menu.setToolTip(self.tr("Open, save and export."))
        self._network = self._make_chooser(
            "network_chooser",
            "network",
            self.tr("Network"),
            self.tr("The network that learns. Choose a ready one here; change its layers under Network."),
        )
        self._dataset = self._make_chooser(
            "dataset_chooser",
            "data",
            self.tr("Data set"),
            self.tr("The samples that the network learns from. The network's input and output follow."),
        )
        self._device_chooser = self._make_chooser(
            "device_chooser",
            "cpu",
            self.tr("Device"),
            self.tr("Where the next training is computed. Automatic takes the fastest one that there is."),
        )
        self._train_action = commands.train
        self._train = QPushButton()
        self._train.setObjectName("train_button")
        self._train.setProperty("kind", "primary")
        self._train.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._train.setAccessibleDescription(commands.train.statusTip())
        self._buttons = [
            self._make_button(commands.pause, "pause_button"),
            self._make_button(commands.step_batch, "step_batch_button"),
            self._make_button(commands.step_epoch, "step_epoch_button"),
            self._make_button(commands.stop, "stop_button"),
            self._make_button(commands.reset, "reset_button"),
        ]
        self._progress = ProgressArea(context)
        self._row = QHBoxLayout()
        self._second_row = QHBoxLayout()
        self._rows = QVBoxLayout(self)
        self._lines: list[QFrame] = []
        self._wrapped = False
        self._short = False
        self._train_width = 0
        self._lay_out()
        self._fill()
        self._train.clicked.connect(commands.train.trigger)
        commands.train.changed.connect(self._on_train_changed)
        self._network.chosen.connect(self.preset_chosen)
        self._dataset.chosen.connect(self._on_dataset_chosen)
        self._device_chooser.chosen.connect(self._on_device_chosen)
        context.document.project_changed.connect(self._on_project_changed)
        context.session.devices_changed.connect(self._on_devices_changed)
        context.appearance.theme_changed.connect(self._on_theme_changed)
        self._on_train_changed()
        self._on_theme_changed()
        self._on_project_changed(context.document.project)
        self._on_devices_changed()

    def _make_chooser(self, name: str, icon_name: str, title: str, tip: str) -> Chooser:
        chooser = Chooser(icon_name, self._context.appearance)
        chooser.setObjectName(name)
        chooser.setAccessibleName(title)
        chooser.setAccessibleDescription(tip)
        chooser.setToolTip(f"<div><b>{title}</b></div><div>{tip}</div>")
        return chooser

    def _make_button(self, action: QAction, name: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setObjectName(name)
        button.setAccessibleName(action.text())
        button.setAccessibleDescription(action.statusTip())
        # The mouse leaves the keyboard where it is; Tab still gets here.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        row = self._row
        self._rows.addLayout(row)
        self._rows.addLayout(self._second_row)
        row.addWidget(self._menu)
        row.addWidget(self._network, 3)
        row.addWidget(self._dataset, 2)
        row.addWidget(self._line())
        for button in (self._train, *self._buttons):
            row.addWidget(button)
        row.addWidget(self._line())
        self._progress.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self._progress, 5)
        row.addWidget(self._line())
        row.addWidget(self._device_chooser, 2)

    def _line(self) -> QFrame:
        line = QFrame()
        line.setProperty("kind", "line")
        line.setProperty("orientation", "vertical")
        line.setFixedHeight(20)
        self._lines.append(line)
        return line

    def _fill(self) -> None:
        presets = sorted(PRESETS, key=lambda preset: preset.order)
        self._network.offer(
            [Choice(preset.name, spec_text(preset.title), spec_text(preset.teaches)) for preset in presets]
        )
        self._fill_datasets()

    def _fill_datasets(self) -> None:
        # Pictures first, for that is what most people come for; points and numbers after them.
        kinds = sorted(
            (kind for kind in DATASETS if not kind.own), key=lambda kind: (-kind().input_shape.rank, kind.title)
        )
        choices = [Choice(kind.name, spec_text(kind.title), spec_text(kind.summary())) for kind in kinds]
        for number, spec in enumerate(self._own_data):
            where = str(data_path(spec))
            choices.append(Choice(f"{_OWN}{number}", data_title(spec), where, apart=number == 0))
        choices.append(Choice(_OPEN, self._open_data_text, self._open_data_tip, apart=True))
        self._dataset.offer(choices)

    def show_own_data(self, specs: Sequence[DatasetSpec]) -> None:
        """Offer these data sets, which were made from files of the user's, beside those of the application."""
        self._own_data = tuple(specs)
        self._fill_datasets()
        self._show_dataset(self._context.document.project.dataset)

    def _show_dataset(self, dataset: DatasetSpec) -> None:
        name = dataset.name
        if dataset.own:
            paths = [data_path(spec) for spec in self._own_data]
            path = data_path(dataset)
            name = f"{_OWN}{paths.index(path)}" if path in paths else ""
        self._dataset.show_choice(name, data_title(dataset))

    @Slot(str)
    def _on_dataset_chosen(self, name: str) -> None:
        # What is shown is what is in use, whether or not the choice leads to anything.
        self._show_dataset(self._context.document.project.dataset)
        if name == _OPEN:
            self.own_data_requested.emit()
        elif name.startswith(_OWN):
            self.own_data_chosen.emit(self._own_data[int(name.removeprefix(_OWN))])
        else:
            self.dataset_chosen.emit(name)

    @Slot(object)
    def _on_project_changed(self, project: Project) -> None:
        self._show_dataset(project.dataset)
        unchanged = (preset for preset in PRESETS if preset.title == project.title and _is_preset(project, preset.name))
        found = next(unchanged, None)
        title = spec_text(project.title)
        otherwise = self.tr("{0}, changed").format(title) if _preset_titled(project.title) else title
        self._network.show_choice(found.name if found else "", otherwise)

    @Slot()
    def _on_train_changed(self) -> None:
        # A push button centres its text, which a tool button does not, but it cannot show an action by itself.
        action = self._train_action
        self._train.setText("" if self._short else action.text())
        self._train.setAccessibleName(action.text())
        self._train.setIcon(action.icon())
        self._train.setToolTip(action.toolTip())
        self._train.setEnabled(action.isEnabled())

    @Slot()
    def _on_devices_changed(self) -> None:
        choices = self._context.session.device_choices()
        self._device_chooser.offer([Choice(name, title) for name, title in choices])
        known = self._device in dict(choices)
        self._device_chooser.show_choice(self._device if known else AUTO)
        if known:
            self._context.session.set_device(self._device)

    @Slot(str)
    def _on_device_chosen(self, name: str) -> None:
        self._device = name
        self._context.settings.setValue("training/device", name)
        self._context.session.set_device(name)
        self.device_chosen.emit(name)

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._context.theme
        self._rows.setContentsMargins(theme.space + 4, theme.space, theme.space + 4, theme.space)
        self._rows.setSpacing(theme.space if self._wrapped else 0)
        self._row.setSpacing(theme.space)
        self._second_row.setSpacing(theme.space)
        for button in (self._menu, self._train, *self._buttons):
            button.setIconSize(QSize(theme.icon_px, theme.icon_px))
        self._menu.setIcon(icon("menu", theme, "text"))
        self._reserve_width_of_train()
        self._fit()

    def _reserve_width_of_train(self) -> None:
        # The other buttons must not move away from under the mouse when its text changes.
        bold = QFont(self._train.font())
        bold.setWeight(QFont.Weight.DemiBold)
        widest = max(QFontMetrics(bold).horizontalAdvance(text) for text in self._train_texts)
        theme = self._context.theme
        self._train_width = theme.icon_px + widest + 5 * theme.space

    def _fit(self) -> None:
        # Where one line is too short for everything, progress and device get a line of their own.
        em = self._context.theme.font_px
        short = self.width() < _TRAIN_TEXT_EM * em
        self._train.setFixedWidth(self._context.theme.control_px if short else self._train_width)
        if short is not self._short:
            self._short = short
            self._on_train_changed()
        wrapped = self.width() < _ONE_LINE_EM * em
        if wrapped is self._wrapped:
            return
        self._wrapped = wrapped
        row = self._second_row if wrapped else self._row
        for widget, stretch in ((self._progress, 5), (self._lines[2], 0), (self._device_chooser, 2)):
            row.addWidget(widget, stretch)
        # An empty line would still be given its distance.
        self._rows.setSpacing(self._context.theme.space if wrapped else 0)
        self._lines[1].setHidden(wrapped)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give progress and device a line of their own where there is little room."""
        super().resizeEvent(event)
        self._fit()


def _preset_titled(title: str) -> bool:
    return any(preset.title == title for preset in PRESETS)


def _is_preset(project: Project, name: str) -> bool:
    preset = PRESETS[name]
    network, _ = fit_to_data(preset.network, preset.training, project.dataset)
    return project.network == network
