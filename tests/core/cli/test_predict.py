"""`nnviz predict`: one answer per picture or drawing, in their order."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

ONE = {"strokes": [[[10, 0], [10, 90]]], "label": 1}
SEVEN = {"strokes": [[[0, 0], [50, 0], [20, 90]]]}
DOT = {"strokes": [[[5, 5]]]}


def strokes(path: Path, *drawings: dict[str, Any]) -> Path:
    text = "".join(json.dumps(drawing) + "\n" for drawing in drawings)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def picture(
    path: Path, *, ink: int = 0, paper: int = 255, size: tuple[int, int] = (90, 120), drawn: bool = True
) -> Path:
    image = Image.new("L", size, paper)
    if drawn:
        width, height = size
        pen = ImageDraw.Draw(image)
        line = [(width * 0.3, height * 0.2), (width * 0.7, height * 0.2), (width * 0.45, height * 0.85)]
        pen.line(line, fill=ink, width=max(2, width // 12), joint="curve")
    image.save(path)
    return path


def answer_is_right(answer: dict[str, Any]) -> bool:
    probabilities = answer["probabilities"]
    return (
        set(answer) == {"digit", "probabilities"}
        and len(probabilities) == 10
        and sum(probabilities) == pytest.approx(1, abs=1e-5)
        and answer["digit"] == int(np.argmax(probabilities))
    )


@pytest.mark.parametrize("name", ["pen.jsonl", "pen.jsonl.gz"])
def test_strokes_are_answered_line_by_line(name: str, nnviz: Any, digits_file: Path, tmp_path: Path) -> None:
    done = nnviz("predict", digits_file, "--strokes", strokes(tmp_path / name, ONE, SEVEN, DOT), "--json")
    assert done.code == 0
    assert len(done.results) == 3
    assert all(map(answer_is_right, done.results))
    assert done.results[0] != done.results[1]
    assert "1 labelled drawing" in done.err


def test_strokes_beyond_one_batch_are_all_answered(nnviz: Any, digits_file: Path, tmp_path: Path) -> None:
    done = nnviz("predict", digits_file, "--strokes", strokes(tmp_path / "p.jsonl", *[ONE] * 257, SEVEN), "--json")
    results = done.results
    assert len(results) == 258
    assert all(result["digit"] == results[0]["digit"] for result in results[:257])
    alone = nnviz("predict", digits_file, "--strokes", strokes(tmp_path / "q.jsonl", SEVEN), "--json").result
    np.testing.assert_allclose(results[257]["probabilities"], alone["probabilities"], atol=2e-6)


def test_pictures_of_any_size_and_polarity_get_the_same_answer(nnviz: Any, digits_file: Path, tmp_path: Path) -> None:
    dark = picture(tmp_path / "dark.png")
    light = picture(tmp_path / "light.png", ink=255, paper=0)
    large = picture(tmp_path / "large.jpg", size=(900, 1200))
    done = nnviz("predict", digits_file, "--image", dark, light, large, "--json")
    assert done.code == 0
    first, second, third = done.results
    assert all(map(answer_is_right, done.results))
    np.testing.assert_allclose(first["probabilities"], second["probabilities"], atol=1e-4)
    assert third["digit"] == first["digit"]


def test_images_can_be_named_in_several_ways(
    nnviz: Any, digits_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    picture(tmp_path / "a.png")
    picture(tmp_path / "b.png", size=(300, 200))
    answers = [
        nnviz("predict", *words, "--json").results
        for words in (
            (digits_file, "--image", "a.png", "b.png"),
            (digits_file, "--image", "a.png", "--image", "b.png"),
            ("--image", "a.png", "b.png", digits_file),
            ("--image=a.png", digits_file, "b.png"),
        )
    ]
    assert len(answers[0]) == 2
    assert answers.count(answers[0]) == 4


def test_blank_input_has_no_digit(nnviz: Any, digits_file: Path, tmp_path: Path) -> None:
    white = picture(tmp_path / "white.png", drawn=False)
    black = picture(tmp_path / "black.png", paper=0, drawn=False)
    seven = picture(tmp_path / "seven.png")
    done = nnviz("predict", digits_file, "--image", white, seven, black, "--json")
    assert done.results[0] == done.results[2] == {"digit": None, "probabilities": None}
    assert answer_is_right(done.results[1])
    people = nnviz("predict", digits_file, "--image", white, seven)
    assert people.out.startswith("white.png: blank, nothing to read\nseven.png: ")


def test_without_json_an_answer_is_a_line_for_people(nnviz: Any, digits_file: Path, tmp_path: Path) -> None:
    done = nnviz("predict", digits_file, "--strokes", strokes(tmp_path / "p.jsonl", ONE, SEVEN))
    lines = done.out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["drawing 1", "drawing 2"]
    assert all(line.endswith("%)") for line in lines)


def test_answers_before_a_broken_line_are_given(nnviz: Any, digits_file: Path, tmp_path: Path) -> None:
    path = strokes(tmp_path / "p.jsonl", *[ONE] * 256)
    path.write_text(path.read_text() + "{broken\n")
    done = nnviz("predict", digits_file, "--strokes", path, "--json")
    assert done.code == 1
    assert len(done.results) == 256
    assert "p.jsonl, line 257: This is not JSON" in done.err


def test_networks_that_cannot_read_say_so(nnviz: Any, tmp_path: Path) -> None:
    pen = strokes(tmp_path / "p.jsonl", ONE)
    nnviz("train", "2d-classifier", "--steps", "1", "--out", tmp_path / "points.nnviz")
    done = nnviz("predict", tmp_path / "points.nnviz", "--strokes", pen)
    assert (done.code, done.out) == (1, "")
    assert "2-D classifier was made for Circles: it cannot read a drawn or scanned digit." in done.err
