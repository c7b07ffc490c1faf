"""Teaching a network that reads digits a few drawings more, without it forgetting what it knew."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import Dataset, LoadCancelled, Split
from nnviz.core.errors import NnvizError
from nnviz.core.hands import as_another_hand
from nnviz.core.ink import MNIST, prepare_strokes
from nnviz.core.no_chance import no_chance
from nnviz.core.no_digits.pictures import no_digit_picture
from nnviz.core.project import ProjectFile
from nnviz.core.reader import ink_recipe
from nnviz.core.strokes import Drawing

if TYPE_CHECKING:
    import torch

STEPS = 240
OWN, OF_MNIST, NO_DIGITS = 29, 67, 24
"""Pictures in each batch: the person's own, MNIST's, and scribbles, letters and signs."""

VARIANTS = 24
"""How often each drawing is drawn again as another hand would, so that the way of writing is learned, not the line."""

MADE_NO_DIGITS = 1_500
"""Scribbles, letters and signs to choose from."""

LEARNING_RATE = 1e-3
KEPT, KEPT_NO_DIGITS = 4.0, 2.0
"""How strongly the answers to MNIST's pictures, and to what is no digit, are held where they were."""

MOST_MEASURED = 10_000


class FineTuneError(NnvizError):
    """A network that cannot be taught."""


@dataclass(frozen=True)
class FineTuned:
    """What came of it.

    Attributes:
        file: The taught network.
        own: Shares of the person's drawings that were read rightly before and after.
        mnist: Shares of MNIST's test set that were read rightly before and after.
    """

    file: ProjectFile
    own: tuple[float, float]
    mnist: tuple[float, float]


def fine_tune(
    file: ProjectFile,
    drawings: Sequence[Drawing],
    pictures: tuple[NDArray[np.uint8], NDArray[np.int64]],
    mnist: Dataset,
    *,
    seed: int = 1,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> FineTuned:
    """The network after it was shown the drawings, mixed with MNIST and with what is no digit.

    Batch norm keeps its averages, the answers to MNIST's pictures and to scribbles, letters and signs are held near
    what they were (distillation), and each drawing is varied as other hands would have drawn it. Without the scribbles,
    a network that knew that they are no digits would take up to one in six for one, mostly for what it was taught.

    Args:
        file: The network; it must read MNIST's kind of picture.
        drawings: The person's drawings, with labels.
        pictures: Prepared pictures, (N, 28, 28), and labels, (N,): of drawings too, or of pictures alone.
        mnist: MNIST.
        seed: Start of all random numbers.
        progress: Called with the part that is done.
        cancelled: Asked now and then.

    Raises:
        FineTuneError: If the network reads no such pictures, or there is nothing to learn.
        LoadCancelled: If that was wished.

    Source: Li & Hoiem 2016, Learning without Forgetting, arXiv:1606.09282, equation 2.
    """
    import torch

    from nnviz.core.training.checkpoint import load_weights, weights_of

    if ink_recipe(file.network, file.dataset, file.training) != MNIST:
        raise FineTuneError(f"{file.title} does not read 28 x 28 pictures of digits: choose a network that does.")
    if not len(pictures[1]):
        raise FineTuneError("There are no drawings yet: draw a digit and say what it is.")
    with no_chance():
        model = file.network.build(initialise=False).eval()
    load_weights(model, file.weights)
    rng = np.random.default_rng(seed)
    own, strange = _own(drawings, pictures, rng, cancelled), _no_digits(rng, cancelled)
    test = Split(mnist.test.x[:MOST_MEASURED], mnist.test.y[:MOST_MEASURED])
    shown = torch.from_numpy(pictures[0]).float().div(255).unsqueeze(1), torch.from_numpy(pictures[1])
    tested = torch.from_numpy(test.x), torch.from_numpy(test.y)
    before = _right(model, *shown, cancelled), _right(model, *tested, cancelled)
    _train(model, own, mnist.train, strange, seed, progress, cancelled)
    after = _right(model, *shown, cancelled), _right(model, *tested, cancelled)
    taught = replace(
        file,
        weights=weights_of(model),
        state={},
        numbers={"step": int(file.numbers.get("step", 0)) + STEPS},
        results={"test_accuracy": after[1]},
    )
    return FineTuned(taught, (before[0], after[0]), (before[1], after[1]))


def _own(
    drawings: Sequence[Drawing],
    pictures: tuple[NDArray[np.uint8], NDArray[np.int64]],
    rng: np.random.Generator,
    cancelled: Callable[[], bool],
) -> tuple[torch.Tensor, torch.Tensor]:
    """The person's pictures, and the drawings varied."""
    import torch

    images, labels = list(pictures[0]), list(pictures[1])
    variants = max(2, min(VARIANTS, 4000 // max(1, len(drawings))))
    for drawing in drawings:
        if cancelled():
            raise LoadCancelled("Teaching was cancelled.")
        if drawing.label is None or drawing.is_empty:
            continue
        for _ in range(variants):
            image = prepare_strokes(as_another_hand(drawing.strokes, rng)).image
            images.append(np.round(image * 255).astype(np.uint8))
            labels.append(drawing.label)
    return torch.from_numpy(np.stack(images)).float().div(255).unsqueeze(1), torch.from_numpy(np.array(labels))


def _no_digits(rng: np.random.Generator, cancelled: Callable[[], bool]) -> torch.Tensor:
    import torch

    images = np.empty((MADE_NO_DIGITS, 1, MNIST.frame, MNIST.frame), np.uint8)
    for image in images:
        if cancelled():
            raise LoadCancelled("Teaching was cancelled.")
        image[0] = no_digit_picture(rng)
    return torch.from_numpy(images).float().div(255)


def _train(
    model: torch.nn.Module,
    own: tuple[torch.Tensor, torch.Tensor],
    mnist: Split,
    strange: torch.Tensor,
    seed: int,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> None:
    import torch
    from torch.nn import functional

    generator = torch.Generator().manual_seed(seed)
    chosen = torch.randint(len(mnist), (STEPS, OF_MNIST), generator=generator)
    teacher = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(model.parameters(), LEARNING_RATE, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, STEPS)
    for step in range(STEPS):
        if cancelled():
            raise LoadCancelled("Teaching was cancelled.")
        digits = torch.from_numpy(mnist.x[chosen[step].numpy()])
        others = strange[torch.randint(len(strange), (NO_DIGITS,), generator=generator)]
        known = torch.cat([digits, others])
        with torch.no_grad():
            held = teacher(known).softmax(1)
        some = torch.randint(len(own[1]), (OWN,), generator=generator)
        outputs = model(torch.cat([known, own[0][some]]))
        # What it knew is held where it was, and so is how sure it was.
        loss = KEPT * functional.cross_entropy(outputs[:OF_MNIST], held[:OF_MNIST])
        loss = loss + KEPT_NO_DIGITS * functional.cross_entropy(outputs[OF_MNIST : len(known)], held[OF_MNIST:])
        loss = loss + functional.cross_entropy(outputs[len(known) :], own[1][some])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        progress((step + 1) / STEPS)


def _right(model: torch.nn.Module, x: torch.Tensor, y: torch.Tensor, cancelled: Callable[[], bool]) -> float:
    import torch

    if not len(y):
        return math.nan
    right = 0
    with torch.no_grad():
        for images, labels in zip(torch.split(x, 500), torch.split(y, 500), strict=True):
            if cancelled():
                raise LoadCancelled("Teaching was cancelled.")
            right += int((model(images).argmax(1) == labels).sum())
    return right / len(y)
