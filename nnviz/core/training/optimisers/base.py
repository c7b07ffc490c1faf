"""What every optimiser is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnviz.core.call import Call
from nnviz.core.registry import Registry
from nnviz.core.spec import Spec, param


@dataclass(frozen=True, kw_only=True)
class OptimiserSpec(Spec):
    """How the gradient of one batch becomes a change of the weights.

    Attributes:
        formula: The update, as one line of text; eta is the learning rate, g the gradient.
    """

    formula: ClassVar[str] = ""

    learning_rate: float = param(0.01, "Size of each step: eta.", gt=0, le=1000, log=True)

    def torch_call(self, parameters: str) -> Call:
        """The call that makes the optimiser.

        Args:
            parameters: Name of the variable that holds the model's parameters, for example "model.parameters()".
        """
        raise NotImplementedError


OPTIMISERS: Registry[type[OptimiserSpec]] = Registry("optimiser", "nnviz.core.training.optimisers")
