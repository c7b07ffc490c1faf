"""Training of the bundled network: mixed batches, averaged weights, a gentler second part, a temperature at the end."""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from tools.bundled.deform import deformed
from tools.bundled.pool import NO_DIGIT, Pool

REPORT_EVERY = 500
WEIGHT_DECAY = 0.02


@dataclass(frozen=True)
class Part:
    """A part of the training.

    Attributes:
        steps: Number of batches.
        learning_rate: The highest that one-cycle reaches.
        averaged_over: The weights that are kept are a running mean over about so many steps.
        shares: Pictures in a batch from MNIST, of people's strokes, of made digits, and of no digits.
        strength: How strongly pictures are deformed; 1 is the usual.
    """

    steps: int
    learning_rate: float
    averaged_over: int
    shares: tuple[int, int, int, int]
    strength: float = 1.0


FIRST = Part(10_000, 5e-3, 1_000, (60, 34, 14, 20))
"""All that people may write, as different as they may write it."""

LAST = Part(2_000, 1.5e-3, 300, (84, 20, 8, 16), 0.5)
"""Nearer to what people do write: the rarest deformations cost MNIST's doubtful digits more than they bring."""

CLASSES = 10


def train(
    model: nn.Module, part: Part, pools: tuple[Pool, Pool, Pool, Pool], checks: dict[str, Pool], seed: int
) -> None:
    """Train a model on a mixture of MNIST, people's strokes, made digits and no digits; it gets the averaged weights.

    What is no digit has the target that every class is as probable as any other.

    Args:
        model: What is trained, where it stands.
        part: How.
        pools: The sources, in the order of `Part.shares`.
        checks: What is measured now and then, by name.
        seed: Start of all random numbers.
    """
    torch.manual_seed(seed)
    mean = copy.deepcopy(model)
    model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = torch.optim.AdamW(model.parameters(), part.learning_rate, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, part.learning_rate, part.steps, pct_start=0.2)
    batches = _batches(pools, part.shares, seed)
    for step in range(1, part.steps + 1):
        images, targets = next(batches)
        model.train()
        images = deformed(images, part.strength).contiguous(memory_format=torch.channels_last)
        loss = nn.functional.cross_entropy(model(images), targets)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        _follow(mean, model, min(part.averaged_over, 1 + step / 10))
        if step % REPORT_EVERY == 0:
            rights = ", ".join(f"{name} {right_share(mean, pool):.2%}" for name, pool in checks.items())
            done = f"step {step:,} of {part.steps:,}: loss {float(loss.detach()):.3f}; {rights}"
            print(done, file=sys.stderr, flush=True)
    model.load_state_dict(mean.state_dict())


def calibrate(model: nn.Module, pool: Pool) -> float:
    """Divide the outputs by the temperature that makes the loss on `pool` least; returns it.

    The temperature goes into the weights of the last layer, so that whoever loads the network gets calibrated answers.

    Source: Guo et al. 2017, On Calibration of Modern Neural Networks, arXiv:1706.04599, section 4.2.
    """
    logits, labels = outputs_of(model, pool), torch.from_numpy(pool.labels)
    candidates = torch.exp(torch.linspace(np.log(0.4), np.log(2.5), 400))
    losses = torch.stack([nn.functional.cross_entropy(logits / t, labels) for t in candidates])
    temperature = float(candidates[losses.argmin()])
    last = list(model.children())[-1]
    with torch.no_grad():
        for parameter in last.parameters():
            parameter.div_(temperature)
    return temperature


def outputs_of(model: nn.Module, pool: Pool) -> torch.Tensor:
    """Outputs of the model, (N, classes), dropout switched off."""
    model.eval()
    with torch.no_grad():
        parts = torch.from_numpy(pool.images).split(1000)  # type: ignore[no-untyped-call]
        return torch.cat([model(part.float().div(255).unsqueeze(1)) for part in parts])


def right_share(model: nn.Module, pool: Pool) -> float:
    """Share of the digits that are read rightly; of no digits, the share that no class gets more than 90 % of."""
    outputs = outputs_of(model, pool)
    if (pool.labels == NO_DIGIT).all():
        return float((outputs.softmax(1).max(1).values <= 0.9).float().mean())
    return float((outputs.argmax(1) == torch.from_numpy(pool.labels)).float().mean())


def _batches(
    pools: tuple[Pool, Pool, Pool, Pool], shares: tuple[int, int, int, int], seed: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    rng = np.random.default_rng(seed)
    sources = [_endless(pool, share, rng) for pool, share in zip(pools, shares, strict=True)]
    certain = torch.eye(CLASSES)
    while True:
        parts = [next(source) for source in sources]
        images = torch.from_numpy(np.concatenate([images for images, _ in parts])).float().div(255).unsqueeze(1)
        labels = torch.from_numpy(np.concatenate([labels for _, labels in parts]))
        targets = torch.where((labels == NO_DIGIT)[:, None], 1 / CLASSES, certain[labels.clamp(min=0)])
        yield images, targets


def _endless(pool: Pool, count: int, rng: np.random.Generator) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.int64]]]:
    while True:
        order = rng.permutation(len(pool.labels))
        for first in range(0, len(order) - count + 1, count):
            some = order[first : first + count]
            yield pool.images[some], pool.labels[some]


def _follow(mean: nn.Module, model: nn.Module, over: float) -> None:
    """Move the averaged weights, and batch norm's averages with them, towards the model's."""
    with torch.no_grad():
        for kept, new in zip(mean.state_dict().values(), model.state_dict().values(), strict=True):
            if kept.dtype.is_floating_point:
                kept.lerp_(new, 1 / over)
            else:
                kept.copy_(new)
