"""The reading processes seen from outside: start one, ask it, end it; a few are kept and used again."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, cast

from registry.domain.file_errors import FileFault, FileUnreadable
from registry.files.values import Limits

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Answer = dict[str, Any]

_ROOT = Path(__file__).resolve().parents[2]
# Isolated: no site folder of the user, no PYTHON… variable, no current folder on the path.
_START = "import sys; sys.path.insert(0, sys.argv[1]); from registry.files.child import main; main()"
_FILES_EACH = 200
"""A process is replaced after so many files: what a library leaks ends with it."""
_GRACE = 5.0
_POSIX = os.name == "posix"


class Worker:
    """One reading process, alive until it is closed, fails or has read enough."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="sovanban-read-")
        self._asked = 0
        self.alive = True
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, str(_ROOT)], cwd=self._folder, env=_environment(self._folder),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
            start_new_session=_POSIX)
        self._requests = cast("IO[str]", self._process.stdin)
        self._answers = cast("IO[str]", self._process.stdout)
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, args=(self._answers,), name="file-reader", daemon=True)
        self._listener.start()

    def _listen(self, answers: IO[str]) -> None:
        with contextlib.suppress(ValueError, OSError):  # closed under us by an end that was asked for
            for line in answers:
                self._lines.put(line)
        self._lines.put("")

    def ask(self, request: dict[str, Any], limits: Limits, *, seconds: float, progress: Progress | None = None) -> Answer:
        """Return the result of one job.

        Raises:
            FileUnreadable: the file cannot be read, or reading it passed a limit; in the latter case this worker is over.
        """
        self._asked += 1
        ends = time.monotonic() + seconds
        whole = request | {"limits": asdict(limits), "seconds": seconds}
        answered = False
        try:
            self._requests.write(json.dumps(whole) + "\n")
            self._requests.flush()
            while "progress" in (answer := self._next(ends)):
                if progress:
                    progress(*answer["progress"])
            answered = True
        except BrokenPipeError:
            raise FileUnreadable(self._why_it_ended()) from None
        finally:
            if not answered:
                self.close()  # an answer may still be on its way: nobody else may get it
        return self._checked(answer)

    def _next(self, ends: float) -> Answer:
        """Return the next line of the process, waiting until ``ends``."""
        try:
            line = self._lines.get(timeout=max(0.0, ends - time.monotonic()))
        except queue.Empty:
            raise FileUnreadable(FileFault.TIMED_OUT) from None
        if not line:
            raise FileUnreadable(self._why_it_ended())
        answer: Answer = json.loads(line)
        return answer

    def _checked(self, answer: Answer) -> Answer:
        if "result" in answer:
            result: Answer = answer["result"]
            return result
        fault = FileFault(answer["unreadable"])
        if answer.get("trace"):
            log.info("A file could not be read: %s", answer["trace"])
        if fault is FileFault.OUT_OF_MEMORY:
            self.close()  # what filled the memory may still be there
        raise FileUnreadable(fault, answer["most"])

    def _why_it_ended(self) -> FileFault:
        """Return what ended the process by itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        code = self._process.returncode
        log.warning("The reading process ended with %s.", code)
        if code == -getattr(signal, "SIGXCPU", 0):
            return FileFault.TIMED_OUT
        return FileFault.OUT_OF_MEMORY if code in (-9, 134, -6) else FileFault.DAMAGED

    @property
    def spent(self) -> bool:
        """Whether it should not be asked again."""
        return not self.alive or self._asked >= _FILES_EACH or self._process.poll() is not None

    def close(self) -> None:
        """End the process and those it started, and remove its folder."""
        if not self.alive:
            return
        self.alive = False
        _kill(self._process)
        self._process.wait()
        self._listener.join(_GRACE)
        for stream in (self._requests, self._answers):
            with contextlib.suppress(OSError):  # what was not yet written has no reader any more
                stream.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _kill(process: subprocess.Popen[str]) -> None:
    if _POSIX:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _environment(folder: str) -> dict[str, str]:
    """Return what the process needs to start programs, and nothing of ours: no addresses, no passwords."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TESSDATA_PREFIX") if name in os.environ}
    return kept | {"HOME": folder, "TMPDIR": folder, "TEMP": folder, "TMP": folder, "LANG": "C.UTF-8",
                   "OMP_THREAD_LIMIT": "1", "PYTHONUTF8": "1"}


class Pool:
    """At most ``size`` reading processes, started when needed; a caller waits for a free one."""

    def __init__(self, size: int) -> None:
        self._free = threading.Semaphore(size)
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def ask(self, request: dict[str, Any], limits: Limits, *, seconds: float, progress: Progress | None = None) -> Answer:
        """Return the result of one job of a free process; raises as ``Worker.ask`` does."""
        with self._free:
            worker = self._take()
            try:
                return worker.ask(request, limits, seconds=seconds, progress=progress)
            finally:
                self._give_back(worker)

    def _take(self) -> Worker:
        with self._lock:
            if self._owner != os.getpid():  # a forked web process: the parent's workers are not ours
                self._owner, self._idle = os.getpid(), []
            while self._idle:
                worker = self._idle.pop()
                if not worker.spent:
                    return worker
                worker.close()
        return Worker()

    def _give_back(self, worker: Worker) -> None:
        if worker.spent:
            worker.close()
            return
        with self._lock:
            self._idle.append(worker)

    def close(self) -> None:
        """End the processes that wait."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()
