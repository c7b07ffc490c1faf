"""Cosine schedule."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.schedules.base import SCHEDULES, ScheduleSpec


@SCHEDULES.register
@dataclass(frozen=True, kw_only=True)
class Cosine(ScheduleSpec):
    """Falls from the optimiser's rate along half a cosine: slowly at first, fast in the middle, slowly at the end.

    eta_t = eta (share + (1 - share) (1 + cos(pi t / T)) / 2), T the number of steps of the whole training.

    Source: Loshchilov & Hutter 2017, SGDR, arXiv:1608.03983, eq. 5, without restarts.
    """

    last_share: float = param(0.0, "Share of the rate that is left at the end.", ge=0, le=1)

    def torch_call(self, optimiser: str, learning_rate: float, total_steps: int) -> Call | None:
        """`torch.optim.lr_scheduler.CosineAnnealingLR`."""
        kwargs: dict[str, object] = {"T_max": max(1, total_steps)}
        if self.last_share:
            kwargs["eta_min"] = learning_rate * self.last_share
        return Call("torch.optim.lr_scheduler.CosineAnnealingLR", (Name(optimiser),), kwargs)
