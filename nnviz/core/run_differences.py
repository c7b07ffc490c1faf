"""What distinguishes runs: the settings that are not the same in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nnviz.core.project import ProjectFile
from nnviz.core.spec import Spec


@dataclass(frozen=True)
class Difference:
    """A setting that differs.

    Attributes:
        where: What it belongs to: name of a layer, "Data", "Network", "Training" or a part of it ("Optimiser").
        name: Its name for people.
        values: Its value in each project; None in one that has no such setting.
    """

    where: str
    name: str
    values: tuple[Any, ...]


def settings_of(project: ProjectFile) -> dict[tuple[str, str], Any]:
    """Everything that decides how a project learns: (where, name) -> value, in the order of the data's way."""
    found: dict[tuple[str, str], Any] = {("Data", "Data set"): project.dataset.display_title}
    _collect(found, "Data", project.dataset)
    found["Network", "Input shape"] = str(project.network.input_shape)
    for name, layer in zip(project.network.layer_names(), project.network.layers, strict=True):
        found[name, "Layer"] = layer.title
        _collect(found, name, layer)
    for info in project.training.params():
        value = getattr(project.training, info.name)
        if not info.matters(project.training):
            continue
        if isinstance(value, Spec):
            found[info.title, "Kind"] = value.title
            _collect(found, info.title, value)
        elif isinstance(value, tuple):
            for number, part in enumerate(value, start=1):
                where = f"{info.title} {number}"
                found[where, "Kind"] = part.title
                _collect(found, where, part)
        else:
            found["Training", info.title] = value
    return found


def differences(projects: Sequence[ProjectFile]) -> list[Difference]:
    """The settings that are not the same in all projects, where each one has its place."""
    all_settings = [settings_of(project) for project in projects]
    keys: list[tuple[str, str]] = []
    for settings in all_settings:
        at = 0
        for key in settings:
            # Behind what it stands behind in its own project, so that layers stay in their order.
            if key in keys:
                at = keys.index(key) + 1
            else:
                keys.insert(at, key)
                at += 1
    rows = [Difference(*key, tuple(settings.get(key) for settings in all_settings)) for key in keys]
    return [row for row in rows if any(value != row.values[0] for value in row.values)]


def _collect(found: dict[tuple[str, str], Any], where: str, spec: Spec, before: str = "") -> None:
    for info in spec.params():
        if not info.matters(spec):
            continue
        value = getattr(spec, info.name)
        name = f"{before}{info.title}"
        if isinstance(value, Spec):
            found[where, name] = value.title
            _collect(found, where, value, f"{name}: ")
        else:
            found[where, name] = value
