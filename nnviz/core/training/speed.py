"""How fast a training is."""

from __future__ import annotations

import time


class Speed:
    """Trained samples per second, over about the last second."""

    def __init__(self) -> None:
        self.samples_per_second = 0.0
        self.seconds = 0.0
        self.restart()

    def restart(self) -> None:
        """Begin to count, after a pause that must not count."""
        self._began = self._last = time.perf_counter()
        self._samples = 0

    def add(self, samples: int) -> None:
        """Count a batch that is done."""
        now = time.perf_counter()
        self._samples += samples
        self.seconds += now - self._last
        self._last = now
        if now - self._began >= 1.0:
            rate = self._samples / (now - self._began)
            old = self.samples_per_second
            self.samples_per_second = rate if not old else 0.5 * old + 0.5 * rate
            self._began, self._samples = now, 0
