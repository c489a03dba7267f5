"""Work that outlasts a request: it runs in a thread of this process, and its page is asked again until it is done."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask, current_app
from flask_babel import force_locale, get_locale


def run(work: Callable[[], None], *, name: str) -> None:
    """Run ``work`` behind this request, in the application and in the person's language; tests wait for it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    language = str(get_locale() or "vi")

    def inside() -> None:
        with app.app_context(), force_locale(language):
            work()

    if app.testing:
        inside()
    else:
        # Not a daemon: stopping the program waits until the batch is in.
        threading.Thread(target=inside, name=name).start()
