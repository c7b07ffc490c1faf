"""Data of one's own that was used lately: remembered from one start to the next."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, QSettings, Signal

from nnviz.core.datasets.base import DATASETS, DatasetSpec
from nnviz.core.errors import NnvizError
from nnviz.core.spec import spec_from_json
from nnviz.gui.own_data.files import data_path

MOST = 5
"""How many are remembered."""

_KEY = "data/own"


class RecentData(QObject):
    """The data sets from files that were used last, newest first, one for each file.

    Attributes:
        specs: Their descriptions.

    Signals:
        changed: There is another one, or one less.
    """

    changed = Signal()

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.specs: tuple[DatasetSpec, ...] = _read(str(settings.value(_KEY, "")))

    def add(self, spec: DatasetSpec) -> None:
        """Remember a data set as the newest; it takes the place of an earlier one from the same file."""
        others = tuple(other for other in self.specs if data_path(other) != data_path(spec))
        self._set((spec, *others)[:MOST])

    def remove(self, spec: DatasetSpec) -> None:
        """Forget a data set: its file is gone."""
        self._set(tuple(other for other in self.specs if other != spec))

    def _set(self, specs: tuple[DatasetSpec, ...]) -> None:
        if specs != self.specs:
            self.specs = specs
            self._settings.setValue(_KEY, json.dumps([spec.to_json() for spec in specs]))
            self.changed.emit()


def _read(text: str) -> tuple[DatasetSpec, ...]:
    # Settings may be from an older version, or edited by hand: what cannot be read is forgotten.
    try:
        described = json.loads(text)
    except ValueError:
        return ()
    specs = []
    for data in described if isinstance(described, list) else []:
        try:
            spec = spec_from_json(DATASETS, data)
        except NnvizError:
            continue
        if spec.own and data_path(spec) is not None:
            specs.append(spec)
    return tuple(specs[:MOST])
