"""ONNX files are run by onnxruntime, which is no part of torch, and answer as the built model does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from nnviz.core.export import onnx as exporter
from nnviz.core.export.onnx import write_onnx
from nnviz.core.export.writing import ExportError
from nnviz.core.layers import LAYERS, LayerSpec
from nnviz.core.layers.batch_norm import BatchNorm
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.layers.flatten import Flatten
from nnviz.core.layers.max_pool2d import MaxPool2d
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape, ShapeError
from nnviz.core.training.checkpoint import weights_of

onnxruntime = pytest.importorskip("onnxruntime", reason='pip install "nnviz[onnx]" brings it')

SMALL_CNN = NetworkSpec(
    input_shape=Shape((1, 8, 8)),
    layers=(Conv2d(filters=3), BatchNorm(), ReLU(), MaxPool2d(), Dropout(), Flatten(), Dense(units=10)),
)


def built(network: NetworkSpec) -> torch.nn.Sequential:
    """The model with parameters and running averages that are nowhere 0 or 1, so that none can be left out unseen."""
    model = network.build(seed=0)
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for tensor in model.state_dict().values():
            if tensor.is_floating_point():
                tensor.copy_(torch.rand(tensor.shape, generator=generator) + 0.1)
    return model


def session_of(path: Path) -> Any:
    return onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])


def check(network: NetworkSpec, path: Path) -> None:
    model = built(network)
    write_onnx(path, "Network", network, weights_of(model))
    session = session_of(path)
    model.eval()
    for samples in (1, 5):
        x = np.random.default_rng(samples).normal(size=(samples, *network.input_shape)).astype(np.float32)
        (found,) = session.run(["output"], {"input": x})
        expected = model(torch.from_numpy(x)).detach().numpy()
        assert found.shape == expected.shape
        assert np.abs(found - expected).max() <= 1e-5 * max(1, np.abs(expected).max())


@pytest.mark.parametrize("cls", LAYERS, ids=lambda cls: cls.name)
def test_every_layer(cls: type[LayerSpec], tmp_path: Path) -> None:
    layer = cls()
    shape = next(
        shape for shape in (Shape((4, 6, 7)), Shape((12,)), Shape((6, 3)), Shape((6, 1))) if _takes(layer, shape)
    )
    check(NetworkSpec(input_shape=shape, layers=(layer,)), tmp_path / "net.onnx")


def _takes(layer: LayerSpec, shape: Shape) -> bool:
    try:
        layer.output_shape(shape)
    except ShapeError:
        return False
    return True


def test_batch_norm_of_vectors_and_padding_on_one_side(tmp_path: Path) -> None:
    layers = (Conv2d(filters=2, kernel_size=4), Flatten(), BatchNorm())
    check(NetworkSpec(input_shape=Shape((1, 5, 5)), layers=layers), tmp_path / "net.onnx")


def test_a_network_with_names_of_its_classes(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    check(SMALL_CNN, path)
    names = tuple("abcdefghij")
    weights = weights_of(built(SMALL_CNN))
    before = torch.get_rng_state()
    write_onnx(path, "Letters", SMALL_CNN, weights, names)
    # A training in the same process goes on with the random numbers that it would have had.
    assert torch.equal(torch.get_rng_state(), before)
    session = session_of(path)
    metadata = session.get_modelmeta()
    assert metadata.producer_name == "nnviz"
    assert metadata.graph_name == "Letters"
    assert metadata.custom_metadata_map["classes"].split("\n") == list(names)
    (given,) = session.get_inputs()
    assert given.shape[1:] == [1, 8, 8]
    assert isinstance(given.shape[0], str)


def test_what_was_never_trained_has_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(
        ExportError, match=r"^Small CNN was never trained, so there are no weights to export: train it f"
    ):
        write_onnx(tmp_path / "net.onnx", "Small CNN", SMALL_CNN, {})
    assert list(tmp_path.iterdir()) == []


def test_missing_packages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert exporter.missing_packages() == ""
    monkeypatch.setattr(exporter, "PACKAGES", ("onnx", "package_that_is_not_there"))
    expected = r'^Writing ONNX files needs package_that_is_not_there: install them with pip install "nnviz\[onnx\]"\.$'
    with pytest.raises(ExportError, match=expected):
        write_onnx(tmp_path / "net.onnx", "Net", SMALL_CNN, weights_of(built(SMALL_CNN)))
