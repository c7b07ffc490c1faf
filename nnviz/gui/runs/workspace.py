"""The workspace of earlier trainings: a table of them, their curves over one another, and what distinguishes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import (
    QByteArray,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    QUrl,
    Slot,
)
from PySide6.QtGui import QAction, QColor, QDesktopServices, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.core.mailbox import Mail
from nnviz.core.run_curves import RunCurves
from nnviz.core.snapshot import Failure
from nnviz.gui.commands import tip_with_shortcut
from nnviz.gui.empty_page import EmptyPage
from nnviz.gui.runs.comparison import ChosenRun, Comparison
from nnviz.gui.runs.curves import CurvesPanel
from nnviz.gui.runs.keeping import KeepingMenu
from nnviz.gui.runs.shelf import ReadRun, RunEntry, RunShelf
from nnviz.gui.runs.table import (
    COLUMNS,
    CUT_OFF,
    ID_ROLE,
    PLACES,
    SORT_ROLE,
    TRAINING,
    KeepTyping,
    RunTable,
    comes_first,
)
from nnviz.gui.runs.tensorboard import TensorBoardRow
from nnviz.gui.session import SessionState
from nnviz.gui.style.colours import class_colour
from nnviz.gui.style.icons import icon
from nnviz.gui.style.theme import Theme
from nnviz.gui.window_context import WindowContext
from nnviz.gui.workspace import Workspace

MOST_CHOSEN = 8
"""Runs that are drawn at once: more colours could not be told apart."""

LOOK_EVERY_MS = 2000
"""Time between two looks at the disk while a run is under way."""

DRAW_EVERY_MS = 1000
"""The same between two drawings of the run that is under way."""

HEADER, SPLIT = "runs/header", "runs/split"

Index = QModelIndex | QPersistentModelIndex


class _Sorted(QSortFilterProxyModel):
    """Sorted by values, not by their texts; what is missing stands below, whichever way it is sorted."""

    def lessThan(self, left: Index, right: Index) -> bool:
        values = [index.data(SORT_ROLE) for index in (left, right)]
        if None in values and self.sortOrder() is Qt.SortOrder.AscendingOrder:
            return values[1] is None and values[0] is not None
        return comes_first(*values)


class RunsWorkspace(Workspace):
    """Lists runs, lays their curves over one another, opens them and sets them aside."""

    name = "runs"

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._chosen: list[str] = []
        self._read: dict[str, ReadRun] = {}
        self._asked: tuple[str, ...] = ()
        self._runs: tuple[ChosenRun, ...] = ()
        self.shelf = RunShelf(context.session.runs_dir, self)
        self.shelf.listed.connect(self._on_listed)
        self.shelf.read.connect(self._on_read)
        self.shelf.changed.connect(self._on_changed)
        self.shelf.opened.connect(self.project_requested)
        self.shelf.failed.connect(self._on_failed)
        self.table = RunTable(self)
        self.table.edited.connect(self._on_edited)
        self._sorted = _Sorted(self)
        self._sorted.setSourceModel(self.table)
        self._sorted.setFilterKeyColumn(-1)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._make_actions()
        self._pages = QStackedWidget()
        self._empty = EmptyPage(
            "runs",
            self.tr("No run is kept yet"),
            self.tr(
                "Press Train (F5): every training is kept here with its settings, its curves and its weights, to be "
                "compared, rewound and gone on with."
            ),
            context.theme,
        )
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._make_page())
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._make_head())
        self._written = TensorBoardRow(context.settings, self)
        self._written.said.connect(self.said)
        self._written.busy_changed.connect(self._on_selected)
        self._layout.addWidget(self._written)
        self._layout.addWidget(self._pages, 1)
        self._look = QTimer(self, interval=LOOK_EVERY_MS)
        self._look.timeout.connect(self.shelf.list_runs)
        self._redraw = QTimer(self, interval=DRAW_EVERY_MS, singleShot=True)
        self._redraw.timeout.connect(self._draw)
        context.session.state_changed.connect(self._on_state_changed)
        context.frame_clock.mail_arrived.connect(self._on_mail)
        context.appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed(context.theme)
        self._on_selected()

    def shown(self) -> None:
        """Look what there is."""
        (self.view if self._pages.currentIndex() else self).setFocus(Qt.FocusReason.OtherFocusReason)
        self.shelf.list_runs()
        self._on_state_changed(self.context.session.state)

    def hidden(self) -> None:
        """Look no more."""
        self._look.stop()
        settings = self.context.settings
        settings.setValue(HEADER, self.view.horizontalHeader().saveState())
        settings.setValue(SPLIT, self._split.saveState())

    def chosen_entries(self) -> list[RunEntry]:
        """The chosen runs, in the order in which they were chosen."""
        return [entry for entry in map(self.table.entry, self._chosen) if entry is not None]

    def comparison_names(self) -> list[str]:
        """What the runs are called whose settings are compared."""
        return [run.name for run in self._runs]

    def _make_actions(self) -> None:
        self.open = self._action("open_run", self.tr("Open"), self.tr("Take this run's network as it ended."))
        self.open.triggered.connect(self._on_open)
        self.rename = self._action("rename_run", self.tr("Rename"), self.tr("Give the run a name of its own."), "F2")
        self.rename.triggered.connect(self._on_rename)
        self.folder = self._action(
            "open_run_folder", self.tr("Open folder"), self.tr("Show the run's files in the system's file browser.")
        )
        self.folder.triggered.connect(self._on_open_folder)
        self.tensorboard = self._action(
            "tensorboard_runs",
            self.tr("TensorBoard..."),
            self.tr("Write curves and settings of the chosen runs so that TensorBoard shows them."),
        )
        self.tensorboard.triggered.connect(self._on_tensorboard)
        self.delete = self._action(
            "delete_runs", self.tr("Delete"), self.tr("Take the chosen runs away; it can be undone."), "Del"
        )
        self.delete.triggered.connect(self._on_delete)
        self.undo = self._action("undo_delete_runs", self.tr("Undo delete"), self.tr("Put back what was deleted last."))
        self.undo.triggered.connect(self._on_undo)

    def _action(self, name: str, text: str, tip: str, key: str = "") -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setToolTip(tip_with_shortcut(text, tip, QKeySequence(key)))
        if key:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action

    def _make_head(self) -> QHBoxLayout:
        title = QLabel(self.tr("Runs"))
        title.setProperty("kind", "title")
        self._count = QLabel()
        self._count.setObjectName("runs_count")
        self._count.setProperty("kind", "muted")
        self._search = QLineEdit()
        self._search.setObjectName("runs_search")
        self._search.setAccessibleName(self.tr("Search runs"))
        self._search.setPlaceholderText(self.tr("Search names, notes, settings"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._on_search)
        self._keeping = KeepingMenu(self.context, self)
        self._buttons: dict[QToolButton, str] = {}
        self._head = QHBoxLayout()
        self._head.addWidget(title)
        self._head.addWidget(self._count)
        self._head.addStretch(1)
        self._head.addWidget(self._search)
        for action, picture in (
            (self.open, "live"),
            (self.rename, "draw"),
            (self.folder, "open"),
            (self.tensorboard, "save"),
            (self.delete, "delete"),
            (self.undo, "undo"),
        ):
            button = QToolButton()
            button.setObjectName(f"{action.objectName()}_button")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._buttons[button] = picture
            self._head.addWidget(button)
        self._undo_button = button
        self._head.addWidget(self._keeping)
        return self._head

    def _make_page(self) -> QWidget:
        self.view = QTableView()
        self.view.setObjectName("runs_table")
        self.view.setAccessibleName(self.tr("Table of runs"))
        self.view.setModel(self._sorted)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setItemDelegate(KeepTyping(self.view))
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        # Tab goes on to the curves: the arrows move in the table.
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(PLACES["began"], Qt.SortOrder.DescendingOrder)
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.addActions([self.open, self.rename, self.folder, self.tensorboard, self.delete])
        self.addActions([self.open, self.rename, self.folder, self.tensorboard, self.delete, self.undo])
        self.view.doubleClicked.connect(self._on_double_clicked)
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        self.curves = CurvesPanel(self.context.theme)
        self.comparison = Comparison(self)
        self.curves.values_shown.connect(self.comparison.show_values)
        self.compared = QTableView()
        self.compared.setObjectName("runs_comparison")
        self.compared.setAccessibleName(self.tr("Values and settings of the chosen runs"))
        self.compared.setModel(self.comparison)
        self.compared.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.compared.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.compared.setShowGrid(False)
        self.compared.setWordWrap(False)
        self.compared.setTabKeyNavigation(False)
        self.compared.setFrameShape(QFrame.Shape.NoFrame)
        self.compared.verticalHeader().hide()
        self.compared.horizontalHeader().setHighlightSections(False)
        self.compared.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        card = QFrame()
        card.setProperty("kind", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(1, 1, 1, 1)
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._across.setChildrenCollapsible(False)
        self._across.addWidget(self.curves)
        self._across.addWidget(self.compared)
        self._across.setSizes([600, 450])
        self._across.setStretchFactor(0, 3)
        self._across.setStretchFactor(1, 2)
        row.addWidget(self._across)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setObjectName("runs_split")
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.view)
        self._split.addWidget(card)
        self._split.setStretchFactor(0, 2)
        self._split.setStretchFactor(1, 3)
        state = self.context.settings.value(SPLIT)
        if isinstance(state, QByteArray):
            self._split.restoreState(state)
        return self._split

    def _entry_at(self, index: QModelIndex) -> RunEntry | None:
        return self.table.entry(str(index.data(ID_ROLE))) if index.isValid() else None

    @property
    def _current(self) -> str:
        """Id of the run that the session has, under way or not; empty if there is none."""
        folder = self.context.session.run_folder
        return folder.name if isinstance(folder, Path) else ""

    def _is_under_way(self, entry: RunEntry) -> bool:
        busy = self.context.session.state in (SessionState.TRAINING, SessionState.PAUSED)
        return busy and entry.id == self._current

    @Slot(object)
    def _on_listed(self, entries: list[RunEntry]) -> None:
        shown = [
            replace(entry, summary=replace(entry.summary, state=CUT_OFF))
            if entry.summary.state == TRAINING and entry.id != self._current
            else entry
            for entry in entries
        ]
        first = not self.table.rowCount()
        self.table.set_entries(shown)
        self._show_count()
        self._pages.setCurrentIndex(1 if shown else 0)
        if first and shown:
            self._choose([self._current if self.table.entry(self._current) else shown[0].id])
            if self.isVisible():
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_selected()

    def _choose(self, runs: list[str]) -> None:
        selection = QItemSelection()
        for row in range(self._sorted.rowCount()):
            index = self._sorted.index(row, 0)
            if index.data(ID_ROLE) in runs:
                selection.select(index, self._sorted.index(row, len(COLUMNS) - 1))
                self.view.setCurrentIndex(index)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().select(selection, flags)

    @Slot()
    def _on_selected(self) -> None:
        selected = [str(index.data(ID_ROLE)) for index in self.view.selectionModel().selectedRows()]
        kept = [run for run in self._chosen if run in selected]
        self._chosen = kept + [run for run in selected if run not in kept]
        entries = self.chosen_entries()
        free = [entry for entry in entries if not self._is_under_way(entry)]
        self.open.setEnabled(len(entries) == 1 and len(free) == 1)
        self.rename.setEnabled(len(entries) == 1)
        self.folder.setEnabled(len(entries) == 1)
        self.tensorboard.setEnabled(bool(entries) and not self._written.busy)
        self.delete.setEnabled(bool(free))
        self._show_undo()
        drawn = tuple(entry.id for entry in entries[:MOST_CHOSEN])
        missing = [run for run in drawn if run not in self._read or run == self._current]
        if missing and drawn != self._asked:
            self._asked = drawn
            self.shelf.read_runs([entry.folder for entry in entries[:MOST_CHOSEN]])
        else:
            self._show()

    @Slot(object)
    def _on_read(self, read: dict[str, ReadRun]) -> None:
        # Together with what is known: of two answers on their way the older one may be the last to come.
        self._read = {run: found for run, found in (self._read | read).items() if run in self._chosen}
        self._show()

    def _show(self) -> None:
        theme = self.context.theme
        runs: list[ChosenRun] = []
        colours: dict[str, QColor] = {}
        for entry in self.chosen_entries()[:MOST_CHOSEN]:
            colour = class_colour(theme, len(colours))
            colours[entry.id] = colour
            if entry.id in self._read:
                runs.append(ChosenRun(entry.id, entry.name, colour, self._read[entry.id].project))
        dot_px = round(0.8 * theme.font_px)
        self.table.set_colours(colours, dot_px)
        self._runs = tuple(runs)
        self.comparison.show_runs(runs, dot_px)
        self._draw()
        self._fit_compared()

    @Slot()
    def _draw(self) -> None:
        curves: dict[str, RunCurves] = {run.id: self._read[run.id].curves for run in self._runs}
        if self._current in curves and self.context.session.run_number:
            curves[self._current] = self.context.frame_clock.curves
        self.curves.show_runs(self._runs, curves)

    def _fit_compared(self) -> None:
        header = self.compared.horizontalHeader()
        self.compared.resizeColumnToContents(0)
        for column in range(1, self.comparison.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.compared.setColumnWidth(column, round(9.5 * self.context.theme.font_px))
        header.setStretchLastSection(True)

    def _show_undo(self) -> None:
        self.undo.setEnabled(bool(self.shelf.aside))
        self._undo_button.setVisible(bool(self.shelf.aside))

    def _show_count(self) -> None:
        shown, total = self._sorted.rowCount(), self.table.rowCount()
        text = self.tr("{0} of {1}").format(shown, total) if shown != total else str(total or "")
        self._count.setText(text)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self._sorted.setFilterFixedString(text)
        self._show_count()

    @Slot(str, str, str)
    def _on_edited(self, run: str, column: str, text: str) -> None:
        entry = self.table.entry(run)
        if entry is not None:
            # The title again is no name of its own.
            own = "" if column == "name" and text == entry.summary.title else text
            self.shelf.change(entry.folder, **{column: own})

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        if COLUMNS[index.column()].name == "notes":
            self.view.edit(index)
        elif self.open.isEnabled():
            self._on_open()

    @Slot()
    def _on_open(self) -> None:
        for entry in self.chosen_entries()[:1]:
            self.said.emit(self.tr("Opening {0}.").format(entry.name))
            self.shelf.open_run(entry.folder)

    @Slot()
    def _on_rename(self) -> None:
        rows = self.view.selectionModel().selectedRows(PLACES["name"])
        current = self.view.currentIndex()
        # F2 in the column of notes edits these.
        if current.isValid() and COLUMNS[current.column()].name == "notes" and self.view.hasFocus():
            self.view.edit(current)
        elif rows:
            self.view.setCurrentIndex(rows[0])
            self.view.edit(rows[0])

    @Slot()
    def _on_open_folder(self) -> None:
        for entry in self.chosen_entries()[:1]:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(entry.folder.path))):
                self.said.emit(self.tr("The folder is {0}.").format(entry.folder.path))

    @Slot()
    def _on_tensorboard(self) -> None:
        self._written.ask(self.chosen_entries())

    @Slot()
    def _on_delete(self) -> None:
        entries = [entry for entry in self.chosen_entries() if not self._is_under_way(entry)]
        if not entries:
            return
        self.shelf.set_aside([entry.folder for entry in entries])
        what = entries[0].name if len(entries) == 1 else self.tr("{0} runs").format(len(entries))
        self.said.emit(self.tr("Deleted {0}. Undo delete brings it back.").format(what))

    @Slot()
    def _on_undo(self) -> None:
        self.shelf.put_back()
        self.said.emit(self.tr("What was deleted is back."))

    @Slot()
    def _on_changed(self) -> None:
        self._show_undo()
        self.shelf.list_runs()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self.said.emit(failure.sentence)

    @Slot(object)
    def _on_state_changed(self, state: SessionState) -> None:
        under_way = state in (SessionState.TRAINING, SessionState.LOADING)
        if self.isVisible():
            # Once more when it is over, for its result.
            self.shelf.list_runs()
            if under_way:
                self._look.start()
                return
        self._look.stop()

    @Slot(object)
    def _on_mail(self, mail: Mail) -> None:
        if self.isVisible() and self._current in self._chosen and not self._redraw.isActive():
            self._redraw.start()

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        margin = 2 * theme.space
        self._layout.setContentsMargins(margin, theme.space, margin, margin)
        self._layout.setSpacing(theme.space)
        self._head.setSpacing(theme.space // 2)
        self._split.setHandleWidth(theme.space)
        self._search.setFixedWidth(15 * theme.font_px)
        for button, picture in self._buttons.items():
            button.defaultAction().setIcon(icon(picture, theme, "text"))
            button.setIconSize(QSize(theme.icon_px - 2, theme.icon_px - 2))
        self._keeping.set_theme(theme)
        self._written.set_theme(theme)
        self._empty.set_theme(theme)
        state = self.context.settings.value(HEADER)
        header = self.view.horizontalHeader()
        if not (isinstance(state, QByteArray) and header.restoreState(state)):
            for place, column in enumerate(COLUMNS):
                self.view.setColumnWidth(place, round(column.width_em * theme.font_px))
        header.setSortIndicatorShown(True)
        row = round(2.1 * theme.font_px)
        for table in (self.view, self.compared):
            table.verticalHeader().setDefaultSectionSize(row)
        self.curves.set_theme(theme)
        self._show()
