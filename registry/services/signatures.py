"""Digital signatures (chữ ký số) of stored files: checked once, kept, checked again when the trusted roots change."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select

from registry.db import Sessions, insert_missing, reading
from registry.domain.errors import NotFound
from registry.domain.signatures import SignatureVerdict, Verdict, judge
from registry.files import reading as file_reading
from registry.files.kinds import FileKind
from registry.files.store import FileStore
from registry.models import SignatureCheck, StoredFile
from registry.services import trusted_roots

log = logging.getLogger(__name__)

_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What is known of the signatures of one file."""

    checked_at: datetime
    verdicts: tuple[SignatureVerdict, ...]
    """Judged at the moment of asking; empty where the file has no signature."""
    outdated: bool
    """The trusted roots changed since; it will be checked again."""

    @property
    def worst(self) -> Verdict | None:
        """The verdict that a person must know of first; None without a signature."""
        return max((one.verdict for one in self.verdicts), key=_GRAVITY.index, default=None)


_GRAVITY = (Verdict.VALID, Verdict.UNCERTAIN, Verdict.UNCHECKABLE, Verdict.INVALID)


def find(db: Sessions, file_ids: Sequence[int], *, at: datetime) -> dict[int, CheckedFile]:
    """Return what is known of these files; those that were not checked yet are missing."""
    with reading(db) as session:
        changed = trusted_roots.last_change(session)
        rows = session.scalars(select(SignatureCheck).where(SignatureCheck.file_id.in_(file_ids))).all()
    return {row.file_id: CheckedFile(row.checked_at, tuple(_as_of(one, at) for one in row.verdicts),
                                     changed is not None and row.checked_at < changed)
            for row in rows}


def _as_of(kept: dict[str, object], at: datetime) -> SignatureVerdict:
    """Judge again what was found: a certificate may have ended since."""
    one = SignatureVerdict.from_json(kept)
    return judge(one.signer, one.findings, at=at) if one.signer and one.findings else one


def check_file(db: Sessions, store: FileStore, file_id: int, *, at: datetime) -> tuple[SignatureVerdict, ...]:
    """Check the signatures of a stored file and keep what is found; a file that is no PDF has none.

    Raises:
        NotFound: there is no such file, or its content is missing in the store.
    """
    with reading(db) as session:
        file = session.get(StoredFile, file_id)
        roots = trusted_roots.in_force(session)
    if file is None or not store.path(file.sha256).is_file():
        raise NotFound("file", file_id)
    verdicts = file_reading.check_signatures(
        store.path(file.sha256), roots=roots, at=at) if file.kind == FileKind.PDF else ()
    with db.begin() as session:
        insert_missing(session, SignatureCheck, file_id=file_id, checked_at=at, verdicts=[])
        row = session.get(SignatureCheck, file_id, with_for_update=True)
        if row is not None:
            row.checked_at, row.verdicts = at, [one.as_json() for one in verdicts]
    return verdicts


def check_waiting(db: Sessions, store: FileStore, *, clock: Callable[[], datetime], longest: timedelta) -> int:
    """Check the PDFs that were not checked yet, or before the trusted roots changed; stop after ``longest``.

    Returns how many were checked.
    """
    ends, after, done = clock() + longest, 0, 0
    while clock() < ends:
        with reading(db) as session:
            waiting = session.scalars(_waiting(trusted_roots.last_change(session), after)).all()
        if not waiting:
            break
        for file_id in waiting:
            after = file_id
            if clock() >= ends:
                break
            try:
                check_file(db, store, file_id, at=clock())
                done += 1
            except NotFound:
                log.info("stored file %s is missing; sovanban doctor names what it belongs to", file_id)
    return done


def _waiting(changed: datetime | None, after: int) -> Select[int]:
    outdated = [SignatureCheck.checked_at < changed] if changed is not None else []
    return (select(StoredFile.id).outerjoin(SignatureCheck, SignatureCheck.file_id == StoredFile.id)
            .where(StoredFile.kind == FileKind.PDF.value, StoredFile.id > after,
                   or_(SignatureCheck.file_id.is_(None), *outdated))
            .order_by(StoredFile.id).limit(_AT_ONCE))
