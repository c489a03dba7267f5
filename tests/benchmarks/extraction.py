"""How well the readers read real text: ``python -m tests.benchmarks.extraction [citations|deadlines|intake]``.

Prints precision, recall and F1 per field and per category, the accuracy of the fields of a document's
head, the documents of the sample article, and MB/s; without a name all of it. Reads ../shared/corpus;
says so when it is not there.
"""

from __future__ import annotations

import json
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence, Sized
from datetime import date
from pathlib import Path

from registry.domain.citations import as_json, find_citations
from registry.domain.deadlines import find_deadlines
from registry.domain.intake import read_any, read_document
from tests.benchmarks.corpus import FOLDER as CORPUS
from tests.benchmarks.corpus import rows

FIELDS = ("type", "number", "date", "issuer", "name")


def same(text: object) -> str:
    """Return a value in one spelling, as the labels are compared."""
    folded = unicodedata.normalize("NFC", str(text or "")).replace("\u00d0", "Đ").casefold().replace("uỷ", "ủy").replace("–", "-")
    folded = folded.replace("ubnd", "ủy ban nhân dân").replace("hđnd", "hội đồng nhân dân")
    return re.sub(r"\s+", " ", folded).strip(" .;,")


def same_number(text: object) -> str:
    """Return a number without spaces and leading zeros."""
    return re.sub(r"\s", "", same(text)).lstrip("0")


def allowed(gold: dict, field: str) -> set[str]:
    """Return the values of a field that count as right."""
    form = same_number if field == "number" else same
    values = {form(gold.get(field))}
    if field in (gold.get("also_accept") or {}):
        values.add(form(gold["also_accept"][field]))
    if field == "issuer" and not gold.get("issuer"):
        values.add(form(gold.get("issuer_implied")))
    return values


def is_key(gold: dict, found: dict) -> bool:
    """Whether ``found`` is the citation ``gold``: kind and number; without a number kind and date, or name."""
    if same(found["type"]) not in allowed(gold, "type"):
        return False
    if gold.get("number"):
        return same_number(found["number"]) in allowed(gold, "number")
    named = bool(gold.get("name")) and same(found["name"]) == same(gold["name"])
    return named or (not found["number"] and bool(gold.get("date")) and found["date"] == gold["date"])


def has(gold: dict, found: dict, field: str) -> bool:
    """Whether a field of ``found`` is right."""
    form = same_number if field == "number" else same
    return form(found[field]) in allowed(gold, field)


def overlap(one: list[int], other: list[int]) -> bool:
    """Whether two spans share a character."""
    return min(one[1], other[1]) > max(one[0], other[0])


def citations(path: Path) -> None:
    """Score the labelled passages: a table per category, one per field, and what is wrong."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    fields: dict[str, Counter[str]] = defaultdict(Counter)
    wrong: list[str] = []
    for row in _rows(path):
        left = [as_json(one) for one in find_citations(row["text"]) if not one.optional]
        count = table[row["category"]]
        for gold in sorted(row["citations"], key=lambda one: bool(one.get("optional"))):
            fit = [one for one in left if is_key(gold, one)]
            best = next((one for one in fit if has(gold, one, "date") and has(gold, one, "issuer")), fit[0] if fit else None)
            if gold.get("optional"):
                best = best or next((one for one in left if overlap(gold["span"], one["span"])), None)
                if best:
                    left.remove(best)
                continue
            count["gold"] += 1
            for field in FIELDS:
                fields[field]["gold"] += bool(gold.get(field))
            if best is None:
                wrong.append(f"{row['id']} missed {gold['text']!r}")
                continue
            left.remove(best)
            right = has(gold, best, "date") and has(gold, best, "issuer")
            count["key"] += 1
            count["all"] += right
            count["span"] += best["span"] == gold["span"]
            for field in FIELDS:
                fields[field]["found"] += bool(best.get(field))
                fields[field]["right"] += bool(gold.get(field)) and has(gold, best, field)
            if not right:
                wrong.append(f"{row['id']} {gold['number']}: {best['date']} {best['issuer']!r}, not {gold['date']} {gold['issuer']!r}")
        for one in left:
            count["extra"] += 1
            wrong.append(f"{row['id']} extra {one['text']!r}")
            for field in FIELDS:
                fields[field]["found"] += bool(one.get(field))
    total: Counter[str] = Counter()
    for count in table.values():
        total.update(count)
    print(f"{'citations: category':30}{'number':>7}{'P':>8}{'R':>8}{'F1':>8}{'F1 all':>8}{'extra':>7}")
    for name, count in (*sorted(table.items()), ("all", total)):
        print(f"{name:30}{count['gold']:7}{_figures(count)}{count['extra']:7}")
    print(f"{'citations: field':30}{'number':>7}{'P':>8}{'R':>8}{'F1':>8}")
    for name in FIELDS:
        one = fields[name]
        precision, recall = one["right"] / max(1, one["found"]), one["right"] / max(1, one["gold"])
        print(f"{name:30}{one['gold']:7}{precision:8.4f}{recall:8.4f}{2 * precision * recall / max(1e-9, precision + recall):8.4f}")
    print(f"exact spans {total['span']} of {total['gold']}")
    print("\n".join(f"  {one}" for one in wrong[:10]))


def _figures(count: Counter[str]) -> str:
    found = count["key"] + count["extra"]
    precision = count["key"] / found if found else 1.0
    recall = count["key"] / count["gold"] if count["gold"] else 1.0
    both = found + count["gold"]
    return (f"{precision:8.4f}{recall:8.4f}{2 * count['key'] / both if both else 1.0:8.4f}"
            f"{2 * count['all'] / both if both else 1.0:8.4f}")


def heads(documents: list[dict]) -> None:
    """Measure read_document against what the corpus knows of each document."""
    print(f"{'documents: source':20}{'number':>16}{'type':>16}{'date':>16}{'issuer':>16}{'subject':>16}")
    for source, keep in (("tn", True), ("cb", True), ("cb, no VBHN", False)):
        right: Counter[str] = Counter()
        known: Counter[str] = Counter()
        for document in documents:
            if not document["id"].startswith(source[:2] + "-") or not document["body"]:
                continue
            if not keep and document["type"] == "Văn bản hợp nhất":
                continue
            read = read_document(document["body"])
            pairs = {
                "number": (document["number"], read.number.value if read.number else None),
                "type": (document["type"], read.kind.value if read.kind else None),
                "date": (document["date"], read.issued_on.value.isoformat() if read.issued_on else None),
                "issuer": (_issuer(document["issuer"]), read.issuer.value if read.issuer else None),
                "subject": (_title(document["title"]), read.subject.value if read.subject else None),
            }
            for name, (gold, found) in pairs.items():
                if gold:
                    known[name] += 1
                    form = same_number if name == "number" else _words
                    right[name] += form(gold) == form(found)
        print(f"{source:20}" + "".join(f"{right[name]:6}/{known[name]:<4}{right[name] / max(1, known[name]):.3f}" for name in
                                       ("number", "type", "date", "issuer", "subject")))


def _issuer(name: str | None) -> str | None:
    """Return the corpus's issuer without its parent in brackets and what was taken from the next line."""
    return re.sub(r"\s*\(Bộ Tài chính\)|\s*(?:Luật|Nghị quyết|Bộ luật)? ?[Ss]ố: .*", "", name) if name else None


def _title(title: str | None) -> str | None:
    """Return the corpus's title where it is that of the document, not one a site made up."""
    return None if not title or re.search(r" ban hành$|năm 20\d\d (?:về|kết luận|ý kiến)", title) else title


def _words(text: object) -> str:
    return re.sub(r"[^\w]+", " ", same(text)).strip()


def deadlines(path: Path) -> None:
    """Score the labelled passages: a line per kind, one per field, and what is wrong.

    A hit shares half of both spans; ``score: false`` counts neither way.
    """
    table: dict[str, Counter[str]] = defaultdict(Counter)
    fields: Counter[str] = Counter()
    wrong: list[str] = []
    for row in _rows(path):
        day = date.fromisoformat(row["doc_date"]) if row.get("doc_date") else None
        left = [one.as_json() for one in find_deadlines(row["text"], doc_date=day)]
        for gold in row["deadlines"]:
            best = max(left, key=lambda one, gold=gold: _shared(gold["span"], one["span"]), default=None)
            if best is not None and _shared(gold["span"], best["span"]) < (0.5 if gold.get("score", True) else 1e-9):
                best = None
            if best is not None:
                left.remove(best)
            if not gold.get("score", True):
                continue
            right = best is not None and _meaning(best) == _meaning(gold)
            table[gold["kind"]]["gold"] += 1
            table[gold["kind"]]["key"] += right
            table[gold["kind"]]["extra"] += best is not None and not right
            for name in ("kind", "due", "op", "rrule"):
                fields[f"{name} stated"] += gold.get(name) is not None
                fields[name] += gold.get(name) is not None and best is not None and best.get(name) == gold[name]
            if not right:
                wrong.append(f"{row['id']} {gold['span_text']!r}: {best and best['span_text']!r}")
        for one in left:
            table["in negatives" if not row["deadlines"] else one["kind"]]["extra"] += 1
            wrong.append(f"{row['id']} extra {one['span_text']!r}")
    total: Counter[str] = Counter()
    for count in table.values():
        total.update(count)
    print(f"{'deadlines: kind':30}{'number':>7}{'P':>8}{'R':>8}{'F1':>8}{'extra':>15}")
    for name, count in (*sorted(table.items()), ("all", total)):
        print(f"{name:30}{count['gold']:7}{_figures(count)[:24]}{count['extra']:15}")
    print("fields right: " + ", ".join(f"{name} {fields[name]}/{fields[f'{name} stated']}" for name in ("kind", "due", "op", "rrule")))
    print("\n".join(f"  {one}" for one in wrong[:10]))


def _shared(one: list[int], other: list[int]) -> float:
    """Return the part of two spans' union that they share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0])) / (max(one[1], other[1]) - min(one[0], other[0]))


def _meaning(one: dict) -> tuple[object, ...]:
    if one["kind"] in ("date", "period"):
        return ("day", one.get("due"))
    if one["kind"] == "recurring":
        return ("recurring", one.get("frequency"), one.get("interval") or 1)
    term = one.get("relative") or {}
    return ("relative", term.get("n"), term.get("unit"))


def _rows(path: Path) -> Iterable[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def speed(texts: Sequence[str], read: Callable[[str], Sized], what: str) -> None:
    """Print megabytes (and million characters) a second over real text."""
    started = time.process_time()
    found = sum(len(read(text)) for text in texts)
    taken = time.process_time() - started
    size, length = sum(len(text.encode()) for text in texts), sum(map(len, texts))
    print(f"speed: {size / 1e6 / taken:.2f} MB ({length / 1e6 / taken:.2f} million characters) a second, {found} {what}")


def article() -> None:
    """Print how many documents and references the sample article gives."""
    found = read_any((CORPUS / "seed_article.txt").read_text(encoding="utf-8"))
    print(f"article: {len(found)} documents, {sum(len(one.references) for one in found)} references")


def main(wanted: str | None = None) -> int:
    """Measure one reader, or all of them."""
    if wanted not in (None, "citations", "deadlines", "intake"):
        print("usage: python -m tests.benchmarks.extraction [citations|deadlines|intake]")
        return 2
    if not CORPUS.is_dir():
        print(f"The corpus is not there ({CORPUS}); nothing measured.")
        return 0
    documents = list(rows(CORPUS))
    bodies = [one["body"] for one in documents if one["body"] and one["id"][:3] in ("tn-", "cb-")][:150]
    if wanted in (None, "citations"):
        citations(CORPUS / "citations_dev.jsonl")
        speed(["\n".join(bodies)], find_citations, "citations")
    if wanted in (None, "deadlines"):
        deadlines(CORPUS / "deadlines_dev.jsonl")
        speed(["\n".join(bodies)], lambda text: find_deadlines(text, doc_date=date(2025, 11, 20)), "deadlines")
    if wanted in (None, "intake"):
        heads(documents)
        article()
        speed(bodies, lambda text: [read_document(text)], "documents")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
