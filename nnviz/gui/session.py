"""The session: owns the threads that load, train and read drawings, and is the only one to talk to them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal, Slot

from nnviz.core.datasets.base import Dataset
from nnviz.core.ink import MNIST, InkRecipe
from nnviz.core.mailbox import Mailbox
from nnviz.core.probes import Probe
from nnviz.core.project import ProjectFile
from nnviz.core.reader import ink_recipe
from nnviz.core.reading import Question, Reading
from nnviz.core.runs import MOST_MEGABYTES, MOST_STEPS
from nnviz.core.snapshot import Failure
from nnviz.core.training.device import AUTO
from nnviz.gui.document import Project
from nnviz.gui.jobs import OpeningJob, TrainingJob
from nnviz.gui.loader import Loader, LoadJob
from nnviz.gui.reading_desk import ReadingDesk
from nnviz.gui.screen_turn import ScreenTurn
from nnviz.gui.worker import Worker


class SessionState(Enum):
    """What the training thread is doing."""

    STARTING = "starting"
    """Torch and the bundled network are being loaded."""
    IDLE = "idle"
    """No run, or one that ended and whose network is still there to be asked."""
    LOADING = "loading"
    """Data is read, downloaded or made; stop() gives up."""
    TRAINING = "training"
    PAUSED = "paused"
    """A run waits: one that was paused, or one of a file, whose data is loaded when it goes on."""


class Session(QObject):
    """The window's handle on training. All methods return at once; answers come as signals.

    Attributes:
        mailbox: Where curves and snapshots arrive; the frame clock empties it.
        screen_turn: How the window asks a training for a moment in which to draw.
        state: What the training thread is doing.
        run_project: What the current or last run trains, or None.
        run_number: Number under which that run's mail comes; 0 if there is none.
        run_steps: Number of steps of that run.
        run_folder: Where the run is kept, or None.
        recipe: How a drawing is prepared for the network that answers read().

    Signals:
        state_changed(SessionState): The state is another one.
        run_started(Project): A new run began: curves start anew.
        run_forgotten: The run was reset: there are no curves any more.
        recipe_changed(InkRecipe): Another network answers drawings now.
        reading_ready(Reading): An answer to read().
        failed(Failure): Something went wrong; the sentence is for people.
        data_failed(Failure): The data could not be had; also told by `failed`.
        said(str): One sentence on what has just happened.
        loading_progressed(str, int, int): What is being loaded, bytes done, bytes in all (0: unknown).
        progress_changed(Progress): How far the run is; passed on by the frame clock.
        devices_changed: device_choices() answers with what the machine has.
        collected(str, object): The answer to collect(): its token, and the run's ProjectFile, or None.
        steps_kept(tuple): The run can be taken back to these steps.
        state_found(int, ProjectFile): The answer to find_state(): the step, and the state before it.
        rewound(int): The live views show this step of the run; 0 is now.
        mail_posted: There is something in the mailbox though no run is under way.
        turn_given: The training waits while the window draws what it wanted to; `screen_turn` ends that.
    """

    state_changed = Signal(object)
    run_started = Signal(object)
    run_forgotten = Signal()
    recipe_changed = Signal(object)
    reading_ready = Signal(object)
    failed = Signal(object)
    data_failed = Signal(object)
    said = Signal(str)
    loading_progressed = Signal(str, object, object)
    progress_changed = Signal(object)
    devices_changed = Signal()
    mail_posted = Signal()
    turn_given = Signal()
    collected = Signal(str, object)
    steps_kept = Signal(object)
    state_found = Signal(int, object)
    rewound = Signal(int)

    _warm_up_requested = Signal()
    _devices_requested = Signal()
    _load_requested = Signal(object)
    _begin_requested = Signal(object)
    _go_on_requested = Signal(str)
    _pause_requested = Signal()
    _stop_requested = Signal()
    _forget_requested = Signal(int)
    _read_requested = Signal(int, object)
    _compare_requested = Signal(object)
    _finish_requested = Signal()
    _probes_requested = Signal(object)
    _open_requested = Signal(object)
    _collect_requested = Signal(str)
    _rewind_requested = Signal(int)
    _state_requested = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mailbox = Mailbox()
        self.screen_turn = ScreenTurn()
        self.state = SessionState.STARTING
        self.run_project: Project | None = None
        self.run_number = 0
        self.run_steps = 0
        self.recipe: InkRecipe = MNIST
        self._device = AUTO
        self._devices: list[tuple[str, str]] = []
        self._data_dir: Path | None = None
        self._runs_dir: Path | None = None
        self._keeps_runs = True
        self._most_steps, self._most_megabytes = MOST_STEPS, MOST_MEGABYTES
        self.run_folder: Path | None = None
        self._request = 0
        self._job_number = 0
        self._wanted: tuple[Project, str] | None = None
        self._keep_learned = False
        self._to_resume: ProjectFile | None = None
        self._opening = 0
        self._worker = Worker(self.mailbox, self.screen_turn)
        self._loader = Loader()
        self._desk = ReadingDesk()
        self._reading_thread = self._start("reading", self._desk)
        self._training_thread = self._start("training", self._worker)
        self._loading_thread = self._start("loading", self._loader)
        self._connect_worker()
        self._connect_loader()
        self._connect_desk()

    @property
    def project_under_way(self) -> Project | None:
        """What is being loaded, or what the current or last run trains, or None."""
        return self._wanted[0] if self._wanted is not None else self.run_project

    def warm_up(self) -> None:
        """Load torch and the bundled network in the background; to be called once the window is on the screen."""
        self._warm_up_requested.emit()

    def train(self, project: Project) -> None:
        """Start a run of `project`, or go on with a paused one."""
        self._run(project, "")

    def step_batch(self, project: Project) -> None:
        """Train one batch, then pause; starts a run if none is paused."""
        self._run(project, "batch")

    def step_epoch(self, project: Project) -> None:
        """Train to the end of the epoch, then pause; starts a run if none is paused."""
        self._run(project, "epoch")

    def restart(self, project: Project, *, keep_learned: bool) -> None:
        """Start a run of `project` in place of the one that is under way or ended.

        Args:
            project: What is trained from now on.
            keep_learned: Whether its network starts with what the last run learned, as far as it fits
                (`nnviz.core.carry_over`), in place of fresh random weights.
        """
        if self.state is SessionState.LOADING:
            return
        # Its network stays to be asked until the new run begins, also if loading is given up.
        self._stop_requested.emit()
        self._start_run(project, "", keep_learned=keep_learned)

    def resume(self, file: ProjectFile) -> None:
        """Take the run of a file in place of the current one: its network answers, its curves show, train() goes on.

        A file whose run was finished, or that holds no state of the optimiser, is asked and shown, and train() begins
        a new run. A file without weights ends the current run, and nothing takes its place.

        Args:
            file: What `load_project` or `collect` gave.
        """
        if self.state is SessionState.LOADING:
            self._wanted = None
        self._count_job()
        self._forget_run(self._job_number - 1)
        if not file.weights:
            self._to_resume = None
            if self.state is not SessionState.STARTING:
                self._set_state(SessionState.IDLE)
            return
        project = Project(file.title, file.network, file.dataset, file.training)
        # Before results had a mark of their own, only finished runs had any.
        finished = bool(file.numbers.get("finished", bool(file.results)))
        self._to_resume = file if file.state and not finished else None
        # Known at once, so that a save before the training thread has heard of it misses nothing.
        self.run_project, self.run_number = project, self._job_number
        if self.state is not SessionState.STARTING or self._to_resume is not None:
            self._set_state(SessionState.PAUSED if self._to_resume is not None else SessionState.IDLE)
        self._opening = self._job_number
        self._open_requested.emit(OpeningJob(self._job_number, project, file))

    def collect(self, token: str) -> None:
        """Ask for all that a file of the current or last run holds; `collected` answers, and training goes on.

        The curves in it are complete: every step that was measured, from the first one on.

        Args:
            token: Comes back with the answer, so that whoever asked knows it.
        """
        self._collect_requested.emit(token)

    def pause(self) -> None:
        """Wait after the current batch; train() goes on from there."""
        if self.state is SessionState.TRAINING:
            self._pause_requested.emit()

    def stop(self) -> None:
        """End the run within one batch, or give up loading; the network stays to be asked."""
        if self.state is SessionState.LOADING:
            self._wanted = None
            self._count_job()
            self._set_state(self._without_load)
            self.said.emit(self.tr("Loading was given up."))
        elif self._to_resume is not None and self.state is SessionState.PAUSED:
            step = int(self._to_resume.numbers.get("step", 0))
            self._to_resume = None
            self._set_state(SessionState.IDLE)
            self.said.emit(self.tr("Stopped after step {0}.").format(f"{step:,}"))
        else:
            self._stop_requested.emit()

    def reset(self) -> None:
        """End the run and forget what was learned; the bundled network answers drawings again."""
        self._to_resume = None
        if self.state is SessionState.LOADING:
            self.stop()
        self._count_job()
        if self.state is not SessionState.STARTING:
            self._set_state(SessionState.IDLE)
        self._forget_run(self._job_number)
        self.said.emit(self.tr("Reset: the next run starts from fresh random weights."))

    def read(self, question: Question) -> int:
        """Ask what a drawing is; returns the request's number, and `reading_ready` answers.

        The network of the run answers if it reads drawings, else the bundled one. Of several questions that wait, only
        the newest is answered.
        """
        self._request += 1
        self._desk.newest_request = self._request
        self._read_requested.emit(self._request, question)
        return self._request

    def compare_with(self, file: ProjectFile | None) -> None:
        """Let one more network read every drawing, or none."""
        self._compare_requested.emit(file)

    def give_way(self) -> None:
        """Let a training that is under way leave the processor to a pen that has just moved, and to what it shows."""
        self._worker.way.ask()

    def follow_weights(self, wanted: bool) -> None:
        """Say whether drawings are read at the moment: the reading network then keeps up with the training."""
        self._worker.weights_wanted = wanted

    def set_visible_probes(self, probes: Mapping[str, Probe]) -> None:
        """Say which live views are visible, by name, with their probes; all others cost nothing."""
        self._probes_requested.emit(dict(probes))

    def device_choices(self) -> list[tuple[str, str]]:
        """Names and titles of the devices that can be chosen; only "auto" until torch is loaded."""
        return [(AUTO, self.tr("Automatic")), *self._devices]

    def set_device(self, name: str) -> None:
        """Choose where the next run is computed."""
        self._device = name

    @property
    def runs_dir(self) -> Path | None:
        """Where runs lie, or None if there is no such place."""
        return self._runs_dir

    def keep_runs(
        self,
        folder: Path | None,
        most_steps: int = MOST_STEPS,
        most_megabytes: int = MOST_MEGABYTES,
        *,
        keep: bool = True,
    ) -> None:
        """Keep runs that begin from now on in this folder, or not at all.

        Args:
            folder: Where.
            most_steps: Number of steps that a run can be taken back to.
            most_megabytes: Room that these may take, for each run.
            keep: Whether they are kept; if not, those that lie there stay.
        """
        self._runs_dir, self._keeps_runs = folder, keep
        self._most_steps, self._most_megabytes = most_steps, most_megabytes

    def rewind(self, step: int) -> None:
        """Let the live views show an earlier step of the run, one of `steps_kept`, or what is now (0)."""
        self._rewind_requested.emit(step)

    def find_state(self, step: int) -> None:
        """Ask for the whole state before an earlier step of the run; `state_found` answers."""
        self._state_requested.emit(step)

    @property
    def data_dir(self) -> Path | None:
        """The folder that is searched for data sets first, or None."""
        return self._data_dir

    def set_data_dir(self, folder: Path | None) -> None:
        """Choose a folder that is searched for data sets before anything is downloaded."""
        self._data_dir = folder

    def shut_down(self) -> None:
        """End all threads and wait for them; nothing of the session may be used afterwards."""
        # Whatever waits to be loaded or begun is given up.
        self._count_job()
        # The training thread ends itself: quit() from here could overtake the slot that tidies up.
        self._finish_requested.emit()
        self._loading_thread.quit()
        self._reading_thread.quit()
        for thread in (self._training_thread, self._loading_thread, self._reading_thread):
            thread.wait()

    def _run(self, project: Project, stop_after: str) -> None:
        if self.state is SessionState.PAUSED and self._to_resume is not None:
            assert self.run_project is not None
            self._load(self.run_project, stop_after)
        elif self.state is SessionState.PAUSED:
            self._set_state(SessionState.TRAINING)
            self._go_on_requested.emit(stop_after)
        elif self.state in (SessionState.IDLE, SessionState.STARTING):
            self._start_run(project, stop_after)

    def _start_run(self, project: Project, stop_after: str, *, keep_learned: bool = False) -> None:
        problems = project.problems()
        if problems:
            self.failed.emit(Failure(str(problems[0])))
            return
        self._to_resume = None
        self._keep_learned = keep_learned
        self._load(project, stop_after)

    @property
    def _without_load(self) -> SessionState:
        """Where a load that leads to nothing leaves the session."""
        return SessionState.IDLE if self._to_resume is None else SessionState.PAUSED

    def _load(self, project: Project, stop_after: str) -> None:
        self._wanted = (project, stop_after)
        self._count_job()
        self._set_state(SessionState.LOADING)
        self.said.emit(self.tr("Loading {0}.").format(project.dataset.title))
        self._load_requested.emit(LoadJob(self._job_number, project.dataset, self._data_dir))

    def _count_job(self) -> None:
        """Give up every job before, and number the next one."""
        self._job_number += 1
        self._loader.newest_job = self._worker.newest_job = self._job_number

    def _forget_run(self, newest: int) -> None:
        """Forget the run if its number is not above `newest`, here and on the training thread."""
        self._forget_requested.emit(newest)
        self.run_project = None
        self.run_number = 0
        self.run_folder = None
        self.steps_kept.emit(())
        self._set_recipe(MNIST)
        self.run_forgotten.emit()

    def _start(self, name: str, member: QObject) -> QThread:
        thread = QThread(self)
        thread.setObjectName(name)
        member.moveToThread(thread)
        thread.start()
        return thread

    def _connect_worker(self) -> None:
        worker = self._worker
        self._devices_requested.connect(worker.warm_up)
        self._begin_requested.connect(worker.begin)
        self._go_on_requested.connect(worker.go_on)
        self._pause_requested.connect(worker.pause)
        self._stop_requested.connect(worker.stop)
        self._forget_requested.connect(worker.forget)
        self._finish_requested.connect(worker.finish)
        self._probes_requested.connect(worker.set_probes)
        self._open_requested.connect(worker.open)
        self._collect_requested.connect(worker.collect)
        worker.run_opened.connect(self._on_run_opened)
        worker.collected.connect(self.collected)
        worker.ready.connect(self._on_ready)
        self._rewind_requested.connect(worker.rewind)
        self._state_requested.connect(worker.find_state)
        worker.run_kept.connect(self._on_run_kept)
        worker.state_found.connect(self.state_found)
        worker.rewound.connect(self._on_rewound)
        worker.run_began.connect(self._on_run_began)
        worker.run_paused.connect(self._on_run_paused)
        worker.run_ended.connect(self._on_run_ended)
        worker.run_failed.connect(self._on_run_failed)
        worker.failed.connect(self.failed)
        worker.mail_posted.connect(self.mail_posted)
        worker.turn_given.connect(self.turn_given)

    def _connect_desk(self) -> None:
        desk, worker = self._desk, self._worker
        self._warm_up_requested.connect(desk.warm_up)
        self._read_requested.connect(desk.read)
        self._compare_requested.connect(desk.compare)
        self._forget_requested.connect(desk.forget_run)
        # From thread to thread: the window need not be waited for.
        worker.network_stands.connect(desk.take_run)
        worker.weights_moved.connect(desk.take_weights)
        desk.ready.connect(self._devices_requested)
        desk.answered.connect(self._on_answered)
        desk.failed.connect(self.failed)

    def _connect_loader(self) -> None:
        self._load_requested.connect(self._loader.load)
        self._loader.loaded.connect(self._on_loaded)
        self._loader.failed.connect(self._on_load_failed)
        self._loader.progressed.connect(self._on_load_progressed)

    def _set_state(self, state: SessionState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)

    def _set_recipe(self, recipe: InkRecipe) -> None:
        # Told even if the recipe is the same: another network answers, so what is drawn must be asked again.
        self.recipe = recipe
        self.recipe_changed.emit(recipe)

    @Slot(object)
    def _on_ready(self, devices: list[tuple[str, str]]) -> None:
        self._devices = devices
        self.devices_changed.emit()
        if self.state is SessionState.STARTING:
            self._set_state(SessionState.IDLE)

    @Slot(object, object)
    def _on_loaded(self, job: LoadJob, data: Dataset) -> None:
        if job.number != self._job_number or self._wanted is None:
            return
        project, stop_after = self._wanted
        self.run_steps = project.training.total_steps(len(data.train))
        self._begin_requested.emit(
            TrainingJob(
                job.number,
                project,
                data,
                self._device,
                stop_after,
                self._keep_learned,
                self._to_resume,
                self._runs_dir if self._keeps_runs else None,
                self.run_folder.name if self._keep_learned and self.run_folder is not None else "",
                self._most_steps,
                self._most_megabytes,
            )
        )

    @Slot(object, object)
    def _on_load_failed(self, job: LoadJob, failure: Failure) -> None:
        if job.number != self._job_number or self._wanted is None:
            return
        self._wanted = None
        self._set_state(self._without_load)
        self.failed.emit(failure)
        self.data_failed.emit(failure)

    @Slot(object, str, object, object)
    def _on_load_progressed(self, job: LoadJob, what: str, done: int, total: int) -> None:
        if job.number == self._job_number:
            self.loading_progressed.emit(what, done, total)

    @Slot(object)
    def _on_run_began(self, job: TrainingJob) -> None:
        if job.number != self._job_number:
            # It was given up, but the training thread had taken its network in place of the last one already.
            self._forget_run(job.number)
            if self._to_resume is not None:
                self.resume(self._to_resume)
            return
        self._wanted = self._to_resume = None
        project = job.project
        self.run_project = project
        self.run_number = job.number
        self._set_state(SessionState.TRAINING)
        self._set_recipe(ink_recipe(project.network, project.dataset, project.training) or MNIST)
        self.run_started.emit(project)
        self.said.emit(self.tr("{0} learns from {1}.").format(project.title, project.dataset.title))

    @Slot(int, str, object)
    def _on_run_kept(self, number: int, folder: str, steps: tuple[int, ...]) -> None:
        if number == self.run_number or number == self._job_number:
            self.run_folder = Path(folder)
            self.steps_kept.emit(steps)

    @Slot(int, int)
    def _on_rewound(self, number: int, step: int) -> None:
        if number == self.run_number:
            self.rewound.emit(step)

    @Slot(object)
    def _on_run_opened(self, job: OpeningJob) -> None:
        if job.number != self.run_number:
            return
        project = job.project
        self._set_recipe(ink_recipe(project.network, project.dataset, project.training) or MNIST)
        self.run_started.emit(project)
        # How far it is comes behind: whoever shows it has heard of the run now.
        self.mail_posted.emit()

    @Slot(int, str)
    def _on_run_paused(self, number: int, sentence: str) -> None:
        # A word from a run that was reset in the meantime is stale, here and below.
        if number == self._job_number and self.state is SessionState.TRAINING:
            self._set_state(SessionState.PAUSED)
            self.said.emit(sentence)

    @Slot(int, str)
    def _on_run_ended(self, number: int, sentence: str) -> None:
        if number == self._job_number:
            self._set_state(SessionState.IDLE)
            self.said.emit(sentence)

    @Slot(int, object)
    def _on_run_failed(self, number: int, failure: Failure) -> None:
        if number != self._job_number:
            return
        self._wanted = self._to_resume = None
        if number == self._opening:
            # The weights of a file do not fit its network: nothing was learned.
            self._forget_run(number)
        self._set_state(SessionState.IDLE)
        self.failed.emit(failure)

    @Slot(object)
    def _on_answered(self, reading: Reading) -> None:
        # Also if a newer request is waiting: while the pen moves there always is one, and the bars should move too.
        self.reading_ready.emit(reading)
