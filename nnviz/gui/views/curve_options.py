"""What a view of curves can show besides: the button with its menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget, QWidgetAction

from nnviz.gui.style.icons import icon
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.smoothing_control import SMOOTHEST, SmoothingControl


class CurveOptions(QToolButton):
    """A button whose menu smooths the training curve, and shows or hides earlier runs and events.

    Attributes:
        smoothing: The control of the smoothing.

    Signals:
        smoothing_changed: The weight is another one.
        earlier_toggled: Earlier runs are wanted, or no more.
        events_toggled: Events are wanted, or no more.
    """

    smoothing_changed = Signal()
    earlier_toggled = Signal()
    events_toggled = Signal()

    def __init__(self, name: str, heading: str, theme: Theme, parent: QWidget | None = None) -> None:
        """Make it.

        Args:
            name: Name of the view.
            heading: Its name for people.
            theme: The look.
            parent: The widget that it stands in.
        """
        super().__init__(parent)
        self._name = name
        self._settings: QSettings | None = None
        self.setObjectName(f"{name}_options_button")
        self.setAccessibleName(self.tr("Options of {0}").format(heading))
        self.setToolTip(self.tr("Smoothing, earlier runs and events."))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu = QMenu(self)
        self._menu.setObjectName(f"{name}_options")
        self._menu.setToolTipsVisible(True)
        self.smoothing = SmoothingControl(f"{name}_smoothing", 0.0)
        row = QWidgetAction(self._menu)
        row.setDefaultWidget(self.smoothing)
        self._menu.addAction(row)
        self._menu.addSeparator()
        self._events = self._check(
            "events",
            self.tr("Events"),
            self.tr("Where the learning rate changed, the best measurement, an early stop."),
        )
        self._earlier = self._check(
            "earlier", self.tr("Earlier runs, faded"), self.tr("The last runs with the same data and the same loss.")
        )
        self._runs: list[QAction] = []
        self.setMenu(self._menu)
        self.smoothing.changed.connect(self._on_smoothing)
        self._events.toggled.connect(self._on_events)
        self._earlier.toggled.connect(self._on_earlier)
        self.set_theme(theme)

    @property
    def weight(self) -> float:
        """How much the past counts in the smoothed curve."""
        return self.smoothing.weight

    @property
    def shows_events(self) -> bool:
        """Whether events are wanted."""
        return self._events.isChecked()

    @property
    def shows_earlier(self) -> bool:
        """Whether earlier runs are wanted."""
        return self._earlier.isChecked()

    def remember_in(self, settings: QSettings) -> None:
        """Take what was chosen the last time, and keep it there from now on."""
        weight = settings.value(self._key("smoothing"), 0, type=int)
        self.smoothing.slider.setValue(weight if isinstance(weight, int) and 0 <= weight <= SMOOTHEST else 0)
        for action, key in ((self._events, "events"), (self._earlier, "earlier")):
            action.setChecked(bool(settings.value(self._key(key), True, type=bool)))
        self._settings = settings

    def show_runs(self, names: Sequence[str]) -> None:
        """List the earlier runs that there are."""
        for action in self._runs:
            self._menu.removeAction(action)
        self._runs = []
        for name in names or [self.tr("There is none yet")]:
            action = QAction(f"    {name}", self._menu)
            action.setEnabled(False)
            self._menu.addAction(action)
            self._runs.append(action)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self.setIcon(icon("options", theme, "muted"))
        self.setIconSize(QSize(theme.icon_px - 2, theme.icon_px - 2))
        self.smoothing.set_theme(theme)
        self.smoothing.setContentsMargins(2 * theme.space, theme.space // 2, 2 * theme.space, theme.space // 2)

    def _check(self, name: str, text: str, tip: str) -> QAction:
        action = QAction(text, self._menu)
        action.setObjectName(f"{self._name}_{name}")
        action.setToolTip(tip)
        action.setCheckable(True)
        action.setChecked(True)
        self._menu.addAction(action)
        return action

    def _key(self, name: str) -> str:
        return f"live/{self._name}_{name}"

    def _keep(self, name: str, value: object) -> None:
        if self._settings is not None:
            self._settings.setValue(self._key(name), value)

    @Slot()
    def _on_smoothing(self) -> None:
        self._keep("smoothing", self.smoothing.slider.value())
        self.smoothing_changed.emit()

    @Slot()
    def _on_events(self) -> None:
        self._keep("events", self.shows_events)
        self.events_toggled.emit()

    @Slot()
    def _on_earlier(self) -> None:
        self._keep("earlier", self.shows_earlier)
        self.earlier_toggled.emit()
