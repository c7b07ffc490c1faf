"""The pictures of docs/screenshots: every workspace of the real application, after a real training.

A digit is drawn with the mouse and read by the bundled network; then the Fast CNN learns MNIST if it is in the data
folder or in the user's cache, else the built-in digits, and every workspace is taken in light and dark, in two sizes,
and large for a projector. Then the live views: all of them side by side in every look, each of them alone, and the
gradients of eight sigmoid layers beside those of eight ReLU layers. Then recurrent networks: the gates of the on-off
switch that has learned, the gradient through time of a plain cell beside an LSTM's, and what the network for characters
writes after 1, 100 and 5,000 batches. Then an RBM on MNIST: what it reconstructs after one epoch, and its filters after
five. Then every lab, after some steps, in light and dark, and large for a projector. Neither settings nor unsaved work
are the user's.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The pictures of the documentation are in English, whoever takes them.
os.environ["LC_ALL"] = "C.UTF-8"

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"

WORKSPACES = ("draw", "network", "live", "labs", "runs")
PROJECTOR_WORKSPACES = ("draw", "network", "live")
SIZES = ((1280, 800), (1920, 1080))

THREE = ((0.32, 0.27), (0.40, 0.19), (0.53, 0.16), (0.65, 0.22), (0.65, 0.34), (0.56, 0.44), (0.45, 0.48), (0.57, 0.50),
         (0.68, 0.58), (0.70, 0.70), (0.61, 0.81), (0.46, 0.84), (0.32, 0.77))  # fmt: skip
"""A digit, as shares of the paper's side: x to the right, y down."""

PRESETS_OF_VIEWS = {
    "deep_sigmoid": ("gradients",),
    "deep_relu": ("gradients",),
    "2d_classifier": ("surface", "diagram"),
    "chapter_regression": ("surface",),
}
"""What is trained for the pictures of which views, beside the first network."""

PRESET_STEPS = 900

COMPARED_STEPS = 3_140
"""How long plain cell and LSTM are trained on the adding problem: as long as their presets say, 20 epochs."""

TEXT_AFTER = (1, 100, 5_000)
"""Batches after which the text is taken."""

RBM_STEPS = {550: "rbm_reconstructions", 2_750: "filters"}
"""After how many batches of 100, one epoch and five, which view of the RBM is taken."""

LAB_STEPS = {
    "activation_lab": ("step", 40),
    "backprop_lab": ("multiplication", 45),
    "gradient_descent_lab": ("step", 60),
    "vanishing_lab": ("pass", 2),
    "overfitting_lab": ("hundred", 6),
    "convolution_lab": ("cell", 29),
    "softmax_lab": ("step", 12),
    "small_rbm_lab": ("line", 12),
    "lstm_cell_lab": ("part", 17),
}
"""How far each lab is taken for its picture: which stride, and how many steps of it."""

POINTS_BETWEEN = 8
FAR_AWAY = (10_000, 10_000)
"""Where the mouse rests, so that nothing looks pointed at."""
SETTLE_S = 0.6
"""How long nothing may be waited for before a picture is taken: the preparation's pictures come last."""
TRAINING_LIMIT_S = 3600.0
COLOURS = 256
COMMON_COLOURS = 64
"""So many of them are taken as they are."""


def main() -> None:
    """Take all pictures; ends the process with 1 if the application says that something failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path, help="folder with MNIST; the user's cache by default")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder for the pictures")
    parser.add_argument(
        "--only", choices=("pages", "views", "recurrent", "rbm", "labs"), help="take these pictures only"
    )
    parser.add_argument("--steps", type=int, default=0, help="train this many batches only (for trying things out)")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        photographer = Photographer(Path(folder), arguments.data_dir, arguments.out)
        photographer.open()
        if arguments.only in (None, "pages"):
            photographer.take_all(arguments.steps)
        if arguments.only in (None, "views"):
            photographer.take_views(arguments.steps)
        if arguments.only in (None, "recurrent"):
            photographer.take_recurrent(arguments.steps)
        if arguments.only in (None, "rbm"):
            photographer.take_rbm(arguments.steps)
        if arguments.only in (None, "labs"):
            photographer.take_labs()
        photographer.close()


class Photographer:
    """The application, driven from outside, and what takes its pictures.

    Args:
        folder: An empty folder for the settings.
        data_dir: A folder that may hold MNIST.
        out: Where the pictures go.
    """

    def __init__(self, folder: Path, data_dir: Path | None, out: Path) -> None:
        from PySide6.QtCore import QSettings

        from nnviz.gui.app import Application, make_qt_application

        self._out = out
        self._data_dir = data_dir
        qt = make_qt_application()
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self._app = Application(qt, settings, data_dir, recovery_dir=folder / "recovery")
        self._app.session.failed.connect(_fail)
        self._window = self._app.window

    def open(self) -> None:
        """Show the window, and wait until it can answer."""
        from PySide6.QtGui import QCursor

        from nnviz.gui.session import SessionState

        QCursor.setPos(*FAR_AWAY)
        self._app.show()
        _wait("the bundled network", lambda: self._app.session.state is SessionState.IDLE)

    def close(self) -> None:
        """Close the window and end the threads."""
        self._window.close()
        self._app.shut_down()

    def take_all(self, steps: int = 0) -> None:
        """Draw, train and take every page.

        Args:
            steps: Number of batches to train; 0 for the preset's own length.
        """
        from nnviz.gui.session import SessionState

        session = self._app.session
        self._open("draw", (1280, 800))
        self._draw_digit()
        self._take_variants("draw")
        self._choose_project(steps)
        self._open("live", (1280, 800))
        session.train(self._app.document.project)
        _wait("the training", lambda: session.run_project is not None and session.state is SessionState.IDLE)
        for workspace in WORKSPACES[1:]:
            self._take_variants(workspace)

    def take_views(self, steps: int = 0) -> None:
        """Train and take the live views.

        Args:
            steps: Number of batches to train; 0 for the presets' own lengths.
        """
        from nnviz.gui.style.theme import Scheme

        look = self._app.appearance
        self._choose_project(steps)
        self._train_from_the_start()
        live: Any = self._window.workspace
        live.area.arrange_all()
        for size in SIZES:
            for scheme in (Scheme.LIGHT, Scheme.DARK):
                look.set_scheme(scheme)
                self._take("live", scheme.value, size, "live-all")
        look.set_projector(True)
        for scheme in (Scheme.DARK, Scheme.LIGHT):
            look.set_scheme(scheme)
            self._take("live", f"projector-{scheme.value}", SIZES[1], "live-all")
        look.set_projector(False)
        live.views["feature_maps"].maps.choose("conv2d_2", (5, 6, 7))
        for name in ("weights", "filters", "feature_maps", "units", "confusion", "embedding"):
            self._take_alone(name, name)
        for preset, names in PRESETS_OF_VIEWS.items():
            self._choose_preset(preset, steps)
            self._train_from_the_start()
            for name in names:
                self._take_alone(name, f"{name}-{preset}")

    def take_recurrent(self, steps: int = 0) -> None:
        """Train recurrent networks, and take the views that look into them.

        Args:
            steps: Number of batches to train; 0 for as many as the pictures want.
        """
        self._choose_preset("on_off_memory", steps, whole=True)
        self._train_from_the_start()
        live: Any = self._window.workspace

        def follow() -> None:
            gates = live.views["gates"].gates
            gates.choose(_rememberer(gates.arrays), 0)

        def go_on() -> None:
            unrolled = live.views["unrolled"].unrolled
            unrolled.choose_unit(live.views["gates"].gates.chosen[0])
            unrolled.go_to(4, 3)

        self._take_alone("gates", "gates-on_off_switch", follow, dark=True)
        self._take_alone("unrolled", "unrolled-on_off_switch", go_on, dark=True)
        # The plain cell first: its curve stays when another kind of cell is trained.
        gradient = live.area.docks["gradient_through_time"].enlarge
        for preset in ("adding_rnn", "adding_lstm"):
            self._choose_preset(preset, steps or COMPARED_STEPS)
            gradient.setChecked(True)
            self._train_from_the_start()
        self._take_alone("gradient_through_time", "gradient_through_time-adding", dark=True)
        self._choose_preset("characters", steps or TEXT_AFTER[-1])
        self._take_texts()

    def take_rbm(self, steps: int = 0) -> None:
        """Train an RBM for one epoch and for five, and take what it remembers and what its hidden units look for.

        Args:
            steps: Number of batches to train; 0 for as many as the pictures want.
        """
        for wanted, view in RBM_STEPS.items():
            self._choose_preset("rbm_784_256", steps or wanted)
            self._train_from_the_start()
            self._take_alone(view, f"{view.removeprefix('rbm_')}-rbm", dark=True)

    def _take_texts(self) -> None:
        """What the network for characters writes at several moments of one training."""
        from nnviz.gui.session import SessionState

        session, project = self._app.session, self._app.document.project
        self._open("live", SIZES[0])
        session.reset()
        _wait("the reset", lambda: session.run_project is None and session.state is SessionState.IDLE)
        live: Any = self._window.workspace
        view = live.views["written_text"]

        def seen() -> int:
            return 0 if session.run_project is None or view.snapshot is None else int(view.snapshot.step)

        def is_behind(step: int) -> bool:
            return seen() > step

        total = project.training.steps
        for after in (step for step in TEXT_AFTER if step <= total):
            if after == total:
                session.train(project)
                _wait("the text", lambda: session.state is SessionState.IDLE)
            while seen() < after:
                last = seen()
                session.step_batch(project)
                _wait("", lambda: session.run_project is not None and session.state is SessionState.PAUSED)
                # Not before the run has begun: then the views are arranged anew.
                live.area.docks["written_text"].enlarge.setChecked(True)
                _wait("", partial(is_behind, last))
            self._take_in_both("live", f"view-text-{after}")

    def _take_in_both(self, workspace: str, name: str) -> None:
        """A picture in light and one in dark."""
        from nnviz.gui.style.theme import Scheme

        for scheme in (Scheme.DARK, Scheme.LIGHT):
            self._app.appearance.set_scheme(scheme)
            self._take(workspace, scheme.value, SIZES[0], name)

    def take_labs(self) -> None:
        """Open every lab, make some steps, and take it."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        from nnviz.gui.labs.base import LABS
        from nnviz.gui.style.theme import Scheme

        look = self._app.appearance
        self._open("labs", SIZES[0])
        labs: Any = self._window.workspace
        for name in LABS.names():
            stride, steps = LAB_STEPS.get(name, ("", 5))
            labs.open_lab(name)
            page = labs.page
            page.transport.choose_stride(stride)
            for _ in range(steps):
                QTest.keyClick(page, Qt.Key.Key_Right)
            self._rest(page.lab)
            name = name.removesuffix("_lab")
            for scheme in (Scheme.LIGHT, Scheme.DARK):
                look.set_scheme(scheme)
                self._take("labs", scheme.value, SIZES[0], f"lab-{name}")
            look.set_scheme(Scheme.LIGHT)
            QTest.keyClick(page, Qt.Key.Key_P)
            # The screen that is not there has a size of its own.
            self._window.showNormal()
            self._take("labs", "projector-light", SIZES[0], f"lab-{name}")
            QTest.keyClick(page, Qt.Key.Key_Escape)
            labs.show_gallery()

    def _rest(self, lab: Any) -> None:
        """Wait until what a lab computes in the background is there, if it computes anything."""
        _let_pass(SETTLE_S)
        _wait(lab.name, lambda: not getattr(lab, "waiting", False))

    def _train_from_the_start(self) -> None:
        from nnviz.gui.session import SessionState

        session = self._app.session
        self._open("live", SIZES[0])
        session.reset()
        _wait("the reset", lambda: session.run_project is None and session.state is SessionState.IDLE)
        session.train(self._app.document.project)
        _wait("the training", lambda: session.run_project is not None and session.state is SessionState.IDLE)

    def _choose_preset(self, name: str, steps: int, *, whole: bool = False) -> None:
        from nnviz.core.presets import PRESETS
        from nnviz.gui.document import Project

        preset = PRESETS[name]
        training = preset.training
        if steps or not whole:
            training = training.replace(steps=steps or PRESET_STEPS)
        self._app.document.replace(Project(preset.title, preset.network, preset.dataset, training), "Prepare pictures")

    def _take_alone(
        self, view: str, name: str, arrange: Callable[[], None] | None = None, *, dark: bool = False
    ) -> None:
        live: Any = self._window.workspace
        enlarge = live.area.docks[view].enlarge
        enlarge.setChecked(True)
        if arrange is not None:
            _wait(f"the view {view}", lambda: live.views[view].snapshot is not None)
            arrange()
        if dark:
            self._take_in_both("live", f"view-{name}")
        else:
            self._take("live", "light", SIZES[0], f"view-{name}")
        enlarge.setChecked(False)

    def _choose_project(self, steps: int) -> None:
        import dataclasses

        from nnviz.core.datasets.base import LoadContext
        from nnviz.core.datasets.digits import Digits
        from nnviz.core.datasets.mnist import Mnist
        from nnviz.core.errors import NnvizError
        from nnviz.core.fit_to_data import fit_to_data

        project = self._app.document.project
        try:
            Mnist().load(LoadContext(data_dir=self._data_dir, download=False))
        except NnvizError as error:
            _say(f"{error} The built-in digits are used.")
            network, training = fit_to_data(project.network, project.training, Digits())
            project = dataclasses.replace(project, network=network, training=training, dataset=Digits())
        if steps:
            project = dataclasses.replace(project, training=project.training.replace(steps=steps))
        if project != self._app.document.project:
            self._app.document.replace(project, "Prepare pictures")

    def _draw_digit(self) -> None:
        """Draw with the mouse's own events, as slowly as a hand."""
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest

        page: Any = self._window.workspace
        pad = page.pad
        paper = pad.paper()
        places = [QPoint(round(paper.x() + x * paper.width()), round(paper.y() + y * paper.height()))
                  for x, y in _curve(THREE)]  # fmt: skip
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(pad, left, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(pad, place)
            _let_pass(0.01)
        QTest.mouseRelease(pad, left, pos=places[-1])
        _wait("the answer", lambda: page.bars.probabilities is not None)

    def _take_variants(self, workspace: str) -> None:
        from nnviz.gui.style.theme import Scheme

        look = self._app.appearance
        for size in SIZES:
            for scheme in (Scheme.LIGHT, Scheme.DARK):
                look.set_scheme(scheme)
                self._take(workspace, scheme.value, size)
        if workspace in PROJECTOR_WORKSPACES:
            look.set_scheme(Scheme.LIGHT)
            look.set_projector(True)
            self._take(workspace, "projector-light", SIZES[0])
            look.set_projector(False)

    def _open(self, workspace: str, size: tuple[int, int]) -> None:
        self._window.open_workspace(workspace)
        self._window.resize(*size)
        _let_pass(SETTLE_S)

    def _take(self, workspace: str, look: str, size: tuple[int, int], name: str = "") -> None:
        self._open(workspace, size)
        path = self._out / f"{name or workspace}-{look}-{size[0]}x{size[1]}.png"
        path.write_bytes(_png(self._window))
        _say(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def _rememberer(arrays: Any) -> int:
    """The unit whose cell state tells best whether the switch is on."""
    import numpy as np

    length = int(arrays["length"])
    cells, on = np.asarray(arrays["part.cell"])[:length], np.asarray(arrays["target"])[:length]
    return int(np.abs(cells[on == 1].mean(0) - cells[on == 0].mean(0)).argmax())


def _png(widget: Any) -> bytes:
    """A widget as a PNG with a palette: a third of the size, and the eye sees no difference."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    picture = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    result = io.BytesIO()
    _with_palette(picture).save(result, "PNG", optimize=True)
    return result.getvalue()


def _with_palette(picture: Any) -> Any:
    """The picture with 256 colours: the commonest exactly, so that no ground is tinted, and others near the rest."""
    import numpy as np
    from PIL import Image

    pixels = np.asarray(picture, np.int64) @ (65536, 256, 1)
    codes, places, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    colours = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1).astype(np.uint8)
    order = np.argsort(-counts)
    table, rest = colours[order[:COMMON_COLOURS]], colours[order[COMMON_COLOURS:]]
    if len(rest):
        # Each counts once: else a legend's colours would become those of the ground beside it.
        others = Image.fromarray(rest[None]).quantize(COLOURS - COMMON_COLOURS, method=Image.Quantize.MAXCOVERAGE)
        table = np.concatenate([table, np.array(others.getpalette(), np.uint8).reshape(-1, 3)])[:COLOURS]
    # Not by quantize(): it looks colours up in a coarse table.
    nearest = np.empty(len(colours), np.uint8)
    for first in range(0, len(colours), 1000):
        part = colours[first : first + 1000].astype(np.int32)
        nearest[first : first + 1000] = ((part[:, None] - table[None]) ** 2).sum(2).argmin(1)
    result = Image.fromarray(nearest[places].reshape(pixels.shape), "P")
    result.putpalette(table.ravel().tolist())
    return result


def _curve(corners: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Points on a smooth line through `corners` (Catmull and Rom's spline)."""
    ends = (corners[0], *corners, corners[-1])
    points = [corners[0]]
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for number in range(1, POINTS_BETWEEN + 1):
            t = number / POINTS_BETWEEN
            x, y = (
                0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
                for a, b, c, d in zip(before, start, end, after, strict=True)
            )
            points.append((x, y))
    return points


def _wait(what: str, done: Callable[[], bool]) -> None:
    if what:
        _say(f"waiting for {what}")
    limit = time.monotonic() + TRAINING_LIMIT_S
    while not done():
        if time.monotonic() > limit:
            sys.exit(f"{what} did not come within {TRAINING_LIMIT_S:.0f} s")
        _let_pass(0.1)


def _let_pass(seconds: float) -> None:
    """Serve the window for some time."""
    from PySide6.QtCore import QEventLoop, QTimer

    # Not QTest.qWait(): it keeps Python's lock while it sleeps, and the other threads stand still.
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def _fail(failure: Any) -> None:
    _say(failure.sentence)
    # Raised in a slot, an exception would be printed and forgotten.
    os._exit(1)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
