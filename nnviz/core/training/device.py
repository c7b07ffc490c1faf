"""Where a model is computed: CPU, CUDA or Apple's MPS."""

from __future__ import annotations

from nnviz.core.errors import NnvizError

AUTO = "auto"


class DeviceError(NnvizError):
    """A device that this machine does not have."""


def available_devices() -> list[tuple[str, str]]:
    """Names that torch understands and names for people, the fastest first."""
    import torch

    titles = {"mps": "Apple GPU (MPS)", "cpu": "CPU"}
    return [(name, titles.get(name) or torch.cuda.get_device_name(name)) for name in _names()]


def choose_device(name: str = AUTO) -> str:
    """The device called `name`; "auto" is the fastest one that there is.

    Raises:
        DeviceError: If this machine has no such device.
    """
    names = _names()
    if name == AUTO:
        return names[0]
    if name in names:
        return name
    if name == "cuda" and "cuda:0" in names:
        return "cuda:0"
    raise DeviceError(
        f"This machine has no device called {name!r}. It has: {', '.join(names)}; 'auto' takes the first."
    )


def keep_all_digits(device: str) -> None:
    """Let convolutions and recurrent layers on `device` compute with all digits of a single, as the CPU does.

    NVIDIA's library otherwise rounds what it multiplies to three decimal digits (TF32), unasked: sums that views work
    out again from weights and inputs then differ from what the layer gives.
    """
    import torch

    if device.startswith("cuda"):
        torch.backends.cudnn.allow_tf32 = False


def _names() -> list[str]:
    """What `available_devices` names, the fastest first; no device is woken up for it."""
    import torch

    # To be counted, a card need not be of use: its driver may be too old.
    cards = torch.cuda.device_count() if torch.cuda.is_available() else 0
    apple = ["mps"] if torch.backends.mps.is_available() else []
    return [*(f"cuda:{i}" for i in range(cards)), *apple, "cpu"]
