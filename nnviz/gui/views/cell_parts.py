"""Names, colours and formulas of what happens in recurrent cells, for all views that show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QColor

from nnviz.core.measures.recurrent import GATES, PARTS
from nnviz.gui.style.colours import class_colour
from nnviz.gui.style.theme import Theme
from nnviz.gui.views.axes import number_text

TITLES = {
    "forget": str(QT_TRANSLATE_NOOP("CellParts", "Forget gate f")),
    "input": str(QT_TRANSLATE_NOOP("CellParts", "Input gate i")),
    "output": str(QT_TRANSLATE_NOOP("CellParts", "Output gate o")),
    "reset": str(QT_TRANSLATE_NOOP("CellParts", "Reset gate r")),
    "update": str(QT_TRANSLATE_NOOP("CellParts", "Update gate z")),
    "candidate": str(QT_TRANSLATE_NOOP("CellParts", "Candidate")),
    "cell": str(QT_TRANSLATE_NOOP("CellParts", "Cell state c")),
    "hidden": str(QT_TRANSLATE_NOOP("CellParts", "Hidden state h")),
}

SYMBOLS = {
    "forget": "f",
    "input": "i",
    "output": "o",
    "reset": "r",
    "update": "z",
    "cell": "c",
    "hidden": "h",
}

_COLOURS = {"forget": 2, "input": 6, "output": 3, "reset": 2, "update": 3, "candidate": 4, "cell": 5}


def title(part: str, kind: str) -> str:
    """Name of a part in the user's language, with its letter in the formulas."""
    text = QCoreApplication.translate("CellParts", TITLES[part])
    return f"{text} {symbol(part, kind)}" if part == "candidate" else text


def symbol(part: str, kind: str) -> str:
    """Its letter in the formulas: a GRU's candidate is called n, an LSTM's g."""
    return ("n" if kind == "gru" else "g") if part == "candidate" else SYMBOLS[part]


def part_colour(theme: Theme, part: str) -> QColor:
    """Colour of its curve."""
    return theme.colour("text") if part == "hidden" else class_colour(theme, _COLOURS[part])


def gates_of(kind: str) -> tuple[str, ...]:
    """Parts of a kind of cell that lie between 0 and 1."""
    return tuple(part for part in PARTS[kind] if part in GATES)


def states_of(kind: str) -> tuple[str, ...]:
    """Parts of a kind of cell that have a sign."""
    return tuple(part for part in PARTS[kind] if part not in GATES)


def formula(
    arrays: Mapping[str, NDArray[Any]], part: str, unit: int, step: int, *, backwards: bool = False, relu: bool = False
) -> str:
    """How a value of a part came about: its formula and the same with numbers.

    Args:
        arrays: Of one cell and one sequence, as `nnviz.core.recurrent_seen.gates` gives them.
        part: Which part.
        unit: Which unit, from 0.
        step: Which step of the sequence, from 0.
        backwards: Whether the cell reads from the end: what it remembers is of the step behind.
        relu: Whether a plain cell bends its sum by ReLU.
    """
    kind = str(arrays["kind"])
    now, then = step + 1, step + 2 if backwards else step
    values = {name: float(arrays[f"part.{name}"][step, unit]) for name in PARTS[kind]}
    before = step + 1 if backwards else step - 1
    known = 0 <= before < int(arrays["length"])
    value = _number(values[part])
    if part == "cell":
        old = float(arrays["part.cell"][before, unit]) if known else 0.0
        f, i, g = (_factor(values[name]) for name in ("forget", "input", "candidate"))
        return f"c[{now}] = f c[{then}] + i g = {f} · {_factor(old)} + {i} · {g} = {value}"
    if part == "hidden" and kind == "lstm":
        o, c = _factor(values["output"]), _number(values["cell"])
        return f"h[{now}] = o tanh(c[{now}]) = {o} · tanh({c}) = {value}"
    if part == "hidden" and kind == "gru":
        old = float(arrays["part.hidden"][before, unit]) if known else 0.0
        z, n = _number(values["update"]), _factor(values["candidate"])
        return f"h[{now}] = (1 − z) n + z h[{then}] = (1 − {z}) · {n} + {z} · {_factor(old)} = {value}"  # noqa: RUF001
    of_input, of_state = (float(arrays[f"{share}.{part}"][step, unit]) for share in ("of_input", "of_state"))
    letter = f"{symbol(part, kind)}[{now}]"
    bend = "sigmoid" if part in GATES else "relu" if relu else "tanh"
    if kind == "gru" and part == "candidate":
        r = _number(values["reset"])
        return (
            f"{letter} = tanh(W x[{now}] + b + r (U h[{then}] + c)) = "
            f"tanh({_number(of_input)} + {r} · {_factor(of_state)}) = {value}"
        )
    total = f"{_number(of_input)} {_term(of_state)}"
    return f"{letter} = {bend}(W x[{now}] + U h[{then}] + b) = {bend}({total}) = {value}"


def _number(value: float) -> str:
    return number_text(value)


def _factor(value: float) -> str:
    """A number behind a sign of multiplication: negative ones in brackets."""
    return f"({number_text(value)})" if value < 0 else number_text(value)


def _term(value: float) -> str:
    """A number that is added."""
    return f"− {number_text(-value)}" if value < 0 else f"+ {number_text(value)}"  # noqa: RUF001
