"""Every number's name, formula, and the formula with the numbers in it, in the chapter's letters.

z weighted sum, a activation, y target, e error, L loss, da = dL/da, delta = dL/dz, dW and db gradients, eta learning
rate. A digit behind the letter is the layer, the brackets hold the units, counted from 1: W1[2,3] leads from unit 2 to
unit 3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nnviz.core.labs.backprop.program import Kind, Net, Op
from nnviz.core.labs.backprop.values import Values

Show = Callable[[float], str]
"""Writes a number; negative ones in brackets."""

TIMES = " \N{MIDDLE DOT} "
MOST_TERMS = 5
"""Longer sums are written with dots in the middle."""
MINUS = " \N{MINUS SIGN} "


@dataclass(frozen=True)
class Explanation:
    """One number and where it comes from.

    Attributes:
        name: What the chapter calls it: "z1[2]".
        formula: Its formula in names.
        numbers: The same with the numbers of now.
        value: The number.
    """

    name: str
    formula: str
    numbers: str
    value: float


def name_of(op: Op) -> str:
    """The name of the number that an operation computes."""
    layer, unit, other = op.layer, op.unit + 1, op.other + 1
    match op.kind:
        case Kind.PRODUCT:
            return f"a{layer - 1}[{other}]{TIMES}W{layer}[{other},{unit}]"
        case Kind.BIAS:
            return f"z{layer}[{unit}]"
        case Kind.ACTIVATE:
            return f"a{layer}[{unit}]"
        case Kind.ERROR:
            return f"e[{unit}]"
        case Kind.LOSS:
            return "L"
        case Kind.LOSS_SLOPE:
            return f"da{layer}[{unit}]"
        case Kind.BACK_PRODUCT:
            return f"W{layer + 1}[{unit},{other}]{TIMES}\N{GREEK SMALL LETTER DELTA}{layer + 1}[{other}]"
        case Kind.DELTA:
            return f"\N{GREEK SMALL LETTER DELTA}{layer}[{unit}]"
        case Kind.BIAS_GRADIENT:
            return f"db{layer}[{unit}]"
        case Kind.WEIGHT_GRADIENT:
            return f"dW{layer}[{other},{unit}]"
        case Kind.UPDATE_WEIGHT:
            return f"W{layer}[{other},{unit}]"
        case Kind.UPDATE_BIAS:
            return f"b{layer}[{unit}]"
    return "L"


def explain(op: Op, before: Values, after: Values, show: Show) -> Explanation:
    """Name, formula, numbers and value of an operation.

    Args:
        op: The operation.
        before: The round just before it.
        after: The round just after it.
        show: How numbers are written; negative ones in brackets.
    """
    net = after.net
    formula, numbers = _EXPLAINERS[op.kind](op, net, before, after, show)
    return Explanation(name_of(op), formula, numbers, after.number(op))


def _n(value: float | None, show: Show) -> str:
    return "?" if value is None else show(value)


def _product(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    a, w = after.a[op.layer - 1][op.other], after.w[op.layer][op.other][op.unit]
    return name_of(op), f"{_n(a, show)}{TIMES}{show(w)}"


def _sum(terms: list[str]) -> str:
    if len(terms) > MOST_TERMS:
        terms = [*terms[:2], "...", *terms[-2:]]
    return " + ".join(terms)


def _bias(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    layer, unit = op.layer, op.unit
    inputs = range(net.sizes[layer - 1])
    names = [f"a{layer - 1}[{i + 1}]{TIMES}W{layer}[{i + 1},{unit + 1}]" for i in inputs]
    numbers = [f"{_n(after.a[layer - 1][i], show)}{TIMES}{show(after.w[layer][i][unit])}" for i in inputs]
    return (
        _sum([*names, f"b{layer}[{unit + 1}]"]),
        _sum([*numbers, show(after.b[layer][unit])]),
    )


def _activate(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    layer, unit = op.layer, op.unit
    activation = net.activation(layer)
    z = after.z[layer][unit]
    name = f"z{layer}[{unit + 1}]"
    if activation.together:
        zs = [f"z{layer}[{j + 1}]" for j in range(net.sizes[layer])]
        formula = f"e^{name} / ({_sum([f'e^{other}' for other in zs])})"
        return formula, f"e^{_n(z, show)} / ({_sum([f'e^{_n(value, show)}' for value in after.z[layer]])})"
    return activation.formula.replace("z", name), activation.formula.replace("z", _n(z, show))


def _error(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    a = after.a[op.layer][op.unit]
    return (
        f"a{op.layer}[{op.unit + 1}]{MINUS}y[{op.unit + 1}]",
        f"{_n(a, show)}{MINUS}{show(after.y[op.unit])}",
    )


def _loss(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    pairs = list(zip(after.a[-1], after.y, strict=True))
    match net.loss:
        case "half squared error":
            inner = _sum([f"({_n(a, show)}{MINUS}{show(y)})^2" for a, y in pairs])
            numbers = f"1/2{TIMES}{inner}" if len(pairs) == 1 else f"1/2{TIMES}({inner})"
        case "mean squared error":
            inner = _sum([f"({_n(a, show)}{MINUS}{show(y)})^2" for a, y in pairs])
            numbers = inner if len(pairs) == 1 else f"({inner}) / {len(pairs)}"
        case "cross-entropy":
            terms = [f"{show(y)}{TIMES}log {_n(a, show)}" for a, y in pairs if y != 0]
            numbers = f"\N{MINUS SIGN}({_sum(terms) or '0'})"
        case _:
            terms = [f"{show(y)}{TIMES}log {_n(a, show)} + {show(1 - y)}{TIMES}log {_n(1 - (a or 0.0), show)}"
                     for a, y in pairs]  # fmt: skip
            numbers = f"\N{MINUS SIGN}({_sum(terms)})" + (f" / {len(pairs)}" if len(pairs) > 1 else "")
    return net.loss_function.formula, numbers


def _loss_slope(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    name, e, a = f"[{op.unit + 1}]", _n(after.e[op.unit], show), after.a[op.layer][op.unit]
    n = len(after.y)
    match net.loss:
        case "half squared error":
            return f"e{name}", e
        case "mean squared error":
            return f"2{TIMES}e{name} / n", f"2{TIMES}{e} / {n}"
    a_name = f"a{op.layer}{name}"
    return (
        f"e{name} / (n{TIMES}{a_name}{TIMES}(1{MINUS}{a_name}))",
        f"{e} / ({n}{TIMES}{_n(a, show)}{TIMES}(1{MINUS}{_n(a, show)}))",
    )


def _back_product(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    w, delta = after.w[op.layer + 1][op.unit][op.other], after.delta[op.layer + 1][op.other]
    return name_of(op), f"{show(w)}{TIMES}{_n(delta, show)}"


def _delta(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    layer, unit = op.layer, op.unit
    a, z, da = after.a[layer][unit], after.z[layer][unit], after.da[layer][unit]
    tag = f"{layer}[{unit + 1}]"
    activation = net.activation(layer)
    if activation.together:
        if net.loss_function.fused:
            total = sum(after.y)
            if total == 1:
                return f"a{tag}{MINUS}y[{unit + 1}]", f"{_n(a, show)}{MINUS}{show(after.y[unit])}"
            return (
                f"a{tag}{TIMES}(sum of y){MINUS}y[{unit + 1}]",
                f"{_n(a, show)}{TIMES}{show(total)}{MINUS}{show(after.y[unit])}",
            )
        every = range(net.sizes[layer])
        names = _sum([f"a{layer}[{k + 1}]{TIMES}da{layer}[{k + 1}]" for k in every])
        terms = _sum([f"{_n(after.a[layer][k], show)}{TIMES}{_n(after.da[layer][k], show)}" for k in every])
        return f"a{tag}{TIMES}(da{tag}{MINUS}({names}))", f"{_n(a, show)}{TIMES}({_n(da, show)}{MINUS}({terms}))"
    match activation.name:
        case "sigmoid":
            slope, number = f"a{tag}{TIMES}(1{MINUS}a{tag})", f"{_n(a, show)}{TIMES}(1{MINUS}{_n(a, show)})"
        case "tanh":
            slope, number = f"(1{MINUS}a{tag}^2)", f"(1{MINUS}{_n(a, show)}^2)"
        case "linear":
            slope = number = "1"
        case _:
            slope, number = f"f'(z{tag})", f"{show(after.slope(layer, unit))}"
            if z is not None and z <= 0 and activation.name == "ELU":
                slope, number = f"(a{tag} + 1)", f"({_n(a, show)} + 1)"
    return f"da{tag}{TIMES}{slope}", f"{_n(da, show)}{TIMES}{number}"


def _bias_gradient(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    delta = after.delta[op.layer][op.unit]
    return f"\N{GREEK SMALL LETTER DELTA}{op.layer}[{op.unit + 1}]", _n(delta, show)


def _weight_gradient(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    a, delta = after.a[op.layer - 1][op.other], after.delta[op.layer][op.unit]
    delta_name = f"\N{GREEK SMALL LETTER DELTA}{op.layer}[{op.unit + 1}]"
    return f"a{op.layer - 1}[{op.other + 1}]{TIMES}{delta_name}", f"{_n(a, show)}{TIMES}{_n(delta, show)}"


def _update_weight(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    old, slope = before.w[op.layer][op.other][op.unit], after.dw[op.layer][op.other][op.unit]
    tag = f"{op.layer}[{op.other + 1},{op.unit + 1}]"
    eta = "\N{GREEK SMALL LETTER ETA}"
    return f"W{tag}{MINUS}{eta}{TIMES}dW{tag}", f"{show(old)}{MINUS}{show(after.eta)}{TIMES}{_n(slope, show)}"


def _update_bias(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    old, slope = before.b[op.layer][op.unit], after.db[op.layer][op.unit]
    tag = f"{op.layer}[{op.unit + 1}]"
    eta = "\N{GREEK SMALL LETTER ETA}"
    return f"b{tag}{MINUS}{eta}{TIMES}db{tag}", f"{show(old)}{MINUS}{show(after.eta)}{TIMES}{_n(slope, show)}"


def _check(op: Op, net: Net, before: Values, after: Values, show: Show) -> tuple[str, str]:
    return net.loss_function.formula, "the whole forward pass with the new weights"


_EXPLAINERS = {
    Kind.PRODUCT: _product,
    Kind.BIAS: _bias,
    Kind.ACTIVATE: _activate,
    Kind.ERROR: _error,
    Kind.LOSS: _loss,
    Kind.LOSS_SLOPE: _loss_slope,
    Kind.BACK_PRODUCT: _back_product,
    Kind.DELTA: _delta,
    Kind.BIAS_GRADIENT: _bias_gradient,
    Kind.WEIGHT_GRADIENT: _weight_gradient,
    Kind.UPDATE_WEIGHT: _update_weight,
    Kind.UPDATE_BIAS: _update_bias,
    Kind.CHECK: _check,
}
