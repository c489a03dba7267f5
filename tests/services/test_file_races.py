"""Files that several people, batches and the reader in the background want at the same moment, on both databases."""

from __future__ import annotations

import io
import os
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from registry.domain.errors import NotFound
from registry.domain.file_errors import FileRefused
from registry.domain.roles import Role
from registry.files.kinds import FileKind
from registry.models import AuditEvent
from registry.services import (
    attachments,
    documents,
    draft_files,
    file_reading,
    file_sweeping,
    file_uploads,
    intake_batches,
    intake_receiving,
    intake_registering,
    users,
)
from registry.services.actors import Actor, at_the_machine
from registry.services.file_uploads import ReadText, Upload
from tests.conftest import NOON
from tests.factories import CLERK, READER
from tests.made_files import annex_docx, plan_pdf, scan_pdf, zip_of
from tests.services.filing import DRAFT, RULES


@pytest.fixture
def send_archive(db, store):
    def send(content: bytes, at: datetime = NOON) -> int:
        return intake_receiving.start_archive(db, store, Upload("a.zip", io.BytesIO(content)), RULES, actor=CLERK, at=at)

    return send


def _unpack(db, store) -> bool:
    return intake_receiving.unpack_next(db, store, RULES, holder="t", clock=lambda: NOON)


def _batch(db, key: int):
    return intake_batches.get_batch(db, key, actor=CLERK)


def test_an_archive_sent_twice_is_unpacked_twice(db, office, store, send_archive):
    content = zip_of({"1.pdf": plan_pdf()})
    batches = [send_archive(content), send_archive(content)]
    while _unpack(db, store):
        pass
    assert [(_batch(db, one).fault, _batch(db, one).counts.came) for one in batches] == [(None, 1), (None, 1)]


def test_refusing_a_file_leaves_the_archive_that_it_is_elsewhere(db, office, store, send_archive, receive):
    content = zip_of({"1.pdf": plan_pdf()})
    key = send_archive(content)
    with pytest.raises(FileRefused):
        receive(content, "a.zip")
    _unpack(db, store)
    assert _batch(db, key).fault is None


def test_the_archive_of_a_batch_left_for_a_month_leaves_the_store(db, office, store, send_archive):
    send_archive(zip_of({"1.pdf": plan_pdf()}))
    for sha256 in store.all():
        os.utime(store.path(sha256), (1, 1))
    file_sweeping.sweep(db, store, NOON + timedelta(days=31))
    assert list(store.all()) == []


def test_a_name_with_a_secrecy_mark_is_not_kept_of_what_an_archive_cannot_give(db, office, store, send_archive):
    key = send_archive(zip_of({"[Mật] kế hoạch.zip": b"PK", "thường\n.zip": b"PK"}))
    _unpack(db, store)
    found = intake_batches.find_items(db, key, actor=CLERK)
    assert [(one.name, one.fault.code) for one in found] == [("", "name_secret"), ("thường .zip", "archive")]


def test_an_archive_refused_for_its_name_is_recorded(db, office, store):
    with pytest.raises(FileRefused):
        intake_receiving.start_archive(db, store, Upload("[Mật] a.zip", io.BytesIO(b"PK")), RULES, actor=CLERK, at=NOON)
    with db() as session:
        (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "refuse_secret")).all()
        assert event.changes == {"rule": "file_name"}


@pytest.mark.parametrize(("decide", "state"), [
    pytest.param(lambda db, _store, key: intake_batches.stop(db, key, actor=CLERK, at=NOON), "stopped", id="stopped"),
    pytest.param(lambda db, store, key: intake_batches.close(db, store, key, actor=CLERK, at=NOON), "closed", id="closed"),
])
def test_a_batch_stopped_during_its_last_file_stays_so(db, office, store, send_archive, monkeypatch, decide, state):
    key, add_file = send_archive(zip_of({"1.pdf": plan_pdf()})), intake_receiving.add_file

    def add(*args, **kwargs) -> None:
        add_file(*args, **kwargs)
        decide(db, store, key)

    monkeypatch.setattr(intake_receiving, "add_file", add)
    _unpack(db, store)
    assert _batch(db, key).state == state
    if state == "stopped":
        intake_batches.go_on(db, key, actor=CLERK, at=NOON)
        _unpack(db, store)
        assert (_batch(db, key).state, _batch(db, key).counts.came) == ("open", 1)


def _stopped_scan(db, store) -> int:
    key = intake_receiving.start(db, "lô", total=1, actor=CLERK, at=NOON)
    intake_receiving.add_file(db, store, key, 0, "a.pdf", lambda: io.BytesIO(scan_pdf()), RULES, actor=CLERK, at=NOON)
    intake_batches.stop(db, key, actor=CLERK, at=NOON)
    return key


def test_a_text_that_comes_with_another_upload_reaches_the_document_that_waited_for_it(db, office, store, receive):
    key = intake_receiving.start(db, "lô", total=1, actor=CLERK, at=NOON)
    intake_receiving.add_file(db, store, key, 0, "a.pdf", lambda: io.BytesIO(plan_pdf()), RULES, actor=CLERK, at=NOON)
    item = intake_batches.find_items(db, key, actor=CLERK)[0]
    document_id = office.register(text="")
    intake_batches.attach_to(db, key, item.id, document_id, actor=CLERK, at=NOON)
    assert documents.get_document(db, document_id, actor=CLERK).text == ""
    draft_files.add(db, DRAFT, receive(plan_pdf()), actor=CLERK, at=NOON)
    assert "KẾ HOẠCH" in documents.get_document(db, document_id, actor=CLERK).text


def test_files_sent_from_two_windows_get_places_of_their_own(db, office, store):
    key = intake_receiving.start(db, "lô", total=2, actor=CLERK, at=NOON)
    with ThreadPoolExecutor(2) as windows:
        sent = [windows.submit(
            intake_receiving.add_file, db, store, key, None, name, lambda: io.BytesIO(scan_pdf()), RULES, actor=CLERK, at=NOON)
            for name in ("a.pdf", "TỐI MẬT/b.pdf")]
    for one in sent:
        one.result()
    assert {(one.position, one.fault.code if one.fault else "") for one in intake_batches.find_items(db, key, actor=CLERK)} in (
        {(0, ""), (1, "name_secret")}, {(1, ""), (0, "name_secret")})


def test_a_scan_of_a_stopped_batch_is_read_for_a_document_that_gets_it(db, office, store, receive):
    _stopped_scan(db, store)
    row = attachments.attach(db, office.register(), receive(scan_pdf()), actor=CLERK, at=NOON)
    assert row.is_waiting


def test_a_scan_of_a_stopped_batch_is_read_once_it_is_registered_by_hand(db, office, store):
    key = _stopped_scan(db, store)
    (item,) = intake_batches.find_items(db, key, actor=CLERK)
    office.register(request_id=item.draft)
    assert attachments.get(db, item.attachment.id, actor=CLERK).is_waiting
    intake_batches.close(db, store, key, actor=CLERK, at=NOON)
    assert attachments.get(db, item.attachment.id, actor=CLERK).is_waiting


def test_a_text_read_while_its_document_is_registered_reaches_it(db, office, store, receive, monkeypatch):
    draft_files.add(db, DRAFT, receive(scan_pdf()), actor=CLERK, at=NOON)
    (taken,) = file_reading.claim(db, ocr=True, holder="t", now=NOON)
    follow, running = draft_files.follow_files, list[Future[None]]()

    with ThreadPoolExecutor(1) as reader:
        def meanwhile(*args, **kwargs) -> None:
            follow(*args, **kwargs)
            running.append(reader.submit(file_reading.record, db, store, [(taken, ReadText("done", "Chữ đọc từ bản quét."))],
                                         holder="t", at=NOON))
            wait(running, timeout=1)

        monkeypatch.setattr(draft_files, "follow_files", meanwhile)
        key = office.register(request_id=DRAFT)
        running[0].result(30)
    assert documents.get_document(db, key, actor=CLERK).text == "Chữ đọc từ bản quét."


def test_slow_files_taken_together_are_not_taken_by_another_reader_meanwhile(db, office, store, monkeypatch):
    for n in range(3):
        file = file_uploads.receive(db, store, Upload(f"{n}.pdf", io.BytesIO(plan_pdf(f"{n}/KH-UBND"))), RULES, actor=CLERK,
                                    at=NOON, later=True)
        draft_files.add(db, DRAFT, file, actor=CLERK, at=NOON)
    now, others = [NOON], []

    def slowly(path: Path, kind: FileKind):
        others.append(file_reading.claim(db, ocr=False, holder="other", now=now[0]))
        now[0] += timedelta(minutes=2)
        return file_reading.file_reading.FileText("chữ", 1, "text")

    monkeypatch.setattr(file_reading.file_reading, "read_file", slowly)
    assert file_reading.read_waiting(db, store, ocr=False, holder="t", clock=lambda: now[0], most=4) == 3
    assert others == [[], [], []]


def test_removing_a_file_takes_its_older_versions_along(db, office, receive):
    key = office.register()
    old = attachments.attach(db, key, receive(plan_pdf()), actor=CLERK, at=NOON)
    new = attachments.replace(db, old.id, receive(annex_docx(), "mới.docx"), actor=CLERK, at=NOON)
    assert attachments.get(db, old.id, actor=READER).id == old.id
    attachments.remove(db, new.id, "nhầm văn bản", actor=CLERK, at=NOON)
    for one in (old, new):
        with pytest.raises(NotFound):
            attachments.get(db, one.id, actor=READER)
        assert attachments.get(db, one.id, actor=CLERK).removed_reason == "nhầm văn bản"


def test_a_command_that_goes_on_with_a_person_s_batch_registers_the_files_with_their_documents(db, office, store):
    user_id, _password = users.create_user(db, users.UserData(username="vt2", full_name="Văn thư hai", role=Role.CLERK),
                                           actor=at_the_machine(Role.ADMINISTRATOR), at=NOON)
    person = Actor(id=user_id, name="Văn thư hai", role=Role.CLERK)
    key = intake_receiving.start(db, "lô", total=1, actor=person, at=NOON)
    intake_receiving.add_file(db, store, key, 0, "a.pdf", lambda: io.BytesIO(plan_pdf()), RULES, actor=person, at=NOON)
    file_reading.read_waiting(db, store, ocr=False, holder="t", clock=lambda: NOON)
    machine = at_the_machine()
    (proposed,) = intake_registering.find_proposed(db, key, actor=machine)
    done = intake_registering.register(db, proposed, None, actor=machine, at=NOON).registered
    assert [one.name for one in attachments.of_document(db, done.document_id, actor=CLERK)] == ["a.pdf"]
