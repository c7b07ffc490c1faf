"""The trainer of networks with RBMs: contrastive divergence, one machine after the other, then backpropagation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import Dataset, Split
from nnviz.core.layers.rbm import Rbm, VisibleKind
from nnviz.core.network import NetworkSpec
from nnviz.core.rbm.labelled import LabelledMachine, labelled_contrast
from nnviz.core.rbm.learning import Gradients, Phases, add_sparsity, bias_of_data
from nnviz.core.rbm.machine import Machine, draw_bernoulli, machine_of
from nnviz.core.snapshot import History
from nnviz.core.training.device import AUTO
from nnviz.core.training.metrics import Evaluation
from nnviz.core.training.pretraining.greedy import Greedy
from nnviz.core.training.problems import TrainingError
from nnviz.core.training.spec import TrainingSpec
from nnviz.core.training.trainer import Step, Trainer

if TYPE_CHECKING:
    import torch

    from nnviz.core.rbm.seen import Fantasies
    from nnviz.core.training.captured_contrast import CapturedContrast

MEASURE_EVERY = 10
"""Steps between two measurements of the reconstruction error, which would cost a noticeable share of each step."""

LOOKED_AT = 2_000
"""Samples from which the means and spreads of what a machine sees are taken, where all would take long."""

WORSE_THAN_MEAN = 3.0
"""How many times the error of the mean sample reconstructions may have before the learning rate is called too large."""

LARGEST_WEIGHT = 100.0
"""A weight beyond which it is called so, too: one such input alone decides; useful ones stay below 20."""

SMALLEST_SPREAD = 0.1
"""Smallest standard deviation, as a share of the largest, by which a feature is divided: some pixels hardly vary."""


class ContrastError(TrainingError):
    """Contrastive divergence has gone astray: huge weights, or reconstructions worse than the mean sample.

    Attributes:
        step: The step at which it was seen.
    """

    def __init__(self, step: int, machine: str, learning_rate: float) -> None:
        self.step = step
        super().__init__(
            f"By step {step:,} the weights of {machine} have run away: its units are on or off whatever they see. "
            f"Try a smaller learning rate (it was {learning_rate:g}), then Reset and Train."
        )


@dataclass(frozen=True)
class Phase:
    """One part of a training.

    Attributes:
        begins: Steps of the parts before it.
        ends: Steps up to its end.
        batches: First place and the one behind the last of every batch of an epoch.
        epochs_before: Epochs of the parts before it.
        rbm: Name of the machine that learns; empty where the whole network does.
    """

    begins: int
    ends: int
    batches: list[tuple[int, int]]
    epochs_before: int
    rbm: str = ""


class ContrastiveTrainer(Trainer):
    """Trains the RBMs of a network one after the other, then, if it ends in other layers, the network.

    A network that ends in an RBM learns alone: each machine learns for as long and by the optimiser that the training
    says. In any other the machines are pre-trained as `TrainingSpec.pretraining` says, and the rest of the training
    holds for what follows.

    The loss of a machine is its reconstruction error: the mean over samples and units of (v - reconstruction)^2.

    Attributes:
        phases: The parts of the training.
        phase: The one that is under way.
        fantasies: Chains that live views look at; training knows nothing of them.
        last_phases: What the last step of the machine that learns saw; None before the first, and of other steps.
        last_rate: Learning rate of that step.
        watched: Rows and columns of the weights that somebody looks at, (rows,) and (columns,), or None.
        watched_before: Those weights before the last step, (rows, columns), or None.

    Raises:
        NnvizError: If network, training and data do not fit each other; the sentence says what to change.
    """

    def __init__(
        self,
        network: NetworkSpec,
        training: TrainingSpec,
        data: Dataset,
        device: str = AUTO,
        model: torch.nn.Sequential | None = None,
    ) -> None:
        super().__init__(network, training, data, device, model)
        self._layers = {trace.name: trace.layer for trace in network.trace() if trace.layer.enabled}
        self._learns_anew = model is None
        self._labelled = self._train
        self._unlabelled = self._train[0]
        if data.unlabelled is not None:
            import torch

            self._unlabelled = torch.from_numpy(data.unlabelled).to(self.device)
        self.fantasies: Fantasies | None = None
        self.last_phases: Phases | None = None
        self.last_rate = 0.0
        self.watched: tuple[torch.Tensor, torch.Tensor] | None = None
        self.watched_before: torch.Tensor | None = None
        self._chains: torch.Tensor | None = None
        self._gradients: Gradients | None = None
        self._label_gradients: Gradients | None = None
        self._step_of_machine: CapturedContrast | None = None
        self._activity: torch.Tensor | None = None
        self._spread = 0.0
        self._astray_at: int | None = None
        self._check_data()
        self.phases = self._plan()
        self.total_steps = self.phases[-1].ends
        self.phase = self.phases[0]
        self._enter(self.phase, begin=self._learns_anew)

    @property
    def contrastive(self) -> ContrastiveTrainer:
        """This trainer."""
        return self

    @property
    def epoch(self) -> int:
        """The pass through the training data that is under way or was finished last, from 1, over all phases."""
        return self.phase.epochs_before + max(0, self.step - self.began - 1) // self.steps_per_epoch + 1

    @property
    def total_epochs(self) -> int:
        """Passes through the training data of all phases."""
        last = self.phases[-1]
        return last.epochs_before + math.ceil((last.ends - last.begins) / len(last.batches))

    @property
    def rbm(self) -> str:
        """Name of the machine that learns now or, where the whole network does, of the last one."""
        return self.phase.rbm or self._rbms()[-1]

    @property
    def machine_names(self) -> list[str]:
        """Names of all machines, from the input on."""
        return self._rbms()

    def machine(self, name: str) -> Machine:
        """The machine of that name; its tensors are the model's own."""
        return machine_of(getattr(self.model, name), cast(VisibleKind, self._rbm_layer(name).visible))

    def labelled_machine(self, name: str) -> LabelledMachine | None:
        """The machine of that name with the classes that it sees, or None if it sees none."""
        layer = self._rbm_layer(name)
        if not layer.with_labels:
            return None
        dense = getattr(self.model, self._behind(name))
        return LabelledMachine(self.machine(name), dense.weight.detach(), dense.bias.detach())

    def layer_of(self, name: str) -> Rbm:
        """Description of the machine of that name."""
        return self._rbm_layer(name)

    def inputs_of(self, name: str, x: torch.Tensor, *, sample: bool = False) -> torch.Tensor:
        """What the machine of that name sees of samples (N, *input shape): (N, V).

        Args:
            name: The machine.
            x: The samples.
            sample: Whether values become 0 or 1 by chance, where the layer says so; else they stay probabilities.
        """
        import torch

        layer = self._rbm_layer(name)
        first = name == self._rbms()[0]
        with torch.no_grad():
            for other, module in self.model.named_children():
                if other == name:
                    break
                x = module(x)
            if layer.visible == "gaussian":
                module = getattr(self.model, name)
                standard: torch.Tensor = (x - module.mean) / module.scale
                return standard
            if layer.visible == "bernoulli" and first and layer.binarise == "threshold":
                return (x >= 0.5).to(x.dtype)
            if layer.visible == "bernoulli" and first and layer.binarise == "sample" and sample:
                return draw_bernoulli(x)
        return x

    def seen_by(self, name: str, x: NDArray[np.float32]) -> torch.Tensor:
        """What the machine of that name sees of samples (N, *input shape) that are not trained on: (N, V)."""
        import torch

        was_training = self.model.training
        self.model.eval()
        try:
            return self.inputs_of(name, torch.from_numpy(np.array(x, np.float32, order="C")).to(self.device))
        finally:
            self.model.train(was_training)

    def downwards(self, name: str, means: torch.Tensor) -> torch.Tensor:
        """What the machines below make of a machine's visible units, down to the inputs: (N, V) -> (N, F)."""
        rbms = self._rbms()
        for below in reversed(rbms[: rbms.index(name)]):
            means = self.machine(below).visible_means(means)
        if self._rbm_layer(rbms[0]).visible == "gaussian":
            module = getattr(self.model, rbms[0])
            means = means * module.scale + module.mean
        return means

    def evaluate(self, split: Split) -> Evaluation:
        """Mean loss and accuracy of the network; of one that learns alone, its last machine's reconstruction error."""
        if not self.network.learns_alone:
            return super().evaluate(split)
        chunks = self._machine_evaluation(self._rbms()[-1], self._to_device(split)[0])
        while True:
            try:
                next(chunks)
            except StopIteration as end:
                result: Evaluation = end.value
                return result

    def take_history(self) -> History:
        """The curves since the last call; a machine whose reconstructions are worse than the mean is noticed here."""
        history = super().take_history()
        if self.phase.rbm and len(history) and self._astray_at is None:
            bad = np.flatnonzero(history.loss > WORSE_THAN_MEAN * self._spread)
            if len(bad):
                self._astray_at = int(history.steps[bad[0]])
            elif self._largest_weight() > LARGEST_WEIGHT:
                self._astray_at = self.step
        return history

    def _largest_weight(self) -> float:
        import torch

        least, largest = torch.aminmax(self.machine(self.phase.rbm).weight)
        return max(-float(least), float(largest))

    def check_finite(self) -> None:
        """Stop a training that went wrong; to be called after `take_history`.

        Raises:
            TrainingError: If a loss was no finite number, or reconstructions are worse than the mean sample.
        """
        at = self._astray_at
        if self.phase.rbm and self._diverged_at is not None:
            at = self._diverged_at
        if at is not None:
            raise ContrastError(at, self._title(self.phase.rbm or self.rbm), self._phase_rate())
        super().check_finite()

    def extra_state(self) -> dict[str, torch.Tensor]:
        """The persistent chains and the mean activities of the phase that is under way."""
        found = {"chains": self._chains, "activity": self._activity}
        return {name: tensor for name, tensor in found.items() if tensor is not None}

    def restore_extra(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Take back the chains and the mean activities.

        Raises:
            ValueError: If they are of another shape.
        """
        import torch

        for name, tensor in self.extra_state().items():
            if state[name].shape != tuple(tensor.shape):
                raise ValueError(f"{name} has the shape {state[name].shape} in place of {tuple(tensor.shape)}")
            tensor.copy_(torch.from_numpy(np.array(state[name])))

    def go_to(self, step: int, shuffler_state: torch.Tensor, validated_at: int) -> None:
        """Stand behind batch number `step`, in the phase that it belongs to."""
        phase = next((phase for phase in self.phases if step <= phase.ends), self.phases[-1])
        self._enter(phase, begin=False)
        super().go_to(step, shuffler_state, validated_at)

    def _train_batch(self) -> Step:
        if self.step >= self.phase.ends:
            self._enter(self.phases[self.phases.index(self.phase) + 1], begin=True)
        if not self.phase.rbm:
            return super()._train_batch()
        import torch

        position, first, behind = self._next_batch()
        assert self._order is not None
        with torch.no_grad():
            self._contrast(self._order[first:behind])
        if self.schedule is not None:
            self.schedule.step()
        self.step += 1
        ends_epoch = position + 1 == self.steps_per_epoch and not self.validation_is_due
        return Step(self.step, self.epoch, "train", behind - first, ends_epoch)

    def _contrast(self, indices: torch.Tensor) -> None:
        import torch

        name = self.phase.rbm
        layer = self._rbm_layer(name)
        # Its memory is taken for this step again: it is still in the processor's caches.
        self.last_phases = None
        v = self._batch_of(name, indices)
        assert self._gradients is not None
        joint = self.labelled_machine(name)
        if joint is not None and self._label_gradients is not None:
            classes = self._train[1][indices]
            phases = labelled_contrast(joint, v, classes, self._gradients, self._label_gradients, layer.gibbs_steps)
        else:
            assert self._step_of_machine is not None
            phases = self._step_of_machine(v)
        if self.watched is not None:
            rows, columns = self.watched
            self.watched_before = self.machine(name).weight[rows][:, columns]
        self.last_phases, self.last_rate = phases, float(self.optimiser.param_groups[0]["lr"])
        if self._activity is not None:
            add_sparsity(self._gradients, phases, self._activity, layer.sparsity_target, layer.sparsity_cost)
        for regularise in self._before_step:
            regularise()
        if self.keeps_weights or self._keep_once:
            self._keep_weights()
        self._update(self.optimiser)
        for regularise in self._after_step:
            regularise()
        number = self.step + 1
        if number % MEASURE_EVERY == 0 or number == 1 or number == self.phase.ends:
            means = phases.reconstruction
            if self._chains is not None:
                # The chains reconstruct nothing: they are elsewhere.
                means = self.machine(name).visible_means(phases.hidden)
            error = torch.nn.functional.mse_loss(means, v)
            self._measured.append((number, error, None, len(v)))

    def _batch_of(self, name: str, indices: torch.Tensor) -> torch.Tensor:
        # Not by brackets: those gather value by value, and take five times as long.
        x = self._train[0].index_select(0, indices)
        if self._augment is not None:
            x = self._augment(x)
        if self._ready:
            layer = self._rbm_layer(name)
            return draw_bernoulli(x) if layer.visible == "bernoulli" and layer.binarise == "sample" else x
        return self.inputs_of(name, x, sample=True)

    def _enter(self, phase: Phase, *, begin: bool) -> None:
        """Make everything ready for a phase; `begin` if it starts here and does not go on."""
        import torch

        from nnviz.core.training.captured_contrast import CapturedContrast

        self.phase = phase
        self.began = phase.begins
        self._batches = phase.batches
        self._order = None
        self._chains = self._activity = self._gradients = self._label_gradients = self._step_of_machine = None
        self.last_phases = self.watched = self.watched_before = None
        for parameter in self.model.parameters():
            parameter.grad = None
        if not phase.rbm:
            self._enter_backpropagation()
            return
        layer, module = self._rbm_layer(phase.rbm), getattr(self.model, phase.rbm)
        joint = layer.with_labels and not self.network.learns_alone
        source = self._labelled[0] if joint else self._unlabelled
        self._train = source, self._labelled[1]
        self._ready = False
        self.model.eval()
        if begin:
            self._standardise(phase.rbm, source)
        some = self._some(source)
        seen = self.inputs_of(phase.rbm, some)
        self._spread = float(seen.var(0, unbiased=False).mean())
        if begin:
            with torch.no_grad():
                gaussian = layer.visible == "gaussian"
                module.visible_bias.copy_(seen.mean(0) if gaussian else bias_of_data(seen.mean(0), len(seen)))
        if phase.rbm == self._rbms()[0] and self._augment is None and self._is_flat(phase.rbm):
            # Once and for all, in place of batch by batch.
            self._train = self.inputs_of(phase.rbm, source), self._labelled[1]
            self._ready = True
        machine = self.machine(phase.rbm)
        self._gradients = Gradients.like(machine)
        module.weight.grad, module.bias.grad = self._gradients.weight, self._gradients.hidden_bias
        module.visible_bias.grad = self._gradients.visible_bias
        if layer.persistent:
            count = phase.batches[0][1]
            self._chains = seen[torch.arange(count) % len(seen)].clone()
        self._step_of_machine = CapturedContrast(
            machine, self._gradients, layer.gibbs_steps, self._chains, captures=self.device == "cpu"
        )
        if layer.sparsity_cost:
            self._activity = torch.full((layer.hidden,), layer.sparsity_target, device=self.device)
        learning: list[torch.nn.Module] = [module]
        if joint:
            dense = getattr(self.model, self._behind(phase.rbm))
            self._label_gradients = Gradients(
                torch.zeros_like(dense.weight), torch.zeros_like(dense.bias), torch.empty(0)
            )
            dense.weight.grad, dense.bias.grad = self._label_gradients.weight, self._label_gradients.hidden_bias
            if begin:
                with torch.no_grad():
                    dense.weight.normal_(0, 0.01)
                    dense.bias.zero_()
            learning.append(dense)
        self._make_optimiser(torch.nn.ModuleList(learning), phase.ends - phase.begins)

    def _enter_backpropagation(self) -> None:
        training = self.training
        self._train = self._labelled
        pretraining = training.pretraining
        frozen = isinstance(pretraining, Greedy) and pretraining.afterwards == "fine-tune the end"
        for name in self._rbms():
            for parameter in getattr(self.model, name).parameters():
                parameter.requires_grad_(not frozen)
        self.optimiser = training.optimiser.torch_call("model.parameters()").evaluate(model=self.model)
        steps = self.phase.ends - self.phase.begins
        schedule = training.schedule.torch_call("optimiser", training.optimiser.learning_rate, steps)
        self.schedule = schedule.evaluate(optimiser=self.optimiser) if schedule else None
        self._before_step = self._regularisers("before_step")
        self._after_step = self._regularisers("after_step")

    def _make_optimiser(self, learning: torch.nn.ModuleList, steps: int) -> None:
        import torch

        training = self.training
        self._before_step, self._after_step = [], []
        self.schedule = None
        if not self.network.learns_alone:
            greedy = training.pretraining
            assert isinstance(greedy, Greedy)
            weights = [p for p in learning.parameters() if p.ndim > 1]
            biases = [p for p in learning.parameters() if p.ndim == 1]
            groups: list[dict[str, Any]] = [
                {"params": weights, "weight_decay": greedy.weight_decay},
                {"params": biases},
            ]
            self.optimiser = torch.optim.SGD(groups, lr=greedy.learning_rate, momentum=greedy.momentum, fused=True)
            return
        rate = training.optimiser.learning_rate
        self.optimiser = training.optimiser.torch_call("model.parameters()").evaluate(model=learning)
        schedule = training.schedule.torch_call("optimiser", rate, steps)
        self.schedule = schedule.evaluate(optimiser=self.optimiser) if schedule else None
        for spec in training.regularisers:
            call = spec.torch_call("model", "optimiser").evaluate(model=learning, optimiser=self.optimiser)
            (self._before_step if spec.when == "before_step" else self._after_step).append(call)

    def _plan(self) -> list[Phase]:
        training = self.training
        phases: list[Phase] = []
        begins = epochs = 0
        for name in self._rbms():
            joint = self._rbm_layer(name).with_labels and not self.network.learns_alone
            count = len(self._labelled[0]) if joint else len(self._unlabelled)
            batches = training.batches(count)
            if self.network.learns_alone:
                steps = training.total_steps(count)
            else:
                assert isinstance(training.pretraining, Greedy)
                steps = training.pretraining.epochs * len(batches)
            phases.append(Phase(begins, begins + steps, batches, epochs, name))
            begins += steps
            epochs += math.ceil(steps / len(batches))
        greedy = training.pretraining
        if not self.network.learns_alone and isinstance(greedy, Greedy) and greedy.afterwards != "nothing":
            count = len(self._labelled[0])
            phases.append(Phase(begins, begins + training.total_steps(count), training.batches(count), epochs))
        return phases

    def _check_data(self) -> None:
        """Refuse data that the first machine's visible units cannot be.

        Raises:
            TrainingError: If values lie outside [0, 1] and the units do not.
        """
        import torch

        first = self._rbms()[0]
        layer = self._rbm_layer(first)
        if layer.visible == "gaussian":
            return
        source = self._unlabelled
        if not self._is_flat(first):
            source = self._some(source)
            with torch.no_grad():
                for name, module in self.model.named_children():
                    if name == first:
                        break
                    source = module(source)
        low, high = float(source.min()), float(source.max())
        if not (low >= 0 and high <= 1):
            kind = "are 0 or 1" if layer.visible == "bernoulli" else "lie between 0 and 1"
            raise TrainingError(
                f"The visible units of {self._title(first)} {kind}, and values from {low:.3g} to {high:.3g} arrive: "
                "set its Visible to gaussian, which standardises them."
            )

    def _standardise(self, name: str, source: torch.Tensor) -> None:
        import torch

        if self._rbm_layer(name).visible != "gaussian":
            return
        module = getattr(self.model, name)
        with torch.no_grad():
            module.mean.zero_()
            module.scale.fill_(1)
            seen = self.inputs_of(name, source if self._is_flat(name) else self._some(source))
            spread = seen.std(0, unbiased=False)
            floor = max(float(spread.max()) * SMALLEST_SPREAD, 1e-6)
            module.mean.copy_(seen.mean(0))
            module.scale.copy_(spread.clamp(min=floor))

    def _validation_chunks(self) -> Any:
        if not self.phase.rbm:
            return super()._validation_chunks()
        return self._machine_evaluation(self.phase.rbm, self._validation[0])

    def _machine_evaluation(self, name: str, x: torch.Tensor) -> Any:
        import torch

        errors = []
        machine = self.machine(name)
        self.model.eval()
        for first in range(0, len(x), self._chunk):
            v = self.inputs_of(name, x[first : first + self._chunk])
            means = machine.visible_means(machine.hidden_probabilities(v))
            errors.append(torch.nn.functional.mse_loss(means, v) * len(v))
            yield len(v)
        count = len(x)
        return Evaluation(float(torch.stack(errors).sum()) / count if errors else math.nan, math.nan, count)

    def _compare(self, loss: float) -> None:
        # A machine's reconstruction error is not what contrastive divergence makes small: nothing is judged by it.
        if not self.phase.rbm:
            super()._compare(loss)

    def _phase_rate(self) -> float:
        pretraining = self.training.pretraining
        if isinstance(pretraining, Greedy) and not self.network.learns_alone:
            return pretraining.learning_rate
        return self.training.optimiser.learning_rate

    def _rbms(self) -> list[str]:
        return [name for name, layer in self._layers.items() if isinstance(layer, Rbm)]

    def _rbm_layer(self, name: str) -> Rbm:
        return cast(Rbm, self._layers[name])

    def _behind(self, name: str) -> str:
        names = list(self._layers)
        return names[names.index(name) + 1]

    def _title(self, name: str) -> str:
        rbms = self._rbms()
        return "the RBM" if len(rbms) == 1 else f"RBM {rbms.index(name) + 1} of {len(rbms)}"

    def _is_flat(self, name: str) -> bool:
        """Whether nothing but flattening stands in front of a machine."""
        names = list(self._layers)
        return all(self._layers[other].name == "flatten" for other in names[: names.index(name)])

    def _some(self, source: torch.Tensor) -> torch.Tensor:
        """Samples spread over all of them."""
        return source[:: max(1, len(source) // LOOKED_AT)]
