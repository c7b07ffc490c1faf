"""What watching costs: training with live views on the screen, with no window, and as a bare PyTorch loop.

Three networks learn from the same seed, in processes of their own, one after the other and in turns: the Fast CNN and a
perceptron of 1,000-1,000-10 on MNIST, and the 2-D classifier with its thousands of steps a second. The window is
measured with its four views of the first start, and with all that apply side by side. The first steps are not counted.

  ratio_to_bare        trained samples per second of the application / of a loop of ten lines written by hand
  ratio_to_headless    the same / of the same trainer without a window
  updates_per_second   paintings with something new in them, of the view that has the fewest
  late_ms_p99          lateness of a timer of the window's thread that is due every 10 ms

Each name has the network and the number of views before it: fast_cnn_ten_ratio_to_bare.
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
from benchmarks._window import Case, all_side_by_side, application, bare, headless

ASKED = {
    "four": {"ratio_to_bare": (">=", 0.95), "updates_per_second": (">=", 10.0), "late_ms_p99": ("<=", 16.0)},
    "ten": {"ratio_to_bare": (">=", 0.90), "updates_per_second": (">=", 4.0), "late_ms_p99": ("<=", 16.0)},
}


def fast_cnn() -> tuple[Any, Any, Any]:
    """Three blocks and a dense layer."""
    import torch
    from torch import nn

    layers: list[nn.Module] = []
    for into, out, kernel in ((1, 16, 5), (16, 32, 3), (32, 64, 3)):
        conv = nn.Conv2d(into, out, kernel, padding=kernel // 2, bias=False)
        layers += [conv, nn.BatchNorm2d(out), nn.ReLU(), nn.MaxPool2d(2)]
    model = nn.Sequential(*layers, nn.Flatten(), nn.Linear(576, 10))
    model = model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-2, weight_decay=0.01, fused=True)
    return model, optimiser, torch.optim.lr_scheduler.OneCycleLR(optimiser, 1e-2, 430_000, cycle_momentum=False)


def wide_mlp() -> tuple[Any, Any, Any]:
    """784-1,000-1,000-10."""
    import torch
    from torch import nn

    model = nn.Sequential(
        nn.Flatten(), nn.Linear(784, 1000), nn.ReLU(), nn.Linear(1000, 1000), nn.ReLU(), nn.Linear(1000, 10)
    )
    optimiser = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=0.05, fused=True)
    return model, optimiser, torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, 430_000, cycle_momentum=False)


def two_d() -> tuple[Any, Any, Any]:
    """2-8-8-2 with tanh."""
    import torch
    from torch import nn

    model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 2))
    return model, torch.optim.Adam(model.parameters(), lr=0.01, fused=True), None


def widened(network: Any) -> Any:
    """The perceptron with 1,000 units in each hidden layer."""
    from nnviz.core.layers.dense import Dense

    layers = (
        layer.replace(units=1000) if isinstance(layer, Dense) and layer.units > 10 else layer
        for layer in network.layers
    )
    return network.replace(layers=tuple(layers))


CASES = {
    "fast_cnn": Case("fast_cnn", 40, 800, fast_cnn),
    "wide_mlp": Case("mlp", 100, 2500, wide_mlp, change=widened),
    "two_d": Case("2d_classifier", 1000, 20_000, two_d, epochs=5000),
}


def four(live: Any) -> Sequence[Any]:
    """The views of the first start."""
    views: Sequence[Any] = live.visible_views()
    return views


def measure(part: str, data_dir: Path | None) -> dict[str, Any]:
    """One part: "bare:fast_cnn", "headless:two_d", "ten:wide_mlp" ..."""
    what, _, name = part.partition(":")
    if what == "bare":
        return bare(CASES[name], data_dir)
    if what == "headless":
        return headless(CASES[name], data_dir)
    return application(CASES[name], {"four": four, "ten": all_side_by_side}[what], data_dir)


def main() -> None:
    """Measure, and print the result."""
    arguments_parser = parser(__doc__ or "", repeats=5)
    arguments_parser.add_argument("--network", choices=list(CASES), action="append", help="only this one")
    arguments = arguments_parser.parse_args()
    if arguments.part:
        print(json.dumps(measure(arguments.part, arguments.data_dir)))
        return
    result: dict[str, Any] = {}
    targets: dict[str, tuple[str, float]] = {}
    for name in arguments.network or CASES:
        seen: dict[str, list[dict[str, Any]]] = {"four": [], "ten": []}

        def key(found: dict[str, Any], seen: dict[str, list[dict[str, Any]]] = seen) -> float:
            if "rates" in found:
                # All that apply are more than four, whatever the network.
                seen["four" if len(found["rates"]) <= 4 else "ten"].append(found)
            return float(found["samples_per_second"])

        run_part(__file__, f"bare:{name}", arguments)  # reads everything from the disk once
        parts = [f"{part}:{name}" for part in ("bare", "headless", "four", "ten")]
        figures = in_turn(__file__, parts, arguments, key)
        result[f"{name}_headless_to_bare"] = ratio(figures[parts[1]], figures[parts[0]])
        for views, founds in seen.items():
            window = figures[f"{views}:{name}"]
            rates = {view: median(found["rates"][view] for found in founds) for view in founds[0]["rates"]}
            result[f"{name}_{views}_ratio_to_bare"] = ratio(window, figures[parts[0]])
            result[f"{name}_{views}_ratio_to_headless"] = ratio(window, figures[parts[1]])
            result[f"{name}_{views}_updates_per_second"] = min(rates.values())
            result[f"{name}_{views}_updates_of"] = {view: round(rate, 1) for view, rate in rates.items()}
            result[f"{name}_{views}_late_ms_p99"] = median(found["late_ms_p99"] for found in founds)
            targets |= {f"{name}_{views}_{figure}": bound for figure, bound in ASKED[views].items()}
    report({**result, "repeats": arguments.repeats}, targets, arguments.json)


if __name__ == "__main__":
    main()
