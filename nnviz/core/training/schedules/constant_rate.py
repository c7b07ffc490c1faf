"""No schedule."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.training.schedules.base import SCHEDULES, ScheduleSpec


@SCHEDULES.register
@dataclass(frozen=True, kw_only=True)
class ConstantRate(ScheduleSpec):
    """The learning rate stays what it is."""

    title = "Constant"

    def torch_call(self, optimiser: str, learning_rate: float, total_steps: int) -> Call | None:
        """None: there is nothing to do."""
        return None
