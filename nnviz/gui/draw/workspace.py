"""The Draw workspace: the pad at the left; the answer, and how the network came to see what it sees, at the right."""

from __future__ import annotations

import time
from typing import ClassVar

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from nnviz.core.ink import ALL_STEPS, Preparation
from nnviz.core.reader import ink_recipe
from nnviz.core.snapshot import Prediction
from nnviz.gui.draw.bars import ProbabilityBars
from nnviz.gui.draw.pad import DrawingPad
from nnviz.gui.draw.sees import SeenImage
from nnviz.gui.draw.strip import PreparationStrip
from nnviz.gui.draw.tools import PadTools
from nnviz.gui.draw.verdict import VerdictCard, judge
from nnviz.gui.session import SessionState
from nnviz.gui.window_context import WindowContext
from nnviz.gui.workspace import Workspace

FRAME_MS = 16
"""The network is asked at most once in this time, however fast the pen moves."""


STRIP_EVERY_MS = 60
"""The preparation's pictures cost more than the answer, and may lag behind it by this much ..."""

STRIP_LATEST_MS = 200
"""... or by this much, rather than keep an answer waiting."""

STRIP_COST_MS = 8
"""What they cost, about."""

ASK_AGAIN_MS = 400
"""While the network learns, the same drawing is read again this often."""


_FOLD_BELOW_EM = 58
"""Width of the page, in heights of the type, below which the answer's two middle cards stand one below the other."""


class DrawWorkspace(Workspace):
    """Where a digit is drawn and read.

    Attributes:
        pad: What is drawn on.
        tools: Its buttons.
        verdict: The answer in words.
        bars: The answer in numbers.
        seen: What the network sees.
        strip: How the drawing became that.
    """

    name: ClassVar[str] = "draw"

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.pad = DrawingPad(self)
        self.tools = PadTools(self.pad, self)
        self.verdict = VerdictCard()
        self.bars = ProbabilityBars()
        self.seen = SeenImage()
        self.strip = PreparationStrip()
        self._preparation: Preparation | None = None
        self._first_request: int | None = None
        """Number of the first request for what is drawn now; answers to earlier ones are stale."""
        self._asked_request = 0
        self._shown_request = 0
        self._asked_at = 0.0
        self._answer_is_due = False
        self._strip_wanted_at = 0.0
        self._ask_timer = self._single_shot(self._on_ask_due)
        self._strip_timer = self._single_shot(self._on_strip_due)
        self._again_timer = QTimer(self)
        self._again_timer.setInterval(ASK_AGAIN_MS)
        self._again_timer.timeout.connect(self._on_ask_again_due)
        self._build()
        self.pad.drawing_changed.connect(self._on_drawing_changed)
        self.pad.stroke_finished.connect(self._on_stroke_finished)
        self.pad.picture_refused.connect(self._on_picture_refused)
        session = context.session
        session.prediction_ready.connect(self._on_prediction_ready)
        session.recipe_changed.connect(self._on_recipe_changed)
        session.state_changed.connect(self._on_state_changed)
        session.failed.connect(self._on_session_failed)
        context.appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._show_nothing()

    def shown(self) -> None:
        """Ask again what is on the pad: another network may have been trained in the meantime."""
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)
        self._follow_training()
        self._prepare_and_ask_soon()

    def hidden(self) -> None:
        """Ask nothing any more."""
        self.pad.finish()
        for timer in (self._ask_timer, self._strip_timer, self._again_timer):
            timer.stop()

    def _single_shot(self, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(slot)
        return timer

    # Layout

    def _build(self) -> None:
        self._notice = QFrame(self)
        self._notice.setObjectName("draw_notice")
        self._notice.setProperty("kind", "error")
        self._notice_text = QLabel(self._notice)
        self._notice_text.setObjectName("draw_notice_text")
        self._notice_text.setProperty("kind", "error")
        self._notice_text.setTextFormat(Qt.TextFormat.PlainText)
        self._notice_text.setWordWrap(True)
        QVBoxLayout(self._notice).addWidget(self._notice_text)
        self._notice.hide()
        self._headings: list[QLabel] = []
        self._cards: list[QVBoxLayout] = []
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.addWidget(self._card(self.tr("How sure it is"), self.bars), 1)
        self._middle.addWidget(self._card(self.tr("What it sees"), self.seen), 1)
        self._page = QWidget()
        self._page.setProperty("kind", "page")
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.verdict)
        self._column.addLayout(self._middle, 2)
        self._column.addWidget(self._card(self.tr("From the drawing to the network"), self.strip), 1)
        self._right = QScrollArea(self)
        self._right.setObjectName("draw_answer_area")
        self._right.setWidgetResizable(True)
        self._right.setFrameShape(QFrame.Shape.NoFrame)
        self._right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._right.setWidget(self._page)
        QWidget.setTabOrder(self.pad, self.tools)

    def _card(self, title: str, content: QWidget) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "card")
        heading = QLabel(title)
        heading.setProperty("kind", "heading")
        heading.setBuddy(content)
        layout = QVBoxLayout(card)
        layout.addWidget(heading)
        layout.addWidget(content, 1)
        self._cards.append(layout)
        return card

    def _arrange(self) -> None:
        """The pad as large a square as the height allows, but never more than its part of the width."""
        space = self.context.theme.space
        margin = 2 * space
        tools_height = self.tools.sizeHint().height()
        area = self.rect().adjusted(margin, margin, -margin, -margin)
        self._fold_middle(area.width())
        # Room for its scroll bar, too, so that a low window does not cut the column's right edge off.
        right_least = self._page.minimumSizeHint().width() + self._right.verticalScrollBar().sizeHint().width()
        side = min(area.height() - tools_height - space, area.width() - margin - right_least, area.width() // 2)
        side = max(side, self.pad.minimumSizeHint().width(), self.tools.minimumSizeHint().width())
        self.pad.setGeometry(area.x(), area.y(), side, min(side, area.height() - tools_height - space))
        self.tools.setGeometry(area.x(), self.pad.geometry().bottom() + 1 + space, side, tools_height)
        left = area.x() + side + margin
        self._right.setGeometry(left, area.y(), max(area.right() + 1 - left, 0), area.height())
        self._place_notice()

    def _fold_middle(self, width: int) -> None:
        """One card below the other where there is no room for both beside the pad."""
        folded = width < _FOLD_BELOW_EM * self.context.theme.font_px
        self._middle.setDirection(QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight)
        self._middle.invalidate()

    def _place_notice(self) -> None:
        paper = self.pad.paper().translated(self.pad.pos()).toRect()
        inset = self.context.theme.space
        width = paper.width() - 2 * inset
        height = self._notice.heightForWidth(width)
        self._notice.setGeometry(QRect(paper.x() + inset, paper.bottom() - inset - height, width, height))

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self.context.theme
        for part in (self.pad, self.tools, self.verdict, self.bars, self.seen, self.strip):
            part.set_theme(theme)
        space = theme.space
        self._column.setSpacing(round(1.5 * space))
        self._middle.setSpacing(round(1.5 * space))
        for layout in self._cards:
            layout.setContentsMargins(2 * space, round(1.5 * space), 2 * space, round(1.5 * space))
            layout.setSpacing(space)
        self._arrange()

    # Asking

    @Slot()
    def _on_drawing_changed(self) -> None:
        self._notice.hide()
        self._preparation = None
        if self.pad.is_blank:
            self._show_nothing()
        else:
            self._prepare_and_ask_soon()

    @Slot()
    def _on_stroke_finished(self) -> None:
        # Nothing will come in this frame that would be worth waiting for.
        if self._ask_timer.isActive() and not self._answer_is_due:
            self._ask_timer.start(0)

    def _prepare_and_ask_soon(self) -> None:
        if self.pad.is_blank or self._ask_timer.isActive():
            return
        # Whether an earlier answer is still due does not matter: of several drawings the session answers the newest.
        since_ms = (time.monotonic() - self._asked_at) * 1000
        self._ask_timer.start(max(0, round(FRAME_MS - since_ms)))

    @Slot()
    def _on_ask_due(self) -> None:
        if self.pad.is_blank:
            return
        if self._preparation is None:
            self._preparation = self.pad.sketch.prepared(self.context.session.recipe, ALL_STEPS, self.pad.pen_width)
            self._show_preparation(self._preparation)
        if self._preparation.blank:
            self._forget_requests()
            self.bars.show_nothing()
            self.verdict.show_unreadable()
            return
        if self.context.session.state is SessionState.STARTING:
            self.verdict.show_waiting()
        self._asked_at = time.monotonic()
        self._answer_is_due = True
        self._asked_request = self.context.session.classify(self._preparation.image)
        if self._first_request is None:
            self._first_request = self._asked_request

    @Slot(object)
    def _on_prediction_ready(self, prediction: Prediction) -> None:
        if self._first_request is None or prediction.request < max(self._first_request, self._shown_request):
            return
        self._shown_request = prediction.request
        self.bars.show_probabilities(prediction.classes, prediction.probabilities)
        self.verdict.show_verdict(judge(prediction.probabilities), prediction.classes, self._source(prediction))
        if prediction.request == self._asked_request:
            self._answer_is_due = False

    @Slot()
    def _on_ask_again_due(self) -> None:
        self._prepare_and_ask_soon()

    @Slot(object)
    def _on_recipe_changed(self, recipe: object) -> None:
        self._preparation = None
        self._prepare_and_ask_soon()

    @Slot(object)
    def _on_state_changed(self, state: SessionState) -> None:
        self._follow_training()
        # The line under the answer says whether the network is still being trained.
        self._prepare_and_ask_soon()

    @Slot(object)
    def _on_session_failed(self, failure: object) -> None:
        self._answer_is_due = False

    def _follow_training(self) -> None:
        if self.isVisible() and self.context.session.state is SessionState.TRAINING:
            self._again_timer.start()
        else:
            self._again_timer.stop()

    def _source(self, prediction: Prediction) -> str:
        """Which network answered and how long it has been trained."""
        session = self.context.session
        count = f"{prediction.steps:,}"
        project = session.run_project
        reads = project is not None and ink_recipe(project.network, project.dataset, project.training) is not None
        if not reads:
            # The run's network may have the same name as the bundled one.
            bundled = self.tr("Bundled network ({0}), after {1} steps").format(prediction.network, count)
            if project is None:
                return bundled
            return self.tr("{0}; {1} cannot read drawings").format(bundled, project.title)
        if prediction.steps == 0:
            return self.tr("{0}, not trained yet").format(prediction.network)
        if session.state is SessionState.TRAINING:
            return self.tr("{0}, {1} steps, still training").format(prediction.network, count)
        return self.tr("{0}, after {1} steps").format(prediction.network, count)

    # Showing

    def _show_nothing(self) -> None:
        self._ask_timer.stop()
        self._strip_timer.stop()
        self._forget_requests()
        self.verdict.show_nothing()
        self.bars.show_nothing()
        self.seen.show_picture(None)
        self.strip.show_preparation(None)

    def _forget_requests(self) -> None:
        """Count every answer that is still under way as stale."""
        self._first_request = None
        self._answer_is_due = False

    def _show_preparation(self, preparation: Preparation) -> None:
        self.seen.show_picture(preparation.image)
        if not self._strip_timer.isActive():
            self._strip_wanted_at = time.monotonic()
            self._strip_timer.start(STRIP_EVERY_MS)

    @Slot()
    def _on_strip_due(self) -> None:
        late_ms = (time.monotonic() - self._strip_wanted_at) * 1000
        question_is_near = self._ask_timer.isActive() and self._ask_timer.remainingTime() < STRIP_COST_MS
        if late_ms < STRIP_LATEST_MS and (self._answer_is_due or question_is_near or self._preparation is None):
            self._strip_timer.start(STRIP_COST_MS // 2)
        elif self._preparation is not None:
            self.strip.show_preparation(self._preparation)

    @Slot(str)
    def _on_picture_refused(self, sentence: str) -> None:
        self._notice_text.setText(sentence)
        self._place_notice()
        self._notice.show()
        self._notice.raise_()
        self.said.emit(sentence)

    def sizeHint(self) -> QSize:
        return QSize(1160, 660)

    def minimumSizeHint(self) -> QSize:
        space = self.context.theme.space
        left = max(self.pad.minimumSizeHint().width(), self.tools.minimumSizeHint().width())
        right = self._page.minimumSizeHint().width()
        height = self.pad.minimumSizeHint().height() + self.tools.sizeHint().height()
        return QSize(left + right + 6 * space, height + 5 * space)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        # The window has a Ctrl+Z of its own, for the network. While the focus is in here, keys mean the drawing.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self.tools.handles(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.tools.trigger(event):
            super().keyPressEvent(event)
