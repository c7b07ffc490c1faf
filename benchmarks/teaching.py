"""What fine-tuning with 20 drawings of a new way to write a digit does.

Several ways of writing that the bundled network does not read are tried: each is a form of which 20 drawings by other
hands are taught, and 200 more are held back. Those that it reads by itself (50 % and more) are left out. The figures of
each way go to standard error.

  taught_before, taught_after     lowest share of the held-back drawings that is read rightly, over all ways, and the
                                  highest before
  mnist_lost                      largest fall of the accuracy on MNIST's test set, in points
  no_digits_sure_after            largest share of scribbles and letters that is called a digit with more than 90 %
                                  afterwards
  seconds                         how long one fine-tuning takes, in the mean
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks._report import parser, report
from nnviz.core.datasets.base import Dataset, LoadContext
from nnviz.core.datasets.mnist import Mnist
from nnviz.core.fine_tune import fine_tune
from nnviz.core.hands import as_another_hand
from nnviz.core.ink import prepare_strokes
from nnviz.core.project import ProjectFile
from nnviz.core.reader import DigitReader, bundled_project
from nnviz.core.strokes import Drawing

TARGETS = {
    "taught_before": ("<=", 0.5),
    "taught_after": (">=", 0.9),
    "mnist_lost": ("<=", 0.2),
    "no_digits_sure_after": ("<=", 0.05),
}

WAYS: dict[str, tuple[int, tuple[tuple[tuple[float, float], ...], ...]]] = {
    # As in Chinese account books, on watches of the east, and as children do.
    "a 4 as a cross": (4, (((0.5, 0.0), (0.5, 1.0)), ((0.0, 0.5), (1.0, 0.5)))),
    "a 0 as a square": (0, (((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)),)),
    "a 7 as a roof": (7, (((0.0, 1.0), (0.5, 0.0), (1.0, 1.0)),)),
    "a 3 in a mirror": (
        3,
        (((0.9, 0.1), (0.5, 0.0), (0.1, 0.25), (0.55, 0.48), (0.05, 0.75), (0.5, 1.0), (0.95, 0.9)),),
    ),
    "a 2 as two lines": (2, (((0.1, 0.2), (0.9, 0.2)), ((0.0, 0.8), (1.0, 0.8)))),
    "a 1 lying down": (1, (((0.0, 0.5), (1.0, 0.5)),)),
}

TAUGHT = 20
HELD_BACK = 200


def main() -> None:
    """Measure, and print the result."""
    arguments = parser(__doc__ or "", repeats=1).parse_args()
    ways = measure(arguments.data_dir)
    results = [result for result in ways.values() if result["before"] < 0.5]
    report(
        {
            "taught_before": max(result["before"] for result in results),
            "taught_after": min(result["after"] for result in results),
            "mnist_lost": max(result["mnist_lost"] for result in results),
            "no_digits_sure_after": max(result["no_digits_sure"] for result in results),
            "ways": len(results),
            "seconds": float(np.mean([result["seconds"] for result in results])),
        },
        TARGETS,
        arguments.json,
    )


def measure(data_dir: Path | None) -> dict[str, dict[str, float]]:
    """What came of teaching each way to the bundled network, by the way's name.

    Args:
        data_dir: Folder with MNIST; the user's cache by default.
    """
    mnist = Mnist().load(LoadContext(data_dir=data_dir))
    file = bundled_project()
    results = {}
    for number, (name, (label, form)) in enumerate(WAYS.items()):
        results[name] = _teach(file, mnist, label, form, np.random.default_rng(number))
        print(f"{name}: {results[name]}", file=sys.stderr, flush=True)
    return results


def table(ways: dict[str, dict[str, float]]) -> str:
    """The figures as rows of a card."""
    head = ("A new way to write", "read before", "read afterwards", "fall on MNIST's test", "scribbles, letters sure")
    rows = [
        (
            name,
            f"{result['before']:.1%}",
            f"{result['after']:.1%}",
            f"{result['mnist_lost']:.2f} points",
            f"{result['no_digits_sure']:.2%}",
        )
        for name, result in ways.items()
    ]
    lines = [" | ".join(row) for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(f"| {line} |" for line in lines)


def _teach(file: ProjectFile, mnist: Dataset, label: int, form: Any, rng: np.random.Generator) -> dict[str, float]:
    from benchmarks.reading import strange_share

    strokes = [np.array(stroke) for stroke in form]
    drawings = [Drawing(tuple(as_another_hand(strokes, rng)), label) for _ in range(TAUGHT + HELD_BACK)]
    taught, held_back = drawings[:TAUGHT], drawings[TAUGHT:]
    images = np.stack([np.round(prepare_strokes(drawing).image * 255).astype(np.uint8) for drawing in taught])
    before = _share(DigitReader(file), held_back)
    began = time.perf_counter()
    done = fine_tune(file, taught, (images, np.full(TAUGHT, label)), mnist)
    seconds = time.perf_counter() - began
    reader = DigitReader(done.file)
    return {
        "before": before,
        "after": _share(reader, held_back),
        "mnist_lost": 100 * (done.mnist[0] - done.mnist[1]),
        "no_digits_sure": strange_share(reader),
        "seconds": seconds,
    }


def _share(reader: DigitReader, drawings: list[Drawing]) -> float:
    answers = reader.read([prepare_strokes(drawing) for drawing in drawings])
    rights = [
        answer is not None and int(np.argmax(answer)) == drawing.label
        for answer, drawing in zip(answers, drawings, strict=True)
    ]
    return float(np.mean(rights))


if __name__ == "__main__":
    main()
