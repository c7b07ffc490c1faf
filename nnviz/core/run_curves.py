"""All curves of one run: complete for the file, and in bounded form for the screen."""

from __future__ import annotations

from nnviz.core.curve import Curve
from nnviz.core.rate_watch import RateWatch
from nnviz.core.snapshot import History


class RunCurves:
    """What was measured in one run so far.

    Attributes:
        loss: Training loss, for plots.
        accuracy: Training accuracy, for plots.
        rates: Sees where the learning rate made a leap.
    """

    def __init__(self) -> None:
        self.loss = Curve()
        self.accuracy = Curve()
        self.rates = RateWatch()
        self._stretches: list[History] = []
        self._validation = History()

    def append(self, stretch: History) -> None:
        """Add the newest stretch."""
        self._stretches.append(stretch)
        self.loss.append(stretch.steps, stretch.loss)
        self.accuracy.append(stretch.steps, stretch.accuracy)
        self.rates.append(stretch.rate_steps, stretch.rates)
        if len(stretch.validation_steps):
            empty = History()
            measured = (stretch.validation_steps, stretch.validation_loss, stretch.validation_accuracy)
            self._validation += History(empty.steps, empty.loss, empty.accuracy, *measured)

    @property
    def validation(self) -> History:
        """The validation curves alone: few points, all of them."""
        return self._validation

    def history(self) -> History:
        """Everything, step by step."""
        # Joined when asked for: a run appends ten times a second and is asked once.
        joined = sum(self._stretches, History())
        self._stretches = [joined]
        return joined
