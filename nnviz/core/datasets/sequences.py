"""What the sets of made-up sequences share: number, seed, splits and script."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DataError, Dataset, DatasetSpec, LoadContext, Split
from nnviz.core.datasets.method_source import constants_source, method_source
from nnviz.core.memory import available_memory, memory_text
from nnviz.core.spec import param

HELD_OUT = 1_000
"""Sequences of the validation split, and of the test split."""

WORKING_BYTES = 24
"""Per value while sequences are made: itself in single precision, and what it is computed from in double."""


@dataclass(frozen=True, kw_only=True)
class SequencesSpec(DatasetSpec):
    """Sequences that are made from a seed, each split from random numbers of its own.

    A set of fewer than 2,000 training sequences has half as many for validation, and for the test.
    """

    samples: int = param(10_000, "Number of training sequences.", ge=2, le=1_000_000, unit="sequences")
    seed: int = param(0, "Start of the random numbers: the same seed gives the same sequences.", ge=0, le=2**32 - 1)

    def load(self, context: LoadContext) -> Dataset:
        """Make the sequences; nothing is read.

        Raises:
            DataError: If they would not fit into the memory that is left.
        """
        self._check_memory()
        held = min(HELD_OUT, self.samples // 2)
        # One generator per split, so that the number of training sequences changes nothing in the others.
        train, validation, test = (
            Split(*self.sequences(size, np.random.default_rng((self.seed, index))))
            for index, size in enumerate((self.samples, held, held))
        )
        return Dataset(spec=self, train=train, validation=validation, test=test)

    def _check_memory(self) -> None:
        steps, values = self.input_shape.dims
        asked = self.output_shape.size if self.task == "regression" else steps if self.output_shape.is_sequence else 1
        held = 2 * min(HELD_OUT, self.samples // 2)
        needed = (self.samples + held) * (steps * values + asked) * WORKING_BYTES
        there = available_memory()
        if there is not None and needed > there:
            raise DataError(
                f"{self.title}: {self.samples:,} sequences of {steps:,} steps need about {memory_text(needed)} of "
                f"memory; {memory_text(there)} are free. Choose fewer sequences, or shorter ones."
            )

    def train_samples(self) -> int:
        """As many as asked for."""
        return self.samples

    def script(self) -> str:
        """The function that makes the sequences, as it stands here."""
        constants = constants_source(self, "sequences")
        own = {"SAMPLES": self.samples, "HELD_OUT": HELD_OUT, "DATA_SEED": self.seed}
        settings = "".join(f"{name} = {value!r}\n" for name, value in own.items() if f"{name} = " not in constants)
        parts = (
            "import numpy as np\nfrom numpy.typing import NDArray\n",
            constants + settings,
            method_source(self, "sequences"),
            _LOAD_DATA,
        )
        return "\n\n".join(part.strip("\n") + "\n" for part in parts)

    def sequences(
        self, size: int, rng: np.random.Generator
    ) -> tuple[NDArray[np.float32], NDArray[np.int64] | NDArray[np.float32]]:
        """Inputs, (size, T, F), and targets."""
        raise NotImplementedError


_LOAD_DATA = '''
def load_data():
    """Training, validation and test sequences, each from random numbers of its own."""
    held = min(HELD_OUT, SAMPLES // 2)
    sizes = (SAMPLES, held, held)
    # One generator per split, so that the number of training sequences changes nothing in the others.
    splits = (sequences(size, np.random.default_rng((DATA_SEED, index))) for index, size in enumerate(sizes))
    train, validation, test = splits
    return (*train, *validation, *test)
'''
