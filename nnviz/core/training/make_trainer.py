"""Which trainer trains a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnviz.core.datasets.base import Dataset
from nnviz.core.network import NetworkSpec
from nnviz.core.training.device import AUTO
from nnviz.core.training.spec import TrainingSpec

if TYPE_CHECKING:
    from nnviz.core.training.trainer import Trainer


def learns_by_contrast(network: NetworkSpec, training: TrainingSpec) -> bool:
    """Whether any layer learns by contrastive divergence: at the end of the network, or before the rest of it."""
    some = any(layer.enabled and layer.contrastive for layer in network.layers)
    return network.learns_alone or (some and training.pretraining.by_contrast)


def make_trainer(network: NetworkSpec, training: TrainingSpec, data: Dataset, device: str = AUTO) -> Trainer:
    """The trainer that suits network and training.

    Raises:
        NnvizError: If the network, the data and the training do not fit each other, or there is no such device.
    """
    if learns_by_contrast(network, training):
        from nnviz.core.training.contrastive import ContrastiveTrainer

        return ContrastiveTrainer(network, training, data, device)
    from nnviz.core.training.trainer import Trainer

    return Trainer(network, training, data, device)
