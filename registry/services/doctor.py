"""Checks of an installation: what must hold, whether it does, and what to do where it does not."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from registry.db import Sessions, reading
from registry.models import BookEntry, BookYear, Document, RegisterBook
from registry.services import audit, backups, indexing
from registry.services.jobs import HANOI
from search_index.errors import IndexBusy, IndexProblem


@dataclass(frozen=True, slots=True)
class Check:
    """One check in words; ``remedy`` says what to do where it is not good."""

    good: bool
    text: str
    remedy: str = ""


def data_folder(folder: Path) -> Check:
    """Check that the data folder can be written to, and that nobody else can read it."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Check(False, f"Không ghi được vào {folder} ({error.strerror}).", "Cấp quyền ghi cho tài khoản chạy.")
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        return Check(False, f"Người khác trên máy đọc được {folder}.", f"chmod 700 {folder}")
    return Check(True, f"Thư mục dữ liệu {folder} ghi được và kín.")


def all_of_database(db: Sessions) -> Iterator[Check]:
    """Check the database's own integrity, the counters of the books, and the audit trail."""
    with reading(db) as session:
        if session.get_bind().dialect.name == "sqlite":
            yield _sqlite(session)
        yield _counters(session)
        yield _holes(session)
    verdict = audit.verify(db)
    yield Check(verdict.whole, f"Nhật ký nguyên vẹn: {verdict.events} sự kiện." if verdict.whole else
                f"Nhật ký hỏng từ sự kiện số {verdict.broken_seq}.",
                "" if verdict.whole else "Giữ nguyên hiện trạng, so với bản sao lưu, báo người phụ trách.")


def _sqlite(session: Session) -> Check:
    said = session.execute(text("PRAGMA quick_check")).scalar()
    return Check(said == "ok", "Tệp SQLite nguyên vẹn." if said == "ok" else f"Tệp SQLite hỏng: {said}",
                 "" if said == "ok" else "Khôi phục từ bản sao lưu gần nhất.")


def _counters(session: Session) -> Check:
    """A counter behind its own entries would give a number twice."""
    behind = session.execute(
        select(RegisterBook.name, BookYear.year)
        .join(BookYear, BookYear.book_id == RegisterBook.id)
        .join(BookEntry, (BookEntry.book_id == BookYear.book_id) & (BookEntry.year == BookYear.year))
        .group_by(RegisterBook.name, BookYear.year, BookYear.last_ordinal)
        .having(func.max(BookEntry.ordinal) > BookYear.last_ordinal)).all()
    if behind:
        return Check(False, "Bộ đếm thấp hơn số đã cấp: " + ", ".join(f"{name} {year}" for name, year in behind),
                     "Vào trang của sổ, đặt lại số bắt đầu bằng số lớn nhất đã cấp.")
    return Check(True, "Bộ đếm của các sổ khớp với các số đã cấp.")


def _holes(session: Session) -> Check:
    """A used entry whose document does not bear its numeral."""
    wrong = session.scalar(
        select(func.count()).select_from(BookEntry).join(Document, Document.id == BookEntry.document_id)
        .join(RegisterBook, RegisterBook.id == BookEntry.book_id)
        .where(RegisterBook.direction != "incoming", Document.ordinal != BookEntry.ordinal)) or 0
    return Check(wrong == 0, "Số trên văn bản khớp với số trong sổ." if not wrong else
                 f"{wrong} văn bản có số khác với số trong sổ.",
                 "" if not wrong else "Xem lịch sử của các văn bản đó.")


def last_backup(db: Sessions, now: datetime) -> Check:
    """Tell when the office was last backed up; an office that never was is no fault of the installation."""
    found = backups.state(db, now)
    if found.last_good is None:
        return Check(True, "Chưa sao lưu lần nào.", "Sao lưu: sovanban backup")
    text = f"Sao lưu lần cuối lúc {found.last_good.finished_at.astimezone(HANOI):%d/%m/%Y %H:%M}: {found.last_good.path}"
    return Check(not found.is_old, text + (", đã quá hai ngày." if found.is_old else "."),
                 "Xem trang Sao lưu hoặc chạy sovanban backup." if found.is_old else "")


def search_index(db: Sessions, data: Path, engine: str, *, repair: bool) -> Check:
    """Compare the search index with the database, and mend the difference where asked to."""
    try:
        index = indexing.open_for(db, indexing.index_folder(data))
    except IndexProblem:
        return Check(True, "Chưa có chỉ mục tìm kiếm; chương trình tự tạo khi chạy.", "Tạo ngay: sovanban reindex")
    found = indexing.compare(db, index)
    if not found.equal and repair:
        try:
            indexing.repair(db, index, found)
        except IndexBusy:
            return Check(False, "Chỉ mục đang được ghi bởi chương trình đang chạy.", "Chạy lại sau ít phút.")
        finally:
            index.release()
        return Check(True, f"Đã sửa chỉ mục: thêm {len(found.missing)}, bỏ {len(found.extra)} văn bản.")
    if not found.equal:
        return Check(False, f"Chỉ mục thiếu {len(found.missing)} và thừa {len(found.extra)} văn bản.",
                     "sovanban doctor --repair")
    if found.outgrown and engine == "whoosh":
        return Check(True, f"Chỉ mục khớp ({found.documents} văn bản), nhưng sổ đã lớn hơn cỡ mà Whoosh tìm nhanh.",
                     "Cài tantivy, chạy sovanban reindex --engine tantivy, đặt SOVANBAN_SEARCH_ENGINE=tantivy.")
    return Check(True, f"Chỉ mục khớp với cơ sở dữ liệu: {found.documents} văn bản.")
