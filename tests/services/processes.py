"""Processes of their own, which a test may kill at any moment."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any

# Forked from one that has loaded the register, has no threads and holds no connection: an ordinary start of
# Python loads for a second what is the same each time.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.services.booking_clerk", "tests.services.reminder_worker"])
_LAST_WORDS = 60  # seconds


class OwnProcess:
    """A process that runs ``work(*given, connection)``; the other end of the connection is ours."""

    def __init__(self, work: Callable[..., None], *given: Any) -> None:
        self._connection, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=work, args=(*given, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def tell(self, what: Any) -> None:
        self._connection.send(what)

    def hear(self, patience: float = _LAST_WORDS) -> Any:
        """Return the next thing it says.

        Raises:
            EOFError: it has ended.
        """
        assert self._connection.poll(patience), "a process says nothing"
        return self._connection.recv()

    def hear_out(self, patience: float = _LAST_WORDS) -> list[Any]:
        """Return all that it still says until it ends."""
        said = []
        try:
            while True:
                said.append(self.hear(patience))
        except EOFError:
            self._process.join(_LAST_WORDS)
        return said

    def kill(self) -> None:
        """Kill it with -9; what it said before can still be heard."""
        self._process.kill()
        self._process.join()

    def close(self) -> int | None:
        """Hang up, wait until it has ended, and return its exit code."""
        self._connection.close()
        self._process.join(_LAST_WORDS)
        return self._process.exitcode
