"""Registries: a file becomes a feature without anyone listing it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnviz.core.errors import NnvizError
from nnviz.core.layers.base import LAYERS
from nnviz.core.layers.relu import ReLU
from nnviz.core.registry import Registry, UnknownNameError, snake_case

HERB = """
from tests_herbs_registry import HERBS
@HERBS.register
class {name}:
    pass
"""


@pytest.fixture
def herbs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Registry[type], Path]]:
    """A registry of an empty package, and the package's folder."""
    package = tmp_path / "tests_herbs"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (tmp_path / "tests_herbs_registry.py").write_text(
        'from nnviz.core.registry import Registry\nHERBS = Registry("herb", "tests_herbs")\n'
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    import tests_herbs_registry  # type: ignore[import-not-found]

    yield tests_herbs_registry.HERBS, package
    for name in [name for name in sys.modules if name.startswith("tests_herbs")]:
        del sys.modules[name]


@pytest.mark.parametrize(
    ("class_name", "name"),
    [("Dense", "dense"), ("MaxPool2d", "max_pool2d"), ("OneCycle", "one_cycle"), ("Conv2d", "conv2d")],
)
def test_snake_case(class_name: str, name: str) -> None:
    assert snake_case(class_name) == name


def test_every_module_of_the_package_is_found(herbs: tuple[Registry[type], Path]) -> None:
    registry, package = herbs
    (package / "sage.py").write_text(HERB.format(name="CommonSage"))
    (package / "basil.py").write_text(HERB.format(name="Basil"))
    assert registry.names() == ["basil", "common_sage"]
    assert [cls.__name__ for cls in registry] == ["Basil", "CommonSage"]
    assert len(registry) == 2
    assert "basil" in registry
    assert "mint" not in registry
    assert registry["common_sage"].name == "common_sage"  # type: ignore[attr-defined]


def test_unknown_names_suggest_near_ones_or_list_all(herbs: tuple[Registry[type], Path]) -> None:
    registry, package = herbs
    (package / "basil.py").write_text(HERB.format(name="Basil"))
    (package / "mint.py").write_text(HERB.format(name="Mint"))
    with pytest.raises(UnknownNameError) as near:
        registry["bassil"]
    assert str(near.value) == "There is no herb called 'bassil'. Did you mean basil?"
    with pytest.raises(NnvizError) as far:
        registry["xyz"]
    assert str(far.value) == "There is no herb called 'xyz'. There are: basil, mint."


def test_two_classes_of_one_name_are_refused(herbs: tuple[Registry[type], Path]) -> None:
    registry, package = herbs
    (package / "mint.py").write_text(HERB.format(name="Mint"))
    (package / "other.py").write_text(HERB.format(name="Mint"))
    with pytest.raises(ValueError, match=r"Two herbs are called 'mint': tests_herbs.mint and tests_herbs.other"):
        registry.names()


def test_a_class_may_choose_its_name_but_does_not_inherit_it(herbs: tuple[Registry[type], Path]) -> None:
    registry, _ = herbs

    @registry.register
    class Thyme:
        name = "wild_thyme"

    @registry.register
    class LemonThyme(Thyme):
        pass

    assert registry.names() == ["lemon_thyme", "wild_thyme"]
    assert LAYERS["relu"] is ReLU


def test_a_module_that_fails_is_reported_every_time(herbs: tuple[Registry[type], Path]) -> None:
    registry, package = herbs
    (package / "broken.py").write_text("raise RuntimeError('no soil')")
    (package / "mint.py").write_text(HERB.format(name="Mint"))
    for _ in range(2):
        with pytest.raises(RuntimeError, match="no soil"):
            registry.names()


def test_a_second_thread_waits_until_everything_is_found(herbs: tuple[Registry[type], Path]) -> None:
    registry, package = herbs
    (package / "a_slow.py").write_text(
        "import tests_herbs_registry as r\nr.entered.set()\nassert r.go_on.wait(60)\n" + HERB.format(name="Slow")
    )
    (package / "mint.py").write_text(HERB.format(name="Mint"))
    module = sys.modules["tests_herbs_registry"]
    module.entered, module.go_on = threading.Event(), threading.Event()  # type: ignore[attr-defined]
    seen: list[list[str]] = []
    first = threading.Thread(target=lambda: seen.append(registry.names()))
    second = threading.Thread(target=lambda: seen.append(registry.names()))
    first.start()
    assert module.entered.wait(60)  # type: ignore[attr-defined]
    second.start()
    second.join(0.05)
    assert seen == []
    module.go_on.set()  # type: ignore[attr-defined]
    first.join(60)
    second.join(60)
    assert seen == [["mint", "slow"], ["mint", "slow"]]
