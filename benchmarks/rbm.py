"""How fast an RBM learns in the window, against scikit-learn's and against a bare PyTorch loop.

All train 256 hidden units on MNIST's grey values by one Gibbs step per batch of 100, in processes of their own, one
after the other and in turns. The window stands at 1280x800 with the four views of
the first start, and with every view that applies side by side.
Scikit-learn's BernoulliRBM has persistent chains, which cost the same as contrastive divergence.

  ratio_to_sklearn     four views / sklearn.neural_network.BernoulliRBM, the same batch size and number of steps
  ratio_to_bare        four views / a loop written by hand, with the same momentum and weight decay
  ratio_to_headless    four views / the same trainer without a window

All of these with all_ before them are with every view.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import _window as window
from benchmarks._report import in_turn, parser, ratio, report, run_part
from benchmarks._window import Case, StepTimes

BATCH = 100
HIDDEN = 256
WARM_UP_STEPS = 40
STEPS = 4000
"""Steps that are counted: some seconds. One epoch has 550, and only nnviz looks at validation data behind each."""

TARGETS = {"ratio_to_sklearn": (">=", 1.8), "ratio_to_bare": (">=", 0.95)}


CASE = Case("rbm_784_256", WARM_UP_STEPS, STEPS)


def load(data_dir: Path | None) -> Any:
    """MNIST."""
    return window.load(CASE, data_dir)


def bare(data_dir: Path | None) -> dict[str, float]:
    """What somebody who knows PyTorch would write."""
    import torch

    x = torch.from_numpy(load(data_dir).train.x).flatten(1)
    torch.manual_seed(1)
    w = torch.randn(784, HIDDEN) * 0.01
    a, b = torch.zeros(784), torch.zeros(HIDDEN)
    speed_w, speed_a, speed_b = torch.zeros_like(w), torch.zeros_like(a), torch.zeros_like(b)
    rate, momentum, decay = 0.1, 0.5, 2e-4
    order = torch.randperm(len(x))
    times = StepTimes(CASE)
    for step in range(WARM_UP_STEPS + STEPS):
        first = step * BATCH % len(x)
        if not first:
            order = torch.randperm(len(x))
        v0 = x[order[first : first + BATCH]]
        p0 = torch.sigmoid(torch.addmm(b, v0, w))
        h0 = torch.bernoulli(p0)
        v1 = torch.bernoulli(torch.sigmoid(torch.addmm(a, h0, w.T)))
        p1 = torch.sigmoid(torch.addmm(b, v1, w))
        speed_w.mul_(momentum).addmm_(v0.T, p0, alpha=1 / BATCH).addmm_(v1.T, p1, alpha=-1 / BATCH)
        speed_w.add_(w, alpha=-decay)
        speed_a.mul_(momentum).add_((v0 - v1).mean(0))
        speed_b.mul_(momentum).add_((p0 - p1).mean(0))
        w.add_(speed_w, alpha=rate)
        a.add_(speed_a, alpha=rate)
        b.add_(speed_b, alpha=rate)
        times.at.append(time.perf_counter())
    return {"samples_per_second": times.samples_per_second(BATCH)}


def sklearn(data_dir: Path | None) -> dict[str, float]:
    """Scikit-learn's machine on as many samples as are counted elsewhere."""
    from sklearn.neural_network import BernoulliRBM

    x = load(data_dir).train.x.reshape(-1, 784)
    passes = 8
    machine = BernoulliRBM(n_components=HIDDEN, learning_rate=0.1, batch_size=BATCH, n_iter=passes, random_state=1)
    machine.fit(x[: WARM_UP_STEPS * BATCH // passes])
    began = time.perf_counter()
    machine.fit(x[: STEPS * BATCH // passes])
    return {"samples_per_second": STEPS * BATCH / (time.perf_counter() - began)}


def headless(data_dir: Path | None) -> dict[str, float]:
    """The trainer of the core, as the command line uses it."""
    return window.headless(CASE, data_dir)


def four(data_dir: Path | None) -> dict[str, Any]:
    """The window with the views of the first start."""
    return window.application(CASE, lambda live: live.visible_views(), data_dir)


def every(data_dir: Path | None) -> dict[str, Any]:
    """The window with every live view that applies side by side."""
    return window.application(CASE, window.all_side_by_side, data_dir)


PARTS = {"bare": bare, "sklearn": sklearn, "headless": headless, "four": four, "every": every}


def main() -> None:
    """Measure, and print the result."""
    arguments = parser(__doc__ or "", repeats=5).parse_args()
    if arguments.part:
        print(json.dumps(PARTS[arguments.part](arguments.data_dir)))
        return
    seen: list[dict[str, Any]] = []

    def key(found: dict[str, Any]) -> float:
        if "rates" in found:
            seen.append(found)
        return float(found["samples_per_second"])

    run_part(__file__, "bare", arguments)  # reads everything from the disk once
    figures = in_turn(__file__, list(PARTS), arguments, key)
    result: dict[str, Any] = {"headless_to_bare": ratio(figures["headless"], figures["bare"])}
    counts = sorted({len(found["rates"]) for found in seen})
    for part, prefix, views in zip(("four", "every"), ("", "all_"), counts, strict=True):
        for other in ("sklearn", "bare", "headless"):
            result[f"{prefix}ratio_to_{other}"] = ratio(figures[part], figures[other])
        these = [found for found in seen if len(found["rates"]) == views]
        result[f"{prefix}visible_views"] = views
        result[f"{prefix}updates_per_second"] = median(min(found["rates"].values()) for found in these)
        result[f"{prefix}late_ms_p99"] = median(found["late_ms_p99"] for found in these)
    result |= {f"samples_per_second_{part}": median(values) for part, values in figures.items()}
    result["repeats"] = arguments.repeats
    report(result, TARGETS, arguments.json)


if __name__ == "__main__":
    main()
