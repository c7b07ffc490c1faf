"""Edits of a network's column, against lists of letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.core import edit_network
from nnviz.core.edit_network import EditError
from nnviz.core.layers.dense import Dense
from nnviz.core.network import NetworkSpec


def network(units: str) -> NetworkSpec:
    return NetworkSpec(layers=tuple(Dense(units=ord(letter)) for letter in units))


def letters(net: NetworkSpec) -> str:
    return "".join(chr(layer.units) for layer in net.layers if isinstance(layer, Dense))


ABCDE = network("abcde")


def test_insert_remove_duplicate_and_replace() -> None:
    x, y = network("xy").layers
    assert letters(edit_network.insert(ABCDE, 0, (x, y))) == "xyabcde"
    assert letters(edit_network.insert(ABCDE, 5, (x,))) == "abcdex"
    assert letters(edit_network.insert(ABCDE, 2, (x,))) == "abxcde"
    assert letters(edit_network.remove(ABCDE, (3, 0, 3))) == "bce"
    assert letters(edit_network.remove(ABCDE, ())) == "abcde"
    assert letters(edit_network.duplicate(ABCDE, (0, 2))) == "abcacde"
    assert letters(edit_network.replace_layer(ABCDE, 4, x)) == "abcdx"


@pytest.mark.parametrize(
    ("positions", "gap", "expected"),
    [
        ((0,), 0, "abcde"),
        ((0,), 1, "abcde"),
        ((0,), 2, "bacde"),
        ((0,), 5, "bcdea"),
        ((4,), 0, "eabcd"),
        ((1, 3), 0, "bdace"),
        ((1, 3), 2, "abdce"),
        ((1, 3), 5, "acebd"),
        ((), 3, "abcde"),
    ],
)
def test_move(positions: tuple[int, ...], gap: int, expected: str) -> None:
    assert letters(edit_network.move(ABCDE, positions, gap)) == expected


@given(positions=st.sets(st.integers(0, 4)), gap=st.integers(0, 5))
def test_moved_layers_are_where_it_is_said(positions: set[int], gap: int) -> None:
    after = letters(edit_network.move(ABCDE, positions, gap))
    assert sorted(after) == list("abcde")
    places = edit_network.moved_to(positions, gap)
    assert [after[place] for place in places] == ["abcde"[index] for index in sorted(positions)]
    rest = [letter for letter in after if letter not in {"abcde"[index] for index in positions}]
    assert rest == sorted(rest)


def test_switch() -> None:
    off = edit_network.set_enabled(ABCDE, (1, 2), False)
    assert [layer.enabled for layer in off.layers] == [True, False, False, True, True]
    assert edit_network.set_enabled(off, range(5), True) == ABCDE


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(EditError, match="has 5 layers; there is no layer 6"):
        edit_network.remove(ABCDE, (5,))
    with pytest.raises(EditError, match="nothing can be put behind layer 6"):
        edit_network.insert(ABCDE, 6, ())
    with pytest.raises(EditError):
        edit_network.move(ABCDE, (0,), -1)
