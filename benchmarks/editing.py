"""How soon an edit of a network of thirty layers is on the screen, in the whole window at 1280x800.

Each edit is made as the window makes it: through the document, with undo. The time ends when everything that Qt wants
to lay out and paint afterwards is done.

  edit_p50_ms, edit_p95_ms     over all kinds of edits
  change_p95_ms ...            by kind: a parameter changed (of the first layer, so that all shapes behind it are new),
                               a layer inserted, moved, deleted, switched off, and an edit undone
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._report import parser, percentile, report, run_part

TARGETS = {"edit_p95_ms": ("<=", 50.0)}
ROUNDS = 30


def editing() -> dict[str, list[float]]:
    """Milliseconds of every edit, by kind."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from nnviz.core.layers.batch_norm import BatchNorm
    from nnviz.core.layers.conv2d import Conv2d
    from nnviz.core.layers.dense import Dense
    from nnviz.core.layers.elu import ELU
    from nnviz.core.layers.flatten import Flatten
    from nnviz.core.layers.max_pool2d import MaxPool2d
    from nnviz.core.layers.relu import ReLU
    from nnviz.core.network import NetworkSpec
    from nnviz.gui.app import Application, make_qt_application
    from nnviz.gui.build.workspace import BuildWorkspace

    qt = make_qt_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        application = Application(qt, settings, recovery_dir=Path(folder) / "recovery")
        window, document = application.window, application.document
        ready: list[object] = []
        application.session.devices_changed.connect(lambda: ready.append(True))
        application.show()
        window.resize(1280, 800)
        window.open_workspace("network")
        while not ready:
            qt.processEvents()
        block = (Conv2d(filters=4, kernel_size=3), BatchNorm(), ReLU())
        network = NetworkSpec(layers=(*block * 9, MaxPool2d(), Flatten(), Dense(units=10)))
        assert len(network.layers) == 30
        document.replace(replace(document.project, title="Thirty layers", network=network), "Begin")
        page = window.workspace
        assert isinstance(page, BuildWorkspace)
        times: dict[str, list[float]] = {}

        def timed(kind: str, edit: Callable[[], object]) -> None:
            QApplication.processEvents()
            before = document.project.network
            start = time.perf_counter()
            edit()
            # Layouts ask for more layouts and those for paintings: until there is nothing left to do.
            for _ in range(3):
                QApplication.sendPostedEvents()
                QApplication.processEvents()
            times.setdefault(kind, []).append(1000 * (time.perf_counter() - start))
            assert document.project.network != before, kind

        for turn in range(ROUNDS):
            layers = document.project.network.layers
            wider = (layers[0].replace(filters=5 + turn), *layers[1:])
            changed = replace(document.project, network=network.replace(layers=wider))
            timed("change", lambda changed=changed: document.replace(changed, "Change"))  # type: ignore[misc]
            page.stack.select(turn % 27)
            timed("insert", lambda: page.edits.insert_after_selection(ELU()))
            timed("move", page.edits.move_down)
            timed("switch", page.edits.toggle_enabled)
            timed("undo", document.undo_stack.undo)
            timed("delete", page.edits.delete)
        window.files.modified = False
        window.close()
        application.shut_down()
    return times


def main() -> None:
    """Measure, and print the result."""
    arguments = parser(__doc__ or "", repeats=3).parse_args()
    if arguments.part:
        print(json.dumps(editing()))
        return
    times: dict[str, list[float]] = {}
    for _ in range(arguments.repeats):
        for kind, found in run_part(__file__, "editing", arguments).items():
            times.setdefault(kind, []).extend(found)
    everything = [value for found in times.values() for value in found]
    result: dict[str, Any] = {"edit_p50_ms": percentile(everything, 50), "edit_p95_ms": percentile(everything, 95)}
    result |= {f"{kind}_p95_ms": percentile(found, 95) for kind, found in times.items()}
    result |= {"edits": len(everything), "repeats": arguments.repeats}
    report(result, TARGETS, arguments.json)


if __name__ == "__main__":
    main()
