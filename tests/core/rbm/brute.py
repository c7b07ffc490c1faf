"""Machines small enough to write every state down, in numpy and with nothing of ours."""

from __future__ import annotations

import itertools

import numpy as np
import torch
from numpy.typing import NDArray

from nnviz.core.layers.rbm import VisibleKind
from nnviz.core.rbm.machine import Machine

Array = NDArray[np.float64]


def states(units: int) -> Array:
    """All states of so many binary units, (2^units, units)."""
    return np.array(list(itertools.product((0.0, 1.0), repeat=units)))


class Brute:
    """A machine with random weights, and everything about it by going through all (v, h)."""

    def __init__(self, visible: int, hidden: int, seed: int = 0, scale: float = 1.5) -> None:
        rng = np.random.default_rng(seed)
        self.w: Array = rng.normal(0, scale, (hidden, visible))
        self.a: Array = rng.normal(0, 1, visible)
        self.b: Array = rng.normal(0, 1, hidden)
        self.v, self.h = states(visible), states(hidden)
        self.energies: Array = np.array([[self.energy(v, h) for h in self.h] for v in self.v])
        weights = np.exp(-self.energies)
        self.z = float(weights.sum())
        self.p: Array = weights / self.z

    def energy(self, v: Array, h: Array) -> float:
        total = 0.0
        for i in range(len(v)):
            total -= self.a[i] * v[i]
        for j in range(len(h)):
            total -= self.b[j] * h[j]
            for i in range(len(v)):
                total -= h[j] * self.w[j, i] * v[i]
        return total

    def machine(self, kind: VisibleKind = "bernoulli", dtype: torch.dtype = torch.float64) -> Machine:
        return Machine(*(torch.tensor(array, dtype=dtype) for array in (self.w, self.b, self.a)), kind)

    def data_gradient(self, data: Array) -> tuple[Array, Array, Array]:
        """Gradient of the mean of -log p(v) over `data`, by the derivative of log Z and of F, state by state."""
        p_h_given_v = self.p / self.p.sum(1, keepdims=True)
        model_w = np.einsum("vh,hj,vi->ji", self.p, self.h, self.v)
        model_b, model_a = self.p.sum(0) @ self.h, self.p.sum(1) @ self.v
        index = [int(np.flatnonzero((self.v == row).all(1))[0]) for row in data]
        given = p_h_given_v[index] @ self.h
        return model_w - given.T @ data / len(data), model_b - given.mean(0), model_a - data.mean(0)
