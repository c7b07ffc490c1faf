"""What every initialiser is."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call
from nnviz.core.registry import Registry
from nnviz.core.spec import Spec


@dataclass(frozen=True, kw_only=True)
class InitialiserSpec(Spec):
    """How a parameter tensor is filled before training starts."""

    def torch_call(self, tensor: str) -> Call | None:
        """The call that fills the tensor named `tensor` in place, or None if torch's constructor did so."""
        raise NotImplementedError


INITIALISERS: Registry[type[InitialiserSpec]] = Registry("initialiser", "nnviz.core.initialisers")
