"""Reading from the network such that waiting can be ended at any time."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import requests

ANSWER_TIMEOUT_S = 15.0
"""Seconds until a server must have answered, all its addresses together."""

STALL_TIMEOUT_S = 20.0
"""Seconds without a byte after which a server has stalled."""

POLL_S = 0.05
_CHUNK = 1 << 16


class StallError(Exception):
    """The server did not answer, or nothing more came from it, for too long."""


class WebStream:
    """A GET request that runs on a thread of its own, while the caller waits in small steps.

    Connecting and reading block, in requests as everywhere, for as long as their timeouts, and connecting anew for each
    of a server's addresses; whoever closes the window cannot be kept waiting for that. The thread ends by itself: at
    once if it was reading, else when connecting has timed out.

    Args:
        url: What to get.
        headers: Headers of the request.
        check: Called at least every `POLL_S` seconds while waiting; what it raises ends the waiting.
    """

    def __init__(self, url: str, headers: Mapping[str, str], check: Callable[[], None]) -> None:
        self._url = url
        self._headers = headers
        self._check = check
        self._items: queue.Queue[Any] = queue.Queue(maxsize=8)
        self._over = threading.Event()
        self._response: requests.Response | None = None
        self._thread = threading.Thread(target=self._read, name="download", daemon=True)

    def __enter__(self) -> Self:
        # Who has given up already asks no server.
        self._check()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        if self._response is not None:
            # Wakes the thread where it waits for bytes; there is nothing to wake once it has read everything.
            with contextlib.suppress(Exception):
                self._response.raw.shutdown()
            self._thread.join(timeout=1)

    def answer(self) -> requests.Response:
        """The response, of which only status and headers may be used.

        Raises:
            StallError: If there is none in time.
            requests.RequestException: If there will be none.
        """
        response: requests.Response = self._next(ANSWER_TIMEOUT_S, "no answer within {:g} seconds")
        return response

    def chunks(self) -> Iterator[bytes]:
        """Yield the body as it arrives, as it is: not unpacked even if the server calls it encoded.

        Raises:
            StallError: If nothing comes for too long.
            urllib3.exceptions.HTTPError: If the connection breaks.
        """
        while chunk := self._next(STALL_TIMEOUT_S, "it stalled: nothing arrived for {:g} seconds"):
            yield chunk

    def _next(self, limit_s: float, words: str) -> Any:
        end = time.monotonic() + limit_s
        while True:
            self._check()
            with contextlib.suppress(queue.Empty):
                item = self._items.get(timeout=POLL_S)
                if isinstance(item, Exception):
                    raise item
                return item
            if time.monotonic() > end:
                raise StallError(words.format(limit_s))

    def _read(self) -> None:
        import requests

        try:
            timeouts = (ANSWER_TIMEOUT_S, STALL_TIMEOUT_S)
            with requests.get(self._url, headers=self._headers, stream=True, timeout=timeouts) as response:
                self._response = response
                self._put(response)
                chunk = b"-"
                while chunk and not self._over.is_set():
                    # read1 gives what is there, where read would wait for a whole chunk.
                    chunk = response.raw.read1(_CHUNK, decode_content=False)
                    self._put(chunk)
        except Exception as error:
            self._put(error)

    def _put(self, item: Any) -> None:
        while not self._over.is_set():
            with contextlib.suppress(queue.Full):
                self._items.put(item, timeout=POLL_S)
                return
