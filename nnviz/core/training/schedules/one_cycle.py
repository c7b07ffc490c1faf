"""One-cycle schedule."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.schedules.base import SCHEDULES, ScheduleSpec


@SCHEDULES.register
@dataclass(frozen=True, kw_only=True)
class OneCycle(ScheduleSpec):
    """Rises from a small learning rate to the optimiser's own, then falls along a cosine to almost nothing.

    Source: Smith & Topin 2018, arXiv:1708.07120.
    """

    title = "One cycle"

    warm_up: float = param(0.3, "Share of the training in which the rate rises.", gt=0, lt=1)
    start_divisor: float = param(25.0, "The first rate is the largest one divided by this.", ge=1, le=1e6, log=True)

    def torch_call(self, optimiser: str, learning_rate: float, total_steps: int) -> Call | None:
        """`torch.optim.lr_scheduler.OneCycleLR`; momentum is left alone, so that only the rate moves."""
        total_steps = max(2, total_steps)
        warm_up = self.warm_up
        if warm_up * total_steps == 1:
            # torch divides by warm_up * total_steps - 1 (torch/optim/lr_scheduler.py, OneCycleLR.get_lr).
            warm_up *= 1 + 1e-9
        kwargs = {
            "max_lr": learning_rate,
            "total_steps": total_steps,
            "pct_start": warm_up,
            "div_factor": self.start_divisor,
            "cycle_momentum": False,
        }
        return Call("torch.optim.lr_scheduler.OneCycleLR", (Name(optimiser),), kwargs)
