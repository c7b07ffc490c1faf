"""What the window's thread hands to the training thread to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nnviz.core.datasets.base import Dataset
from nnviz.core.project import ProjectFile
from nnviz.core.runs import MOST_MEGABYTES, MOST_STEPS
from nnviz.gui.document import Project


@dataclass(frozen=True)
class TrainingJob:
    """What is to be trained.

    Attributes:
        number: Tells it apart from jobs that were given up.
        project: Network, data and training.
        data: The data, loaded.
        device: Name of a device, or "auto".
        stop_after: "batch" or "epoch" to pause after the first one, or "" to run to the end.
        keep_learned: Whether what the last run learned is kept, as far as it fits the network.
        resume: The file of a run that goes on where the file stands, or None for a new run.
        runs_dir: Where the run is kept, or None if it is not.
        parent: Name of the run that it goes on from, or empty.
        most_steps: Number of steps that it can be taken back to.
        most_megabytes: Room that these may take.
    """

    number: int
    project: Project
    data: Dataset
    device: str
    stop_after: str = ""
    keep_learned: bool = False
    resume: ProjectFile | None = None
    runs_dir: Path | None = None
    parent: str = ""
    most_steps: int = MOST_STEPS
    most_megabytes: int = MOST_MEGABYTES


@dataclass(frozen=True)
class OpeningJob:
    """What was learned in a file and is to be asked, before there is any data to train with.

    Attributes:
        number: Tells it apart from jobs that were given up.
        project: Network, data and training of the file.
        file: The file.
    """

    number: int
    project: Project
    file: ProjectFile
