"""How much of a run is kept on the disk: a small menu of the Runs page, and what the settings remember of it."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QMenu, QToolButton, QWidget, QWidgetAction

from nnviz.core.runs import MOST_MEGABYTES, MOST_STEPS
from nnviz.gui.spin_box import SpinBox
from nnviz.gui.style.icons import icon
from nnviz.gui.style.theme import Theme
from nnviz.gui.window_context import WindowContext

KEEP, STEPS, MEGABYTES = "runs/keep", "runs/most_steps", "runs/most_megabytes"

LEAST_MEGABYTES = 10


def kept_settings(settings: QSettings) -> tuple[bool, int, int]:
    """Whether runs are kept, how many steps of each and how many megabytes, as it was chosen last."""
    keep = bool(settings.value(KEEP, True, type=bool))
    steps, megabytes = settings.value(STEPS, MOST_STEPS), settings.value(MEGABYTES, MOST_MEGABYTES)
    return keep, _whole(steps, MOST_STEPS), max(LEAST_MEGABYTES, _whole(megabytes, MOST_MEGABYTES))


def _whole(value: object, default: int) -> int:
    # Settings are a text file that anybody may edit.
    try:
        return max(0, int(str(value)))
    except ValueError:
        return default


class KeepingMenu(QToolButton):
    """A button with a small form: whether runs are kept, and how much of each. It counts for runs that begin later."""

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("keeping_button")
        self.setAccessibleName(self.tr("What is kept of runs"))
        self.setToolTip(self.tr("Choose how much of each run is kept on the disk."))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        keep, steps, megabytes = kept_settings(context.settings)
        self._keep = QCheckBox(self.tr("Keep runs from now on"))
        self._keep.setObjectName("keep_runs")
        self._keep.setChecked(keep)
        self._steps = SpinBox()
        self._steps.setObjectName("keep_steps")
        self._steps.setRange(0, 500)
        self._steps.setValue(steps)
        self._steps.setToolTip(self.tr("Steps that a run can be taken back to: dense at first, then thinner."))
        self._megabytes = SpinBox()
        self._megabytes.setObjectName("keep_megabytes")
        self._megabytes.setRange(LEAST_MEGABYTES, 100_000)
        self._megabytes.setSuffix(self.tr(" MB"))
        self._megabytes.setValue(megabytes)
        self._megabytes.setToolTip(self.tr("Room on the disk that these may take, for each run."))
        form = QWidget()
        self._form = QFormLayout(form)
        self._form.addRow(self._keep)
        for text, box in ((self.tr("Steps of each run"), self._steps), (self.tr("Room for each run"), self._megabytes)):
            label = QLabel(text)
            label.setBuddy(box)
            self._form.addRow(label, box)
        menu = QMenu(self)
        action = QWidgetAction(menu)
        action.setDefaultWidget(form)
        menu.addAction(action)
        self.setMenu(menu)
        self._keep.toggled.connect(self._on_changed)
        self._steps.valueChanged.connect(self._on_changed)
        self._megabytes.valueChanged.connect(self._on_changed)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self.setIcon(icon("more", theme, "text"))
        self.setIconSize(QSize(theme.icon_px - 2, theme.icon_px - 2))
        space = theme.space
        self._form.setContentsMargins(2 * space, space, 2 * space, space)
        self._form.setSpacing(space)

    @Slot()
    def _on_changed(self) -> None:
        settings = self._context.settings
        settings.setValue(KEEP, self._keep.isChecked())
        settings.setValue(STEPS, self._steps.value())
        settings.setValue(MEGABYTES, self._megabytes.value())
        session = self._context.session
        session.keep_runs(session.runs_dir, self._steps.value(), self._megabytes.value(), keep=self._keep.isChecked())
        self._show()

    def _show(self) -> None:
        for box in (self._steps, self._megabytes):
            box.setEnabled(self._keep.isChecked())
