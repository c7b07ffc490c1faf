"""What every learning-rate schedule is."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.registry import Registry
from nnviz.core.spec import Spec


@dataclass(frozen=True, kw_only=True)
class ScheduleSpec(Spec):
    """How the learning rate changes from step to step; the optimiser's own is the largest one."""

    def torch_call(self, optimiser: str, learning_rate: float, total_steps: int) -> Call | None:
        """The call that makes a scheduler which is stepped after every batch, or None if the rate never changes.

        Args:
            optimiser: Name of the variable that holds the optimiser.
            learning_rate: The optimiser's learning rate.
            total_steps: Number of steps of the whole training.
        """
        raise NotImplementedError


SCHEDULES: Registry[type[ScheduleSpec]] = Registry("schedule", "nnviz.core.training.schedules")
