"""The address of the search page ⇄ what the search service takes."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from registry.domain.dates import read_date
from registry.domain.errors import BadDate
from registry.services.search import SearchRequest
from search_index.index import Sort

_LISTS = {"kind": "kinds", "issuer": "issuers", "signer": "signers", "direction": "directions", "field": "fields",
          "status": "statuses"}
_SORTS: dict[str, Sort] = {"relevance": "relevance", "date": "date", "number": "number"}
_MOST_VALUES = 30
_LAST_PAGE = 500


def read(args: MultiDict[str, str]) -> SearchRequest:
    """Return the search that an address asks for; what cannot be read is left out, never an error page."""
    lists = {name: tuple(value[:300] for value in args.getlist(key)[:_MOST_VALUES] if value)
             for key, name in _LISTS.items()}
    page = args.get("page", "1")
    return SearchRequest(
        text=args.get("q", ""), **lists,
        years=tuple(int(year) for year in args.getlist("year")[:_MOST_VALUES]
                    if year.isascii() and year.isdigit() and len(year) <= 4),
        since=_day(args.get("since", "")), until=_day(args.get("until", "")),
        sort=_SORTS.get(args.get("sort", ""), "relevance"),
        descending=args.get("order") != "asc",
        page=min(int(page), _LAST_PAGE) if page.isascii() and page.isdigit() and 0 < len(page) < 6 else 1)


def notes(args: MultiDict[str, str], request: SearchRequest) -> tuple[str, ...]:
    """Return the codes of what the address says that could not be read."""
    unread = [key for key in ("since", "until") if args.get(key, "").strip() and getattr(request, key) is None]
    return ("bad_date",) if unread else ()


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return read_date(text[:40])
    except BadDate:
        return None


def write(request: SearchRequest, **changes: object) -> str:
    """Return the query part of the address that asks for ``request`` with ``changes`` to the address.

    ``None`` takes a key out; a change other than of the page goes back to the first page.
    """
    pairs: dict[str, object] = {
        "q": request.text, **{key: list(getattr(request, name)) for key, name in _LISTS.items()},
        "year": list(request.years),
        "since": f"{request.since:%d/%m/%Y}" if request.since else "",
        "until": f"{request.until:%d/%m/%Y}" if request.until else "",
        "sort": "" if request.sort == "relevance" else request.sort,
        "order": "" if request.descending else "asc",
        "page": request.page if request.page > 1 else "",
    }
    if set(changes) - {"page"}:
        pairs["page"] = ""
    pairs.update(changes)
    return urlencode({key: value for key, value in pairs.items() if value not in (None, "", [])}, doseq=True)


def toggled(request: SearchRequest, key: str, value: str) -> str:
    """Return the address with one facet value ticked, or taken off."""
    chosen = [str(one) for one in (request.years if key == "year" else getattr(request, _LISTS[key]))]
    return write(request, **{key: [one for one in chosen if one != value] if value in chosen else [*chosen, value]})
