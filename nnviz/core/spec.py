"""Specs: frozen descriptions whose fields carry their own documentation, range and unit.

Property editor, JSON, tooltips, reference page, validation and code export are all derived from what `param()` says.
This module knows nothing of any particular layer, data set or optimiser.
"""

from __future__ import annotations

import dataclasses
import math
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from nnviz.core.errors import NnvizError
from nnviz.core.shape import Shape

if TYPE_CHECKING:
    from nnviz.core.registry import Registry


class SpecError(NnvizError, ValueError):
    """A parameter that is outside its range, of the wrong kind, or unknown.

    Attributes:
        spec: Title of the described thing, for example "Dense".
        field: Name of the parameter.
    """

    def __init__(self, spec: str, field: str, message: str) -> None:
        self.spec = spec
        self.field = field
        super().__init__(f"{spec}: {message}")


@dataclass(frozen=True)
class Param:
    """What is known of one parameter of a spec.

    Attributes:
        name: The field's name.
        type: `int`, `float`, `bool`, `str`, `Shape`, `tuple` (of whole numbers) or a subclass of `Spec`.
        default: Its default value.
        doc: One sentence for people.
        ge: Least allowed value, or None.
        le: Largest allowed value, or None.
        gt: Bound that the value must exceed, or None.
        lt: Bound that the value must stay below, or None.
        unit: Unit in words ("pixels", "samples"), or empty.
        choices: The allowed values, or empty if any in range is.
        log: Whether an editor should step by factors, as for learning rates.
        registry: For a nested spec: where its type is looked up.
        optional: Whether None is allowed.
        editable: Whether people set it in a form; otherwise it is found out (from a file, say) or set elsewhere.
        path: "file" or "folder" if the text is the path of one, else empty.
        suffixes: For a file: the endings that are offered, as (".csv", ".tsv").
        only_if: Name of another field of the same spec, and the values of it with which this one matters; None if it
            always does. A value that does not matter is kept and checked all the same.
        title: The name for people: "Kernel size".
    """

    name: str
    type: Any
    default: Any
    doc: str
    ge: float | None
    le: float | None
    gt: float | None
    lt: float | None
    unit: str
    choices: tuple[Any, ...]
    log: bool
    registry: Registry[Any] | None
    editable: bool
    path: Literal["", "file", "folder"]
    suffixes: tuple[str, ...]
    only_if: tuple[str, tuple[Any, ...]] | None
    optional: bool

    @property
    def title(self) -> str:
        """The parameter's name for people: `kernel_size` becomes "Kernel size"."""
        return self.name.replace("_", " ").capitalize()

    def matters(self, spec: Spec) -> bool:
        """Whether the parameter has an effect, as the others of `spec` are set."""
        if self.only_if is None:
            return True
        name, values = self.only_if
        return getattr(spec, name) in values

    def check(self, spec: str, value: Any) -> Any:
        """The value, made the field's own type where nothing is lost by it (1 for 1.0).

        Raises:
            SpecError: If the value is of another kind, out of range or not among the choices.
        """
        if value is None and self.optional:
            return None
        value = self._convert(spec, value)
        if self.choices and value not in self.choices:
            allowed = ", ".join(map(str, self.choices))
            raise SpecError(spec, self.name, f"{self.title} must be one of {allowed}; {value!r} is not.")
        if self.type in (int, float):
            self._check_range(spec, value)
        return value

    def _convert(self, spec: str, value: Any) -> Any:
        if self.type is float and type(value) is int:
            try:
                return float(value)
            except OverflowError:
                sentence = f"{self.title} must be a finite number; {_digits(value)} is not."
                raise SpecError(spec, self.name, sentence) from None
        if self.type is int and type(value) is float and value.is_integer():
            return int(value)
        if self.type is tuple and isinstance(value, list):
            value = tuple(value)
        expected = self.type if isinstance(self.type, type) else object
        right = type(value) is expected if expected in (int, float, bool, str) else isinstance(value, expected)
        if not right:
            kinds = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}
            kind = kinds.get(expected, f"a {expected.__name__}")
            raise SpecError(spec, self.name, f"{self.title} must be {kind}; {value!r} is not.")
        return value

    def _check_range(self, spec: str, value: float) -> None:
        # isfinite() cannot take a whole number that no float can hold.
        if type(value) is float and not math.isfinite(value):
            raise SpecError(spec, self.name, f"{self.title} must be a finite number; {value!r} is not.")
        unit = f" {self.unit}" if self.unit else ""
        for bound, fails, words in (
            (self.ge, self.ge is not None and value < self.ge, "at least"),
            (self.le, self.le is not None and value > self.le, "at most"),
            (self.gt, self.gt is not None and value <= self.gt, "more than"),
            (self.lt, self.lt is not None and value >= self.lt, "less than"),
        ):
            if fails:
                limit = f"{words} {_digits(bound)}{unit}"
                raise SpecError(spec, self.name, f"{self.title} must be {limit}; {_digits(value)} is not.")


def param(
    default: Any = MISSING,
    doc: str = "",
    *,
    ge: float | None = None,
    le: float | None = None,
    gt: float | None = None,
    lt: float | None = None,
    unit: str = "",
    choices: tuple[Any, ...] = (),
    log: bool = False,
    registry: Registry[Any] | None = None,
    editable: bool = True,
    path: Literal["", "file", "folder"] = "",
    suffixes: tuple[str, ...] = (),
    only_if: tuple[str, tuple[Any, ...]] | None = None,
) -> Any:
    """A dataclass field that documents itself; see `Param` for what each argument means.

    A default that is itself a `Spec` may be shared, because specs are frozen.
    """
    metadata = {
        "doc": doc,
        "ge": ge,
        "le": le,
        "gt": gt,
        "lt": lt,
        "unit": unit,
        "choices": choices,
        "log": log,
        "registry": registry,
        "editable": editable,
        "path": path,
        "suffixes": suffixes,
        "only_if": only_if,
    }
    return dataclasses.field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Spec:
    """Base of all frozen descriptions: layers, data sets, optimisers, losses, training.

    A subclass is a frozen, keyword-only dataclass whose fields are made with `param()`. Constructing one checks every
    field, so an existing spec is always valid by itself (whether it fits its neighbours is another question).

    Attributes:
        name: Registry name, set by the registry.
        title: Name for people; the class name unless the class itself says otherwise.

    Raises:
        SpecError: On construction, if a value does not fit its field.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Give every subclass a title of its own."""
        super().__init_subclass__(**kwargs)
        if "title" not in cls.__dict__:
            cls.title = cls.__name__

    def __post_init__(self) -> None:
        """Check every field, and convert what can be converted without loss."""
        for info in self.params():
            value = getattr(self, info.name)
            checked = info.check(self.title, value)
            if checked is not value:
                object.__setattr__(self, info.name, checked)

    @classmethod
    def params(cls) -> tuple[Param, ...]:
        """The parameters in the order in which they are declared."""
        cached: tuple[Param, ...] | None = cls.__dict__.get("_params")
        if cached is None:
            # Reading annotations is slow, and specs are made on every edit.
            annotations = typing.get_type_hints(cls)
            cached = tuple(_read_param(cls, field, annotations[field.name]) for field in dataclasses.fields(cls))
            cls._params = cached  # type: ignore[attr-defined]
        return cached

    @classmethod
    def summary(cls) -> str:
        """First sentence of the docstring: what it is, in one line."""
        text = (cls.__doc__ or "").strip().split("\n\n")[0]
        return " ".join(text.split())

    def replace(self, **changes: Any) -> Self:
        """A copy with some parameters changed, checked again.

        Raises:
            SpecError: If a value does not fit or there is no such parameter.
        """
        self._refuse_unknown(changes)
        return dataclasses.replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """JSON object with the registry name as `type` and one entry per parameter."""
        data: dict[str, Any] = {"type": self.name}
        for info in self.params():
            data[info.name] = _value_to_json(getattr(self, info.name))
        return data

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """The spec that `to_json` described; parameters that are not given take their defaults.

        Raises:
            SpecError: If it is not an object, or a parameter is unknown or wrong.
            UnknownNameError: If a nested spec's type is not registered.
        """
        if not isinstance(data, Mapping):
            raise SpecError(cls.title, "", f"A JSON object is needed; {type(data).__name__} was found.")
        given = {key: value for key, value in data.items() if key != "type"}
        cls._refuse_unknown(given)
        infos = {info.name: info for info in cls.params()}
        return cls(**{key: _value_from_json(cls.title, infos[key], value) for key, value in given.items()})

    @classmethod
    def _refuse_unknown(cls, given: Mapping[str, Any]) -> None:
        known = [info.name for info in cls.params()]
        for key in given:
            if key not in known:
                has = f"It has: {', '.join(known)}." if known else "It has none."
                raise SpecError(cls.title, str(key), f"There is no parameter {key!r}. {has}")


def spec_from_json(registry: Registry[Any], data: Any) -> Any:
    """The spec that a JSON object with a `type` describes, looked up in `registry`.

    Raises:
        SpecError: If there is no `type`, or a parameter is wrong.
        UnknownNameError: If the type is not registered.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("type"), str):
        raise SpecError(registry.noun.capitalize(), "type", 'A JSON object with a "type" is needed.')
    return registry[data["type"]].from_json(data)


def _digits(value: float | None) -> str:
    # Whole numbers in full, as "1.67772e+07 is not" tells nobody what was typed; but no sentence of 400 digits.
    text = str(value) if type(value) is int else f"{value:g}"
    return text if len(text) <= 20 else f"{text[:8]}... ({len(text.lstrip('-'))} digits)"


def _value_to_json(value: Any) -> Any:
    if isinstance(value, Spec):
        return value.to_json()
    if isinstance(value, Shape):
        return list(value.dims)
    if isinstance(value, tuple):
        return [_value_to_json(item) for item in value]
    return value


def _value_from_json(spec: str, info: Param, value: Any) -> Any:
    if info.registry is not None and value is not None:
        if info.type is tuple and isinstance(value, list):
            return tuple(spec_from_json(info.registry, item) for item in value)
        return spec_from_json(info.registry, value)
    if info.type is Shape:
        try:
            return Shape(tuple(value))
        except (TypeError, ValueError) as error:
            raise SpecError(spec, info.name, f"{info.title} must be a list of whole numbers: {error}") from None
    if isinstance(info.type, type) and issubclass(info.type, Spec) and isinstance(value, Mapping):
        return info.type.from_json(value)
    return value


def _read_param(cls: type[Spec], field: dataclasses.Field[Any], annotation: Any) -> Param:
    arguments = typing.get_args(annotation)
    optional = type(None) in arguments
    if optional:
        annotation = next(argument for argument in arguments if argument is not type(None))
    kind = typing.get_origin(annotation) or annotation
    if not field.metadata.get("doc"):
        raise TypeError(f"{cls.__name__}.{field.name} has no doc: declare it with param(default, doc).")
    default = None if field.default is MISSING else field.default
    return Param(name=field.name, type=kind, default=default, optional=optional, **field.metadata)
