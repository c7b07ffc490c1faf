"""The tensor operations that a piece of PyTorch code calls, in order, written down as TorchScript."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode

READS_A_VALUE = frozenset({"_local_scalar_dense", "nonzero", "is_nonzero", "equal", "_unique2"})
"""Operations whose results Python decides by: what came behind them in this run need not come in another."""


LEAST_INT = -(2**63)


class Recorder(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Within it, every operation on tensors is done and noted, those of autograd's backward pass too."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        # The tensors are kept with the calls, so that no two of them have the same id.
        self.calls: list[tuple[Any, tuple[Any, ...], dict[str, Any], Any]] = []

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Do one operation, and note it."""
        result = func(*args, **(kwargs or {}))
        # What tells a profiler where it is does nothing to a tensor.
        if func.namespace != "profiler":
            self.calls.append((func, args, kwargs or {}, result))
        return result

    @property
    def depends_on_values(self) -> bool:
        """Whether Python looked into a tensor, so that other values may lead to other operations."""
        return any(func.overloadpacket.__name__ in READS_A_VALUE for func, *_ in self.calls)

    def script(
        self,
        inputs: Sequence[Sequence[torch.Tensor]],
        outputs: Sequence[torch.Tensor] = (),
        numbers: Mapping[str, float] | None = None,
    ) -> str:
        """Source of a TorchScript function `run` of tensors in place of `inputs` that gives what `outputs` were.

        Args:
            inputs: Lists of tensors whose values are others each time; each list is an argument.
            outputs: Tensors that are given back, as a list.
            numbers: Numbers that may be others too, and unlike any other number: they are its first arguments.

        Raises:
            ValueError: If a tensor is neither an input nor made by one of the operations, or an argument has no
                literal in TorchScript.
        """
        writer = _Writer(inputs, numbers or {})
        takes = [f"{name}: float" for name in writer.numbers]
        takes += [f"x{index}: List[Tensor]" for index in range(len(inputs))]
        lines = [f"def run({', '.join(takes)}) -> List[Tensor]:"]
        for place, tensors in enumerate(inputs):
            lines += [f"    x{place}_{index} = x{place}[{index}]" for index in range(len(tensors))]
        turned: dict[int, torch.Tensor] = {}
        for number, (func, args, kwargs, result) in enumerate(self.calls):
            same: torch.Tensor | None = None
            if func is torch.ops.aten.detach.default:
                # Where there is no autograd, there is nothing to detach from.
                same = args[0]
            elif func is torch.ops.aten.t.default:
                # Turned twice, as autograd does it, is what it was.
                same = turned.get(id(args[0]))
                turned[id(result)] = args[0]
            if same is None:
                lines += writer.lines(number, func, args, kwargs, result)
            else:
                writer.names[id(result)] = writer.literal(same)
        lines.append(f"    return {writer.literal(list(outputs)) if outputs else 'x0'}")
        return "\n".join(lines) + "\n"


class _Writer:
    """Knows what every tensor is called.

    Attributes:
        names: Name of each tensor by its id.
        numbers: Numbers that have names.
    """

    def __init__(self, inputs: Sequence[Sequence[torch.Tensor]], numbers: Mapping[str, float]) -> None:
        self.numbers = numbers
        self.names: dict[int, str] = {}
        for place, tensors in enumerate(inputs):
            self.names |= {id(tensor): f"x{place}_{index}" for index, tensor in enumerate(tensors)}
        self._lists = {tuple(map(id, tensors)): f"x{place}" for place, tensors in enumerate(inputs) if tensors}

    def lines(self, number: int, func: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any], result: Any) -> list[str]:
        """One call."""
        changes = func._schema.is_mutable
        # Types are named: the interpreter takes them for numbers, and what asks for a shape would be given one.
        named = next((place for place, value in enumerate(args) if isinstance(value, torch.dtype)), len(args))
        given = [self.literal(value, changes=changes) for value in args[:named]]
        for place, value in enumerate(args[named:], named):
            given.append(f"{func._schema.arguments[place].name}={self.literal(value, changes=changes)}")
        given += [f"{name}={self.literal(value, changes=changes)}" for name, value in kwargs.items()]
        # The interpreter cannot look at the same memory as another type. That a copy is the same is tried out.
        name = "view_copy" if func is torch.ops.aten.view.dtype else func.overloadpacket.__name__
        call = f"torch.ops.{func.namespace}.{name}({', '.join(given)})"
        several = result if isinstance(result, (list, tuple)) else (result,)
        made = [f"r{number}_{index}" for index in range(len(several))]
        for name, tensor in zip(made, several, strict=True):
            if isinstance(tensor, torch.Tensor):
                # An operation in place gives back what it was given, which has its name already.
                self.names.setdefault(id(tensor), name)
        if result is None:
            return [f"    {call}"]
        if isinstance(result, list):
            return [f"    r{number} = {call}", *(f"    {name} = r{number}[{index}]" for index, name in enumerate(made))]
        return [f"    {', '.join(made)} = {call}"]

    def literal(self, value: Any, *, changes: bool = False) -> str:
        """How TorchScript writes an argument, of an operation that changes one of them or of one that does not."""
        if isinstance(value, torch.Tensor):
            if id(value) not in self.names:
                raise ValueError("a tensor came from somewhere else")
            return self.names[id(value)]
        if isinstance(value, list):
            tensors = any(isinstance(item, torch.Tensor) for item in value)
            if tensors and changes:
                # To change what is only in a list of its own would be taken for dead code.
                if tuple(map(id, value)) not in self._lists:
                    raise ValueError("a list of tensors is no input")
                return self._lists[tuple(map(id, value))]
            return f"[{', '.join(self.literal(item) for item in value)}]"
        if isinstance(value, tuple):
            return f"({', '.join(self.literal(item) for item in value)},)"
        if isinstance(value, (torch.dtype, torch.memory_format, torch.layout)):
            return str(value)
        if isinstance(value, torch.device):
            return f"torch.device({str(value)!r})"
        if isinstance(value, float):
            for name, number in self.numbers.items():
                if abs(value) == number:
                    return name if value > 0 else f"-{name}"
            return repr(value) if math.isfinite(value) else f"float({str(value)!r})"
        if type(value) is int and value == LEAST_INT:
            # Written as it is, it would be the negative of a number that is too large.
            return f"({LEAST_INT + 1} - 1)"
        if value is None or isinstance(value, (bool, int, str)):
            return repr(value)
        raise ValueError(f"{value!r} has no literal")
