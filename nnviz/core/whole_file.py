"""Files that are whole or not there: written beside the target, and renamed when they are complete."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nnviz.core.errors import NnvizError


@contextmanager
def whole_file(path: Path, error: type[NnvizError]) -> Iterator[Path]:
    """Give the name of a file to write; it takes the place of `path` at the end, and is removed if something fails.

    Args:
        path: The file; an older one of that name is only replaced when the new one is complete.
        error: What is raised if it cannot be written.

    Raises:
        NnvizError: Of the kind `error`.
    """
    # Not tempfile: its files are for their owner alone, and a project may lie in a folder of a whole class.
    temporary = path.parent / f".{secrets.token_hex(8)}.nnviz-part"
    try:
        yield temporary
        os.replace(temporary, path)
    except OSError as failure:
        raise error(f"{path} cannot be written: {failure.strerror or failure}. Choose another folder.") from failure
    finally:
        # After a success it has its new name. A disk that is gone leaves nothing to be removed.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
