"""Where live views stand: beside and behind each other, in windows of their own, or one of them alone."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import LiveView
from nnviz.gui.views.dock import ViewDock
from nnviz.gui.window_context import WindowContext

_STATE = "live/docks"
_CLOSED = "live/closed"

_VERSION = 1
"""Of the remembered arrangement: one of another version is not taken."""

FOUR = 4
"""Views on the screen to begin with; the others stand behind them."""


class DockArea(QMainWindow):
    """The docks of all views.

    What was arranged is remembered. A view that has nothing to show for the present run is not there, and comes back to
    its place with a run that it suits.

    Attributes:
        docks: One for each view, by its name, in the views' order.

    Signals:
        shown_changed: Other views are on the screen than before.
        arranged: Somebody has opened or closed a view.
    """

    shown_changed = Signal()
    arranged = Signal()

    def __init__(self, views: Sequence[LiveView], context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = context.settings
        self._apply: set[str] = set()
        self._closed = {name for name in str(context.settings.value(_CLOSED, "")).split(",") if name}
        self._alone: ViewDock | None = None
        self._before = QByteArray()
        self.setObjectName("live_views")
        # A part of the page, not a window: Qt makes one of every QMainWindow.
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setDockOptions(QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self._teller = QTimer(self, singleShot=True, interval=0)
        self._teller.timeout.connect(self.shown_changed)
        # Places that are to be made equally large once there is a size to share, each with the docks that stand there.
        self._even: list[tuple[list[list[ViewDock]], Qt.Orientation]] = []
        self._evener = QTimer(self, singleShot=True, interval=0)
        self._evener.timeout.connect(self._make_even)
        self.docks: dict[str, ViewDock] = {}
        for view in views:
            dock = ViewDock(view, context, self)
            dock.close_requested.connect(self._on_close_requested)
            dock.enlarge.toggled.connect(self._on_enlarge_toggled)
            dock.visibilityChanged.connect(self._on_visibility_changed)
            dock.topLevelChanged.connect(self._on_visibility_changed)
            self.docks[view.name] = dock
        self.arrange_four()
        state = context.settings.value(_STATE)
        if isinstance(state, QByteArray) and self.restoreState(state, _VERSION):
            self._even = []
        self._show_wanted()

    @property
    def alone(self) -> ViewDock | None:
        """The view that is enlarged, or None."""
        return self._alone

    def offered(self) -> list[ViewDock]:
        """The docks whose views have something to show, open or closed."""
        return [dock for dock in self.docks.values() if dock.view.name in self._apply]

    def is_open(self, name: str) -> bool:
        """Whether a view is wanted, be it behind another one."""
        return name not in self._closed

    def set_applicable(self, names: set[str]) -> None:
        """Say which views have something to show."""
        if names == self._apply:
            return
        self._leave_alone()
        self._apply = set(names)
        self._show_wanted()

    def set_open(self, name: str, wanted: bool) -> None:
        """Open or close a view."""
        self._leave_alone()
        if wanted:
            self._closed.discard(name)
        else:
            self._closed.add(name)
        self._show_wanted()
        if wanted:
            self.docks[name].raise_()
        self.remember()
        self.arranged.emit()

    @Slot()
    def arrange_four(self) -> None:
        """Four views side by side, and the others behind them."""
        docks = self._laid_out()
        if not docks:
            return
        first = docks[:FOUR]
        self._place(first[0])
        if len(first) > 2:
            self.splitDockWidget(first[0], first[2], Qt.Orientation.Horizontal)
        if len(first) > 1:
            self.splitDockWidget(first[0], first[1], Qt.Orientation.Vertical)
        if len(first) > 3:
            self.splitDockWidget(first[2], first[3], Qt.Orientation.Vertical)
        # The first column keeps loss and accuracy; what else there is shares the other.
        stacks = [[dock] for dock in first]
        hosts = stacks[2:] or stacks[-1:]
        for number, dock in enumerate(docks[len(first) :]):
            stack = hosts[number % len(hosts)]
            self.tabifyDockWidget(stack[0], dock)
            stack.append(dock)
        for dock in first:
            dock.raise_()
        self._even = [(stacks[::2], Qt.Orientation.Horizontal), (stacks[:2], Qt.Orientation.Vertical)]
        self._even.append((stacks[2:], Qt.Orientation.Vertical))
        self._arranged_anew()

    @Slot()
    def arrange_all(self) -> None:
        """All views side by side."""
        docks = self._laid_out()
        if not docks:
            return
        columns = math.ceil(math.sqrt(len(docks)))
        heads = docks[:columns]
        self._place(heads[0])
        for left, right in itertools.pairwise(heads):
            self.splitDockWidget(left, right, Qt.Orientation.Horizontal)
        above = list(heads)
        for number, dock in enumerate(docks[columns:]):
            column = number % columns
            self.splitDockWidget(above[column], dock, Qt.Orientation.Vertical)
            above[column] = dock
        stacks = [[dock] for dock in docks]
        self._even = [(stacks[:columns], Qt.Orientation.Horizontal)]
        self._even += [(stacks[column::columns], Qt.Orientation.Vertical) for column in range(columns)]
        self._arranged_anew()

    @Slot()
    def leave_alone(self) -> None:
        """Show the other views again, if one is enlarged."""
        self._leave_alone()

    def remember(self) -> None:
        """Keep the arrangement for the next start."""
        if self._alone is None:
            self._settings.setValue(_STATE, self.saveState(_VERSION))
        self._settings.setValue(_CLOSED, ",".join(sorted(self._closed)))

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        for dock in self.docks.values():
            dock.set_theme(theme)

    def _laid_out(self) -> list[ViewDock]:
        """The docks to arrange; all of them stand nowhere now."""
        self._leave_alone()
        for dock in self.docks.values():
            dock.setFloating(False)
            self.removeDockWidget(dock)
        shown = [dock for dock in self.offered() if self.is_open(dock.view.name)]
        others = [dock for dock in self.docks.values() if dock not in shown]
        # What is not on the screen needs a place too: it comes back to it.
        return [*shown, *others] if shown else others

    def _place(self, dock: QDockWidget) -> None:
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)

    def _arranged_anew(self) -> None:
        self._show_wanted()
        self._evener.start()

    @Slot()
    def _make_even(self) -> None:
        # Before the first run there is nothing to share a size.
        if not self._even or not self._apply or not self.isVisible():
            return
        for stacks, way in self._even:
            shown = [next((dock for dock in stack if self._is_docked(dock)), None) for stack in stacks]
            docks = [dock for dock in shown if dock is not None]
            if len(docks) > 1:
                self.resizeDocks(docks, [1000] * len(docks), way)
        self._even = []
        self.remember()

    @staticmethod
    def _is_docked(dock: ViewDock) -> bool:
        return dock.isVisible() and not dock.isFloating()

    def _show_wanted(self) -> None:
        for name, dock in self.docks.items():
            dock.setVisible(name in self._apply and self.is_open(name))
        self._teller.start()
        if self._even:
            self._evener.start()

    def _leave_alone(self) -> None:
        if self._alone is not None:
            self._alone.enlarge.setChecked(False)

    @Slot(bool)
    def _on_enlarge_toggled(self, large: bool) -> None:
        dock = next(dock for dock in self.docks.values() if dock.enlarge is self.sender())
        if large:
            self._leave_alone()
            self._before = self.saveState(_VERSION)
            self._alone = dock
            for other in self.docks.values():
                other.setVisible(other is dock)
        elif self._alone is dock:
            self._alone = None
            self.restoreState(self._before, _VERSION)
            self._show_wanted()
            dock.raise_()
        self._teller.start()

    @Slot()
    def _on_close_requested(self) -> None:
        dock = self.sender()
        assert isinstance(dock, ViewDock)
        self.set_open(dock.view.name, False)

    @Slot()
    def _on_visibility_changed(self) -> None:
        # Several change at once when a tab is chosen.
        self._teller.start()

    def childEvent(self, event: QChildEvent) -> None:
        """Let names of views behind each other be whole: where there is no room for all, they can be scrolled."""
        super().childEvent(event)
        child = event.child()
        # Qt makes these bars itself, and has them shorten the names.
        if event.type() == QEvent.Type.ChildPolished and isinstance(child, QTabBar):
            child.setElideMode(Qt.TextElideMode.ElideNone)
            child.setUsesScrollButtons(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._evener.start()
