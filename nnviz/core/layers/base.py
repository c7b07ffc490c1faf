"""What every layer type is, and the checks of shapes that several of them share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from numpy.typing import NDArray

from nnviz.core.call import Call
from nnviz.core.initialisers.base import InitialiserSpec
from nnviz.core.registry import Registry
from nnviz.core.shape import Fix, Shape, ShapeError
from nnviz.core.spec import Spec, param
from nnviz.core.terms import Terms

INSERT_FLATTEN = "Insert Flatten before {layer}"


@dataclass(frozen=True, kw_only=True)
class LayerSpec(Spec):
    """Frozen description of one layer; knows its shapes, its parameters and the PyTorch call that builds it.

    Attributes:
        category: Heading in the palette under which it stands.
        formula: What it computes, as one line of text.
        gives: "probabilities" if its outputs are between 0 and 1 and may be read as such, else "values".
        mixes: Whether an output depends on inputs at other places; an activation works on each value by itself.
        dies: Whether a unit that is 0 for all samples has no gradient any more, as with ReLU.
        flat_ends: Least and largest output of an S-shaped curve, y (1 - y) steep once scaled to 0 and 1, whose ends are
            flat; None if it has no such ends.
    """

    category: ClassVar[str] = "Other"
    formula: ClassVar[str] = ""
    gives: ClassVar[Literal["values", "probabilities"]] = "values"
    contrastive: ClassVar[bool] = False
    mixes: ClassVar[bool] = True
    dies: ClassVar[bool] = False
    flat_ends: ClassVar[tuple[float, float] | None] = None

    enabled: bool = param(True, "Whether the layer takes part; without it, samples pass as they are.", editable=False)

    def output_shape(self, x: Shape) -> Shape:
        """Shape of one output sample.

        Args:
            x: Shape of one input sample.

        Raises:
            ShapeError: If the layer cannot take that shape.
        """
        raise NotImplementedError

    def torch_call(self, x: Shape) -> Call:
        """The call that constructs the layer's module for inputs of shape `x`."""
        raise NotImplementedError

    def initialisers(self) -> Iterator[tuple[str, InitialiserSpec]]:
        """Yield name of a parameter tensor ("weight", "bias") and how it is filled at the start."""
        return iter(())

    def parameter_shapes(self, x: Shape) -> dict[str, tuple[int, ...]]:
        """Shapes of the learned tensors by name, in the order in which torch registers them."""
        return {}

    def parameter_formula(self, x: Shape) -> str:
        """How the number of parameters arises: "5x5x1x32 + 32 = 832"; empty if nothing is learned."""
        shapes = self.parameter_shapes(x)
        if not shapes:
            return ""
        terms = " + ".join("x".join(map(str, shape)) for shape in shapes.values())
        total = str(self.parameter_count(x))
        return terms if terms == total else f"{terms} = {total}"

    def parameter_count(self, x: Shape) -> int:
        """Number of learned values."""
        total = 0
        for shape in self.parameter_shapes(x).values():
            count = 1
            for axis in shape:
                count *= axis
            total += count
        return total

    def operations(self, x: Shape) -> int:
        """Multiplications (or comparisons, where it does not multiply) for one sample, forwards."""
        return self.output_shape(x).size

    def terms(self, x: NDArray[Any], index: tuple[int, ...], parameters: Mapping[str, NDArray[Any]]) -> Terms | None:
        """What one output value is made of; None if there is no more to say than the formula.

        Args:
            x: The layer's input for one sample, without the batch axis.
            index: Place of the value in the output.
            parameters: The learned tensors by name.
        """
        return None

    def need_vector(self, x: Shape) -> None:
        """Refuse what is no vector, and offer to flatten it.

        Raises:
            ShapeError: If `x` is not (F,).
        """
        if not x.is_vector:
            fix = Fix(INSERT_FLATTEN.format(layer=self.title), "insert_before", "flatten")
            raise ShapeError(self.title, x, "a vector", (fix,))

    def need_image(self, x: Shape) -> None:
        """Refuse what is no stack of channels.

        Raises:
            ShapeError: If `x` is not (C, H, W).
        """
        if not x.is_image:
            fix = Fix(f"Remove {self.title}", "remove")
            raise ShapeError(self.title, x, "an image (channels x height x width)", (fix,))

    def need_sequence(self, x: Shape) -> None:
        """Refuse what is no sequence.

        Raises:
            ShapeError: If `x` is not (T, F).
        """
        if not x.is_sequence:
            fix = Fix(f"Remove {self.title}", "remove")
            raise ShapeError(self.title, x, "a sequence (time x features)", (fix,))

    def need_symbols(self, x: Shape) -> None:
        """Refuse what is no sequence of symbols.

        Raises:
            ShapeError: If `x` is not (T, 1).
        """
        if not x.is_sequence or x.dims[1] != 1:
            fix = Fix(f"Remove {self.title}", "remove")
            raise ShapeError(self.title, x, "a sequence of symbols (time x 1)", (fix,))


LAYERS: Registry[type[LayerSpec]] = Registry("layer", "nnviz.core.layers")
