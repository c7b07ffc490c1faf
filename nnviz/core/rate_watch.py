"""Where the learning rate of a run made a leap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVEL_STEPS = 5
"""Steps for which a rate must have stayed before another one counts as a leap: schedules that glide make none."""

MOST = 64
"""Leaps that are kept: more could not be told apart in a plot."""


@dataclass(frozen=True)
class RateLeap:
    """Another learning rate.

    Attributes:
        step: The first step with it.
        before: The rate until then.
        after: The rate from then on.
    """

    step: int
    before: float
    after: float


class RateWatch:
    """Follows a run's learning rate, and keeps its leaps and its turning point.

    Attributes:
        leaps: Where it changed at once, having been level before.
        highest: The step at which a gliding rate stopped rising and began to fall; 0 if it never did.
    """

    def __init__(self) -> None:
        self.leaps: list[RateLeap] = []
        self.highest = 0
        self._step = 0
        self._rate = np.nan
        self._rises = False

    def append(self, steps: NDArray[np.int64], rates: NDArray[np.float32]) -> None:
        """Follow the newest changes.

        Args:
            steps: First steps with another rate, (k,).
            rates: The rates from then on, (k,).
        """
        for step, rate in zip(steps.tolist(), rates.tolist(), strict=True):
            if rate == self._rate:
                # A run that goes on says it again.
                continue
            if not np.isnan(self._rate):
                glides = step - self._step < LEVEL_STEPS
                if not glides and len(self.leaps) < MOST:
                    self.leaps.append(RateLeap(step, self._rate, rate))
                if glides and self._rises and rate < self._rate:
                    self.highest = self._step
                self._rises = glides and rate > self._rate
            self._step, self._rate = step, rate
