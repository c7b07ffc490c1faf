"""The Draw workspace: the pad over what every layer makes of it; at the right the answer and its reasons."""

from __future__ import annotations

import time
from typing import ClassVar

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nnviz.core.project import ProjectFile
from nnviz.core.rbm.memory import remembers
from nnviz.core.reader import ink_recipe
from nnviz.core.reading import Answer, Reading
from nnviz.gui.draw.bars import ProbabilityBars
from nnviz.gui.draw.comparison import ComparisonBox
from nnviz.gui.draw.layers import LayersView
from nnviz.gui.draw.pad import DrawingPad
from nnviz.gui.draw.remembered import RememberedDrawing
from nnviz.gui.draw.sees import SeenImage
from nnviz.gui.draw.strip import PreparationStrip
from nnviz.gui.draw.teach import TeachPanel
from nnviz.gui.draw.tools import PadTools
from nnviz.gui.draw.verdict import VerdictCard, judge
from nnviz.gui.elided_label import ElidedLabel
from nnviz.gui.reading_desk import PICTURES_LATEST_S
from nnviz.gui.session import SessionState
from nnviz.gui.spec_text import spec_text
from nnviz.gui.window_context import WindowContext
from nnviz.gui.workspace import Workspace

FRAME_MS = 8
"""While an answer is due, the network is asked at most once in this time, however fast the pen moves."""

ASK_AGAIN_MS = 400
"""While the network learns, the same drawing is read again this often."""


_LAYERS_SHARE = 0.27
"""Part of the page's height that the layers have under the pad."""


class DrawWorkspace(Workspace):
    """Where a digit is drawn and read.

    Attributes:
        pad: What is drawn on.
        tools: Its buttons.
        verdict: The answer in words.
        bars: The answer in numbers.
        seen: What the network sees.
        strip: How the drawing became that.
        remembered: What RBMs make of it; hidden unless the run's network begins with them.
        layers: What every layer makes of it.
        comparison: The choice of a second network.
        teach: What it was, and learning from that.
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
        self.remembered = RememberedDrawing()
        self.layers = LayersView()
        self.comparison = ComparisonBox()
        self.rival_bars = ProbabilityBars()
        self.rival_bars.setObjectName("rival_bars")
        self.teach = TeachPanel(context, self.pad)
        self._first_request: int | None = None
        """Number of the first request for what is drawn now; answers to earlier ones are stale."""
        self._asked_request = 0
        self._shown_request = 0
        self._is_due = False
        """Whether the newest question has no answer yet."""
        self._asked_at = 0.0
        self._pictured_at = 0.0
        self._ask_timer = self._single_shot(self._on_ask_due)
        self._again_timer = QTimer(self)
        self._again_timer.setInterval(ASK_AGAIN_MS)
        self._again_timer.timeout.connect(self._on_ask_again_due)
        self._build()
        self.pad.drawing_changed.connect(self._on_drawing_changed)
        self.pad.stroke_finished.connect(self._on_stroke_finished)
        self.pad.picture_refused.connect(self._on_refused)
        self.strip.steps_changed.connect(self._on_steps_changed)
        self.comparison.chosen.connect(self._on_rival_chosen)
        self.comparison.failed.connect(self._on_refused)
        self.teach.said.connect(self.said)
        self.teach.refused.connect(self._on_refused)
        self.teach.preview_requested.connect(self.preview_requested)
        session = context.session
        session.reading_ready.connect(self._on_reading_ready)
        session.recipe_changed.connect(self._on_recipe_changed)
        session.state_changed.connect(self._on_state_changed)
        session.run_started.connect(self._show_remembered)
        session.run_forgotten.connect(self._show_remembered)
        context.appearance.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._show_nothing()

    def shown(self) -> None:
        """Ask again what is on the pad: another network may have been trained in the meantime."""
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.session.follow_weights(True)
        self.teach.show_count()
        self._follow_training()
        self._ask_soon()

    def hidden(self) -> None:
        """Ask nothing any more."""
        self.pad.finish()
        self.context.session.follow_weights(False)
        for timer in (self._ask_timer, self._again_timer):
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
        self._cards: list[QVBoxLayout] = []
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        self._first_name, first = self._named(self.bars)
        self._rival_name, self._rival = self._named(self.rival_bars)
        self._first_name.hide()
        self._rival.hide()
        row.addWidget(first, 1)
        row.addWidget(self._rival, 1)
        self._both = row
        self._why = QCheckBox(self.tr("Why?"))
        self._why.setObjectName("saliency_switch")
        self._why.setAccessibleName(self._why.text())
        self._why.setToolTip(
            self.tr("Show which pixels spoke for the answer and which against it: gradient times input of each pixel.")
        )
        self._why.toggled.connect(self._on_why_switched)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle_cards = (
            self._card(self.tr("How sure it is"), both, self.comparison),
            self._card(self.tr("What it sees"), self.seen, self._why),
        )
        for card in self._middle_cards:
            self._middle.addWidget(card, 1)
        self._through = self._card(self.tr("Through the network"), self.layers)
        self._through.setParent(self)
        self._page = QWidget()
        self._page.setProperty("kind", "page")
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.verdict)
        self._column.addLayout(self._middle, 2)
        prepared = self._card(self.tr("From the drawing to the network"), self._strip_row())
        taught = self._card("", self.teach)
        self._column.addWidget(prepared, 1)
        self._column.addWidget(taught)
        self._right_cards = (*self._middle_cards, prepared, taught)
        self._right = QScrollArea(self)
        self._right.setObjectName("draw_answer_area")
        self._right.setWidgetResizable(True)
        self._right.setFrameShape(QFrame.Shape.NoFrame)
        self._right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._right.setWidget(self._page)
        QWidget.setTabOrder(self.pad, self.tools)

    def _strip_row(self) -> QWidget:
        """The strip, and beside it what RBMs make of its last picture."""
        both = QWidget()
        self._prepared = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._prepared.setContentsMargins(0, 0, 0, 0)
        self._prepared.addWidget(self.strip, 3)
        self._prepared.addWidget(self.remembered, 2)
        self.remembered.hide()
        return both

    def _named(self, bars: ProbabilityBars) -> tuple[QLabel, QWidget]:
        """Bars under the name of their network, and the label with that name."""
        both = QWidget()
        name = ElidedLabel("")
        name.setProperty("kind", "caption")
        name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(name)
        column.addWidget(bars, 1)
        return name, both

    def _card(self, title: str, content: QWidget, beside: QWidget | None = None) -> QFrame:
        """A card with a heading, and perhaps a control beside the heading."""
        card = QFrame()
        card.setProperty("kind", "card")
        layout = QVBoxLayout(card)
        if title:
            heading = ElidedLabel(title)
            heading.setProperty("kind", "heading")
            heading.setBuddy(content)
            head = QHBoxLayout()
            head.addWidget(heading, 1)
            if content.findChild(ProbabilityBars, "probability_bars") is not None:
                self._sure_heading = heading
            if beside is not None:
                head.addWidget(beside)
            layout.addLayout(head)
        layout.addWidget(content, 1)
        self._cards.append(layout)
        return card

    def _arrange(self) -> None:
        """The pad as large a square as the height allows, but never more than its part of the width."""
        space = self.context.theme.space
        margin = 2 * space
        tools_height = self.tools.sizeHint().height()
        area = self.rect().adjusted(margin, margin, -margin, -margin)
        # Room for its scroll bar, too, so that a low window does not cut the column's right edge off.
        scroll_bar = self._right.verticalScrollBar().sizeHint().width()
        right_least = max(card.minimumSizeHint().width() for card in self._right_cards) + scroll_bar
        under = max(self._through.minimumSizeHint().height(), round(area.height() * _LAYERS_SHARE))
        room = area.height() - tools_height - under - 2 * space
        side = min(room, area.width() - margin - right_least, area.width() // 2)
        side = max(side, self.pad.minimumSizeHint().width(), self.tools.minimumSizeHint().width())
        self.pad.setGeometry(area.x(), area.y(), side, max(1, min(side, room)))
        self.tools.setGeometry(area.x(), self.pad.geometry().bottom() + 1 + space, side, tools_height)
        top = self.tools.geometry().bottom() + 1 + space
        self._through.setGeometry(area.x(), top, side, max(1, area.bottom() + 1 - top))
        left = area.x() + side + margin
        self._fold_middle(area.right() + 1 - left - scroll_bar)
        self._fold_prepared(area.right() + 1 - left - scroll_bar - 4 * space)
        self._right.setGeometry(left, area.y(), max(area.right() + 1 - left, 0), area.height())
        self._place_notice()

    def _fold_middle(self, width: int) -> None:
        """One card below the other where there is no room for both beside the pad."""
        wanted = sum(card.minimumSizeHint().width() for card in self._middle_cards) + self._middle.spacing()
        folded = width < wanted
        self._middle.setDirection(QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight)
        self._middle.invalidate()

    def _fold_prepared(self, width: int) -> None:
        """What RBMs make of a drawing goes below the strip where the names of its steps would be cut off."""
        wanted = self.strip.wanted_width() + self.remembered.minimumSizeHint().width() + self._prepared.spacing()
        folded = width < wanted
        self._prepared.setDirection(QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight)
        self._prepared.invalidate()

    def _place_notice(self) -> None:
        paper = self.pad.paper().translated(self.pad.pos()).toRect()
        inset = self.context.theme.space
        width = paper.width() - 2 * inset
        height = self._notice.heightForWidth(width)
        self._notice.setGeometry(QRect(paper.x() + inset, paper.bottom() - inset - height, width, height))

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self.context.theme
        for part in (
            self.pad, self.tools, self.verdict, self.bars, self.rival_bars, self.seen, self.strip, self.layers,
            self.teach, self.remembered,
        ):  # fmt: skip
            part.set_theme(theme)
        space = theme.space
        self._column.setSpacing(round(1.5 * space))
        self._middle.setSpacing(round(1.5 * space))
        self._both.setSpacing(4 * space)
        self._prepared.setSpacing(2 * space)
        for layout in self._cards:
            layout.setContentsMargins(2 * space, round(1.5 * space), 2 * space, round(1.5 * space))
            layout.setSpacing(space)
        self._arrange()

    # Asking

    @Slot()
    def _on_drawing_changed(self) -> None:
        self._notice.hide()
        if self.pad.is_blank:
            self._show_nothing()
        else:
            self.context.session.give_way()
            self._ask_soon()

    @Slot()
    def _on_stroke_finished(self) -> None:
        # Nothing will come in this frame that would be worth waiting for.
        if self._ask_timer.isActive():
            self._ask()

    def _ask_soon(self) -> None:
        """Ask now, or if an answer is due when it comes, but after a frame at the latest."""
        if self.pad.is_blank or self._ask_timer.isActive():
            return
        # An answer that never comes does not end the asking: of several drawings the session answers the newest.
        since_ms = (time.monotonic() - self._asked_at) * 1000
        if self._is_due and since_ms < FRAME_MS:
            self._ask_timer.start(round(FRAME_MS - since_ms))
        else:
            self._ask()

    @Slot()
    def _on_ask_due(self) -> None:
        if not self.pad.is_blank:
            self._ask()

    def _ask(self) -> None:
        """Ask what the drawing is, how it was prepared and what every layer makes of it."""
        self._ask_timer.stop()
        if self.context.session.state is SessionState.STARTING:
            self.verdict.show_waiting()
        self._asked_at = time.monotonic()
        question = self.pad.sketch.question(self.pad.pen_width, self.strip.steps, saliency=self._why.isChecked())
        self._asked_request = self.context.session.read(question)
        self._is_due = True
        if self._first_request is None:
            self._first_request = self._asked_request

    @Slot(object)
    def _on_reading_ready(self, reading: Reading) -> None:
        if reading.request == self._asked_request:
            self._is_due = False
            if self._ask_timer.isActive():
                # The pen has moved meanwhile. The next answer is on its way while this one is shown.
                self._ask()
        if self._first_request is None or reading.request < max(self._first_request, self._shown_request):
            return
        self._shown_request = reading.request
        self.teach.show_preparation(reading.preparation)
        if reading.preparation.blank:
            self.bars.show_nothing()
            self.rival_bars.show_nothing()
            self.verdict.show_unreadable()
            self.seen.show_picture(reading.preparation.image)
            self.strip.show_preparation(reading.preparation)
            self.remembered.show_memory(None)
            self.layers.show_answers(())
            return
        self._show_answers(reading)
        if reading.complete and not self._has_time_for_pictures(reading):
            return
        if reading.complete:
            self._pictured_at = time.monotonic()
            self.strip.show_preparation(reading.preparation)
            self.remembered.show_memory(reading.memory)
            self.layers.show_answers(reading.answers)
        if reading.answers and (reading.complete or not self._why.isChecked()):
            # Reasons come with the pictures; until then the ones before stay.
            answer = reading.answers[0]
            self.seen.show_picture(reading.preparation.image, answer.saliency, answer.classes[answer.best])

    def _has_time_for_pictures(self, reading: Reading) -> bool:
        """Whether strip and layers are shown: a newer answer is not due, or they have been still for too long."""
        is_newest = reading.request == self._asked_request
        return is_newest or time.monotonic() - self._pictured_at >= PICTURES_LATEST_S

    def _show_answers(self, reading: Reading) -> None:
        if not reading.answers:
            return
        answer, *rivals = reading.answers
        self.bars.show_probabilities(answer.classes, answer.digits[0])
        self._first_name.setText(spec_text(answer.network))
        for rival in rivals:
            self._rival_name.setText(spec_text(rival.network))
            self.rival_bars.show_probabilities(rival.classes, rival.digits[0])
        verdicts = [judge(digit) for digit in answer.digits]
        sure = self.tr("How sure it is") if len(verdicts) == 1 else self.tr("How sure it is of the first digit")
        self._sure_heading.setText(sure)
        source = self._source(answer)
        if len(verdicts) > 1:
            self.verdict.show_number(verdicts, answer.classes, source)
        else:
            self.verdict.show_verdict(verdicts[0], answer.classes, source)

    @Slot()
    def _on_ask_again_due(self) -> None:
        self._ask_soon()

    @Slot(object)
    def _on_recipe_changed(self, recipe: object) -> None:
        self._ask_soon()

    @Slot(object)
    def _on_steps_changed(self, steps: object) -> None:
        self._ask_soon()

    @Slot(bool)
    def _on_why_switched(self, wanted: bool) -> None:
        self._ask_soon()

    @Slot(object)
    def _on_rival_chosen(self, file: ProjectFile | None) -> None:
        self.context.session.compare_with(file)
        self._rival.setVisible(file is not None)
        self._first_name.setVisible(file is not None)
        self.rival_bars.show_nothing()
        # Once the layout knows of the second column.
        QTimer.singleShot(0, self._arrange)
        self._ask_soon()

    @Slot(object)
    def _on_state_changed(self, state: SessionState) -> None:
        self._follow_training()
        # The line under the answer says whether the network is still being trained.
        self._ask_soon()

    @Slot()
    def _show_remembered(self) -> None:
        """Make room for what RBMs make of a drawing, if the run's network begins with them."""
        project = self.context.session.run_project
        wanted = project is not None and (remembers(project.network, project.dataset, project.training) is not None)
        if wanted is self.remembered.isHidden():
            self.remembered.setVisible(wanted)
            # Once the layout knows of it.
            QTimer.singleShot(0, self._arrange)

    def _follow_training(self) -> None:
        self._show_remembered()
        if self.isVisible() and self.context.session.state is SessionState.TRAINING:
            self._again_timer.start()
        else:
            self._again_timer.stop()

    def _source(self, answer: Answer) -> str:
        """Which network answered and how long it has been trained."""
        session = self.context.session
        count, title = f"{answer.steps:,}", spec_text(answer.network)
        project = session.run_project
        if answer.bundled:
            # The run's network may have the same name as the bundled one.
            bundled = self.tr("Bundled network ({0}), after {1} steps").format(title, count)
            reads = project is None or ink_recipe(project.network, project.dataset, project.training) is not None
            if project is None or reads:
                return bundled
            return self.tr("{0}; {1} cannot read drawings").format(bundled, spec_text(project.title))
        if answer.steps == 0:
            return self.tr("{0}, not trained yet").format(title)
        if session.state is SessionState.TRAINING:
            return self.tr("{0}, {1} steps, still training").format(title, count)
        return self.tr("{0}, after {1} steps").format(title, count)

    # Showing

    def _show_nothing(self) -> None:
        self._ask_timer.stop()
        # Every answer that is still under way is stale.
        self._first_request = None
        self.teach.show_preparation(None)
        self.verdict.show_nothing()
        self.bars.show_nothing()
        self.rival_bars.show_nothing()
        self.seen.show_picture(None)
        self.strip.show_preparation(None)
        self.remembered.show_memory(None)
        self.layers.show_answers(())

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
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
        height += self._through.minimumSizeHint().height()
        return QSize(left + right + 6 * space, height + 6 * space)

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
