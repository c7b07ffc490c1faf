"""A trainer's whole state as plain arrays and JSON, so that a run can go on as if it had never stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.training.trainer import Trainer, TrainingError


@dataclass(frozen=True)
class Checkpoint:
    """Where a training stands.

    Attributes:
        weights: The model's parameters and buffers by name.
        state: The optimiser's tensors and the states of the random generators, by name.
        numbers: Everything that is no array: step, learning rate, the schedule's counters.
    """

    weights: dict[str, NDArray[Any]]
    state: dict[str, NDArray[Any]]
    numbers: dict[str, Any]


def weights_of(model: Any) -> dict[str, NDArray[Any]]:
    """Copies of a model's parameters and buffers, by name, in torch's contiguous order."""
    return {name: tensor.detach().cpu().contiguous().numpy().copy() for name, tensor in model.state_dict().items()}


def load_weights(model: Any, weights: dict[str, NDArray[Any]]) -> None:
    """Put `weights` into a model that was built from the same network.

    Raises:
        TrainingError: If a tensor is missing, unknown or of another shape.
    """
    import torch

    expected = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    found = {name: tuple(array.shape) for name, array in weights.items()}
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            raise TrainingError(
                f"The weights do not belong to this network: for {name!r} the network has "
                f"{expected.get(name, 'nothing')}, the file has {found.get(name, 'nothing')}."
            )
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            tensor.copy_(torch.from_numpy(weights[name]))


def save_checkpoint(trainer: Trainer) -> Checkpoint:
    """The trainer's state between two steps."""
    import torch

    state: dict[str, NDArray[Any]] = {
        "random.torch": torch.get_rng_state().numpy().copy(),
        "random.shuffler": trainer.shuffler_state().numpy().copy(),
    }
    optimiser = trainer.optimiser.state_dict()
    for index, slots in optimiser["state"].items():
        for slot, value in slots.items():
            if isinstance(value, torch.Tensor):
                state[f"optimiser.{index}.{slot}"] = value.detach().cpu().contiguous().numpy().copy()
    numbers = {
        "step": trainer.step,
        "learning_rates": [float(group["lr"]) for group in optimiser["param_groups"]],
        "schedule": _plain(trainer.schedule.state_dict()) if trainer.schedule is not None else None,
    }
    return Checkpoint(weights_of(trainer.model), state, numbers)


def restore_checkpoint(trainer: Trainer, checkpoint: Checkpoint) -> None:
    """Put a new trainer of the same specs where another one stood.

    Raises:
        TrainingError: If the checkpoint belongs to another network or is damaged.
    """
    import torch

    load_weights(trainer.model, checkpoint.weights)
    try:
        optimiser = trainer.optimiser.state_dict()
        slots: dict[int, dict[str, Any]] = {}
        for name, array in checkpoint.state.items():
            if name.startswith("optimiser."):
                _, index, slot = name.split(".", 2)
                slots.setdefault(int(index), {})[slot] = torch.from_numpy(np.array(array))
        optimiser["state"] = slots
        for group, rate in zip(optimiser["param_groups"], checkpoint.numbers["learning_rates"], strict=True):
            group["lr"] = rate
        trainer.optimiser.load_state_dict(optimiser)
        if trainer.schedule is not None and checkpoint.numbers["schedule"] is not None:
            trainer.schedule.load_state_dict(dict(checkpoint.numbers["schedule"]))
        trainer.go_to(int(checkpoint.numbers["step"]), torch.from_numpy(np.array(checkpoint.state["random.shuffler"])))
        torch.set_rng_state(torch.from_numpy(np.array(checkpoint.state["random.torch"])))
    except (KeyError, ValueError, TypeError, RuntimeError) as error:
        raise TrainingError(
            f"The training state in the file is damaged: {error}. The weights themselves are fine."
        ) from error


def _plain(state: dict[str, Any]) -> dict[str, Any]:
    # A scheduler's state also holds functions and phases, which its constructor makes anew.
    return {
        key: value
        for key, value in state.items()
        if isinstance(value, int | float | list) and not key.startswith("_sch")
    }
