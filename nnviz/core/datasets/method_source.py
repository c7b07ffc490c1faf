"""Methods of a data set as source of plain functions, for scripts that do without nnviz."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Callable
from typing import Any

from nnviz.core.call import text_source
from nnviz.core.datasets.base import DatasetSpec


def function_source(function: Callable[..., Any]) -> str:
    """Source of a function of ours: as it stands, without what only a type checker reads."""
    source = textwrap.dedent(inspect.getsource(function))
    return re.sub(r"  # type: ignore\[[^\]]*\]", "", source).strip() + "\n"


def method_source(spec: DatasetSpec, name: str) -> str:
    """Source of the method `name` of `spec` as a function without `self`.

    A parameter `self.noise` becomes the constant NOISE, `self.classes` becomes CLASSES and a call of another method one
    of the function of that name; `constants_source` gives the constants.
    """
    source = function_source(getattr(type(spec), name))
    source = re.sub(r"\(self(?:, )?", "(", source, count=1)
    return re.sub(r"\bself\.(\w+)\b(\()?", _plain, source)


def constants_source(spec: DatasetSpec, *methods: str) -> str:
    """The constants that `method_source` of these methods mentions: parameters, classes and those of their modules."""
    lines = []
    for name in dict.fromkeys(name for method in methods for name in _mentioned(spec, method)):
        value = getattr(spec, name)
        lines.append(f"{constant_name(name)} = {literal(value)}")
    for method in methods:
        lines += _module_constants(getattr(type(spec), method))
    return "\n".join(dict.fromkeys(lines)) + "\n" if lines else ""


def literal(value: Any) -> str:
    """A value as Python source, texts in double quotes as formatters want them."""
    if isinstance(value, str):
        return text_source(value)
    if isinstance(value, tuple):
        inner = ", ".join(map(literal, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value)


def constant_name(parameter: str) -> str:
    """Name of the constant for a parameter: `noise` becomes NOISE; the seed is told apart from the training's."""
    return "DATA_SEED" if parameter == "seed" else parameter.upper()


def _plain(match: re.Match[str]) -> str:
    name, bracket = match.group(1), match.group(2) or ""
    return f"{name}{bracket}" if bracket else constant_name(name)


def _mentioned(spec: DatasetSpec, method: str) -> list[str]:
    source = inspect.getsource(getattr(type(spec), method))
    return re.findall(r"\bself\.(\w+)\b(?!\()", source)


def _module_constants(method: Callable[..., Any]) -> list[str]:
    tree = ast.parse(inspect.getsource(sys.modules[method.__module__]))
    used = set(method.__code__.co_names)
    return [
        ast.unparse(node)
        for node in tree.body
        if isinstance(node, ast.Assign) and any(isinstance(name, ast.Name) and name.id in used for name in node.targets)
    ]
