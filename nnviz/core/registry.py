"""Registries: how a file becomes a feature without anyone listing it."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import re
import threading
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from nnviz.core.errors import NnvizError

T = TypeVar("T", bound=type[Any])


class UnknownNameError(NnvizError, KeyError):
    """A name that no registered class has; the sentence suggests the nearest ones."""

    def __str__(self) -> str:
        return str(self.args[0])


def snake_case(class_name: str) -> str:
    """Registry name of a class: `MaxPool2d` becomes `max_pool2d`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", class_name).lower()


class Registry(Generic[T]):
    """Classes of one kind by name, found by importing every module of one package.

    The first look-up imports the package's modules, so that a new feature is one new file. Registering two classes
    under one name is an error at import time.

    Args:
        noun: What is registered, in the singular and for people: "layer".
        package: Dotted name of the package whose modules register themselves.
    """

    def __init__(self, noun: str, package: str) -> None:
        self.noun = noun
        self.package = package
        self._classes: dict[str, T] = {}
        self._discovered = False
        self._discovering = False
        # The threads of the window and of training both look things up, the first time perhaps at the same time.
        self._lock = threading.RLock()

    def register(self, cls: T) -> T:
        """Class decorator: make `cls` known under its snake-case name, or under its own `name` if it sets one.

        Raises:
            ValueError: If another class has the name already.
        """
        name = cls.__dict__.get("name") or snake_case(cls.__name__)
        other = self._classes.get(name)
        if other is not None and other.__qualname__ + other.__module__ != cls.__qualname__ + cls.__module__:
            raise ValueError(f"Two {self.noun}s are called {name!r}: {other.__module__} and {cls.__module__}.")
        cls.name = name
        self._classes[name] = cls
        return cls

    def discover(self) -> None:
        """Import every module of the package once; private ones (leading underscore) too.

        A second thread waits until all are found. If a module fails, the next look-up tries again.
        """
        if self._discovered:
            return
        with self._lock:
            if self._discovered or self._discovering:
                return
            self._discovering = True
            try:
                package = importlib.import_module(self.package)
                for module in pkgutil.iter_modules(package.__path__):
                    importlib.import_module(f"{self.package}.{module.name}")
                self._discovered = True
            finally:
                self._discovering = False

    def __getitem__(self, name: str) -> T:
        self.discover()
        try:
            return self._classes[name]
        except KeyError:
            raise UnknownNameError(self._unknown(name)) from None

    def __contains__(self, name: object) -> bool:
        self.discover()
        return name in self._classes

    def __iter__(self) -> Iterator[T]:
        """Yield the classes sorted by name."""
        self.discover()
        return iter([self._classes[name] for name in sorted(self._classes)])

    def __len__(self) -> int:
        self.discover()
        return len(self._classes)

    def names(self) -> list[str]:
        """All names, sorted."""
        self.discover()
        return sorted(self._classes)

    def _unknown(self, name: str) -> str:
        near = difflib.get_close_matches(str(name), self._classes, n=3, cutoff=0.5)
        if near:
            return f"There is no {self.noun} called {name!r}. Did you mean {' or '.join(near)}?"
        return f"There is no {self.noun} called {name!r}. There are: {', '.join(sorted(self._classes))}."
