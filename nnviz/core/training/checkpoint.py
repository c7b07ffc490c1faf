"""A trainer's whole state as plain arrays and JSON, so that a run can go on as if it had never stopped."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.training.problems import TrainingError
from nnviz.core.training.trainer import Trainer

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class Checkpoint:
    """Where a training stands.

    Attributes:
        weights: The model's parameters and buffers by name.
        state: The optimiser's tensors and the states of the random generators, by name.
        numbers: Everything that is no array: the step, the last validated one and the learning rates.
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
        "validated_at": trainer.validated_at,
        "learning_rates": [float(group["lr"]) for group in optimiser["param_groups"]],
    }
    return Checkpoint(weights_of(trainer.model), state, numbers)


def restore_checkpoint(trainer: Trainer, checkpoint: Checkpoint) -> None:
    """Put a new trainer where another one of the same network stood.

    What the trainer's own specs say stays: a longer training, another learning rate.

    Raises:
        TrainingError: If the checkpoint belongs to another network or is damaged.
    """
    import torch

    load_weights(trainer.model, checkpoint.weights)
    try:
        step = _count(checkpoint.numbers["step"])
        _restore_optimiser(trainer.optimiser, checkpoint)
        if trainer.schedule is not None:
            _restore_schedule(trainer.schedule, checkpoint, step)
        shuffler = torch.from_numpy(np.array(checkpoint.state["random.shuffler"]))
        trainer.go_to(step, shuffler, _count(checkpoint.numbers.get("validated_at", step)))
        torch.set_rng_state(torch.from_numpy(np.array(checkpoint.state["random.torch"])))
    except KeyError as error:
        raise _damaged(f"{error.args[0]!r} is missing") from error
    except (ValueError, TypeError, RuntimeError, OverflowError) as error:
        raise _damaged(str(error)) from error


def _restore_optimiser(optimiser: torch.optim.Optimizer, checkpoint: Checkpoint) -> None:
    import torch

    parameters = [parameter for group in optimiser.param_groups for parameter in group["params"]]
    slots: dict[int, dict[str, Any]] = {}
    for name, array in checkpoint.state.items():
        if not name.startswith("optimiser."):
            continue
        _, index, slot = name.split(".", 2)
        if not 0 <= int(index) < len(parameters):
            raise ValueError(f"{name} belongs to no parameter")
        # torch itself does not look, and its fused kernels would read and write beyond the end.
        expected = () if slot == "step" else tuple(parameters[int(index)].shape)
        if array.shape != expected or array.dtype.kind != "f":
            raise ValueError(f"{name} has the shape {array.shape} in place of {expected}")
        slots.setdefault(int(index), {})[slot] = torch.from_numpy(np.array(array))
    optimiser.load_state_dict({**optimiser.state_dict(), "state": slots})


def _restore_schedule(schedule: Any, checkpoint: Checkpoint, step: int) -> None:
    rates = [float(rate) for rate in checkpoint.numbers["learning_rates"]]
    if not all(0 <= rate < math.inf for rate in rates):
        raise ValueError(f"{rates} are no learning rates")
    for group, rate in zip(schedule.optimizer.param_groups, rates, strict=True):
        group["lr"] = rate
    # Every scheduler is stepped once per batch, and once by its constructor.
    schedule.last_epoch = step
    schedule._step_count = step + 1


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r} is no number of steps")
    return value


def _damaged(what: str) -> TrainingError:
    what = what.rstrip(".")
    return TrainingError(f"The training state in the file is damaged: {what}. The weights themselves are fine.")
