"""Project files that were opened or saved lately: remembered from one start to the next."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

MOST = 10
"""How many are remembered."""

_KEY = "files/recent"


class RecentFiles(QObject):
    """Paths of the files that were used last, newest first, each once.

    Attributes:
        paths: The files; some may be gone.

    Signals:
        changed: There is another one, or one less.
    """

    changed = Signal()

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.paths = _read(str(settings.value(_KEY, "")))

    def add(self, path: Path) -> None:
        """Remember a file as the newest."""
        self._set((path, *(other for other in self.paths if other != path))[:MOST])

    def remove(self, path: Path) -> None:
        """Forget a file: it is gone."""
        self._set(tuple(other for other in self.paths if other != path))

    def clear(self) -> None:
        """Forget all of them; the files stay where they are."""
        self._set(())

    def _set(self, paths: tuple[Path, ...]) -> None:
        if paths != self.paths:
            self.paths = paths
            self._settings.setValue(_KEY, json.dumps([str(path) for path in paths]))
            self.changed.emit()


def _read(text: str) -> tuple[Path, ...]:
    # Settings may have been edited by hand: what cannot be read is forgotten.
    try:
        names = json.loads(text)
    except ValueError:
        return ()
    return tuple(Path(name) for name in names if isinstance(name, str))[:MOST] if isinstance(names, list) else ()
