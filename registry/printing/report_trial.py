"""A form of reports, tried in a process of its own: what it asks for may go on for hours, or fill the memory."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

from registry.domain.file_errors import BadReportForm
from registry.domain.report_document import ReportDocument

_SECONDS = 20
"""A sample takes one or two."""
_MEMORY = 2 << 30
_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from registry.printing.report_trial import main; main()"


def try_form(document: ReportDocument, form: bytes, *, seconds: int = _SECONDS) -> None:
    """Print ``document`` on ``form`` as ``report_docx`` does, and forget it.

    Raises:
        BadReportForm: as by ``report_docx``; ``too_slow``: it took more than ``seconds``, or too much memory.
    """
    try:
        # What the process reads is ours; only the form's bytes within it are not.
        ended = subprocess.run([sys.executable, "-I", "-c", _START, str(_ROOT)], input=pickle.dumps((document, form)),  # noqa: S603
                               capture_output=True, timeout=seconds, check=False, env=_environment())
    except subprocess.TimeoutExpired as error:
        raise BadReportForm("too_slow") from error
    code, _, detail = ended.stdout.decode("utf-8", "replace").partition("\n")
    if ended.returncode and code:
        raise BadReportForm(code, detail=detail)
    if ended.returncode < 0:  # the system ended it, for its memory
        raise BadReportForm("too_slow")
    if ended.returncode:
        raise RuntimeError(f"the trial of a form failed: {ended.stderr.decode('utf-8', 'replace')[-2000:]}")


def _environment() -> dict[str, str]:
    """Return what the process needs to start, and nothing of ours: no addresses, no passwords."""
    kept = ("PATH", "SYSTEMROOT", "HOME", "TMPDIR", "TEMP", "TMP")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LANG": "C.UTF-8", "PYTHONUTF8": "1"}


def main() -> None:
    """Try what comes in, and end with 1 and the fault where it cannot be printed."""
    from registry.printing.report_word import report_docx

    document, form = pickle.load(sys.stdin.buffer)  # noqa: S301 - see try_form
    _limit_memory()
    try:
        report_docx(document, form)
    except BadReportForm as fault:
        _end(fault.code, fault.detail)
    except MemoryError:
        _end("too_slow", "")


def _end(code: str, detail: str) -> None:
    sys.stdout.buffer.write(f"{code}\n{detail}".encode("utf-8", "replace"))
    sys.exit(1)


def _limit_memory() -> None:
    try:
        import resource
    except ModuleNotFoundError:  # Windows: the clock is the only limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
