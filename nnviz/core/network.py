"""A network as a frozen description: what its layers make of a shape, and how it is built.

Does not know how it is trained (`nnviz.core.training`) nor where it is kept (`nnviz.core.project`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nnviz.core.call import Call
from nnviz.core.errors import NnvizError
from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.sequence_network import container
from nnviz.core.shape import Fix, Shape, ShapeError
from nnviz.core.spec import Spec, param

if TYPE_CHECKING:
    from torch import nn

LARGEST_NETWORK = 500_000_000
"""Parameters beyond which a network is refused: with gradients and Adam's averages they would fill 8 GB."""


class NetworkError(NnvizError):
    """A network that cannot be built or used as asked."""


class OutputError(ShapeError):
    """A network whose layers fit one another, but whose end does not fit the data.

    Attributes:
        arrived: What leaves the network.
        index: The layer that its fixes edit.
    """

    def __init__(self, leaves: Shape, wanted: Shape, fixes: tuple[Fix, ...], index: int) -> None:
        super().__init__("The network", leaves, f"to end in {wanted} values", fixes)
        self.index = index
        values = "value" if wanted.dims[-1] == 1 else "values"
        end = f"ends in {wanted.dims[-1]} {values}"
        if wanted.is_sequence:
            steps = "its one step" if wanted.dims[0] == 1 else f"each of its {wanted.dims[0]} steps"
            end = f"gives {wanted.dims[-1]} {values} at {steps}"
        self.args = (f"The data needs a network that {end}; {leaves} leave it. {fixes[0].title}.",)


@dataclass(frozen=True)
class LayerTrace:
    """What one layer makes of what arrives.

    Attributes:
        index: Position in the network, from 0.
        name: Name of its module, unique within the network: "conv2d_1".
        layer: The layer's description.
        arrives: Shape of one sample that comes in, or None if an earlier layer is wrong.
        leaves: Shape of one sample that goes out, or None if this or an earlier layer is wrong.
        error: What is wrong with this very layer, or None.
    """

    index: int
    name: str
    layer: LayerSpec
    arrives: Shape | None
    leaves: Shape | None
    error: ShapeError | None

    @property
    def parameters(self) -> int:
        """Number of learned values; 0 while the shape is unknown."""
        return self.layer.parameter_count(self.arrives) if self.arrives and self._counts else 0

    @property
    def parameter_formula(self) -> str:
        """How that number arises, empty if nothing is learned or the shape is unknown."""
        return self.layer.parameter_formula(self.arrives) if self.arrives and self._counts else ""

    @property
    def operations(self) -> int:
        """Multiplications for one sample; 0 while the shape is unknown."""
        return self.layer.operations(self.arrives) if self.arrives and self._counts else 0

    @property
    def _counts(self) -> bool:
        return self.layer.enabled and self.error is None


@dataclass(frozen=True, kw_only=True)
class NetworkSpec(Spec):
    """A stack of layers and the shape of the samples that enter it.

    Example:
        >>> from nnviz.core.layers.dense import Dense
        >>> NetworkSpec(input_shape=Shape((2,)), layers=(Dense(units=1),)).parameter_count()
        3
    """

    title = "Network"

    input_shape: Shape = param(Shape((1, 28, 28)), "Shape of one sample that enters.")
    layers: tuple[LayerSpec, ...] = param((), "The layers from input to output.", registry=LAYERS)

    def trace(self) -> tuple[LayerTrace, ...]:
        """Follow a sample's shape through all layers; stops knowing shapes at the first wrong layer."""
        traces = []
        shape: Shape | None = self.input_shape
        for index, (name, layer) in enumerate(zip(self.layer_names(), self.layers, strict=True)):
            leaves, error = None, None
            if shape is not None and not layer.enabled:
                leaves = shape
            elif shape is not None:
                try:
                    leaves = layer.output_shape(shape)
                except ShapeError as problem:
                    problem.index = index
                    error = problem
            traces.append(LayerTrace(index, name, layer, shape, leaves, error))
            shape = leaves
        return tuple(traces)

    def layer_names(self) -> list[str]:
        """Unique names of the layers' modules, counted per type: "conv2d_1", "relu_1", "conv2d_2".

        Layers that are switched off count, so that the others keep their names and with these their weights.
        """
        seen: dict[str, int] = {}
        names = []
        for layer in self.layers:
            seen[layer.name] = seen.get(layer.name, 0) + 1
            names.append(f"{layer.name}_{seen[layer.name]}")
        return names

    @property
    def learns_alone(self) -> bool:
        """Whether it learns from inputs without targets: its last layer that takes part learns by contrast."""
        last = next((layer for layer in reversed(self.layers) if layer.enabled), None)
        return last is not None and last.contrastive

    def problem(self) -> ShapeError | None:
        """The first wrong layer's error, or None if all fit."""
        return next((trace.error for trace in self.trace() if trace.error), None)

    def problems(self, outputs: int | Shape | None = None) -> list[NnvizError]:
        """Everything that keeps the network from being trained; empty if it can be.

        Args:
            outputs: Number of values that must leave it (classes, or target values), or their shape where they leave it
                at every step; None if any will do, as it will if it learns alone.
        """
        if not self.layers:
            return [NetworkError("The network has no layers yet. Add one, or choose a preset.")]
        problem = self.problem()
        if problem is not None:
            return [problem]
        if self.parameter_count() > LARGEST_NETWORK:
            gigabytes = self.parameter_count() * 4 / 1e9
            return [
                NetworkError(
                    f"The network has {self.parameter_count():,} parameters, {gigabytes:.0f} GB of memory: "
                    "make its largest layer smaller."
                )
            ]
        if outputs is not None and not self.learns_alone:
            wanted = Shape((outputs,)) if isinstance(outputs, int) else outputs
            if self.output_shape() != wanted:
                return [self._wrong_outputs(wanted)]
        return []

    def output_shape(self) -> Shape:
        """Shape of one sample that leaves.

        Raises:
            ShapeError: If a layer cannot take what arrives.
        """
        problem = self.problem()
        if problem is not None:
            raise problem
        traces = self.trace()
        return traces[-1].leaves or self.input_shape if traces else self.input_shape

    def parameter_count(self) -> int:
        """Number of learned values of all layers."""
        return sum(trace.parameters for trace in self.trace())

    def operations(self) -> int:
        """Multiplications for one sample, forwards."""
        return sum(trace.operations for trace in self.trace())

    def for_data(self, input_shape: Shape, outputs: int | Shape, symbols: int = 0) -> NetworkSpec:
        """This network with another input, and its last layer of units made to give as many values.

        One that learns alone keeps its layers.

        Args:
            input_shape: Shape of one sample that enters.
            outputs: Number of values that must leave it, or their shape where they leave it at every step.
            symbols: Number of different symbols that enter, or 0 if values do.
        """
        if self.learns_alone:
            return self.replace(input_shape=input_shape)
        wanted = Shape((outputs,)) if isinstance(outputs, int) else outputs
        layers = list(self.layers)
        for index in range(len(layers) - 1, -1, -1):
            if layers[index].enabled and _has(layers[index], "units"):
                layers[index] = layers[index].replace(units=wanted.dims[-1])
                break
        network = self.replace(input_shape=input_shape, layers=tuple(layers))
        return network.with_symbols(symbols).with_steps(wanted)

    def with_symbols(self, symbols: int) -> NetworkSpec:
        """This network with layers that take so many different symbols; unchanged for 0."""
        if not symbols:
            return self
        layers = (layer.replace(symbols=symbols) if _has(layer, "symbols") else layer for layer in self.layers)
        return self.replace(layers=tuple(layers))

    def with_steps(self, wanted: Shape) -> NetworkSpec:
        """This network with its last recurrent layer made to give every step, or the last one, as `wanted` has it."""
        last = next((i for i in range(len(self.layers) - 1, -1, -1) if _has(self.layers[i], "passes_on")), None)
        if last is None:
            return self
        layer = self.layers[last].replace(passes_on="every step" if wanted.is_sequence else "last step")
        return self.replace(layers=(*self.layers[:last], layer, *self.layers[last + 1 :]))

    def apply(self, fix: Fix, index: int) -> NetworkSpec:
        """The network after one offered edit at layer `index`."""
        layers = list(self.layers)
        if fix.action == "remove":
            del layers[index]
        elif fix.action == "change":
            layers[index] = layers[index].replace(**dict(fix.params))
        else:
            position = index if fix.action == "insert_before" else index + 1
            layers.insert(position, LAYERS[fix.layer](**dict(fix.params)))
        return self.replace(layers=tuple(layers))

    def build(self, seed: int | None = None, *, initialise: bool = True) -> nn.Sequential:
        """The model, freshly initialised, on the CPU.

        Args:
            seed: If given, torch's global random state is set to it first, so that the weights are always the same.
            initialise: Whether the layers' initialisers are run; not needed where all weights are replaced anyway.

        Raises:
            NnvizError: If the network cannot be built; the sentence says why.
        """
        import torch

        problems = self.problems()
        if problems:
            raise problems[0]
        if seed is not None:
            torch.manual_seed(seed)
        model: nn.Sequential = container(self.input_shape).evaluate()
        for trace in self.trace():
            if not trace.layer.enabled:
                continue
            assert trace.arrives is not None  # problems() found none
            module = trace.layer.torch_call(trace.arrives).evaluate()
            for call in initialiser_calls(trace.layer, module) if initialise else ():
                try:
                    call.evaluate(layer=module)
                except ValueError as error:
                    # Weights that come from a file say what is wrong with it.
                    raise NetworkError(f"{trace.layer.title}: {error}") from error
            model.add_module(trace.name, module)
        return model

    def _wrong_outputs(self, wanted: Shape) -> OutputError:
        leaves = self.output_shape()
        number = wanted.dims[-1]
        last = len(self.layers) - 1
        for index in range(last, -1, -1):
            layer = self.layers[index]
            if layer.enabled and _has(layer, "passes_on") and leaves.rank != wanted.rank:
                steps = "every step" if wanted.is_sequence else "last step"
                change = Fix(f"Let {layer.title} give the {steps}", "change", params=(("passes_on", steps),))
                changed = self.apply(change, index)
                if changed.problem() is None and changed.output_shape().rank == wanted.rank:
                    return OutputError(leaves, wanted, (change,), index)
        for index in range(last, -1, -1):
            layer = self.layers[index]
            if layer.enabled and _has(layer, "units"):
                change = Fix(f"Change the units of {layer.title} to {number}", "change", params=(("units", number),))
                changed = self.apply(change, index)
                # A layer behind it may make another number of its units, or not take so few.
                if changed.problem() is None and changed.output_shape() == wanted:
                    return OutputError(leaves, wanted, (change,), index)
                break
        if leaves.rank == wanted.rank and leaves.dims[:-1] == wanted.dims[:-1]:
            fix = Fix(f"Add Dense with {number} units at the end", "insert_after", "dense", (("units", number),))
        elif wanted.is_sequence:
            # The steps are lost on the way, and only another layer in the place of the one that lost them keeps them.
            lost = next((t for t in self.trace() if t.layer.enabled and not _is_long(t, wanted)), self.trace()[-1])
            return OutputError(leaves, wanted, (Fix(f"Remove {lost.layer.title}", "remove"),), lost.index)
        else:
            fix = Fix("Add Flatten at the end", "insert_after", "flatten")
        return OutputError(leaves, wanted, (fix,), last)


def _has(layer: LayerSpec, parameter: str) -> bool:
    return any(info.name == parameter for info in layer.params())


def _is_long(trace: LayerTrace, wanted: Shape) -> bool:
    """Whether what leaves a layer has as many steps as are wanted."""
    return trace.leaves is not None and trace.leaves.is_sequence and trace.leaves.dims[0] == wanted.dims[0]


def initialiser_calls(layer: LayerSpec, module: Any) -> Iterator[Call]:
    """Yield the calls that fill the tensors of `module`, which the variable "layer" holds, in their order."""
    for tensor, initialiser in layer.initialisers():
        # A module may wrap the one that has the weights: "1.weight" behind a padding.
        path = next(name for name, _ in module.named_parameters() if name.rsplit(".", 1)[-1] == tensor)
        call = initialiser.torch_call(f"layer.{path}")
        if call is not None:
            yield call
