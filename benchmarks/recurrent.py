"""What watching a recurrent network costs: an LSTM of 128 units that reads MNIST row by row.

It learns as a bare PyTorch loop and in the window with three views on the screen that recompute its cell, in processes
of their own, in turns: gates over time, unrolled, gradient through time. The first steps are not counted.

  ratio_to_bare        trained samples per second of the application / of a loop of ten lines written by hand
  updates_per_second   paintings with something new in them, of the view that has the fewest
  late_ms_p99          lateness of a timer of the window's thread that is due every 10 ms
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._report import in_turn, parser, ratio, report, run_part
from benchmarks._window import Case, application, bare

VIEWS = ("gates", "unrolled", "gradient_through_time")

ASKED = {"ratio_to_bare": (">=", 0.95), "updates_per_second": (">=", 4.0), "late_ms_p99": ("<=", 16.0)}


def lstm() -> tuple[Any, Any, Any]:
    """28 rows of 28 pixels, 128 units, 10 classes."""
    import torch
    from torch import nn

    class Rows(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.lstm = nn.LSTM(28, 128, batch_first=True)
            self.dense = nn.Linear(128, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            scores: torch.Tensor = self.dense(self.lstm(x)[0][:, -1])
            return scores

    model = Rows()
    optimiser = torch.optim.Adam(model.parameters(), lr=4e-3, fused=True)
    return model, optimiser, torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, 430_000, cycle_momentum=False)


CASE = Case("rows_of_mnist", 40, 380, lstm, clip=1.0)


def three(live: Any) -> Sequence[Any]:
    """The three views, and no others."""
    for name in live.views:
        live.area.set_open(name, name in VIEWS)
    live.area.arrange_all()
    return [live.views[name] for name in VIEWS]


def main() -> None:
    """Measure, and print the result."""
    arguments = parser(__doc__ or "", repeats=5).parse_args()
    if arguments.part == "bare":
        print(json.dumps(bare(CASE, arguments.data_dir)))
        return
    if arguments.part == "window":
        print(json.dumps(application(CASE, three, arguments.data_dir)))
        return
    seen: list[dict[str, Any]] = []

    def key(found: dict[str, Any]) -> float:
        if "rates" in found:
            seen.append(found)
        return float(found["samples_per_second"])

    run_part(__file__, "bare", arguments)  # reads everything from the disk once
    figures = in_turn(__file__, ("bare", "window"), arguments, key)
    rates = {name: median(found["rates"][name] for found in seen) for name in VIEWS}
    result = {
        "bare_samples_per_second": median(figures["bare"]),
        "ratio_to_bare": ratio(figures["window"], figures["bare"]),
        "updates_per_second": min(rates.values()),
        "updates_of": {name: round(rate, 1) for name, rate in rates.items()},
        "late_ms_p99": median(found["late_ms_p99"] for found in seen),
        "repeats": arguments.repeats,
    }
    report(result, ASKED, arguments.json)


if __name__ == "__main__":
    main()
