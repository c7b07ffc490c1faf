"""Translations: complete, with the same placeholders, compiled, and up to date with the window's texts."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from tools.translations import FOLDER, collect, messages, spec_texts, unfinished

LANGUAGES = sorted(FOLDER.glob("nnviz_*.ts"))


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
