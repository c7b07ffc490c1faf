"""Where a model is computed: CPU, CUDA or Apple's MPS."""

from __future__ import annotations

from nnviz.core.errors import NnvizError

AUTO = "auto"


class DeviceError(NnvizError):
    """A device that this machine does not have."""


def available_devices() -> list[tuple[str, str]]:
    """Names that torch understands and names for people, the fastest first."""
    import torch

    devices = [(f"cuda:{i}", torch.cuda.get_device_name(i)) for i in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        devices.append(("mps", "Apple GPU (MPS)"))
    devices.append(("cpu", "CPU"))
    return devices


def choose_device(name: str = AUTO) -> str:
    """The device called `name`; "auto" is the fastest one that there is.

    Raises:
        DeviceError: If this machine has no such device.
    """
    names = [device for device, _ in available_devices()]
    if name == AUTO:
        return names[0]
    if name in names:
        return name
    if name == "cuda" and "cuda:0" in names:
        return "cuda:0"
    raise DeviceError(
        f"This machine has no device called {name!r}. It has: {', '.join(names)}; 'auto' takes the first."
    )
