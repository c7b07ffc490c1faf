"""Exported source of networks that nobody thought of builds the same model."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from nnviz.core.datasets import DatasetSpec
from nnviz.core.datasets.circles import Circles
from nnviz.core.datasets.digits import Digits
from nnviz.core.export.script import script_source
from nnviz.core.layers import LAYERS, LayerSpec
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.flatten import Flatten
from nnviz.core.network import NetworkSpec
from nnviz.core.training.pretraining.random_start import RandomStart
from nnviz.core.training.spec import TrainingSpec

NETWORKS = 40
LAYERS_AT_MOST = 8


def random_network(rng: np.random.Generator, dataset: DatasetSpec) -> NetworkSpec:
    """A stack of layers that fit each other, some of them switched off, with a fitting end."""
    kinds = sorted(LAYERS, key=lambda kind: kind.name)
    network = NetworkSpec(input_shape=dataset.input_shape)
    for _ in range(int(rng.integers(1, LAYERS_AT_MOST + 1))):
        layer = kinds[rng.integers(len(kinds))]().replace(enabled=bool(rng.random() > 0.1))
        longer = network.replace(layers=(*network.layers, layer))
        if longer.problem() is None:
            network = longer
    end: tuple[LayerSpec, ...] = (Dense(units=dataset.outputs),)
    if not network.output_shape().is_vector:
        end = (Flatten(), *end)
    return network.replace(layers=(*network.layers, *end))


@pytest.mark.parametrize("number", range(NETWORKS))
def test_a_random_network(number: int) -> None:
    dataset: DatasetSpec = Digits() if number % 2 else Circles()
    network = random_network(np.random.default_rng(number), dataset)
    # Contrastive divergence is no part of scripts, and is refused with a sentence; the layers themselves are.
    training = TrainingSpec(pretraining=RandomStart())
    namespace: dict[str, Any] = {"__name__": "exported"}
    exec(compile(script_source("Network", network, dataset, training), "script", "exec"), namespace)
    torch.manual_seed(number)
    exported = namespace["build_model"]()
    built = network.build(number)
    assert exported.state_dict().keys() == built.state_dict().keys()
    x = torch.rand(4, *network.input_shape, generator=torch.Generator().manual_seed(number))
    exported.eval()
    built.eval()
    assert float((exported(x) - built(x)).abs().max().detach()) < 1e-6
