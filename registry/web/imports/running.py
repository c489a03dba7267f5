"""Work on a sent file behind the request: its progress, its result, and what is told when it breaks."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from registry.domain.import_errors import BadImportFile
from registry.messages import say
from registry.services import import_uploads
from registry.services.import_uploads import Upload
from registry.web import background
from registry.web.context import account, config

log = logging.getLogger(__name__)

Told = dict[str, Any]
Work = Callable[[Upload, Callable[[int], None]], Told]
"""Works on the file, tells the rows done to the function that it is handed, and returns what its page shows."""


def begin(token: str, work: Work, nothing: Callable[[Upload], Told]) -> None:
    """Claim the person's file and run ``work`` on it behind this request; a second click finds the file no more.

    ``nothing`` is what the page shows of a file of which nothing was taken; why is added as ``fault``.

    Raises:
        NotFound: there is no such file, or the work on it has begun.
    """
    data, user_id = config().data, account().id

    def end(upload: Upload, told: Told) -> None:
        import_uploads.drop(data, user_id, upload.token)
        import_uploads.save_result(data, user_id, upload.token, told)

    _begin(token, work, nothing, end)


def begin_comparing(token: str, work: Work, nothing: Callable[[Upload], Told]) -> None:
    """As ``begin``, but the file stays for its import, and what ``work`` returns is kept as its comparison."""
    data, user_id = config().data, account().id

    def end(upload: Upload, told: Told) -> None:
        import_uploads.release(data, user_id, upload)
        import_uploads.save_comparison(data, user_id, upload.token, told)

    _begin(token, work, nothing, end)


def _begin(token: str, work: Work, nothing: Callable[[Upload], Told], end: Callable[[Upload, Told], None]) -> None:
    data, user_id = config().data, account().id
    upload = import_uploads.claim(data, user_id, token)
    import_uploads.save_progress(data, user_id, token, 0)
    background.run(partial(_run, data, user_id, upload, work, nothing, end), turn=("import", user_id),
                   name=f"import-{token[:8]}", waits=partial(import_uploads.save_progress, data, user_id, token, 0))


def _run(data: Path, user_id: int, upload: Upload, work: Work, nothing: Callable[[Upload], Told],
         end: Callable[[Upload, Told], None]) -> None:
    try:
        told = work(upload, lambda rows: import_uploads.save_progress(data, user_id, upload.token, rows))
    except BadImportFile as error:
        told = nothing(upload) | {"fault": say(error)}
    except Exception:
        # The thread is the end of the line: the log keeps what happened, the page says that it did.
        reference = secrets.token_hex(4)
        log.exception("import %s failed, reference %s", upload.token, reference)
        told = nothing(upload) | {
            "fault": _("Việc nhập bị ngắt vì lỗi của phần mềm (mã tra cứu %(reference)s).", reference=reference)}
    end(upload, told)
