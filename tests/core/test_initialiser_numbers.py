"""How initialisers spread their values, against the formulas; and weights that come from a file."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch

from nnviz.core.datasets.circles import Circles
from nnviz.core.export.script import script_source
from nnviz.core.initialisers.base import InitialiserSpec
from nnviz.core.initialisers.from_trained_file import FromTrainedFile
from nnviz.core.initialisers.he import He
from nnviz.core.initialisers.normal import Normal
from nnviz.core.initialisers.orthogonal import Orthogonal
from nnviz.core.initialisers.xavier import Xavier
from nnviz.core.initialisers.zeros import Zeros
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.relu import ReLU
from nnviz.core.network import NetworkError, NetworkSpec
from nnviz.core.project import ProjectFile, save_project
from nnviz.core.reader import DigitReader
from nnviz.core.shape import Shape
from nnviz.core.training.checkpoint import weights_of
from nnviz.core.training.spec import TrainingSpec

INPUTS, OUTPUTS = 300, 200


def _fill(initialiser: InitialiserSpec, name: str = "weight", *shape: int) -> torch.Tensor:
    torch.manual_seed(3)
    layer = torch.nn.Module()
    tensor = torch.nn.Parameter(torch.full(shape or (OUTPUTS, INPUTS), 7.0))
    layer.register_parameter(name, tensor)
    call = initialiser.torch_call(f"layer.{name}")
    assert call is not None
    call.evaluate(layer=layer)
    return tensor.detach()


@pytest.mark.parametrize(
    ("initialiser", "deviation"),
    [
        (Normal(standard_deviation=0.3), 0.3),
        (Xavier(distribution="normal"), math.sqrt(2 / (INPUTS + OUTPUTS))),
        (Xavier(distribution="uniform"), math.sqrt(2 / (INPUTS + OUTPUTS))),
        (Xavier(distribution="normal", gain=3), 3 * math.sqrt(2 / (INPUTS + OUTPUTS))),
        (He(), math.sqrt(2 / INPUTS)),
        (He(distribution="uniform"), math.sqrt(2 / INPUTS)),
        (He(keeps="gradients"), math.sqrt(2 / OUTPUTS)),
    ],
    ids=str,
)
def test_spread(initialiser: InitialiserSpec, deviation: float) -> None:
    values = _fill(initialiser)
    # 60,000 values: the sample's deviation is within 0.3 % of the true one, its mean within 0.4 % of it.
    assert float(values.std()) == pytest.approx(deviation, rel=0.02)
    assert abs(float(values.mean())) < 0.02 * deviation


def test_uniform_noise_has_limits() -> None:
    values = _fill(Xavier(distribution="uniform"))
    limit = math.sqrt(6 / (INPUTS + OUTPUTS))
    assert 0.99 * limit < float(values.abs().max()) <= limit


def test_the_inputs_of_a_filter_are_its_whole_kernel() -> None:
    values = _fill(He(), "weight", 64, 16, 5, 5)
    assert float(values.std()) == pytest.approx(math.sqrt(2 / (16 * 5 * 5)), rel=0.03)


def test_orthogonal_directions() -> None:
    values = _fill(Orthogonal(gain=2.0)).double()
    torch.testing.assert_close(values @ values.T, 4 * torch.eye(OUTPUTS, dtype=torch.float64), atol=1e-4, rtol=0)


@pytest.mark.parametrize("initialiser", [Zeros(), Xavier(), He(), Orthogonal()], ids=lambda spec: spec.title)
def test_biases_start_at_zero(initialiser: InitialiserSpec) -> None:
    assert (_fill(initialiser, "bias", 20) == 0).all()


# From a trained file

LAYERS = (Conv2d(filters=4, kernel_size=3), ReLU(), Conv2d(filters=4, kernel_size=3))
NETWORK = NetworkSpec(input_shape=Shape((4, 6, 6)), layers=LAYERS)


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    path = tmp_path / "trained.nnviz"
    save_project(path, ProjectFile("Trained", NETWORK, Circles(), TrainingSpec(), weights_of(NETWORK.build(seed=5))))
    return path


def _started(path: Path | str, layer: str = "", filters: int = 4, side: int = 3) -> NetworkSpec:
    start = FromTrainedFile(path=str(path), layer=layer)
    conv = Conv2d(filters=filters, kernel_size=side, weight_initialiser=start, bias_initialiser=start)
    return NetworkSpec(input_shape=Shape((4, 6, 6)), layers=(conv,))


@pytest.mark.parametrize(("layer", "expected"), [("", 0), ("conv2d_1", 0), ("conv2d_2", 2)])
def test_a_layer_starts_with_what_another_has_learned(trained: Path, layer: str, expected: int) -> None:
    model, source = _started(trained, layer).build(seed=9), NETWORK.build(seed=5)
    assert torch.equal(model[0].weight, source[expected].weight)
    assert torch.equal(model[0].bias, source[expected].bias)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"path": ""}, "Choose the project file"),
        ({"path": "nowhere.nnviz"}, "nowhere.nnviz cannot be read: No such file or directory."),
        ({"layer": "dense_1"}, "has no layer 'dense_1' with a weight; it has conv2d_1, conv2d_2."),
        ({"filters": 5}, "has no weight of 5x4x3x3, which this layer needs; it has 4x4x3x3, 4x4x3x3."),
        ({"layer": "conv2d_2", "side": 5}, "has no weight of 4x4x5x5, which this layer needs; it has 4x4x3x3."),
    ],
)
def test_a_file_that_does_not_help_is_told(trained: Path, arguments: dict[str, object], words: str) -> None:
    network = _started(**({"path": trained} | arguments))  # type: ignore[arg-type]
    with pytest.raises(NetworkError) as told:
        network.build()
    assert str(told.value).startswith("Convolution: ")
    assert words in str(told.value)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04damaged"])
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged.nnviz"
    path.write_bytes(content)
    with pytest.raises(NetworkError, match="is no nnviz project, or it is damaged"):
        _started(path).build()


def test_a_network_that_was_trained_since_needs_the_file_no_more(tmp_path: Path) -> None:
    from nnviz.core.presets.logistic_regression import LogisticRegression as Preset

    start = FromTrainedFile(path=str(tmp_path / "gone.nnviz"))
    first, *rest = Preset.network.layers
    network = Preset.network.replace(layers=(first, rest[0].replace(weight_initialiser=start), *rest[1:]))
    weights = {name: np.zeros_like(array) for name, array in weights_of(Preset.network.build()).items()}
    reader = DigitReader(ProjectFile("Kept", network, Preset.dataset, Preset.training, weights))
    np.testing.assert_allclose(reader.predictor.probabilities(np.zeros((1, 1, 28, 28), np.float32)), 0.1)


def test_an_exported_script_brings_the_class_that_reads(trained: Path) -> None:
    start = FromTrainedFile(path=str(trained))
    layers = (Dense(units=2, weight_initialiser=start),)
    source = script_source("Copy", NetworkSpec(input_shape=Shape((2,)), layers=layers), Circles(), TrainingSpec())
    for part in ("class CopyFromFile:", "import json\n", "import struct\n", "import zipfile\n", "CopyFromFile("):
        assert part in source
    assert "nnviz.core" not in source
