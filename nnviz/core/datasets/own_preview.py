"""What a person is shown of their data before it is used: a few samples, the balance of classes, what is odd."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.own_data import (
    IMBALANCE,
    PREVIEW_COLUMNS,
    PREVIEW_IMAGES,
    PREVIEW_ROWS,
    Contents,
    DataPreview,
    as_floats,
)

NAMED = 5
"""Names that a note lists; of more, it says how many."""


def preview_of(contents: Contents, split_sizes: tuple[int, int, int]) -> DataPreview:
    """The preview of what was read, with these sizes of the splits."""
    images = contents.x.ndim == 4
    columns, rows = contents.columns, contents.rows
    if images:
        picks = np.unique(np.linspace(0, len(contents.x) - 1, PREVIEW_IMAGES).astype(int))
    else:
        picks = np.arange(min(PREVIEW_ROWS, len(contents.x)))
        if not columns:
            columns, rows = _table(contents, picks)
    counts = class_counts(contents)
    notes = [*_balance(counts), *_constant(contents), *_range(contents), *contents.notes]
    return DataPreview(
        columns=columns,
        rows=rows,
        images=_pictures(contents.x[picks]) if images else None,
        sample_labels=tuple(_label(contents, int(pick)) for pick in picks),
        class_counts=counts,
        split_sizes=split_sizes,
        notes=tuple(notes),
        options=contents.options,
    )


def class_counts(contents: Contents) -> tuple[tuple[str, int], ...]:
    """Each class and the number of its samples, in the order of the classes; empty for values."""
    if not contents.class_names:
        return ()
    counts = np.bincount(contents.y.astype(np.int64), minlength=len(contents.class_names))
    return tuple(zip(contents.class_names, map(int, counts), strict=True))


def names_in_short(names: list[str]) -> str:
    """A few names, and how many more there are."""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(f"'{name}'" for name in names[:NAMED]) + more


def _label(contents: Contents, index: int) -> str:
    if contents.class_names:
        return contents.class_names[int(contents.y[index])]
    return ", ".join(f"{value:g}" for value in contents.y[index])


def _pictures(x: NDArray[np.uint8] | NDArray[np.float32]) -> NDArray[np.float32]:
    pictures = as_floats(x)
    if pictures.shape[1] not in (1, 3):
        pictures = pictures[:, :1]
    low, high = float(pictures.min()), float(pictures.max())
    if low < 0 or high > 1:
        pictures = (pictures - np.float32(low)) / np.float32((high - low) or 1)
    return np.clip(pictures, 0, 1)


def _table(contents: Contents, picks: NDArray[np.int64]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    flat = as_floats(contents.x[picks]).reshape(len(picks), -1)[:, :PREVIEW_COLUMNS]
    names = contents.feature_names or tuple(f"x{number}" for number in range(1, flat.shape[1] + 1))
    target = ", ".join(contents.target_names) or "label"
    rows = (
        (*(f"{value:g}" for value in row), _label(contents, int(pick))) for row, pick in zip(flat, picks, strict=True)
    )
    return (*names[: flat.shape[1]], target), tuple(rows)


def _balance(counts: tuple[tuple[str, int], ...]) -> list[str]:
    notes = []
    if missing := [name for name, count in counts if not count]:
        notes.append(f"No sample has the label {names_in_short(missing)}.")
    if few := [name for name, count in counts if 0 < count < 3]:
        notes.append(f"Fewer than three samples, so not one for each split: {names_in_short(few)}.")
    present = sorted((count, name) for name, count in counts if count)
    if present and present[-1][0] >= IMBALANCE * present[0][0]:
        (least, rare), (most, common) = present[0], present[-1]
        notes.append(
            f"The classes are far from balanced: '{common}' has {most:,} samples and '{rare}' has {least:,}. A network "
            f"that always says '{common}' is right in {most / sum(count for count, _ in present):.0%} of all cases."
        )
    return notes


def _constant(contents: Contents) -> list[str]:
    x = contents.x
    if x.ndim != 2:
        return []
    same = np.flatnonzero(x.min(axis=0) == x.max(axis=0))
    if not len(same):
        return []
    if not contents.feature_names:
        return [f"{len(same):,} of {x.shape[1]:,} inputs are the same in every sample and say nothing."]
    names = names_in_short([contents.feature_names[index] for index in same])
    return [f"The same in every sample, so that it says nothing: {names}."]


def _range(contents: Contents) -> list[str]:
    if not contents.target_names:
        return []
    low, high = float(contents.y.min()), float(contents.y.max())
    if low == high:
        return [f"Every target is {low:g}: there is nothing to learn."]
    return [f"The targets lie between {low:g} and {high:g}."]
