"""Binary cross-entropy of every class by itself."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.datasets.base import Task
from nnviz.core.training.losses.base import LOSSES, LossSpec


@LOSSES.register
@dataclass(frozen=True, kw_only=True)
class BinaryCrossEntropy(LossSpec):
    """Asks of every class by itself whether it is the right one: -log p if it is, -log(1 - p) if it is not.

    The mean over all classes and samples. The network must end in probabilities: sigmoid judges each class by itself,
    softmax shares one whole among them. Logarithms end at -100, so that a probability of 0 gives no infinite loss.

    Source: Bishop 2006, Pattern Recognition and Machine Learning, eq. 4.90, once per class.
    """

    title = "Binary cross-entropy"
    tasks = ("classification",)
    formula = "mean of -(t log p + (1 - t) log(1 - p)), t = 1 for the right class, else 0"
    expects = "probabilities"
    probabilities = "normalise"

    def torch_call(self, task: Task) -> Call:
        """A class that makes the class indices targets of 0 and 1, for torch's binary cross-entropy."""
        return Call("OneHotBCELoss", define=_define)


def _define() -> type:
    import torch
    from torch import nn

    class OneHotBCELoss(nn.Module):
        """Binary cross-entropy per class, where the target is 1 for the right class and 0 for all others."""

        def forward(self, probabilities: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
            targets = nn.functional.one_hot(classes, probabilities.shape[1]).to(probabilities.dtype)
            return nn.functional.binary_cross_entropy(probabilities, targets)

    return OneHotBCELoss
