"""Pictures of what is no digit, prepared as every drawing is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.core.forms import Points, drawn
from nnviz.core.hands import as_another_hand
from nnviz.core.ink import MNIST, prepare_strokes
from nnviz.core.no_digits.scribbles import scribble
from nnviz.core.no_digits.signs import SIGNS

Random = np.random.Generator


def no_digit_picture(rng: Random) -> NDArray[np.uint8]:
    """A scribble, letter or sign, chosen at random, (28, 28)."""
    forms = tuple(SIGNS.values())
    if rng.random() < 0.5:
        strokes = scribble(rng)
        if rng.random() < 0.15:
            strokes += scribble(rng)
        # A scribble need not be square.
        strokes = [stroke * [np.exp(rng.normal(0, 0.3)), 1.0] for stroke in strokes]
        return picture(strokes, some_pen(rng))
    strokes = drawn(forms[rng.integers(len(forms))], rng, rng.uniform(0, 0.035))
    strokes = [stroke * [rng.uniform(0.55, 1.1), 1.0] for stroke in strokes]
    return picture(as_another_hand(strokes, rng), some_pen(rng))


def some_pen(rng: Random) -> float:
    """Width of a pen: mostly what every drawing gets; now and then as thin or thick as pictures may have it."""
    return MNIST.pen_width if rng.random() < 0.6 else float(rng.uniform(1.6, 4.2))


def picture(strokes: Sequence[Points], pen: float) -> NDArray[np.uint8]:
    """Strokes prepared for MNIST, but with a pen of this width."""
    image = prepare_strokes(strokes, MNIST.replace(pen_width=pen)).image
    return np.asarray(np.round(image * 255), dtype=np.uint8)
