"""Rules of the house that no other tool checks: docstrings, small modules, unique names, a window before all else."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path, PurePosixPath

import pytest

from nnviz.core.registry import Registry

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "nnviz").rglob("*.py"))
MOST_LINES = 600
SLOW = ("torch", "pyqtgraph", "sklearn", "PIL", "scipy")

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def module_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def public_definitions(node: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Public classes, functions and methods by qualified name; what stands inside functions is private."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, DEFINITIONS) and not child.name.startswith("_"):
            yield inside + child.name, child
            if isinstance(child, ast.ClassDef):
                yield from public_definitions(child, f"{inside}{child.name}.")


def overrides_qt(path: Path, definition: ast.AST) -> bool:
    """Qt's names are camelCase; ours are not. `event`, `id`, `undo` and their like are given away by their class."""
    if "gui" not in path.parts or isinstance(definition, ast.ClassDef):
        return False
    name = definition.name  # type: ignore[attr-defined]
    return any(letter.isupper() for letter in name) or name in QT_NAMES


QT_NAMES = {"event", "id", "paint", "redo", "undo", "validate"}
"""Qt's one-word functions that classes of the window override."""


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 100


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_everything_public_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [name for name, node in public_definitions(tree) if not overrides_qt(path, node) and not documented(node)]
    assert ast.get_docstring(tree), f"{path} has no docstring"
    assert silent == []


def documented(node: ast.AST) -> bool:
    # A property's setter and an overload are documented at the first definition.
    decorators = [ast.unparse(decorator) for decorator in getattr(node, "decorator_list", [])]
    if any(text.endswith(".setter") or text.endswith("overload") for text in decorators):
        return True
    return bool(ast.get_docstring(node))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_no_module_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_every_name_of_every_registry_is_given_once() -> None:
    """Read from the files, for the registry itself refuses a second class only if both are imported."""
    given: dict[tuple[str, str], list[str]] = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ClassDef):
                continue
            for decorator in node.decorator_list:
                text = ast.unparse(decorator)
                if text.endswith(".register"):
                    module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
                    name = getattr(module, node.name).name
                    given.setdefault((text, name), []).append(f"{module_name(path)}:{node.name}")
    assert len(given) > 30
    assert {key: places for key, places in given.items() if len(places) > 1} == {}


def test_every_registry_finds_what_its_folder_holds() -> None:
    registries = [
        value
        for path in MODULES
        if path.name == "base.py"
        for value in vars(import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))).values()
        if isinstance(value, Registry)
    ]
    unique = {id(registry): registry for registry in registries}.values()
    assert len(unique) >= 8
    for registry in unique:
        assert len(registry) == len(set(registry.names())) > 0, registry.noun


def run(script: str) -> str:
    """Run Python in a process of its own; returns the last line that it printed."""
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip().splitlines()[-1]


def test_the_application_is_imported_without_torch() -> None:
    assert run("import sys, nnviz.gui.app; print(sorted({'torch', 'pyqtgraph'} & set(sys.modules)))") == "[]"


PAINTED = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QEvent, QObject, QSettings
from nnviz.gui.app import Application, make_qt_application
qt = make_qt_application()
application = Application(qt, QSettings({settings!r}, QSettings.Format.IniFormat))
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            slow = [name for name in {slow!r} if name in sys.modules]
            print(application.window.workspace.name, slow, flush=True)
            watched.removeEventFilter(self)
            application.session.devices_changed.connect(qt.quit)
        return False
first = FirstPaint()
application.window.workspace.installEventFilter(first)
application.show()
qt.exec()
application.shut_down()
"""


def test_nothing_slow_is_loaded_when_the_window_is_first_painted(tmp_path: Path) -> None:
    script = PAINTED.format(settings=str(tmp_path / "settings.ini"), slow=SLOW)
    assert run(script) == "draw []"


ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
TABLES = {"core": "Within the core", "gui": "And of the window"}
"""The words before each table of parts."""


def rows(folder: str) -> list[list[str]]:
    """The parts that each row of a table of docs/architecture.md names, without the slash of folders."""
    lines = ARCHITECTURE.split(TABLES[folder])[1].split("\n\n")[1].splitlines()[2:]
    return [[name.rstrip("/") for name in re.findall(r"`(.+?)`", line.split("|")[1])] for line in lines]


@pytest.mark.parametrize("folder", TABLES)
def test_the_architecture_names_what_there_is(folder: str) -> None:
    names = [name for row in rows(folder) for name in row]
    assert len(names) > 20
    assert len(names) == len(set(names))
    there = [ROOT / "nnviz" / folder / name for name in names]
    assert [path for path in there if not path.is_dir() and not path.with_suffix(".py").is_file()] == []


def test_parts_of_the_core_use_what_stands_above_them() -> None:
    row_of = {name: number for number, row in enumerate(rows("core")) for name in row}
    parts = {part(path): path for path in MODULES if "core" in path.parts[len(ROOT.parts) :]}
    assert [name for name in parts if name and name.split("/")[0] not in row_of] == [], "Name it in architecture.md."
    upwards = [
        f"{name} uses {used}"
        for name, path in parts.items()
        for used in used_parts(path)
        if row_in(row_of, used) > row_in(row_of, name)
    ]
    assert upwards == []


def part(path: Path) -> str:
    """A module of the core as architecture.md names it: rbm/memory; empty for others."""
    inside = path.relative_to(ROOT / "nnviz").with_suffix("").parts
    return "/".join(inside[1:]).removesuffix("__init__").rstrip("/") if inside[0] == "core" else ""


def row_in(row_of: dict[str, int], name: str) -> int:
    """The row of a part, or of the folder that it lies in."""
    return next((row_of[above] for above in (name, *map(str, PurePosixPath(name).parents)) if above in row_of), -1)


def used_parts(path: Path) -> Iterator[str]:
    """Every part of the core that a module imports anywhere, but for types alone."""
    for node in run_nodes(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                source = ROOT / Path(*name.split(".")).with_suffix(".py")
                if name.startswith("nnviz.core.") and (name == node.module or source.is_file()):
                    yield part(source)


def run_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that only a type checker sees."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield node
            yield from run_nodes(node)
