"""What recurrent layers share: settings, shapes, parameters and the module around torch's fused kernels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from nnviz.core.call import Call
from nnviz.core.initialisers.base import INITIALISERS, InitialiserSpec
from nnviz.core.initialisers.fan_in_uniform import FanInUniform
from nnviz.core.layers.base import LayerSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import param

GIVES = ("last step", "every step")
"""What of the hidden states a recurrent layer passes on."""

MOST_LAYERS = 8


@dataclass(frozen=True, kw_only=True)
class RecurrentSpec(LayerSpec):
    """A cell that is repeated along time: what it gives at one step enters it again at the next.

    Attributes:
        gates: Weighted sums per unit and step: 1 of a plain cell, 3 of a GRU, 4 of an LSTM.
        fused: Name of torch's module.
    """

    category = "Recurrent"
    gates: ClassVar[int] = 1
    fused: ClassVar[str] = ""

    units: int = param(64, "Size of the hidden state.", ge=1, le=4096)
    layers: int = param(
        1, "Number of cells one upon the other: each reads the hidden states of the one below.", ge=1, le=MOST_LAYERS
    )
    bidirectional: bool = param(
        False, "Whether a second cell reads the sequence backwards; the two hidden states stand side by side."
    )
    dropout: float = param(
        0.0,
        "Probability that a value on its way from one cell to the one above is dropped while training.",
        ge=0,
        lt=1,
        only_if=("layers", tuple(range(2, MOST_LAYERS + 1))),
    )
    passes_on: str = param(
        "last step",
        "What is passed on: the hidden state behind the last step, one vector; or that of every step, a sequence.",
        choices=GIVES,
    )
    truncate: int = param(
        0,
        "Number of steps after which the gradient is cut on its way back through time; 0 lets it go back to the first.",
        ge=0,
        le=100_000,
        unit="steps",
        only_if=("bidirectional", (False,)),
    )
    input_initialiser: InitialiserSpec = param(
        FanInUniform(), "How the weights of the inputs start.", registry=INITIALISERS
    )
    recurrent_initialiser: InitialiserSpec = param(
        FanInUniform(), "How the weights from step to step start.", registry=INITIALISERS
    )

    @property
    def directions(self) -> int:
        """1, or 2 if the sequence is also read backwards."""
        return 2 if self.bidirectional else 1

    def output_shape(self, x: Shape) -> Shape:
        """(units,) or (T, units); twice as many values where both directions are read."""
        self.need_sequence(x)
        size = self.units * self.directions
        return Shape((x.dims[0], size)) if self.passes_on == "every step" else Shape((size,))

    def parameter_shapes(self, x: Shape) -> dict[str, tuple[int, ...]]:
        """Weights of inputs and of hidden state, and two biases, of each cell and direction."""
        rows = self.gates * self.units
        shapes: dict[str, tuple[int, ...]] = {}
        for suffix, inputs in self._cells(x):
            shapes[f"weight_ih_{suffix}"] = (rows, inputs)
            shapes[f"weight_hh_{suffix}"] = (rows, self.units)
            shapes[f"bias_ih_{suffix}"] = (rows,)
            shapes[f"bias_hh_{suffix}"] = (rows,)
        return shapes

    def parameter_formula(self, x: Shape) -> str:
        """Gates x units x (inputs, hidden state and two biases), cell by cell."""
        gates = f"{self.gates}x" if self.gates > 1 else ""
        both = "2x" if self.bidirectional else ""
        first = f"{both}{gates}{self.units}"
        terms = [f"{first}x{x.dims[1]}", f"{first}x{self.units}", f"2x{first}"]
        if self.layers > 1:
            more = f"{self.layers - 1}x{first}"
            terms += [f"{more}x{self.units * self.directions}", f"{more}x{self.units}", f"2x{more}"]
        return f"{' + '.join(terms)} = {self.parameter_count(x)}"

    def operations(self, x: Shape) -> int:
        """One multiplication per weight and step."""
        rows = self.gates * self.units
        return x.dims[0] * sum(rows * (inputs + self.units) for _, inputs in self._cells(x))

    def initialisers(self) -> Iterator[tuple[str, InitialiserSpec]]:
        """Weights of the inputs, then of the hidden state, of each cell and direction."""
        for suffix, _ in self._cells(Shape((1, 1))):
            yield f"weight_ih_{suffix}", self.input_initialiser
            yield f"weight_hh_{suffix}", self.recurrent_initialiser

    def torch_call(self, x: Shape) -> Call:
        """Torch's fused module, within one that gives the hidden states only."""
        kwargs: dict[str, Any] = {}
        if self.layers > 1:
            kwargs["num_layers"] = self.layers
            if self.dropout:
                kwargs["dropout"] = self.dropout
        if self.bidirectional:
            kwargs["bidirectional"] = True
        cell = Call(self.fused, (x.dims[1], self.units), {**kwargs, **self.cell_options()})
        options: dict[str, Any] = {}
        if self.passes_on == "every step":
            options["every_step"] = True
        if self.truncate and not self.bidirectional:
            options["truncate"] = self.truncate
        return Call("Recurrent", (cell,), {**options, **self.options()}, define=_define)

    def cell_options(self) -> dict[str, Any]:
        """Further arguments of torch's module."""
        return {}

    def options(self) -> dict[str, Any]:
        """Further arguments of the module around it."""
        return {}

    def _cells(self, x: Shape) -> Iterator[tuple[str, int]]:
        """Suffix of each cell's tensors and number of its inputs, in torch's order."""
        for layer in range(self.layers):
            inputs = x.dims[1] if layer == 0 else self.units * self.directions
            for reverse in ("", "_reverse")[: self.directions]:
                yield f"l{layer}{reverse}", inputs


def _define() -> type:
    import torch
    from torch import nn
    from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

    class Recurrent(nn.Module):
        """Hidden states of a recurrent cell: of every step, (N, T, units), or of the last one, (N, units)."""

        takes_lengths = True

        def __init__(
            self, cell: nn.RNNBase, every_step: bool = False, truncate: int = 0, forget_bias: float | None = None
        ) -> None:
            super().__init__()
            self.cell = cell
            self.every_step = every_step
            self.truncate = truncate
            if forget_bias is not None:
                with torch.no_grad():
                    for name, bias in cell.named_parameters():
                        if name.startswith("bias"):
                            # Gates stand in the order input, forget, candidate, output; each has two biases.
                            forget = bias[cell.hidden_size : 2 * cell.hidden_size]
                            forget.fill_(forget_bias if name.startswith("bias_ih") else 0.0)

        def forward(self, x: torch.Tensor, lengths: torch.Tensor | None = None) -> torch.Tensor:
            """Run along time; `lengths`, (N,), says how many steps of each sequence are there."""
            if lengths is not None and self.cell.bidirectional:
                # Only the way back would see the padding: it must begin at each sequence's own end.
                packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
                packed, state = self.cell(packed)
                states, _ = pad_packed_sequence(packed, batch_first=True, total_length=x.shape[1])
            elif self.truncate and self.training:
                states, state = self.run_in_pieces(x)
            else:
                states, state = self.run(x)
            if self.every_step:
                if lengths is None:
                    return states
                ended = torch.arange(x.shape[1], device=x.device) >= lengths[:, None]
                return states.masked_fill(ended[..., None], 0.0)
            hidden: torch.Tensor = state[0] if isinstance(state, tuple) else state
            if self.cell.bidirectional:
                return torch.cat((hidden[-2], hidden[-1]), 1)
            if lengths is None:
                return hidden[-1]
            return states[torch.arange(len(x), device=x.device), lengths - 1]

        def run(
            self, x: torch.Tensor, state: torch.Tensor | tuple[torch.Tensor, ...] | None = None
        ) -> tuple[torch.Tensor, torch.Tensor | tuple[torch.Tensor, ...]]:
            """Hidden states, (N, T, units), and the last state; from `state` on."""
            # Time first is how torch's kernels go through memory: faster than cells that are batch_first.
            states, state = self.cell(x.transpose(0, 1).contiguous(), state)
            return states.transpose(0, 1), state

        def run_in_pieces(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | tuple[torch.Tensor, ...]]:
            """The same numbers, but gradients end where a piece begins."""
            first, *others = torch.split(x, self.truncate, dim=1)
            states, state = self.run(first)
            pieces = [states]
            for piece in others:
                state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
                states, state = self.run(piece, state)
                pieces.append(states)
            return torch.cat(pieces, 1), state

    return Recurrent
