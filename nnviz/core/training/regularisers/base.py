"""What every regulariser is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from nnviz.core.call import Call
from nnviz.core.registry import Registry
from nnviz.core.spec import Spec


@dataclass(frozen=True, kw_only=True)
class RegulariserSpec(Spec):
    """Something that is done to gradients or weights at every step, besides what the optimiser does.

    The curves show the loss of the data alone, so that training and validation can be compared.

    Attributes:
        formula: What it does, as one line of text; w are weights, g gradients, eta the learning rate.
        when: "before_step", when the gradients are there and the optimiser has not used them yet, or "after_step".
    """

    formula: ClassVar[str] = ""
    when: ClassVar[Literal["before_step", "after_step"]] = "before_step"

    def torch_call(self, model: str, optimiser: str) -> Call:
        """The call that makes an object which is called without arguments once per step and changes tensors in place.

        Args:
            model: Name of the variable that holds the model.
            optimiser: Name of the variable that holds the optimiser.
        """
        raise NotImplementedError


REGULARISERS: Registry[type[RegulariserSpec]] = Registry("regulariser", "nnviz.core.training.regularisers")
