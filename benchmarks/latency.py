"""How promptly the window answers while a network is trained on the same two cores.

The Fast CNN learns from MNIST. First every live view is on the screen, and a timer of the GUI thread is due every
10 ms: how late it fires is how late a click would be served. Then digits are drawn with real mouse events on the Draw
page; while the pen moves, the training gives way to it (`nnviz/gui/giving_way.py`).

  timer_late_ms_p50, _p99, _max   lateness of the timer
  prediction_ms_p50, _p95         from the last mouse move to the painted bars of its answer
  pictures_ms_p50, _p95           from the last mouse move until its preparation strip and all layers are painted, too
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._report import parser, percentile, report, run_part

TIMER_MS = 10
TIMER_SECONDS = 12.0
DRAWINGS = 60

TARGETS = {
    "timer_late_ms_p99": ("<=", 16.0),
    "timer_late_ms_max": ("<=", 50.0),
    "prediction_ms_p95": ("<=", 30.0),
    "pictures_ms_p95": ("<=", 30.0),
}


def measure(data_dir: Path | None) -> dict[str, Any]:
    """Both figures of one process."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QSettings, Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QWidget

    from nnviz.gui.app import Application, make_qt_application

    qt = make_qt_application()

    def serve_until(condition: Any, limit_s: float) -> bool:
        ended = time.perf_counter() + limit_s
        while not condition() and time.perf_counter() < ended:
            qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
        return bool(condition())

    class Paintings(QObject):
        """When a widget was painted."""

        def __init__(self) -> None:
            super().__init__()
            self.at: list[float] = []

        def since(self, moment: float) -> float:
            """The first time after a moment; infinite if there was none."""
            return min((at for at in self.at if at >= moment), default=math.inf)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.at.append(time.perf_counter())
            return False

    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        app = Application(qt, settings, data_dir)
        app.window.resize(1280, 800)
        app.show()
        project = app.document.project
        # Long enough for everything that is measured.
        app.document.replace(_longer(project), "Train longer")
        ready: list[bool] = []
        app.session.devices_changed.connect(lambda: ready.append(True))
        serve_until(lambda: ready, 60)
        app.window.open_workspace("live")
        app.session.train(app.document.project)
        if not serve_until(lambda: app.frame_clock.curves.loss.last_step > 50, 120):
            sys.exit("training did not begin")

        late: list[float] = []
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        due = [time.perf_counter() + TIMER_MS / 1000]

        def on_timeout() -> None:
            now = time.perf_counter()
            late.append(1000 * max(0.0, now - due[0]))
            due[0] = now + TIMER_MS / 1000

        timer.timeout.connect(on_timeout)
        timer.start(TIMER_MS)
        # A loop of its own: quitting the application's would end the session.
        loop = QEventLoop()
        QTimer.singleShot(int(1000 * TIMER_SECONDS), loop.quit)
        loop.exec()
        timer.stop()

        app.window.open_workspace("draw")
        page = app.window.workspace
        pad = page.findChild(QWidget, "drawing_pad")
        bars = page.findChild(QWidget, "probability_bars")
        if pad is None or bars is None:
            sys.exit("the Draw page has no drawing_pad or no probability_bars")
        painted = Paintings()
        bars.installEventFilter(painted)
        pictures = [Paintings(), Paintings()]
        for name, paintings in zip(("preparation_strip", "layers_view"), pictures, strict=True):
            part = page.findChild(QWidget, name)
            if part is None:
                sys.exit(f"the Draw page has no {name}")
            part.installEventFilter(paintings)
        asked: dict[int, float] = {}
        answered: list[tuple[float, float, bool]] = []
        read = app.session.read

        def noted_read(question: Any) -> int:
            now = time.perf_counter()
            request: int = read(question)
            asked[request] = now
            return request

        setattr(app.session, "read", noted_read)  # noqa: B010 (mypy refuses to let a method be replaced)
        # When it was asked and when the answer came: only an answer to the whole drawing counts.
        app.session.reading_ready.connect(
            lambda reading: answered.append((asked[reading.request], time.perf_counter(), reading.complete))
        )
        waits, picture_waits = [], []
        for number in range(DRAWINGS):
            answered.clear()
            moved = _draw(QTest, Qt, QPoint, pad, number, qt)
            if not serve_until(lambda: answered and answered[-1][0] >= moved, 5.0):  # noqa: B023
                sys.exit("a drawing was not answered")
            # The first answer to it: strip and layers follow with another one.
            came = next(at for question, at, _ in answered if question >= moved)
            if not serve_until(lambda: painted.since(came) < math.inf, 1.0):  # noqa: B023
                sys.exit("an answer was not painted")
            waits.append(1000 * (painted.since(came) - moved))
            if not serve_until(lambda: any(whole and at >= moved for at, _, whole in answered), 5.0):  # noqa: B023
                sys.exit("a drawing's pictures were not made")
            came = next(at for question, at, whole in answered if whole and question >= moved)
            if not serve_until(lambda: all(part.since(came) < math.inf for part in pictures), 1.0):  # noqa: B023
                sys.exit("a drawing's pictures were not painted")
            picture_waits.append(1000 * (max(part.since(came) for part in pictures) - moved))
            QTest.mouseRelease(pad, Qt.MouseButton.LeftButton)
            QTest.keyClick(pad, Qt.Key.Key_Escape)
            serve_until(lambda: False, 0.05)
        still_training = app.session.state.value == "training"
        # Else the window asks about what was not saved.
        app.document.undo_stack.clear()
        app.window.close()
        app.shut_down()
    if not still_training:
        sys.exit("training ended before the drawings did: the figures would mean nothing")
    return {"late": late, "waits": waits, "picture_waits": picture_waits}


def _longer(project: Any) -> Any:
    from dataclasses import replace

    return replace(project, training=project.training.replace(epochs=50))


def _draw(test: Any, qt_names: Any, point: Any, pad: Any, number: int, application: Any) -> float:
    """Draw a circle or a bar with the mouse; returns when the last move was made, the button still held."""
    width, height = pad.width(), pad.height()
    turn = 2 * math.pi if number % 2 else 0.6
    places = [
        (0.5 + 0.25 * math.cos(turn * i / 23 + number), 0.5 + 0.3 * math.sin(turn * i / 23 + number)) for i in range(24)
    ]
    points = [point(int(x * width), int(y * height)) for x, y in places]
    test.mousePress(pad, qt_names.MouseButton.LeftButton, pos=points[0])
    for place in points[1:-1]:
        test.mouseMove(pad, place)
        application.processEvents()
        time.sleep(0.008)
    moved = time.perf_counter()
    test.mouseMove(pad, points[-1])
    return moved


def main() -> None:
    """Measure, and print the result."""
    arguments = parser(__doc__ or "", repeats=3).parse_args()
    if arguments.part:
        print(json.dumps(measure(arguments.data_dir)))
        return
    parts = [run_part(__file__, "window", arguments) for _ in range(arguments.repeats)]
    lates, waits = [part["late"] for part in parts], [part["waits"] for part in parts]
    picture_waits = [part["picture_waits"] for part in parts]
    result = {
        "timer_late_ms_p50": median(percentile(late, 50) for late in lates),
        "timer_late_ms_p99": median(percentile(late, 99) for late in lates),
        "timer_late_ms_max": median(max(late) for late in lates),
        "prediction_ms_p50": median(percentile(wait, 50) for wait in waits),
        "prediction_ms_p95": median(percentile(wait, 95) for wait in waits),
        "pictures_ms_p50": median(percentile(wait, 50) for wait in picture_waits),
        "pictures_ms_p95": median(percentile(wait, 95) for wait in picture_waits),
        "repeats": arguments.repeats,
    }
    report(result, TARGETS, arguments.json)


if __name__ == "__main__":
    main()
