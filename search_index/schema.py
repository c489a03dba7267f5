"""What is indexed of a document, field by field, the same for every engine.

The index stores no text: its answers are document ids, the rows come from the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from search_index import analysis

#: Another version on disk asks for a rebuild.
SCHEMA_VERSION = 8

TITLE, TITLE_FOLDED = "title", "title_folded"  # words of trích yếu and number, with frequencies
META, META_FOLDED = "meta", "meta_folded"  # words of kind, issuer, signer, field and the dates
BODY, BODY_FOLDED = "body", "body_folded"  # words of the text, with frequencies
PAIR = "pair"  # neighbouring words of title and of meta, exact and folded (existence)
BODY_PAIR = "body_pair"  # neighbouring words of the body in buckets (existence)
NUMBER = "number"  # beginnings of the number; "=" whole; "~" its parts (existence)
WORD_FIELDS = (TITLE, TITLE_FOLDED, META, META_FOLDED, BODY, BODY_FOLDED)
EXISTENCE_FIELDS = (PAIR, BODY_PAIR, NUMBER)
#: One value a document (access: several), kept as written; filters and facets count them.
CODED_FIELDS = ("kind", "issuer", "issuer_id", "direction", "field", "status", "signer")
ACCESS = "access"
FACETS = ("kind", "issuer", "year", "signer", "direction", "field", "status")
#: Whole numbers, one a document: the database id, the day (proleptic ordinal, 0 unknown), the year (0
#: unknown), and the leading digits of the number for sorting.
NUMERIC_FIELDS = ("id", "day", "year", "ordinal")

# Bodies are cut here: a million characters are ten times the longest law.
LONGEST_BODY = 2_000_000


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """One document (văn bản) as handed to the index.

    Only ``id`` is needed. ``kind`` and the other short values are the words a person reads (they come
    back as facet values); ``number_key`` may be left empty, the index makes its own loose key from
    ``number``. ``access`` are tokens that say who may find it: a search that is given tokens finds the
    documents sharing one of them.
    """

    id: int
    number: str = ""
    number_key: str = ""
    kind: str = ""
    issuer: str = ""
    issuer_id: int | None = None
    issued_on: date | None = None
    year: int | None = None
    direction: str = ""
    field: str = ""
    status: str = ""
    subject: str = ""
    signer: str = ""
    body: str = ""
    access: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """A document analysed: plain data, the same for both engines, cheap to send between processes."""

    id: int
    words: Mapping[str, Counter[str]]  # WORD_FIELDS
    marks: Mapping[str, list[str]]  # EXISTENCE_FIELDS
    coded: Mapping[str, str]  # CODED_FIELDS
    access: tuple[str, ...]
    numeric: Mapping[str, int]  # NUMERIC_FIELDS
    heads: tuple[str, ...]  # the words of the subject, and of each value of META, in order
    text: str  # the words of the body in order

    @property
    def postings(self) -> int:
        """How many entries the index gains."""
        return sum(map(len, self.words.values())) + sum(map(len, self.marks.values()))


def analyse(document: IndexedDocument) -> DocumentTerms:
    """Return the index terms of one document."""
    year = document.year or (document.issued_on.year if document.issued_on else 0)
    dates = date_words(year, document.issued_on)
    title = analysis.words(document.subject)
    title_counts = Counter(title + analysis.number_words(document.subject))
    titles = [title]
    if document.number:
        whole = analysis.number_key(document.number)
        title_counts.update(analysis.words(document.number))
        title_counts[whole] = 1
    meta_texts = [document.kind, document.issuer, document.signer, document.field]
    metas = [analysis.words(text) for text in meta_texts if text]
    # "quyết định ủy ban nhân dân tỉnh": kind and issuer stand side by side in what people type.
    meta_counts = Counter(word for sequence in metas for word in sequence)
    meta_counts.update(dates)
    body_text = document.body[:LONGEST_BODY]
    body = analysis.words(body_text)
    body_counts = Counter(body)
    body_counts.update(analysis.number_words(body_text))
    marks: dict[str, list[str]] = {
        PAIR: _pairs([*titles, *metas]),
        BODY_PAIR: [analysis.bucket_term(bucket) for bucket in analysis.pair_buckets(body)],
        NUMBER: number_terms(document.number) + number_terms(document.number_key),
    }
    marks[NUMBER] = analysis.distinct(marks[NUMBER])
    coded = {
        "kind": document.kind,
        "issuer": document.issuer,
        "issuer_id": "" if document.issuer_id is None else str(document.issuer_id),
        "direction": document.direction,
        "field": document.field,
        "status": document.status,
        "signer": document.signer,
    }
    words = {
        TITLE: title_counts,
        TITLE_FOLDED: analysis.fold_counts(title_counts),
        META: meta_counts,
        META_FOLDED: analysis.fold_counts(meta_counts),
        BODY: body_counts,
        BODY_FOLDED: analysis.fold_counts(body_counts),
    }
    ordinal = "".join(char for char in analysis.number_key(document.number).split("/")[0] if char.isdecimal())
    return DocumentTerms(
        id=document.id,
        words=words,
        marks=marks,
        coded={name: value[:200] for name, value in coded.items() if value},
        access=tuple(sorted(document.access)),
        numeric={
            "id": document.id,
            "day": document.issued_on.toordinal() if document.issued_on else 0,
            "year": year,
            "ordinal": min(int(ordinal[:9]), 2_000_000_000) if ordinal else 0,
        },
        heads=tuple(" ".join(line) for line in [title, *metas] if line),
        text=" ".join(body),
    )


def date_words(year: int, issued_on: date | None) -> list[str]:
    """Return the date words of a document: ``2021``, ``5/2021``, ``7/5/2021``."""
    if issued_on is None:
        return [str(year)] if year else []
    month = f"{issued_on.month}/{issued_on.year}"
    return [str(issued_on.year), month, f"{issued_on.day}/{month}"]


def number_terms(number: str) -> list[str]:
    """Return the terms of the number field for one number, empty for an empty number."""
    if not number:
        return []
    prefixes = analysis.number_prefixes(number)
    return [*prefixes, *(f"={key}" for key in prefixes[-1:]), *(f"~{part}" for part in analysis.number_parts(number))]


def _pairs(sequences: list[list[str]]) -> list[str]:
    found: dict[str, None] = {}
    for sequence in sequences:
        found.update(dict.fromkeys(analysis.pairs(sequence)))
        found.update(dict.fromkeys(analysis.pairs([analysis.folded(word) for word in sequence], folded=True)))
    return list(found)
