"""Files of documents: attached, replaced, removed, searched, swept, on both databases."""

from __future__ import annotations

import io
import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from config import Config
from registry.domain.errors import NotFound, NotPossible, ReasonNeeded, SecretDocument
from registry.domain.file_errors import FileRefused
from registry.models import AuditEvent, StoredFile
from registry.reader import FileReader
from registry.services import (
    attachments,
    documents,
    draft_files,
    file_reading,
    file_sweeping,
    file_uploads,
    indexing,
    intake_batches,
    intake_receiving,
    obligation_proposals,
    registration,
    search,
)
from registry.services.actors import Actor
from registry.services.file_uploads import Upload
from registry.services.search import SearchRequest
from tests.conftest import NOON
from tests.factories import CLERK, READER
from tests.made_files import annex_docx, plan_pdf, scan_pdf
from tests.services.filing import DRAFT, RULES


def _names(db, document_id, actor=CLERK):
    return [(one.role, one.name, one.version) for one in attachments.of_document(db, document_id, actor=actor)
            if one.is_current]


def test_a_file_uploaded_for_a_form_becomes_the_document_s_with_its_text(office, db, receive):
    draft_files.add(db, DRAFT, receive(plan_pdf()), actor=CLERK, at=NOON)
    draft_files.add(db, DRAFT, receive(annex_docx(), "Phụ lục 1.docx"), actor=CLERK, at=NOON)
    key = office.register(request_id=DRAFT)
    assert _names(db, key) == [("main", "Kế hoạch.pdf", 1), ("annex", "Phụ lục 1.docx", 1)]
    page = documents.get_document(db, key, actor=CLERK)
    assert page.text_is_of_file
    assert "TỈNH HÀ NAM" in page.text
    assert [one.number for one in page.cites] == ["21/QĐ-TTg"]
    assert "30/11/2021" in obligation_proposals.proposed(db, key, actor=CLERK)[0].new.words
    assert attachments.of_draft(db, DRAFT, actor=CLERK) == []


def test_a_draft_is_its_own_person_s(office, db, receive):
    mine = Actor(id=None, name="A", role=CLERK.role)
    other = Actor(id=77, name="B", role=CLERK.role)
    key = draft_files.add(db, DRAFT, receive(plan_pdf()), actor=mine, at=NOON)
    assert len(attachments.of_draft(db, DRAFT, actor=other)) == 1  # brought in by a command: for everybody who registers
    with pytest.raises(NotFound):
        attachments.get(db, key, actor=READER)


def test_the_same_content_is_kept_once_and_attached_once(office, db, receive, store):
    first, second = office.register(), office.register(number="326/KH-UBND")
    attachments.attach(db, first, receive(plan_pdf()), actor=CLERK, at=NOON)
    attachments.attach(db, second, receive(plan_pdf(), "Bản khác.pdf"), actor=CLERK, at=NOON)
    assert len(list(store.all())) == 1
    with pytest.raises(FileRefused) as caught:
        attachments.attach(db, first, receive(plan_pdf(), "lại.pdf"), actor=CLERK, at=NOON)
    assert caught.value.code == "twice"


def test_a_new_version_replaces_the_text_and_the_older_one_stays(office, db, receive):
    key = office.register()
    first = attachments.attach(db, key, receive(plan_pdf(body="Nội dung có con cò trắng.")), actor=CLERK, at=NOON)
    second = attachments.replace(db, first.id, receive(plan_pdf(body="Nội dung có con vạc."), "v2.pdf"), actor=CLERK, at=NOON)
    assert second.version == 2
    assert _names(db, key) == [("main", "v2.pdf", 2)]
    assert "con vạc" in documents.get_document(db, key, actor=CLERK).text
    assert attachments.get(db, first.id, actor=READER).replaced_by_id == second.id
    with pytest.raises(NotPossible):
        attachments.replace(db, first.id, receive(annex_docx(), "x.docx"), actor=CLERK, at=NOON)
    with pytest.raises(NotPossible):
        attachments.replace(db, second.id, receive(plan_pdf(body="Nội dung có con vạc.")), actor=CLERK, at=NOON)
    assert [one.action for one in documents.get_history(db, key, actor=CLERK)][:1] != ["attach"]
    assert {"attach", "replace_file"} <= {one.action for one in documents.get_history(db, key, actor=CLERK)}


def test_removing_asks_for_a_reason_and_takes_the_text_along(office, db, receive):
    key = office.register()
    row = attachments.attach(db, key, receive(plan_pdf()), actor=CLERK, at=NOON)
    with pytest.raises(ReasonNeeded):
        attachments.remove(db, row.id, "  ", actor=CLERK, at=NOON)
    attachments.remove(db, row.id, "nhầm tệp", actor=CLERK, at=NOON)
    page = documents.get_document(db, key, actor=CLERK)
    assert (page.text, page.cites) == ("", [])
    with pytest.raises(NotFound):
        attachments.get(db, row.id, actor=READER)
    assert attachments.get(db, row.id, actor=CLERK).removed_reason == "nhầm tệp"


def test_a_text_that_a_person_typed_stays(office, db, receive):
    key = office.register(text="Toàn văn gõ tay.")
    attachments.attach(db, key, receive(plan_pdf()), actor=CLERK, at=NOON)
    page = documents.get_document(db, key, actor=CLERK)
    assert (page.text, page.text_is_of_file) == ("Toàn văn gõ tay.", False)
    with db() as session:
        assert "TỈNH HÀ NAM" in next(indexing.indexed(session, [key])).body


def test_saving_the_form_does_not_take_the_file_s_text_away(office, db, receive):
    key = office.register()
    attachments.attach(db, key, receive(plan_pdf()), actor=CLERK, at=NOON)
    version = documents.get_document(db, key, actor=CLERK).version
    registration.change_document(db, key, version, office.new_document(notes="thêm"), actor=CLERK, at=NOON)
    assert "TỈNH HÀ NAM" in documents.get_document(db, key, actor=CLERK).text


def test_what_stands_in_annexes_is_searched(office, db, receive):
    key = office.register()
    attachments.attach(db, key, receive(annex_docx(), "Phụ lục.docx"), actor=CLERK, at=NOON)
    with db() as session:
        assert "chim bồ câu" in next(indexing.indexed(session, [key])).body
    assert "chim bồ câu" in indexing.texts(db)([key])[key]
    assert documents.get_document(db, key, actor=CLERK).text == ""


def test_files_of_a_restricted_document_are_hidden_with_it(office, db, receive):
    key = office.register(restricted=True)
    row = attachments.attach(db, key, receive(plan_pdf()), actor=CLERK, at=NOON)
    with pytest.raises(NotFound):
        attachments.get(db, row.id, actor=READER)
    assert attachments.of_document(db, key, actor=READER) == []


@pytest.mark.parametrize(("name", "content", "code"), [
    pytest.param("a.pdf", b"x" * (1024 * 1024 + 1), "too_large", id="too large"),
    pytest.param("a.pdf", b"MZ" + bytes(900), "kind", id="a program"),
    pytest.param("a.xml", b'<?xml version="1.0"?><a/>', "kind_not_allowed", id="a kind that the office does not take"),
    pytest.param("[Mật] kế hoạch.pdf", b"%PDF-1.4", "name_secret", id="a name with a secrecy mark"),
])
def test_what_is_refused_leaves_nothing(office, db, receive, store, name, content, code):
    with pytest.raises(FileRefused) as caught:
        receive(content, name)
    assert caught.value.code == code
    assert list(store.all()) == []


def test_a_secret_file_is_refused_and_only_the_rule_is_kept(office, db, receive, store):
    with pytest.raises(SecretDocument):
        receive(plan_pdf(body="#align(center)[*TỐI MẬT*]\n\nNội dung kín."), "thường.pdf")
    assert list(store.all()) == []
    with db() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.action == "refuse_secret")).all()
        assert [set(one.changes) for one in events] == [{"rule"}]
        assert all(one.label == "" for one in events)
        assert session.scalars(select(StoredFile)).all() == []


def _read(db, store, *, ocr, clock=lambda: NOON, holder="t"):
    return file_reading.read_waiting(db, store, ocr=ocr, holder=holder, clock=clock)


def test_a_scan_waits_and_is_read_in_the_background(office, db, receive, store, monkeypatch):
    key = office.register()
    row = attachments.attach(db, key, receive(scan_pdf()), actor=CLERK, at=NOON)
    assert (row.state, row.needs_ocr) == ("waiting", True)
    assert _read(db, store, ocr=False) == 0

    def ocr(path, kind, *, limits=None, progress=None):
        progress(1, 1)
        return file_reading.file_reading.FileText("Chữ đọc từ bản quét.", 1, "ocr")

    monkeypatch.setattr(file_reading.file_reading, "ocr_file", ocr)
    assert _read(db, store, ocr=True) == 1
    assert attachments.get(db, row.id, actor=CLERK).state == "done"
    assert documents.get_document(db, key, actor=CLERK).text == "Chữ đọc từ bản quét."
    assert _read(db, store, ocr=True) == 0


def test_a_scan_that_turns_out_secret_leaves_without_a_trace(office, db, receive, store, monkeypatch):
    key = office.register()
    row = attachments.attach(db, key, receive(scan_pdf()), actor=CLERK, at=NOON)
    monkeypatch.setattr(file_reading.file_reading, "ocr_file", lambda *a, **k: file_reading.file_reading.FileText(
        "TUYỆT MẬT\nNội dung kín.", 1, "ocr"))
    _read(db, store, ocr=True)
    assert list(store.all()) == []
    with pytest.raises(NotFound):
        attachments.get(db, row.id, actor=CLERK)
    history = documents.get_history(db, key, actor=CLERK)
    assert history[0].action == "refuse_secret"
    assert "kín" not in str(history[0].changes)


def test_a_reader_that_died_is_followed_by_another_and_the_third_time_gives_up(office, db, receive, store):
    key = office.register()
    row = attachments.attach(db, key, receive(scan_pdf()), actor=CLERK, at=NOON)
    now = NOON
    for _ in range(3):
        assert len(file_reading.claim(db, ocr=True, holder="dies", now=now)) == 1
        assert file_reading.claim(db, ocr=True, holder="other", now=now) == []
        now += timedelta(minutes=10)
    assert file_reading.claim(db, ocr=True, holder="other", now=now) == []
    shown = attachments.get(db, row.id, actor=CLERK)
    assert (shown.state, shown.fault.reason) == ("failed", "timed_out")
    file_reading.try_again(db, shown.file_id, actor=CLERK, at=now)
    assert len(file_reading.claim(db, ocr=True, holder="other", now=now)) == 1


def test_a_late_reader_changes_nothing(office, db, receive, store):
    key = office.register()
    attachments.attach(db, key, receive(scan_pdf()), actor=CLERK, at=NOON)
    (old,) = file_reading.claim(db, ocr=True, holder="slow", now=NOON)
    (new,) = file_reading.claim(db, ocr=True, holder="quick", now=NOON + timedelta(minutes=10))
    file_reading.record(db, store, [(new, file_uploads.ReadText("done", "đúng"))], holder="quick", at=NOON)
    file_reading.record(db, store, [(old, file_uploads.ReadText("done", "muộn"))], holder="slow", at=NOON)
    assert documents.get_document(db, key, actor=CLERK).text == "đúng"


def test_drafts_that_nobody_saved_leave_the_store_and_attached_files_stay(office, db, receive, store):
    kept = office.register()
    attachments.attach(db, kept, receive(plan_pdf()), actor=CLERK, at=NOON)
    draft_files.add(db, DRAFT, receive(annex_docx(), "bỏ quên.docx"), actor=CLERK, at=NOON)
    file_sweeping.sweep(db, store, NOON + timedelta(hours=20))
    assert len(list(store.all())) == 2
    for sha256 in store.all():
        os.utime(store.path(sha256), (1, 1))
    assert file_sweeping.sweep(db, store, NOON + timedelta(days=3)) == 1
    assert len(list(store.all())) == 1
    assert attachments.of_draft(db, DRAFT, actor=CLERK) == []


def test_an_upload_that_came_to_nothing_leaves_the_store_too(office, db, receive, store):
    with pytest.raises(NotFound):
        attachments.attach(db, 999, receive(plan_pdf()), actor=CLERK, at=NOON)
    (sha256,) = store.all()
    file_sweeping.sweep(db, store, NOON)
    assert list(store.all()) == [sha256]  # it may be on its way still
    os.utime(store.path(sha256), (1, 1))
    assert file_sweeping.sweep(db, store, NOON) == 1


def test_a_batch_that_was_left_for_a_month_says_that_its_files_are_gone(office, db, store):
    key = intake_receiving.start(db, "cũ", total=1, actor=CLERK, at=NOON)
    intake_receiving.add_file(db, store, key, 0, "a.pdf", lambda: io.BytesIO(plan_pdf()), RULES, actor=CLERK, at=NOON)
    file_sweeping.sweep(db, store, NOON + timedelta(days=20))
    (item,) = intake_batches.find_items(db, key, actor=CLERK)
    assert item.fault is None
    file_sweeping.sweep(db, store, NOON + timedelta(days=31))
    (item,) = intake_batches.find_items(db, key, actor=CLERK)
    assert item.fault.code == "gone"
    assert intake_batches.get_batch(db, key, actor=CLERK).state == "closed"


def test_a_batch_is_read_by_as_many_statements_as_one_file(office, db, engine, store):
    key = intake_receiving.start(db, "lô", total=3, actor=CLERK, at=NOON)

    def add(place):
        intake_receiving.add_file(db, store, key, place, f"{place}.docx", lambda: io.BytesIO(annex_docx(f"tệp {place}")),
                                  RULES, actor=CLERK, at=NOON)

    said = []

    def note(*args):
        said.append(args[2])

    def find():
        said.clear()
        event.listen(engine, "before_cursor_execute", note)
        found = intake_batches.find_items(db, key, actor=CLERK)
        event.remove(engine, "before_cursor_execute", note)
        return found, len(said)

    add(0)
    _one, of_one = find()
    add(1)
    add(2)
    found, of_three = find()
    assert of_three == of_one
    assert [one.attachment.name for one in found] == ["0.docx", "1.docx", "2.docx"]
    assert [one.name for one in intake_batches.get_items(db, key, [found[2].id, found[0].id], actor=CLERK)] == [
        "2.docx", "0.docx"]
    assert intake_batches.find_batches(db, actor=CLERK)[0].counts.waiting == 3
    with pytest.raises(NotFound):
        intake_batches.find_items(db, key + 1, actor=CLERK)


def test_a_search_finds_what_stands_in_a_file_and_shows_where(office, db, receive, store, tmp_path, monkeypatch):
    key = office.register()
    attachments.attach(db, key, receive(annex_docx(), "Phụ lục.docx"), actor=CLERK, at=NOON)
    scan = attachments.attach(db, key, receive(scan_pdf(), "quét.pdf"), actor=CLERK, at=NOON)
    indexing.build(db, tmp_path / "index", "whoosh")
    index = indexing.open_for(db, tmp_path / "index")
    (found,) = search.find(db, index, SearchRequest("mô hình chim bồ câu"), actor=CLERK).results
    assert found.row.id == key
    assert any("chim" in one.text[begin:end] for one in found.fragments for begin, end in one.marks)

    monkeypatch.setattr(file_reading.file_reading, "ocr_file", lambda *a, **k: file_reading.file_reading.FileText(
        "Trạm bơm Nhâm Tràng", 1, "ocr"))
    assert search.find(db, index, SearchRequest("Nhâm Tràng"), actor=CLERK).results == []
    _read(db, store, ocr=True)
    indexing.follow(db, index)
    assert [one.row.id for one in search.find(db, index, SearchRequest("Nhâm Tràng"), actor=CLERK).results] == [key]
    attachments.remove(db, scan.id, "nhầm", actor=CLERK, at=NOON)
    indexing.follow(db, index)
    assert search.find(db, index, SearchRequest("Nhâm Tràng"), actor=CLERK).results == []


def test_the_reading_threads_read_what_waits_and_stop(office, db, store, tmp_path):
    config = Config(data=tmp_path, database_url="sqlite://", secret_key="k" * 40)
    received = file_uploads.receive(db, store, Upload("a.pdf", io.BytesIO(plan_pdf())), RULES, actor=CLERK, at=NOON, later=True)
    key = office.register()
    row = attachments.attach(db, key, received, actor=CLERK, at=NOON)
    assert row.state == "waiting"
    reader = FileReader(db, config, holder="t", clock=lambda: NOON)
    reader.start()
    ends = time.monotonic() + 20
    while attachments.get(db, row.id, actor=CLERK).is_waiting and time.monotonic() < ends:
        time.sleep(0.05)
    reader.stop()
    assert "TỈNH HÀ NAM" in documents.get_document(db, key, actor=CLERK).text


def test_people_who_send_the_same_file_at_once_share_it(office, db, receive, store):
    keys = [office.register(number=f"{n}/KH-UBND") for n in range(1, 5)]

    def send(key: int) -> int:
        return attachments.attach(db, key, receive(plan_pdf()), actor=CLERK, at=NOON).file_id

    with ThreadPoolExecutor(4) as people:
        assert len(set(people.map(send, keys))) == 1
    assert len(list(store.all())) == 1
