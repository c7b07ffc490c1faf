"""Data from files of the user's own: what all kinds of them share, from opening a file to splits and scripts."""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DATASETS, DataError, Dataset, DatasetSpec, LoadContext, Split, Task
from nnviz.core.datasets.method_source import function_source, literal
from nnviz.core.datasets.own_splits import normalise, split_indices
from nnviz.core.datasets.stratify import stratified_indices
from nnviz.core.shape import Shape
from nnviz.core.spec import Param, SpecError, param

NORMALISATIONS = ("none", "0 to 1", "standardise")
"""How inputs are shifted and scaled; see `own_splits.normalise`."""

FEWEST_SAMPLES = 3
"""One for each split; with fewer nothing can be trained and measured."""

MOST_VALUES = 400_000_000
"""More values are refused: as 32-bit numbers, and once more as a copy in the splits, they would take over 3 GB."""

PREVIEW_ROWS = 20
PREVIEW_IMAGES = 24
PREVIEW_COLUMNS = 50

IMBALANCE = 10
"""A class this many times larger than another is worth a note."""

SPLITTING = ("validation_share", "test_share", "seed", "normalisation", "standardise_targets")
"""Settings that change nothing of what is read."""


@dataclass(frozen=True)
class DataPreview:
    """What a person is shown of a file before it is used.

    Attributes:
        columns: Names of the columns of a table; empty if the samples are images.
        rows: The first rows of a table as text, each as long as `columns`.
        images: Up to 24 samples, (N, C, H, W) in [0, 1] with 1 or 3 channels, or None if the samples are no images.
        sample_labels: What the samples in `rows` or `images` are labelled.
        class_counts: Each class and its number of samples in the whole file; empty for regression.
        split_sizes: Numbers of samples for training, validation and test.
        notes: Whole sentences on what is odd and is not an error: constant columns, skipped files, imbalance.
        options: For a setting whose choices only the file knows, its name and these choices: ("label", (...)).
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    images: NDArray[np.float32] | None
    sample_labels: tuple[str, ...]
    class_counts: tuple[tuple[str, int], ...]
    split_sizes: tuple[int, int, int]
    notes: tuple[str, ...]
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Contents:
    """What was read from a file, before splits and normalisation.

    Attributes:
        x: Inputs, (N, *input shape), float32; or bytes, which stand for 0 to 1.
        y: Class indices, int64, (N,), or values, float32, (N, outputs).
        class_names: Names of the classes; empty for regression.
        target_names: Names of the values to be learned; empty for classification.
        feature_names: Names of the inputs; empty for images.
        given: How many samples the file itself has for training, validation and test, in this order; else None.
        columns: See `DataPreview`.
        rows: See `DataPreview`.
        notes: See `DataPreview`.
        options: See `DataPreview`.
        constants: What an exported script's reader must know of this file, by the name of the constant.
        digest: SHA-256 of the values and names: other content has another one, wherever the file lies.
    """

    x: NDArray[np.uint8] | NDArray[np.float32]
    y: NDArray[np.int64] | NDArray[np.float32]
    class_names: tuple[str, ...] = ()
    target_names: tuple[str, ...] = ()
    feature_names: tuple[str, ...] = ()
    given: tuple[int, int, int] | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()
    constants: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class OwnData(DatasetSpec):
    """Data from a file of the user's own.

    `inspect` opens a file, checks everything in it and writes what it found into the spec, so that the spec knows its
    shapes without reading; `load` reads it again and refuses a file that is no longer the same. Text and numbers are
    read, never code: no pickle.

    A kind of file says `suits`, `read` and `reading_script`.

    Attributes:
        opens: "file" or "folder".
    """

    own = True
    opens: ClassVar[str] = "file"

    path: str = param("", "Where the data is read from.", path="file")
    normalisation: str = param(
        "none",
        "Shift and scale of the inputs, found on the training samples only: standardise makes mean 0 and standard "
        "deviation 1.",
        choices=NORMALISATIONS,
    )
    standardise_targets: bool = param(
        True, "Whether values to be learned are shifted and scaled to mean 0 and standard deviation 1; not for classes."
    )
    validation_share: float = param(
        0.1, "Part of the samples that is measured while the network learns.", ge=0.01, le=0.45
    )
    test_share: float = param(0.2, "Part of the samples that is measured once, at the end.", ge=0.01, le=0.45)
    seed: int = param(0, "Start of the random numbers that split: the same seed splits alike.", ge=0, le=2**32 - 1)
    class_names: tuple[str, ...] = param((), "Names of the classes that were found.", editable=False)
    target_names: tuple[str, ...] = param((), "Names of the values to be learned that were found.", editable=False)
    feature_names: tuple[str, ...] = param((), "Names of the inputs that were found.", editable=False)
    input_dims: tuple[int, ...] = param((1,), "Shape of one sample that was found.", editable=False)
    samples: int = param(0, "Number of samples that was found.", ge=0, le=2**53, editable=False)
    digest: str = param("", "SHA-256 of the content that was found.", editable=False)

    def __post_init__(self) -> None:
        """Check every field, and that what was found can be shapes and names."""
        super().__post_init__()
        for name in ("class_names", "target_names", "feature_names"):
            if not all(isinstance(text, str) for text in getattr(self, name)):
                raise SpecError(self.title, name, f"{name} must be a list of texts.")
        try:
            Shape(self.input_dims)
        except ValueError as error:
            raise SpecError(self.title, "input_dims", str(error)) from None

    @classmethod
    def suits(cls, path: Path) -> bool:
        """Whether this file or folder may be of this kind, by its name and its first bytes."""
        raise NotImplementedError

    @classmethod
    def inspect(cls, path: Path | str, *, context: LoadContext | None = None, **settings: Any) -> Self:
        """Open a file with these settings, the others at their defaults; reads and checks all of it.

        Args:
            path: The file or folder.
            context: Who is told how far it is, and may cancel.
            settings: Parameters of the spec.

        Raises:
            SpecError: If there is no such setting, or a value does not fit.
            LoadCancelled: If the context says so.
            DataError: If the file cannot be used; the sentence names it, and where there are such, row and column.
        """
        spec = cls().replace(path=str(cls.anchor(Path(path).expanduser().absolute())), **settings)
        found = spec._contents(context or LoadContext())
        return spec.replace(**_facts(found))

    @classmethod
    def anchor(cls, path: Path) -> Path:
        """The path that is kept for this one; only kinds of several files need another."""
        return path

    def again(self, *, context: LoadContext | None = None, **changes: Any) -> Self:
        """Opened anew with some settings changed; what was read is not read twice unless it has to be.

        Raises:
            SpecError: As `inspect`.
            DataError: As `inspect`.
        """
        settings = {info.name: getattr(self, info.name) for info in self.params() if info.editable}
        return type(self).inspect(context=context, **(settings | changes))

    @property
    def display_title(self) -> str:
        """The file's name."""
        return Path(self.path).name or self.title

    @property
    def task(self) -> Task:
        """Classification, unless the file was found to have values to be learned."""
        return "regression" if self.target_names else "classification"

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that were found."""
        return self.class_names

    @property
    def outputs(self) -> int:
        """Number of classes or of values to be learned."""
        return len(self.class_names) or len(self.target_names)

    @property
    def input_shape(self) -> Shape:
        """Shape of one sample, as it was found."""
        return Shape(self.input_dims)

    def train_samples(self) -> int:
        """Number of training samples; the file is read."""
        return self.split_sizes(self._checked(LoadContext()))[0]

    def load(self, context: LoadContext) -> Dataset:
        """Read the file, split and normalise.

        Raises:
            LoadCancelled: If the context says so.
            DataError: If no file was chosen, or it is gone, damaged, or not the one that was opened.
        """
        contents = self._checked(context)
        picks = self._picks(contents)
        x = normalise([as_floats(contents.x[pick]) for pick in picks], self.normalisation)
        y: list[Any] = [contents.y[pick] for pick in picks]
        if self.task == "regression":
            y = normalise(y, "standardise" if self.standardise_targets else "none")
        train, validation, test = map(Split, x, y)
        return Dataset(spec=self, train=train, validation=validation, test=test)

    def preview(self, context: LoadContext | None = None) -> DataPreview:
        """What a person should see of the file.

        Raises:
            LoadCancelled: If the context says so.
            DataError: If it cannot be read.
        """
        from nnviz.core.datasets.own_preview import preview_of

        contents = self._contents(context or LoadContext())
        return preview_of(contents, self.split_sizes(contents))

    def split_sizes(self, contents: Contents) -> tuple[int, int, int]:
        """Numbers of samples for training, validation and test."""
        train, validation, test = map(len, self._picks(contents))
        return train, validation, test

    def read(self, path: Path, context: LoadContext) -> Contents:
        """Everything in the file, checked; `digest` need not be given.

        Raises:
            LoadCancelled: If the context says so.
            DataError: If the file cannot be used.
        """
        raise NotImplementedError

    def files(self, path: Path) -> list[Path]:
        """The files that `read` reads: where none has changed, what was read is still true."""
        return [path]

    def reading_script(self) -> tuple[tuple[str, ...], str]:
        """Lines of imports, and source that defines `read_samples()`, which returns x and y as in `Contents`.

        It may use the constant PATH and those of `Contents.constants`.
        """
        raise NotImplementedError

    def script(self) -> str:
        """The reader of this kind of file, and split and normalisation as they stand here."""
        imports, reader = self.reading_script()
        lines = {"import numpy as np", "from numpy.typing import NDArray", *imports}
        ordered = sorted(lines, key=lambda line: (not _standard(line), line.startswith("from"), line))
        block = "\n".join(ordered)
        first = next((line for line in ordered if not _standard(line)), "")
        block = block.replace(first, f"\n{first}", 1) if _standard(ordered[0]) else block
        contents = self._checked(LoadContext())
        constants = {
            "PATH": self.path,
            **contents.constants,
            "GIVEN": contents.given,
            "VALIDATION_SHARE": self.validation_share,
            "TEST_SHARE": self.test_share,
            "DATA_SEED": self.seed,
            "NORMALISATION": self.normalisation,
            "TARGETS": "standardise" if self.task == "regression" and self.standardise_targets else "none",
        }
        parts = (
            block,
            "\n".join(
                f"{name} = {literal(value)}" for name, value in constants.items() if name != "PATH" or name in reader
            ),
            reader,
            function_source(stratified_indices),
            function_source(split_indices),
            function_source(normalise),
            function_source(as_floats),
            _LOAD_DATA,
        )
        return "\n\n".join(part.strip("\n") + "\n" for part in parts)

    def _checked(self, context: LoadContext) -> Contents:
        """What is in the file, which must be what the spec says."""
        contents = self._contents(context)
        for name, found in _facts(contents).items():
            expected = getattr(self, name)
            if expected == found:
                continue
            if not self.digest:
                raise DataError(f"{self.display_title} was never looked into. Open it as a data set first.")
            what = f"{expected} as {name.replace('_', ' ')}; found {found}"
            if name == "digest" or len(what) > 200:
                what = f"the content of then; found another ({name.replace('_', ' ')})"
            raise DataError(
                f"{self.display_title} has changed since it was opened: expected {what}. Open the file again to use it "
                "as it is now, or put the old one back."
            )
        return contents

    def _picks(self, contents: Contents) -> list[NDArray[np.int64]]:
        return split_indices(contents.y, contents.given, self.validation_share, self.test_share, self.seed)

    def _contents(self, context: LoadContext) -> Contents:
        if not self.path:
            raise DataError(f"{self.title} needs a {self.opens}, and none was chosen. Choose a {self.opens}.")
        path = Path(self.path)
        if not path.exists():
            raise DataError(
                f"{path} was expected and is not there. Put it back, or open the {self.opens} where it is now."
            )
        if path.is_dir() != (self.opens == "folder"):
            found = "a folder" if path.is_dir() else "a file"
            raise DataError(f"{path} is {found}; a {self.opens} is needed. Choose a {self.opens}.")
        try:
            stamps = tuple((str(file), (at := file.stat()).st_size, at.st_mtime_ns) for file in self.files(path))
            settings = tuple(getattr(self, info.name) for info in self.params() if _tells_how_to_read(info))
            key = (type(self), path, stamps, settings)
            known = _recent.get(key)
            if known is None:
                known = _sealed(self.read(path, context), self.display_title)
                _recent.keep(key, known)
        except OSError as error:
            raise DataError(
                f"{error.filename or path} cannot be read ({error.strerror or error}). Check that it is there and that "
                "you may read it."
            ) from None
        return known


def own_data() -> list[type[OwnData]]:
    """The kinds of data that are made from the user's files, by title."""
    found = [cls for cls in DATASETS if cls.own and issubclass(cls, OwnData)]
    return sorted(found, key=lambda cls: cls.title)


def own_data_kind(path: Path) -> type[OwnData]:
    """The first kind of data that this file or folder suits.

    Raises:
        DataError: If it suits none.
    """
    for cls in own_data():
        if cls.suits(path):
            return cls
    if not path.exists():
        raise DataError(f"{path} does not exist. Give the path of a file or folder with data.")
    raise DataError(
        f"{path} is no data that can be read. Expected a table (.csv, .tsv), arrays (.npz), a text (.txt), strokes "
        "(.jsonl), a pair of IDX files, or a folder with one folder of images for each class. Choose such a file or "
        "folder."
    )


def open_own_data(path: Path, *, context: LoadContext | None = None, **settings: Any) -> OwnData:
    """A file or folder opened as the first kind of data that it suits.

    Raises:
        DataError: If it suits none, or cannot be used.
    """
    return own_data_kind(path).inspect(path, context=context, **settings)


def as_floats(values: NDArray[np.uint8] | NDArray[np.float32]) -> NDArray[np.float32]:
    """Bytes as fractions of 255, in [0, 1]; other values as they are."""
    if values.dtype == np.uint8:
        # Dividing, not multiplying by 1/255: 255 must become exactly 1.
        return np.divide(values, np.float32(255), dtype=np.float32)
    return values.astype(np.float32)


class _Recent:
    """The content that was read last: inspecting, showing and loading a file then read it once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: Any = None
        self._contents: Contents | None = None

    def get(self, key: Any) -> Contents | None:
        with self._lock:
            return self._contents if key == self._key else None

    def keep(self, key: Any, contents: Contents) -> None:
        with self._lock:
            self._key, self._contents = key, contents


_recent = _Recent()


def _tells_how_to_read(info: Param) -> bool:
    return info.editable and info.name not in SPLITTING and info.name != "path"


def _sealed(contents: Contents, called: str) -> Contents:
    """The contents with their digest, read-only and known to be usable."""
    if len(contents.y) < FEWEST_SAMPLES:
        raise DataError(
            f"{called} has too few samples: expected at least {FEWEST_SAMPLES}, one for each split; found "
            f"{len(contents.y)}. Add more."
        )
    if not contents.target_names and len(contents.class_names) < 2:
        only = f": {contents.class_names[0]!r}" if contents.class_names else ""
        raise DataError(
            f"{called} has one class only{only}; expected at least two, for a network learns to tell them apart. "
            "Check which labels are used, or add samples of another class."
        )
    digest = hashlib.sha256()
    for values in (contents.x, contents.y):
        digest.update(f"{values.dtype.str} {values.shape} ".encode())
        digest.update(np.ascontiguousarray(values).data)
        values.flags.writeable = False
    names = (contents.class_names, contents.target_names, contents.feature_names, contents.given)
    digest.update(repr(names).encode())
    return replace(contents, digest=digest.hexdigest())


def check_size(called: str, samples: int, dims: tuple[int, ...]) -> None:
    """Refuse more values than fit into memory, before any is read.

    Raises:
        DataError: If there are more than `MOST_VALUES`.
    """
    values = samples * math.prod(dims)
    if values > MOST_VALUES:
        raise DataError(
            f"{called} is too large: {samples:,} samples of {' x '.join(map(str, dims))} values would take "
            f"{values * 4 / 1e9:,.1f} GB of memory; at most {MOST_VALUES * 4 / 1e9:,.1f} GB can be used. Take fewer "
            "samples, or make them smaller."
        )


def _facts(contents: Contents) -> dict[str, Any]:
    return {
        "class_names": contents.class_names,
        "target_names": contents.target_names,
        "feature_names": contents.feature_names,
        "input_dims": tuple(int(side) for side in contents.x.shape[1:]),
        "samples": len(contents.x),
        "digest": contents.digest,
    }


def _standard(line: str) -> bool:
    return line.split()[1].split(".")[0] != "numpy"


_LOAD_DATA = '''
def load_data():
    """Inputs and targets of training, validation and test."""
    x, y = read_samples()
    picks = split_indices(y, GIVEN, VALIDATION_SHARE, TEST_SHARE, DATA_SEED)
    inputs = normalise([as_floats(x[pick]) for pick in picks], NORMALISATION)
    targets = normalise([y[pick] for pick in picks], TARGETS)
    return inputs[0], targets[0], inputs[1], targets[1], inputs[2], targets[2]
'''
