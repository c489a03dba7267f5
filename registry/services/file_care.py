"""Checks of the stored files: missing, altered, belonging to nobody, never read; and what can be mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.files.store import FileStore
from registry.models import Attachment, Document, FileText, IntakeBatch, StoredFile
from registry.services.doctor import Check

_NAMED = 5
_OLD_ENOUGH = timedelta(days=1)
"""A younger file may belong to an upload that is not finished; a younger text may still be read."""


def stored_files(db: Sessions, store: FileStore, *, now: datetime, repair: bool) -> Iterator[Check]:
    """Compare the store of files with the database, every byte of it, and mend what can be mended where asked to."""
    with reading(db) as session:
        known = set(session.scalars(select(StoredFile.sha256)))
        # The .zip of a batch that is being unpacked is kept in the store without a row.
        archives = set(session.scalars(select(IntakeBatch.archive_sha256).where(IntakeBatch.archive_sha256 != "")))
    held = set(store.all())
    altered = [sha256 for sha256 in sorted(known & held) if not store.verify(sha256)]  # long: in no transaction
    with reading(db) as session:
        yield _missing(session, sorted(known - held))
        yield _altered(session, altered)
    yield _orphaned(db, store, sorted(held - known - archives), now=now, repair=repair)
    yield _unread(db, now=now, repair=repair)


def _missing(session: Session, missing: Sequence[str]) -> Check:
    if not missing:
        count = session.scalar(select(func.count()).select_from(StoredFile)) or 0
        return Check(True, f"Kho tệp đủ {count} tệp.")
    return Check(False, f"Kho thiếu {len(missing)} tệp: {_owners(session, missing)}.",
                 "Lấy lại từ bản sao lưu (thư mục files, tệp cùng tên), hoặc tải lại tệp lên văn bản.")


def _altered(session: Session, altered: Sequence[str]) -> Check:
    if not altered:
        return Check(True, "Nội dung các tệp đúng như lúc lưu.")
    return Check(False, f"{len(altered)} tệp không còn đúng như lúc lưu: {_owners(session, altered)}.",
                 "Thay bằng tệp cùng tên trong bản sao lưu; kiểm tra ổ đĩa và ai ghi được vào thư mục dữ liệu.")


def _owners(session: Session, hashes: Sequence[str]) -> str:
    """Return to which documents the first of these files belong, as a person calls them."""
    rows = session.execute(
        select(Attachment.name, Document.number).join(StoredFile, StoredFile.id == Attachment.file_id)
        .outerjoin(Document, Document.id == Attachment.document_id)
        .where(StoredFile.sha256.in_(hashes[:1000])).order_by(Attachment.id).limit(_NAMED)).all()
    told = [f"“{name}” của {number}" if number else f"“{name}”" for name, number in rows]
    return ", ".join(told or [hashes[0]]) + (" …" if len(hashes) > len(told) else "")


def _orphaned(db: Sessions, store: FileStore, orphans: Sequence[str], *, now: datetime, repair: bool) -> Check:
    oldest = (now - _OLD_ENOUGH).timestamp()
    old = [sha256 for sha256 in orphans if _is_older(store, sha256, oldest)]
    if not old:
        return Check(True, "Không có tệp thừa trong kho.")
    if not repair:
        size = sum(store.path(sha256).stat().st_size for sha256 in old)
        return Check(True, f"Kho có {len(old)} tệp không thuộc văn bản nào ({size / 1024 / 1024:.1f} MB).",
                     "Xóa: sovanban doctor --repair")
    gone = 0
    for sha256 in old:
        with reading(db) as session:  # somebody may have attached it a moment ago
            if session.scalar(select(StoredFile.id).where(StoredFile.sha256 == sha256)) is None:
                gone += store.remove(sha256, unless_newer_than=oldest)
    store.tidy(now.timestamp())
    return Check(True, f"Đã xóa {gone} tệp không thuộc văn bản nào.")


def _is_older(store: FileStore, sha256: str, moment: float) -> bool:
    try:
        return store.path(sha256).stat().st_mtime < moment
    except FileNotFoundError:
        return False


def _unread(db: Sessions, *, now: datetime, repair: bool) -> Check:
    """Texts that wait for long: the background does not run, or it ended in the middle."""
    waits: tuple[ColumnElement[bool], ...] = (
        FileText.state.in_(("waiting", "reading")),
        FileText.file_id.in_(select(StoredFile.id).where(StoredFile.stored_at < now - _OLD_ENOUGH)))
    with reading(db) as session:
        count = session.scalar(select(func.count()).select_from(FileText).where(*waits)) or 0
        failed = session.scalar(select(func.count()).select_from(FileText).where(FileText.state == "failed")) or 0
    if count and repair:
        with db.begin() as session:
            session.execute(update(FileText).where(*waits).values(state="waiting", lease_until=None, holder="", tries=0))
        return Check(True, f"Đã xếp {count} tệp chờ đọc lại từ đầu.")
    if count:
        return Check(False, f"{count} tệp chờ đọc chữ đã quá một ngày.",
                     "Kiểm tra sovanban serve hoặc worker có đang chạy; xếp lại từ đầu: sovanban doctor --repair")
    said = f" {failed} tệp không đọc được chữ, lý do ở trang của văn bản." if failed else ""
    return Check(True, f"Không có tệp nào chờ đọc chữ quá lâu.{said}")
