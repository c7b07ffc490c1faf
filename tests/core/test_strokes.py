"""Drawings and the files that keep them."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnviz.core.errors import NnvizError
from nnviz.core.strokes import Drawing, StrokesError, bounds, from_line, read_strokes, to_line, write_strokes

SEVEN = Drawing((np.array([[0.0, 0.0], [10.0, 0.5], [4.0, 20.0]]), np.array([[2.0, 9.0], [8.0, 9.0]])), 7)
DOT = Drawing((np.array([[3.25, -4.0]]),))


@pytest.mark.parametrize("name", ["seven.jsonl", "seven.jsonl.gz"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str) -> None:
    assert write_strokes(tmp_path / name, [SEVEN, DOT]) == 2
    assert list(read_strokes(tmp_path / name)) == [SEVEN, DOT]


def test_a_name_that_ends_in_gz_is_compressed(tmp_path: Path) -> None:
    write_strokes(tmp_path / "a.jsonl.gz", [SEVEN])
    assert gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()).decode() == to_line(SEVEN) + "\n"


def test_compression_is_seen_by_content_not_by_name(tmp_path: Path) -> None:
    (tmp_path / "renamed.jsonl").write_bytes(gzip.compress(to_line(SEVEN).encode()))
    assert list(read_strokes(tmp_path / "renamed.jsonl")) == [SEVEN]


def test_a_line_is_the_documented_format() -> None:
    assert to_line(SEVEN) == '{"strokes":[[[0,0],[10,0.5],[4,20]],[[2,9],[8,9]]],"label":7}'
    assert to_line(DOT) == '{"strokes":[[[3.25,-4]]]}'


def test_other_keys_and_empty_lines_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    text = '\ufeff{"strokes": [[[1, 2]]], "writer": "W3"}\n\n  \n{"strokes": [[[3, 4]]], "label": null}\r\n'
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    assert [drawing.strokes[0].tolist() for drawing in read_strokes(tmp_path / "a.jsonl")] == [[[1, 2]], [[3, 4]]]


def test_a_file_is_read_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(to_line(SEVEN) + "\n" + to_line(DOT) + "\nno drawing\n")
    drawings = read_strokes(tmp_path / "a.jsonl")
    assert next(drawings) == SEVEN
    assert next(drawings) == DOT
    with pytest.raises(StrokesError, match="line 3"):
        next(drawings)


BROKEN_LINES = {
    "no JSON": ("{strokes: 1}", "not JSON"),
    "half a line": ('{"strokes": [[[1, 2], [3', "not JSON"),
    "deep nesting": ("[" * 100_000, "not JSON"),
    "endless integer": ('{"strokes": [[[1, ' + "9" * 5000 + "]]]}", "not JSON"),
    "a list": ("[[1, 2]]", "JSON object"),
    "a number": ("7", "JSON object"),
    "null": ("null", "JSON object"),
    "no strokes": ('{"label": 3}', 'no "strokes"'),
    "strokes are a text": ('{"strokes": "one"}', "list of strokes"),
    "strokes are null": ('{"strokes": null}', "list of strokes"),
    "empty strokes": ('{"strokes": []}', "at least one stroke"),
    "an empty stroke": ('{"strokes": [[[1, 2]], []]}', "Stroke 2 has no points"),
    "points not in strokes": ('{"strokes": [[1, 2], [3, 4]]}', "Stroke 1 must be a list"),
    "a stroke is an object": ('{"strokes": [{"x": 1}]}', "Stroke 1 must be a list"),
    "three coordinates": ('{"strokes": [[[1, 2, 3]]]}', "Stroke 1 must be a list"),
    "one coordinate": ('{"strokes": [[[1]]]}', "Stroke 1 must be a list"),
    "text as coordinate": ('{"strokes": [[[1, "2"]]]}', "not a number"),
    "null as coordinate": ('{"strokes": [[[1, null]]]}', "not a number"),
    "truth as coordinate": ('{"strokes": [[[1, true]]]}', "not a number"),
    "nested coordinate": ('{"strokes": [[[1, [2]]]]}', "not a number"),
    "NaN": ('{"strokes": [[[1, NaN]]]}', "no finite number"),
    "infinity": ('{"strokes": [[[1, -Infinity]]]}', "no finite number"),
    "1e400": ('{"strokes": [[[1, 1e400]]]}', "no finite number"),
    "1e300": ('{"strokes": [[[1, 1e300]]]}', "beyond 1e"),
    "an integer beyond float": ('{"strokes": [[[1, ' + "9" * 400 + "]]]}", "beyond 1e"),
    "label 10": ('{"strokes": [[[1, 2]]], "label": 10}', "digit from 0 to 9; 10"),
    "label -1": ('{"strokes": [[[1, 2]]], "label": -1}', "digit from 0 to 9"),
    "label 3.5": ('{"strokes": [[[1, 2]]], "label": 3.5}', "digit from 0 to 9"),
    "label true": ('{"strokes": [[[1, 2]]], "label": true}', "digit from 0 to 9"),
    "label as text": ('{"strokes": [[[1, 2]]], "label": "7"}', "digit from 0 to 9"),
}


@pytest.mark.parametrize(("line", "words"), BROKEN_LINES.values(), ids=BROKEN_LINES.keys())
def test_a_broken_line_is_named_with_its_fault(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(to_line(SEVEN) + "\n" + line + "\n")
    with pytest.raises(StrokesError) as caught:
        list(read_strokes(path))
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{path}, line 2: ")
    assert (caught.value.path, caught.value.line) == (path, 2)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def _missing(folder: Path) -> Path:
    return folder / "missing.jsonl"


def _folder(folder: Path) -> Path:
    return folder


def _empty(folder: Path) -> Path:
    (folder / "a.jsonl").write_bytes(b"")
    return folder / "a.jsonl"


def _only_blank_lines(folder: Path) -> Path:
    (folder / "a.jsonl").write_bytes(b"\n \n\n")
    return folder / "a.jsonl"


def _not_utf8(folder: Path) -> Path:
    (folder / "a.jsonl").write_bytes(to_line(SEVEN).encode() + b"\n\xff\xfe\x00{\n")
    return folder / "a.jsonl"


def _cut_gzip(folder: Path) -> Path:
    data = gzip.compress("".join(to_line(SEVEN) + "\n" for _ in range(100)).encode())
    (folder / "a.jsonl.gz").write_bytes(data[:-20])
    return folder / "a.jsonl.gz"


def _damaged_gzip(folder: Path) -> Path:
    rng = np.random.default_rng(0)
    lines = [to_line(Drawing((rng.normal(size=(50, 2)),))) for _ in range(50)]
    data = bytearray(gzip.compress("\n".join(lines).encode()))
    data[len(data) // 2 : len(data) // 2 + 50] = bytes(50)
    (folder / "a.jsonl.gz").write_bytes(bytes(data))
    return folder / "a.jsonl.gz"


def _one_endless_line(folder: Path) -> Path:
    with gzip.open(folder / "a.jsonl.gz", "wb") as file:
        for _ in range(17):
            file.write(b" " * 2**20)
    return folder / "a.jsonl.gz"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_missing, "no such file"),
        (_folder, "This is a folder"),
        (_empty, "The file is empty"),
        (_only_blank_lines, "The file is empty"),
        (_not_utf8, "line 2: This is not text in UTF-8"),
        (_cut_gzip, "damaged or cut off"),
        (_damaged_gzip, ""),
        (_one_endless_line, "line 1: The line is longer than any drawing"),
    ],
)
def test_a_broken_file_is_named_with_its_fault(tmp_path: Path, make, words: str) -> None:
    path = make(tmp_path)
    with pytest.raises(NnvizError) as caught:
        list(read_strokes(path))
    assert str(caught.value).startswith(str(path))
    assert words in str(caught.value)


def test_a_missing_file_is_told_before_the_first_drawing_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StrokesError):
        read_strokes(tmp_path / "missing.jsonl")


def test_an_empty_drawing_cannot_be_kept(tmp_path: Path) -> None:
    with pytest.raises(StrokesError, match="Drawing 2 is empty"):
        write_strokes(tmp_path / "a.jsonl", [SEVEN, Drawing()])


def test_where_nothing_can_be_written_a_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(StrokesError, match="cannot be written"):
        write_strokes(tmp_path / "no folder" / "a.jsonl", [SEVEN])


def test_a_drawing_is_a_copy_that_nobody_can_change() -> None:
    points = np.array([[1.0, 2.0]])
    drawing = Drawing((points,))
    points[0, 0] = 9
    assert drawing.strokes[0][0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        drawing.strokes[0][0, 0] = 9


@pytest.mark.parametrize("points", [np.zeros((0, 2)), np.zeros(2), np.zeros((3, 3)), np.full((1, 2), np.nan)])
def test_a_drawing_refuses_what_is_no_stroke(points: np.ndarray) -> None:
    with pytest.raises(StrokesError, match="Stroke 1"):
        Drawing((points,))


def test_bounds_are_over_all_strokes() -> None:
    low, high = bounds(SEVEN.strokes)
    assert low.tolist() == [0, 0]
    assert high.tolist() == [10, 20]
    assert SEVEN.points == 5
    assert Drawing().is_empty


coordinates = st.floats(-1e9, 1e9, allow_nan=False)
drawings = st.builds(
    Drawing,
    st.lists(st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=5).map(np.array), max_size=3).map(
        tuple
    ),
    st.none() | st.integers(0, 9),
).filter(lambda drawing: not drawing.is_empty)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawings)
def test_every_number_survives_the_file_exactly(drawing: Drawing) -> None:
    assert from_line(to_line(drawing)) == drawing
