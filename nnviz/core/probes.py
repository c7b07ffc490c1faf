"""What a live view may ask of a model. Everything it gets is a copy in numpy; nothing it does changes the training."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import Dataset, Split
from nnviz.core.measures.norm import norm_of_all
from nnviz.core.one_thread import briefly_alone
from nnviz.core.predictor import Predictor
from nnviz.core.sequence_network import applied, prepared, through
from nnviz.core.snapshot import read_only
from nnviz.core.stepping import Stepper
from nnviz.core.training.asked import asked

if TYPE_CHECKING:
    import torch

    from nnviz.core.network import NetworkSpec
    from nnviz.core.training.trainer import Trainer

_Answer = TypeVar("_Answer")

SHARED_SAMPLES = 128
"""Samples that go through the network for all views together."""


@dataclass(frozen=True)
class Norms:
    """How large a layer's weights are, and what happens to them.

    Attributes:
        size: Number of the weights, biases not counted.
        weight: Norm of the weights.
        gradient: Norm of the last batch's gradient; NaN before the first step.
        update: Norm of what the last step added; NaN if it was not kept.
    """

    size: int
    weight: float
    gradient: float
    update: float


@dataclass(frozen=True)
class Learned:
    """One learned tensor of a layer, as the training has it: it holds something else after the next step.

    Attributes:
        name: "weight", "bias", "weight_hh_l0" ...
        value: What was learned so far.
        gradient: Gradient of the last batch's loss, or None before the first step.
        previous: What it was before the last step, or None if that was not kept.
    """

    name: str
    value: torch.Tensor
    gradient: torch.Tensor | None
    previous: torch.Tensor | None

    @property
    def update(self) -> torch.Tensor | None:
        """What the last step added."""
        return None if self.previous is None else self.value - self.previous


class Probe(Protocol):
    """A function that reads a model through a `ProbeContext`; it runs on the thread that trains."""

    def __call__(self, context: ProbeContext, /) -> Mapping[str, NDArray[Any]]:
        """Arrays by name for the view's next drawing; the fewer bytes, the better."""
        ...


@dataclass(frozen=True)
class PacedProbe:
    """A probe whose answers nobody could follow if they came as often as they can.

    Attributes:
        probe: The probe.
        least_s: Seconds between two questions to it, about.
    """

    probe: Probe
    least_s: float

    def __call__(self, context: ProbeContext, /) -> Mapping[str, NDArray[Any]]:
        """The probe's answer."""
        return self.probe(context)


class ProbeContext:
    """One moment of a training, to be asked for numbers.

    Answers that several views want are computed once per moment. Belongs to the thread of its trainer, and is only
    valid between two steps.

    Attributes:
        step: Batches trained so far.
        network: Description of the network.
        data: The data set that it learns from.
        contrastive: The trainer of its RBMs, for functions of `nnviz.core.rbm.seen`; None if it has none.
        shared_s: Seconds that went into answers for all views, so far. They are nobody's own.
    """

    def __init__(self, trainer: Trainer, data: Dataset) -> None:
        self.step = trainer.step
        self.network: NetworkSpec = trainer.network
        self.data = data
        self.contrastive = trainer.contrastive
        self._trainer = trainer
        self._model = trainer.model
        self._device = trainer.device
        self._previous = trainer.previous
        self._previous_step = trainer.previous_step
        self._loss = trainer.training.loss
        self._answers: dict[Hashable, Any] = {}
        self.shared_s = 0.0

    def once(self, key: Hashable, make: Callable[[], _Answer]) -> _Answer:
        """What `make` returns, which is called only once per moment, however many views ask with this key."""
        if key not in self._answers:
            began, before = time.perf_counter(), self.shared_s
            self._answers[key] = make()
            # Not the sum: one shared answer may have asked for another one.
            self.shared_s = before + time.perf_counter() - began
        answer: _Answer = self._answers[key]
        return answer

    @cached_property
    def layer_names(self) -> list[str]:
        """Names of the layers that take part, from input to output: "conv2d_1", "relu_1"."""
        return [trace.name for trace in self.network.trace() if trace.layer.enabled]

    def parameters(self, layer: str) -> dict[str, NDArray[Any]]:
        """Learned tensors of a layer by name ("weight", "bias"); empty if it has none.

        Raises:
            KeyError: If there is no such layer.
        """
        return {learned.name: _array(learned.value) for learned in self.learned(layer)}

    def learned(self, layer: str) -> list[Learned]:
        """The same with gradients, where the training has them.

        Copies of large layers would take longer than what is computed from them.

        Raises:
            KeyError: If there is no such layer.
        """
        kept = self._previous if self._previous_step == self.step else {}
        return [
            Learned(name, tensor.detach(), tensor.grad, kept.get(path)) for path, (name, tensor) in self._paths[layer]
        ]

    def norms(self, layer: str) -> Norms | None:
        """Norms of a layer's weights; None if it has none that join its inputs to its outputs.

        Computed where the weights are: it takes a fraction of the time that copies take.

        Raises:
            KeyError: If there is no such layer.
        """
        # A recurrent layer has several: those of its inputs, and those of its own hidden state.
        matrices = [learned for learned in self.learned(layer) if is_weight(learned.name) and learned.value.ndim >= 2]
        if not matrices:
            return None
        return Norms(
            sum(learned.value.numel() for learned in matrices),
            norm_of_all([learned.value for learned in matrices]),
            norm_of_all([learned.gradient for learned in matrices if learned.gradient is not None]),
            norm_of_all([update for update in (learned.update for learned in matrices) if update is not None]),
        )

    @property
    def clipping(self) -> tuple[float, float] | None:
        """Norm of the last batch's whole gradient before it was clipped, and the limit; None if it is not clipped."""
        return self._trainer.clipping

    @property
    def split(self) -> Split:
        """The samples that views look at: the validation data, or the test data where there is none."""
        return next((s for s in (self.data.validation, self.data.test) if len(s)), self.data.train)

    @cached_property
    def samples(self) -> Split:
        """The first of them."""
        split = self.split
        return Split(split.x[:SHARED_SAMPLES], split.y[:SHARED_SAMPLES])

    def seen(self, layer: str, most: int = SHARED_SAMPLES, *, lent: bool = False) -> NDArray[Any]:
        """Outputs of one layer for `samples`, in evaluation mode, (N, *output shape).

        The samples go through the network once, however many views ask.

        Args:
            layer: Name of the layer.
            most: Only the first ones: copies of large feature maps cost time.
            lent: Whether to get the outputs themselves in place of copies; what is kept of them keeps all of them.

        Raises:
            KeyError: If there is no such layer.
        """
        return _array(self._seen[layer][:most], lent=lent)

    @cached_property
    def _seen(self) -> dict[str, torch.Tensor]:
        import torch

        result: dict[str, torch.Tensor] = {}
        began = time.perf_counter()
        with self._evaluating(), torch.no_grad():
            value = torch.from_numpy(np.array(self.samples.x, np.float32, order="C")).to(self._device)
            if value.ndim == 4:
                # As in training: else each convolution turns everything round first.
                value = value.contiguous(memory_format=torch.channels_last)
            result.update(through(self._model, value))
        self.shared_s += time.perf_counter() - began
        return result

    def probabilities(self, most: int = SHARED_SAMPLES) -> NDArray[np.float64]:
        """Probabilities of the classes for the first `most` samples of `split`, (N, classes), in evaluation mode.

        Raises:
            PredictionError: If the network predicts no classes, or its weights are no finite numbers any more.
        """
        if most <= SHARED_SAMPLES:
            return self.probabilities_of(self.seen(self.layer_names[-1], most))
        x = self.split.x[:most]
        parts = [self.outputs(x[first : first + SHARED_SAMPLES]) for first in range(0, len(x), SHARED_SAMPLES)]
        return self.probabilities_of(np.concatenate(parts))

    def probabilities_of(self, outputs: NDArray[Any]) -> NDArray[np.float64]:
        """Probabilities of the classes, (N, classes), from outputs of the last layer.

        Raises:
            PredictionError: If the network predicts no classes, or its weights are no finite numbers any more.
        """
        return Predictor(self._model, self.network.input_shape, self._loss).shares(outputs)

    def activations(self, x: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
        """Outputs of every layer for samples (N, *input shape), in evaluation mode: name -> (N, *output shape)."""
        import torch

        result: dict[str, NDArray[Any]] = {}
        with self._evaluating(), torch.no_grad():
            value = torch.from_numpy(np.array(x, np.float32, order="C")).to(self._device)
            for name, output in through(self._model, value):
                result[name] = _array(output)
        return result

    def outputs(self, x: NDArray[np.float32]) -> NDArray[Any]:
        """Outputs of the last layer for samples (N, *input shape), in evaluation mode."""
        import torch

        with self._evaluating(), torch.no_grad():
            return _array(self._model(torch.from_numpy(np.array(x, np.float32, order="C")).to(self._device)))

    def arriving(self, layer: str, x: NDArray[np.float32]) -> NDArray[Any]:
        """What arrives at a layer for samples (N, *input shape), in evaluation mode; zero behind the ends of sequences.

        Raises:
            KeyError: If there is no such layer.
        """
        import torch

        with self._evaluating(), torch.no_grad():
            value, lengths = prepared(self._model, self._tensor(x))
            for name, module in self._model.named_children():
                if name == layer:
                    return _array(value)
                value = applied(module, value, lengths)
        raise KeyError(layer)

    def behind(self, layer: str, output: NDArray[Any], x: NDArray[np.float32]) -> NDArray[Any]:
        """What leaves the network for samples x, (N, *input shape), if this is what `layer` gave; evaluation mode."""
        import torch

        with self._evaluating(), torch.no_grad():
            value, lengths = self._tensor(output), prepared(self._model, self._tensor(x))[1]
            for module in self._modules_behind(layer).values():
                value = applied(module, value, lengths)
            return _array(value)

    def loss_gradients(
        self, layer: str, output: NDArray[Any], x: NDArray[np.float32], y: NDArray[Any]
    ) -> dict[str, NDArray[Any]]:
        """Gradients of the mean loss with respect to the outputs of `layer` and of all layers behind it.

        The training's own gradients stay as they are. In evaluation mode.

        Args:
            layer: Where it ends on its way back.
            output: What leaves that layer for the samples: it is not computed again.
            x: The samples, (N, *input shape).
            y: Their targets.

        Returns:
            Name of the layer -> an array of its output's shape.
        """
        import torch

        with self._evaluating(), torch.backends.cudnn.flags(enabled=False):
            # cuDNN goes back through recurrent layers in training mode only.
            value, lengths = self._tensor(output).requires_grad_(), prepared(self._model, self._tensor(x))[1]
            outputs = {layer: value}
            for name, module in self._modules_behind(layer).items():
                value = outputs[name] = applied(module, value, lengths)
            targets = torch.from_numpy(np.array(y)).to(self._device)
            if self.data.spec.output_shape.is_sequence:
                value, targets = asked(value, targets)
            loss = self._trainer.loss(value, targets)
            gradients = torch.autograd.grad(loss, list(outputs.values()), allow_unused=True)
        return {
            name: _array(torch.zeros_like(outputs[name]) if gradient is None else gradient)
            for name, gradient in zip(outputs, gradients, strict=True)
        }

    def input_gradients(
        self, layer: str, arriving: NDArray[Any], x: NDArray[np.float32], places: NDArray[np.intp]
    ) -> NDArray[Any]:
        """Gradients of single outputs of the network with respect to what arrives at a layer, of arriving's shape.

        Args:
            layer: The layer.
            arriving: What arrives there, (N, ...).
            x: The samples, (N, *input shape): they say how long each sequence is.
            places: Which output of each sample, as its place among all of its outputs, one step behind another, (N,).
        """
        import torch

        with self._evaluating(), torch.backends.cudnn.flags(enabled=False), briefly_alone():
            first, lengths = self._tensor(arriving).requires_grad_(), prepared(self._model, self._tensor(x))[1]
            value = applied(dict(self._model.named_children())[layer], first, lengths)
            for module in self._modules_behind(layer).values():
                value = applied(module, value, lengths)
            chosen = value.flatten(1).gather(1, torch.from_numpy(places)[:, None].to(self._device))
            return _array(torch.autograd.grad(chosen.sum(), first)[0])

    def _modules_behind(self, layer: str) -> dict[str, Any]:
        modules = dict(self._model.named_children())
        names = list(modules)
        return {name: modules[name] for name in names[names.index(layer) + 1 :]}

    def _tensor(self, x: NDArray[Any]) -> torch.Tensor:
        import torch

        return torch.from_numpy(np.array(x, np.float32, order="C")).to(self._device)

    @contextmanager
    def stepping(self) -> Iterator[Stepper]:
        """The network at the beginning of a sequence, to be asked step by step in evaluation mode.

        Only for networks of which `can_step()` holds.
        """
        import torch

        threads = torch.get_num_threads()
        # A single step is too little work to share: it would take ten times as long, most of it spent waiting.
        torch.set_num_threads(1)
        try:
            with self._evaluating():
                yield Stepper(self._model, self._device)
        finally:
            torch.set_num_threads(threads)

    @contextmanager
    def _evaluating(self) -> Iterator[None]:
        was_training = self._model.training
        self._model.eval()
        try:
            yield
        finally:
            self._model.train(was_training)

    @cached_property
    def _paths(self) -> dict[str, list[tuple[str, tuple[str, torch.nn.Parameter]]]]:
        # Once for all views: torch looks through all modules for each name.
        paths: dict[str, list[tuple[str, tuple[str, torch.nn.Parameter]]]]
        paths = {layer: [] for layer, _ in self._model.named_children()}
        for path, tensor in self._model.named_parameters():
            paths[path.partition(".")[0]].append((path, (path.rpartition(".")[2], tensor)))
        return paths


def is_weight(name: str) -> bool:
    """Whether a learned tensor of this name joins inputs to outputs: "weight", and "weight_hh_l0" of an LSTM."""
    return name == "weight" or name.startswith("weight_")


def _array(tensor: torch.Tensor, *, lent: bool = False) -> NDArray[Any]:
    array: NDArray[Any] = tensor.detach().cpu().numpy()
    if not lent:
        # It shares memory that the optimiser overwrites.
        return read_only(array)
    array.flags.writeable = False
    return array
