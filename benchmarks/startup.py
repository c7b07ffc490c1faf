"""How soon the application can be used, against the time that `import torch` alone takes.

Every figure is taken from the start of a fresh process: Python's own start is part of both sides.

  window_to_import_torch       first painted window / `import torch`
  prediction_to_import_torch   first answer to a drawing / `import torch`
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._report import in_turn, parser, ratio, report, run_part

TARGETS = {"window_to_import_torch": ("<=", 0.7), "prediction_to_import_torch": ("<=", 1.7)}


def seconds_since_start() -> float:
    """Time since this process was asked for."""
    return time.time() - float(os.environ["NNVIZ_BENCHMARK_STARTED"])


def import_torch() -> dict[str, float]:
    """What no program that trains with PyTorch can save."""
    import torch

    assert torch.__version__
    return {"seconds": seconds_since_start()}


def application(until: str) -> dict[str, float]:
    """The application as the command `nnviz` starts it, until its window is painted or has answered a drawing."""
    from PySide6.QtCore import QEvent, QObject, QSettings
    from PySide6.QtWidgets import QApplication

    import nnviz.gui.app as module
    from nnviz.launch import window_main

    at: dict[str, float] = {}

    class Watch(QObject):
        """Notes when the window is painted first."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and "window" not in at:
                at["window"] = seconds_since_start()
                if until == "window":
                    QApplication.exit(0)
            return False

    def predicted(prediction: object) -> None:
        at.setdefault("prediction", seconds_since_start())
        QApplication.exit(0)

    watch = Watch()
    show = module.Application.show

    def watched_show(application: module.Application) -> None:
        import numpy as np

        from nnviz.core.reading import Question

        application.window.installEventFilter(watch)
        show(application)
        application.session.reading_ready.connect(predicted)
        # As soon as there is something to ask.
        application.session.devices_changed.connect(
            lambda: application.session.read(Question(strokes=(np.array([[200.0, 50.0], [200.0, 350.0]]),)))
        )

    setattr(module.Application, "show", watched_show)  # noqa: B010 (mypy refuses to let a method be replaced)
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
        window_main()
    return {"seconds": at[until]}


def window() -> dict[str, float]:
    """Until the window is painted."""
    return application("window")


def prediction() -> dict[str, float]:
    """Until a drawing is answered."""
    return application("prediction")


PARTS = {"import_torch": import_torch, "window": window, "prediction": prediction}


def main() -> None:
    """Measure, and print the result."""
    arguments = parser(__doc__ or "", repeats=7).parse_args()
    if arguments.part:
        print(json.dumps(PARTS[arguments.part]()))
        return
    for part in PARTS:
        run_part(__file__, part, arguments)  # everything is read from the disk once
    figures = in_turn(__file__, list(PARTS), arguments, lambda result: float(result["seconds"]))
    result = {
        "window_to_import_torch": ratio(figures["window"], figures["import_torch"]),
        "prediction_to_import_torch": ratio(figures["prediction"], figures["import_torch"]),
        "import_torch_s": median(figures["import_torch"]),
        "window_s": median(figures["window"]),
        "prediction_s": median(figures["prediction"]),
        "repeats": arguments.repeats,
    }
    report(result, TARGETS, arguments.json)


if __name__ == "__main__":
    main()
