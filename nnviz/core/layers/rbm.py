"""Restricted Boltzmann machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nnviz.core.call import Call
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import param

VisibleKind = Literal["bernoulli", "continuous", "gaussian"]
"""What the visible units are: 0 or 1; any value from 0 to 1; or any value, with a variance of 1 around its mean."""


@LAYERS.register
@dataclass(frozen=True, kw_only=True)
class Rbm(LayerSpec):
    """Restricted Boltzmann machine: visible and hidden units, each of one kind connected to all of the other.

    E(v, h) = -a v - b h - h W v is the energy of a state, p(v, h) = e^-E / Z its probability; Gaussian visible units
    have |v - a|^2 / 2 in place of -a v. At the end of a network it learns by itself, without labels; in front of other
    layers it is pre-trained, and gives the probabilities of its hidden units to them: y = sigmoid(W x + b).

    Input shape: (F,)
    Output shape: (hidden,), probabilities
    Source: Hinton 2010, A practical guide to training restricted Boltzmann machines, eq. 1; Gaussian visible units:
        section 13.2, with a variance of 1; sparsity: section 11; persistent chains: Tieleman 2008, Training restricted
        Boltzmann machines using approximations to the likelihood gradient.
    """

    title = "RBM"
    category = "Layer"
    formula = "p(h | x) = sigmoid(W x + b);  E(x, h) = -a x - b h - h W x"
    gives = "probabilities"
    contrastive = True

    hidden: int = param(256, "Number of hidden units.", ge=1, le=65536)
    visible: str = param(
        "bernoulli",
        "What its inputs are: 0 or 1 (bernoulli), any value from 0 to 1 (continuous, mean-field), or any value, "
        "standardised (gaussian).",
        choices=("bernoulli", "continuous", "gaussian"),
    )
    binarise: str = param(
        "threshold",
        "How data between 0 and 1 become 0 or 1: by a threshold at a half, by chance anew at each use (sample), "
        "or not at all (probabilities).",
        choices=("threshold", "sample", "probabilities"),
        only_if=("visible", ("bernoulli",)),
    )
    gibbs_steps: int = param(1, "Steps to and fro before the negative phase: the k of CD-k.", ge=1, le=1000)
    persistent: bool = param(
        False, "Whether the chains go on from where the last batch left them, in place of starting at the data (PCD)."
    )
    sparsity_target: float = param(
        0.1, "Share of the samples for which each hidden unit should be on.", gt=0, lt=1, log=False
    )
    sparsity_cost: float = param(0.0, "How strongly units are pulled to that share; 0 leaves them alone.", ge=0, le=10)
    with_labels: bool = param(
        False,
        "Whether the classes are visible units too: the dense layer behind it is then learned as their weights, and "
        "a class can be clamped to dream of it.",
    )

    def output_shape(self, x: Shape) -> Shape:
        """(hidden,)."""
        self.need_vector(x)
        return Shape((self.hidden,))

    def parameter_shapes(self, x: Shape) -> dict[str, tuple[int, ...]]:
        """Weight (hidden, F), hidden bias and visible bias."""
        return {"weight": (self.hidden, x.size), "bias": (self.hidden,), "visible_bias": (x.size,)}

    def parameter_formula(self, x: Shape) -> str:
        """Visible x hidden + hidden + visible."""
        return f"{x.size}x{self.hidden} + {self.hidden} + {x.size} = {self.parameter_count(x)}"

    def operations(self, x: Shape) -> int:
        """One multiplication per weight."""
        return x.size * self.hidden

    def torch_call(self, x: Shape) -> Call:
        """A module of our own; for Gaussian units one that standardises first."""
        name, define = ("GaussianRBM", _define_gaussian) if self.visible == "gaussian" else ("RBM", _define)
        return Call(name, (x.size, self.hidden), define=define)


def _define() -> type:
    import torch
    from torch import nn

    class RBM(nn.Module):
        """Probabilities of the hidden units, sigmoid(x W^T + b); starts as in Hinton 2010, section 8."""

        def __init__(self, visible: int, hidden: int) -> None:
            super().__init__()
            self.weight = nn.Parameter(torch.empty(hidden, visible).normal_(0, 0.01))
            self.bias = nn.Parameter(torch.zeros(hidden))
            self.visible_bias = nn.Parameter(torch.zeros(visible))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.sigmoid(nn.functional.linear(x, self.weight, self.bias))

    return RBM


def _define_gaussian() -> type:
    import torch
    from torch import nn

    class GaussianRBM(nn.Module):
        """Standardises what arrives, then gives the probabilities of the hidden units, sigmoid(x W^T + b)."""

        def __init__(self, visible: int, hidden: int) -> None:
            super().__init__()
            self.weight = nn.Parameter(torch.empty(hidden, visible).normal_(0, 0.01))
            self.bias = nn.Parameter(torch.zeros(hidden))
            self.visible_bias = nn.Parameter(torch.zeros(visible))
            self.mean = nn.Buffer(torch.zeros(visible))
            self.scale = nn.Buffer(torch.ones(visible))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            standard = (x - self.mean) / self.scale
            return torch.sigmoid(nn.functional.linear(standard, self.weight, self.bias))

    return GaussianRBM
