"""One live view in its dock: a title bar with the view's own controls, and what can be done with any view."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QAction, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QDockWidget, QFileDialog, QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from nnviz.core.errors import NnvizError
from nnviz.gui.style.icons import icon
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import LiveView
from nnviz.gui.views.canvas_view import ControlRow
from nnviz.gui.views.picture_file import write_view
from nnviz.gui.window_context import WindowContext

FOLDER = "live/folder"
"""The setting that remembers where the last picture went."""


class _TitleBar(QFrame):
    """The view's row with the dock's buttons at its end. What is not a button is the handle to drag the dock by."""

    double_clicked = Signal()
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()
        event.accept()


class ViewDock(QDockWidget):
    """A card with one view, which can be dragged elsewhere, floated, enlarged, saved as a picture and closed.

    Attributes:
        view: The view.
        enlarge: Shows the view alone, or all again; checked while it is alone.

    Signals:
        close_requested: It should go, until it is wanted again.
        said(str): One sentence on what was done.
    """

    close_requested = Signal()
    said = Signal(str)

    def __init__(self, view: LiveView, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(view.heading(), parent)
        self.view = view
        self._context = context
        self._suffix = ""
        self._in_front = True
        self.setObjectName(f"{view.name}_dock")
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        card = QFrame()
        card.setProperty("kind", "card_bottom")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 0, 1, 1)
        self._title = _TitleBar()
        self._title.setProperty("kind", "card_top")
        self._title.double_clicked.connect(self._on_double_clicked)
        self._title.resized.connect(self._on_resized)
        self._row = QHBoxLayout(self._title)
        if view.bar is not None:
            self._row.addWidget(view.bar, 1)
        else:
            self._row.addStretch(1)
        self._make_buttons()
        inside.addWidget(view)
        self.setTitleBarWidget(self._title)
        self.setWidget(card)
        self.topLevelChanged.connect(self._on_top_level_changed)
        self.visibilityChanged.connect(self._on_visibility_changed)
        self.set_theme(context.theme)

    def is_seen(self) -> bool:
        """Whether its view is on the screen: shown, and not behind another one.

        For Qt, a dock behind another one is visible too.
        """
        return self._in_front and self.view.isVisible()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        self._row.setContentsMargins(0, theme.space // 2, theme.space, 0)
        self._row.setSpacing(0)
        for button in (self._enlarge_button, self._more):
            button.setIconSize(QSize(theme.icon_px - 2, theme.icon_px - 2))
        self._more.setIcon(icon("more", theme, "muted"))
        self._show_enlarge()
        self.view.set_theme(theme)

    def _make_buttons(self) -> None:
        self.enlarge = QAction(self.tr("Enlarge"), self)
        self.enlarge.setObjectName(f"{self.view.name}_enlarge")
        self.enlarge.setCheckable(True)
        self.enlarge.toggled.connect(self._show_enlarge)
        self._enlarge_button = QToolButton()
        self._enlarge_button.setDefaultAction(self.enlarge)
        self._enlarge_button.setObjectName(f"{self.view.name}_enlarge_button")
        self._enlarge_button.setAccessibleName(self.tr("Enlarge {0}").format(self.view.heading()))
        self._float = QAction(self.tr("In a window of its own"), self)
        self._float.setObjectName(f"{self.view.name}_float")
        self._float.setCheckable(True)
        self._float.toggled.connect(self._on_float_toggled)
        menu = QMenu(self)
        menu.setObjectName(f"{self.view.name}_menu")
        menu.setToolTipsVisible(True)
        menu.addAction(self.enlarge)
        menu.addAction(self._float)
        menu.addSeparator()
        for suffix, text in (
            ("png", self.tr("Save as picture (PNG)...")),
            ("svg", self.tr("Save as drawing (SVG)...")),
            ("csv", self.tr("Save the numbers (CSV)...")),
        ):
            action = QAction(text, menu)
            action.setObjectName(f"{self.view.name}_{suffix}")
            action.triggered.connect(partial(self._ask_file, suffix))
            menu.addAction(action)
        self._numbers = action
        menu.addSeparator()
        close = QAction(self.tr("Close"), menu)
        close.setObjectName(f"{self.view.name}_close")
        close.setToolTip(self.tr("Views above brings it back. What is closed costs nothing."))
        close.triggered.connect(self.close_requested)
        menu.addAction(close)
        menu.aboutToShow.connect(self._on_menu)
        self._more = QToolButton()
        self._more.setObjectName(f"{self.view.name}_more_button")
        self._more.setMenu(menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setAccessibleName(self.tr("More for {0}").format(self.view.heading()))
        self._more.setToolTip(self.tr("Float, save or close this view."))
        for button in (self._enlarge_button, self._more):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._row.addWidget(button)

    def save(self, path: Path) -> None:
        """Write the view to a file; `said` tells how it went."""
        try:
            write_view(self.view, path)
        except NnvizError as error:
            self.said.emit(str(error))
            return
        self._context.settings.setValue(FOLDER, str(path.parent))
        self.said.emit(self.tr("Saved {0}.").format(path))

    @Slot()
    def _on_resized(self) -> None:
        # Half of a heading is worth less than a button that the menu has too.
        if isinstance(self.view.bar, ControlRow):
            margins = self._row.contentsMargins()
            beside = self._more.sizeHint().width() + margins.left() + margins.right()
            room = self._title.width() - beside - self.view.bar.least_width()
            self._enlarge_button.setVisible(room >= self._enlarge_button.sizeHint().width())

    @Slot(bool)
    def _on_visibility_changed(self, visible: bool) -> None:
        self._in_front = visible

    @Slot()
    def _show_enlarge(self) -> None:
        large = self.enlarge.isChecked()
        self.enlarge.setIcon(icon("shrink" if large else "enlarge", self._context.theme, "muted"))
        self.enlarge.setText(self.tr("Show the others again") if large else self.tr("Enlarge"))
        tip = self.tr("Show the other views again (Esc).") if large else self.tr("Show this view alone.")
        self.enlarge.setToolTip(tip)

    @Slot()
    def _on_double_clicked(self) -> None:
        self.enlarge.trigger()

    @Slot()
    def _on_menu(self) -> None:
        self._numbers.setEnabled(len(self.view.table()) > 1)
        self._float.setEnabled(not self.enlarge.isChecked())

    @Slot(bool)
    def _on_float_toggled(self, on: bool) -> None:
        if on != self.isFloating():
            self.setFloating(on)

    @Slot(bool)
    def _on_top_level_changed(self, floating: bool) -> None:
        self._float.setChecked(floating)

    def _ask_file(self, suffix: str) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        remembered = str(self._context.settings.value(FOLDER, ""))
        folder = remembered if remembered and Path(remembered).is_dir() else documents
        dialog = QFileDialog(self, self.view.heading(), folder, f"{suffix.upper()} (*.{suffix})")
        dialog.setObjectName("save_view_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{self.view.name.replace('_', '-')}.{suffix}")
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.open()

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        self.save(Path(name))
