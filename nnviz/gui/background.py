"""One piece of work at a time away from the window's thread, with its answer as a signal."""

from __future__ import annotations

import threading
import traceback
import weakref
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from nnviz.core.errors import NnvizError
from nnviz.core.snapshot import Failure

_running: weakref.WeakSet[threading.Thread] = weakref.WeakSet()


def wait_for_background() -> None:
    """Wait until all work has ended: an answer that comes when Qt is gone already ends the process with a crash."""
    for thread in list(_running):
        thread.join()


class Background(QObject):
    """Runs functions on a thread of their own, and says what they returned.

    The thread ends with its work. It is none of Qt's: Python waits for it before the process ends, so a file is written
    to its end even if the window is closed meanwhile.

    Signals:
        done(str, object): The work of this name has returned this.
        failed(str, Failure): The work of this name could not be done.
    """

    done = Signal(str, object)
    failed = Signal(str, object)

    def start(self, name: str, work: Callable[[], object]) -> None:
        """Begin; returns at once.

        Args:
            name: Comes back with the answer.
            work: Touches nothing that belongs to the window.
        """
        thread = threading.Thread(target=self._run, args=(name, work), name=name)
        _running.add(thread)
        thread.start()

    def _run(self, name: str, work: Callable[[], object]) -> None:
        answer: object
        signal = self.done
        try:
            answer = work()
        except NnvizError as error:
            signal, answer = self.failed, Failure(str(error))
        except Exception as error:
            sentence = self.tr("It could not be done: {0}").format(error)
            signal, answer = self.failed, Failure(sentence, traceback.format_exc())
        signal.emit(name, answer)
