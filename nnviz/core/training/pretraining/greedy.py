"""Greedy pre-training, layer by layer."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.core.spec import param
from nnviz.core.training.pretraining.base import PRETRAININGS, PretrainingSpec


@PRETRAININGS.register
@dataclass(frozen=True, kw_only=True)
class Greedy(PretrainingSpec):
    """Contrastive divergence, one RBM after the other: each learns the hidden probabilities of the one below.

    Makes a deep belief network of a stack of RBMs; then the whole stack is a feed-forward network that may be
    fine-tuned.

    Source: Hinton, Osindero & Teh 2006, A fast learning algorithm for deep belief nets, section 5.
    """

    title = "Greedy, layer by layer"
    by_contrast = True

    epochs: int = param(5, "How often every training sample is used for each RBM.", ge=1, le=100_000)
    learning_rate: float = param(0.05, "Size of the steps of contrastive divergence.", gt=0, le=1000, log=True)
    momentum: float = param(0.5, "Share of the last step that is added to the next one.", ge=0, lt=1)
    weight_decay: float = param(2e-4, "How strongly weights are pulled to zero (L2).", ge=0, le=10)
    afterwards: str = param(
        "fine-tune all",
        "What learns by backpropagation when all RBMs have learned: the whole network, only the layers behind the "
        "RBMs, or nothing.",
        choices=("fine-tune all", "fine-tune the end", "nothing"),
    )
