"""How far the run or the download is: two short texts above a thin bar."""

from __future__ import annotations

import math

from PySide6.QtCore import QAbstractAnimation, QLocale, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QPushButton, QWidget

from nnviz.core.snapshot import Progress
from nnviz.gui.elided_label import ElidedLabel
from nnviz.gui.session import SessionState
from nnviz.gui.window_context import WindowContext

_WHOLE = 1000
_MB = 1_000_000


class ProgressArea(QWidget):
    """Epoch, samples per second and time left of the run; megabytes of a download, which can be cancelled."""

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._progress: Progress | None = None
        self._rate_texts: tuple[str, ...] = ("",)
        self.setObjectName("progress_area")
        if self.locale().language() is QLocale.Language.C:
            # A machine without a language: "12000" is hard to read.
            self.setLocale(QLocale(QLocale.Language.English))
        self._where = ElidedLabel()
        self._where.setObjectName("epoch_label")
        self._where.setAccessibleName(self.tr("Where the training is"))
        self._rate = QLabel()
        self._rate.setObjectName("rate_label")
        self._rate.setProperty("kind", "muted")
        # Its text follows the room that there is; it must not ask for any.
        self._rate.setMinimumWidth(1)
        self._rate.setAccessibleName(self.tr("Speed and time left"))
        self._bar = QProgressBar()
        self._bar.setObjectName("progress_bar")
        self._bar.setProperty("kind", "thin")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _WHOLE)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setObjectName("cancel_button")
        self._cancel.setToolTip(self.tr("Give up loading. What was downloaded so far is kept for the next time."))
        self._cancel.clicked.connect(context.session.stop)
        self._lay_out()
        session = context.session
        session.state_changed.connect(self._on_state_changed)
        session.progress_changed.connect(self._on_progress_changed)
        session.loading_progressed.connect(self._on_loading_progressed)
        session.run_started.connect(self._on_run_started)
        session.run_forgotten.connect(self._on_run_forgotten)
        self._on_state_changed(session.state)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setRowStretch(0, 1)
        grid.addWidget(self._where, 1, 0)
        grid.addWidget(self._rate, 1, 1)
        grid.addWidget(self._bar, 2, 0, 1, 2)
        grid.addWidget(self._cancel, 0, 2, 4, 1)
        grid.setRowStretch(3, 1)
        grid.setColumnStretch(0, 1)

    @Slot(object)
    def _on_state_changed(self, state: SessionState) -> None:
        self._cancel.setVisible(state is SessionState.LOADING)
        if state is SessionState.LOADING:
            self._say(self.tr("Loading the data"))
            self._show_busy()
        else:
            self._show_run(state)

    @Slot(object)
    def _on_progress_changed(self, progress: Progress) -> None:
        self._progress = progress
        if self._context.session.state is not SessionState.LOADING:
            self._show_run(self._context.session.state)

    @Slot(str, object, object)
    def _on_loading_progressed(self, what: str, done: int, total: int) -> None:
        if total <= 0:
            self._say(what, self.tr("{0} MB").format(self._megabytes(done)) if done else "")
            self._show_busy()
            return
        self._say(what, self.tr("{0} of {1} MB").format(self._megabytes(done), self._megabytes(total)))
        self._show_share(done / total)

    @Slot(object)
    def _on_run_started(self, project: object) -> None:
        self._progress = None

    @Slot()
    def _on_run_forgotten(self) -> None:
        self._progress = None
        self._on_state_changed(self._context.session.state)

    def _show_run(self, state: SessionState) -> None:
        progress = self._progress
        if progress is None:
            self._show_share(0.0)
            beginnings = {
                SessionState.STARTING: self.tr("Getting ready"),
                SessionState.TRAINING: self.tr("Starting"),
                SessionState.PAUSED: self.tr("Paused"),
            }
            self._say(beginnings.get(state, self.tr("Not trained yet")))
            return
        number = self.locale().toString
        if not progress.total_steps:
            # Of a file that does not say how long its run was to be.
            self._show_share(0.0)
            self._say(self.tr("Trained for {0} steps").format(number(progress.step)))
            return
        self._show_share(progress.fraction)
        where = self.tr("Epoch {0} of {1}").format(number(progress.epoch), number(progress.total_epochs))
        steps = self.tr("Step {0} of {1}").format(number(progress.step), number(progress.total_steps))
        if state is SessionState.PAUSED:
            self._say(self.tr("{0}, paused").format(where), steps)
        elif state is SessionState.TRAINING:
            self._say(where, *self._rates(progress))
        else:
            self._say(where, steps)
        self._where.setToolTip(
            self.tr("{0}. {1}. An epoch is one pass through the training data, a step one batch.").format(where, steps)
        )

    def _show_busy(self) -> None:
        self._bar.setRange(0, 0)

    def _show_share(self, share: float) -> None:
        if self._bar.maximum() == 0:
            self._bar.setRange(0, _WHOLE)
            # The style itself ends its animation when it first paints a share that can be seen, which in a long run is
            # after minutes; until then it paints the bar 30 times a second.
            for animation in self._bar.findChildren(QAbstractAnimation):
                animation.stop()
        value = round(_WHOLE * min(1.0, share))
        if value != self._bar.value():
            self._bar.setValue(value)

    def _rates(self, progress: Progress) -> tuple[str, ...]:
        left = ""
        if math.isfinite(progress.seconds_left):
            left = self.tr("{0} left").format(self.duration(progress.seconds_left))
        if progress.samples_per_second <= 0:
            return (left,)
        rate = self.tr("{0} samples/s").format(self.locale().toString(round(progress.samples_per_second)))
        return (f"{rate} · {left}", left, "") if left else (rate, "")

    def duration(self, seconds: float) -> str:
        """A duration for people: "12 s", "3 min 20 s", "1 h 05 min"."""
        whole = max(0, round(seconds))
        if whole < 60:
            return self.tr("{0} s").format(whole)
        if whole < 3600:
            return self.tr("{0} min {1} s").format(whole // 60, f"{whole % 60:02}")
        return self.tr("{0} h {1} min").format(whole // 3600, f"{whole % 3600 // 60:02}")

    def _megabytes(self, count: int) -> str:
        return self.locale().toString(count / _MB, "f", 1)

    def _say(self, where: str, *rates: str) -> None:
        self._where.setText(where)
        self._rate_texts = (*rates, "") if rates else ("",)
        self._fit_rate()

    def _fit_rate(self) -> None:
        # The longest text that leaves the other one whole.
        room = self._bar.width() - self.fontMetrics().horizontalAdvance(self._where.text()) - 16
        fitting = (text for text in self._rate_texts if self.fontMetrics().horizontalAdvance(text) <= room)
        self._rate.setText(next(fitting, ""))
        self._rate.setToolTip(self._rate_texts[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of speed and time as fits."""
        super().resizeEvent(event)
        self._fit_rate()
