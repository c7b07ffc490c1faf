"""The mailbox: no curve point is lost, and a slow screen never builds a queue."""

from __future__ import annotations

import threading

import numpy as np

from nnviz.core.mailbox import Mailbox
from nnviz.core.snapshot import History, Progress, Snapshot


def _stretch(first: int, last: int) -> History:
    steps = np.arange(first, last)
    values = steps.astype(np.float32)
    return History(steps, values, values)


def _progress(step: int) -> Progress:
    return Progress(step, 100, 1, 2, 10.0, 1.0)


def test_an_empty_box_gives_nothing() -> None:
    mail = Mailbox().take(0)
    assert not mail
    assert (len(mail.history), mail.progress, dict(mail.snapshots)) == (0, None, {})


def test_curves_are_appended_and_arrays_replaced() -> None:
    box = Mailbox()
    box.append(_stretch(0, 3))
    box.append(_stretch(3, 5))
    for step in (1, 2, 3):
        box.replace(progress=_progress(step), snapshots={"weights": Snapshot(step, {})})
    box.replace(snapshots={"maps": Snapshot(9, {})})
    mail = box.take(0)
    assert mail
    assert mail.history.steps.tolist() == [0, 1, 2, 3, 4]
    assert mail.progress == _progress(3)
    assert {name: snapshot.step for name, snapshot in mail.snapshots.items()} == {"weights": 3, "maps": 9}


def test_taking_empties_the_box() -> None:
    box = Mailbox()
    box.append(_stretch(0, 1))
    box.replace(progress=_progress(1))
    box.take(0)
    assert not box.take(0)
    box.replace(snapshots={"maps": Snapshot(1, {})})
    box.begin(2)
    assert not box.take(2)


def test_only_the_mail_of_the_run_that_is_asked_for_is_given() -> None:
    box = Mailbox()
    box.begin(3)
    box.append(_stretch(0, 2))
    for other in (0, 2, 4):
        assert not box.take(other)
        assert box.take(other).run == other
    assert box.take(3).history.steps.tolist() == [0, 1]


def test_mail_with_only_a_validation_point_counts() -> None:
    box = Mailbox()
    box.append(History(validation_steps=np.array([5]), validation_loss=np.zeros(1), validation_accuracy=np.zeros(1)))
    assert box.take(0)


def test_mail_does_not_change_after_it_was_taken() -> None:
    box = Mailbox()
    box.replace(snapshots={"maps": Snapshot(1, {})})
    mail = box.take(0)
    box.replace(snapshots={"maps": Snapshot(2, {})})
    assert mail.snapshots["maps"].step == 1


def test_nothing_is_lost_between_two_threads() -> None:
    box = Mailbox()
    done = threading.Event()

    def send() -> None:
        for step in range(2000):
            box.append(_stretch(step, step + 1))
            box.replace(progress=_progress(step))
        done.set()

    sender = threading.Thread(target=send)
    sender.start()
    steps: list[int] = []
    while not done.is_set():
        steps += box.take(0).history.steps.tolist()
    sender.join(60)
    steps += box.take(0).history.steps.tolist()
    assert steps == list(range(2000))
