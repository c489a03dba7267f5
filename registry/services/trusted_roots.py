"""The certificates (chứng thư gốc) that the office trusts to vouch for signers; none is trusted until one is added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.domain.errors import NotFound
from registry.domain.file_errors import BadCertificate
from registry.files import certificates
from registry.files.certificates import NotCertificates
from registry.models import TrustedRoot
from registry.services import audit
from registry.services.actors import Actor


@dataclass(frozen=True, slots=True)
class RootRow:
    """One trusted certificate as its page shows it."""

    id: int
    subject: str
    issuer: str
    sha256: str
    valid_from: datetime
    valid_to: datetime
    added_at: datetime
    is_root: bool
    """Whether it is issued by itself; an authority in between can be trusted as well."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 in pairs, as it is compared by eye."""
        return " ".join(self.sha256[i : i + 2] for i in range(0, 64, 2)).upper()


def find(db: Sessions) -> list[RootRow]:
    """Return the trusted certificates, by name."""
    with reading(db) as session:
        return [RootRow(row.id, row.subject, row.issuer, row.sha256, row.valid_from, row.valid_to, row.added_at,
                        row.subject == row.issuer)
                for row in session.scalars(select(TrustedRoot).where(TrustedRoot.removed_at.is_(None))
                                           .order_by(TrustedRoot.subject, TrustedRoot.id))]


def add(db: Sessions, data: bytes, *, actor: Actor, at: datetime) -> int:
    """Trust every certificate in PEM, DER or PKCS#7 bytes; return how many were not trusted before.

    Raises:
        BadCertificate: there is none, or one of them may not vouch for others.
    """
    if len(data) > certificates.LONGEST:
        raise BadCertificate("too_large", most=certificates.LONGEST // 1024)
    try:
        found = certificates.read(data)
    except NotCertificates as fault:
        raise BadCertificate("unreadable") from fault
    added = 0
    with db.begin() as session:
        for certificate in found:
            facts = certificates.describe(certificate)
            if not facts.is_authority:
                raise BadCertificate("no_authority", subject=facts.subject)
            added += _trust(session, facts, certificate.dump(), actor=actor, at=at)
    return added


def _trust(session: Session, facts: certificates.CertificateFacts, der: bytes, *, actor: Actor, at: datetime) -> bool:
    row = session.scalars(select(TrustedRoot).where(TrustedRoot.sha256 == facts.sha256)).one_or_none()
    if row is not None and row.removed_at is None:
        return False
    if row is None:
        row = TrustedRoot(sha256=facts.sha256, subject=facts.subject, issuer=facts.issuer, valid_from=facts.valid_from,
                          valid_to=facts.valid_to, certificate=der)
        session.add(row)
    row.added_at, row.added_by_id, row.removed_at = at, actor.id, None
    session.flush()
    audit.record(session, actor, at, "create", "trusted_root", row.id, label=facts.subject,
                 changes={"fingerprint": [None, facts.sha256]})
    return True


def remove(db: Sessions, root_id: int, *, actor: Actor, at: datetime) -> str:
    """Trust a certificate no longer; return whose it is.

    Raises:
        NotFound: it is not among the trusted ones.
    """
    with db.begin() as session:
        row = session.get(TrustedRoot, root_id)
        if row is None or row.removed_at is not None:
            raise NotFound("trusted_root", root_id)
        row.removed_at = at
        audit.record(session, actor, at, "delete", "trusted_root", row.id, label=row.subject,
                     changes={"fingerprint": [row.sha256, None]})
        return row.subject


def in_force(session: Session) -> list[bytes]:
    """Return the trusted certificates in DER."""
    return list(session.scalars(select(TrustedRoot.certificate).where(TrustedRoot.removed_at.is_(None))
                                .order_by(TrustedRoot.id)))


def last_change(session: Session) -> datetime | None:
    """Return when one was last added or removed: what was checked before is checked again."""
    moments = session.execute(select(func.max(TrustedRoot.added_at), func.max(TrustedRoot.removed_at))).one()
    return max((one for one in moments if one is not None), default=None)
