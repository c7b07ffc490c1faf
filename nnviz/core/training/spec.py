"""How a network is trained, as a frozen description."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.spec import Spec, param
from nnviz.core.training.augmentations.base import AUGMENTATIONS, AugmentationSpec
from nnviz.core.training.augmentations.unchanged import Unchanged
from nnviz.core.training.losses.base import LOSSES, LossSpec
from nnviz.core.training.losses.cross_entropy import CrossEntropy
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.optimisers.base import OPTIMISERS, OptimiserSpec
from nnviz.core.training.pretraining.base import PRETRAININGS, PretrainingSpec
from nnviz.core.training.pretraining.greedy import Greedy
from nnviz.core.training.regularisers.base import REGULARISERS, RegulariserSpec
from nnviz.core.training.schedules.base import SCHEDULES, ScheduleSpec
from nnviz.core.training.schedules.constant_rate import ConstantRate


@dataclass(frozen=True, kw_only=True)
class TrainingSpec(Spec):
    """Everything that decides how a network learns; with the same network, data and machine, the same result."""

    title = "Training"

    loss: LossSpec = param(CrossEntropy(), "What is made small.", registry=LOSSES)
    optimiser: OptimiserSpec = param(Adam(), "How gradients become steps.", registry=OPTIMISERS)
    schedule: ScheduleSpec = param(ConstantRate(), "How the learning rate changes over time.", registry=SCHEDULES)
    regularisers: tuple[RegulariserSpec, ...] = param(
        (), "What is done to gradients and weights at every step, in this order.", registry=REGULARISERS
    )
    augmentation: AugmentationSpec = param(
        Unchanged(), "How samples are changed at random each time they are used.", registry=AUGMENTATIONS
    )
    pretraining: PretrainingSpec = param(
        Greedy(), "How RBMs in front of other layers learn before the whole network does.", registry=PRETRAININGS
    )
    batch_size: int = param(128, "Number of samples whose gradient is averaged for one step.", ge=1, le=65536)
    epochs: int = param(5, "How often every training sample is used.", ge=1, le=100_000, only_if=("steps", (0,)))
    steps: int = param(0, "Number of batches after which training ends; 0 goes by epochs.", ge=0, le=1_000_000_000)
    validate_every: int = param(
        0,
        "Number of steps between two measurements on validation data; 0 measures after each epoch. Training by epochs "
        "measures after each epoch in any case.",
        ge=0,
        le=10**9,
    )
    early_stopping: int = param(
        0,
        "Number of measurements on validation data in a row without a lower loss after which training ends; "
        "0 trains to the end.",
        ge=0,
        le=10_000,
    )
    keep_best: bool = param(False, "Whether training ends with the weights that had the lowest validation loss.")
    seed: int = param(1, "Start of all random numbers: same seed, same result.", ge=0, le=2**31 - 1)

    def batches(self, samples: int) -> list[tuple[int, int]]:
        """First index and the one behind the last of every batch of an epoch of `samples` samples.

        A last batch of a single sample joins the one before it: batch norm cannot normalise one sample by itself.
        """
        starts = list(range(0, samples, self.batch_size))
        if len(starts) > 1 and samples - starts[-1] == 1 < self.batch_size:
            starts.pop()
        return list(zip(starts, [*starts[1:], samples], strict=True))

    def total_steps(self, samples: int) -> int:
        """Number of batches of the whole training on `samples` training samples."""
        return self.steps or self.epochs * len(self.batches(samples))
