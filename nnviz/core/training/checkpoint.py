"""A trainer's whole state as plain arrays and JSON, so that a run can go on as if it had never stopped."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.training.problems import TrainingError
from nnviz.core.training.random_states import CPU, random_states, set_random_states
from nnviz.core.training.trainer import Best, Trainer

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class Checkpoint:
    """Where a training stands.

    Attributes:
        weights: The model's parameters and buffers by name.
        state: The optimiser's tensors, the states of the random generators and the best weights, by name.
        numbers: Everything that is no array: the step, the last validated one, the learning rates and the best loss.
    """

    weights: dict[str, NDArray[Any]]
    state: dict[str, NDArray[Any]]
    numbers: dict[str, Any]


def weights_of(model: Any) -> dict[str, NDArray[Any]]:
    """Copies of a model's parameters and buffers, by name, in torch's contiguous order."""
    return {name: _array(tensor) for name, tensor in model.state_dict().items()}


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

    state = {f"random.{name}": tensor.numpy().copy() for name, tensor in random_states(trainer.device).items()}
    state["random.shuffler"] = trainer.shuffler_state().numpy().copy()
    optimiser = trainer.optimiser.state_dict()
    for index, slots in optimiser["state"].items():
        for slot, value in slots.items():
            if isinstance(value, torch.Tensor):
                state[f"optimiser.{index}.{slot}"] = _array(value)
    state.update({f"extra.{name}": _array(tensor) for name, tensor in trainer.extra_state().items()})
    best = trainer.best
    state.update({f"best.{name}": _array(tensor) for name, tensor in best.weights.items()})
    numbers = {
        "step": trainer.step,
        "validated_at": trainer.validated_at,
        "learning_rates": [float(group["lr"]) for group in optimiser["param_groups"]],
        "rates_of": _rates_of(trainer),
        "best": {"loss": best.loss, "step": best.step, "waited": best.waited, "is_back": best.is_back},
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
        shuffler = torch.from_numpy(np.array(checkpoint.state["random.shuffler"]))
        # First: where it stands decides which optimiser is at work.
        trainer.go_to(step, shuffler, _count(checkpoint.numbers.get("validated_at", step)))
        trainer.restore_extra({name[6:]: array for name, array in checkpoint.state.items() if name[:6] == "extra."})
        _restore_optimiser(trainer.optimiser, checkpoint)
        if trainer.schedule is not None:
            _restore_schedule(trainer, checkpoint, step - trainer.began)
        best = _best(trainer, checkpoint)
        trainer.best = best
        set_random_states(trainer.device, _random(checkpoint))
    except KeyError as error:
        raise _damaged(f"{error.args[0]!r} is missing") from error
    except (ValueError, TypeError, RuntimeError, OverflowError) as error:
        raise _damaged(str(error)) from error


def _random(checkpoint: Checkpoint) -> dict[str, torch.Tensor]:
    import torch

    prefix = "random."
    states = {name: array for name, array in checkpoint.state.items() if name.startswith(prefix)}
    if f"{prefix}{CPU}" not in states:
        raise KeyError(f"{prefix}{CPU}")
    return {name[len(prefix) :]: torch.from_numpy(np.array(array)) for name, array in states.items()}


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
        value = torch.from_numpy(np.array(array))
        if slot != "step":
            # In the parameter's own order in memory: fused kernels walk through both side by side.
            value = torch.empty_like(parameters[int(index)], dtype=value.dtype, device="cpu").copy_(value)
        slots.setdefault(int(index), {})[slot] = value
    optimiser.load_state_dict({**optimiser.state_dict(), "state": slots})


def _best(trainer: Trainer, checkpoint: Checkpoint) -> Best:
    import torch

    # Files that were written before early stopping have none.
    numbers = checkpoint.numbers.get("best", {})
    if not isinstance(numbers, dict):
        raise ValueError(f"{numbers!r} says nothing of the best measurement")
    loss = numbers.get("loss")
    if loss is None:
        return Best(waited=_count(numbers.get("waited", 0)))
    if type(loss) not in (int, float) or not math.isfinite(loss):
        raise ValueError(f"{loss!r} is no loss")
    is_back = numbers.get("is_back", False)
    if type(is_back) is not bool:
        raise ValueError(f"{is_back!r} is neither true nor false")
    best = Best(loss, _count(numbers["step"]), _count(numbers["waited"]), is_back=is_back)
    if not trainer.training.keep_best:
        return best
    prefix = "best."
    arrays = {name[len(prefix) :]: array for name, array in checkpoint.state.items() if name.startswith(prefix)}
    if not arrays:
        # Keeping the best was switched on just now: it begins with the next measurement.
        return Best(waited=best.waited)
    tensors = trainer.model.state_dict()
    for name in sorted(tensors.keys() | arrays.keys()):
        if name not in tensors or name not in arrays or tuple(tensors[name].shape) != arrays[name].shape:
            raise ValueError(f"the best weights do not fit the network at {name!r}")
    best.weights = {name: tensor.clone().copy_(torch.from_numpy(arrays[name])) for name, tensor in tensors.items()}
    return best


def _restore_schedule(trainer: Trainer, checkpoint: Checkpoint, step: int) -> None:
    schedule: Any = trainer.schedule
    rates = [float(rate) for rate in checkpoint.numbers["learning_rates"]]
    if not all(0 <= rate < math.inf for rate in rates):
        raise ValueError(f"{rates} are no learning rates")
    for group, rate in zip(schedule.optimizer.param_groups, rates, strict=True):
        group["lr"] = rate
    # Every scheduler is stepped once per batch, and once by its constructor.
    schedule.last_epoch = step
    schedule._step_count = step + 1
    if checkpoint.numbers.get("rates_of", _rates_of(trainer)) != _rates_of(trainer):
        # Some of torch's schedulers go on from the rate before, which belonged to another length or size.
        closed_form = getattr(schedule, "_get_closed_form_lr", list)
        for group, rate in zip(schedule.optimizer.param_groups, closed_form(), strict=False):
            group["lr"] = rate


def _rates_of(trainer: Trainer) -> dict[str, Any]:
    """What the learning rate of every step follows from."""
    training = trainer.training
    rate = training.optimiser.learning_rate
    return {"schedule": training.schedule.to_json(), "learning_rate": rate, "total_steps": trainer.total_steps}


def _array(tensor: torch.Tensor) -> NDArray[Any]:
    return tensor.detach().cpu().contiguous().numpy().copy()


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r} is no number of steps")
    return value


def _damaged(what: str) -> TrainingError:
    what = what.rstrip(".")
    return TrainingError(f"The training state in the file is damaged: {what}. The weights themselves are fine.")
