"""What every data set is, and what loading one needs and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from nnviz.core.errors import NnvizError
from nnviz.core.ink import InkRecipe
from nnviz.core.registry import Registry
from nnviz.core.shape import Shape
from nnviz.core.spec import Spec

Task = Literal["classification", "regression"]

NOT_ASKED = -100
"""Class of a step at which nothing is asked of the network; of values, NaN says so."""


class DataError(NnvizError):
    """Data that cannot be had or is damaged: the sentence names the file, what was expected, found, and what to do."""


class LoadCancelled(DataError):
    """Loading was ended because `LoadContext.cancelled` said so: nothing is wrong, and nothing need be shown."""


@dataclass(frozen=True)
class Split:
    """Samples and their targets, aligned.

    Attributes:
        x: Inputs, float32, (N, *input shape), in [0, 1] for images. Behind the end of a sequence that is shorter than
            others all steps are NaN.
        y: Targets: class indices, int64, (N,), or values, float32, (N, outputs). Where something is asked at every
            step, (N, T) or (N, T, outputs), with `NOT_ASKED` or NaN where nothing is.
    """

    x: NDArray[np.float32]
    y: NDArray[np.int64] | NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True)
class Dataset:
    """A data set in memory.

    Attributes:
        spec: Its description.
        train: What the network learns from.
        validation: What is measured while it learns.
        test: What is measured once, at the end.
        unlabelled: More inputs of the same kind, whose targets are not known, for layers that learn without; or None.
    """

    spec: DatasetSpec
    train: Split
    validation: Split
    test: Split
    unlabelled: NDArray[np.float32] | None = None

    def split(self, name: str) -> Split:
        """The split called "train", "validation" or "test".

        Raises:
            DataError: If there is no such split.
        """
        splits = {"train": self.train, "validation": self.validation, "test": self.test}
        if name not in splits:
            raise DataError(f"There is no split called {name!r}; there are train, validation and test.")
        return splits[name]


@dataclass(frozen=True)
class LoadContext:
    """Where a data set may look, whether it may download, and whom it tells how far it is.

    Attributes:
        data_dir: A folder of the user's that is searched first, or None.
        cache_dir: The folder that downloads are kept in, or None for the user's cache.
        download: Whether missing files may be downloaded.
        mirrors: Base addresses to use in place of the data set's own list; empty for that list.
        progress: Called with what is being done, the part done and the whole, both in bytes; the whole is 0 while it
            is not known.
        cancelled: Asked now and then; True ends a download, whose part is kept for the next time, with
            `LoadCancelled`.
    """

    data_dir: Path | None = None
    cache_dir: Path | None = None
    download: bool = True
    mirrors: tuple[str, ...] = ()
    progress: Callable[[str, int, int], None] = field(default=lambda what, done, total: None)
    cancelled: Callable[[], bool] = field(default=lambda: False)


@dataclass(frozen=True, kw_only=True)
class DatasetSpec(Spec):
    """Description of a data set; says its shapes without loading anything.

    Attributes:
        task: Whether targets are classes or values.
        not_asked: Class of a step at which nothing is asked.
        needs_download: Whether files are needed that the application does not bring.
        classes: Names of the classes in the order of their indices; empty for regression.
        forecasts: Whether what is asked at each step is how the sequence itself goes on.
        own: Whether it is made from files of the user's own: it is chosen by opening such a file, not from the list.
    """

    not_asked: ClassVar[int] = NOT_ASKED
    needs_download: ClassVar[bool] = False
    forecasts: ClassVar[bool] = False
    own: ClassVar[bool] = False

    @property
    def task(self) -> Task:
        """What is learned: classes, unless a data set says that it is values."""
        return "classification"

    @property
    def ink(self) -> InkRecipe | None:
        """How a drawn digit is prepared to look like a sample; None if a drawing is no sample of this data."""
        return None

    @property
    def display_title(self) -> str:
        """Name for people of just this data: the title, unless it is a file's that has a name of its own."""
        return self.title

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes; empty for regression."""
        return ()

    @property
    def input_shape(self) -> Shape:
        """Shape of one sample."""
        raise NotImplementedError

    @property
    def outputs(self) -> int:
        """Number of values that a network's last layer must have: classes, or target values."""
        return len(self.classes)

    @property
    def output_shape(self) -> Shape:
        """Shape of what must leave a network: (outputs,), unless there are targets at every step, (T, outputs)."""
        return Shape((self.outputs,))

    @property
    def symbol_names(self) -> tuple[str, ...]:
        """Names of the symbols of which the inputs are the numbers; empty if they are values."""
        return ()

    @property
    def symbols(self) -> int:
        """Number of different symbols of which the inputs are numbers; 0 if they are values."""
        return len(self.symbol_names)

    def load(self, context: LoadContext) -> Dataset:
        """Read or make the data.

        Raises:
            DataError: If it cannot be had or is damaged.
        """
        raise NotImplementedError

    def train_samples(self) -> int:
        """Number of training samples; may have to read the files.

        Raises:
            DataError: If they cannot be had.
        """
        return len(self.load(LoadContext(download=False)).train)

    def script(self) -> str:
        """Python source that loads the same data without nnviz, for exported scripts.

        It needs numpy and what the data set itself needs, imports it, and defines `load_data()` without arguments,
        which returns six numpy arrays: x and y of train, validation and test, the same as `load` gives, bit for bit.
        Where `needs_download` is true, `load_data()` takes one argument: the folder that has the files or gets them.
        """
        raise NotImplementedError


DATASETS: Registry[type[DatasetSpec]] = Registry("data set", "nnviz.core.datasets")
