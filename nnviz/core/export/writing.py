"""Writing exported files: whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from nnviz.core.errors import NnvizError


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
    temporary = path.parent / f".{secrets.token_hex(8)}.nnviz-part"
    try:
        with temporary.open("xb") as file:
            file.write(content)
        os.replace(temporary, path)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}. Choose another folder.") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
