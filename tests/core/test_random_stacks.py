"""Thousands of random networks from the whole catalogue: no crash, no wrong shape, and every offered fix applies."""

from __future__ import annotations

import json
from typing import Any

import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnviz.core.layers.base import LAYERS, LayerSpec
from nnviz.core.network import NetworkSpec
from nnviz.core.shape import Shape
from nnviz.core.spec import Param

LARGEST = 9
"""Largest side, count or window that is drawn: nothing new happens beyond, but it takes longer."""

MOST_FIXES = 40
"""More than any of these networks needs; a longer row of fixes would be one that never ends."""

SHAPES = st.one_of(
    st.tuples(st.integers(1, 24)),
    st.tuples(st.integers(1, 6), st.integers(1, 6)),
    st.tuples(st.integers(1, 4), st.integers(1, LARGEST), st.integers(1, LARGEST)),
).map(Shape)


def _value(info: Param) -> st.SearchStrategy[Any]:
    if info.choices:
        return st.sampled_from(info.choices)
    if info.type is bool:
        return st.booleans()
    if info.type is int:
        assert info.ge is not None
        return st.integers(int(info.ge), max(int(info.ge), min(LARGEST, int(info.le or LARGEST))))
    # The shapes do not depend on what else there is.
    return st.just(info.default)


@st.composite
def _layers(draw: st.DrawFn) -> LayerSpec:
    cls = draw(st.sampled_from(sorted(LAYERS, key=lambda cls: cls.name)))
    return cls(**{info.name: draw(_value(info)) for info in cls.params()})


NETWORKS = st.builds(
    lambda shape, layers: NetworkSpec(input_shape=shape, layers=tuple(layers)), SHAPES, st.lists(_layers(), max_size=7)
)


def _check_shapes(network: NetworkSpec) -> None:
    """Build every layer and compare."""
    # Not on the meta device: torch computes recurrent layers there step by step in Python.
    with torch.no_grad():
        x = torch.zeros(2, *network.input_shape)
        for trace in network.trace():
            if trace.arrives is None or trace.error is not None:
                return
            if trace.layer.enabled:
                module = trace.layer.torch_call(trace.arrives).evaluate()
                x = module(x)
                assert sum(p.numel() for p in module.parameters()) == trace.parameters
            assert trace.leaves is not None
            assert x.shape[1:] == trace.leaves.dims, trace


@settings(derandomize=True, deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
@given(NETWORKS)
def test_random_stacks(network: NetworkSpec) -> None:
    assert NetworkSpec.from_json(json.loads(json.dumps(network.to_json()))) == network
    _check_shapes(network)
    # Whoever presses the first button again and again comes to an end.
    for _ in range(MOST_FIXES):
        problem = network.problem()
        if problem is None:
            break
        assert problem.fixes, problem
        for fix in problem.fixes:
            assert network.apply(fix, problem.index) != network
        network = network.apply(problem.fixes[0], problem.index)
    assert network.problem() is None
    _check_shapes(network)


@settings(derandomize=True, deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(NETWORKS)
def test_the_printed_source_computes_what_the_built_network_computes(network: NetworkSpec) -> None:
    while (problem := network.problem()) is not None:
        network = network.apply(problem.fixes[0], problem.index)
    if network.problems():
        return
    built = network.build(seed=1).eval()
    printed = torch.nn.Sequential()
    for trace in network.trace():
        if trace.layer.enabled and trace.arrives is not None:
            call = trace.layer.torch_call(trace.arrives)
            namespace: dict[str, Any] = {"torch": torch, "nn": torch.nn}
            for statement in call.imports():
                exec(statement, namespace)
            for _, source in call.definitions():
                exec(source, namespace)
            printed.add_module(trace.name, eval(call.source(), namespace))
    printed.load_state_dict(built.state_dict())
    x = torch.randn(3, *network.input_shape, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        torch.testing.assert_close(printed.eval()(x), built(x), atol=1e-6, rtol=0)
