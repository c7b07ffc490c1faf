"""What changes in a network and its training when they are given another data set."""

from __future__ import annotations

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.network import NetworkSpec
from nnviz.core.training.losses.base import LOSSES
from nnviz.core.training.spec import TrainingSpec

USUAL_LOSS = {"classification": "cross_entropy", "regression": "mean_squared_error"}


def fit_to_data(network: NetworkSpec, training: TrainingSpec, dataset: DatasetSpec) -> tuple[NetworkSpec, TrainingSpec]:
    """The network with that data's input and outputs, and the training with a loss for its task.

    Whether the layers in between can take the new shapes is another question: `NetworkSpec.problems` answers it.
    """
    if dataset.task not in training.loss.tasks:
        training = training.replace(loss=LOSSES[USUAL_LOSS[dataset.task]]())
    return network.for_data(dataset.input_shape, dataset.output_shape, dataset.symbols), training
