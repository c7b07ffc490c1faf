"""Python's own help texts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from nnviz.core.datasets.base import DATASETS, Dataset, DatasetSpec, LoadContext, Split
from nnviz.core.datasets.method_source import function_source
from nnviz.core.datasets.text_windows import hold_back, text_windows, windows_of_parts
from nnviz.core.shape import Shape
from nnviz.core.spec import param


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class HelpTopics(DatasetSpec):
    """Python's help topics, character by character; at each of them the next one is to be told.

    The text is the one that `help("topics")` reads from, and comes with every Python; each version has its own. Of 100
    stretches of it five are for validation and five for the test.

    Input shape: (T, 1), numbers of characters
    Source: Python Software Foundation, `pydoc_data.topics`; PSF licence.
    """

    title = "Python's help topics"
    forecasts = True

    length: int = param(100, "Number of characters of a sequence.", ge=2, le=5_000, unit="characters")

    @property
    def input_shape(self) -> Shape:
        """(T, 1): characters by their numbers."""
        return Shape((self.length, 1))

    @property
    def classes(self) -> tuple[str, ...]:
        """All characters of the text."""
        return _characters()

    @property
    def symbol_names(self) -> tuple[str, ...]:
        """The same characters."""
        return _characters()

    @property
    def output_shape(self) -> Shape:
        """(T, characters)."""
        return Shape((self.length, len(self.classes)))

    def load(self, context: LoadContext) -> Dataset:
        """Cut the text into windows."""
        arrays = windows_of_parts(help_text(), self.length)
        return Dataset(spec=self, train=Split(*arrays[:2]), validation=Split(*arrays[2:4]), test=Split(*arrays[4:]))

    def train_samples(self) -> int:
        """Windows that fit into the part for training."""
        return len(range(0, len(hold_back(help_text())[0]) - self.length, self.length))

    def script(self) -> str:
        """The text from where Python has it, cut as here."""
        parts = (
            "import numpy as np\nfrom numpy.typing import NDArray\n",
            f"LENGTH = {self.length!r}\n",
            *(function_source(function) for function in (help_text, hold_back, text_windows, windows_of_parts)),
            _LOAD_DATA,
        )
        return "\n\n".join(part.strip("\n") + "\n" for part in parts)


def help_text() -> str:
    """All help topics of this Python, in the order of their names."""
    from pydoc_data.topics import topics

    return "\n".join(topics[name].strip("\n") + "\n" for name in sorted(topics))


@lru_cache(maxsize=1)
def _characters() -> tuple[str, ...]:
    return tuple(sorted(set(help_text())))


_LOAD_DATA = '''
def load_data():
    """Characters, (N, T, 1), and at each the next one, (N, T), by their numbers: training, validation and test."""
    return windows_of_parts(help_text(), LENGTH)
'''
