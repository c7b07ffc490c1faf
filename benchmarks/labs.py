"""How soon every lab opens, and how much work its frames are.

Every lab is opened by a click on its card, in the application's window at 1280x800. Work is processor time of the
window's thread: what other programs do meanwhile does not count.

  first_ms_LAB      work from the click to the painted lab, where it is the first lab that the process opens
  open_ms_LAB       the same, where it is the second: what all labs need is there
  open_wall_ms_LAB  the time that passes meanwhile on the clock
  complete_ms_LAB   work from that click until the rows of its settings are there as well, which are made after that
  frame_ms_LAB      work of a frame (all of it: steps, texts, painting, the rest of the window) that 95 % of the frames
                    do not exceed, while the lab runs; the worst of all strides, at the lab's own speed and at the
                    fastest
  frame_p50_ms_LAB  the work that half of the frames do not exceed, in the same run
  frames_a_second_LAB  frames on the clock, in the slowest of these runs
  slowed_by         how many times longer a fixed piece of work took meanwhile than it takes undisturbed; far above 1 on
                    a machine that does other things too, where cores share what they compute with: so did all the above
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import itertools

from benchmarks._report import parser, percentile, report, run_part

OPEN_MS = 100.0
FRAME_MS = 16.0
RUN_S = 3.0
FASTEST = 240.0
WARM_FRAMES = 5
"""Frames at the beginning that are not counted: they lay texts out for the first time."""
SIZE = (1280, 800)
FAR_AWAY = (10_000, 10_000)
LIMIT_S = 300.0


@contextmanager
def gallery(*, with_torch: bool) -> Iterator[tuple[Any, Any]]:
    """The application with the gallery of labs on the screen: the Qt application and the labs' page."""
    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QCursor

    from nnviz.gui.app import Application, make_qt_application
    from nnviz.gui.session import SessionState

    qt = make_qt_application()
    QCursor.setPos(*FAR_AWAY)
    with tempfile.TemporaryDirectory() as folder:
        app = Application(qt, QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
        app.window.resize(*SIZE)
        try:
            if with_torch:
                app.show()
                wait(qt, lambda: app.session.state is SessionState.IDLE)
            else:
                app.window.show()
            app.window.open_workspace("labs")
            settle(qt)
            yield qt, app.window.workspace
        finally:
            app.window.close()
            app.shut_down()


def opening(page: Any, qt: Any, name: str) -> dict[str, float]:
    """Click on a lab's card and wait until it is painted: milliseconds of work, and on the clock."""
    from PySide6.QtCore import QEvent, QObject, Qt
    from PySide6.QtTest import QTest

    from nnviz.gui.labs.canvas import LabCanvas

    card = next(card for card in page.gallery.cards if card.lab.name == name)
    page.gallery.ensureWidgetVisible(card)
    settle(qt)
    painted: set[Any] = set()

    class Watch(QObject):
        """Notes which widgets were painted."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted.add(watched)
            return False

    began, began_work = time.perf_counter(), time.thread_time()
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    # Rows are made by the first timer behind the painting: held back here, to know where that ends.
    rows = page.page.controls._making
    rows.stop()
    watch = Watch()
    wanted = [page.page.lab.findChild(LabCanvas), page.page.transport]
    for widget in wanted:
        widget.installEventFilter(watch)
    wait(qt, lambda: all(widget in painted for widget in wanted if widget.isVisible()))
    times = {"work_ms": 1000 * (time.thread_time() - began_work), "wall_ms": 1000 * (time.perf_counter() - began)}
    rows.start(0)
    wait(qt, lambda: page.page.controls.complete)
    qt.processEvents()
    return {**times, "complete_ms": 1000 * (time.thread_time() - began_work)}


def open_two(names: str) -> dict[str, dict[str, float]]:
    """Open a lab, go back to the gallery, and open another one; their names have a comma between them."""
    one, other = names.split(",")
    with gallery(with_torch=False) as (qt, page):
        first = opening(page, qt, one)
        settle(qt)
        page.show_gallery()
        settle(qt)
        return {"first": first, "second": opening(page, qt, other)}


def frames(name: str) -> dict[str, Any]:
    """Let the lab run with each of its strides, at its own speed and at the fastest: work per frame of each run."""
    from nnviz.gui.labs.transport import Transport

    ticks: list[tuple[float, float]] = []
    on_frame = Transport._on_frame

    def watched(transport: Transport) -> None:
        ticks.append((time.thread_time(), time.perf_counter()))
        on_frame(transport)

    setattr(Transport, "_on_frame", watched)  # noqa: B010 (mypy refuses to let a method be replaced)
    runs = {}
    with gallery(with_torch=True) as (qt, page):
        opening(page, qt, name)
        settle(qt)
        lab, transport = page.page.lab, page.page.transport
        for stride in lab.strides:
            for speed in (lab.speed, FASTEST):
                transport.choose_stride(stride.name)
                transport.set_speed(speed)
                runs[f"{stride.name} at {transport.speed:g} a second"] = run(qt, page.page, ticks)
    return runs


def run(qt: Any, page: Any, ticks: list[tuple[float, float]]) -> dict[str, float]:
    """Let a lab run for some seconds, from the beginning again whenever it comes to its end."""
    from PySide6.QtCore import QEventLoop, Qt
    from PySide6.QtTest import QTest

    work: list[float] = []
    wall: list[float] = []
    warm = WARM_FRAMES
    until = time.monotonic() + RUN_S
    while time.monotonic() < until or not work:
        if time.monotonic() > until + LIMIT_S:
            sys.exit("the lab did not move")
        ticks.clear()
        if not page.lab.can_advance():
            QTest.keyClick(page, Qt.Key.Key_Home)
        settle(qt)
        QTest.keyClick(page, Qt.Key.Key_Space)
        halt = max(until, time.monotonic() + 0.5)
        while page.transport.running and time.monotonic() < halt:
            qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        halted = not page.transport.running
        if halted:
            # The last frame is painted after the lab has come to its end.
            settle(qt, 0.03)
        ended = [*ticks, (time.thread_time(), time.perf_counter())]
        if not halted:
            QTest.keyClick(page, Qt.Key.Key_Space)
        pairs = list(itertools.pairwise(ended))
        warm, pairs = max(0, warm - len(pairs)), pairs[warm:]
        work += [1000 * (after[0] - before[0]) for before, after in pairs]
        wall += [after[1] - before[1] for before, after in (pairs[:-1] if halted else pairs)]
    return {
        "slowed_by": slowed_by(),
        "p50": median(work),
        "p95": percentile(work, 95),
        "most": max(work),
        "frames": len(work),
        # A run that is over within one frame has no rate.
        **({"a_second": len(wall) / sum(wall)} if wall else {}),
    }


def slowed_by() -> float:
    """How much longer a fixed piece of work takes at the median than at best, in processor time."""
    times = []
    for _ in range(300):
        began = time.thread_time()
        sum(range(20_000))
        times.append(time.thread_time() - began)
    return median(times) / min(times)


def wait(qt: Any, done: Callable[[], bool]) -> None:
    """Serve the window until something is so."""
    limit = time.monotonic() + LIMIT_S
    while not done():
        if time.monotonic() > limit:
            sys.exit("the window did not come so far")
        qt.processEvents()


def settle(qt: Any, seconds: float = 0.4) -> None:
    """Serve the window for a while, until nothing is waiting."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        qt.processEvents()
        time.sleep(0.005)


PARTS: dict[str, Callable[[str], dict[str, Any]]] = {"open": open_two, "frames": frames}


def main() -> None:
    """Measure, and print the result."""
    line = parser(__doc__ or "", repeats=3)
    line.add_argument("--labs", nargs="+", help="names of the labs to measure; all by default")
    arguments = line.parse_args()
    if arguments.part:
        part, name = arguments.part.split(":")
        print(json.dumps(PARTS[part](name)))
        return
    from nnviz.gui.labs.base import LABS

    unknown = sorted(set(arguments.labs or ()) - set(LABS.names()))
    if unknown:
        line.error(f"no lab is called {', '.join(unknown)}; there are: {', '.join(LABS.names())}")
    names = arguments.labs or [lab.name for lab in sorted(LABS, key=lambda lab: (lab.order, lab.name))]
    everyone = LABS.names()
    result: dict[str, Any] = {}
    targets: dict[str, tuple[str, float]] = {}
    first: dict[str, list[float]] = {name: [] for name in everyone}
    second: dict[str, list[dict[str, float]]] = {name: [] for name in everyone}
    run_part(__file__, f"open:{names[0]},{names[-1]}", arguments)  # everything is read from the disk once
    for _ in range(arguments.repeats):
        for name in names:
            before = everyone[everyone.index(name) - 1]
            done = run_part(__file__, f"open:{before},{name}", arguments)
            first[before].append(done["first"]["work_ms"])
            second[name].append(done["second"])
    for name in names:
        if first[name]:
            result[f"first_ms_{name}"] = median(first[name])
        result[f"open_ms_{name}"] = median(one["work_ms"] for one in second[name])
        result[f"open_wall_ms_{name}"] = median(one["wall_ms"] for one in second[name])
        result[f"complete_ms_{name}"] = median(one["complete_ms"] for one in second[name])
        targets[f"open_ms_{name}"] = ("<=", OPEN_MS)
        print(f"{name}: opens with {result[f'open_ms_{name}']:.0f} ms of work", file=sys.stderr)
    slowed: list[float] = []
    for name in names:
        runs = run_part(__file__, f"frames:{name}", arguments)
        if runs:
            worst = max(runs.values(), key=lambda one: float(one["p95"]))
            result[f"frame_ms_{name}"], result[f"frame_p50_ms_{name}"] = worst["p95"], worst["p50"]
            result[f"frames_a_second_{name}"] = min(one["a_second"] for one in runs.values() if "a_second" in one)
            targets[f"frame_ms_{name}"] = ("<=", FRAME_MS)
        slowed += [one["slowed_by"] for one in runs.values()]
        for what, one in runs.items():
            print(f"{name}, {what}: p50 {one['p50']:.1f} ms, p95 {one['p95']:.1f} ms", file=sys.stderr)
    if slowed:
        result["slowed_by"] = median(slowed)
    result["repeats"] = arguments.repeats
    report(result, targets, arguments.json)


if __name__ == "__main__":
    main()
