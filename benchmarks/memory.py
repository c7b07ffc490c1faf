"""What a long training costs in memory, and whether it makes the window slower.

The real application trains the 2-D classifier with every live view side by side and visible, and keeps the run on the
disk. After a warm-up it is watched until it has made so many steps, or for so many minutes. Of what was watched the
memory of the first and the last tenth is compared, and the frames of the first and the last fifth.

  growth_mb             resident memory at the end less that after the warm-up, medians, in MB
  growth_mb_per_hour    the same by the slope of a straight line through all samples
  frame_cost_ratio      processor time of a frame at the end / after the warm-up: taking mail and painting, medians
  mail_ms, paint_ms     both parts at the end; _first after the warm-up
  blocks_growth         pieces of memory that Python holds, at the end less those after the warm-up

With --trace the places that hold the most memory more than after the warm-up are printed, too (by tracemalloc, which
makes everything slower: the other figures then mean nothing).
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
import tracemalloc
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import linear_regression, median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._report import parser, report, run_part

STEPS = 200_000
WARM_UP_STEPS = 20_000
SAMPLE_EVERY_S = 1.0
SHARE, FRAMES_SHARE = 0.1, 0.2
"""The parts at the beginning and at the end that are compared: frames scatter more than memory does."""

STEPS_PER_EPOCH = 19
"""600 points in batches of 32: the classifier measures its validation data behind each."""

TARGETS = {"growth_mb": ("<=", 20.0), "frame_cost_ratio": ("<=", 1.2)}


@dataclass(frozen=True)
class Sample:
    """The process at one moment.

    Attributes:
        at: When, in seconds.
        step: Batches trained.
        resident_mb: Resident memory.
        blocks: Pieces of memory that Python holds.
    """

    at: float
    step: int
    resident_mb: float
    blocks: int


class FrameCosts:
    """Processor time of each frame: of the mail that was taken, and of the painting that came of it, in seconds."""

    def __init__(self) -> None:
        self.at: list[float] = []
        self.mail: list[float] = []
        self.paint: list[float] = []

    def watch(self) -> None:
        """Measure from now on whatever takes mail or paints a view; to be called before any of them is made."""
        from nnviz.gui.frame_clock import FrameClock
        from nnviz.gui.views.canvas import Canvas
        from nnviz.gui.views.curve_plot import CurvePlot

        take_mail = FrameClock.take_mail

        def timed_mail(clock: FrameClock) -> None:
            frames, began = clock.frames, time.thread_time()
            take_mail(clock)
            if clock.frames > frames:
                self.at.append(time.perf_counter())
                self.mail.append(time.thread_time() - began)
                self.paint.append(0.0)

        setattr(FrameClock, "take_mail", timed_mail)  # noqa: B010 (mypy refuses to let a method be replaced)
        for kind in (Canvas, CurvePlot):
            setattr(kind, "paintEvent", self._timed_painting(kind.paintEvent))  # noqa: B010

    def _timed_painting(self, paint: Any) -> Any:
        def timed(widget: Any, event: Any) -> None:
            began = time.thread_time()
            paint(widget, event)
            if self.paint:
                self.paint[-1] += time.thread_time() - began

        return timed


def resident_mb() -> float:
    """Memory of this process that is in use, in MB."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        sys.exit("resident memory is read from /proc, which this system does not have")
    import resource

    return pages * resource.getpagesize() / 1e6


def measure(steps: int, minutes: float, trace: bool) -> dict[str, Any]:
    """Train in the window until there are so many steps, or, if `minutes` are given, for so long."""
    # A network of a hundred weights is no work to share: torch's threads would only wait for each other, on a busy
    # machine five times as long as the work takes.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from PySide6.QtCore import QSettings, QTimer

    from nnviz.core.presets.two_d_classifier import TwoDClassifier
    from nnviz.gui.app import Application, make_qt_application
    from nnviz.gui.document import Project

    costs = FrameCosts()
    costs.watch()
    qt = make_qt_application()
    samples: list[Sample] = []
    failures: list[str] = []
    before: list[tracemalloc.Snapshot] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        app = Application(qt, settings, recovery_dir=Path(folder, "recovery"), runs_dir=Path(folder, "runs"))
        app.session.failed.connect(lambda failure: failures.append(failure.sentence))
        app.session.failed.connect(lambda failure: qt.exit(1))
        preset = TwoDClassifier
        # With minutes it is not known how far it gets: there is always more to train.
        epochs = 10**6 if minutes else 2 * (WARM_UP_STEPS + steps) // STEPS_PER_EPOCH
        project = Project(preset.title, preset.network, preset.dataset, replace(preset.training, epochs=epochs))
        app.document.replace(project, "Train long")
        app.window.resize(1280, 800)
        app.show()
        app.window.open_workspace("live")
        live: Any = app.window.workspace
        app.session.devices_changed.connect(lambda: app.session.train(project))
        # Only when a run has begun is it known which views there are.
        app.session.run_started.connect(live.area.arrange_all)
        began = time.perf_counter()

        def look() -> None:
            step = app.frame_clock.curves.loss.last_step
            if step < WARM_UP_STEPS:
                return
            if trace and not before:
                tracemalloc.start()
                before.append(tracemalloc.take_snapshot())
            now = time.perf_counter()
            samples.append(Sample(now, step, resident_mb(), sys.getallocatedblocks()))
            if now - began >= 60 * minutes if minutes else step >= steps:
                qt.exit()

        watch = QTimer()
        watch.timeout.connect(look)
        watch.start(int(1000 * SAMPLE_EVERY_S))
        qt.exec()
        watch.stop()
        shown = [view.name for view in live.visible_views()]
        if before:
            _print_growth(before[0])
        app.window.close()
        app.shut_down()
    if failures or len(samples) < 2 / SHARE:
        sys.exit(f"there is too little to compare: {failures or 'training took too few seconds'}")
    return figures(samples, costs) | {"views": len(shown)}


def figures(samples: list[Sample], costs: FrameCosts) -> dict[str, Any]:
    """What the samples and frames behind the warm-up say."""
    part, of_frames = (max(2, int(len(samples) * share)) for share in (SHARE, FRAMES_SHARE))
    first, last = samples[:part], samples[-part:]
    frames = [
        [i for i, at in enumerate(costs.at) if beginning.at <= at <= end.at]
        for beginning, end in ((samples[0], samples[of_frames]), (samples[-of_frames], samples[-1]))
    ]
    mail = [1000 * median(costs.mail[i] for i in some) for some in frames]
    paint = [1000 * median(costs.paint[i] for i in some) for some in frames]
    whole = [median(costs.mail[i] + costs.paint[i] for i in some) for some in frames]
    slope, _ = linear_regression([sample.at for sample in samples], [sample.resident_mb for sample in samples])
    seconds = samples[-1].at - samples[0].at
    return {
        "growth_mb": median(s.resident_mb for s in last) - median(s.resident_mb for s in first),
        "growth_mb_per_hour": 3600 * slope,
        "frame_cost_ratio": whole[1] / whole[0],
        "mail_ms_first": mail[0],
        "mail_ms": mail[1],
        "paint_ms_first": paint[0],
        "paint_ms": paint[1],
        "blocks_growth": int(median(s.blocks for s in last) - median(s.blocks for s in first)),
        "resident_mb": samples[-1].resident_mb,
        "steps": samples[-1].step,
        "steps_watched": samples[-1].step - samples[0].step,
        "steps_per_second": (samples[-1].step - samples[0].step) / seconds,
        "minutes_watched": seconds / 60,
        "frames": sum(map(len, frames)),
    }


def _print_growth(before: tracemalloc.Snapshot) -> None:
    gc.collect()
    grown = tracemalloc.take_snapshot().compare_to(before, "traceback")
    for place in grown[:25]:
        print(place, *place.traceback.format(), sep="\n  ", file=sys.stderr)


def main() -> None:
    """Measure, and print the result."""
    arguments_of = parser(__doc__ or "", repeats=1)
    arguments_of.add_argument("--steps", type=int, default=STEPS, help=f"batches to train; {STEPS:,} by default")
    arguments_of.add_argument("--minutes", type=float, default=0.0, help="train for so long instead")
    arguments_of.add_argument("--trace", action="store_true", help="say which places hold more memory than before")
    arguments = arguments_of.parse_args()
    if arguments.part or arguments.trace:
        print(json.dumps(measure(arguments.steps, arguments.minutes, arguments.trace)))
        return
    more = ["--steps", str(arguments.steps), "--minutes", str(arguments.minutes)]
    parts = [run_part(__file__, "window", arguments, more) for _ in range(arguments.repeats)]
    result = {name: median(part[name] for part in parts) for name in parts[0]}
    report({**result, "repeats": arguments.repeats}, TARGETS, arguments.json)


if __name__ == "__main__":
    main()
