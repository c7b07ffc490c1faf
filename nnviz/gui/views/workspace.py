"""The Live workspace: the views of the run, and where they stand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from nnviz.core.mailbox import Mail
from nnviz.core.probe_schedule import FEW
from nnviz.core.probes import PacedProbe, Probe
from nnviz.core.snapshot import Failure, Snapshot
from nnviz.gui.document import Project
from nnviz.gui.empty_page import EmptyPage
from nnviz.gui.session import SessionState
from nnviz.gui.style.icons import icon
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS, LiveView
from nnviz.gui.views.curve_view import CurveView
from nnviz.gui.views.docks import DockArea
from nnviz.gui.views.earlier_runs import EarlierRuns
from nnviz.gui.views.in_words import NAME as IN_WORDS
from nnviz.gui.views.in_words import InWords
from nnviz.gui.views.rewind_bar import RewindBar
from nnviz.gui.views.turns import QUICK_SHARE, SHARE, Turns
from nnviz.gui.window_context import WindowContext
from nnviz.gui.workspace import Workspace

MANY_GAP_S = 0.2
"""Seconds between two drawings of a view where there are more than a few: nobody looks at all of them at a time."""


class LiveWorkspace(Workspace):
    """Shows the live views that apply to the run; what is not on the screen is neither probed nor drawn.

    Attributes:
        views: All views, by name.
        area: Where they stand.
        earlier: Finds earlier runs for loss and accuracy.
        in_words: Says above them what is going on, when something is.
        rewind: Takes all of them back to an earlier step.
    """

    name = "live"

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._on_screen = False
        self._past_step = 0
        self._told: dict[str, Probe] | None = {}
        self._news: dict[str, Snapshot] = {}
        self._turns = Turns(self._draw_view, context.session.screen_turn, self)
        context.session.turn_given.connect(self._turns.take)
        kinds = sorted(VIEWS, key=lambda view: view.order)
        self.views: dict[str, LiveView] = {kind.name: kind(context.theme) for kind in kinds}
        self.earlier = EarlierRuns(context, self)
        for view in self._curve_views():
            view.remember_in(context.settings)
            view.earlier_wanted_changed.connect(self._tell_earlier)
            self.earlier.found.connect(view.show_earlier)
        self._tell_earlier()
        self.area = DockArea(list(self.views.values()), context)
        self.area.shown_changed.connect(self._tell_probes)
        self.area.arranged.connect(self._fill_menu)
        for dock in self.area.docks.values():
            dock.said.connect(self.said)
            dock.view.probe_changed.connect(self._tell_probes)
            dock.view.sample_chosen.connect(self._on_sample_chosen)
        self._empty = EmptyPage(
            "live",
            self.tr("Nothing is learning yet"),
            self.tr(
                "Press Train in the tool bar (F5). The loss falls and the accuracy rises here while the network "
                "learns; point at a curve to read its values."
            ),
            context.theme,
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._make_run_page())
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._pages)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.area.leave_alone)
        clock = context.frame_clock
        clock.mail_arrived.connect(self._on_mail_arrived)
        clock.curves_cleared.connect(self._on_curves_cleared)
        context.session.run_started.connect(self._on_run_started)
        context.session.run_forgotten.connect(self._on_run_forgotten)
        context.session.rewound.connect(self._on_rewound)
        context.session.state_changed.connect(self._pace)
        context.appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed(context.theme)
        if context.session.run_project is not None:
            self._on_run_started(context.session.run_project)

    def _make_run_page(self) -> QWidget:
        page = QWidget()
        self._menu = QMenu(self)
        self._menu.setObjectName("views_menu")
        self._menu.setToolTipsVisible(True)
        self._menu_button = QToolButton()
        self._menu_button.setObjectName("views_button")
        self._menu_button.setText(self.tr("Views"))
        self._menu_button.setToolTip(self.tr("Open and close views, and arrange them."))
        self._menu_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu_button.setMenu(self._menu)
        self.in_words = InWords(self.context)
        self.in_words.said.connect(self.said)
        self.top = QHBoxLayout()
        self.top.addWidget(self.in_words, 1)
        self.top.addWidget(self._menu_button, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.top)
        column.addWidget(self.area, 1)
        self.rewind = RewindBar(self.context, lambda: self._turns.is_waiting)
        self.rewind.branch_requested.connect(self.branch_requested)
        column.addWidget(self.rewind)
        self._column = column
        return page

    def shown(self) -> None:
        """Draw what has happened meanwhile, and ask for what the views read."""
        super().shown()
        self._on_screen = True
        # Another page of the window may have asked for something else.
        self._told = None
        self._tell_probes()

    def hidden(self) -> None:
        """Neither draw nor probe any more, but for views in windows of their own."""
        self._on_screen = False
        self.area.remember()
        self._tell_probes()

    def tells(self, failure: Failure) -> bool:
        """Whether the line above the views says it."""
        return self._on_screen and self.in_words.tell(failure)

    def visible_views(self) -> list[LiveView]:
        """The views that are on the screen now."""
        return [view for view in self.views.values() if self._is_visible(view)]

    def _is_visible(self, view: LiveView) -> bool:
        dock = self.area.docks[view.name]
        return dock.is_seen() and (self._on_screen or dock.isFloating())

    def _draw(self, mail: Mail | None) -> None:
        self.in_words.take(mail, visible=self._on_screen)
        if mail is not None:
            self._news |= mail.snapshots
        curves = mail is None or len(mail.history) or len(mail.history.validation_steps)
        views = self.visible_views()
        self._turns.least_gap_s = MANY_GAP_S if len(views) > FEW and self._turns.asks else 0.0
        self._turns.offer(view for view in views if (view.probe is None and curves) or view.name in self._news)

    def _draw_view(self, view: LiveView) -> None:
        if not self._is_visible(view):
            return
        view.show_curves(self.context.frame_clock.curves)
        news = self._news.pop(view.name, None)
        if news is not None:
            view.show_snapshot(news)
        # At once: later the training would be under way again.
        view.paint_now()

    def _curve_views(self) -> list[CurveView]:
        return [view for view in self.views.values() if isinstance(view, CurveView)]

    @Slot()
    def _tell_earlier(self) -> None:
        self.earlier.want(any(view.options.shows_earlier for view in self._curve_views()))

    @Slot(int)
    def _on_sample_chosen(self, sample: int) -> None:
        for view in self.views.values():
            view.follow_sample(sample)
        # Behind another view nobody would see where it went.
        maps = self.area.docks["feature_maps"]
        if self.area.is_open("feature_maps") and self.area.alone is None:
            maps.raise_()

    @Slot()
    def _tell_probes(self) -> None:
        probes: dict[str, Probe] = {}
        for view in self.visible_views():
            if view.probe is not None:
                paced = view.least_gap_s > 0
                probes[view.name] = PacedProbe(view.probe, view.least_gap_s) if paced else view.probe
        if self._on_screen and self.in_words.probe is not None:
            probes[IN_WORDS] = self.in_words.probe
        if probes != self._told:
            # Docks also speak while the window is taken apart, and then there is nobody to tell.
            self._told = probes
            self.context.session.set_visible_probes(probes)
        self._draw(None)

    @Slot()
    def _fill_menu(self) -> None:
        self._menu.clear()
        for dock in self.area.offered():
            action = QAction(dock.view.heading(), self._menu)
            action.setObjectName(f"show_{dock.view.name}")
            action.setToolTip(QCoreApplication.translate("LiveView", dock.view.hint))
            action.setCheckable(True)
            action.setChecked(self.area.is_open(dock.view.name))
            action.toggled.connect(partial(self.area.set_open, dock.view.name))
            self._menu.addAction(action)
        self._menu.addSeparator()
        for name, text, slot in (
            ("arrange_four", self.tr("Four side by side, the others behind"), self.area.arrange_four),
            ("arrange_all", self.tr("All side by side"), self.area.arrange_all),
        ):
            action = QAction(text, self._menu)
            action.setObjectName(name)
            action.triggered.connect(slot)
            self._menu.addAction(action)

    @Slot(object)
    def _on_mail_arrived(self, mail: Mail) -> None:
        self._draw(mail)

    @Slot()
    def _on_curves_cleared(self) -> None:
        project = self.context.session.run_project
        if project is not None:
            self._begin(project)

    @Slot(object)
    def _on_run_started(self, project: Project) -> None:
        self._pages.setCurrentIndex(1)
        self.area.set_applicable({name for name, view in self.views.items() if view.applies_to(project)})
        self._fill_menu()
        self._begin(project)
        self._tell_probes()

    def _begin(self, project: Project) -> None:
        self._past_step = 0
        self._pace()
        self.in_words.begin(project, self.context.session.run_steps)
        self._turns.clear()
        self._news.clear()
        self.earlier.begin(project)
        for view in self.views.values():
            view.begin(project, self.context.session.run_steps)

    @Slot()
    def _pace(self) -> None:
        # While a network learns, drawing gives way to it; else somebody waits to see.
        learning = self.context.session.state is SessionState.TRAINING and not self._past_step
        self._turns.share = SHARE if learning else QUICK_SHARE
        self._turns.asks = learning
        for view in self._curve_views():
            view.set_learning(learning)

    @Slot(int)
    def _on_rewound(self, step: int) -> None:
        self._past_step = step
        self._pace()
        for view in self.views.values():
            view.mark_step(step)

    @Slot()
    def _on_run_forgotten(self) -> None:
        self._pages.setCurrentWidget(self._empty)

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        margin = 2 * theme.space
        self._layout.setContentsMargins(margin, theme.space, margin, margin)
        self._column.setSpacing(theme.space // 2)
        self._menu_button.setIcon(icon("views", theme, "muted"))
        self.in_words.set_theme(theme)
        self.top.setSpacing(theme.space)
        self.top.setContentsMargins(0, 0, 0, theme.space // 2)
        self.rewind.set_theme(theme)
        self._empty.set_theme(theme)
        self.area.set_theme(theme)
