"""What every loss is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

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
        expects: What the network must give: "scores" of any size, "probabilities" (its end is a softmax or sigmoid), or
            "values".
        probabilities: What turns the network's outputs into probabilities of the classes: "softmax"; "normalise" if
            they are some already (negative ones become 0, all are divided by their sum); or "" if there are no classes.
    """

    tasks: ClassVar[tuple[Task, ...]] = ()
    formula: ClassVar[str] = ""
    expects: ClassVar[Literal["scores", "probabilities", "values"]] = "values"
    probabilities: ClassVar[Literal["", "softmax", "normalise"]] = ""

    def torch_call(self, task: Task) -> Call:
        """The call that makes a module which takes (outputs, targets) and gives the mean loss.

        Args:
            task: What is learned: targets are class indices, (N,), or values, (N, outputs).
        """
        raise NotImplementedError


LOSSES: Registry[type[LossSpec]] = Registry("loss", "nnviz.core.training.losses")
