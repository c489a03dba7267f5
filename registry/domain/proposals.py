"""What intake proposes to register: fields with the place they were read from, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from registry.domain.citations import Citation

T = TypeVar("T")

SURE = 0.95
LIKELY = 0.8
DOUBTFUL = 0.5  # shown in colour for the clerk to look at
DOUBT_BELOW = 0.7


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One field read: its value, its source as a span of the text as given, and how sure it is (0 to 1)."""

    value: T
    start: int
    end: int
    confidence: float = SURE

    @property
    def is_doubtful(self) -> bool:
        """Whether the clerk should look at it."""
        return self.confidence < DOUBT_BELOW


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed registration (đề xuất đăng ký). What was not found is None."""

    start: int
    end: int
    kind: Field[str] | None = None
    number: Field[str] | None = None
    issued_on: Field[date] | None = None
    issuer: Field[str] | None = None
    parent: Field[str] | None = None
    """Cơ quan chủ quản: the line above the issuer in the head."""
    place: Field[str] | None = None
    subject: Field[str] | None = None
    urgency: Field[str] | None = None
    secrecy: Field[str] | None = None
    """Độ mật; such a document is refused, see the rule on state secrets."""
    signer: Field[str] | None = None
    position: Field[str] | None = None
    capacity: Field[str] | None = None
    """Quyền hạn của người ký: "TM.", "KT.", "TL.", "TUQ.", "Q.", together "TM. KT."."""
    recipients: tuple[Field[str], ...] = ()
    received_on: Field[date] | None = None
    arrival_number: Field[str] | None = None
    references: tuple[Citation, ...] = ()


def proposals_as_json(proposals: list[Proposal]) -> list[dict[str, object]]:
    """Return proposals as ``intake FILE --json`` prints them."""
    return [
        {
            "type": one.kind.value if one.kind else None,
            "number": one.number.value if one.number else None,
            "date": one.issued_on.value.isoformat() if one.issued_on else None,
            "issuer": one.issuer.value if one.issuer else None,
            "subject": one.subject.value if one.subject else None,
            "references": [
                {"type": cited.kind, "number": cited.number,
                 "date": cited.issued_on.isoformat() if cited.issued_on else None,
                 "issuer": cited.issuer or cited.issuer_implied, "relation": cited.relation}
                for cited in one.references
            ],
        }
        for one in proposals
    ]
