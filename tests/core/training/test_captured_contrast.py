"""A step of contrastive divergence that is played back is the one that is written."""

import pytest
import torch

from nnviz.core.rbm.learning import Gradients, contrast
from nnviz.core.rbm.machine import Machine, VisibleKind
from nnviz.core.training.captured_contrast import CAPTURE_AFTER, CapturedContrast


def _machine(kind: VisibleKind) -> Machine:
    random = torch.Generator().manual_seed(5)
    return Machine(
        torch.randn(7, 11, generator=random), torch.randn(7, generator=random), torch.randn(11, generator=random), kind
    )


@pytest.mark.parametrize("kind", ["bernoulli", "continuous", "gaussian"])
@pytest.mark.parametrize("k", [1, 3])
@pytest.mark.parametrize("persistent", [False, True])
def test_every_kind_is_captured_and_stays_the_same_to_the_last_bit(kind: VisibleKind, k: int, persistent: bool) -> None:
    machine = _machine(kind)
    chains = torch.rand(6, 11, generator=torch.Generator().manual_seed(6)).round() if persistent else None
    written = None if chains is None else chains.clone()
    captured = CapturedContrast(machine, Gradients.like(machine), k, chains, captures=True)
    expected = Gradients.like(machine)
    batches = torch.rand(CAPTURE_AFTER + 12, 6, 11, generator=torch.Generator().manual_seed(7))
    for number, v in enumerate(batches):
        torch.manual_seed(number)
        phases = captured(v)
        random = torch.get_rng_state()
        torch.manual_seed(number)
        reference = contrast(machine, v, expected, k, written)
        assert torch.equal(random, torch.get_rng_state())
        for name, tensor in vars(reference).items():
            assert torch.equal(getattr(phases, name), tensor), (number, name)
        for name, tensor in vars(expected).items():
            assert torch.equal(getattr(captured.gradients, name), tensor), (number, name)
        if chains is not None and written is not None:
            assert torch.equal(chains, written)
        # Weights that learn are the same memory with other values.
        machine.weight.mul_(0.99)
    assert captured.captured_shapes == [(6, 11)]


def test_each_shape_is_captured_by_itself_and_none_where_nobody_wants_it() -> None:
    machine = _machine("bernoulli")
    captured = CapturedContrast(machine, Gradients.like(machine), 1, None, captures=True)
    for _ in range(CAPTURE_AFTER + 1):
        captured(torch.rand(6, 11))
        captured(torch.rand(4, 11))
    captured(torch.rand(5, 11))
    assert sorted(captured.captured_shapes) == [(4, 11), (6, 11)]
    plain = CapturedContrast(machine, Gradients.like(machine), 1, None, captures=False)
    for _ in range(CAPTURE_AFTER + 5):
        plain(torch.rand(6, 11))
    assert plain.captured_shapes == []


def test_a_step_that_looks_into_its_numbers_is_never_captured(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = _machine("bernoulli")

    def looks(*arguments: object, **named: object) -> object:
        phases = contrast(*arguments, **named)  # type: ignore[arg-type]
        assert float(phases.hidden.sum()) > 0
        return phases

    monkeypatch.setattr("nnviz.core.training.captured_contrast.contrast", looks)
    captured = CapturedContrast(machine, Gradients.like(machine), 1, None, captures=True)
    for _ in range(CAPTURE_AFTER + 3):
        captured(torch.rand(6, 11))
    assert captured.captured_shapes == []
