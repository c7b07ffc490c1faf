"""The trainer: one batch per step, and nothing that waits for a device or a screen in between."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import Dataset, Split
from nnviz.core.network import NetworkSpec
from nnviz.core.snapshot import History
from nnviz.core.training.asked import asked, asks_everywhere
from nnviz.core.training.denormals import flush_denormals
from nnviz.core.training.device import AUTO, choose_device, keep_all_digits
from nnviz.core.training.memory_needed import check_memory
from nnviz.core.training.metrics import Evaluation, correct
from nnviz.core.training.problems import TrainingError, problems
from nnviz.core.training.spec import TrainingSpec

if TYPE_CHECKING:
    import torch

    from nnviz.core.training.contrastive import ContrastiveTrainer

EVALUATION_BATCH = 250
"""Samples per evaluated batch; small, so that a stop or a drawing need not wait long.

Elsewhere than on the CPU they are `EVALUATED_AT_ONCE` batches of the training, if that is more: to say what is to be
done takes longer there than to do it.
"""

EVALUATED_AT_ONCE = 4

CHEAP_STEP, CHEAP_STEP_ELSEWHERE = 10_000_000, 10_000_000_000
"""Multiplications of a batch below which measuring its accuracy would cost a noticeable share of the step: on the CPU,
and on another device, where only the number of operations counts below it."""

CHEAP_MEASURE_EVERY = 10


class DivergedError(TrainingError):
    """The loss is no longer a finite number.

    Attributes:
        step: The first step whose loss was not finite, counted from 1; of validation data, the step before it.
    """

    def __init__(self, step: int, learning_rate: float) -> None:
        self.step = self.diverged_at = step
        super().__init__(
            f"The loss was no longer a finite number at step {step}: the weights have grown beyond all bounds. "
            f"Try a smaller learning rate (it was {learning_rate:g}), then Reset and Train."
        )


@dataclass(frozen=True)
class Step:
    """One piece of work that is done: a trained batch, or a batch of validation data that was measured.

    Attributes:
        number: Batches trained so far.
        epoch: The pass through the training data that it belongs to, from 1.
        phase: What was done.
        samples: Samples in the batch.
        ends_epoch: Whether it was the last piece of its epoch.
    """

    number: int
    epoch: int
    phase: Literal["train", "validate"]
    samples: int
    ends_epoch: bool


@dataclass
class Best:
    """The lowest loss on validation data that a training has seen.

    Attributes:
        loss: That loss; None before the first measurement.
        step: The step after which it was measured.
        waited: Measurements in a row since then, none of which was lower.
        weights: Parameters and buffers of that moment by name, if the best ones are to be kept; else empty.
        is_back: Whether the model holds these weights again.
    """

    loss: float | None = None
    step: int = 0
    waited: int = 0
    weights: dict[str, torch.Tensor] = field(default_factory=dict)
    is_back: bool = False


class Trainer:
    """Trains one network on one data set, a batch at a time.

    Belongs to one thread. The same specs and seed on the same machine give the same weights, bit for bit on the CPU.

    Attributes:
        model: The model that is trained.
        step: Batches trained so far.
        began: Step behind which the phase of the training that is under way began; 0 where there is only one.
        total_steps: Batches of the whole training, if it does not stop early.
        best: The lowest validation loss so far, and what goes with it.
        validated_at: Step after which validation data was measured last; 0 if it never was.
        device: Name of the device that computes.
        keeps_weights: Whether every step keeps the weights from before it in `previous`.
        previous: Parameters by name from before step `previous_step`; empty if no step has kept them.
        previous_step: The step that has changed them.

    Args:
        network: The network.
        training: How it learns.
        data: What it learns from.
        device: Name of a device, or "auto".
        model: A model that was built from `network` before, to train on; built anew by default.

    Raises:
        NnvizError: If the network, the data and the training do not fit each other, or there is no such device.
    """

    def __init__(
        self,
        network: NetworkSpec,
        training: TrainingSpec,
        data: Dataset,
        device: str = AUTO,
        model: torch.nn.Sequential | None = None,
    ) -> None:
        import torch

        from nnviz.core.training.training_pass import TrainingPass
        from nnviz.core.training.training_update import TrainingUpdate

        flush_denormals()
        check_fit(network, training, data)
        self.network = network
        self.training = training
        self.task = data.spec.task
        self.device = choose_device(device)
        keep_all_digits(self.device)
        if self.device == "cpu":
            check_memory(network, training, len(data.train))
        self.step = 0
        self.began = 0
        self.validated_at = 0
        self.keeps_weights = False
        self.previous: dict[str, torch.Tensor] = {}
        self.previous_step = 0
        self._keep_once = False
        with _enough_memory(self.device, training):
            built = network.build(training.seed)
            self.model = (built if model is None else model).to(self.device)
            self._train = self._to_device(data.train)
            self._validation = self._to_device(data.validation)
        self._chunk = EVALUATION_BATCH
        if self.device != "cpu":
            self._chunk = max(EVALUATION_BATCH, EVALUATED_AT_ONCE * training.batch_size)
        self._images = network.input_shape.is_image
        self._every_step = data.spec.output_shape.is_sequence
        # Elsewhere than on the CPU a look at the batch itself would wait for the device.
        elsewhere = self.device != "cpu" and network.input_shape.is_sequence
        self._never_padded = elsewhere and not np.isnan(data.train.x).any()
        self._always_asked = elsewhere and self._every_step and asks_everywhere(data.train.y)
        if self._images:
            self.model = self.model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        augmentation = training.augmentation.torch_call(network.input_shape)
        self._augment = augmentation.evaluate() if augmentation else None
        self.loss = training.loss.torch_call(data.spec.task).evaluate()
        self._batches = training.batches(len(data.train))
        self.total_steps = training.total_steps(len(data.train))
        self.optimiser: torch.optim.Optimizer = training.optimiser.torch_call("model.parameters()").evaluate(
            model=self.model
        )
        captures = self.device == "cpu"
        self._pass = TrainingPass(captures=captures)
        self._update = TrainingUpdate(captures=captures)
        rate = training.optimiser.learning_rate
        schedule = training.schedule.torch_call("optimiser", rate, self.total_steps)
        self.schedule = schedule.evaluate(optimiser=self.optimiser) if schedule else None
        self._before_step = self._regularisers("before_step")
        self._after_step = self._regularisers("after_step")
        self.best = Best()
        self._shuffler = torch.Generator().manual_seed(training.seed)
        self._order_seed_state = self._shuffler.get_state()
        self._order: torch.Tensor | None = None
        limit = CHEAP_STEP if self.device == "cpu" else CHEAP_STEP_ELSEWHERE
        cheap = network.operations() * training.batch_size < limit
        self._measure_every = CHEAP_MEASURE_EVERY if cheap else 1
        self._diverged_at: int | None = None
        self._measured: list[tuple[int, torch.Tensor, torch.Tensor | None, int]] = []
        self._evaluations: list[tuple[int, Evaluation]] = []
        self._rate = math.nan
        self._rates: list[tuple[int, float]] = []

    @property
    def contrastive(self) -> ContrastiveTrainer | None:
        """This trainer, if it trains RBMs by contrastive divergence."""
        return None

    @property
    def clipping(self) -> tuple[float, float] | None:
        """Norm of the last batch's whole gradient before it was clipped, NaN if there was none, and the limit.

        None if the gradient is not clipped by its norm. A device is waited for.
        """
        for regularise in self._before_step:
            if hasattr(regularise, "norm"):
                return float(regularise.norm), float(getattr(regularise, "limit"))  # noqa: B009 (no protocol says so)
        return None

    @property
    def steps_per_epoch(self) -> int:
        """Number of batches that hold every training sample once."""
        return len(self._batches)

    @property
    def epoch(self) -> int:
        """The pass through the training data that is under way or was finished last, from 1."""
        return max(0, self.step - 1) // self.steps_per_epoch + 1

    @property
    def total_epochs(self) -> int:
        """Passes through the training data of the whole training; the last one may be a part."""
        return math.ceil(self.total_steps / self.steps_per_epoch)

    @property
    def stopped_early(self) -> bool:
        """Whether validation loss has not fallen for as many measurements as early stopping waits for."""
        return 0 < self.training.early_stopping <= self.best.waited

    @property
    def finished(self) -> bool:
        """Whether all steps are done, or training stopped early."""
        return self.step >= self.total_steps or self.stopped_early

    @property
    def weights_step(self) -> int:
        """The step whose weights the model holds: the last one, unless the best ones were put back."""
        return self.best.step if self.best.is_back else self.step

    @property
    def ended_because(self) -> str:
        """Why training ended before its last step, or with the weights of another; empty if neither is so."""
        sentences = []
        if self.stopped_early:
            patience = self.training.early_stopping
            measurements = "1 measurement" if patience == 1 else f"{patience:,} measurements"
            sentences.append(
                f"Stopped early after step {self.step:,}: the validation loss has not fallen for {measurements}."
            )
        if self.best.is_back:
            sentences.append(f"The weights of step {self.best.step:,}, with the lowest validation loss, are back.")
        return " ".join(sentences)

    @property
    def validation_is_due(self) -> bool:
        """Whether validation data is to be measured before the next batch is trained, or the rest of it."""
        every = self.training.validate_every or self.steps_per_epoch
        done = self.step - self.began
        ends_epoch = not self.training.steps and done % self.steps_per_epoch == 0
        due = done % every == 0 or ends_epoch or self.finished
        return due and self.step != self.validated_at and len(self._validation[0]) > 0

    def steps(self) -> Iterator[Step]:
        """Train, and measure validation data when it is time; yields after each batch of either.

        Can be left and begun again at any time: it goes on where the trainer stands.

        Raises:
            TrainingError: If the device has not enough memory.
        """
        with _enough_memory(self.device, self.training):
            while True:
                # First: an earlier iterator may have been left while it was measuring.
                if self.validation_is_due:
                    yield from self._validate()
                elif self.finished:
                    return
                else:
                    yield self._train_batch()

    def evaluate(self, split: Split) -> Evaluation:
        """Mean loss and accuracy on `split`, with dropout switched off."""
        with _enough_memory(self.device, self.training):
            chunks = self._evaluation(self._to_device(split))
            while True:
                try:
                    next(chunks)
                except StopIteration as end:
                    result: Evaluation = end.value
                    return result

    def take_history(self) -> History:
        """The curves since the last call. This is where a device is waited for.

        A loss that is not finite, of a batch or of validation data, ends the stretch; `check_finite` then says so.
        """
        import torch

        measured, self._measured = self._measured, []
        evaluations, self._evaluations = self._evaluations, []
        rates, self._rates = self._rates, []
        if not measured and not evaluations:
            return History()
        steps = np.array([number for number, *_ in measured], np.int64)
        losses = torch.stack([loss for _, loss, _, _ in measured]).float().cpu().numpy() if measured else np.empty(0)
        accuracy = np.full(len(measured), np.nan, np.float32)
        known = [(i, right, answers) for i, (_, _, right, answers) in enumerate(measured) if right is not None]
        if known:
            rights = torch.stack([right for _, right, _ in known]).cpu().numpy()
            accuracy[[i for i, _, _ in known]] = rights / np.array([answers for _, _, answers in known])
        bad = [int(steps[i]) for i in np.flatnonzero(~np.isfinite(losses))[:1]]
        # The last step of all has no batch behind it that would tell.
        bad += [number for number, evaluation in evaluations if not math.isfinite(evaluation.loss)]
        if bad:
            self._diverged_at = min(bad)
            count = int(np.searchsorted(steps, self._diverged_at))
            steps, losses, accuracy = steps[:count], losses[:count], accuracy[:count]
            evaluations = [(number, evaluation) for number, evaluation in evaluations if number < self._diverged_at]
            rates = [(number, rate) for number, rate in rates if number < self._diverged_at]
        return History(
            steps,
            losses.astype(np.float32),
            accuracy,
            np.array([number for number, _ in evaluations], np.int64),
            np.array([evaluation.loss for _, evaluation in evaluations], np.float32),
            np.array([evaluation.accuracy for _, evaluation in evaluations], np.float32),
            np.array([number for number, _ in rates], np.int64),
            np.array([rate for _, rate in rates], np.float32),
        )

    def check_finite(self) -> None:
        """Stop a training that went wrong; to be called after `take_history`.

        Raises:
            DivergedError: If a loss was NaN or infinite.
        """
        if self._diverged_at is not None:
            raise DivergedError(self._diverged_at, self.training.optimiser.learning_rate)

    def keep_weights_before_step(self) -> None:
        """Let the next step keep the weights from before it, so that what it changes can be seen."""
        self._keep_once = True

    def shuffler_state(self) -> torch.Tensor:
        """State of the generator that shuffled, from before the order of the current epoch was drawn."""
        at_start = (self.step - self.began) % self.steps_per_epoch == 0
        return self._shuffler.get_state() if at_start else self._order_seed_state

    def extra_state(self) -> dict[str, torch.Tensor]:
        """What else a training needs to go on, by name: nothing, unless a kind of training says otherwise."""
        return {}

    def restore_extra(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Take back what `extra_state` gave; to be called behind `go_to`.

        Raises:
            ValueError: If it does not fit.
        """

    def go_to(self, step: int, shuffler_state: torch.Tensor, validated_at: int) -> None:
        """Stand behind batch number `step`, whose epoch's order was drawn from `shuffler_state`."""
        self.step = step
        self.validated_at = validated_at
        self._shuffler.set_state(shuffler_state)
        self._order_seed_state = shuffler_state
        self._order = None

    def _train_batch(self) -> Step:
        position, first, behind = self._next_batch()
        assert self._order is not None
        x, y = self._train
        indices = self._order[first:behind]
        batch_x, batch_y = x[indices], y[indices]
        if self._augment is not None:
            batch_x = self._augment(batch_x)
        if self._images:
            batch_x = self._channels_last(batch_x)
        if not self.model.training:
            self.model.train()
        if self._every_step or self._never_padded:
            self.optimiser.zero_grad(set_to_none=True)
            outputs, batch_y = self._read(batch_x, batch_y)
            loss = self.loss(outputs, batch_y)
            loss.backward()
        else:
            loss, outputs = self._pass(self.model, self.loss, batch_x, batch_y)
        for regularise in self._before_step:
            regularise()
        if self.keeps_weights or self._keep_once:
            self._keep_weights()
        self._update(self.optimiser)
        for regularise in self._after_step:
            regularise()
        rate = self.optimiser.param_groups[0]["lr"]
        if rate != self._rate:
            self._rate = rate
            self._rates.append((self.step + 1, rate))
        if self.schedule is not None:
            self.schedule.step()
        self.step += 1
        self._measure(loss, outputs, batch_y, len(batch_y))
        ends_epoch = position + 1 == self.steps_per_epoch and not self.validation_is_due
        return Step(self.step, self.epoch, "train", behind - first, ends_epoch)

    def _read(self, x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Outputs and targets of a batch of sequences, of all steps that are asked about one behind another."""
        from torch import nn

        outputs: torch.Tensor
        # The container's own way looks for padding, and else does the same.
        outputs = nn.Sequential.forward(self.model, x) if self._never_padded else self.model(x)  # type: ignore[no-untyped-call]
        if not self._every_step:
            return outputs, y
        return (outputs.flatten(0, 1), y.flatten(0, 1)) if self._always_asked else asked(outputs, y)

    def _keep_weights(self) -> None:
        import torch

        self._keep_once = False
        self.previous_step = self.step + 1
        with torch.no_grad():
            if not self.previous:
                self.previous = {name: tensor.clone() for name, tensor in self.model.named_parameters()}
                return
            # In place: allocating would take longer than copying. All at once: another device is told of it once.
            torch._foreach_copy_(list(self.previous.values()), list(self.model.parameters()))

    def _next_batch(self) -> tuple[int, int, int]:
        """Number of the next batch in its epoch, its first place in the epoch's order and the one behind its last."""
        position = (self.step - self.began) % self.steps_per_epoch
        if position == 0 or self._order is None:
            self._shuffle(new_epoch=position == 0)
        return position, *self._batches[position]

    def _measure(self, loss: torch.Tensor, outputs: torch.Tensor, targets: torch.Tensor, answers: int) -> None:
        right = None
        if self.step % self._measure_every == 0 or self.step == 1:
            right = correct(outputs.detach(), targets, self.task)
        self._measured.append((self.step, loss.detach(), right, answers))

    def _shuffle(self, *, new_epoch: bool) -> None:
        import torch

        if new_epoch:
            self._order_seed_state = self._shuffler.get_state()
        else:
            self._shuffler.set_state(self._order_seed_state)
        self._order = torch.randperm(len(self._train[0]), generator=self._shuffler).to(self.device)

    def _validate(self) -> Iterator[Step]:
        number, epoch = self.step, self.epoch
        chunks = self._validation_chunks()
        ends_epoch = (self.step - self.began) % self.steps_per_epoch == 0
        while True:
            try:
                samples = next(chunks)
            except StopIteration as end:
                self._evaluations.append((number, end.value))
                self.validated_at = number
                self._compare(end.value.loss)
                break
            yield Step(number, epoch, "validate", samples, ends_epoch=False)
        yield Step(number, epoch, "validate", 0, ends_epoch)

    def _validation_chunks(self) -> Any:
        return self._evaluation(self._validation)

    def _compare(self, loss: float) -> None:
        """Remember a measurement that is the best so far, and put the best weights back after the last one."""
        best = self.best
        best.is_back = False
        # A loss that is no finite number is not lower than anything.
        if math.isfinite(loss) and (best.loss is None or loss < best.loss):
            best.loss, best.step, best.waited = loss, self.step, 0
            if self.training.keep_best:
                best.weights = {name: tensor.detach().clone() for name, tensor in self.model.state_dict().items()}
        else:
            best.waited += 1
        if self.finished and best.weights and best.step != self.step:
            for name, tensor in self.model.state_dict().items():
                tensor.copy_(best.weights[name])
            best.is_back = True

    def _regularisers(self, when: Literal["before_step", "after_step"]) -> list[Callable[[], None]]:
        calls = [spec.torch_call("model", "optimiser") for spec in self.training.regularisers if spec.when == when]
        return [call.evaluate(model=self.model, optimiser=self.optimiser) for call in calls]

    def _evaluation(self, data: tuple[torch.Tensor, torch.Tensor]) -> Any:
        import torch

        x, y = data
        losses, rights = [], []
        answers = 0
        for first in range(0, len(x), self._chunk):
            batch_x, batch_y = x[first : first + self._chunk], y[first : first + self._chunk]
            if self._images:
                batch_x = self._channels_last(batch_x)
            if self.model.training:
                self.model.eval()
            with torch.no_grad():
                outputs = self.model(batch_x)
                if self._every_step:
                    outputs, batch_y = asked(outputs, batch_y)
                losses.append(self.loss(outputs, batch_y) * len(batch_y))
                right = correct(outputs, batch_y, self.task)
            if right is not None:
                rights.append(right)
            answers += len(batch_y)
            yield len(batch_x)
        loss = float(torch.stack(losses).sum()) / answers if losses else math.nan
        accuracy = float(torch.stack(rights).sum()) / answers if rights else math.nan
        return Evaluation(loss, accuracy, len(x))

    def _to_device(self, split: Split) -> tuple[torch.Tensor, torch.Tensor]:
        import torch

        return torch.from_numpy(split.x).to(self.device), torch.from_numpy(split.y).to(self.device)

    @staticmethod
    def _channels_last(batch: torch.Tensor) -> torch.Tensor:
        import torch

        return batch.contiguous(memory_format=torch.channels_last)


@contextmanager
def _enough_memory(device: str, training: TrainingSpec) -> Iterator[None]:
    """Within it, a device whose memory is full is a `TrainingError`."""
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        # CUDA and MPS: "out of memory"; the CPU: "can't allocate memory", "not enough memory".
        full = any(words in str(error).lower() for words in ("out of memory", "allocate memory", "enough memory"))
        if not full and not isinstance(error, MemoryError):
            raise
        raise TrainingError(
            f"There is not enough memory on {device} for batches of {training.batch_size}: "
            "choose a smaller batch size or a smaller network."
        ) from error


def check_fit(network: NetworkSpec, training: TrainingSpec, data: Dataset) -> None:
    """Make sure that network, training and data belong together.

    Raises:
        NnvizError: If they do not; the sentence says what to change.
    """
    spec = data.spec
    found = problems(network, training, spec)
    if found:
        raise found[0]
    training.augmentation.torch_call(network.input_shape)
    if not len(data.train):
        raise TrainingError(f"{spec.title} has no training samples.")
    if (training.early_stopping or training.keep_best) and not len(data.validation):
        wish = "Early stopping" if training.early_stopping else "Keep best"
        raise TrainingError(
            f"{wish} goes by the loss on validation data, and {spec.title} has none: switch it off, or split some off."
        )
    alone = training.batch_size == 1 or len(data.train) == 1
    for trace in network.trace():
        norm_of_vectors = (
            trace.layer.name == "batch_norm" and trace.arrives and trace.arrives.size == trace.arrives.dims[0]
        )
        if alone and norm_of_vectors:
            raise TrainingError("Batch norm needs at least two samples per batch: choose a batch size of 2 or more.")
