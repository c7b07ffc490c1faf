"""Live view: how probable an RBM finds training and test data, computed on demand beside the training."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSignalBlocker, QTimer, Slot
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from nnviz.core.probes import ProbeContext
from nnviz.core.rbm.copied import CopiedMachine
from nnviz.core.rbm.likelihood import Likelihood, estimate_likelihood, to_be_judged
from nnviz.core.snapshot import Failure, Snapshot
from nnviz.gui.background import Background
from nnviz.gui.document import Project
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.base import VIEWS
from nnviz.gui.views.canvas_view import CanvasView
from nnviz.gui.views.rbm_likelihood_canvas import LikelihoodCanvas, Made
from nnviz.gui.views.rbm_pictures import trains_rbms

TEMPERATURES = (500, 2_000, 10_000)
FIRST_CHOICE = 1
TELL_EVERY_MS = 100


def _judged(context: ProbeContext, rbm: str = "", *, wanted: bool = False) -> dict[str, NDArray[Any]]:
    return to_be_judged(context, rbm, wanted=wanted)


@dataclass
class _Job:
    """An estimate that is under way on a thread of its own.

    Attributes:
        name: Told apart by it from jobs that were given up.
        step: Steps that the machine was trained for.
        share: Part that is done, from 0 to 1; written by the job's thread.
        ended: Set if it is to end.
    """

    name: str
    step: int
    share: float = 0.0
    ended: threading.Event = field(default_factory=threading.Event)

    def told(self, done: int, total: int) -> bool:
        """Note how far it is; whether it is to end."""
        self.share = done / max(1, total)
        return self.ended.is_set()


@VIEWS.register
class RbmLikelihood(CanvasView):
    """The exact likelihood of small machines, a pair of annealed estimates of large ones, and all earlier results."""

    title = str(QT_TRANSLATE_NOOP("LiveView", "Likelihood"))
    hint = str(
        QT_TRANSLATE_NOOP(
            "LiveView",
            "What learning is about and no step computes: the probability of the data. It needs Z, a sum over all "
            "states: exact up to 20 units on the smaller side, else by annealed importance sampling, forwards and in "
            "reverse. Training goes on meanwhile.",
        )
    )
    order = 47
    probe = staticmethod(_judged)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.likelihood = LikelihoodCanvas(theme)
        super().__init__(theme, self.likelihood, parent)
        self._background = Background(self)
        self._background.done.connect(self._on_done)
        self._background.failed.connect(self._on_failed)
        self._jobs = 0
        self._job: _Job | None = None
        self._asked = False
        self._ticker = QTimer(self)
        self._ticker.setInterval(TELL_EVERY_MS)
        self._ticker.timeout.connect(self._tell)
        self._machine = QComboBox()
        self._machine.setObjectName("likelihood_machine")
        self._machine.setAccessibleName(self.tr("Machine"))
        self._machine.setToolTip(self.tr("Which machine of a stack; one with labels is left out: its sum is another."))
        self._machine.currentIndexChanged.connect(self._on_machine_chosen)
        self._temperatures = QComboBox()
        self._temperatures.setObjectName("likelihood_temperatures")
        self._temperatures.setAccessibleName(self.tr("Temperatures"))
        self._temperatures.setToolTip(
            self.tr(
                "Steps of the annealing, each way: the more, the nearer both estimates come, and the longer it takes."
            )
        )
        for count in TEMPERATURES:
            self._temperatures.addItem(self.tr("{0} temperatures").format(f"{count:,}"), count)
        self._temperatures.setCurrentIndex(FIRST_CHOICE)
        self._temperatures.setEnabled(False)
        self._button = QPushButton(self.tr("Estimate now"))
        self._button.setObjectName("likelihood_estimate")
        self._button.setAccessibleName(self._button.text())
        self._button.setEnabled(False)
        self._button.clicked.connect(self._on_pressed)
        self.add_choice(self._machine)
        self.add_choice(self._temperatures)
        self.add_control(self._button)
        self._show_button()
        application = QCoreApplication.instance()
        if application is not None:
            # The process would wait for the thread.
            application.aboutToQuit.connect(self.cancel)

    @classmethod
    def applies_to(cls, project: Project) -> bool:
        """Only where RBMs learn."""
        return trains_rbms(project)

    @property
    def results(self) -> list[Made]:
        """All estimates of this run, in the order in which they were made."""
        return self.likelihood.results

    @property
    def busy(self) -> bool:
        """Whether an estimate is under way."""
        return self._asked or self._job is not None

    def begin(self, project: Project, total_steps: int) -> None:
        """Forget the last run, and end what is estimated of it."""
        self.cancel()
        self.likelihood.clear()
        with QSignalBlocker(self._machine):
            self._machine.clear()
        super().begin(project, total_steps)
        self._show_button()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take note of the machines there are; begin if a copy of one has come that was asked for."""
        arrays = snapshot.arrays
        if not arrays:
            return
        super().show_snapshot(snapshot)
        self._offer([str(name) for name in arrays["names"]], str(arrays["learns"]))
        sizes = {
            str(name): (int(visible), int(hidden), str(kind))
            for name, (visible, hidden), kind in zip(arrays["names"], arrays["sizes"], arrays["kinds"], strict=True)
        }
        self.likelihood.show_machine(self._machine.currentText(), sizes)
        self._temperatures.setEnabled(bool(sizes) and not self.likelihood.exact)
        if self._asked and "weight" in arrays:
            self._asked = False
            self._start(snapshot)
            self.ask(rbm=self._machine.currentText(), wanted=False)
        self._show_button()

    def table(self) -> list[Sequence[object]]:
        """Every estimate: step, machine, each log Z with its standard error, mean log-likelihoods of the data."""
        columns = ("step", "machine", "method", "log Z", "standard error", "training", "test", "samples' error")
        rows: list[Sequence[object]] = [columns]
        for made in self.results:
            found = made.found
            for method, log_z in zip(("exact",) if found.exact else ("forward", "reverse"), found.log_z, strict=True):
                train, test = found.train - log_z.value, found.test - log_z.value
                rows.append((made.step, found.rbm, method, log_z.value, log_z.error, train, test, found.test_error))
        if len(rows) == 1 and self.snapshot is not None:
            rows.append((self.snapshot.step, self._machine.currentText(), "not estimated yet", "", "", "", "", ""))
        return rows

    @Slot()
    def cancel(self) -> None:
        """End the estimate that is under way, if there is one."""
        if self._asked:
            self._asked = False
            self.ask(rbm=self._machine.currentText(), wanted=False)
        if self._job is not None:
            self._job.ended.set()
            self._job = None
        self._ticker.stop()
        self.likelihood.show_progress(None)
        self._show_button()

    def _offer(self, names: list[str], learns: str) -> None:
        if [self._machine.itemText(i) for i in range(self._machine.count())] == names:
            return
        with QSignalBlocker(self._machine):
            self._machine.clear()
            self._machine.addItems(names)
            self._machine.setCurrentIndex(max(0, self._machine.findText(learns)))
        self._machine.setEnabled(len(names) > 1)

    def _start(self, snapshot: Snapshot) -> None:
        arrays = snapshot.arrays
        copied = CopiedMachine.from_arrays(arrays)
        train, test = arrays["train"], arrays["test"]
        temperatures = int(self._temperatures.currentData())
        self._jobs += 1
        job = self._job = _Job(f"likelihood {self._jobs}", snapshot.step)

        def work() -> Likelihood:
            from nnviz.core.one_thread import compute_alone

            # A training beside it would be slowed down by helpers, more than this is sped up.
            compute_alone()
            return estimate_likelihood(copied, train, test, temperatures=temperatures, told=job.told)

        self._background.start(job.name, work)
        self._ticker.start()
        self._tell()

    def _show_button(self) -> None:
        text = self.tr("Cancel") if self.busy else self.tr("Estimate now")
        self._button.setText(text)
        self._button.setAccessibleName(text)
        tip = (
            self.tr("End the estimate.") if self.busy else self.tr("Copy the weights and estimate beside the training.")
        )
        self._button.setToolTip(tip)
        self._button.setEnabled(self.snapshot is not None and self._machine.count() > 0)

    @Slot()
    def _on_pressed(self) -> None:
        if self.busy:
            self.cancel()
            return
        self._asked = True
        self.likelihood.show_progress(0.0)
        self._show_button()
        self.ask(rbm=self._machine.currentText(), wanted=True)

    @Slot()
    def _on_machine_chosen(self) -> None:
        self.cancel()
        self.likelihood.choose(self._machine.currentText())
        self._temperatures.setEnabled(not self.likelihood.exact)

    @Slot()
    def _tell(self) -> None:
        if self._job is not None:
            self.likelihood.show_progress(self._job.share)

    @Slot(str, object)
    def _on_done(self, name: str, found: Likelihood) -> None:
        if self._job is None or self._job.name != name:
            return
        self.likelihood.add(Made(self._job.step, found))
        self.cancel()

    @Slot(str, object)
    def _on_failed(self, name: str, failure: Failure) -> None:
        if self._job is None or self._job.name != name:
            return
        self.cancel()
        self.likelihood.show_failure(failure.sentence)
