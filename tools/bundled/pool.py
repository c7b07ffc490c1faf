"""Pictures made of pen strokes before training begins: people's digits in many hands, made digits, and no digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.core.hands import as_another_hand, with_a_bar, with_a_foot, with_a_slash
from nnviz.core.ink import MNIST, prepare_strokes
from nnviz.core.strokes import Drawing
from tools.bundled.scribbles import scribble
from tools.bundled.shapes import DIGITS, NO_DIGITS, Points, drawn

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
        images.append(_image(drawing.strokes, MNIST.pen_width))
        for _ in range(variants):
            strokes: Sequence[Points] = drawing.strokes
            add = {0: (with_a_slash, 0.2), 7: (with_a_bar, 0.2), 1: (with_a_foot, 0.2)}.get(drawing.label)
            if add is not None and rng.random() < add[1]:
                strokes = add[0](strokes, rng)
            images.append(_image(as_another_hand(strokes, rng), _pen(rng)))
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
        images.append(_image(as_another_hand(strokes, rng), _pen(rng)))
        labels.append(label)
    return Pool(np.stack(images), np.array(labels))


def no_digits(count: int, rng: Random) -> Pool:
    """Scribbles, letters and signs."""
    return Pool(np.stack([_no_digit(rng) for _ in range(count)]), np.full(count, NO_DIGIT))


def _no_digit(rng: Random) -> NDArray[np.uint8]:
    forms = tuple(NO_DIGITS.values())
    if rng.random() < 0.5:
        strokes = scribble(rng)
        if rng.random() < 0.15:
            strokes += scribble(rng)
        # A scribble need not be square.
        strokes = [stroke * [np.exp(rng.normal(0, 0.3)), 1.0] for stroke in strokes]
        return _image(strokes, _pen(rng))
    strokes = drawn(forms[rng.integers(len(forms))], rng, rng.uniform(0, 0.035))
    strokes = [stroke * [rng.uniform(0.55, 1.1), 1.0] for stroke in strokes]
    return _image(as_another_hand(strokes, rng), _pen(rng))


def _pen(rng: Random) -> float:
    """Mostly what every drawing gets; now and then as thin or thick as pictures may have it."""
    return MNIST.pen_width if rng.random() < 0.6 else float(rng.uniform(1.6, 4.2))


def _image(strokes: Sequence[Points], pen: float) -> NDArray[np.uint8]:
    image = prepare_strokes(strokes, MNIST.replace(pen_width=pen)).image
    return np.asarray(np.round(image * 255), dtype=np.uint8)
