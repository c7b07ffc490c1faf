"""What is too large for this computer: a sentence that says what to do, before anything is made."""

from __future__ import annotations

import time

import pytest
import torch

from nnviz.core.datasets import DataError, LoadContext
from nnviz.core.datasets.adding_problem import AddingProblem
from nnviz.core.datasets.copy_task import CopyTask
from nnviz.core.datasets.echo import Echo
from nnviz.core.datasets.noisy_series import NoisySeries
from nnviz.core.datasets.on_off_switch import OnOffSwitch
from nnviz.core.datasets.sequences import SequencesSpec
from nnviz.core.datasets.sine_mixtures import SineMixtures
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.gru import Gru
from nnviz.core.layers.lstm import Lstm
from nnviz.core.layers.rnn import Rnn
from nnviz.core.memory import available_memory, memory_text
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import SpecError
from nnviz.core.training.losses.mean_squared_error import MeanSquaredError
from nnviz.core.training.make_trainer import make_trainer
from nnviz.core.training.memory_needed import memory_needed
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.training_error import TrainingError

MOST = 1_000_000
"""The largest number of sequences that can be asked for."""


@pytest.mark.parametrize(
    "spec",
    [
        AddingProblem(length=5_000, samples=MOST),
        CopyTask(delay=5_000, samples=MOST),
        Echo(length=5_000, samples=MOST),
        NoisySeries(length=5_000, samples=MOST),
        OnOffSwitch(length=5_000, samples=MOST),
        SineMixtures(length=5_000, ahead=100, samples=MOST),
    ],
    ids=lambda spec: spec.name,
)
def test_more_sequences_than_memory_are_refused_at_once(spec: SequencesSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    # The largest of them need some hundred gigabytes: more than most computers have, but not than all.
    monkeypatch.setattr("nnviz.core.datasets.sequences.available_memory", lambda: 16_000_000_000)
    began = time.process_time()
    with pytest.raises(DataError) as error:
        spec.load(LoadContext())
    assert time.process_time() - began < 1
    assert str(error.value).startswith(f"{spec.title}: 1,000,000 sequences of {spec.input_shape.dims[0]:,} steps need")
    assert "16.0 GB are free. Choose fewer sequences, or shorter ones." in str(error.value)


def test_what_fits_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnviz.core.datasets.sequences.available_memory", lambda: 3_000_000)
    assert len(AddingProblem(length=100, samples=100).load(LoadContext()).train) == 100
    with pytest.raises(DataError, match="need about 10 MB of memory; 3 MB are free"):
        AddingProblem(length=100, samples=1_000).load(LoadContext())


@pytest.mark.parametrize("layer", [Lstm(units=128), Gru(units=128), Rnn(units=128)])
def test_what_a_step_needs_is_at_least_what_torch_keeps(layer: Lstm | Gru | Rnn) -> None:
    network = NetworkSpec(input_shape=Shape((50, 4)), layers=(layer, Dense(units=1)))
    found: dict[int, int] = {}

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        found[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
        return tensor

    model = network.build(0).train()
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        model(torch.randn(32, 50, 4))
    kept = sum(found.values())
    # On the way back gradients of much of it come on top; nothing needs many times as much.
    assert 0.9 * kept < memory_needed(network, 32) < 6 * kept


def test_a_batch_beyond_memory_is_refused_before_the_network_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    data = AddingProblem(length=5_000, samples=64).load(LoadContext())
    layers = (Lstm(units=1024, layers=8, bidirectional=True), Dense(units=1))
    network = NetworkSpec(input_shape=Shape((5_000, 2)), layers=layers)
    training = TrainingSpec(batch_size=64, loss=MeanSquaredError())
    monkeypatch.setattr("nnviz.core.training.memory_needed.available_memory", lambda: 64_000_000_000)
    monkeypatch.setattr(NetworkSpec, "build", lambda *_: pytest.fail("it was built"))
    with pytest.raises(TrainingError) as error:
        make_trainer(network, training, data, "cpu")
    text = str(error.value)
    assert text.startswith("A step with a batch of 64 samples of 5000x2 needs about ")
    assert text.endswith("64.0 GB are free. Choose a smaller batch size, fewer units, or shorter sequences.")


@pytest.mark.parametrize("length", [0, 1, 5_001])
@pytest.mark.parametrize("kind", [AddingProblem, OnOffSwitch, SineMixtures, NoisySeries, Echo])
def test_lengths_that_make_no_sense_are_refused_with_their_range(kind: type[SequencesSpec], length: int) -> None:
    bound = "at most 5000" if length > 1 else "at least 2"
    with pytest.raises(SpecError, match=f"Length must be {bound} steps; {length} is not"):
        kind(length=length)  # type: ignore[call-arg]


@pytest.mark.parametrize("layer", [Lstm(units=3), Gru(units=3, bidirectional=True), Rnn(units=3, layers=2)])
@pytest.mark.parametrize("gives", ["last step", "every step"])
def test_a_sequence_of_one_step_is_one(layer: Lstm | Gru | Rnn, gives: str) -> None:
    network = NetworkSpec(input_shape=Shape((1, 2)), layers=(layer.replace(passes_on=gives),))
    expected = (5, 1) if gives == "every step" else (5,)
    out = network.build(0)(torch.randn(5, 1, 2))
    assert out.shape == (*expected, layer.units * layer.directions)


def test_this_computer_says_what_it_has_left() -> None:
    there = available_memory()
    assert there is None or there > 1_000_000
    assert [memory_text(size) for size in (1.5e9, 20e6)] == ["1.5 GB", "20 MB"]
