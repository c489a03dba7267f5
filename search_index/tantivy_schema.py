"""What tantivy keeps of a document: the terms of :mod:`search_index.schema`, handed over word by word.

So no analyser of tantivy's takes part, and both engines have the same words. Nothing is stored.
"""

from __future__ import annotations

import tantivy

from search_index import schema as s

POSITION_ID = (1 << 63) + 1  # the id of the document that holds the position
_ORDINAL_BITS, _ID_BITS = 24, 26
HEADS = "heads"  # subject and values of meta, in order, for phrases


def tantivy_schema() -> tantivy.Schema:
    """Return the tantivy schema: words with counts, everything else without; nothing stored."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "day", "year", "by_date", "by_date_up", "by_number", "position", "done"):
        builder.add_unsigned_field(name, indexed=name in {"id", "day", "year"}, fast=True)
    options = {s.BODY: "position", s.BODY_FOLDED: "freq"}
    for name in s.WORD_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=options.get(name, "basic"))
    builder.add_text_field(HEADS, tokenizer_name="whitespace", index_option="position")
    for name in s.EXISTENCE_FIELDS:
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
    for name, words in terms.words.items():
        if name == s.BODY_FOLDED:
            document.add_text(name, "".join([f"{word} " * count for word, count in words.items()]))
        elif name != s.BODY:
            document.add_text(name, " ".join(words))
    for line in terms.heads:
        document.add_text(HEADS, line)
    document.add_text(s.BODY, terms.text)
    # The notations follow, each beginning with a digit and holding a slash: no word of the text does.
    document.add_text(s.BODY, "".join([f"{word} " * count for word, count in terms.words[s.BODY].items() if "/" in word]))
    for name, marks in terms.marks.items():
        if marks:
            document.add_text(name, " ".join(mark.replace(" ", "_") for mark in marks))
    for name, text in terms.coded.items():
        document.add_text(name, text)
    for token in terms.access:
        document.add_text(s.ACCESS, token)
    return document
