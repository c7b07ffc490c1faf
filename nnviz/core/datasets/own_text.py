"""A text of the user's own, character by character."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnviz.core.datasets.base import DATASETS, DataError, LoadCancelled, LoadContext
from nnviz.core.datasets.method_source import function_source
from nnviz.core.datasets.own_data import PREVIEW_ROWS, Contents, DataPreview, OwnData
from nnviz.core.datasets.text_windows import hold_back, text_windows, windows_of_parts
from nnviz.core.shape import Shape
from nnviz.core.spec import param

SUFFIXES = (".txt", ".text", ".md")

MOST_BYTES = 10_000_000
"""Longer files are refused: that is some five thousand pages, and takes 20 times as much memory as windows."""

SHARE_OF_TEST = 20
"""The text must be that many times longer than a sequence: one part in twenty is for the test."""

STAND_IN = "\N{REPLACEMENT CHARACTER}"
"""What rare characters are written as."""

SHOWN_CHARACTERS = 80
"""Of each sequence in the preview."""


@DATASETS.register
@dataclass(frozen=True, kw_only=True)
class OwnText(OwnData):
    """A text file in UTF-8, read character by character; at each of them the next one is to be told.

    Of 100 stretches of the text five are for validation and five for the test, whatever the seed.

    Input shape: (T, 1), numbers of characters
    """

    title = "Text"
    forecasts = True

    path: str = param("", "The text file.", path="file", suffixes=SUFFIXES)
    length: int = param(100, "Number of characters of a sequence.", ge=2, le=5_000, unit="characters")
    most_characters: int = param(
        1_000, "How many different characters are told apart; all rarer ones become one.", ge=2, le=5_000
    )
    normalisation: str = param("none", "Numbers of characters are not shifted.", choices=("none",), editable=False)
    validation_share: float = param(0.05, "Part for validation; fixed.", ge=0.01, le=0.45, editable=False)
    test_share: float = param(0.05, "Part for the test; fixed.", ge=0.01, le=0.45, editable=False)
    seed: int = param(0, "Nothing is drawn here.", ge=0, le=2**32 - 1, editable=False)

    @classmethod
    def suits(cls, path: Path) -> bool:
        """A file with one of the endings of texts."""
        return path.suffix.lower() in SUFFIXES and path.is_file()

    @property
    def symbol_names(self) -> tuple[str, ...]:
        """All characters that were found."""
        return self.class_names

    @property
    def output_shape(self) -> Shape:
        """(T, characters)."""
        if len(self.input_dims) < 2:
            return super().output_shape
        return Shape((self.input_dims[0], len(self.class_names)))

    def read(self, path: Path, context: LoadContext) -> Contents:
        """The whole text, cut into windows."""
        called = path.name
        text = _decoded(path)
        if context.cancelled():
            raise LoadCancelled(f"Reading {called} was ended.")
        if not text.strip():
            raise DataError(f"{called} is empty: a text was expected. Choose another file.")
        found = Counter(text)
        if len(found) < 2:
            raise DataError(
                f"{called} has one character only, {next(iter(found))!r}: nothing could be told apart. Choose a text."
            )
        if min(map(len, hold_back(text))) <= self.length:
            raise DataError(
                f"{called} is too short: it has {len(text):,} characters, and sequences of {self.length:,} need at "
                f"least {SHARE_OF_TEST * (self.length + 2):,}. Take a longer text, or shorter sequences."
            )
        text = told_apart(text, self.most_characters)
        parts = windows_of_parts(text, self.length)
        if context.cancelled():
            raise LoadCancelled(f"Reading {called} was ended.")
        notes = [f"{len(text):,} characters, {min(len(found), self.most_characters):,} of them different."]
        if rare := len(found) - self.most_characters + 1 if len(found) > self.most_characters else 0:
            notes.append(f"The {rare:,} rarest characters are written as {STAND_IN}.")
        characters = tuple(sorted(set(text)))
        return Contents(
            x=np.concatenate(parts[0::2]),
            y=np.concatenate(parts[1::2]),
            class_names=characters,
            given=(len(parts[0]), len(parts[2]), len(parts[4])),
            columns=("text",),
            rows=tuple((_shown(window[:, 0], characters),) for window in parts[0][:PREVIEW_ROWS]),
            notes=tuple(notes),
            constants={"LENGTH": self.length, "MOST_CHARACTERS": self.most_characters},
        )

    def preview(self, context: LoadContext | None = None) -> DataPreview:
        """The beginnings of the first sequences; no class has samples of its own."""
        contents = self._contents(context or LoadContext())
        return DataPreview(
            columns=contents.columns,
            rows=contents.rows,
            images=None,
            sample_labels=(),
            class_counts=(),
            split_sizes=self.split_sizes(contents),
            notes=contents.notes,
        )

    def reading_script(self) -> tuple[tuple[str, ...], str]:
        """The text as it is read and cut here."""
        functions = (told_apart, hold_back, text_windows, windows_of_parts)
        parts = (_READ_SAMPLES, *(function_source(function) for function in functions))
        return ("from collections import Counter",), "\n\n".join(part.strip("\n") + "\n" for part in parts)


def told_apart(text: str, most: int) -> str:
    """The text with at most that many different characters: what is rarer than the others becomes a stand-in."""
    counts = Counter(text)
    if len(counts) <= most:
        return text
    kept = set(sorted(counts, key=lambda character: (-counts[character], character))[: most - 1])
    return "".join(character if character in kept else "\ufffd" for character in text)


_READ_SAMPLES = '''
def read_samples():
    """Windows of the text, and at each of their characters the next one: training, validation and test."""
    with open(PATH, encoding="utf-8-sig") as file:
        parts = windows_of_parts(told_apart(file.read(), MOST_CHARACTERS), LENGTH)
    return np.concatenate(parts[0::2]), np.concatenate(parts[1::2])
'''


def _decoded(path: Path) -> str:
    called = path.name
    size = path.stat().st_size
    if size <= MOST_BYTES:
        with path.open("rb") as file:
            # Not more than was asked for, also where the file is still being written to.
            data = file.read(MOST_BYTES + 1)
        size = max(size, len(data))
    if size > MOST_BYTES:
        shown = f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:,.1f} MB"
        raise DataError(
            f"{called} is too large: {shown}; at most {MOST_BYTES / 1e6:.0f} MB of text can be read. Save a part of it "
            "in a file of its own."
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError(f"{called}: text in UTF-8 was expected; UTF-16 was found. Save it as UTF-8 in a text editor.")
    if b"\0" in data:
        raise DataError(f"{called} is no text: it has zero bytes. Choose a text file in UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DataError(
            f"{called}, line {line:,}: text in UTF-8 was expected; the byte {data[error.start]:02x} was found. Save it "
            "as UTF-8 in a text editor, and open it again."
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _shown(codes: np.ndarray[tuple[int], np.dtype[np.float32]], characters: tuple[str, ...]) -> str:
    """The beginning of a sequence on one line."""
    text = "".join(characters[int(code)] for code in codes[:SHOWN_CHARACTERS])
    return text.replace("\n", "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}").replace("\t", " ")
