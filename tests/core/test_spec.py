"""Specs: checks, JSON, and what their fields say of themselves."""

from __future__ import annotations

import json
import math
from dataclasses import FrozenInstanceError, dataclass
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.core.errors import NnvizError
from nnviz.core.layers.base import LAYERS
from nnviz.core.layers.conv2d import Conv2d
from nnviz.core.layers.dense import Dense
from nnviz.core.layers.dropout import Dropout
from nnviz.core.network import NetworkSpec
from nnviz.core.registry import Registry
from nnviz.core.shape import Shape
from nnviz.core.spec import Spec, SpecError, param, spec_from_json
from nnviz.core.training.optimisers.adam import Adam
from nnviz.core.training.optimisers.base import OPTIMISERS
from nnviz.core.training.spec import TrainingSpec

SHADES: Registry[type[Shade]] = Registry("shade", "nnviz.core.losses_that_do_not_exist")
SHADES._discovered = True


@dataclass(frozen=True, kw_only=True)
class Shade(Spec):
    """How light it is."""

    level: float = param(0.5, "Lightness.", ge=0, lt=1)


@SHADES.register
@dataclass(frozen=True, kw_only=True)
class Dark(Shade):
    """Little light."""


@dataclass(frozen=True, kw_only=True)
class Lamp(Spec):
    """A lamp in one
    sentence.

    More of it.
    """

    title = "Desk lamp"

    bulbs: int = param(2, "Number of bulbs.", ge=1, le=8, unit="bulbs")
    power: float = param(5.0, "Power of one bulb.", gt=0, le=100, unit="watts", log=True)
    on: bool = param(False, "Whether it shines.")
    colour: str = param("white", "Colour of the light.", choices=("white", "warm"))
    place: Shape = param(Shape((2, 3)), "Where it stands.")
    holes: tuple[int, ...] = param((1, 2), "Holes, counted from the left.")
    shade: Shade = param(Dark(), "The shade.", registry=SHADES)
    timer: int | None = param(None, "Minutes until it goes out, if it does.", ge=1, le=60)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**300, max_value=10**320)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["dense", "conv2d", "adam", "valid", "type"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.just("type"), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_params_tell_what_the_fields_say() -> None:
    infos = {info.name: info for info in Lamp.params()}
    assert list(infos) == ["bulbs", "power", "on", "colour", "place", "holes", "shade", "timer"]
    bulbs, power, timer = infos["bulbs"], infos["power"], infos["timer"]
    assert (bulbs.type, bulbs.default, bulbs.doc, bulbs.ge, bulbs.le, bulbs.unit, bulbs.optional) == (
        *(int, 2, "Number of bulbs.", 1, 8, "bulbs", False),
    )
    assert (power.gt, power.log) == (0, True)
    assert (timer.type, timer.optional, timer.default) == (int, True, None)
    assert (infos["holes"].type, infos["place"].type) == (tuple, Shape)
    assert infos["shade"].registry is SHADES
    assert infos["colour"].choices == ("white", "warm")
    assert {info.title for info in Conv2d.params()} >= {"Kernel size", "Weight initialiser", "Filters"}


def test_title_and_summary() -> None:
    assert Lamp.title == "Desk lamp"
    assert Dark.title == "Dark"
    assert Lamp.summary() == "A lamp in one sentence."


def test_specs_are_frozen_values() -> None:
    assert Lamp() == Lamp()
    assert len({Lamp(), Lamp(), Lamp(bulbs=3)}) == 2
    with pytest.raises(FrozenInstanceError):
        Lamp().bulbs = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("bulbs", 0, "Desk lamp: Bulbs must be at least 1 bulbs; 0 is not."),
        ("bulbs", 9, "Desk lamp: Bulbs must be at most 8 bulbs; 9 is not."),
        ("bulbs", 2.5, "Desk lamp: Bulbs must be a whole number; 2.5 is not."),
        ("bulbs", True, "Desk lamp: Bulbs must be a whole number; True is not."),
        ("bulbs", None, "Desk lamp: Bulbs must be a whole number; None is not."),
        ("bulbs", "2", "Desk lamp: Bulbs must be a whole number; '2' is not."),
        ("power", 0, "Desk lamp: Power must be more than 0 watts; 0 is not."),
        ("power", 101.0, "Desk lamp: Power must be at most 100 watts; 101 is not."),
        ("power", math.nan, "Desk lamp: Power must be a finite number; nan is not."),
        ("power", math.inf, "Desk lamp: Power must be a finite number; inf is not."),
        ("power", "5", "Desk lamp: Power must be a number; '5' is not."),
        ("on", 1, "Desk lamp: On must be true or false; 1 is not."),
        ("colour", "red", "Desk lamp: Colour must be one of white, warm; 'red' is not."),
        ("colour", 3, "Desk lamp: Colour must be a text; 3 is not."),
        ("place", (2, 3), "Desk lamp: Place must be a Shape; (2, 3) is not."),
        ("shade", Adam(), "Desk lamp: Shade must be a Shade; "),
        ("timer", 0, "Desk lamp: Timer must be at least 1; 0 is not."),
    ],
)
def test_wrong_values_are_refused_with_a_sentence(field: str, value: object, sentence: str) -> None:
    with pytest.raises(SpecError) as refused:
        Lamp(**{field: value})  # type: ignore[arg-type]
    assert str(refused.value).startswith(sentence)
    assert (refused.value.spec, refused.value.field) == ("Desk lamp", field)


@pytest.mark.parametrize("huge", [10**400, -(10**400)])
@pytest.mark.parametrize("field", ["bulbs", "power"])
def test_numbers_beyond_every_float_are_refused_too(field: str, huge: int) -> None:
    with pytest.raises(SpecError, match="must be"):
        Lamp(**{field: huge})


def test_lt_bound_is_exclusive() -> None:
    assert Dropout(rate=0.999).rate == 0.999
    with pytest.raises(SpecError, match="less than 1"):
        Dropout(rate=1.0)


def test_lossless_conversions() -> None:
    lamp = Lamp(power=3, bulbs=4.0, holes=[3, 4])  # type: ignore[arg-type]
    assert (type(lamp.power), lamp.power) == (float, 3.0)
    assert (type(lamp.bulbs), lamp.bulbs) == (int, 4)
    assert lamp.holes == (3, 4)


def test_replace_checks_again() -> None:
    assert Lamp().replace(bulbs=5) == Lamp(bulbs=5)
    with pytest.raises(SpecError, match="at most 8"):
        Lamp().replace(bulbs=50)
    with pytest.raises(SpecError, match=r"no parameter 'bulb'\. It has: bulbs, power"):
        Lamp().replace(bulb=1)


def test_json_is_what_one_would_write_by_hand() -> None:
    assert json.loads(json.dumps(Lamp().to_json())) == {
        "type": "",
        "bulbs": 2,
        "power": 5.0,
        "on": False,
        "colour": "white",
        "place": [2, 3],
        "holes": [1, 2],
        "shade": {"type": "dark", "level": 0.5},
        "timer": None,
    }


def test_json_round_trip_and_defaults() -> None:
    lamp = Lamp(power=0.1, place=Shape((7,)), shade=Dark(level=0.25), timer=9)
    assert Lamp.from_json(json.loads(json.dumps(lamp.to_json()))) == lamp
    assert Lamp.from_json({}) == Lamp()
    assert spec_from_json(SHADES, {"type": "dark", "level": 0}) == Dark(level=0.0)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "Desk lamp: A JSON object is needed; list was found."),
        (None, "Desk lamp: A JSON object is needed; NoneType was found."),
        ({"bulb": 1}, "Desk lamp: There is no parameter 'bulb'. It has: bulbs, power, on,"),
        ({"bulbs": "many"}, "Desk lamp: Bulbs must be a whole number; 'many' is not."),
        ({"place": 3}, "Desk lamp: Place must be a list of whole numbers: "),
        ({"place": []}, "Desk lamp: Place must be a list of whole numbers: "),
        ({"place": "ab"}, "Desk lamp: Place must be a list of whole numbers: "),
        ({"place": [1, 2, 3, 4]}, "Desk lamp: Place must be a list of whole numbers: "),
        ({"place": None}, "Desk lamp: Place must be a list of whole numbers: "),
        ({"shade": 3}, 'Shade: A JSON object with a "type" is needed.'),
        ({"shade": {}}, 'Shade: A JSON object with a "type" is needed.'),
        ({"shade": {"type": 3}}, 'Shade: A JSON object with a "type" is needed.'),
        ({"shade": {"type": "dakr"}}, "There is no shade called 'dakr'. Did you mean dark?"),
        ({"shade": {"type": "dark", "level": 1}}, "Dark: Level must be less than 1; 1 is not."),
        ({"shade": None}, "Desk lamp: Shade must be a Shade; None is not."),
    ],
)
def test_broken_json_is_refused_with_a_sentence(data: object, sentence: str) -> None:
    with pytest.raises(NnvizError) as refused:
        Lamp.from_json(data)
    assert str(refused.value).startswith(sentence)


def test_a_field_without_doc_is_a_programming_error() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Silent(Spec):
        """Says nothing of its field."""

        secret: int = 3

    with pytest.raises(TypeError, match=r"Silent\.secret has no doc"):
        Silent()


def _made(make: Any, data: object) -> object:
    # What is made of the data: a spec, or the sentence that says why not. Any other error fails the test.
    try:
        return make(data)
    except NnvizError as error:
        return str(error)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(JSON)
def test_garbage_never_raises_anything_else(data: object) -> None:
    for cls in (Lamp, NetworkSpec, TrainingSpec, Conv2d, Dense):
        assert _made(cls.from_json, data)
    for registry in (LAYERS, OPTIMISERS):
        assert _made(partial(spec_from_json, registry), data)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.data())
def test_garbage_in_known_fields_never_raises_anything_else(data: st.DataObject) -> None:
    cls = data.draw(st.sampled_from([Lamp, NetworkSpec, TrainingSpec, Conv2d, Dense, Adam]))
    names = [info.name for info in cls.params()]
    assert _made(cls.from_json, data.draw(st.dictionaries(st.sampled_from(names), JSON, max_size=3)))


@dataclass(frozen=True, kw_only=True)
class Lantern(Spec):
    """Gives light."""

    mode: str = param("on", "How it shines.", choices=("on", "off", "blinking"))
    period: float = param(1.0, "Seconds between two flashes.", gt=0, only_if=("mode", ("blinking",)))


def test_a_parameter_that_has_no_effect_says_so_and_is_kept_and_checked_all_the_same() -> None:
    mode, period = Lantern.params()
    assert mode.matters(Lantern())
    assert not period.matters(Lantern(mode="off"))
    assert period.matters(Lantern(mode="blinking"))
    assert Lantern.from_json(Lantern(mode="off", period=3).to_json()) == Lantern(mode="off", period=3)
    with pytest.raises(SpecError, match="Period"):
        Lantern(mode="off", period=0)
