"""Collects every text of the window into resources/i18n/*.ts, and compiles them to the .qm files that Qt loads.

Qt's own collector reads the window's source, but not what specs say of themselves (titles, docs, units, choices): their
texts are taken from the registries and given to it in the context "Spec", which is where `spec_text()` looks.

A translation is filled in between two runs, with a text editor or Qt Linguist. A new language is an empty file, as in
`touch resources/i18n/nnviz_de.ts`.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"

REGISTRIES = (
    ("nnviz.core.layers.base", "LAYERS"),
    ("nnviz.core.initialisers.base", "INITIALISERS"),
    ("nnviz.core.datasets.base", "DATASETS"),
    ("nnviz.core.training.losses.base", "LOSSES"),
    ("nnviz.core.training.optimisers.base", "OPTIMISERS"),
    ("nnviz.core.training.schedules.base", "SCHEDULES"),
    ("nnviz.core.training.regularisers.base", "REGULARISERS"),
    ("nnviz.core.training.augmentations.base", "AUGMENTATIONS"),
    ("nnviz.core.training.pretraining.base", "PRETRAININGS"),
)
"""Where specs are found, as module and name."""


def main() -> None:
    """Collect, compile, and say what is missing; ends with 1 if a translation is unfinished."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; only say what is missing")
    arguments = parser.parse_args()
    missing = 0
    for path in sorted(FOLDER.glob("nnviz_*.ts")):
        if not arguments.check:
            collect(path)
            compile_(path)
        for context, source in unfinished(path):
            missing += 1
            print(f"{path.name}: {context}: {source}", file=sys.stderr)
    sys.exit(1 if missing else 0)


def spec_texts() -> list[str]:
    """Every text that specs, presets and diagnoses show, without repetition, in the order of the alphabet."""
    from nnviz.core.diagnosis.base import CONDITIONS
    from nnviz.core.presets.base import PRESETS
    from nnviz.core.training.spec import TrainingSpec
    from nnviz.gui.labs.base import LABS

    texts: set[str] = set()
    for module, name in REGISTRIES:
        for cls in getattr(importlib.import_module(module), name):
            texts.update(_texts_of(cls))
    texts.update(_texts_of(TrainingSpec))
    for lab in LABS:
        texts.update(_texts_of(lab.settings_type))
    for condition in CONDITIONS:
        texts.update(condition.texts)
    for preset in PRESETS:
        texts.update((preset.title, preset.teaches))
    return sorted(text for text in texts if text)


def collect(path: Path) -> None:
    """Bring a .ts file up to date: new texts are added without a translation, those that are gone are left out."""
    sources = sorted(str(source) for source in (ROOT / "nnviz" / "gui").rglob("*.py"))
    language = path.stem.removeprefix("nnviz_")
    if path.exists() and not path.read_bytes():
        path.unlink()
    with tempfile.TemporaryDirectory() as folder:
        specs = Path(folder) / "specs.py"
        # Written out as literals, for the collector reads nothing else.
        specs.write_text("".join(f'QT_TRANSLATE_NOOP("Spec", {_literal(text)})\n' for text in spec_texts()), "utf-8")
        options = ["-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language", language]
        _run("pyside6-lupdate", *sources, str(specs), "-ts", str(path), *options)


def compile_(path: Path) -> None:
    """Write the .qm file beside a .ts file."""
    _run("pyside6-lrelease", str(path), "-qm", str(path.with_suffix(".qm")))


def messages(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Context, source text and translations (one for each number form) of every text of a .ts file."""
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            target = message.find("translation")
            assert target is not None
            forms = [form.text or "" for form in target.iter("numerusform")]
            finished = target.get("type") != "unfinished"
            texts = (forms or [target.text or ""]) if finished else [""]
            yield context.findtext("name", ""), message.findtext("source", ""), texts


def unfinished(path: Path) -> list[tuple[str, str]]:
    """Context and source of every text that has no translation yet."""
    return [(context, source) for context, source, texts in messages(path) if not all(texts)]


def _texts_of(cls: Any) -> Iterator[str]:
    yield cls.title
    yield cls.summary()
    for info in cls.params():
        if not info.editable:
            continue
        yield info.title
        yield info.doc
        # Units are plural, but for 1; the undo stack names the field in small letters.
        yield info.unit
        yield info.unit.removesuffix("s")
        yield info.name.replace("_", " ")
        yield from (str(choice) for choice in info.choices)


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _run(name: str, *arguments: str) -> None:
    tool = Path(sysconfig.get_path("scripts")) / name
    done = subprocess.run([str(tool), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
