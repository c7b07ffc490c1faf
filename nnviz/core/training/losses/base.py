"""What every loss is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnviz.core.call import Call
from nnviz.core.datasets.base import Task
from nnviz.core.registry import Registry
from nnviz.core.spec import Spec


@dataclass(frozen=True, kw_only=True)
class LossSpec(Spec):
    """How wrong an output is, as one number, averaged over the batch.

    Attributes:
        tasks: The tasks that it can be trained on.
        formula: What it computes, as one line of text.
        probabilities: What turns the network's outputs into probabilities of the classes: "softmax", or "" if the
            outputs are none.
    """

    tasks: ClassVar[tuple[Task, ...]] = ()
    formula: ClassVar[str] = ""
    probabilities: ClassVar[str] = ""

    def torch_call(self) -> Call:
        """The call that makes a module which takes (outputs, targets) and gives the mean loss."""
        raise NotImplementedError


LOSSES: Registry[type[LossSpec]] = Registry("loss", "nnviz.core.training.losses")
