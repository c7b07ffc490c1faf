"""A machine as numpy arrays: what leaves the thread that trains, to be looked at elsewhere for as long as one likes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from nnviz.core.layers.rbm import VisibleKind
from nnviz.core.snapshot import read_only

if TYPE_CHECKING:
    from nnviz.core.rbm.machine import Machine
    from nnviz.core.training.contrastive import ContrastiveTrainer


@dataclass(frozen=True, eq=False)
class CopiedMachine:
    """Weights and biases of a restricted Boltzmann machine at one moment; V visible units, H hidden ones.

    Attributes:
        name: Name of the layer.
        kind: What the visible units are.
        weight: W, (H, V).
        hidden_bias: b, (H,).
        visible_bias: a, (V,).
        mean: What is taken off each feature before the machine sees it, (V,); zeros but for Gaussian units.
        scale: By what it is divided then, (V,); ones but for Gaussian units.
    """

    name: str
    kind: VisibleKind
    weight: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    visible_bias: NDArray[np.float32]
    mean: NDArray[np.float32]
    scale: NDArray[np.float32]

    @classmethod
    def of(cls, trainer: ContrastiveTrainer, name: str) -> CopiedMachine:
        """The machine of that name as it is now."""
        machine = trainer.machine(name)
        tensors = (machine.weight, machine.hidden_bias, machine.visible_bias)
        weight, hidden, visible = (read_only(tensor.cpu().numpy()) for tensor in tensors)
        mean, scale = np.zeros_like(visible), np.ones_like(visible)
        if machine.kind == "gaussian":
            module = getattr(trainer.model, name)
            mean, scale = read_only(module.mean.cpu().numpy()), read_only(module.scale.cpu().numpy())
        return cls(name, machine.kind, weight, hidden, visible, mean, scale)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> CopiedMachine:
        """The machine among a snapshot's arrays.

        Raises:
            KeyError: If there is none.
        """
        name, kind = map(str, arrays["machine"])
        tensors = (arrays[part] for part in ("weight", "hidden_bias", "visible_bias", "mean", "scale"))
        return cls(name, cast(VisibleKind, kind), *tensors)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """As arrays by name, for a snapshot."""
        return {
            "machine": np.array([self.name, self.kind]),
            "weight": self.weight,
            "hidden_bias": self.hidden_bias,
            "visible_bias": self.visible_bias,
            "mean": self.mean,
            "scale": self.scale,
        }

    @property
    def hidden(self) -> int:
        """Number of hidden units."""
        return len(self.hidden_bias)

    @property
    def visible(self) -> int:
        """Number of visible units."""
        return len(self.visible_bias)

    def hidden_probabilities(self, v: NDArray[np.float32]) -> NDArray[np.float32]:
        """p(h_j = 1 | v) of states (..., V), in numpy: (..., H)."""
        return _sigmoid(v @ self.weight.T + self.hidden_bias)

    def visible_means(self, h: NDArray[np.float32]) -> NDArray[np.float32]:
        """Mean of v given h, (..., H), in numpy: (..., V)."""
        inputs = h @ self.weight + self.visible_bias
        return inputs if self.kind == "gaussian" else _sigmoid(inputs)

    def visible_energy(self, v: NDArray[np.float32]) -> NDArray[np.float64]:
        """The part of the energy that the visible units have by themselves, in numpy: (..., V) -> (...)."""
        a = self.visible_bias.astype(np.float64)
        if self.kind == "gaussian":
            return np.asarray(0.5 * np.square(v - a).sum(-1))
        return np.asarray(-(v @ a))

    def free_energy(self, v: NDArray[np.float32]) -> NDArray[np.float64]:
        """F(v) = -log sum_h e^-E(v, h) of states (..., V), in numpy: (...)."""
        inputs = (v @ self.weight.T + self.hidden_bias).astype(np.float64)
        return np.asarray(self.visible_energy(v) - np.logaddexp(0, inputs).sum(-1))

    def machine(self) -> Machine:
        """The same with tensors of its own."""
        import torch

        from nnviz.core.rbm.machine import Machine

        weight, hidden, visible = (
            torch.from_numpy(np.array(array)) for array in (self.weight, self.hidden_bias, self.visible_bias)
        )
        return Machine(weight, hidden, visible, self.kind)


def _sigmoid(x: NDArray[np.float32]) -> NDArray[np.float32]:
    # No e^x of large numbers.
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * x), np.float32)
