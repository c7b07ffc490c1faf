"""The worker: owns model and trainer, and is the only one to touch them. Lives on the training thread."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from nnviz.core.datasets.base import Dataset
from nnviz.core.errors import NnvizError
from nnviz.core.kept_history import KeptHistory
from nnviz.core.mailbox import Mailbox
from nnviz.core.network import NetworkSpec
from nnviz.core.probe_schedule import ProbeSchedule
from nnviz.core.probes import PacedProbe, Probe, ProbeContext
from nnviz.core.project import ProjectFile
from nnviz.core.snapshot import Failure, History, Snapshot
from nnviz.core.training.speed import Speed, progress_of
from nnviz.core.training.training_error import TrainingError
from nnviz.gui.document import Project
from nnviz.gui.giving_way import GivingWay
from nnviz.gui.jobs import OpeningJob, TrainingJob
from nnviz.gui.reading_desk import RunNetwork, RunWeights
from nnviz.gui.run_keeping import RunKeeping
from nnviz.gui.screen_turn import ScreenTurn

if TYPE_CHECKING:
    from nnviz.core.training.trainer import Step, Trainer

SLICE_S = 0.008
"""Longest stretch of steps without a look at the event loop: what a stop or a drawing waits for, at least one step."""

LOOK_EVERY_S = 0.04
"""Seconds between two posts to the mailbox while training."""

FEW_PARAMETERS = 100_000
"""Up to here the weights before every step are kept for views of updates: that takes no time that could be measured."""

PUBLISH_EVERY_S = 0.3
"""Seconds between two copies of the weights for those who follow them."""

PUBLISH_RARELY_S = 1.0
"""The same while nobody does, so that the first drawing is not read by a network of long ago."""


class Worker(QObject):
    """Trains in slices between which queued slots are served: no lock on the model is needed.

    Lives on the training thread; the GUI thread writes `newest_job` and `weights_wanted`, asks for the `way`, no more.

    Attributes:
        newest_job: Number of the only job that is still wanted.
        weights_wanted: Whether somebody follows the weights while they change.
        way: Given to a pen that moves.

    Signals:
        ready(list): torch is loaded; the devices by name and title.
        run_began(TrainingJob): A trainer stands ready for this job.
        run_opened(OpeningJob): The network of this file can be asked, and its curves are in the mailbox.
        collected(str, object): The ProjectFile of the run that was asked for with this token, or None.
        run_paused(int, str): The run of this number waits; the sentence says where.
        run_ended(int, str): The run is over; the sentence says how. The network stays to be asked.
        network_stands(RunNetwork): Another network is trained, or was opened, and can be asked.
        weights_moved(RunWeights): That network has newer weights.
        run_failed(int, Failure): The run could not begin or is over because something went wrong.
        failed(Failure): Something else went wrong; a run under way goes on.
        run_kept(int, str, tuple): The run of this number is kept in this folder, and can be taken back to these steps.
        state_found(int, ProjectFile): The state before this step of the run, which somebody has asked for.
        rewound(int, int): The views of the run of this number show this step from now on; 0 is now.
        mail_posted: Something was put into the mailbox though no run is under way.
        turn_given: The training waits while the window draws what it wanted to.
    """

    ready = Signal(object)
    run_began = Signal(object)
    run_opened = Signal(object)
    collected = Signal(str, object)
    run_paused = Signal(int, str)
    run_ended = Signal(int, str)
    network_stands = Signal(object)
    weights_moved = Signal(object)
    run_failed = Signal(int, object)
    failed = Signal(object)
    run_kept = Signal(int, str, object)
    state_found = Signal(int, object)
    rewound = Signal(int, int)
    mail_posted = Signal()
    turn_given = Signal()

    def __init__(self, mailbox: Mailbox, screen_turn: ScreenTurn) -> None:
        super().__init__()
        self.newest_job = 0
        self.weights_wanted = False
        self.way = GivingWay()
        self._mailbox = mailbox
        self._screen_turn = screen_turn
        self._trainer: Trainer | None = None
        self._project: Project | None = None
        self._data: Dataset | None = None
        self._opened: ProjectFile | None = None
        self._opened_model: Any = None
        self._history = KeptHistory()
        self._steps: Iterator[Step] | None = None
        self._number = 0
        self._stop_after = ""
        self._batch_wanted = 0
        self._published_at = 0.0
        self._probes: Mapping[str, Probe] = {}
        self._timer: QTimer | None = None
        self._looked_at = 0.0
        self._schedule = ProbeSchedule()
        self._due: list[str] = []
        self._keeping: RunKeeping | None = None
        self._past_step = 0
        self._speed = Speed()

    @Slot()
    def warm_up(self) -> None:
        """Load torch, and see what the machine has."""
        devices: list[tuple[str, str]] = []
        try:
            from nnviz.core.training.denormals import flush_denormals
            from nnviz.core.training.device import available_devices

            flush_denormals()
            devices = available_devices()
        except Exception as error:
            self.failed.emit(self._failure(error))
        self.ready.emit(devices)

    @Slot(object)
    def begin(self, job: TrainingJob) -> None:
        """Build the trainer of a new run and start it; until it stands, the last run's network stays to be asked."""
        if job.number != self.newest_job:
            return
        self._halt(look=False)
        try:
            from nnviz.core.training.checkpoint import weights_of
            from nnviz.core.training.make_trainer import make_trainer

            trainer = make_trainer(job.project.network, job.project.training, job.data, job.device)
            if job.resume is not None:
                _put_back(trainer, job.resume)
            elif job.keep_learned and self._trainer is not None:
                _keep_learned(self._trainer.network, self._trainer.model, trainer)
            elif job.keep_learned and self._opened is not None:
                _keep_learned(self._opened.network, self._opened_model, trainer)
        except Exception as error:
            self.run_failed.emit(job.number, self._failure(error))
            return
        if job.number != self.newest_job:
            return
        self._end_keeping("stopped")
        self._trainer = trainer
        trainer.keeps_weights = job.project.network.parameter_count() <= FEW_PARAMETERS
        self._number = job.number
        self._speed = Speed()
        self._looked_at = 0.0
        self._schedule.hurry()
        self._due = []
        self._project = job.project
        self._data = job.data
        self._opened = self._opened_model = None
        self._steps = self._trainer.steps()
        self._mailbox.begin(job.number)
        self._keep_history(History() if job.resume is None else job.resume.history)
        if job.runs_dir is not None:
            self._keeping = RunKeeping(job, trainer, self._file)
        self._say_that_network_stands(job.project, weights_of(trainer.model), trainer.step)
        self.run_began.emit(job)
        self.go_on(job.stop_after)

    @Slot(object)
    def open(self, job: OpeningJob) -> None:
        """Take the network of a file in place of the run; it answers drawings, and needs no data for that."""
        if job.number != self.newest_job:
            return
        self._halt(look=False)
        file = job.file
        try:
            from nnviz.core.training.checkpoint import load_weights

            model = file.network.build(file.training.seed)
            load_weights(model, file.weights)
        except Exception as error:
            self.run_failed.emit(job.number, self._failure(error))
            return
        self._end_keeping("stopped")
        self._steps = self._trainer = self._data = None
        self._number, self._project = job.number, job.project
        self._opened, self._opened_model = file, model
        self._mailbox.begin(job.number)
        self._keep_history(file.history)
        if file.weights:
            self._mailbox.replace(progress=progress_of(file))
            self._say_that_network_stands(job.project, file.weights, int(file.numbers.get("step", 0)))
        self.run_opened.emit(job)

    @Slot(str)
    def collect(self, token: str) -> None:
        """Say all that a file of the run holds, as it stands between two batches; a run under way goes on."""
        try:
            file = self._file()
        except Exception as error:
            self.failed.emit(self._failure(error))
            file = None
        self.collected.emit(token, file)

    @Slot(str)
    def go_on(self, stop_after: str) -> None:
        """Train: to the end, or until the next batch or epoch is done."""
        if self._steps is None or self._trainer is None:
            return
        self._stop_after = stop_after
        if stop_after == "batch":
            # Who goes step by step looks behind each of them.
            self._trainer.keep_weights_before_step()
        self._keep_if_wanted()
        self._batch_wanted = self._trainer.step + 1
        self._speed.restart()
        if self._timer is None:
            # Made here and not in the constructor: a timer belongs to the thread that makes it.
            self._timer = QTimer(self)
            self._timer.setInterval(0)
            self._timer.timeout.connect(self._on_slice_due)
        self._timer.start()

    @Slot()
    def pause(self) -> None:
        """Wait after the current batch."""
        if self._steps is None or self._trainer is None or not self._is_running():
            return
        try:
            self._halt()
        except Exception as error:
            self._end_badly(error)
            return
        self.run_paused.emit(self._number, self.tr("Paused after step {0}.").format(f"{self._trainer.step:,}"))

    @Slot()
    def stop(self) -> None:
        """End the run; its network stays to be asked."""
        if self._steps is None or self._trainer is None:
            return
        try:
            self._halt()
        except Exception as error:
            self._end_badly(error)
            return
        self._tell_keeping("stopped")
        self._steps = None
        self.run_ended.emit(self._number, self.tr("Stopped after step {0}.").format(f"{self._trainer.step:,}"))

    @Slot(int)
    def forget(self, newest: int) -> None:
        """Forget the run and its network, unless its number is above `newest`: then another has taken its place."""
        if self._number > newest:
            return
        self._halt(look=False)
        self._end_keeping("stopped")
        self._steps = self._trainer = self._project = self._data = self._opened = self._opened_model = None
        self._history = KeptHistory()

    @Slot()
    def finish(self) -> None:
        """Leave nothing behind and end the thread: a timer can only be stopped on its own."""
        self._halt(look=False)
        self._end_keeping("stopped", wait=True)
        self._steps = self._trainer = None
        if self._timer is not None:
            self._timer.deleteLater()
            self._timer = None
        self.thread().quit()

    @Slot(object)
    def set_probes(self, probes: Mapping[str, Probe]) -> None:
        """The probes of the views that are visible from now on; asked at once, so that no view opens empty."""
        self._set_probes(probes)
        self._due = []
        if self._past_step:
            self._show_past()
        elif self._trainer is not None:
            self._probe(list(probes))
            if not self._is_running():
                self.mail_posted.emit()

    @Slot(int)
    def rewind(self, step: int) -> None:
        """Let the views show an earlier step of the run, or what is now (0); training goes on meanwhile."""
        if self._trainer is None or self._keeping is None:
            return
        self._past_step = step
        # What was asked for before would be of now.
        self._due = []
        if step:
            self._show_past()
        else:
            self._probe(list(self._probes))
        self.rewound.emit(self._number, self._past_step)
        self.mail_posted.emit()

    @Slot(int)
    def find_state(self, step: int) -> None:
        """Say the whole state before a step of the run."""
        if self._keeping is None:
            return
        try:
            self.state_found.emit(step, self._keeping.before_step(step))
        except Exception as error:
            self.failed.emit(self._failure(error))

    @Slot()
    def _on_slice_due(self) -> None:
        if self.way.napped():
            self._let_window_draw()
            return
        try:
            self._train_slice()
        except Exception as error:
            self._end_badly(error)

    def _train_slice(self) -> None:
        assert self._steps is not None
        assert self._trainer is not None
        deadline = time.perf_counter() + SLICE_S
        while True:
            step = next(self._steps, None)
            now = time.perf_counter()
            if step is None:
                self._finish()
                return
            if step.phase == "train":
                self._speed.add(step.samples)
            self._keep_if_wanted()
            if self._trainer.finished and not self._trainer.validation_is_due:
                self._finish()
                return
            if self._must_wait(step):
                self._halt()
                epoch, total = self._trainer.epoch, self._trainer.total_epochs
                text = self.tr("Step {0} is done (epoch {1} of {2}).").format(f"{step.number:,}", epoch, total)
                self.run_paused.emit(self._number, text)
                return
            if self._due and step.phase == "train":
                # Asked for before this step, which has kept the weights from before it.
                due, self._due = self._due, []
                self._probe(due)
            self._let_window_draw()
            if now >= deadline:
                break
        if now - self._looked_at >= LOOK_EVERY_S:
            self._look()

    def _let_window_draw(self) -> None:
        if self._screen_turn.is_wanted:
            self.turn_given.emit()
            if self._trainer is not None and self._trainer.device == "cpu":
                self._screen_turn.wait()
            else:
                # Another device computes elsewhere: it would only stand idle.
                self._screen_turn.end()

    def _must_wait(self, step: Step) -> bool:
        """Whether what was asked for is done."""
        assert self._trainer is not None
        if self._stop_after == "batch":
            # Together with the measurement that is due behind it: else the next press would train nothing.
            return self._trainer.step >= self._batch_wanted and not self._trainer.validation_is_due
        return self._stop_after == "epoch" and step.ends_epoch

    def _finish(self) -> None:
        assert self._trainer is not None
        self._halt()
        self._steps = None
        text = self.tr("Finished: {0} steps in {1} s of training.")
        text = text.format(f"{self._trainer.step:,}", f"{self._speed.seconds:.1f}")
        self._tell_keeping("finished")
        self.run_ended.emit(self._number, self._trainer.ended_because or text)

    def _look(self) -> None:
        """Post curves, progress and what the visible views want."""
        trainer = self._trainer
        assert trainer is not None
        self._take_history(trainer)
        self._mailbox.replace(progress=self._speed.progress(trainer))
        trainer.check_finite()
        self._looked_at = time.perf_counter()
        if self._looked_at - self._published_at >= (PUBLISH_EVERY_S if self.weights_wanted else PUBLISH_RARELY_S):
            self._publish_weights()
        self._tell_keeping("training")
        if self._past_step:
            # The views show what was.
            return
        due = self._schedule.due(self._looked_at)
        if not due:
            return
        if self._is_running() and trainer.previous_step != trainer.step:
            # A look needs the weights from before a step: the next one keeps them.
            trainer.keep_weights_before_step()
            self._due = due
        else:
            self._probe(due)

    def _take_history(self, trainer: Trainer) -> None:
        history = trainer.take_history()
        if len(history) or len(history.validation_steps):
            self._mailbox.append(history)
            self._history.append(history)

    def _keep_history(self, history: History) -> None:
        self._history = KeptHistory(history)
        self._mailbox.append(history)

    def _file(self) -> ProjectFile | None:
        if self._opened is not None:
            return self._opened
        trainer, project = self._trainer, self._project
        if trainer is None or project is None:
            return None
        from nnviz.core.training.checkpoint import save_checkpoint

        self._take_history(trainer)
        checkpoint = save_checkpoint(trainer)
        return ProjectFile(
            title=project.title,
            network=project.network,
            dataset=project.dataset,
            training=project.training,
            weights=checkpoint.weights,
            state=checkpoint.state,
            numbers={
                **checkpoint.numbers,
                "finished": trainer.finished and not trainer.validation_is_due,
                "total_steps": trainer.total_steps,
                "epoch": trainer.epoch,
                "total_epochs": trainer.total_epochs,
            },
            history=self._history.history(),
        )

    def _keep_if_wanted(self) -> None:
        keeping, trainer = self._keeping, self._trainer
        if keeping is not None and trainer is not None and keeping.keep(trainer):
            self.run_kept.emit(self._number, str(keeping.folder.path), keeping.steps())

    def _tell_keeping(self, state: str) -> None:
        if self._keeping is None or self._trainer is None:
            return
        self._keeping.tell(state, self._trainer, self._history, self._speed.seconds)
        sentence = self._keeping.new_failure()
        if sentence:
            self.failed.emit(Failure(sentence))

    def _end_keeping(self, state: str, *, wait: bool = False) -> None:
        if self._keeping is not None:
            if self._steps is not None:
                self._tell_keeping(state)
            self._keeping.close(wait=wait)
        self._keeping = None
        self._past_step = 0

    def _show_past(self) -> None:
        assert self._keeping is not None
        assert self._data is not None
        try:
            context = ProbeContext(self._keeping.made_again(self._past_step, self._data), self._data)
        except Exception as error:
            self._past_step = 0
            self.failed.emit(self._failure(error))
            return
        self._mailbox.replace(snapshots=self._snapshots(context, self._probes))
        self.mail_posted.emit()

    def _probe(self, names: list[str]) -> None:
        assert self._trainer is not None
        assert self._data is not None
        asked = {name: self._probes[name] for name in names if name in self._probes}
        if asked:
            context = ProbeContext(self._trainer, self._data)
            self._mailbox.replace(snapshots=self._snapshots(context, asked))

    def _snapshots(self, context: ProbeContext, asked: Mapping[str, Probe]) -> dict[str, Snapshot]:
        """What the probes see; one that fails is told of and not asked again, for training is worth more."""
        snapshots = {}
        for name, probe in asked.items():
            began, shared = time.perf_counter(), context.shared_s
            try:
                snapshots[name] = Snapshot(context.step, probe(context))
            except Exception as error:
                self._set_probes({other: sound for other, sound in self._probes.items() if other != name})
                self.failed.emit(self._failure(error))
            else:
                self._schedule.note(name, time.perf_counter() - began - (context.shared_s - shared))
        self._schedule.note_shared(context.shared_s)
        return snapshots

    def _set_probes(self, probes: Mapping[str, Probe]) -> None:
        self._probes = probes
        seldom = [name for name, probe in probes.items() if getattr(probe, "seldom", False)]
        least_s = {name: probe.least_s for name, probe in probes.items() if isinstance(probe, PacedProbe)}
        self._schedule.set_names(probes, seldom, least_s)

    def _say_that_network_stands(self, project: Project, weights: dict[str, NDArray[Any]], step: int) -> None:
        """Give a copy of the network to whoever reads drawings with it."""
        file = ProjectFile(
            project.title, project.network, project.dataset, project.training, weights, numbers={"step": step}
        )
        self.network_stands.emit(RunNetwork(self._number, file))
        # With the first look there are newer ones.
        self._published_at = 0.0

    def _publish_weights(self) -> None:
        from nnviz.core.asked import Weights
        from nnviz.core.training.checkpoint import weights_of

        assert self._trainer is not None
        self.weights_moved.emit(RunWeights(self._number, Weights(self._trainer.step, weights_of(self._trainer.model))))
        self._published_at = time.perf_counter()

    def _is_running(self) -> bool:
        return self._timer is not None and self._timer.isActive()

    def _halt(self, *, look: bool = True) -> None:
        """Stop the slices, and post what was measured up to here."""
        running = self._is_running()
        if self._timer is not None:
            self._timer.stop()
        if running and look and self._trainer is not None:
            self._schedule.hurry()
            self._due = []
            self._look()
            self._publish_weights()

    def _end_badly(self, error: Exception) -> None:
        self._halt(look=False)
        self._tell_keeping("failed")
        self._steps = None
        self.run_failed.emit(self._number, self._failure(error))

    def _failure(self, error: Exception) -> Failure:
        if isinstance(error, NnvizError):
            return Failure(str(error), diverged_at=error.diverged_at if isinstance(error, TrainingError) else 0)
        sentence = self.tr("Something unexpected went wrong: {0}").format(error)
        return Failure(sentence, "".join(traceback.format_exception(error)))


def _keep_learned(network: NetworkSpec, model: Any, new: Trainer) -> None:
    from nnviz.core.carry_over import carry_over
    from nnviz.core.training.checkpoint import load_weights, weights_of

    carried = carry_over(network, weights_of(model), new.network, weights_of(new.model))
    load_weights(new.model, carried.weights)


def _put_back(trainer: Trainer, file: ProjectFile) -> None:
    from nnviz.core.training.checkpoint import Checkpoint, restore_checkpoint

    restore_checkpoint(trainer, Checkpoint(file.weights, file.state, file.numbers))
