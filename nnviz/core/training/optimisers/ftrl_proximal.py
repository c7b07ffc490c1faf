"""FTRL-Proximal, which torch does not have."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.call import Call, Name
from nnviz.core.spec import param
from nnviz.core.training.optimisers.base import OPTIMISERS, OptimiserSpec


@OPTIMISERS.register
@dataclass(frozen=True, kw_only=True)
class FTRLProximal(OptimiserSpec):
    """Follow the regularised leader: goes to where all gradients so far would have been best followed, but not far.

    Each weight has a rate of its own, eta = alpha / (beta + sqrt(n)), n the sum of its squared gradients, and goes to
    the minimum of g_1..t w + 1/2 sum sigma_s (w - w_s)^2 + l1 |w| + 1/2 l2 w^2, where the sigmas add up to 1 / eta.
    With l1 many weights become exactly zero; without l1 and l2 it is gradient descent with those rates. The learning
    rate is alpha.

    The paper starts at w = 0. Here the first proximal term, beta / alpha, is centred at the weights that the network
    starts with, which is the same for w = 0; otherwise the first step would forget them.

    Source: McMahan et al. 2013, Ad click prediction: a view from the trenches, algorithm 1.
    """

    title = "FTRL-Proximal"
    name = "ftrl_proximal"
    formula = "z <- z + g - sigma w;  w <- 0 if |z| <= l1, else -(z - sign(z) l1) / ((beta + sqrt(n)) / alpha + l2)"

    learning_rate: float = param(0.1, "Size of the steps: alpha.", gt=0, le=1000, log=True)
    beta: float = param(
        1.0, "What is added to sqrt(n): the larger, the smaller the first steps.", gt=0, le=1000, log=True
    )
    l1: float = param(0.0, "Strength of the pull of all weights towards exactly zero (L1).", ge=0, le=1000)
    l2: float = param(0.0, "Strength of the pull of all weights towards zero in proportion (L2).", ge=0, le=1000)

    def torch_call(self, parameters: str) -> Call:
        """A `torch.optim.Optimizer` of our own."""
        kwargs = {"lr": self.learning_rate, "beta": self.beta, "l1": self.l1, "l2": self.l2}
        return Call("FTRLProximal", (Name(parameters),), kwargs, define=_define)


def _define() -> type:
    from typing import Any

    import torch

    class FTRLProximal(torch.optim.Optimizer):
        """FTRL-Proximal: McMahan et al. 2013, Ad click prediction: a view from the trenches, algorithm 1.

        The paper's z holds the proximal terms at the rate of the day. Kept is r = z + w / eta instead, which does not
        depend on the rate, so that a schedule may change it; z = r + g - w / eta is then the paper's.
        """

        def __init__(self, params: Any, lr: float, beta: float, l1: float, l2: float) -> None:
            super().__init__(params, {"lr": lr, "beta": beta, "l1": l1, "l2": l2})

        @torch.no_grad()
        def step(self, closure: Any = None) -> Any:
            loss = None
            if closure is not None:
                with torch.enable_grad():
                    loss = closure()
            for group in self.param_groups:
                l1, l2 = group["l1"], group["l2"]
                for w in group["params"]:
                    if w.grad is None:
                        continue
                    state = self.state[w]
                    if not state:
                        state["n"] = torch.zeros_like(w)
                        state["r"] = torch.zeros_like(w)
                    n, r = state["n"], state["r"]
                    n.addcmul_(w.grad, w.grad)
                    inverse_rate = n.sqrt().add_(group["beta"]).div_(group["lr"])
                    z = r.add_(w.grad).addcmul_(inverse_rate, w, value=-1)
                    # What of z is within l1 moves nothing: z - pull is sign(z) max(|z| - l1, 0).
                    pull = z.clamp(-l1, l1)
                    w.copy_(z.sub_(pull).div_(inverse_rate.add_(l2)).neg_())
                    # At the minimum, z + w / eta is the pull of l1 less that of l2.
                    r.copy_(pull).sub_(w, alpha=l2)
            return loss

    return FTRLProximal
