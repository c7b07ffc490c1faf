"""What specs say, as text on the screen: translated, with units, ranges, shapes and large numbers made readable."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QCoreApplication

from nnviz.core.shape import Shape
from nnviz.core.spec import Param, Spec


def spec_text(text: str) -> str:
    """A title, doc or other text of the core in the user's language; all of them share the context "Spec"."""
    return QCoreApplication.translate("Spec", text) if text else ""


def number_text(value: float) -> str:
    """A parameter's value as people write it: 0.0001, 1e-8, 20000."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:.10g}"
    mantissa, _, exponent = text.partition("e")
    if exponent:
        return f"{mantissa}e{int(exponent)}"
    # "5" for a share or a rate would look like a count.
    return text if "." in text or abs(value) >= 10 else f"{text}.0"


def quantity_text(value: float, unit: str) -> str:
    """A value with its unit: "5 pixels", "1 pixel"."""
    if not unit:
        return number_text(value)
    return f"{number_text(value)} {spec_text(unit.removesuffix('s') if value == 1 else unit)}"


def count_text(value: int) -> str:
    """A count with its thousands apart: 3,212,288."""
    return f"{value:,}"


def shape_text(shape: Shape) -> str:
    """A shape as it stands between two layers: 1 × 28 × 28."""
    return " × ".join(map(str, shape))


def formula_text(formula: str) -> str:
    """A sum of products written out, made readable: 5 × 5 × 1 × 32 + 32 = 832."""
    terms, equals, total = re.sub(r"(?<=\d)x(?=\d)", " × ", formula).partition(" = ")
    return f"{terms}{equals}{count_text(int(total))}" if total.isdigit() else terms


def range_text(info: Param) -> str:
    """The allowed values of a number in words, empty if any will do."""
    unit = f" {spec_text(info.unit)}" if info.unit else ""
    translate = QCoreApplication.translate
    bounds = []
    for bound, words in (
        (info.ge, translate("Range", "from {}")),
        (info.gt, translate("Range", "more than {}")),
        (info.le, translate("Range", "to {}") if info.ge is not None else translate("Range", "at most {}")),
        (info.lt, translate("Range", "less than {}")),
    ):
        if bound is not None:
            bounds.append(words.format(f"{bound:,}" if isinstance(bound, int) else number_text(bound)))
    return f"{' '.join(bounds) if info.ge is not None else ', '.join(bounds)}{unit}" if bounds else ""


def param_tooltip(info: Param) -> str:
    """What a parameter is, and its range and unit, as rich text that wraps."""
    lines = [html.escape(spec_text(info.doc))]
    allowed = range_text(info)
    if allowed:
        lines.append(html.escape(f"{allowed[0].upper()}{allowed[1:]}."))
    return "".join(f"<p style='margin: 2px 0'>{line}</p>" for line in lines)


def spec_tooltip(cls: type[Spec]) -> str:
    """What a spec is in a sentence, and its formula if it has one, as rich text that wraps."""
    formula = getattr(cls, "formula", "")
    text = f"<p style='margin: 2px 0'>{html.escape(spec_text(cls.summary()))}</p>"
    return text + (f"<p style='margin: 2px 0'><i>{html.escape(formula)}</i></p>" if formula else "")
