"""Pictures made of pen strokes before training begins: people's digits in many hands, made digits, and no digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.core.forms import Points, drawn
from nnviz.core.hands import as_another_hand, with_a_bar, with_a_foot, with_a_slash
from nnviz.core.ink import MNIST
from nnviz.core.no_digits.pictures import no_digit_picture, picture, some_pen
from nnviz.core.strokes import Drawing
from tools.bundled.shapes import DIGITS

Random = np.random.Generator

STROKES = Path("strokes", "pendigits-train.jsonl.gz")
"""Where the pen strokes lie in the folder with data."""

NO_DIGIT = -1
"""The label of what is no digit: the network is to give every class the same probability."""


@dataclass(frozen=True)
class Pool:
    """Prepared pictures to draw batches from.

    Attributes:
        images: uint8, (N, 28, 28).
        labels: int64, (N,); `NO_DIGIT` where it is none.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]


def parted(drawings: list[Drawing]) -> tuple[list[Drawing], list[Drawing]]:
    """What is learned from, and every fifth drawing, which is held back.

    The file does not say who wrote what, and its lines are shuffled: the held-back drawings are new, their writers are
    not.
    """
    return [drawing for i, drawing in enumerate(drawings) if i % 5 != 4], drawings[4::5]


def people(drawings: Sequence[Drawing], variants: int, rng: Random) -> Pool:
    """Each drawing once as it is, and `variants` times as another hand would have drawn it."""
    images, labels = [], []
    for drawing in drawings:
        assert drawing.label is not None
        images.append(picture(drawing.strokes, MNIST.pen_width))
        for _ in range(variants):
            strokes: Sequence[Points] = drawing.strokes
            add = {0: (with_a_slash, 0.2), 7: (with_a_bar, 0.2), 1: (with_a_foot, 0.2)}.get(drawing.label)
            if add is not None and rng.random() < add[1]:
                strokes = add[0](strokes, rng)
            images.append(picture(as_another_hand(strokes, rng), some_pen(rng)))
        labels.extend([drawing.label] * (variants + 1))
    return Pool(np.stack(images), np.array(labels))


def made_digits(count: int, rng: Random) -> Pool:
    """Digits in every form of `shapes.DIGITS`, as many of each class."""
    images, labels = [], []
    for number in range(count):
        label = number % 10
        forms = DIGITS[label]
        strokes = drawn(forms[rng.integers(len(forms))], rng, rng.uniform(0, 0.05))
        if rng.random() < 0.6:
            # Most people write narrower than a square.
            strokes = [stroke * [rng.uniform(0.4, 1.0), 1.0] for stroke in strokes]
        images.append(picture(as_another_hand(strokes, rng), some_pen(rng)))
        labels.append(label)
    return Pool(np.stack(images), np.array(labels))


def no_digits(count: int, rng: Random) -> Pool:
    """Scribbles, letters and signs."""
    return Pool(np.stack([no_digit_picture(rng) for _ in range(count)]), np.full(count, NO_DIGIT))
