"""The Live workspace: the views of the run, one card each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from nnviz.core.mailbox import Mail
from nnviz.gui.document import Project
from nnviz.gui.style.icons import icon
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS, LiveView
from nnviz.gui.window_context import WindowContext
from nnviz.gui.workspace import Workspace


class LiveWorkspace(Workspace):
    """Shows the live views that apply to the run; what is not on the screen is neither probed nor drawn.

    Attributes:
        views: All views, by name.
    """

    name = "live"

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._on_screen = False
        self.views: dict[str, LiveView] = {}
        self._cards: dict[str, QFrame] = {}
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setObjectName("live_views")
        self._splitter.setChildrenCollapsible(False)
        for kind in sorted(VIEWS, key=lambda view: view.order):
            self._add(kind)
        self._empty = _EmptyPage(context.theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._splitter)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._pages)
        clock = context.frame_clock
        clock.mail_arrived.connect(self._on_mail_arrived)
        clock.curves_cleared.connect(self._on_curves_cleared)
        context.session.run_started.connect(self._on_run_started)
        context.session.run_forgotten.connect(self._on_run_forgotten)
        context.appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed(context.theme)
        if context.session.run_project is not None:
            self._on_run_started(context.session.run_project)

    def shown(self) -> None:
        """Draw what has happened meanwhile, and ask for what the views read."""
        super().shown()
        self._on_screen = True
        self._draw(None)
        self._tell_probes()

    def hidden(self) -> None:
        """Neither draw nor probe any more."""
        self._on_screen = False
        self._tell_probes()

    def visible_views(self) -> list[LiveView]:
        """The views that are on the screen now."""
        return [view for view in self.views.values() if view.isVisible()]

    def _add(self, kind: type[LiveView]) -> None:
        view = kind(self.context.theme)
        card = QFrame()
        card.setProperty("kind", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(view)
        self.views[kind.name] = view
        self._cards[kind.name] = card
        self._splitter.addWidget(card)

    def _draw(self, mail: Mail | None) -> None:
        if not self._on_screen:
            return
        curves = self.context.frame_clock.curves
        cost = 0.0
        for view in self.visible_views():
            # What was painted last: this frame is painted when control is back with Qt.
            cost += view.paint_s
            view.show_curves(curves)
            if mail is not None and view.name in mail.snapshots:
                view.show_snapshot(mail.snapshots[view.name])
        self.context.frame_clock.report_cost(cost)

    def _tell_probes(self) -> None:
        views = self.visible_views() if self._on_screen else []
        self.context.session.set_visible_probes({view.name: view.probe for view in views if view.probe is not None})

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
        self._pages.setCurrentWidget(self._splitter)
        for name, view in self.views.items():
            self._cards[name].setVisible(view.applies_to(project))
        self._begin(project)
        self._draw(None)
        self._tell_probes()

    def _begin(self, project: Project) -> None:
        for view in self.views.values():
            view.begin(project, self.context.session.run_steps)

    @Slot()
    def _on_run_forgotten(self) -> None:
        self._pages.setCurrentWidget(self._empty)

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        margin = 2 * theme.space
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self._splitter.setHandleWidth(margin)
        self._empty.set_theme(theme)
        for view in self.views.values():
            view.set_theme(theme)


class _EmptyPage(QWidget):
    """What the workspace shows before the first run."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._picture = QLabel()
        title = QLabel(self.tr("Nothing is learning yet"))
        title.setProperty("kind", "title")
        self._text = QLabel(
            self.tr(
                "Press Train in the tool bar (F5). The loss falls and the accuracy rises here while the network "
                "learns; point at a curve to read its values."
            )
        )
        self._text.setProperty("kind", "muted")
        self._text.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addStretch()
        for label in (self._picture, title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        side = 4 * theme.icon_px
        self._picture.setPixmap(icon("live", theme).pixmap(side, side))
        # A layout that centres a label asks it for no height: a text that wraps must be told its width and get its own.
        width = 38 * theme.font_px
        self._text.setFixedWidth(width)
        self._text.ensurePolished()
        self._text.setFixedHeight(self._text.heightForWidth(width))
