"""Numbers as the labs write them: a true minus sign, and as many digits as can be read."""

from __future__ import annotations

import math
from functools import lru_cache

MINUS = "\N{MINUS SIGN}"
MOST_NUMBERS = 4096
"""So many are kept as texts, of each kind: most numbers of a frame were in the last one."""


@lru_cache(maxsize=MOST_NUMBERS)
def signed(value: float, digits: int = 2) -> str:
    """A number with a fixed count of decimals, with the sign of minus in front of negative ones."""
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


@lru_cache(maxsize=MOST_NUMBERS)
def short(value: float, digits: int = 4) -> str:
    """A number in as few signs as show `digits` of its digits, without idle zeros: 0.7311, 0.5, 12.35, 3.1e-05."""
    if not math.isfinite(value):
        return {math.inf: "\N{INFINITY}", -math.inf: f"{MINUS}\N{INFINITY}"}.get(value, "?")
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 10**digits:
        decimals = min(digits + 1, max(0, digits - 1 - math.floor(math.log10(abs(value)))))
        text = f"{value:.{decimals}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{value:.{max(1, digits - 3)}e}"
    # The sign of an exponent is part of how programs write numbers, and stays.
    return MINUS + text[1:] if text.startswith("-") else text


def factor(value: float, digits: int = 4) -> str:
    """A number as a factor within a product: negative ones in brackets."""
    text = short(value, digits)
    return f"({text})" if value < 0 else text


@lru_cache(maxsize=MOST_NUMBERS)
def significant(value: float, digits: int = 3) -> str:
    """A number with that many digits from its first one on that is not 0: 0.00236, 12.3, 5.5e-06."""
    if not math.isfinite(value):
        return short(value)
    text = f"{value:.{digits}g}"
    if 1e-4 <= abs(value) < 10**digits:
        places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        text = f"{value:.{places}f}"
    return text.replace("-", MINUS)


@lru_cache(maxsize=MOST_NUMBERS)
def brief(value: float, digits: int = 2) -> str:
    """A number for a narrow place: `digits` of its digits, four decimals at most; of a tiny or huge one only the first.

    For example 12.3, 0.0458 and 3e-5.
    """
    if not math.isfinite(value) or value == 0:
        return short(value)
    if 1e-3 <= abs(value) < 1e6:
        text = f"{float(f'{value:.{digits}g}'):.4f}".rstrip("0").rstrip(".")
    else:
        mantissa, _, exponent = f"{value:.0e}".partition("e")
        text = f"{mantissa}e{int(exponent)}"
    return MINUS + text[1:] if text.startswith("-") else text
