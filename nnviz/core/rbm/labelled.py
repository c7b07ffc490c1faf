"""A machine that sees a class beside its other visible units: the top of a deep belief network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nnviz.core.rbm.learning import Gradients, Phases, difference
from nnviz.core.rbm.machine import Machine, draw_bernoulli, draw_for_learning

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class LabelledMachine:
    """A machine, and one softmax group of visible units for the classes; of C classes exactly one is on.

    E(v, y, h) = -a v - b h - h W v - d_y - U_y h.

    Attributes:
        machine: The machine without the classes.
        weight: U, (C, H): as a dense layer behind the hidden units has them.
        bias: d, (C,).

    Source: Hinton, Osindero & Teh 2006, A fast learning algorithm for deep belief nets, section 6; Larochelle & Bengio
        2008, Classification using discriminative restricted Boltzmann machines, eq. 1.
    """

    machine: Machine
    weight: torch.Tensor
    bias: torch.Tensor

    def hidden_probabilities(self, v: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
        """p(h_j = 1 | v, y), (N, H), for class indices (N,)."""
        return self.machine.hidden_inputs(v).add_(self.weight[classes]).sigmoid_()

    def class_probabilities(self, h: torch.Tensor) -> torch.Tensor:
        """p(y | h) = softmax(d + U h), (N, C)."""
        import torch

        return torch.softmax(torch.nn.functional.linear(h, self.weight, self.bias), 1)

    def free_energy(self, v: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
        """F(v, y) = -a v - d_y - sum_j log(1 + e^(b_j + W_j v + U_yj)), (N,)."""
        import torch

        inputs = self.machine.hidden_inputs(v) + self.weight[classes]
        visible = self.machine.visible_energy(v)
        return visible - self.bias[classes] - torch.nn.functional.softplus(inputs).sum(1)

    def gibbs(
        self, v: torch.Tensor, classes: torch.Tensor, steps: int, generator: torch.Generator | None = None
    ) -> torch.Tensor:
        """Visible states after so many steps with the classes clamped, (N, V)."""
        for _ in range(steps):
            h = draw_bernoulli(self.hidden_probabilities(v, classes), generator)
            v = self.machine.sample_visible(h, generator)
        return v


def labelled_contrast(
    joint: LabelledMachine, v: torch.Tensor, classes: torch.Tensor, into: Gradients, into_labels: Gradients, steps: int
) -> Phases:
    """One step of CD-k with classes: like `contrast`, and the gradients of U and d too.

    Args:
        joint: The machine with its classes.
        v: The batch, (N, V).
        classes: Its class indices, (N,).
        into: Where the gradients of W, b and a go.
        into_labels: Where those of U (in `weight`) and d (in `hidden_bias`) go.
        steps: k.
    """
    import torch

    machine, count = joint.machine, len(v)
    hidden = joint.hidden_probabilities(v, classes)
    h = first = draw_for_learning(hidden)
    reconstruction, end, drawn, hidden_end = v, v, classes, hidden
    for step in range(steps):
        means = machine.visible_means(h)
        reconstruction = means if step == 0 else reconstruction
        end = machine.draw_visible(means, for_learning=True)
        drawn = draw_classes(joint.class_probabilities(h))
        hidden_end = joint.hidden_probabilities(end, drawn)
        if step < steps - 1:
            h = draw_for_learning(hidden_end)
    difference(into, v, hidden, end, hidden_end)
    one_hot = torch.nn.functional.one_hot(classes, len(joint.bias)).to(v.dtype)
    drawn_hot = torch.nn.functional.one_hot(drawn, len(joint.bias)).to(v.dtype)
    torch.addmm(into_labels.weight, drawn_hot.T, hidden_end, beta=0, alpha=1 / count, out=into_labels.weight)
    into_labels.weight.addmm_(one_hot.T, hidden, alpha=-1 / count)
    torch.sub(drawn_hot.mean(0), one_hot.mean(0), out=into_labels.hidden_bias)
    return Phases(v, hidden, reconstruction, end, hidden_end, first)


def draw_classes(probabilities: torch.Tensor) -> torch.Tensor:
    """Class indices drawn with probabilities (N, C), (N,)."""
    import torch

    if probabilities.device.type == "cpu":
        return torch.multinomial(probabilities, 1).squeeze(1)
    # What multinomial() does too, but it first waits for the device, to see whether these are probabilities.
    return probabilities.div(torch.empty_like(probabilities).exponential_()).argmax(1)
