"""Step schedule."""

from __future__ import annotations

import math
from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.schedules.base import SCHEDULES, ScheduleSpec


@SCHEDULES.register
@dataclass(frozen=True, kw_only=True)
class StepDecay(ScheduleSpec):
    """Falls by the same factor each time another stretch of the training is done, and stays level in between.

    eta_t = eta factor^floor(t / length), where the training is cut into stages of the same length.

    Source: Goodfellow, Bengio & Courville 2016, Deep Learning, section 8.3.1; He et al. 2016, arXiv:1512.03385,
    section 3.4 divides by 10 twice.
    """

    title = "Step"

    stages: int = param(3, "Number of stretches of the training, each with its own rate.", ge=1, le=50)
    factor: float = param(0.1, "What the rate is multiplied by from one stretch to the next.", ge=0.01, lt=1)

    def torch_call(self, optimiser: str, learning_rate: float, total_steps: int) -> Call | None:
        """`torch.optim.lr_scheduler.StepLR`."""
        kwargs = {"step_size": max(1, math.ceil(total_steps / self.stages)), "gamma": self.factor}
        return Call("torch.optim.lr_scheduler.StepLR", (Name(optimiser),), kwargs)
