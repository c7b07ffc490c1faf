"""All curves of one run as they are drawn, in bounded memory."""

from __future__ import annotations

from nnviz.core.curve import Curve
from nnviz.core.kept_history import KeptHistory
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
        self._measured = KeptHistory()

    def append(self, stretch: History) -> None:
        """Add the newest stretch."""
        self.loss.append(stretch.steps, stretch.loss)
        self.accuracy.append(stretch.steps, stretch.accuracy)
        self.rates.append(stretch.rate_steps, stretch.rates)
        if len(stretch.validation_steps):
            names = ("validation_steps", "validation_loss", "validation_accuracy")
            self._measured.append(History(**{name: getattr(stretch, name) for name in names}))

    @property
    def validation(self) -> History:
        """The validation curves alone, from the first measurement to the newest; of very many, a part."""
        return self._measured.history()
