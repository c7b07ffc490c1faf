"""Cross-entropy of softmax outputs."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.datasets.base import Task
from nnviz.core.training.losses.base import LOSSES, LossSpec


@LOSSES.register
@dataclass(frozen=True, kw_only=True)
class CrossEntropy(LossSpec):
    """Minus the logarithm of the probability that softmax gives to the right class: -log(e^z_y / sum_k e^z_k).

    The softmax is part of the loss, where it can be computed without overflow; the network itself ends in plain sums.

    Source: Goodfellow, Bengio & Courville 2016, Deep Learning, section 6.2.2.3.
    """

    title = "Cross-entropy"
    tasks = ("classification",)
    formula = "-log softmax(z)[right class]"
    expects = "scores"
    probabilities = "softmax"

    def torch_call(self, task: Task) -> Call:
        """`nn.CrossEntropyLoss`."""
        return Call("nn.CrossEntropyLoss")
