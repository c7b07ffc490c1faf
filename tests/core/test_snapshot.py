"""What crosses between threads cannot be changed behind anyone's back."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from nnviz.core.snapshot import History, Prediction, Progress, Snapshot, read_only


def _history(*steps: int, validation: tuple[int, ...] = ()) -> History:
    n, m = len(steps), len(validation)
    return History(
        np.array(steps, np.int64),
        np.arange(n, dtype=np.float32),
        np.full(n, 0.5, np.float32),
        np.array(validation, np.int64),
        np.arange(m, dtype=np.float32),
        np.full(m, np.nan, np.float32),
    )


def test_read_only_is_a_copy_that_cannot_be_written() -> None:
    source = np.arange(3.0)
    copy = read_only(source)
    source[0] = 9
    assert copy.tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match="read-only"):
        copy[0] = 1


def test_snapshots_are_frozen() -> None:
    snapshot = Snapshot(3, {"weights": read_only(np.zeros(2))})
    with pytest.raises(FrozenInstanceError):
        snapshot.step = 4  # type: ignore[misc]


def test_an_empty_history_has_the_right_kinds_of_numbers() -> None:
    empty = History()
    assert len(empty) == 0
    assert (empty.steps.dtype, empty.loss.dtype, empty.accuracy.dtype) == (np.int64, np.float32, np.float32)
    assert (empty.validation_steps.dtype, empty.validation_loss.dtype) == (np.int64, np.float32)
    assert History().steps is not empty.steps


def test_histories_join_in_order() -> None:
    joined = _history(1, 2, validation=(2,)) + _history(3) + _history(4, 5, validation=(5,))
    assert len(joined) == 5
    assert joined.steps.tolist() == [1, 2, 3, 4, 5]
    assert joined.loss.tolist() == [0, 1, 0, 0, 1]
    assert joined.validation_steps.tolist() == [2, 5]
    assert joined.validation_loss.tolist() == [0, 0]
    assert np.isnan(joined.validation_accuracy).all()
    assert joined.loss.dtype == np.float32


def test_progress_fraction() -> None:
    assert Progress(5, 20, 1, 4, 100.0, 3.0).fraction == 0.25
    assert Progress(0, 0, 1, 0, 0.0, float("nan")).fraction == 0.0


def test_prediction_best() -> None:
    prediction = Prediction(1, ("a", "b", "c"), read_only(np.array([0.2, 0.7, 0.1])), "MLP", 10)
    assert prediction.classes[prediction.best] == "b"
