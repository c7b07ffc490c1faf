"""What keeps a network from learning from some data, with the edits that would mend it."""

from __future__ import annotations

from nnviz.core.datasets.base import DatasetSpec
from nnviz.core.errors import NnvizError
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Fix, ShapeError
from nnviz.core.training.rbm_problems import problems_of_rbms
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.training_error import TrainingError

__all__ = ["EndError", "TrainingError", "problems"]


class EndError(ShapeError):
    """A network whose last layer does not suit the loss.

    Attributes:
        index: The last layer that takes part; its fixes edit there.
    """

    def __init__(self, sentence: str, fixes: tuple[Fix, ...], index: int) -> None:
        super().__init__("The network", None, "another last layer", fixes)
        self.index = index
        self.args = (f"{sentence} {fixes[0].title}.",)


def problems(network: NetworkSpec, training: TrainingSpec, dataset: DatasetSpec) -> list[NnvizError]:
    """Everything that keeps `network` from being trained on `dataset` as `training` says; empty if it can be."""
    if network.input_shape != dataset.input_shape:
        return [
            TrainingError(
                f"The network takes samples of {network.input_shape}, but {dataset.title} has samples of "
                f"{dataset.input_shape}."
            )
        ]
    found = network.problems(dataset.output_shape)
    if not found:
        found = _too_few_symbols(network, dataset)
    if found:
        return found
    found = problems_of_rbms(network, training, dataset)
    if found or network.learns_alone:
        return found
    loss = training.loss
    if dataset.task not in loss.tasks:
        tasks = " or ".join(loss.tasks)
        return [TrainingError(f"{loss.title} is a loss for {tasks}, but {dataset.title} is a {dataset.task} task.")]
    last = max((index for index, layer in enumerate(network.layers) if layer.enabled), default=-1)
    if last < 0:
        return []
    layer = network.layers[last]
    if loss.expects == "scores" and layer.gives == "probabilities":
        fix = Fix(f"Remove {layer.title} at the end", "remove")
        sentence = f"{loss.title} contains its own softmax; after {layer.title} it would be applied twice."
        return [EndError(sentence, (fix,), last)]
    if loss.expects == "probabilities" and layer.gives != "probabilities":
        fixes = (
            Fix("Add Softmax at the end", "insert_after", "softmax"),
            Fix("Add Sigmoid at the end", "insert_after", "sigmoid"),
        )
        return [EndError(f"{loss.title} needs probabilities, and {layer.title} gives any value.", fixes, last)]
    return []


def _too_few_symbols(network: NetworkSpec, dataset: DatasetSpec) -> list[NnvizError]:
    for index, layer in enumerate(network.layers):
        known = getattr(layer, "symbols", dataset.symbols)
        if layer.enabled and known < dataset.symbols:
            change = ("symbols", dataset.symbols)
            fix = Fix(f"Change the symbols of {layer.title} to {dataset.symbols}", "change", params=(change,))
            sentence = f"{dataset.display_title} has {dataset.symbols} different symbols; {layer.title} knows {known}."
            return [EndError(sentence, (fix,), index)]
    return []
