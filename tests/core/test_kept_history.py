"""Curves of any length in bounded memory, against the whole series."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from nnviz.core.kept_history import KeptHistory
from nnviz.core.snapshot import History

FIELDS = (
    "steps",
    "loss",
    "accuracy",
    "validation_steps",
    "validation_loss",
    "validation_accuracy",
    "rate_steps",
    "rates",
)


def run_of(batches: int, every: int) -> History:
    """Random values, validated behind every so many batches; accuracy is not measured in odd ones.

    Every third batch has another learning rate.
    """
    rng = np.random.default_rng(batches)
    steps = np.arange(1, batches + 1)
    accuracy = np.where(steps % 2, np.nan, rng.random(batches)).astype(np.float32)
    at = steps[every - 1 :: every]
    return History(
        steps,
        rng.random(batches).astype(np.float32),
        accuracy,
        at,
        rng.random(len(at)).astype(np.float32),
        rng.random(len(at)).astype(np.float32),
        steps[::3],
        rng.random(len(steps[::3])).astype(np.float32),
    )


def parts_of(whole: History, count: int) -> list[History]:
    """The same in stretches."""
    ends = np.linspace(0, len(whole), count + 1).astype(int)
    parts = []
    for first, behind in itertools.pairwise(ends):
        columns = []
        for names in (FIELDS[:3], FIELDS[3:6], FIELDS[6:]):
            at = getattr(whole, names[0])
            columns += [getattr(whole, name)[(at > first) & (at <= behind)] for name in names]
        parts.append(History(*columns))
    return parts


def kept(parts: list[History], **bounds: int) -> KeptHistory:
    result = KeptHistory(**bounds)
    for part in parts:
        result.append(part)
    return result


def assert_same(some: History, other: History) -> None:
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(some, name), getattr(other, name), err_msg=name)


def test_up_to_its_bounds_it_is_complete() -> None:
    whole = run_of(1000, 10)
    assert_same(kept(parts_of(whole, 237), most_batches=1000, most_measurements=334).history(), whole)
    assert_same(KeptHistory(whole).history(), whole)
    assert_same(KeptHistory().history(), History())


def test_beyond_them_every_so_many_batches_are_left_as_they_were_measured() -> None:
    whole = run_of(3333, 7)
    some = kept(parts_of(whole, 500), most_batches=500, most_measurements=100).history()
    # 3,333 / 8 are 416; 476 / 8 measurements are 60.
    assert some.steps.tolist() == [1, *range(8, 3333, 8), 3333]
    assert some.loss.tolist() == whole.loss[some.steps - 1].tolist()
    np.testing.assert_array_equal(some.accuracy, whole.accuracy[some.steps - 1])
    best = {int(whole.validation_loss.argmin()), int(whole.validation_accuracy.argmax())}
    places = sorted({*range(0, 476, 8), 475, *best})
    assert some.validation_steps.tolist() == [7 * (place + 1) for place in places]
    assert some.validation_loss.tolist() == whole.validation_loss[places].tolist()
    assert some.validation_accuracy.tolist() == whole.validation_accuracy[places].tolist()
    assert some.rate_steps.tolist() == [1 + 3 * place for place in (*range(0, 1111, 16), 1110)]


@pytest.mark.parametrize("count", [1, 3, 40, 700])
def test_the_stretches_in_which_it_arrives_make_no_difference(count: int) -> None:
    whole = run_of(2100, 3)
    bounds = {"most_batches": 300, "most_measurements": 50}
    history = kept(parts_of(whole, count), **bounds)
    assert_same(history.history(), kept(parts_of(whole, 211), **bounds).history())
    assert history.newest.steps[-1] == 2100


def test_losses_that_are_no_numbers_are_no_best_ones() -> None:
    nothing = np.full(40, np.nan, np.float32)
    at = np.arange(1, 41)
    history = KeptHistory(History(at[:0], nothing[:0], nothing[:0], at, nothing, nothing), most_measurements=12)
    assert history.history().validation_steps.tolist() == [*range(1, 41, 4), 40]


def test_a_long_run_takes_no_more_room_than_its_bounds() -> None:
    history = KeptHistory(most_batches=1000, most_measurements=100)
    for part in parts_of(run_of(60_000, 19), 3000):
        history.append(part)
        for rows, most in ((history._batches, 1000), (history._measured, 100), (history._rates, 100)):
            assert rows._count <= most * 1.1 + 1
            assert all(len(memory) <= most * 1.1 + 1 for memory in rows._memory)
    assert len(history.history()) <= 1002
    assert len(history.history().validation_steps) <= 104


def test_what_it_gave_stays_what_it_was() -> None:
    history = KeptHistory(most_batches=50)
    whole = run_of(200, 10)
    given = []
    for part in parts_of(whole, 20):
        history.append(part)
        given.append((history.history(), history.history().loss.tolist()))
    assert all(some.loss.tolist() == values for some, values in given)
    assert history.history() is history.history()
