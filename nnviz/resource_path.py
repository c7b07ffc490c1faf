"""Where the application's own files are: icons, models, translations."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """Path of a file that the application brings, for example `resource_path("icons", "draw.svg")`.

    In a source checkout the files lie in `resources/` beside the package, in an installed one inside the package.
    """
    installed = _PACKAGE / "resources"
    root = installed if installed.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)
