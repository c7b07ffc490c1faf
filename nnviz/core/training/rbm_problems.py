"""What keeps the RBMs of a network from learning."""

from __future__ import annotations

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.errors import NnvizError
from nnviz.core.layers.rbm import Rbm
from nnviz.core.network import LayerTrace, NetworkSpec
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.training_error import TrainingError


def problems_of_rbms(network: NetworkSpec, training: TrainingSpec, dataset: DatasetSpec) -> list[NnvizError]:
    """Everything that keeps RBMs from learning by contrast; empty if there are none, or none are to."""
    traces = [trace for trace in network.trace() if trace.layer.enabled]
    places = [place for place, trace in enumerate(traces) if trace.layer.contrastive]
    if not places or not (network.learns_alone or training.pretraining.by_contrast):
        return []
    for trace in traces[: places[-1]]:
        if trace.parameters and not trace.layer.contrastive:
            way_out = "" if network.learns_alone else ", or set the Pretraining to Random start"
            return [
                TrainingError(
                    f"{trace.layer.title} stands in front of an RBM and would never learn: contrastive divergence "
                    f"trains RBMs alone. Remove it or put it behind the RBMs{way_out}."
                )
            ]
    if network.learns_alone and (training.early_stopping or training.keep_best):
        wish = "Early stopping" if training.early_stopping else "Keep best"
        return [
            TrainingError(
                f"{wish} goes by a loss that is made small, and contrastive divergence makes none small: the "
                "reconstruction error only accompanies it. Switch it off in the training."
            )
        ]
    for place in places:
        problem = _label_problem(traces, place, dataset)
        if problem is not None:
            return [problem]
    return []


def _label_problem(traces: list[LayerTrace], place: int, dataset: DatasetSpec) -> TrainingError | None:
    layer = traces[place].layer
    if not isinstance(layer, Rbm) or not layer.with_labels:
        return None
    if dataset.task != "classification":
        return TrainingError(
            f"The RBM is to learn together with labels, and {dataset.title} has none: switch off With labels, or "
            "choose data with classes."
        )
    behind = traces[place + 1] if place + 1 < len(traces) else None
    classes = len(dataset.classes)
    if behind is None or behind.layer.name != "dense" or behind.leaves is None or behind.leaves.size != classes:
        return TrainingError(
            "The RBM is to learn together with labels, and their weights are those of the layer behind it: add a Dense "
            f"with {classes} units there, or switch off With labels."
        )
    if not getattr(behind.layer, "bias", False):
        return TrainingError("The labels of the RBM need a bias: switch on the Bias of the Dense layer behind it.")
    if layer.persistent:
        return TrainingError("An RBM with labels learns without persistent chains: switch off Persistent.")
    return None
