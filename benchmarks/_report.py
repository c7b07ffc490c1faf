"""What the benchmarks share: arguments, parts that run in processes of their own, and the printed result."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def parser(description: str, repeats: int) -> argparse.ArgumentParser:
    """A parser with the arguments that every benchmark takes."""
    result = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    result.add_argument("--data-dir", type=Path, help="folder with MNIST; the user's cache by default")
    result.add_argument("--json", action="store_true", help="print one JSON object and nothing else on standard output")
    result.add_argument("--repeats", type=int, default=repeats, help="how often everything is measured, in turn")
    result.add_argument("--part", help=argparse.SUPPRESS)
    return result


def run_part(script: str, part: str, arguments: argparse.Namespace, more: Sequence[str] = ()) -> dict[str, Any]:
    """Run one part in a fresh process and return what it printed; a part that fails ends the benchmark.

    Args:
        script: The benchmark.
        part: Name of the part.
        arguments: Those that every benchmark takes.
        more: What else the part is to be told, as on a command line.
    """
    command = [sys.executable, script, "--part", part, *more]
    if arguments.data_dir is not None:
        command += ["--data-dir", str(arguments.data_dir)]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT)}
    environment["NNVIZ_BENCHMARK_STARTED"] = repr(time.time())
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{script} --part {part} failed:\n{done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def in_turn(
    script: str, parts: Sequence[str], arguments: argparse.Namespace, key: Callable[[dict[str, Any]], float]
) -> dict[str, list[float]]:
    """Measure all parts, `repeats` times, each repeat in the opposite order of the last: drift hits all alike."""
    figures: dict[str, list[float]] = {part: [] for part in parts}
    for repeat in range(arguments.repeats):
        order = list(parts) if repeat % 2 == 0 else list(reversed(parts))
        for part in order:
            figures[part].append(key(run_part(script, part, arguments)))
            print(f"repeat {repeat + 1} of {arguments.repeats}: {part} {figures[part][-1]:,.2f}", file=sys.stderr)
    return figures


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """Median of the ratios of each repeat: both sides met the same noise."""
    return median(a / b for a, b in zip(above, below, strict=True))


def report(result: dict[str, Any], targets: dict[str, tuple[str, float]], as_json: bool) -> None:
    """Print the result, and say on standard error which figures miss their targets.

    Args:
        result: Figures by name.
        targets: Per figure ">=" or "<=", and the bound.
        as_json: One JSON object on standard output, else lines for people.
    """
    missed = []
    for name, (relation, bound) in targets.items():
        met = result[name] >= bound if relation == ">=" else result[name] <= bound
        if not met:
            missed.append(f"{name} is {result[name]:.3g}, should be {relation} {bound:g}")
    result = {**result, "missed": missed}
    if as_json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name:28} {value:.4g}" if isinstance(value, float) else f"{name:28} {value}")
    for line in missed:
        print(f"MISSED: {line}", file=sys.stderr)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that is not below `percent` per cent of all."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * percent // 100).__int__() - 1))]
