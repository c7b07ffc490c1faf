"""Building a model without drawing random numbers: its weights are replaced anyway.

Torch has one random state for all threads. A model that is built on one thread while another trains would change what
the training draws next, and no run could be repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch.utils._python_dispatch import TorchDispatchMode


def no_chance() -> TorchDispatchMode:
    """A context in which the calling thread draws no random numbers: what would be filled with them is left as it is.

    New tensors that would be random are 0.
    """
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode as Mode

    class NoChance(Mode):  # type: ignore[no-untyped-call]
        """Steps in for every operation that draws random numbers."""

        def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            if torch.Tag.nondeterministic_seeded not in func.tags:
                return func(*args, **(kwargs or {}))
            if func.overloadpacket.__name__.endswith("_"):
                return args[0]
            first = args[0]
            return torch.zeros_like(first) if isinstance(first, torch.Tensor) else torch.zeros(first)

    return NoChance()  # type: ignore[no-untyped-call]
