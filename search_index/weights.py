"""How much each kind of evidence counts in the ranking, the same for both engines."""

from __future__ import annotations

from dataclasses import dataclass

K1 = 1.2


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts; found by trial on labelled queries."""

    title: float = 2.0
    title_slope: float = 0.3  # how strongly a long subject is held against a document
    meta: float = 0.5
    body: float = 0.7
    body_slope: float = 0.6  # how strongly a long body is held against a document
    title_pair: float = 2.5
    body_pair: float = 0.6
    pair_coverage: float = 0.0  # the share of the query's pairs in the document
    title_phrase: float = 1.0  # the whole query, word by word, in the subject
    whole_title: float = 8.0  # everything asked for in the subject
    coverage: float = 2.0  # the share of the query in title and meta
    meta_coverage: float = 3.0  # the share of the query in meta alone
    recency: float = 0.04
    bodiless: float = 1.0  # evens out that a document without text can only score in its subject
    statutes: float = 1.0  # a question about the law is answered by a law first


FEW_WORDS = Weights()
QUESTIONS = Weights(
    title=1.8, title_slope=0.4, meta=0.3, body=1.2, title_pair=1.0, body_pair=2.0, pair_coverage=1.0, coverage=1.5,
    meta_coverage=0.3, whole_title=0.0, recency=0.02, bodiless=1.6, statutes=1.22,
)  # fmt: skip
META_SLOPE = 0.5
WHOLE_NUMBER, BEGUN_NUMBER, AS_TYPED = 10_000.0, 5_000.0, 500.0
FIRST_TIER, DATED = 1_000.0, 590.0
HEADED = 200.0  # "thông tư Bộ Quốc phòng 2015 bảo hiểm thất nghiệp": what kind, issuer and year leave over is in the subject
CLOSE = 300.0  # of DATED, for kind and issuer being just what is asked for: Quốc hội, not its Ủy ban Thường vụ
DAY_KNOWN = 100.0  # of DATED: a year that stands in the number alone is a weaker answer than a date of issue
ENOUGH = 20  # exact hits; with fewer, matches without tone marks fill up behind
PARTIAL_SHARE, QUESTION_SHARE = 0.5, 0.55
META_FOR_TITLE = 0.7  # a word of kind or issuer where one of the subject was hoped for
# Luật, bộ luật: what a question about the law is answered by before the texts that only guide it.
STATUTES = frozenset({"Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh"})
