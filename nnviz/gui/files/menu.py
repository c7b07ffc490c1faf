"""The menu at the left of the tool bar: files, export and the end."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from nnviz.gui.commands import Commands
from nnviz.gui.export.menu import ExportMenu
from nnviz.gui.files.recent import RecentFiles
from nnviz.gui.style.icons import icon
from nnviz.gui.window_context import WindowContext


class FileMenu(QMenu):
    """What can be done with the project as a whole.

    Attributes:
        export: The submenu from which the network is exported.

    Signals:
        recent_chosen(str): The file of this path is wanted.
        clear_requested: The list of recent files should be emptied.
    """

    recent_chosen = Signal(str)
    clear_requested = Signal()

    def __init__(
        self, context: WindowContext, commands: Commands, recent: RecentFiles, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._recent = recent
        self.setObjectName("file_menu")
        self.setAccessibleName(self.tr("File"))
        self.setToolTipsVisible(True)
        self._recent_menu = QMenu(self.tr("Open recent"), self)
        self._recent_menu.setObjectName("recent_menu")
        self._recent_menu.setToolTipsVisible(True)
        self.export = ExportMenu(context, self)
        self.addAction(commands.new)
        self.addAction(commands.open)
        self.addMenu(self._recent_menu)
        self.addSeparator()
        self.addAction(commands.save)
        self.addAction(commands.save_as)
        self.addMenu(self.export)
        self.addSeparator()
        self.addAction(commands.open_data)
        self.addSeparator()
        self.addAction(commands.quit)
        self._recent_menu.triggered.connect(self._on_recent_triggered)
        # Each time: a file may have gone since.
        self._recent_menu.aboutToShow.connect(self._fill)
        recent.changed.connect(self._fill)
        context.appearance.theme_changed.connect(self._on_theme_changed)
        self._fill()
        self._on_theme_changed()

    @Slot()
    def _fill(self) -> None:
        menu = self._recent_menu
        menu.clear()
        for number, path in enumerate(self._recent.paths):
            there = path.is_file()
            text = path.name.replace("&", "&&")
            action = QAction(text if there else self.tr("{0} (gone)").format(text), menu)
            action.setObjectName(f"recent_{number}")
            action.setData(str(path))
            action.setToolTip(str(path))
            action.setEnabled(there)
            menu.addAction(action)
        if self._recent.paths:
            menu.addSeparator()
            clear = QAction(self.tr("Clear this list"), menu)
            clear.setObjectName("clear_recent")
            menu.addAction(clear)
        # Not setEnabled() of the menu: its action is what is grey.
        self._recent_menu.menuAction().setEnabled(bool(self._recent.paths))

    @Slot(object)
    def _on_recent_triggered(self, action: QAction) -> None:
        if action.objectName() == "clear_recent":
            self.clear_requested.emit()
        else:
            self.recent_chosen.emit(str(action.data()))

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._context.theme
        self._recent_menu.setIcon(icon("open", theme, "muted"))
        self.export.setIcon(icon("copy", theme, "muted"))
