"""The reading process: one line of JSON in for each file, lines of JSON out; started by ``registry.files.workers``.

Whatever a file does to a parser it does here. The process has limits of memory, time, written bytes and open files
where the system knows them, no network where it can be taken away, and an empty temporary folder of its own.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from registry.domain.file_errors import FileFault, FileUnreadable
from registry.files import sandbox
from registry.files.values import Limits


def main() -> None:
    """Answer requests until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    sandbox.close_network()
    for line in sys.stdin:
        _answer(json.loads(line), answers)


def _answer(request: dict[str, Any], answers: TextIO) -> None:
    limits = Limits(**request["limits"])
    sandbox.limit(limits, seconds=request["seconds"])

    def progress(done: int, of: int) -> None:
        _send(answers, {"progress": [done, of]})

    try:
        _send(answers, {"result": _run(request, limits, progress)})
    except FileUnreadable as fault:
        _send(answers, {"unreadable": fault.reason, "most": fault.most})
    except MemoryError:
        _send(answers, {"unreadable": FileFault.OUT_OF_MEMORY, "most": None})
    except Exception:  # noqa: BLE001 - parsers of foreign files fail in any way; the parent logs it
        _send(answers, {"unreadable": FileFault.DAMAGED, "most": None, "trace": traceback.format_exc(limit=-6)[-3000:]})


def _run(request: dict[str, Any], limits: Limits, progress: Callable[[int, int], None]) -> dict[str, Any]:
    from registry.files import jobs

    path = Path(request["path"])
    job = {"read": jobs.read, "render": jobs.render, "ocr": jobs.ocr, "signatures": jobs.signatures,
           "copy_pages": jobs.copy_pages}[request["job"]]
    return job(path, request, limits, progress)


def _send(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
