"""Writing exported files: whole or not at all."""

from __future__ import annotations

from pathlib import Path

from nnviz.core.errors import NnvizError
from nnviz.core.whole_file import whole_file


class ExportError(NnvizError):
    """Something that cannot be exported or written; the sentence says why and what to do."""


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8, with the line ends that `text` has.

    Raises:
        ExportError: If it cannot be written.
    """
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file; an older one of that name is only replaced when the new one is complete.

    Raises:
        ExportError: If it cannot be written.
    """
    with whole_file(path, ExportError) as temporary, temporary.open("xb") as file:
        file.write(content)
