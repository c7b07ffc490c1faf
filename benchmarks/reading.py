"""How well the bundled network reads: every figure of its card.

mnist_test_accuracy         share of MNIST's 10,000 test images that are read rightly
mnist_calibration_error     expected calibration error on them (15 bins)
strokes_accuracy            the same share of the pen strokes that were held back from training
strokes_calibration_error   and its calibration error
no_digits_sure              share of scribbles and letters, made here, that are called a digit with more than 90 %
unchanged_when_moved        share of 500 held-back drawings whose answer stays the same, moved, scaled to 10 to 100 %
of the canvas and drawn with pens of 4 to 40 units, in 8 ways each
milliseconds_per_answer     one drawing, prepared and read, on one core
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from numpy.typing import NDArray

from benchmarks._report import parser, report
from nnviz.core.calibration import calibration_error
from nnviz.core.datasets.base import LoadContext
from nnviz.core.datasets.mnist import Mnist
from nnviz.core.ink import Preparation, prepare_strokes
from nnviz.core.pictures import prepare_picture
from nnviz.core.reader import DigitReader, bundled_project
from nnviz.core.strokes import Drawing, read_strokes
from tools.bundled.pool import STROKES, parted

TARGETS = {
    "mnist_test_accuracy": (">=", 0.995),
    "mnist_calibration_error": ("<=", 0.01),
    "strokes_accuracy": (">=", 0.985),
    "no_digits_sure": ("<=", 0.05),
    "unchanged_when_moved": (">=", 0.99),
}

LETTERS = "ACDEFGHJKLMNPRTUVWXYacdefhkmnprtuvwxy"
CANVAS = 400.0
SCRIBBLES = 400
WAYS = 8
MOVED = 500


def main() -> None:
    """Measure, and print the result."""
    arguments = parser(__doc__ or "", repeats=1).parse_args()
    report(measure(arguments.data_dir, (arguments.data_dir or Path()) / STROKES), TARGETS, arguments.json)


def measure(data_dir: Path | None, strokes: Path) -> dict[str, Any]:
    """All figures of the bundled network.

    Args:
        data_dir: Folder with MNIST; the user's cache by default.
        strokes: The file of pen strokes, of which every fifth is measured.
    """
    reader = DigitReader(bundled_project())
    mnist = Mnist().load(LoadContext(data_dir=data_dir)).test
    images = [mnist.x[i : i + 500] for i in range(0, len(mnist), 500)]
    on_mnist = np.concatenate([reader.predictor.probabilities(part) for part in images])
    held_back = parted(list(read_strokes(strokes)))[1]
    labels = np.array([drawing.label for drawing in held_back])
    on_strokes = _read(reader, [prepare_strokes(drawing) for drawing in held_back])
    return {
        "mnist_test_accuracy": float((on_mnist.argmax(1) == mnist.y).mean()),
        "mnist_calibration_error": calibration_error(on_mnist, np.asarray(mnist.y, np.int64)),
        "strokes_accuracy": float((on_strokes.argmax(1) == labels).mean()),
        "strokes_calibration_error": calibration_error(on_strokes, labels),
        "strokes": len(labels),
        "no_digits_sure": strange_share(reader),
        "no_digits": 10 * len(LETTERS) + SCRIBBLES,
        "unchanged_when_moved": _unchanged(reader, held_back[:MOVED]),
        "milliseconds_per_answer": _milliseconds(reader, held_back[:100]),
    }


def table(result: dict[str, Any]) -> str:
    """The figures as rows of a card."""
    rows = (
        ("Accuracy on MNIST's test set (10,000)", f"{result['mnist_test_accuracy']:.2%}"),
        ("Expected calibration error on it", f"{result['mnist_calibration_error']:.2%}"),
        (f"Accuracy on strokes that were held back ({result['strokes']:,})", f"{result['strokes_accuracy']:.2%}"),
        ("Expected calibration error on them", f"{result['strokes_calibration_error']:.2%}"),
        (
            f"Scribbles and letters ({result['no_digits']:,}) called a digit with more than 90 %",
            f"{result['no_digits_sure']:.2%}",
        ),
        (
            f"Of {MOVED} held-back drawings read the same moved, scaled and with other pens",
            f"{result['unchanged_when_moved']:.2%}",
        ),
        ("Time for an answer on one core", f"{result['milliseconds_per_answer']:.1f} ms"),
    )
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def strange_share(reader: DigitReader) -> float:
    """Share of scribbles and letters that is called a digit with more than 90 %."""
    return float((_read(reader, [*_letters(), *_scribbles()]).max(1) > 0.9).mean())


def _read(reader: DigitReader, preparations: list[Preparation]) -> NDArray[np.float64]:
    """Probabilities of all drawings, (N, classes); none of them is blank."""
    answers = []
    for first in range(0, len(preparations), 256):
        answers += reader.read(preparations[first : first + 256])
    return np.array([answer for answer in answers if answer is not None])


def _letters() -> list[Preparation]:
    """Letters of Pillow's own font, upright, turned and sheared."""
    from PIL import Image, ImageDraw, ImageFont

    rng = np.random.default_rng(11)
    font = ImageFont.load_default(96)
    preparations = []
    for letter in LETTERS:
        for _ in range(10):
            image = Image.new("L", (200, 200), 255)
            ImageDraw.Draw(image).text((60, 40), letter, fill=0, font=font)
            image = image.rotate(float(rng.uniform(-12, 12)), fillcolor=255)
            shear = float(rng.uniform(-0.2, 0.2))
            image = image.transform(
                image.size, Image.Transform.AFFINE, (1, shear, -100 * shear, 0, 1, 0), fillcolor=255
            )
            preparations.append(prepare_picture(image))
    return preparations


def _scribbles() -> list[Preparation]:
    """Random curves: sums of sines, jagged lines, loops, and strokes here and there."""
    rng = np.random.default_rng(12)
    preparations = []
    t = np.linspace(0, 1, 200)
    for number in range(SCRIBBLES):
        kind = number % 4
        if kind == 0:
            waves, phases = rng.integers(1, 9, (2, 4)), rng.uniform(0, 7, (2, 4, 1))
            curve = np.sin(2 * np.pi * waves[:, :, None] * t + phases).sum(axis=1).T
            strokes = [curve]
        elif kind == 1:
            strokes = [rng.normal(0, 1, (int(rng.integers(8, 20)), 2))]
        elif kind == 2:
            turn = 2 * np.pi * rng.uniform(4, 9) * t
            strokes = [np.stack([np.cos(turn) + rng.uniform(2, 6) * t, np.sin(turn)], axis=1)]
        else:
            strokes = [rng.normal(0, 1, (2, 2)) for _ in range(int(rng.integers(5, 10)))]
        preparations.append(prepare_strokes(strokes))
    return preparations


def _unchanged(reader: DigitReader, drawings: list[Drawing]) -> float:
    """Share of the drawings that are read as the same digit wherever, however large and with whichever pen."""
    rng = np.random.default_rng(13)
    before = _read(reader, [_placed(drawing, 0.6, 18.0, np.array([0.5, 0.5])) for drawing in drawings]).argmax(1)
    same = np.ones(len(drawings), bool)
    for way in range(WAYS):
        share = 0.1 + 0.9 * way / (WAYS - 1)
        moved = []
        for drawing in drawings:
            # A pen as wide as the digit leaves a blot that nobody could read.
            pen = float(np.exp(rng.uniform(np.log(4), np.log(40))))
            moved.append(_placed(drawing, share, min(pen, 0.3 * share * CANVAS), rng.uniform(0, 1, 2)))
        same &= _read(reader, moved).argmax(1) == before
    return float(same.mean())


def _placed(drawing: Drawing, share: float, pen: float, place: NDArray[np.float64]) -> Preparation:
    """The drawing with its longest side that share of the canvas, somewhere on it, prepared."""
    points = np.concatenate(drawing.strokes)
    low, size = points.min(axis=0), np.ptp(points, axis=0)
    scale = share * CANVAS / float(size.max())
    room = CANVAS - size * scale
    strokes = [(stroke - low) * scale + place * room for stroke in drawing.strokes]
    return prepare_strokes(strokes, canvas=(CANVAS, CANVAS), pen=pen)


def _milliseconds(reader: DigitReader, drawings: list[Drawing]) -> float:
    import torch

    torch.set_num_threads(1)
    times = []
    for drawing in drawings:
        began = time.perf_counter()
        reader.read([prepare_strokes(drawing)])
        times.append(1000 * (time.perf_counter() - began))
    return median(times)


if __name__ == "__main__":
    main()
