"""The random generators that a training draws from: torch's own of the CPU, and that of the device that computes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

CPU = "torch"
"""Name of the state of the CPU's generator: shuffling apart, everything is drawn from it where the CPU computes."""


def random_states(device: str) -> dict[str, torch.Tensor]:
    """States of the generators by name: "torch", and behind it "cuda" or "mps" where such a device computes.

    Dropout and RBMs draw on the device itself. Nothing is waited for.
    """
    import torch

    states = {CPU: torch.get_rng_state()}
    kind, own = _own(device)
    if own is not None:
        states[kind] = own.get_rng_state(*_which(device))
    return states


def set_random_states(device: str, states: Mapping[str, torch.Tensor]) -> None:
    """Put back what `random_states` gave.

    States of another kind of device are left alone, and one of this kind that is missing stays: a training may go on
    elsewhere, with other random numbers.

    Raises:
        KeyError: If the CPU's state is missing.
        RuntimeError: If a state has another size.
        TypeError: If one does not consist of bytes.
    """
    import torch

    torch.set_rng_state(states[CPU])
    kind, own = _own(device)
    if own is not None and kind in states:
        own.set_rng_state(states[kind], *_which(device))


@contextmanager
def random_states_kept(device: str) -> Iterator[None]:
    """Behind it the generators stand where they stood before it.

    Not `torch.random.fork_rng`: that wakes up every CUDA device of the machine, also for a training on the CPU, and
    knows no MPS.
    """
    states = random_states(device)
    try:
        yield
    finally:
        set_random_states(device, states)


def _own(device: str) -> tuple[str, Any]:
    """Kind of the device and torch's module for it; None for the CPU, which has torch's own generator."""
    import torch

    kind = torch.device(device).type
    return kind, None if kind == "cpu" else getattr(torch, kind)


def _which(device: str) -> tuple[str, ...]:
    """What says which one of several devices is meant; of MPS there is only one."""
    return () if device == "mps" else (device,)
