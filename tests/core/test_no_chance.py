from __future__ import annotations

import torch
from torch import nn

from nnviz.core.layers.base import LAYERS
from nnviz.core.no_chance import no_chance
from nnviz.core.presets import PRESETS


def test_building_every_preset_draws_no_random_number() -> None:
    assert len(LAYERS) > 10
    before = torch.get_rng_state()
    with no_chance():
        for preset in PRESETS:
            preset.network.build(initialise=False)
    assert torch.equal(torch.get_rng_state(), before)
    nn.Linear(3, 3)
    assert not torch.equal(torch.get_rng_state(), before)


def test_what_would_be_random_is_left_or_zero() -> None:
    with no_chance():
        filled = torch.full((3,), 2.0).uniform_()
        assert filled.tolist() == [2, 2, 2]
        assert torch.randn(2, 3).tolist() == [[0, 0, 0], [0, 0, 0]]
        assert torch.rand_like(filled).tolist() == [0, 0, 0]
