"""The frame clock: the one timer that moves what was measured to the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from nnviz.core.run_curves import RunCurves
from nnviz.core.snapshot import Progress
from nnviz.gui.session import Session, SessionState

FRAME_MS = 94
"""Milliseconds between two looks into the mailbox: ten a second, which is more than anybody reads."""

FRAMES_PER_PROGRESS = 4
"""Frames between two updates of the tool bar: numbers that change faster cannot be read."""


class FrameClock(QObject):
    """Empties the mailbox while a run is under way, and keeps the run's curves.

    Attributes:
        curves: The curves of the current or last run.
        frames: Number of frames that brought something new; for measuring.

    Signals:
        mail_arrived(Mail): Something new: `curves` have grown, and there may be snapshots.
        curves_cleared: Another run began, or the run was reset.
    """

    mail_arrived = Signal(object)
    curves_cleared = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.curves = RunCurves()
        self.frames = 0
        self._session = session
        self._run = 0
        self._progress: Progress | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._on_timeout)
        session.state_changed.connect(self._on_state_changed)
        session.run_started.connect(self._on_run_started)
        session.mail_posted.connect(self.take_mail)
        session.run_forgotten.connect(self._on_run_forgotten)

    @Slot()
    def take_mail(self) -> None:
        """Bring to the screen what is waiting."""
        self._bring_mail()
        if self.frames % FRAMES_PER_PROGRESS == 0 or not self._timer.isActive():
            self._tell_progress()

    def _bring_mail(self) -> None:
        mail = self._session.mailbox.take(self._session.run_number)
        if mail.run != self._run:
            self._run = mail.run
            self._progress = None
            self.curves = RunCurves()
            self.curves_cleared.emit()
        if not mail:
            return
        if len(mail.history) or len(mail.history.validation_steps):
            self.curves.append(mail.history)
        self.frames += 1
        if mail.progress is not None:
            self._progress = mail.progress
        self.mail_arrived.emit(mail)

    def _tell_progress(self) -> None:
        progress, self._progress = self._progress, None
        if progress is not None:
            self._session.progress_changed.emit(progress)

    @Slot(object)
    def _on_run_started(self, project: object) -> None:
        # Progress waits for the next frame: whoever shows it may not have heard of the new run yet.
        self._bring_mail()

    @Slot()
    def _on_timeout(self) -> None:
        self.take_mail()

    @Slot(object)
    def _on_state_changed(self, state: SessionState) -> None:
        if state is SessionState.TRAINING:
            self._timer.start()
        else:
            self._timer.stop()
            self.take_mail()

    @Slot()
    def _on_run_forgotten(self) -> None:
        self.take_mail()
