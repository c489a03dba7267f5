"""What tantivy keeps of a document: the terms of :mod:`search_index.schema`, handed over word by word.

``BODY`` and ``BODY_FOLDED`` hold all words of the document here, those of title and meta too, so that a word is looked
for in one list. No analyser of tantivy's takes part, and both engines have the same words. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import tantivy

from search_index import schema as s
from search_index.weights import QUESTIONS, STATUTES

POSITION_ID = (1 << 63) + 1  # the id of the document that holds the position
_ORDINAL_BITS, _ID_BITS = 24, 26
HEAD, HEAD_FOLDED = "head", "head_folded"  # the words of title and meta as one
LACKS = "lacks"  # the names of the fields with limits that a document has no value of
ANSWER = "answer"  # what the score of a document is multiplied by where a question is asked
# Recency is a straight line here, written once: what counts is how much newer one of two documents is.
_RECENT_SINCE, _UNKNOWN_DAY, _DAYS = date(1990, 1, 1).toordinal(), date(2010, 1, 1).toordinal(), 7300


def tantivy_schema() -> tantivy.Schema:
    """Return the tantivy schema: words with counts, everything else without; nothing stored."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "day", "year", "by_date", "by_date_up", "by_number", "position", "done"):
        builder.add_unsigned_field(name, indexed=name in {"id", "day", "year"}, fast=True)
    builder.add_float_field(ANSWER, fast=True)
    options = {s.BODY: "position", s.BODY_FOLDED: "freq"}
    for name in s.WORD_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=options.get(name, "basic"))
    for name in (HEAD, HEAD_FOLDED, LACKS, *s.EXISTENCE_FIELDS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in s.CODED_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(s.ACCESS, tokenizer_name="raw", index_option="basic")
    return builder.build()


def to_document(terms: s.DocumentTerms) -> tantivy.Document:
    """Return one analysed document as tantivy takes it."""
    document = tantivy.Document()
    ident, day = terms.id, terms.numeric["day"]
    ordinal = min(terms.numeric["ordinal"], (1 << _ORDINAL_BITS) - 1)
    low = ident & ((1 << _ID_BITS) - 1)
    for name, value in (
        ("id", ident), ("day", day), ("year", terms.numeric["year"]), ("position", 0), ("done", 0),
        ("by_date", (day << 40) + ident), ("by_date_up", ((day or (1 << 23)) << 40) + ident),
        ("by_number", (((terms.numeric["year"] << _ORDINAL_BITS) + ordinal) << _ID_BITS) + low),
    ):  # fmt: skip
        document.add_unsigned(name, value)
    document.add_float(ANSWER, 2.0 ** _worth_as_answer(terms) - 2.0)  # tantivy takes the logarithm of two more
    for name in (s.TITLE, s.TITLE_FOLDED, s.META, s.META_FOLDED):
        document.add_text(name, " ".join(terms.words[name]))
    for name, title, meta in ((HEAD, s.TITLE, s.META), (HEAD_FOLDED, s.TITLE_FOLDED, s.META_FOLDED)):
        document.add_text(name, " ".join(terms.words[title].keys() | terms.words[meta].keys()))
    for line in _lines(terms):
        document.add_text(s.BODY, line)
    counts = terms.words[s.TITLE_FOLDED] + terms.words[s.META_FOLDED] + terms.words[s.BODY_FOLDED]
    document.add_text(s.BODY_FOLDED, "".join([f"{word} " * count for word, count in counts.items()]))
    for name, marks in terms.marks.items():
        if marks:
            document.add_text(name, " ".join(mark.replace(" ", "_") for mark in marks))
    for name, text in terms.coded.items():
        document.add_text(name, text)
    for token in terms.access:
        document.add_text(s.ACCESS, token)
    if lacks := [name for name in s.CODED_FIELDS if name not in terms.coded] + ([] if terms.access else [s.ACCESS]):
        document.add_text(LACKS, " ".join(lacks))
    return document


def _worth_as_answer(terms: s.DocumentTerms) -> float:
    """Return what the score of a document is multiplied by, at least 1; see :class:`search_index.weights.Weights`."""
    days = max((terms.numeric["day"] or _UNKNOWN_DAY) - _RECENT_SINCE, 0)
    worth = 1.0 + QUESTIONS.recency * days / _DAYS
    if not terms.text:
        worth *= QUESTIONS.bodiless
    if terms.coded.get("kind") in STATUTES:
        worth *= QUESTIONS.statutes
    return worth


def _lines(terms: s.DocumentTerms) -> Iterator[str]:
    """Yield all words of a document: in lines as they stand, for phrases, then what is in no line, notations and dates."""
    yield from terms.heads
    yield terms.text
    heads = terms.words[s.TITLE].keys() | terms.words[s.META].keys()
    yield " ".join(heads.difference(*(line.split(" ") for line in terms.heads)))
    # Beginning with a digit and holding a slash, as no word of the text does.
    yield "".join([f"{word} " * count for word, count in terms.words[s.BODY].items() if "/" in word])
