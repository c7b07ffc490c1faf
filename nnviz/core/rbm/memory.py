"""What RBMs remember of a drawing: up through all of them and down again, and how probable the first one finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.ink import InkRecipe
from nnviz.core.layers.rbm import Rbm, VisibleKind
from nnviz.core.network import NetworkSpec
from nnviz.core.predictor import PredictionError
from nnviz.core.project import ProjectFile
from nnviz.core.rbm.copied import CopiedMachine
from nnviz.core.snapshot import read_only
from nnviz.core.training.make_trainer import learns_by_contrast
from nnviz.core.training.spec import TrainingSpec

SHUFFLES = 20
"""Times that a drawing's pixels are shuffled for something to compare its free energy with."""

SEED = 3


@dataclass(frozen=True, eq=False)
class Memory:
    """What the RBMs of a network make of one drawing.

    Attributes:
        network: Its title.
        steps: Number of steps that it was trained for.
        machines: How many RBMs it went up through and down again.
        seen: The drawing as the first machine sees it, (frame, frame), read-only, from 0 for paper to 1 for ink.
        reconstruction: What came back, (frame, frame), read-only.
        free_energy: F(v) of what the first machine sees, in nats.
        shuffled: Mean of F over the same pixels in other places.
    """

    network: str
    steps: int
    machines: int
    seen: NDArray[np.float32]
    reconstruction: NDArray[np.float32]
    free_energy: float
    shuffled: float

    @property
    def familiar(self) -> float:
        """Nats by which it is more probable than its shuffled pixels: log p(v) - log p(shuffled); Z falls out."""
        return self.shuffled - self.free_energy


def remembers(network: NetworkSpec, dataset: DatasetSpec, training: TrainingSpec) -> InkRecipe | None:
    """How a drawing is prepared for a network that begins with RBMs that learn; None if it does not."""
    recipe = dataset.ink
    if recipe is None or network.input_shape.dims != (1, recipe.frame, recipe.frame):
        return None
    layers = [layer for layer in network.layers if layer.enabled and layer.name != "flatten"]
    begins = bool(layers) and isinstance(layers[0], Rbm)
    return recipe if begins and learns_by_contrast(network, training) else None


class RememberingNetwork:
    """The RBMs at the beginning of a network, with weights of their own.

    Args:
        project: Its description and its weights.

    Attributes:
        recipe: How drawings must be prepared for it.

    Raises:
        PredictionError: If it does not begin with RBMs that learn, or was never trained.
    """

    def __init__(self, project: ProjectFile) -> None:
        recipe = remembers(project.network, project.dataset, project.training)
        if recipe is None or not project.weights:
            raise PredictionError(f"{project.title} has no trained RBM that could see a drawing: train one first.")
        self.recipe: InkRecipe = recipe
        self._title = project.title
        named = zip(project.network.layer_names(), project.network.layers, strict=True)
        self._layers: dict[str, Rbm] = {}
        for name, layer in named:
            if not layer.enabled or layer.name == "flatten":
                continue
            if not isinstance(layer, Rbm):
                break
            self._layers[name] = layer
        self.take(int(project.numbers.get("step", 0)), project.weights)

    def take(self, step: int, weights: Mapping[str, NDArray[Any]]) -> None:
        """Answer with these weights from now on."""
        self._steps = step
        self._machines = [_machine(name, layer, weights) for name, layer in self._layers.items()]

    def remember(self, image: NDArray[np.float32]) -> Memory:
        """What it makes of a prepared drawing, (frame, frame)."""
        first = self._machines[0]
        v = self._seen(image.reshape(-1).astype(np.float32))
        up = v
        for machine in self._machines:
            up = machine.hidden_probabilities((up - machine.mean) / machine.scale)
        down = up
        for machine in reversed(self._machines):
            down = machine.visible_means(down) * machine.scale + machine.mean
        rng = np.random.default_rng(SEED)
        shuffled = np.stack([rng.permutation(v) for _ in range(SHUFFLES)])
        energies = first.free_energy((np.concatenate([v[None], shuffled]) - first.mean) / first.scale)
        shape = image.shape
        return Memory(
            self._title,
            self._steps,
            len(self._machines),
            read_only(v.reshape(shape)),
            read_only(np.clip(down, 0, 1).reshape(shape).astype(np.float32)),
            float(energies[0]),
            float(energies[1:].mean()),
        )

    def _seen(self, x: NDArray[np.float32]) -> NDArray[np.float32]:
        layer = next(iter(self._layers.values()))
        if layer.visible == "bernoulli" and layer.binarise == "threshold":
            return (x >= 0.5).astype(np.float32)
        return x


def _machine(name: str, layer: Rbm, weights: Mapping[str, NDArray[Any]]) -> CopiedMachine:
    weight, hidden, visible = (
        np.asarray(weights[f"{name}.{part}"], np.float32) for part in ("weight", "bias", "visible_bias")
    )
    mean = np.asarray(weights.get(f"{name}.mean", np.zeros_like(visible)), np.float32)
    scale = np.asarray(weights.get(f"{name}.scale", np.ones_like(visible)), np.float32)
    return CopiedMachine(name, cast(VisibleKind, layer.visible), weight, hidden, visible, mean, scale)
