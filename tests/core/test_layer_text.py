"""Layers as text: every kind and back, and sentences for what is none."""

from __future__ import annotations

import json

import pytest

from nnviz.core.find_layers import find_layers, layers_by_category
from nnviz.core.layer_text import LayerTextError, layers_from_text, layers_to_text
from nnviz.core.layers.base import LAYERS
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.relu import ReLU
from nnviz.core.presets.base import PRESETS


def test_one_several_and_a_whole_network() -> None:
    dense = Dense(units=7, enabled=False)
    assert json.loads(layers_to_text((dense,)))["units"] == 7
    assert layers_from_text(layers_to_text((dense,))) == (dense,)
    assert layers_from_text(layers_to_text((dense, ReLU()))) == (dense, ReLU())
    everything = tuple(layer() for layer in LAYERS)
    assert layers_from_text(layers_to_text(everything)) == everything
    network = PRESETS["chapter_cnn"].network
    assert layers_from_text(json.dumps(network.to_json())) == network.layers
    assert layers_from_text(json.dumps({"network": network.to_json(), "title": "x"})) == network.layers


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hello", "The text is no layer"),
        ("[" * 100_000, "The text is no layer"),
        ("[]", "holds no layer"),
        ("3", 'The text cannot be used. .*"type" is needed'),
        ('{"type": "dens"}', "dense"),
        ('[{"type": "dense"}, {"type": "dense", "units": 0}]', "Layer 2 of the text .*Units must be at least 1"),
        ('{"type": "dense", "unit": 3}', "There is no parameter 'unit'"),
        (json.dumps([{"type": "re_lu"}] * 1001), "1001 layers; at most 1000"),
    ],
)
def test_what_is_no_layer_is_told(text: str, sentence: str) -> None:
    with pytest.raises(LayerTextError, match=sentence):
        layers_from_text(text)


def test_search() -> None:
    assert next(layer.name for layer in find_layers("relu")) == "relu"
    assert next(layer.name for layer in find_layers("conv")) == "conv2d"
    assert next(layer.name for layer in find_layers("max pool")) == "max_pool2d"
    assert next(layer.name for layer in find_layers("maxpool")) == "max_pool2d"
    assert "sigmoid" in [layer.name for layer in find_layers("activation")]
    assert find_layers("no such layer anywhere") == []
    assert len(find_layers("")) == len(LAYERS)
    assert [layer.name for layer in find_layers("faltung", {"conv2d": "Faltung"})] == ["conv2d"]


def test_every_layer_stands_under_a_category() -> None:
    groups = layers_by_category()
    assert next(iter(groups)) == "Layer"
    assert sorted(layer.name for group in groups.values() for layer in group) == sorted(LAYERS.names())
