from __future__ import annotations

import pytest

from nnviz.gui.labs.axes import tick_text, ticks
from nnviz.gui.labs.numbers import brief, factor, short, signed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5"),
        (0.731058, "0.7311"),
        (-0.0101234, "\N{MINUS SIGN}0.01012"),
        (0.00213, "0.00213"),
        (12.3456, "12.35"),
        (1234.5, "1234"),
        (3.1e-5, "3.1e-05"),
        (123456.0, "1.2e+05"),
        (0.0, "0"),
        (float("inf"), "∞"),
        (float("-inf"), "\N{MINUS SIGN}∞"),
        (float("nan"), "?"),
    ],
)
def test_numbers_are_as_short_as_their_digits(value: float, text: str) -> None:
    assert short(value) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.0, 3, "0"),
        (12.345, 3, "12.3"),
        (0.04583, 3, "0.0458"),
        (0.00576, 3, "0.0058"),
        (0.001, 2, "0.001"),
        (0.00031, 3, "3e-4"),
        (-0.00096, 3, "\N{MINUS SIGN}1e-3"),
        (32123.0, 2, "32000"),
        (-2.4e9, 3, "\N{MINUS SIGN}2e9"),
        (float("inf"), 3, "\N{INFINITY}"),
    ],
)
def test_numbers_for_narrow_places_have_seven_signs_at_most(value: float, digits: int, text: str) -> None:
    assert brief(value, digits) == text


def test_signs_and_brackets() -> None:
    assert signed(-1.234) == "\N{MINUS SIGN}1.23"
    assert signed(-0.001) == "0.00"
    assert factor(-0.5) == "(\N{MINUS SIGN}0.5)"
    assert factor(0.5) == "0.5"


def test_ticks_are_round_and_within() -> None:
    assert ticks(0, 1, 5) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    assert ticks(-3.2, 7.9, 4) == [0, 5]
    assert ticks(1, 1, 4) == []
    assert ticks(0, float("nan"), 4) == []
    assert tick_text(-0.30000000000000004) == "\N{MINUS SIGN}0.3"
