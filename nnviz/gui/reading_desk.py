"""The desk where drawings are read: its own copies of the networks, on a thread of its own.

A drawing neither waits for the batch that is being trained, nor for the work of the window.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from nnviz.core.errors import NnvizError
from nnviz.core.ink import MNIST
from nnviz.core.project import ProjectFile
from nnviz.core.reader import ink_recipe
from nnviz.core.reading import Question, Reading, places, preparations
from nnviz.core.snapshot import Failure

if TYPE_CHECKING:
    from nnviz.core.asked import AskedNetwork, Reply, Weights
    from nnviz.core.ink import InkRecipe, Preparation
    from nnviz.core.rbm.memory import Memory, RememberingNetwork

PICTURES_LATEST_S = 0.1
"""While question follows upon question, pictures are made this often only: an answer waits for no other's pictures."""


@dataclass(frozen=True, eq=False)
class RunNetwork:
    """The network of a run as it stands.

    Attributes:
        number: The run's number.
        file: Its description and its weights.
    """

    number: int
    file: ProjectFile


@dataclass(frozen=True, eq=False)
class RunWeights:
    """Newer weights of a run's network.

    Attributes:
        number: The run's number.
        weights: The weights.
    """

    number: int
    weights: Weights


class ReadingDesk(QObject):
    """Answers drawings. Lives on the reading thread; the GUI thread writes `newest_request`, and nothing else.

    The network of the run answers if it reads drawings, else the bundled one; and beside it one more, if there is one
    to compare with. A run's network that begins with RBMs is also asked what it remembers of the drawing.

    Attributes:
        newest_request: Number of the newest question; older ones need no answer.

    Signals:
        ready: torch is loaded and the bundled network can answer.
        answered(Reading): An answer: first alone, and then, unless a newer question has come, with all that was wanted.
        failed(Failure): Something went wrong.
    """

    ready = Signal()
    answered = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.newest_request = 0
        self._bundled: AskedNetwork | None = None
        self._run: AskedNetwork | None = None
        self._run_number = 0
        self._compared: AskedNetwork | None = None
        self._remembering: RememberingNetwork | None = None
        self._pictured_at = 0.0
        self._last: Question | None = None
        self._prepared: dict[InkRecipe, tuple[Preparation, list[Preparation]]] = {}
        """What became of the last question's drawing, by the recipe."""

    @Slot()
    def warm_up(self) -> None:
        """Load torch and the bundled network, and let it answer once, so that the first drawing need not wait."""
        try:
            from nnviz.core.asked import AskedNetwork
            from nnviz.core.one_thread import compute_alone
            from nnviz.core.reader import bundled_project

            compute_alone()
            self._bundled = AskedNetwork(bundled_project(), bundled=True)
            for _ in self._read(0, _WARMING):
                pass
        except Exception as error:
            self.failed.emit(self._failure(error))
        self.ready.emit()

    @Slot(object)
    def take_run(self, network: RunNetwork) -> None:
        """Let the network of another run answer, if it reads drawings."""
        self._run, self._run_number = None, network.number
        file = network.file
        self._take_machines(file)
        if ink_recipe(file.network, file.dataset, file.training) is None:
            return
        try:
            from nnviz.core.asked import AskedNetwork

            self._run = AskedNetwork(file)
        except Exception as error:
            self.failed.emit(self._failure(error))

    @Slot(object)
    def take_weights(self, newer: RunWeights) -> None:
        """Let the run's network answer with newer weights."""
        if newer.number != self._run_number:
            return
        if self._run is not None:
            self._run.take(newer.weights)
        if self._remembering is not None:
            self._remembering.take(newer.weights.step, newer.weights.arrays)

    @Slot(int)
    def forget_run(self, newest: int) -> None:
        """Let the bundled network answer again, unless the run's number is above `newest`."""
        if self._run_number <= newest:
            self._run = self._remembering = None

    @Slot(object)
    def compare(self, file: ProjectFile | None) -> None:
        """Let one more network read every drawing, or none."""
        self._compared = None
        if file is None:
            return
        try:
            from nnviz.core.asked import AskedNetwork

            self._compared = AskedNetwork(file, bundled=True)
        except Exception as error:
            self.failed.emit(self._failure(error))

    @Slot(int, object)
    def read(self, request: int, question: Question) -> None:
        """Answer a question, unless a newer one waits behind it."""
        if request < self.newest_request:
            return
        try:
            for reading in self._read(request, question):
                self.answered.emit(reading)
        except Exception as error:
            self.failed.emit(self._failure(error))

    def _take_machines(self, file: ProjectFile) -> None:
        from nnviz.core.rbm.memory import RememberingNetwork, remembers

        self._remembering = None
        if file.weights and remembers(file.network, file.dataset, file.training) is not None:
            self._remembering = RememberingNetwork(file)

    def _remember(self, question: Question, *, several: bool) -> Memory | None:
        """What the run's RBMs make of a drawing, or of its first digit."""
        network = self._remembering
        if network is None or not question.stages:
            return None
        whole, parts = self._prepare(question, network.recipe)
        shown = next((part for part in parts if not part.blank), whole) if several else whole
        return None if shown.blank else network.remember(shown.image)

    def _prepare(self, question: Question, recipe: InkRecipe) -> tuple[Preparation, list[Preparation]]:
        """The drawing as one digit and as several; what is asked again, as while a network learns, is there already."""
        if self._last is None or not question.is_of_same_drawing(self._last):
            self._last, self._prepared = question, {}
        if recipe not in self._prepared:
            (whole,), parts = preparations(question, recipe)
            self._prepared[recipe] = whole, parts
        return self._prepared[recipe]

    def _read(self, request: int, question: Question) -> Iterator[Reading]:
        """The answer alone, and then with all that was asked for, if that is still wanted."""
        began = time.perf_counter()
        first = self._run or self._bundled
        networks = [network for network in (first, self._compared) if network is not None]
        whole, parts = self._prepare(question, first.recipe if first is not None else MNIST)
        replies: list[Reply] = []
        if not whole.blank and first is not None:
            replies = [network.ask(question, *self._prepare(question, network.recipe)) for network in networks]
        answers = tuple(reply.answer for reply in replies)
        several = bool(answers) and len(answers[0].digits) > 1
        shown = next(part for part in parts if not part.blank) if several else whole
        middles = places(question) if several and question.strokes else ()
        more = not shown.blank and (question.stages or question.layers or question.saliency)
        reading = Reading(request, shown, answers, middles, 1000 * (time.perf_counter() - began), complete=not more)
        yield reading
        if not more:
            return
        explained = []
        for reply in replies:
            if not self._has_time(request):
                return
            explained.append(reply.explained())
        if not self._has_time(request):
            return
        if question.stages:
            # Made here, where nobody waits for them; whoever shows them finds them made.
            _ = shown.stages
        memory = self._remember(question, several=several)
        self._pictured_at = time.monotonic()
        milliseconds = 1000 * (time.perf_counter() - began)
        yield replace(reading, answers=tuple(explained), milliseconds=milliseconds, memory=memory, complete=True)

    def _has_time(self, request: int) -> bool:
        """Whether pictures may be made for a question: nothing newer waits, or there have been none for too long."""
        return request >= self.newest_request or time.monotonic() - self._pictured_at >= PICTURES_LATEST_S

    def _failure(self, error: Exception) -> Failure:
        if isinstance(error, NnvizError):
            return Failure(str(error))
        sentence = self.tr("Something unexpected went wrong: {0}").format(error)
        return Failure(sentence, "".join(traceback.format_exception(error)))


def _warming() -> Question:
    import numpy as np

    bar = np.array([[190.0, 60.0], [210.0, 340.0]])
    return Question(strokes=(bar,), layers=True, stages=True, saliency=True)


_WARMING = _warming()
