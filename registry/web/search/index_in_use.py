"""The index that this process searches; opened at first use, opened again when it was built anew."""

from __future__ import annotations

import threading
import time

from flask import Flask, current_app

from registry.services import abbreviations, indexing
from registry.web import context
from search_index.errors import IndexProblem
from search_index.index import SearchIndex

# A missing index is looked for again, but not with every request; so is a change of the abbreviations.
_LOOK_AGAIN = 2.0
_ABBREVIATIONS_AGAIN = 10.0


class _Holder:
    """Keeps the open index of one application."""

    def __init__(self) -> None:
        self.index: SearchIndex | None = None
        self.looked_at = float("-inf")
        self.abbreviations_at = float("-inf")
        self.abbreviations: tuple[int, int] | None = None
        self.lock = threading.Lock()


def install(app: Flask) -> None:
    """Give the application a place to keep its index in."""
    app.extensions["registry.index"] = _Holder()


def index_in_use() -> SearchIndex | None:
    """Return the living index, None while there is none that can be used."""
    holder: _Holder = current_app.extensions["registry.index"]
    with holder.lock:
        if time.monotonic() - holder.abbreviations_at > _ABBREVIATIONS_AGAIN:
            holder.abbreviations_at = time.monotonic()
            version = abbreviations.version(context.db())
            if version != holder.abbreviations:
                holder.abbreviations, holder.index = version, None
                holder.looked_at = float("-inf")
        if holder.index is None and time.monotonic() - holder.looked_at > _LOOK_AGAIN:
            holder.looked_at = time.monotonic()
            try:
                holder.index = indexing.open_for(context.db(), indexing.index_folder(context.config().data))
            except IndexProblem as problem:
                current_app.logger.warning("no search index yet: %s", problem)
        return holder.index
