"""Tables, as people have them and as they go wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnviz.core.datasets import DataError, LoadContext
from nnviz.core.datasets import csv_table as module
from nnviz.core.datasets.csv_table import CsvTable
from tests.core.datasets.own_files import check_script, flowers, prices

GOOD = "a,b,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n"


def table(folder: Path, content: str | bytes, **settings: Any) -> CsvTable:
    path = folder / "iris.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return CsvTable.inspect(path, **settings)


def rows_of(spec: CsvTable) -> np.ndarray[Any, Any]:
    data = spec.replace(normalisation="none", standardise_targets=False).load(LoadContext())
    x = np.concatenate([data.train.x, data.validation.x, data.test.x])
    y = np.concatenate([data.train.y, data.validation.y, data.test.y]).reshape(len(x), -1)
    both = np.concatenate([x, y], axis=1)
    return both[np.lexsort(both.T[::-1])]


def test_numbers_are_inputs_and_texts_are_classes(tmp_path: Path) -> None:
    spec = table(tmp_path, GOOD)
    assert spec.classes == ("x", "y")
    assert spec.feature_names == ("a", "b")
    assert rows_of(spec).tolist() == [[1, 2, 0], [3, 4, 1], [5, 6, 0], [7, 8, 1]]


def test_categories_become_one_input_each(tmp_path: Path) -> None:
    spec = table(tmp_path, "colour,n,kind\nred,1,x\nblue,2,y\nred,3,x\n")
    assert spec.feature_names == ("colour = blue", "colour = red", "n")
    assert rows_of(spec).tolist() == [[0, 1, 1, 0], [0, 1, 3, 0], [1, 0, 2, 1]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found_out(delimiter: str, end: str, tmp_path: Path) -> None:
    spec = table(tmp_path, GOOD.replace(",", delimiter).replace("\n", end))
    assert rows_of(spec).tolist() == [[1, 2, 0], [3, 4, 1], [5, 6, 0], [7, 8, 1]]
    check_script(spec)


def test_decimal_commas_and_umlauts(tmp_path: Path) -> None:
    spec = CsvTable.inspect(prices(tmp_path))
    assert spec.feature_names == ("größe", "stadt = Bonn", "stadt = Köln")
    assert spec.target_names == ("preis",)
    assert rows_of(spec)[:2].tolist() == [[0, 0, 1, 0.5], [1, 1, 0, 3.5]]


def test_thousands_in_quotes_are_no_decimals(tmp_path: Path) -> None:
    text = 'a,b\n"1,234",1.5\n2,2.5\n3,3.5\n'
    with pytest.raises(DataError, match="row 2, column 'a': a number was expected; '1,234' was found"):
        table(tmp_path, text)


def test_quotes_hold_delimiters_and_lines(tmp_path: Path) -> None:
    spec = table(tmp_path, 'a,"the\nkind, of it"\n1,"x, y"\n2,z\n3,"x, y"\n')
    assert spec.classes == ("x, y", "z")
    check_script(spec)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (GOOD, ("a", "b", "kind")),
        ("1,2,x\n3,4,y\n5,6,x\n", ("column 1", "column 2", "column 3")),
        ("red,x\nblue,y\nred,x\n", ("column 1", "column 2")),
        ("colour,kind\nblue,y\nred,x\nred,x\n", ("colour", "kind")),
    ],
)
def test_header_is_found_out(text: str, names: tuple[str, ...], tmp_path: Path) -> None:
    spec = table(tmp_path, text)
    assert spec.preview(LoadContext()).columns == names
    assert ("label", names) in spec.preview(LoadContext()).options
    check_script(spec)


def test_header_can_be_said(tmp_path: Path) -> None:
    text = "2001,2002,2003\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n"
    assert table(tmp_path, text, header="yes").feature_names == ("2001", "2002")
    assert table(tmp_path, text).samples == 5


@pytest.mark.parametrize(
    ("column", "targets", "task"),
    [
        ("0 1 0 1 2 2", "automatic", "classification"),
        ("0.5 1.5 0.25 1 2 2", "automatic", "regression"),
        ("1 2 3 4 5 6", "automatic", "regression"),
        ("0 1 0 1 2 2", "values", "regression"),
        ("0.5 1.5 0.5 1.5 2 2", "classes", "classification"),
        ("a b a b c c", "automatic", "classification"),
    ],
)
def test_task_is_found_out_or_said(column: str, targets: str, task: str, tmp_path: Path) -> None:
    text = "n,label\n" + "".join(f"{n},{cell}\n" for n, cell in enumerate(column.split()))
    spec = table(tmp_path, text, targets=targets)
    assert spec.task == task
    assert spec.outputs == (1 if task == "regression" else 3)
    check_script(spec)


def test_classes_that_are_numbers_are_in_their_order(tmp_path: Path) -> None:
    spec = table(tmp_path, "n,digit\n" + "".join(f"{n},{n % 11}\n" for n in range(40)))
    assert spec.classes == tuple(map(str, range(11)))


def test_label_may_be_any_column(tmp_path: Path) -> None:
    spec = CsvTable.inspect(flowers(tmp_path), label="colour")
    assert spec.classes == ("blue", "red")
    assert spec.feature_names == ("length", "petal width", "kind = aster", "kind = lily", "kind = rose")


def test_columns_can_be_left_out(tmp_path: Path) -> None:
    spec = CsvTable.inspect(flowers(tmp_path), leave_out="length; colour")
    assert spec.feature_names == ("petal width",)
    check_script(spec)
    with pytest.raises(DataError, match="no column 'size' to leave out"):
        spec.again(leave_out="size")
    with pytest.raises(DataError, match="'kind' is the label and cannot be left out"):
        spec.again(leave_out="kind")


def test_columns_of_names_are_left_out_with_a_note(tmp_path: Path) -> None:
    text = "name,n,kind\n" + "".join(f"person {n},{n},{n % 2}\n" for n in range(150))
    spec = table(tmp_path, text)
    assert spec.feature_names == ("n",)
    assert any("more than 100 different texts: 'name'" in note for note in spec.preview(LoadContext()).notes)
    check_script(spec)


@pytest.mark.parametrize("gap", ["", "NA", "nan", "?", " "])
def test_missing_values_are_refused_or_dropped(gap: str, tmp_path: Path) -> None:
    text = GOOD + f"9,{gap},x\n"
    found = "the cell is empty" if not gap.strip() else f"'{gap}' was found"
    with pytest.raises(DataError) as refusal:
        table(tmp_path, text)
    assert f"iris.csv, row 6, column 'b': a value was expected; {found}. 1 of 5 rows lack a value" in str(refusal.value)
    spec = table(tmp_path, text, missing="drop")
    assert spec.samples == 4
    assert "1 of 5 rows are left out, for they lack a value." in spec.preview(LoadContext()).notes
    check_script(spec)


def test_categories_of_dropped_rows_are_none(tmp_path: Path) -> None:
    spec = table(tmp_path, "c,n,kind\nred,1,x\nblue,2,y\nred,3,y\ngreen,,x\n", missing="drop")
    assert spec.feature_names == ("c = blue", "c = red", "n")


def test_odd_things_are_noted(tmp_path: Path) -> None:
    text = "same,n,kind\n" + "".join(f"5,{n},{'rare' if n == 0 else 'common'}\n" for n in range(30))
    notes = " ".join(table(tmp_path, text).preview(LoadContext()).notes)
    assert "The same in every sample, so that it says nothing: 'same'." in notes
    assert "'common' has 29 samples and 'rare' has 1." in notes
    assert "always says 'common' is right in 97% of all cases" in notes
    assert "Fewer than three samples, so not one for each split: 'rare'." in notes


WRONG: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", r"iris\.csv is empty: expected a table"),
    "blank lines": ("\n\n  \n", r"iris\.csv is empty"),
    "header only": ("a,b,kind\n", "has a header and no rows below it|too few"),
    "too few": ("a,kind\n1,x\n2,y\n", "at least 3, one for each split; found 2"),
    "one class": ("a,kind\n1,x\n2,x\n3,x\n", "has one class only: 'x'; expected at least two"),
    "one column": ("a\n1\n2\n3\n", "has one column only, 'a'"),
    "ragged": (GOOD + "1,2\n", r"iris\.csv, row 6: 3 cells were expected, as in the first row; 2 were found"),
    "too wide": (GOOD + "\n1,2,3,4\n", r"iris\.csv, row 7: 3 cells were expected.*; 4 were found"),
    "text": (GOOD + "1,abc,x\n", r"iris\.csv, row 6, column 'b': a number was expected; 'abc' was found"),
    "infinite": (GOOD + "inf,1,x\n", r"iris\.csv, row 6, column 'a': a finite number was expected; 'inf' was found"),
    "huge": (GOOD + "1e99,1,x\n", r"row 6, column 'a': a finite number was expected; '1e99' was found"),
    "underscore": (GOOD + "1_000,1,x\n", "row 6, column 'a': a number was expected; '1_000'"),
    "same name": ("a,b,a\n1,2,x\n3,4,y\n5,6,x\n", "columns 1 and 3 are both called 'a'"),
    "unlabelled": (GOOD + "1,2,\n", r"iris\.csv, row 6, column 'kind': a value was expected; the cell is empty"),
    "binary": (b"\x00\x01\x02" * 50, "is no text: it has zero bytes"),
    "latin": ("a,kind\n1,r\n2,ö\n".encode("latin-1"), r"iris\.csv, row 3: text in utf-8 was expected; the byte f6"),
    "long cell": ("a,kind\n1," + "x" * 200_000 + "\n", r"iris\.csv, row 2: it cannot be cut into cells"),
    "all gaps": ("a,b,kind\n1,,x\n,2,y\n,3,y\n", "row 2, column 'b': a value was expected"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_tables_are_refused_with_file_row_and_column(case: str, tmp_path: Path) -> None:
    content, sentence = WRONG[case]
    with pytest.raises(DataError, match=sentence):
        table(tmp_path, content)


def test_settings_that_do_not_fit_the_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="has no column 'species'; it has 'a', 'b', 'kind'"):
        table(tmp_path, GOOD, label="species")
    with pytest.raises(DataError, match="row 2, column 'kind': a number was expected; 'x' was found"):
        table(tmp_path, GOOD, targets="values")
    with pytest.raises(DataError, match="no row in which every column has a value"):
        table(tmp_path, "a,b,kind\n1,,x\n,2,y\n,3,y\n", missing="drop")
    with pytest.raises(DataError, match="at most 1,000 classes can be told apart; 1,100"):
        table(tmp_path, "a,b\n" + "".join(f"{n},{n}\n" for n in range(1100)), targets="classes")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "cp1252"])
def test_other_encodings_can_be_said(encoding: str, tmp_path: Path) -> None:
    spec = table(tmp_path, "a,kind\n1,rö\n2,y\n3,rö\n".encode(encoding), encoding=encoding)
    assert spec.classes == ("rö", "y")
    check_script(spec)


def test_files_larger_than_allowed_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    with pytest.raises(DataError, match=r"iris\.csv is too large: 0\.0 GB; at most"):
        table(tmp_path, GOOD)


def test_reading_can_be_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 2)
    with pytest.raises(DataError, match="was cancelled"):
        table(tmp_path, GOOD, context=LoadContext(cancelled=lambda: True))
