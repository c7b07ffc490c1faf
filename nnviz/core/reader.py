"""A network that reads drawn digits: how a drawing becomes its input, and its answer a digit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.ink import InkRecipe, Preparation
from nnviz.core.network import NetworkSpec
from nnviz.core.predictor import PredictionError, Predictor
from nnviz.core.project import ProjectFile, load_project
from nnviz.core.training.spec import TrainingSpec
from nnviz.resource_path import resource_path

BUNDLED_MODEL = ("models", "digits.nnviz")


class DigitReader:
    """A trained network together with the preparation that its data had.

    Attributes:
        title: Name of the network for people.
        recipe: How drawings must be prepared for it.
        classes: Names of the classes.
        steps: Number of steps that it was trained for.
        predictor: The network itself.

    Raises:
        PredictionError: If the data that it learned from are no pictures of digits, or it was never trained.
    """

    def __init__(self, project: ProjectFile) -> None:
        import torch

        from nnviz.core.training.checkpoint import load_weights

        self.recipe = readers_recipe(project)
        self.title = project.title
        self.classes = project.dataset.classes
        self.steps = int(project.numbers.get("step", 0))
        # The weights that it starts with are replaced; drawing them must not change a training that is under way.
        with torch.random.fork_rng(devices=()):
            model = project.network.build(initialise=False)
        load_weights(model, project.weights)
        self.predictor = Predictor(model, project.network.input_shape, project.training.loss)

    def read(self, preparations: Sequence[Preparation]) -> list[NDArray[np.float64] | None]:
        """Probabilities of the classes for each drawing; None for a blank one, of which nothing can be said."""
        drawn = [i for i, preparation in enumerate(preparations) if not preparation.blank]
        answers: list[NDArray[np.float64] | None] = [None] * len(preparations)
        if drawn:
            images = np.stack([preparations[i].image for i in drawn])[:, None]
            for i, row in zip(drawn, self.predictor.probabilities(images), strict=True):
                answers[i] = row
        return answers


def readers_recipe(project: ProjectFile) -> InkRecipe:
    """How drawings must be prepared for a trained network.

    Raises:
        PredictionError: If it reads no drawings, or was never trained.
    """
    recipe = ink_recipe(project.network, project.dataset, project.training)
    if recipe is None:
        raise PredictionError(
            f"{project.title} was made for {project.dataset.title}: it cannot read a drawn or scanned digit."
        )
    if not project.weights:
        raise PredictionError(f"{project.title} was never trained: train it first, then let it read.")
    return recipe


def ink_recipe(network: NetworkSpec, dataset: DatasetSpec, training: TrainingSpec) -> InkRecipe | None:
    """How a drawing is prepared for a network that learns from `dataset`; None if it cannot read drawings."""
    recipe = dataset.ink
    fits = recipe is not None and network.input_shape.dims == (1, recipe.frame, recipe.frame)
    answers = training.loss.probabilities and not network.learns_alone
    return recipe if fits and answers else None


def bundled_project() -> ProjectFile:
    """The network that comes with the application and can already read digits.

    Raises:
        ProjectError: If its file is missing or damaged.
    """
    return load_project(resource_path(*BUNDLED_MODEL))
