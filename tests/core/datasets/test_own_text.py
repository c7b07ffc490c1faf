"""Texts of the user's own: what is asked of them, and a sentence for every file that is none."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from nnviz.core.datasets import DATASETS, DataError, LoadCancelled, LoadContext
from nnviz.core.datasets.own_data import open_own_data
from nnviz.core.datasets.own_text import MOST_BYTES, OwnText, told_apart
from nnviz.core.fit_to_data import fit_to_data
from nnviz.core.shape import Shape
from nnviz.core.spec import spec_from_json
from nnviz.core.suggest_preset import suggest_preset
from tests.core.datasets.own_files import check_script

POEM = "The gate is shut, the state is kept;\nthe gate is open, and it slept.\n"


@pytest.fixture
def poem(tmp_path: Path) -> Path:
    path = tmp_path / "poem.txt"
    path.write_text(POEM * 40, encoding="utf-8")
    return path


def test_a_text_file_is_opened_as_text(poem: Path) -> None:
    spec = open_own_data(poem, length=20)
    assert isinstance(spec, OwnText)
    assert spec.classes == spec.symbol_names == tuple(sorted(set(POEM)))
    assert (spec.input_shape, spec.output_shape) == (Shape((20, 1)), Shape((20, len(set(POEM)))))
    assert spec.display_title == "poem.txt"
    again = spec_from_json(DATASETS, json.loads(json.dumps(spec.to_json(), allow_nan=False)))
    assert again == spec


def test_at_each_character_the_next_one_is_asked(poem: Path) -> None:
    spec = open_own_data(poem, length=20)
    data = spec.load(LoadContext())
    text = POEM * 40
    codes = np.array([spec.classes.index(character) for character in text])
    np.testing.assert_array_equal(data.train.x[0, :, 0], codes[:20])
    np.testing.assert_array_equal(data.train.y[0], codes[1:21])
    for split in (data.train, data.validation, data.test):
        assert split.x.shape == (len(split), 20, 1)
        asked = split.y[:, :-1] >= 0
        np.testing.assert_array_equal(split.x[:, 1:, 0][asked], split.y[:, :-1][asked])
        assert split.y.max() < len(spec.classes)
    assert spec.train_samples() == len(data.train)
    # 10 stretches of 100 are held back, and of each part windows are made.
    assert len(data.train) == pytest.approx(0.9 * len(text) / 20, abs=2)


def test_the_printed_script_reads_the_same(poem: Path, tmp_path: Path) -> None:
    check_script(open_own_data(poem, length=20))
    odd = tmp_path / "odd.md"
    odd.write_bytes(("\ufeff" + "Grüße, 世界!\r\nTschüs\r" * 60).encode())
    spec = open_own_data(odd, length=12, most_characters=6)
    assert len(spec.classes) == 6
    assert "\n" in spec.classes
    assert "\r" not in spec.classes
    check_script(spec)


def test_rare_characters_become_one() -> None:
    assert told_apart("aaabbc", 3) == "aaabbc"
    assert told_apart("aaabbcd", 3) == "aaabb\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"


def test_a_preview_shows_the_text(poem: Path) -> None:
    preview = open_own_data(poem, length=20).preview()
    assert preview.rows[0] == (POEM[:20],)
    assert "↵" in "".join(row[0] for row in preview.rows)
    assert sum(preview.split_sizes) == open_own_data(poem, length=20).samples
    assert preview.notes[0] == f"{40 * len(POEM):,} characters, {len(set(POEM))} of them different."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "text.txt is empty: a text was expected."),
        (b" \n \n", "text.txt is empty: a text was expected."),
        (b"a", "text.txt has one character only, 'a'"),
        (b"a" * 5000, "text.txt has one character only, 'a'"),
        (b"ab" * 50, "text.txt is too short: it has 100 characters, and sequences of 100 need at least 2,040."),
        ("naïve\n".encode("latin-1") * 900, "text.txt, line 1: text in UTF-8 was expected; the byte ef was found."),
        (b"fine\n" * 2 + b"\x80" * 9, "text.txt, line 3: text in UTF-8 was expected; the byte 80 was found."),
        ("text ".encode("utf-16") * 900, "text.txt: text in UTF-8 was expected; UTF-16 was found."),
        ("text ".encode("utf-16-be") * 900, "text.txt is no text: it has zero bytes."),
        (bytes(range(256)) * 20, "text.txt is no text: it has zero bytes."),
    ],
)
def test_a_file_that_is_no_text_gives_a_sentence_that_says_what_to_do(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    with pytest.raises(DataError) as error:
        open_own_data(path)
    assert str(error.value).startswith(sentence)
    assert str(error.value).endswith(".")
    assert any(word in str(error.value) for word in ("Choose", "Save", "Take"))


def test_what_is_said_to_be_enough_is(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    for length in (5, 100, 333):
        path.write_text("ab" * (10 * (length + 2)))
        assert len(open_own_data(path, length=length).load(LoadContext()).test) >= 1


def test_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        # A hole: it takes no room on the disk, and reading it would take seconds.
        file.truncate(1_000_000_000)
    with pytest.raises(DataError, match=r"huge\.txt is too large: 1\.0 GB; at most 10 MB of text can be read\. Save a"):
        open_own_data(path)
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(DataError, match=r"is too large: 10\.0 MB"):
        open_own_data(path)


def test_reading_can_be_given_up(poem: Path) -> None:
    with pytest.raises(LoadCancelled):
        open_own_data(poem, context=LoadContext(cancelled=lambda: True))


def test_another_text_is_refused_until_it_is_opened(poem: Path) -> None:
    spec = open_own_data(poem, length=20)
    poem.write_text(POEM * 39 + POEM.replace("kept", "left"))
    with pytest.raises(DataError, match=r"poem\.txt has changed since it was opened"):
        spec.load(LoadContext())


def test_the_network_for_characters_is_suggested_and_fits(poem: Path) -> None:
    spec = open_own_data(poem, length=20)
    preset = suggest_preset(spec)
    assert preset is not None
    assert preset.name == "characters"
    network, _ = fit_to_data(preset.network, preset.training, spec)
    assert network.problems(spec.output_shape) == []
    assert network.output_shape() == spec.output_shape
