"""Translations: complete, with the same placeholders, compiled, and up to date with the window's texts."""

from __future__ import annotations

import ast
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from nnviz.core.registry import Registry
from nnviz.core.spec import Spec
from tools.translations import FOLDER, ROOT, collect, messages, spec_texts, unfinished

LANGUAGES = sorted(FOLDER.glob("nnviz_*.ts"))
WINDOW = sorted((ROOT / "nnviz" / "gui").rglob("*.py"))


def placeholders(text: str) -> Counter[str]:
    return Counter(re.findall(r"\{\d*\}|%n", text))


def test_there_is_a_chinese_translation() -> None:
    assert "nnviz_zh_CN" in [path.stem for path in LANGUAGES]


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_every_text_of_the_window_is_translated(path: Path, tmp_path: Path) -> None:
    fresh = tmp_path / path.name
    shutil.copy(path, fresh)
    collect(fresh)
    missing = [(context, source) for context, source in unfinished(fresh) if context != "Spec"]
    assert missing == [], "Run make translations, and fill in what it names."
    assert _of_the_window(fresh) == _of_the_window(path)


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_nearly_every_text_of_specs_is_translated(path: Path, tmp_path: Path) -> None:
    # Nearly: a new layer is one file, and is shown in English until the next translation.
    fresh = tmp_path / path.name
    shutil.copy(path, fresh)
    collect(fresh)
    missing = [source for context, source in unfinished(fresh) if context == "Spec"]
    assert len(missing) <= 0.05 * len(spec_texts()), "Run make translations, and fill in what it names."


def _of_the_window(path: Path) -> list[tuple[str, str]]:
    return [(context, source) for context, source, _ in messages(path) if context != "Spec"]


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_placeholders_survive_translation(path: Path) -> None:
    different = [
        (source, text)
        for _, source, texts in messages(path)
        for text in texts
        if placeholders(source) != placeholders(text)
    ]
    assert different == []


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_the_compiled_file_says_what_the_source_says(path: Path, qapp: object) -> None:
    translator = QTranslator()
    assert translator.load(str(path.with_suffix(".qm")))
    wrong = [
        (context, source)
        for context, source, texts in messages(path)
        if translator.translate(context, source, "", 2 if len(texts) > 1 or "%n" in source else -1) not in texts
    ]
    assert wrong == []


def test_what_specs_say_is_collected() -> None:
    texts = spec_texts()
    for text in ("Convolution", "Kernel size", "pixels", "pixel", "How the filters start.", "same", "Fast CNN"):
        assert text in texts


def test_what_every_registry_of_specs_holds_is_collected() -> None:
    texts = set(spec_texts())
    bases = (ROOT / "nnviz").rglob("base.py")
    modules = [import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)) for path in bases]
    registries = [value for module in modules for value in vars(module).values() if isinstance(value, Registry)]
    specs = [cls for registry in registries for cls in registry if issubclass(cls, Spec)]
    assert len(specs) > 50
    assert [cls.__name__ for cls in specs if cls.title not in texts or cls.summary() not in texts] == []


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_texts_that_a_function_hands_on_to_be_translated_are_collected(path: Path) -> None:
    # The collector reads the calls of tr() and translate() alone, and finds no text in translate("Context", text).
    collected = {(context, source) for context, source, _ in messages(path)}
    handed_on = [text for module in WINDOW for text in texts_handed_on(ast.parse(module.read_text("utf-8")))]
    assert [text for text in handed_on if text not in collected] == []


def texts_handed_on(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Context and text of each call, with a literal, of a function that gives its argument to translate()."""
    contexts = {
        function.name: call.args[0].value
        for function in ast.walk(module)
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if is_translate(call) and isinstance(call.args[1], ast.Name) and call.args[1].id in parameters(function)
    }
    for call in ast.walk(module):
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name in contexts:
                yield contexts[name], call.args[0].value


def is_translate(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or len(node.args) < 2 or not isinstance(node.args[0], ast.Constant):
        return False
    return getattr(node.func, "id", getattr(node.func, "attr", "")) == "translate"


def parameters(function: ast.FunctionDef) -> set[str]:
    return {argument.arg for argument in function.args.args}


def test_a_function_that_hands_texts_on_is_found_out() -> None:
    source = 'def _tr(text):\n    return Q.translate("Place", text)\n\nprint(_tr("Nobody collects me"))\n'
    assert list(texts_handed_on(ast.parse(source))) == [("Place", "Nobody collects me")]
