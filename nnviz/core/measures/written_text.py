"""Text that a network writes, character by character, each drawn from what it says comes next."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.probes import ProbeContext

PROMPT = 20
"""Characters of the true text that are read first."""
MOST_WRITTEN = 60
"""Characters that are written at most: each is one question to the network."""
TOP = 8
"""Most probable characters that are kept of each place."""
MEASURED = 4
"""Windows of the validation text on which the bits per character are measured."""


def written_text(
    context: ProbeContext, temperature: float = 1.0, seed: int = 0, length: int = MOST_WRITTEN
) -> dict[str, NDArray[Any]]:
    """Text that goes on from the beginning of the validation text, and how well the true one is told.

    Draws from a generator of its own: a training that is looked at is the same as one that is not.

    Args:
        context: A moment of a training that learns to tell the next symbol, by a network that can step.
        temperature: What the logarithms of the probabilities are divided by before a character is drawn: below 1 the
            likely ones become likelier, above 1 all become more alike.
        seed: Start of the random numbers.
        length: Characters that are written.

    Returns:
        "prompt", (P,), and "text", (L,): numbers of characters. "drawn_at", (L,): with which probability each was
        drawn. "top" and "shares", (L + 1, TOP): the most probable characters at each place and their probabilities,
        the likeliest first; the last row is of what would come next. "bits", (): mean of -log2 p of the true next
        character, without temperature. "chance", (): the same where all are equally likely.

    Raises:
        PredictionError: If the network's weights are no finite numbers any more.
    """
    split = context.split
    rng = np.random.default_rng(seed)
    prompt = split.x[0, : min(PROMPT, split.x.shape[1])]
    text, drawn_at = np.empty(length, np.int64), np.empty(length, np.float32)
    tops, shares = [], []
    with context.stepping() as step:
        outputs = step(prompt[None])
        for place in range(length + 1):
            p = tempered(context.probabilities_of(outputs[:, -1])[0], temperature)
            # A stable order: equally likely ones must not change places from look to look.
            best = np.argsort(-p, kind="stable")[:TOP]
            tops.append(best)
            shares.append(p[best])
            if place == length:
                break
            # The sum may miss 1 by a hair.
            drawn = min(int(np.searchsorted(np.cumsum(p), rng.random(), side="right")), len(p) - 1)
            text[place], drawn_at[place] = drawn, p[drawn]
            outputs = step(np.array([[[drawn]]]))
    return {
        "prompt": prompt[:, 0].astype(np.int64),
        "text": text,
        "drawn_at": drawn_at,
        "top": np.array(tops),
        "shares": np.array(shares, np.float32),
        "bits": np.array(_bits(context)),
        "chance": np.array(np.log2(len(p))),
    }


def tempered(probabilities: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Probabilities whose logarithms were divided by the temperature, (K,): softmax(log p / T)."""
    with np.errstate(divide="ignore"):
        logits = np.log(probabilities) / temperature
    shares = np.exp(logits - logits.max())
    return np.asarray(shares / shares.sum())


def _bits(context: ProbeContext) -> float:
    """Bits per character on the first windows of the validation text."""
    x, y = context.split.x[:MEASURED], context.split.y[:MEASURED]
    with context.stepping() as step:
        outputs = step(x)
    asked = y >= 0
    p = context.probabilities_of(outputs[asked])[np.arange(int(asked.sum())), y[asked].astype(np.int64)]
    # Nothing is impossible: a probability of 0 only means that no float could hold it.
    return float(np.mean(-np.log2(np.maximum(p, 1e-300))))
