"""The examiner: looks into files on a thread of its own, so that the dialog never freezes."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from nnviz.core.datasets.base import LoadCancelled, LoadContext
from nnviz.core.datasets.own_data import DataPreview, OwnData, open_own_data, own_data
from nnviz.core.errors import NnvizError
from nnviz.core.snapshot import Failure

REPORT_EVERY_S = 0.1


@dataclass(frozen=True)
class Question:
    """What is asked of the examiner.

    Attributes:
        number: Told apart by it from questions that were given up.
        path: The file or folder.
        kind: As what it is to be read, or None for the first kind that it suits.
        settings: Parameters of the spec, the others at their defaults.
    """

    number: int
    path: Path
    kind: type[OwnData] | None
    settings: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Finding:
    """What the examiner found.

    Attributes:
        kinds: The kinds of data that the file may be, the one that was read first.
        spec: The data set, or None if it cannot be used.
        preview: What to show of it, or None.
        failure: What is wrong with the file, or None.
    """

    kinds: tuple[type[OwnData], ...]
    spec: OwnData | None = None
    preview: DataPreview | None = None
    failure: Failure | None = None


class Examiner(QObject):
    """Answers questions about files, one after the other. Lives on a thread of its own.

    Attributes:
        newest: Number of the only question that is still wanted; written by the GUI thread. All others are given up.

    Signals:
        answered(Question, Finding): The answer.
        progressed(Question, str, int, int): What is being done, the part done, and the whole (0: unknown).
    """

    answered = Signal(object, object)
    progressed = Signal(object, str, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.newest = 0
        self._reported_at = 0.0

    @Slot(object)
    def examine(self, question: Question) -> None:
        """Look into a file, unless nobody wants to know any more."""
        if question.number != self.newest:
            return

        def report(what: str, done: int, total: int) -> None:
            self._report(question, what, done, total)

        def cancelled() -> bool:
            return question.number != self.newest

        context = LoadContext(progress=report, cancelled=cancelled)
        kinds = _kinds(question)
        try:
            finding = _look(question, kinds, context)
        except LoadCancelled:
            return
        except NnvizError as error:
            finding = Finding(kinds, failure=Failure(str(error)))
        except Exception as error:
            sentence = self.tr("{0} could not be read: {1}").format(question.path.name, error)
            finding = Finding(kinds, failure=Failure(sentence, traceback.format_exc()))
        self.answered.emit(question, finding)

    def _report(self, question: Question, what: str, done: int, total: int) -> None:
        now = time.perf_counter()
        if now - self._reported_at >= REPORT_EVERY_S:
            self._reported_at = now
            self.progressed.emit(question, what, done, total)


def _kinds(question: Question) -> tuple[type[OwnData], ...]:
    found = [kind for kind in own_data() if _suits(kind.suits, question.path)]
    first = question.kind or (found[0] if found else None)
    return () if first is None else (first, *(kind for kind in found if kind is not first))


def _suits(suits: Callable[[Path], bool], path: Path) -> bool:
    try:
        return suits(path)
    except OSError:
        # It cannot even be looked at; opening it says so in a sentence.
        return False


def _look(question: Question, kinds: tuple[type[OwnData], ...], context: LoadContext) -> Finding:
    if not kinds:
        # It has the sentence for what suits nothing.
        spec = open_own_data(question.path, context=context)
    else:
        spec = kinds[0].inspect(question.path, context=context, **dict(question.settings))
    return Finding(kinds, spec, spec.preview(context))
