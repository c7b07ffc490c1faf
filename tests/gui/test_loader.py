"""The loader: one data set at a time, the last one kept, what is given up left at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from PySide6.QtWidgets import QApplication

from nnviz.core.datasets.base import DataError, Dataset, LoadContext
from nnviz.core.datasets.circles import Circles
from nnviz.core.snapshot import Failure
from nnviz.gui.loader import Loader, LoadJob
from tests.gui.training import NeverLoaded


@dataclass(frozen=True, kw_only=True)
class Told(Circles):
    """Two circles that count how often they are made, tell how far they are, and may fail."""

    loads: ClassVar[list[int]] = []
    error: ClassVar[Exception | None] = None

    def load(self, context: LoadContext) -> Dataset:
        self.loads.append(1)
        for done in range(50, 1001, 50):
            context.progress("Making points", done, 1000)
        if self.error is not None:
            raise self.error
        return super().load(context)


class Heard:
    def __init__(self, loader: Loader) -> None:
        self.loaded: list[tuple[LoadJob, Dataset]] = []
        self.failed: list[tuple[LoadJob, Failure]] = []
        self.progressed: list[tuple[Any, ...]] = []
        loader.loaded.connect(lambda *words: self.loaded.append(words))
        loader.failed.connect(lambda *words: self.failed.append(words))
        loader.progressed.connect(lambda *words: self.progressed.append(words))


@pytest.fixture
def loader(qapp: QApplication) -> Loader:
    return Loader()


@pytest.fixture
def heard(loader: Loader, monkeypatch: pytest.MonkeyPatch) -> Heard:
    monkeypatch.setattr(Told, "loads", [])
    return Heard(loader)


def load(loader: Loader, job: LoadJob) -> None:
    loader.newest_job = job.number
    loader.load(job)


def test_the_last_data_set_is_kept(loader: Loader, heard: Heard) -> None:
    for number, spec in enumerate((Told(), Told(), Told(samples=100), Told()), start=1):
        load(loader, LoadJob(number, spec, None))
    assert len(Told.loads) == 3
    assert heard.loaded[0][1] is heard.loaded[1][1]
    assert [len(data.train) for _, data in heard.loaded] == [600, 600, 60, 600]
    assert [job.number for job, _ in heard.loaded] == [1, 2, 3, 4]


def test_the_end_of_loading_is_always_told_but_not_every_byte(loader: Loader, heard: Heard) -> None:
    job = LoadJob(1, Told(), None)
    load(loader, job)
    assert heard.progressed[-1] == (job, "Making points", 1000, 1000)
    assert len(heard.progressed) < 10


def test_a_job_that_is_not_wanted_any_more_is_not_begun(loader: Loader, heard: Heard) -> None:
    loader.newest_job = 2
    loader.load(LoadJob(1, NeverLoaded(), None))
    assert (heard.loaded, heard.failed) == ([], [])


def test_an_error_for_people_crosses_as_its_sentence(
    loader: Loader, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Told, "error", DataError("The file is damaged."))
    job = LoadJob(1, Told(), None)
    load(loader, job)
    assert heard.failed == [(job, Failure("The file is damaged."))]


def test_an_unexpected_error_crosses_with_its_traceback(
    loader: Loader, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Told, "error", ZeroDivisionError("by nought"))
    load(loader, LoadJob(1, Told(), None))
    failure = heard.failed[0][1]
    assert failure.sentence == "The data could not be loaded: by nought"
    assert "ZeroDivisionError" in failure.details
    monkeypatch.setattr(Told, "error", None)
    load(loader, LoadJob(2, Told(), None))
    assert len(heard.loaded) == 1
