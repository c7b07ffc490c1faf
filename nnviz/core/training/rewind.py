"""A training taken back to an earlier step, beside the one that goes on."""

from __future__ import annotations

from nnviz.core.datasets.base import Dataset
from nnviz.core.project import ProjectFile
from nnviz.core.training.checkpoint import Checkpoint, restore_checkpoint
from nnviz.core.training.device import choose_device
from nnviz.core.training.make_trainer import make_trainer
from nnviz.core.training.random_states import random_states_kept
from nnviz.core.training.trainer import Trainer


class Rewinder:
    """Makes earlier steps of a training again, on a model of its own.

    The state before a step is put back and the step is trained once more: so weights, gradients and what the step
    changed are those of then, bit for bit on the CPU. The random numbers of the training that goes on are not touched.

    Args:
        project: The network and how it learns.
        data: What it learns from.
        device: Where it is computed.
    """

    def __init__(self, project: ProjectFile, data: Dataset, device: str) -> None:
        # Chosen here already: to be made, a trainer draws random numbers.
        device = choose_device(device)
        with random_states_kept(device):
            self._trainer = make_trainer(project.network, project.training, data, device)
        self._trainer.keeps_weights = True

    def make_again(self, state: ProjectFile) -> Trainer:
        """The trainer behind the step before which `state` was kept.

        Raises:
            NnvizError: If the state belongs to another network or is damaged.
        """
        with random_states_kept(self._trainer.device):
            restore_checkpoint(self._trainer, Checkpoint(state.weights, state.state, state.numbers))
            for step in self._trainer.steps():
                if step.phase == "train":
                    break
            # Its curves are known already.
            self._trainer.take_history()
        return self._trainer
