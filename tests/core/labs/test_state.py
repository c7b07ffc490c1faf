"""The file of a lab: there and back, and every way in which it can be wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nnviz.core.export.writing import ExportError
from nnviz.core.labs.state import (
    LARGEST_BYTES,
    LabState,
    LabStateError,
    load_state,
    numbers,
    save_state,
    state_from_text,
    state_to_text,
)

STATE = LabState("softmax_lab", {"classes": 3}, seed=7, step=12, content={"logits": [0.1, -2.0, 1e-7]})


def test_a_state_comes_back_from_a_file_as_it_was(tmp_path: Path) -> None:
    save_state(tmp_path / "lesson.nnlab", STATE)
    assert load_state(tmp_path / "lesson.nnlab") == STATE


def damaged(**changes: object) -> str:
    data = json.loads(state_to_text(STATE))
    data.update(changes)
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"format": "nnviz lab", "version": NaN}', "not JSON"),
        ("[]", "no lab"),
        (damaged(format="nnviz"), "no lab"),
        (damaged(version="1"), "version"),
        (damaged(version=0), "version"),
        (damaged(version=True), "version"),
        (damaged(version=2), "newer nnviz"),
        (damaged(lab=""), "which lab"),
        (damaged(lab=3), "which lab"),
        (damaged(seed=-1), "seed"),
        (damaged(seed=2**40), "seed"),
        (damaged(step=1.5), "step"),
        (damaged(settings=[]), "settings"),
        (damaged(content="x"), "content"),
    ],
)
def test_damage_gives_a_sentence(text: str, words: str) -> None:
    with pytest.raises(LabStateError, match=words) as caught:
        state_from_text(text, "lesson.nnlab")
    sentence = str(caught.value)
    assert "lesson.nnlab" in sentence
    assert sentence.endswith(".")


def test_what_cannot_be_read_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LabStateError, match="cannot be read"):
        load_state(tmp_path / "nowhere.nnlab")
    with pytest.raises(LabStateError, match="cannot be read"):
        load_state(tmp_path)
    (tmp_path / "picture.nnlab").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(LabStateError, match="not text"):
        load_state(tmp_path / "picture.nnlab")
    with (tmp_path / "large.nnlab").open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    with pytest.raises(LabStateError, match="too large"):
        load_state(tmp_path / "large.nnlab")


def test_what_cannot_be_written_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        save_state(tmp_path / "nowhere" / "lesson.nnlab", STATE)


def test_numbers_are_checked_to_the_last_entry() -> None:
    content = {"w": [[1, 2.5], [3, 4]], "nan": float("nan"), "text": "1", "true": True, "large": 1e9}
    assert numbers(content, "w", (2, 2)) == [[1.0, 2.5], [3.0, 4.0]]
    assert numbers(content, "missing", (2,)) is None
    for key, shape in (("w", (2, 3)), ("w", (4,)), ("nan", ()), ("text", ()), ("true", ()), ("large", ()), ("w", ())):
        with pytest.raises(LabStateError):
            numbers(content, key, shape)
