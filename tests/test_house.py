"""Rules of the house that no other tool checks: docstrings, small modules, unique names, a window before all else."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

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
