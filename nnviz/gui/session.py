"""The session: owns the thread that trains and is the only one to talk to it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from nnviz.gui.document import Project


class SessionState(Enum):
    """What the training thread is doing."""

    STARTING = "starting"
    """torch is being loaded."""
    IDLE = "idle"
    """No run, or a finished or stopped one whose network is still there to be asked."""
    LOADING = "loading"
    """Data is read, downloaded or made; can be cancelled by stop()."""
    TRAINING = "training"
    PAUSED = "paused"


class Session(QObject):
    """The GUI's handle on training. All methods return at once; answers come as signals.

    Attributes:
        state: What the training thread is doing.

    Signals:
        state_changed(SessionState): The state is another one.
        mail_arrived: (see frame_clock) curves and snapshots come through the mailbox, not by signals.
        prediction_ready(Prediction): An answer to classify().
        failed(Failure): Something went wrong; the sentence is for people.
        said(str): One sentence on what has just happened, for the status line.
        loading_progressed(str, int, int): What is being loaded, bytes done, bytes in all (0: unknown).
        run_started(object): A new run began with this Project; curves start anew.
    """

    state_changed = Signal(object)
    prediction_ready = Signal(object)
    failed = Signal(object)
    said = Signal(str)
    loading_progressed = Signal(str, object, object)
    run_started = Signal(object)

    state: SessionState = SessionState.STARTING

    def train(self, project: Project) -> None:
        """Start a run of `project`, or go on with a paused one."""

    def pause(self) -> None:
        """Stop after the current batch; train() goes on from there."""

    def step_batch(self, project: Project) -> None:
        """Train one batch, then pause; starts a run if there is none."""

    def step_epoch(self, project: Project) -> None:
        """Train to the end of the epoch, then pause; starts a run if there is none."""

    def stop(self) -> None:
        """End the run within one batch, or cancel loading; the network stays to be asked."""

    def reset(self) -> None:
        """End the run and forget what was learned; the bundled network answers drawings again."""

    def classify(self, image: NDArray[np.float32]) -> int:
        """Ask for the class of a prepared picture, (H, W) in [0, 1]; returns the request's number.

        The network in training answers if there is one and it takes such pictures, else the bundled one. Only the
        newest of several waiting requests is answered.
        """
        return 0

    def set_visible_probes(self, probes: Mapping[str, Any]) -> None:
        """Tell which live views are visible, by name, and their probes; others cost nothing."""
