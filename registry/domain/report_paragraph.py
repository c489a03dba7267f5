"""Paragraphs of an office's report (báo cáo), in the form in which offices print them.

The form is that of a real report: "Sở … đã tham mưu với UBND tỉnh ban hành: Quyết định số
07/2021/QĐ-UBND ngày 09/4/2021 về …. Kế hoạch số 325/KH-UBND ngày 04/02/2021 về …."
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from registry.domain.dates import print_short_date
from registry.domain.errors import BadDocumentNumber
from registry.domain.numbers import DocumentNumber

# "Về việc", "V/v" and "Về" are how a subject is printed below a number; in a sentence it is "về".
_ABOUT = re.compile(r"^\s*(?:v/v|về\s+việc|về)(?=[\s:.,])[\s:.,]*", re.IGNORECASE)
_AT_END = " \t\n.;,:/"


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """One document as a report names it; ``place`` is its place in the register, which settles ties."""

    kind: str
    number: str
    issued_on: date | None
    subject: str
    place: int = 0

    @property
    def is_normative(self) -> bool:
        """Whether its number carries the year, as those of normative documents do (07/2021/QĐ-UBND)."""
        number = _read(self.number)
        return number is not None and number.year is not None


def in_order(documents: Iterable[IssuedDocument]) -> list[IssuedDocument]:
    """Return the documents as a report lists them: normative ones first, then by date, those without date last.

    Of one day the smaller numeral comes first; those without date stand as they were entered.
    """
    return sorted(documents, key=lambda one: (
        one.issued_on is None, not one.is_normative, one.issued_on or date.max, _ordinal(one), one.place))


def _ordinal(document: IssuedDocument) -> int:
    number = _read(document.number)
    return number.ordinal if number else 0


@lru_cache(maxsize=2048)
def _read(number: str) -> DocumentNumber | None:
    try:
        return DocumentNumber.parse(number)
    except BadDocumentNumber:
        return None


def name_document(document: IssuedDocument) -> str:
    """Return "Kế hoạch số 325/KH-UBND ngày 04/02/2021 về …"; without a number, kind and subject."""
    words = [document.kind or "Văn bản"]
    if document.number:
        words += ["số", document.number]
    if document.issued_on is not None:
        words += ["ngày", print_short_date(document.issued_on)]
    return " ".join([*words, _subject(document)]).strip()


def _subject(document: IssuedDocument) -> str:
    bare = _ABOUT.sub("", document.subject).strip(_AT_END)
    said = bare != document.subject.strip(_AT_END)
    if not bare:
        return ""
    return f"về {bare}" if document.number or document.issued_on or said else bare


def issued_paragraph(office: str, issuer: str | None, documents: Sequence[IssuedDocument]) -> str:
    """Return the paragraph on what ``issuer`` issued; None is the office itself, which then advised nobody.

    ``office`` and ``issuer`` are as ``name_at_home`` says them.
    """
    if not documents:
        return ""
    did = "đã ban hành" if issuer is None else f"đã tham mưu với {issuer} ban hành"
    return f"{office} {did}: " + " ".join(f"{name_document(one)}." for one in in_order(documents))


@dataclass(frozen=True, slots=True)
class Draft:
    """A document still to be drafted: "Quyết định ban hành Quy chế …"; ``submit_to`` is who will issue it."""

    kind: str
    subject: str
    submit_to: str = ""
    """Empty where the office issues it itself."""


def tasks_paragraph(office: str, period: str, tasks: Sequence[str], drafts: Sequence[Draft] = ()) -> str:
    """Return the paragraph on the tasks of the next period, "" where there are none.

    As in the report whose form this is: first what the office draws up itself ("Xây dựng …; …"), then its
    tasks, a sentence each, then what it submits ("Trình UBND tỉnh: …; …"), and "./." at the end.
    """
    groups: dict[str, list[str]] = {}
    for one in drafts:
        names = groups.setdefault(one.submit_to, [])
        name = one.subject if one.subject.startswith(one.kind) else f"{one.kind} {one.subject}"
        if (name := _sentence(name)) and name not in names:
            names.append(name)
    own = groups.pop("", [])
    sentences = [f"Xây dựng {'; '.join(own)}"] if own else []
    sentences += dict.fromkeys(sentence for task in tasks if (sentence := _sentence(task)))
    sentences += [f"Trình {body}: {'; '.join(names)}" for body, names in groups.items()]
    if not sentences:
        return ""
    return (f"Để hoàn thành các nhiệm vụ {period}, {office} tập trung vào các nhiệm vụ chủ yếu sau: "
            + ". ".join(sentences) + "./.")


def _sentence(text: str) -> str:
    line = " ".join(text.split()).strip(_AT_END)
    return line[:1].upper() + line[1:]


# Behind "tỉnh" the place goes without saying in a report of that province; a city keeps its name ("UBND thành phố Huế").
_BODIES = (("Ủy ban nhân dân", "UBND"), ("Uỷ ban nhân dân", "UBND"), ("Hội đồng nhân dân", "HĐND"))


def name_at_home(name: str, place: str) -> str:
    """Return a body's name as a report within ``place`` says it.

    "Ủy ban nhân dân tỉnh Hà Nam" is "UBND tỉnh", "Sở Thông tin và Truyền thông tỉnh Hà Nam" loses its
    province, and a body elsewhere keeps its own.
    """
    for long, short in _BODIES:
        name = name.replace(long, short)
    if place and name.endswith(f" tỉnh {place}"):
        name = name.removesuffix(f" {place}")
        if not name.startswith(("UBND", "HĐND", "Công an", "Thanh tra", "Văn phòng")):
            name = name.removesuffix(" tỉnh")
    return name
