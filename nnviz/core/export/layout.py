"""The layout of exported source: calls broken into lines as formatters break them, imports sorted and said once."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable

from nnviz.core.call import Call, Name

WIDTH = 100


def call_source(before: str, call: Call, after: str = "", indent: int = 0) -> str:
    """`before` + the call + `after`, indented; a call that is too long for a line has one argument in each line.

    The comma behind the last one keeps it so with ruff and black, whatever length of line they are set to.
    """
    pad = " " * indent
    line = f"{pad}{before}{call.source()}{after}"
    if len(line) <= WIDTH:
        return line
    arguments: list[tuple[str, object]] = [("", value) for value in call.args]
    arguments += [(f"{key}=", value) for key, value in call.kwargs.items()]
    inner = " " * (indent + 4)
    lines = []
    for key, value in arguments:
        if isinstance(value, Call):
            lines.append(call_source(key, value, ",", indent + 4))
        else:
            lines.append(f"{inner}{key}{_value_source(value)},")
    return f"{pad}{before}{call.function}(\n" + "\n".join(lines) + f"\n{pad}){after}"


def _value_source(value: object) -> str:
    if isinstance(value, Call | Name):
        return value.source()
    # A call of nothing prints its only argument.
    return Call("", (value,)).source()[1:-1]


def without_imports(source: str) -> tuple[list[str], str]:
    """The import statements at the top level of `source`, and the source without them and without its docstring."""
    tree = ast.parse(source)
    lines = source.splitlines()
    imports = []
    for index, node in enumerate(tree.body):
        docstring = index == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.append(ast.unparse(node))
        elif not docstring:
            continue
        for number in range(node.lineno - 1, node.end_lineno or node.lineno):
            lines[number] = ""
    return imports, "\n".join(lines).strip("\n") + "\n"


def sorted_imports(statements: Iterable[str]) -> str:
    """Import statements in the usual order: the standard library, then the others; in each, modules before names."""
    modules: set[tuple[str, str]] = set()
    names: dict[str, set[tuple[str, str]]] = {}
    for node in ast.parse("\n".join(statements)).body:
        if isinstance(node, ast.Import):
            modules |= {(alias.name, alias.asname or "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module not in (None, "__future__"):
            names.setdefault(str(node.module), set()).update((alias.name, alias.asname or "") for alias in node.names)
    groups = []
    for standard in (True, False):
        lines = [f"import {_alias(pair)}" for pair in sorted(modules) if _is_standard(pair[0]) is standard]
        for module in sorted(names):
            if _is_standard(module) is standard:
                wanted = ", ".join(map(_alias, sorted(names[module], key=lambda pair: _case(pair[0]))))
                lines.append(f"from {module} import {wanted}")
        if lines:
            groups.append("\n".join(lines))
    return "\n\n".join(groups) + "\n"


def _alias(pair: tuple[str, str]) -> str:
    name, alias = pair
    return f"{name} as {alias}" if alias else name


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


def _case(name: str) -> tuple[int, str]:
    # Constants, then classes, then the rest, as isort has it.
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name
