"""A call of a PyTorch function, as data: one description that can be run and be printed.

`network.build()` evaluates calls and the code export prints them, so that the built model and the exported source
cannot disagree. Making a call does not import torch; evaluating one does.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """One call such as `nn.Conv2d(1, 32, 5, padding=2)`.

    Attributes:
        function: Dotted name that starts with a module which the namespace has: "nn.Linear", "torch.optim.Adam". For
            a class that torch does not have, its bare name, and `define`.
        args: Positional arguments: plain values, names (`Name`), tuples of them, or further calls.
        kwargs: Keyword arguments, likewise.
        define: For a class of our own: a function of no arguments, importing torch inside, that contains the class
            statement and returns the class. Its source is what an exported script contains.
    """

    function: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    define: Callable[[], type] | None = None

    def evaluate(self, **names: Any) -> Any:
        """Run the call with torch, and with `names` for the variables that it mentions."""
        import torch

        namespace = {"torch": torch, "nn": torch.nn, **names}
        if self.define is not None:
            function = self.define()
        else:
            head, *rest = self.function.split(".")
            function = namespace[head]
            for part in rest:
                function = getattr(function, part)
        args = [_evaluate(value, namespace) for value in self.args]
        kwargs = {key: _evaluate(value, namespace) for key, value in self.kwargs.items()}
        return function(*args, **kwargs)

    def source(self) -> str:
        """The call as Python source, in one line."""
        parts = [_source(value) for value in self.args]
        parts += [f"{key}={_source(value)}" for key, value in self.kwargs.items()]
        return f"{self.function}({', '.join(parts)})"

    def definitions(self) -> Iterator[tuple[str, str]]:
        """Yield name and source of every class of our own that this call and the calls within it need."""
        if self.define is not None:
            yield self.function, _class_source(self.define)
        for value in (*self.args, *self.kwargs.values()):
            if isinstance(value, Call):
                yield from value.definitions()

    def imports(self) -> Iterator[str]:
        """Yield the import statements of every class of our own that this call and the calls within it need."""
        if self.define is not None:
            body = textwrap.dedent(inspect.getsource(self.define))
            for node in ast.walk(ast.parse(body)):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield ast.unparse(node)
        for value in (*self.args, *self.kwargs.values()):
            if isinstance(value, Call):
                yield from value.imports()


@dataclass(frozen=True)
class Name:
    """A variable that stands as an argument of a call: `Name("model.parameters()")` or `Name("layer.weight")`."""

    text: str

    def source(self) -> str:
        """The name as Python source; a member of an `nn.Sequential` is reached by its index: `layer[1].weight`."""
        return re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", self.text)

    def evaluate(self, namespace: Mapping[str, Any]) -> Any:
        """The variable's value; attributes and calls without arguments are followed."""
        head, *rest = self.text.split(".")
        value = namespace[head]
        for part in rest:
            value = getattr(value, part.removesuffix("()"))
            if part.endswith("()"):
                value = value()
        return value


def _evaluate(value: Any, namespace: Mapping[str, Any]) -> Any:
    if isinstance(value, Call):
        return value.evaluate(**namespace)
    if isinstance(value, Name):
        return value.evaluate(namespace)
    if isinstance(value, tuple):
        return tuple(_evaluate(item, namespace) for item in value)
    return value


def text_source(text: str) -> str:
    """A text as Python source, as formatters have it: in double quotes, or in single ones where that saves escapes."""
    # JSON's escapes are Python's too.
    source = json.dumps(text, ensure_ascii=False)
    if '"' in text and "'" not in text:
        return "'" + source[1:-1].replace('\\"', '"') + "'"
    return source


def _source(value: Any) -> str:
    if isinstance(value, Call):
        return value.source()
    if isinstance(value, Name):
        return value.source()
    if isinstance(value, tuple):
        inner = ", ".join(_source(item) for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, str):
        return text_source(value)
    return repr(value)


def _class_source(define: Callable[[], type]) -> str:
    lines = textwrap.dedent(inspect.getsource(define)).splitlines()
    start = next(i for i, line in enumerate(lines) if line.lstrip().startswith("class "))
    end = next(i for i in range(len(lines) - 1, -1, -1) if lines[i].lstrip().startswith("return "))
    return textwrap.dedent("\n".join(lines[start:end])).strip()
