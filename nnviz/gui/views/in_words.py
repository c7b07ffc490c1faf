"""The line above the live views that says what is going on in the run, why, and what to try."""

from __future__ import annotations

import html
import time
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from nnviz.core.diagnosis.base import Finding, Known, Remedy
from nnviz.core.diagnosis.diagnosis import Diagnosis
from nnviz.core.diagnosis.signs import Signs, VitalSigns
from nnviz.core.mailbox import Mail
from nnviz.core.probes import Probe
from nnviz.core.snapshot import Failure
from nnviz.core.training.make_trainer import learns_by_contrast
from nnviz.gui.document import Project
from nnviz.gui.session import SessionState
from nnviz.gui.spec_text import spec_text
from nnviz.gui.style.icons import icon, pixmap
from nnviz.gui.style.theme import Theme
from nnviz.gui.window_context import WindowContext

NAME = "in_words"
"""Under which the probe is asked."""

LOOK_EVERY_S = 0.4
"""Shortest time between two looks while a run is under way."""

REWORD_EVERY_S = 4.0
"""Shortest time between two sets of numbers in one sentence: a line that changes cannot be read."""

KEPT = 8
"""Newest looks at the network that are kept, beside the first one."""


class InWords(QFrame):
    """Says one thing at a time, with what it is known by; hidden while there is nothing to say.

    Attributes:
        diagnosis: What decides what is said of this run; None before the first run, and of networks that learn by
            contrastive divergence, whose losses mean something else.

    Signals:
        said(str): One sentence on what was done.
    """

    said = Signal(str)

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.diagnosis: Diagnosis | None = None
        self._context = context
        self._project: Project | None = None
        self._signs: list[Signs] = []
        self._steps_per_epoch = 0
        self._diverged_at = 0
        self._past = False
        self._looked_at = self._worded_at = 0.0
        self._shown: Finding | None = None
        self._remedy: Remedy | None = None
        self.setObjectName(NAME)
        self.setProperty("kind", "hint")
        self._make_row()
        self._make_details()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._row)
        self._column.addWidget(self._details)
        context.session.failed.connect(self._on_failed)
        context.session.rewound.connect(self._on_rewound)
        context.document.project_changed.connect(self._show_remedy)
        self.set_theme(context.theme)
        self.hide()

    @property
    def probe(self) -> Probe | None:
        """What is to be read while the page is on the screen, or None."""
        return VitalSigns() if self.diagnosis is not None else None

    @property
    def sentence(self) -> str:
        """What is said now; empty if nothing is."""
        return "" if self.isHidden() else self._sentence.text()

    def begin(self, project: Project, total_steps: int) -> None:
        """Say nothing any more: another run begins."""
        by_contrast = learns_by_contrast(project.network, project.training)
        self._project = project
        self.diagnosis = None if by_contrast else Diagnosis()
        self._signs, self._diverged_at, self._past = [], 0, False
        training = project.training
        # Until the run says so itself.
        self._steps_per_epoch = 0 if training.steps else total_steps // max(1, training.epochs)
        self._show(None)

    def take(self, mail: Mail | None, *, visible: bool) -> None:
        """Keep what arrived, and look what there is to say if somebody sees it and it is time."""
        if mail is not None and mail.progress is not None and mail.progress.steps_per_epoch:
            self._steps_per_epoch = mail.progress.steps_per_epoch
        if mail is not None and NAME in mail.snapshots and not self._past:
            self._keep(Signs.of(mail.snapshots[NAME]))
        now = time.perf_counter()
        rests = self._context.session.state is not SessionState.TRAINING
        if visible and (rests or mail is None or now - self._looked_at >= LOOK_EVERY_S):
            self._looked_at = now
            self._look()

    def tell(self, failure: Failure) -> bool:
        """Whether it says itself that the run went wrong in this way."""
        self._on_failed(failure)
        return bool(failure.diverged_at) and not self.isHidden()

    def set_theme(self, theme: Theme) -> None:
        """Take on another look."""
        side = theme.icon_px
        self._picture.setPixmap(pixmap("warning", theme.warning, side, self.devicePixelRatioF()))
        self._close.setIcon(icon("close", theme, "muted"))
        for button in (self._close, self._why):
            button.setIconSize(QSize(side - 2, side - 2))
        self._show_details()
        space = theme.space
        self._column.setContentsMargins(0, space // 2 - 1, 0, space // 2 - 1)
        self._row.setContentsMargins(round(1.5 * space), 0, space // 2, 0)
        self._row.setHorizontalSpacing(space)
        self._row.setVerticalSpacing(0)
        self._buttons.setSpacing(space)
        self._grid.setContentsMargins(round(1.5 * space) + side + space, space // 2, 2 * space, round(1.5 * space))
        self._grid.setHorizontalSpacing(4 * space)
        self._grid.setVerticalSpacing(space // 2)

    def _make_row(self) -> None:
        self._picture = QLabel()
        self._sentence = QLabel()
        self._sentence.setObjectName("in_words_sentence")
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._why = QToolButton()
        self._why.setObjectName("in_words_why")
        self._why.setText(self.tr("Why, and what to try"))
        self._why.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._why.setCheckable(True)
        self._why.setToolTip(self.tr("Show where it comes from and what may help."))
        self._why.toggled.connect(self._show_details)
        self._mend = QPushButton()
        self._mend.setObjectName("in_words_mend")
        self._mend.setToolTip(self.tr("Change the training settings for the next run; Undo takes it back."))
        self._mend.clicked.connect(self._on_mend)
        self._close = QToolButton()
        self._close.setObjectName("in_words_close")
        self._close.setAccessibleName(self.tr("Do not say this again in this run"))
        self._close.setToolTip(self.tr("Do not say this again in this run."))
        self._close.clicked.connect(self._on_close)
        for button in (self._why, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._why)
        self._buttons.addWidget(self._mend)
        self._below = False
        self._row = QGridLayout()
        self._row.addWidget(self._picture, 0, 0)
        self._row.addWidget(self._sentence, 0, 1)
        self._row.addLayout(self._buttons, 0, 2)
        self._row.addWidget(self._close, 0, 3)
        self._row.setColumnStretch(1, 1)

    def _make_details(self) -> None:
        self._details = QWidget()
        self._grid = QGridLayout(self._details)
        self._reason, self._tries = QLabel(), QLabel()
        self._reason.setTextFormat(Qt.TextFormat.PlainText)
        self._tries.setTextFormat(Qt.TextFormat.RichText)
        columns = (
            ("in_words_reason", self.tr("Why"), self._reason),
            ("in_words_tries", self.tr("What to try"), self._tries),
        )
        for column, (name, title, label) in enumerate(columns):
            heading = QLabel(title)
            heading.setProperty("kind", "heading")
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(heading, 0, column)
            self._grid.addWidget(label, 1, column)
            self._grid.setColumnStretch(column, 1)
        self._details.hide()

    def _arrange(self) -> None:
        """Put the buttons below the sentence where they would squeeze it into many short lines."""
        room = self.width() - self._buttons.sizeHint().width() - 3 * self._context.theme.control_px
        below = self.fontMetrics().horizontalAdvance(self._sentence.text()) > 2 * room
        if below is self._below:
            return
        self._below = below
        self._row.removeItem(self._buttons)
        if below:
            self._row.addLayout(self._buttons, 1, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            self._row.addLayout(self._buttons, 0, 2)

    def _keep(self, signs: Signs) -> None:
        # The same moment may be told of twice, and two looks must be two.
        if not self._signs or signs.step > self._signs[-1].step:
            self._signs = [*self._signs[:1], *self._signs[1:][-KEPT + 1 :], signs]

    def _known(self) -> Known | None:
        if self._project is None:
            return None
        return Known(
            self._project.network,
            self._project.training,
            self._context.frame_clock.curves,
            tuple(self._signs),
            self._steps_per_epoch,
            self._diverged_at,
        )

    def _look(self) -> None:
        known = self._known()
        if self.diagnosis is not None and known is not None:
            self._show(self.diagnosis.look(known))

    def _show(self, finding: Finding | None) -> None:
        if finding is None:
            self._shown = None
            self._why.setChecked(False)
            self.hide()
            return
        fresh = self._shown is None or self._shown.kind != finding.kind
        now = time.perf_counter()
        if not fresh and (finding == self._shown or now - self._worded_at < REWORD_EVERY_S):
            return
        self._shown, self._worded_at = finding, now
        if fresh:
            self._why.setChecked(False)
        sentence = finding.sentence.said(spec_text)
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._reason.setText(finding.why.said(spec_text))
        items = "".join(f"<li>{html.escape(text.said(spec_text))}</li>" for text in finding.tries)
        self._tries.setText(f"<ul style='margin: 0; -qt-list-indent: 0; margin-left: 14px'>{items}</ul>")
        self.setAccessibleDescription(
            " ".join([self._reason.text(), *(text.said(spec_text) for text in finding.tries)])
        )
        self._show_remedy()
        self.show()
        if fresh:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    @Slot()
    def _show_details(self) -> None:
        shown = self._why.isChecked()
        self._details.setVisible(shown)
        self._why.setIcon(icon("chevron_down" if shown else "chevron_right", self._context.theme, "muted"))

    @Slot()
    def _show_remedy(self) -> None:
        """Offer an edit, if the project on the screen learns from the same data and was not mended yet."""
        condition = self.diagnosis.condition() if self.diagnosis is not None else None
        known, project = self._known(), self._context.document.project
        self._remedy = None
        same_data = self._project is not None and project.dataset == self._project.dataset
        if condition is not None and known is not None and same_data:
            self._remedy = condition.remedy(known, project.training)
        self._mend.setVisible(self._remedy is not None)
        if self._remedy is not None:
            self._mend.setText(self._remedy.text.said(spec_text))
        self._arrange()

    @Slot()
    def _on_mend(self) -> None:
        if self._remedy is None:
            return
        text, training = self._remedy.text.said(spec_text), self._remedy.training
        document = self._context.document
        document.replace(replace(document.project, training=training), text)
        self.said.emit(self.tr("{0}: press Reset and Train to try it; Undo takes it back.").format(text))

    @Slot()
    def _on_close(self) -> None:
        if self.diagnosis is not None:
            self.diagnosis.dismiss()
            self._show(None)
            self._look()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if failure.diverged_at and self.diagnosis is not None and not self._diverged_at:
            self._diverged_at = failure.diverged_at
            self._look()

    @Slot(int)
    def _on_rewound(self, step: int) -> None:
        # What the probe sees then is not how the run goes.
        self._past = step != 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
