"""What the trainer costs where a graphics card computes, and the processor only says what is to be done.

Three networks learn on MNIST by the trainer of the core and by a loop of ten lines written by hand, in turns in one
process, with everything in the card's memory: the Fast CNN, a perceptron of 1,000-1,000-10, and an LSTM that reads
rows. The first steps are not counted. Where there is no card, nothing is measured.

  trainer_to_bare      trained samples per second of the trainer / of the loop
  bare_tf32_to_bare    the same of the loop with cuDNN's own choice of digits / with all digits, as the trainer has them
  bare_per_second      trained samples per second of the loop
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._report import parser, ratio, report
from benchmarks.overhead import fast_cnn, wide_mlp, widened
from benchmarks.recurrent import lstm

LOOK_EVERY_S = 0.25


@dataclass(frozen=True)
class Race:
    """One network, as a preset and as somebody who knows PyTorch would write it.

    Attributes:
        preset: The preset that it is made from.
        bare: Makes the model, the optimiser and the schedule.
        change: Makes another network of the preset's.
        clip: Largest norm of the gradient, as the preset has it; 0 if it is not clipped.
        warm_up: Steps that are not counted.
        steps: Steps that are.
    """

    preset: str
    bare: Callable[[], tuple[Any, Any, Any]]
    change: Callable[[Any], Any] = lambda network: network
    clip: float = 0.0
    warm_up: int = 200
    steps: int = 1500


RACES = {
    "fast_cnn": Race("fast_cnn", fast_cnn),
    "wide_mlp": Race("mlp", wide_mlp, change=widened),
    "rows": Race("rows_of_mnist", lstm, clip=1.0),
}


class Clock:
    """Counts steps, and waits for the card where counting begins and where it ends."""

    def __init__(self, race: Race, device: str) -> None:
        self.steps = 0
        self._race, self._device = race, device
        self.began = self.ended = 0.0

    def tick(self) -> bool:
        """Count one step; whether it was the last."""
        self.steps += 1
        if self.steps == self._race.warm_up:
            self.began = self._now()
        if self.steps == self._race.warm_up + self._race.steps:
            self.ended = self._now()
        return bool(self.ended)

    def samples_per_second(self, batch_size: int) -> float:
        """Over the counted steps."""
        return self._race.steps * batch_size / (self.ended - self.began)

    def _now(self) -> float:
        import torch

        if self._device.startswith("cuda"):
            torch.cuda.synchronize()
        return time.perf_counter()


def bare(race: Race, data: Any, device: str, size: int) -> float:
    """Trained samples per second of a loop."""
    import torch

    torch.manual_seed(1)
    model, optimiser, schedule = race.bare()
    model.to(device)
    x, y, validation_x, validation_y = (
        torch.from_numpy(array).to(device)
        for array in (data.train.x, data.train.y, data.validation.x, data.validation.y)
    )
    loss_function = torch.nn.CrossEntropyLoss()
    clock, validated = Clock(race, device), []
    while True:
        order = torch.randperm(len(x), device=device)
        for first in range(0, len(x), size):
            batch = order[first : first + size]
            batch_x = x[batch]
            if batch_x.ndim == 4:
                batch_x = batch_x.contiguous(memory_format=torch.channels_last)
            optimiser.zero_grad()
            loss = loss_function(model(batch_x), y[batch])
            loss.backward()
            if race.clip:
                torch.nn.utils.clip_grad_norm_(model.parameters(), race.clip)
            optimiser.step()
            schedule.step()
            if clock.tick():
                return clock.samples_per_second(size)
        with torch.no_grad():
            validated.append(loss_function(model(validation_x), validation_y).item())


def by_trainer(race: Race, data: Any, device: str, training: Any) -> float:
    """Trained samples per second of the core's trainer, as the command line uses it."""
    from nnviz.core.presets.base import PRESETS
    from nnviz.core.training.make_trainer import make_trainer

    trainer = make_trainer(race.change(PRESETS[race.preset].network), training, data, device)
    clock, looked = Clock(race, device), time.perf_counter()
    for step in trainer.steps():
        if time.perf_counter() - looked > LOOK_EVERY_S:
            looked = time.perf_counter()
            trainer.take_history()
        if step.phase == "train" and clock.tick():
            break
    return clock.samples_per_second(training.batch_size)


def measure(race: Race, data_dir: Path | None, device: str, repeats: int) -> dict[str, float]:
    """The figures of one network."""
    import torch

    from nnviz.core.datasets.base import LoadContext
    from nnviz.core.presets.base import PRESETS

    preset = PRESETS[race.preset]
    training = preset.training.replace(validate_every=0, epochs=1000)
    data = preset.dataset.load(LoadContext(data_dir=data_dir))
    seen: dict[str, list[float]] = {"bare": [], "tf32": [], "trainer": []}
    for repeat in range(repeats):
        for name in list(seen) if repeat % 2 == 0 else list(reversed(seen)):
            torch.backends.cudnn.allow_tf32 = name == "tf32"
            if name == "trainer":
                seen[name].append(by_trainer(race, data, device, training))
            else:
                seen[name].append(bare(race, data, device, training.batch_size))
            print(f"repeat {repeat + 1} of {repeats}: {race.preset} {name} {seen[name][-1]:,.0f}", file=sys.stderr)
    return {
        "trainer_to_bare": ratio(seen["trainer"], seen["bare"]),
        "bare_tf32_to_bare": ratio(seen["tf32"], seen["bare"]),
        "bare_per_second": median(seen["bare"]),
    }


def main() -> None:
    """Measure, and print the result."""
    arguments_parser = parser(__doc__ or "", repeats=5)
    arguments_parser.add_argument("--device", default="auto", help="auto, cuda:0, mps; cpu to try the benchmark itself")
    arguments = arguments_parser.parse_args()
    from nnviz.core.training.device import choose_device

    device = choose_device(arguments.device)
    result: dict[str, Any] = {"device": device, "repeats": arguments.repeats}
    if device != "cpu" or arguments.device == "cpu":
        for name, race in RACES.items():
            figures = measure(race, arguments.data_dir, device, arguments.repeats)
            result |= {f"{name}_{figure}": value for figure, value in figures.items()}
    report(result, {}, arguments.json)


if __name__ == "__main__":
    main()
