"""Work that outlasts a request: it runs in a thread of this process, and its page is asked again until it is done."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import TypeAlias

from flask import Flask, current_app
from flask_babel import force_locale, get_locale

Turn: TypeAlias = tuple[str, int]
"""A kind of work, and the id of the person."""
_PATIENCE_SECONDS = 1.0
"""How long a request waits for its work, so that a short one needs no page that waits."""
_SIGN_OF_LIFE_SECONDS = 20.0
_turns: defaultdict[Turn, threading.Lock] = defaultdict(threading.Lock)
"""One lock for each person and kind of work that was ever asked for: of these one is done after the other."""


def run(work: Callable[[], None], *, turn: Turn, name: str, waits: Callable[[], None]) -> None:
    """Run ``work`` behind this request, in the application and in the person's language; tests wait for it.

    Works of one ``turn`` follow one another, so that nobody fills the machine with theirs; ``waits`` is called now and
    then while an earlier one is under way, so that its page does not take it for cut off.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    language = str(get_locale() or "vi")

    def inside() -> None:
        while not _turns[turn].acquire(timeout=_SIGN_OF_LIFE_SECONDS):
            waits()
        try:
            with app.app_context(), force_locale(language):
                work()
        finally:
            _turns[turn].release()

    if app.testing:
        inside()
    else:
        # Not a daemon: stopping the program waits until the batch is in.
        thread = threading.Thread(target=inside, name=name)
        thread.start()
        thread.join(_PATIENCE_SECONDS)
