"""Case files: filled, put in order, closed, announced and handed over; what leaves the register of them."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pypdfium2
import pytest
from lxml import etree
from openpyxl import load_workbook
from sqlalchemy import select, update

from registry.db import reading
from registry.domain.case_files import FileState
from registry.domain.errors import (
    ChangedMeanwhile,
    CodeTaken,
    DateInFuture,
    DatesOutOfOrder,
    MissingValue,
    NotFound,
    NotPossible,
    SecretDocument,
)
from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.domain.work_programme import PlanPeriod
from registry.files.store import FileStore
from registry.mail.links import Links
from registry.models import Attachment, AuditEvent, CaseFile, Message, StoredFile, Unit, User
from registry.printing.pdf import pdf
from registry.printing.sheet import write_xlsx
from registry.services import (
    audit,
    case_file_changes,
    case_file_export,
    case_files,
    hand_over_notices,
    planned_changes,
    planned_documents,
    users,
)
from registry.services.actors import Actor
from registry.services.case_file_changes import NewCaseFile
from registry.services.case_files import CaseFileFilter
from registry.services.passing_on import Successor
from registry.services.planned_changes import NewPlanned
from registry.services.reminder_delivery import deliver
from registry.services.reminder_mails import Office as MailOffice
from tests.conftest import NOON
from tests.factories import CLERK, READER

TODAY = NOON.date()
MAIL = MailOffice(Links("http://so.example.vn", "k" * 40), "so@example.vn")


@pytest.fixture
def opened(office):
    """Open a case file kept for twenty years, with the changes named; return its id."""
    def enter(**changes) -> int:
        given = {"year": 2021, "code": "01.CNTT", "title": "Ứng dụng công nghệ thông tin", "retention_years": 20,
                 "started_on": date(2020, 1, 4), **changes}
        return case_file_changes.create(office.db, NewCaseFile(**given), actor=CLERK, at=NOON)
    return enter


@pytest.fixture
def people(office):
    """Two officials of one unit, the second its head, as actors."""
    with office.db.begin() as session:
        unit = Unit(name="Phòng Công nghệ", name_key="phong cong nghe")
        session.add(unit)
        session.flush()
        unit_id = unit.id
    for name in ("cv1", "cv2"):
        users.create_user(office.db, users.UserData(
            username=name, full_name=f"Người {name}", role=Role.OFFICIAL, unit_id=unit_id, email=f"{name}@example.vn",
            heads_unit=name == "cv2"), actor=CLERK, at=NOON, password="con cò bay lả bay la")
    return unit_id, *(Actor(users.id_of(office.db, name), name, Role.OFFICIAL) for name in ("cv1", "cv2"))


def row(db, case_file_id, actor=CLERK):
    return case_files.get_case_file(db, case_file_id, actor=actor)


def numbers(db, case_file_id, actor=CLERK, **how):
    return [entry.document.number for entry in case_files.find_entries(db, case_file_id, actor=actor, **how).rows]


def close(db, case_file_id, ended_on, version=1):
    case_file_changes.close(db, case_file_id, version, ended_on, actor=CLERK, at=NOON)


def put_in(db, case_file_id, *documents, actor=CLERK):
    return case_file_changes.add_documents(db, case_file_id, documents, actor=actor, at=NOON)


def test_a_document_stands_in_several_files_and_is_copied_into_none(office, opened):
    one, other = opened(), opened(code="02.CNTT")
    document = office.register()
    assert (put_in(office.db, one, document), put_in(office.db, other, document)) == (1, 1)
    assert [each.code for each in case_files.of_document(office.db, document, actor=CLERK)] == ["01.CNTT", "02.CNTT"]
    assert put_in(office.db, one, document) == 0
    case_file_changes.remove_document(office.db, one, document, actor=CLERK, at=NOON)
    assert (numbers(office.db, one), numbers(office.db, other)) == ([], ["325/KH-UBND"])
    assert audit.verify(office.db).whole


@pytest.mark.parametrize(("changes", "error"), [
    pytest.param({"title": " "}, MissingValue, id="no title"),
    pytest.param({"code": ""}, MissingValue, id="no code"),
    pytest.param({"started_on": TODAY + timedelta(days=1)}, DateInFuture, id="begins tomorrow"),
    pytest.param({"title": "Độ mật: MẬT"}, SecretDocument, id="a secret"),
])
def test_a_file_that_cannot_be_is_refused(opened, changes, error):
    with pytest.raises(error):
        opened(**changes)


def test_a_code_is_unique_in_its_year_however_it_is_typed(office, opened):
    opened()
    with pytest.raises(CodeTaken):
        opened(code="01. cntt")
    with reading(office.db) as session:
        assert session.scalars(select(CaseFile.code)).all() == ["01.CNTT"]
    assert opened(year=2022)


def test_documents_stand_in_order_of_time_until_somebody_moves_them(office, opened):
    one = opened()
    for number, day in (("3/KH-UBND", 20), ("1/KH-UBND", 1), ("2/KH-UBND", 10)):
        put_in(office.db, one, office.register(number=number, issued_on=date(2021, 3, day)))
    assert numbers(office.db, one) == ["03/KH-UBND", "01/KH-UBND", "02/KH-UBND"]
    last = case_files.find_entries(office.db, one, actor=CLERK).rows[2].document.id
    case_file_changes.move_document(office.db, one, last, -1, actor=CLERK, at=NOON)
    assert numbers(office.db, one) == ["03/KH-UBND", "02/KH-UBND", "01/KH-UBND"]
    with reading(office.db) as session:
        moved = session.scalars(select(AuditEvent).where(AuditEvent.action == "move_document")).one()
    assert moved.changes == {"documents_moved": [last], "position": [3, 2]}
    case_file_changes.order_by_time(office.db, one, actor=CLERK, at=NOON)
    assert numbers(office.db, one) == ["01/KH-UBND", "02/KH-UBND", "03/KH-UBND"]


def test_pages_are_counted_on_until_a_document_has_none(office, opened):
    one = opened()
    for place, pages in enumerate((3, 1, None, 2), 1):
        put_in(office.db, one, office.register(number=f"{place}/KH-UBND", issued_on=date(2021, 3, place), pages=pages))
    assert [entry.sheets for entry in case_files.find_entries(office.db, one, actor=CLERK).rows] == ["1-3", "4", "", ""]


def test_restricted_documents_are_counted_and_not_told(office, opened):
    one = opened()
    hidden = office.register(number="7/QĐ-UBND", kind_id=office.kinds["QĐ"], restricted=True, pages=2, subject="kỷ luật")
    put_in(office.db, one, hidden, office.register(pages=4))
    page = case_files.find_entries(office.db, one, actor=READER)
    assert ([entry.document.number for entry in page.rows], page.total, page.hidden) == (["325/KH-UBND"], 1, 1)
    table = case_file_export.contents(office.db, one, actor=READER)
    assert "1 văn bản không hiển thị" in table.told
    assert "kỷ luật" not in str(list(table.rows))
    file = io.BytesIO()
    case_file_export.write_xml(office.db, file, one, actor=READER, at=NOON)
    assert "kỷ luật" not in file.getvalue().decode()
    assert not any(hidden in event.changes.get("documents_added", [])
                   for event in case_files.get_history(office.db, one, actor=READER))


def test_who_may_not_see_a_document_neither_adds_nor_removes_it(office, opened, people):
    unit_id, first, _head = people
    one, hidden = opened(unit_id=unit_id), office.register(restricted=True)
    with pytest.raises(NotFound):
        put_in(office.db, one, hidden, actor=first)
    put_in(office.db, one, hidden)
    with pytest.raises(NotFound):
        case_file_changes.remove_document(office.db, one, hidden, actor=first, at=NOON)


def test_a_restricted_file_is_for_its_holders(office, opened, people):
    unit_id, first, _head = people
    one = opened(restricted=True, unit_id=unit_id)
    assert row(office.db, one, first).own
    with pytest.raises(NotFound):
        row(office.db, one, READER)
    assert case_files.find_case_files(office.db, CaseFileFilter(), actor=READER, today=TODAY).total == 0


def test_officials_keep_their_own_files_and_their_units(office, opened, people):
    unit_id, first, _head = people
    of_unit, of_others = opened(unit_id=unit_id), opened(code="09.VP")
    document = office.register()
    assert put_in(office.db, of_unit, document, actor=first) == 1
    with pytest.raises(NotPossible, match="file_not_yours"):
        put_in(office.db, of_others, document, actor=first)
    with pytest.raises(NotPossible, match="file_not_yours"):
        case_file_changes.create(office.db, NewCaseFile(
            year=2021, code="5.X", title="của người khác", retention_years=5, started_on=TODAY), actor=first, at=NOON)
    with pytest.raises(NotPossible, match="managers_only"):
        case_file_changes.hand_over(office.db, of_unit, 1, TODAY, "", actor=first, at=NOON)


@pytest.mark.parametrize(("changes", "ended_on", "due_on"), [
    pytest.param({}, date(2020, 6, 30), date(2021, 6, 30), id="a year after the work ended"),
    pytest.param({}, date(2020, 2, 29), date(2021, 2, 28), id="a leap day"),
    pytest.param({"construction": True}, date(2020, 11, 30), date(2021, 2, 28), id="a construction: three months"),
    pytest.param({"retention_years": None}, date(2020, 6, 30), date(2021, 6, 30), id="for ever"),
    pytest.param({"retention_years": 3}, date(2020, 6, 30), None, id="less than five years stays"),
])
def test_closing_sets_the_day_of_handing_over(office, opened, changes, ended_on, due_on):
    one = opened(**changes)
    close(office.db, one, ended_on)
    assert (row(office.db, one).state, row(office.db, one).hand_over_on) == (FileState.CLOSED, due_on)


def test_closing_asks_for_the_day_on_which_the_work_ended(office, opened):
    one = opened()
    for ended_on, error in ((None, MissingValue), (TODAY + timedelta(days=1), DateInFuture),
                            (date(2020, 1, 3), DatesOutOfOrder)):
        with pytest.raises(error):
            close(office.db, one, ended_on)
    assert row(office.db, one).state == FileState.OPEN


def test_a_closed_file_takes_no_document_until_it_is_opened_again(office, opened):
    one = opened()
    close(office.db, one, date(2020, 6, 30))
    with pytest.raises(NotPossible, match="file_closed"):
        put_in(office.db, one, office.register())
    with pytest.raises(ChangedMeanwhile):
        case_file_changes.reopen(office.db, one, 1, "còn văn bản", actor=CLERK, at=NOON)
    case_file_changes.reopen(office.db, one, 2, "còn văn bản", actor=CLERK, at=NOON)
    assert (row(office.db, one).state, row(office.db, one).hand_over_on) == (FileState.OPEN, None)


def test_a_unit_keeps_a_file_back_for_two_years_at_most(office, opened):
    one = opened()
    close(office.db, one, date(2020, 6, 30))
    with pytest.raises(NotPossible, match="kept_back_too_long"):
        case_file_changes.keep_back(office.db, one, 2, date(2023, 7, 1), "CV 15", actor=CLERK, at=NOON)
    case_file_changes.keep_back(office.db, one, 2, date(2023, 6, 30), "CV 15", actor=CLERK, at=NOON)
    kept = row(office.db, one)
    assert (kept.hand_over_on, kept.kept_back_reason) == (date(2023, 6, 30), "CV 15")
    case_file_changes.change(office.db, one, kept.version, NewCaseFile(
        year=2021, code="01.CNTT", title="tên mới", retention_years=10, started_on=date(2020, 1, 4)), actor=CLERK, at=NOON)
    assert row(office.db, one).hand_over_on == date(2023, 6, 30)


def test_a_file_is_handed_over_once_it_is_closed(office, opened):
    one = opened()
    with pytest.raises(NotPossible, match="file_not_closed"):
        case_file_changes.hand_over(office.db, one, 1, TODAY, "", actor=CLERK, at=NOON)
    close(office.db, one, date(2020, 6, 30))
    case_file_changes.hand_over(office.db, one, row(office.db, one).version, TODAY, "BB 01", actor=CLERK, at=NOON)
    handed = row(office.db, one)
    assert (handed.state, handed.handed_over_on, handed.handed_over_note) == (FileState.HANDED_OVER, TODAY, "BB 01")
    with pytest.raises(NotPossible, match="file_handed_over"):
        case_file_changes.change(office.db, one, handed.version, NewCaseFile(
            year=2021, code="01.CNTT", title="x", retention_years=10, started_on=date(2020, 1, 4)), actor=CLERK, at=NOON)


def test_what_a_leaving_person_keeps_and_drafts_passes_on_to_who_takes_over(office, opened, people):
    unit_id, first, head = people
    kept, handed = opened(user_id=first.id, unit_id=unit_id), opened(code="02.CNTT", user_id=first.id, unit_id=unit_id)
    close(office.db, handed, date(2020, 6, 30))
    case_file_changes.hand_over(office.db, handed, row(office.db, handed).version, TODAY, "", actor=CLERK, at=NOON)
    plan = planned_changes.create(office.db, [NewPlanned(
        period=PlanPeriod(2021, "Q3"), subject="tổng kết", user_id=first.id)], actor=CLERK, at=NOON)[0]
    users.set_active(office.db, first.id, False, actor=CLERK, at=NOON, successor=Successor(user_id=head.id))
    assert (row(office.db, kept).user_id, row(office.db, handed).user_id) == (head.id, first.id)
    assert planned_documents.get_planned(office.db, plan, actor=CLERK, today=TODAY).row.user_id == head.id


def messages(db):
    with reading(db) as session:
        return session.scalars(select(Message).order_by(Message.id)).all()


class Outgoing:
    """Keeps what it is given."""

    def __init__(self):
        self.sent = []

    def open(self):
        pass

    def close(self):
        pass

    def send(self, mail, wanted):
        if wanted():
            self.sent.append(mail)


def test_the_holder_is_told_thirty_days_before_and_once(office, opened, people):
    _unit, first, _head = people
    one = opened(user_id=first.id)
    close(office.db, one, date(2020, 7, 23))
    assert hand_over_notices.announce(office.db, MAIL, NOON) == 0  # 31 days before
    tomorrow = NOON + timedelta(days=1)
    assert hand_over_notices.announce(office.db, MAIL, tomorrow) == 1
    assert hand_over_notices.announce(office.db, MAIL, tomorrow) == 0
    assert hand_over_notices.announce(office.db, MAIL, tomorrow + timedelta(days=60)) == 0
    sent = Outgoing()
    deliver(office.db, sent, MAIL, clock=lambda: tomorrow, holder="test")
    assert [mail.address for mail in sent.sent] == ["cv1@example.vn"]
    assert messages(office.db)[0].subject == "[Sổ văn bản] Nộp lưu hồ sơ: 1 hồ sơ"


def test_another_day_is_told_anew(office, opened, people):
    _unit, first, _head = people
    one = opened(user_id=first.id)
    close(office.db, one, date(2020, 7, 1))
    assert hand_over_notices.announce(office.db, MAIL, NOON) == 1
    case_file_changes.keep_back(office.db, one, 2, TODAY + timedelta(days=29), "CV 15", actor=CLERK, at=NOON)
    assert hand_over_notices.announce(office.db, MAIL, NOON) == 1


def test_the_head_is_told_of_a_units_file_and_of_one_whose_holder_has_left(office, opened, people):
    unit_id, first, head = people
    close(office.db, opened(unit_id=unit_id), date(2020, 7, 1))
    close(office.db, opened(code="02.CNTT", unit_id=unit_id, user_id=first.id), date(2020, 7, 1))
    with office.db.begin() as session:
        session.execute(update(User).where(User.id == first.id).values(active=False))
    assert hand_over_notices.announce(office.db, MAIL, NOON) == 1
    told = messages(office.db)[0]
    assert (told.user_id, told.subject) == (head.id, "[Sổ văn bản] Nộp lưu hồ sơ: 2 hồ sơ")


def test_a_mail_about_what_was_handed_over_meanwhile_is_not_sent(office, opened, people):
    _unit, first, _head = people
    one = opened(user_id=first.id)
    close(office.db, one, date(2020, 7, 1))
    hand_over_notices.announce(office.db, MAIL, NOON)
    case_file_changes.hand_over(office.db, one, row(office.db, one).version, TODAY, "", actor=CLERK, at=NOON)
    sent = Outgoing()
    deliver(office.db, sent, MAIL, clock=lambda: NOON, holder="test")
    assert (sent.sent, messages(office.db)[0].state) == ([], "cancelled")


def test_a_mail_about_files_goes_to_nobody_who_left_and_to_a_new_address_by_the_next_announcement(office, opened, people):
    unit_id, first, head = people
    close(office.db, opened(user_id=first.id, unit_id=unit_id), date(2020, 7, 1))
    sent = Outgoing()

    def deliver_after(**changes):
        hand_over_notices.announce(office.db, MAIL, NOON)
        with office.db.begin() as session:
            session.execute(update(User).where(User.id == first.id).values(**changes))
        deliver(office.db, sent, MAIL, clock=lambda: NOON, holder="test")

    deliver_after(email="moi@example.vn")
    assert (sent.sent, messages(office.db)[0].error) == ([], "not_true")
    deliver_after(active=False)
    assert sent.sent == []
    hand_over_notices.announce(office.db, MAIL, NOON)
    deliver(office.db, sent, MAIL, clock=lambda: NOON, holder="test")
    assert (len(sent.sent), messages(office.db)[-1].user_id) == (1, head.id)


def test_the_title_of_a_restricted_file_stays_out_of_the_mail(office, opened, people):
    _unit, first, _head = people
    close(office.db, opened(user_id=first.id, restricted=True, title="Kỷ luật ông A"), date(2020, 7, 1))
    hand_over_notices.announce(office.db, MAIL, NOON)
    from registry.services.outbox import parts

    text, html, _names = parts(messages(office.db)[0].source.encode())
    assert "01.CNTT" in text
    assert "Kỷ luật" not in text + html


def test_lists_are_narrowed_and_paged(office, opened):
    db = office.db
    ids = [opened(code=f"{place:02d}.VP", year=2020 + place % 2) for place in range(7)]
    close(db, ids[3], date(2020, 7, 1))
    def find(**wanted):
        return case_files.find_case_files(db, CaseFileFilter(**wanted), actor=CLERK, today=TODAY)
    assert [each.code for each in find().rows] == ["01.VP", "03.VP", "05.VP", "00.VP", "02.VP", "04.VP", "06.VP"]
    assert [each.id for each in find(due=True).rows] == [ids[3]]
    assert [each.id for each in find(text="04 ung dung").rows] == [ids[4]]
    assert find(year=2021, state=FileState.OPEN).total == 2
    seen, after = [], None
    while True:
        page = case_files.find_case_files(db, CaseFileFilter(), actor=CLERK, today=TODAY, after=after, limit=2)
        seen += [each.code for each in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == [each.code for each in find().rows]


def test_the_lists_have_the_columns_of_the_decree_in_their_order(office, opened):
    one = opened(heading="Phòng Công nghệ")
    opened(code="02.CNTT", retention_years=None, heading="Phòng Công nghệ")
    put_in(office.db, one, office.register(pages=3))
    close(office.db, one, date(2020, 6, 30), version=2)
    listed = case_file_export.contents(office.db, one, actor=CLERK)
    assert [column.heading for column in listed.columns] == [
        "STT", "Số, ký hiệu văn bản", "Ngày tháng năm văn bản", "Tên loại và trích yếu nội dung văn bản",
        "Tác giả văn bản", "Tờ số/ Trang số", "Ghi chú"]
    assert list(listed.rows) == [(
        1, "325/KH-UBND", date(2021, 2, 4),
        "Kế hoạch ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước",
        "Ủy ban nhân dân tỉnh Hà Nam", "1-3", "")]
    catalogue = case_file_export.catalogue(office.db, CaseFileFilter(year=2021), actor=CLERK, today=TODAY)
    assert [column.heading for column in catalogue.columns] == [
        "Số và ký hiệu hồ sơ", "Tên đề mục và tiêu đề hồ sơ", "Thời hạn bảo quản", "Người lập hồ sơ", "Ghi chú"]
    assert [line[:3] for line in catalogue.rows] == [
        ("", "I. PHÒNG CÔNG NGHỆ", ""), ("01.CNTT", "Ứng dụng công nghệ thông tin", "20 năm"),
        ("02.CNTT", "Ứng dụng công nghệ thông tin", "Vĩnh viễn")]
    assert "2 hồ sơ, bao gồm: 1 hồ sơ bảo quản vĩnh viễn; 1 hồ sơ bảo quản có thời hạn" in catalogue.told[1]
    handed = case_file_export.hand_over_list(office.db, CaseFileFilter(state=FileState.CLOSED), actor=CLERK, today=TODAY)
    assert [column.heading for column in handed.columns] == [
        "Số TT", "Số, ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời gian tài liệu", "Thời hạn bảo quản", "Số tờ/ Số trang", "Ghi chú"]
    assert list(handed.rows) == [(1, "01.CNTT", "Ứng dụng công nghệ thông tin", "04/01/2020 - 30/6/2020", "20 năm", 3, "")]
    file = io.BytesIO()
    write_xlsx(file, handed)
    assert "MỤC LỤC" in load_workbook(file).active["A1"].value


def test_the_xml_tells_the_fields_of_annex_six_in_order_of_time(office, opened):
    one = opened()
    letter = office.register(
        number="15/SNV-VP", kind_id=office.kinds["CV"], direction=Direction.INCOMING, issued_on=date(2021, 3, 1),
        received_on=date(2021, 3, 2), book_id=office.books["đến"], subject="góp ý <dự thảo> & phụ lục", pages=2)
    put_in(office.db, one, letter)
    put_in(office.db, one, office.register(recipients="Sở Nội vụ\nLưu: VT", signer_name="Trần A", signer_position="Chủ tịch"))
    file = io.BytesIO()
    case_file_export.write_xml(office.db, file, one, actor=CLERK, at=NOON)
    root = etree.fromstring(file.getvalue())
    assert [root.findtext(name) for name in ("FileCode/FileCatalog", "FileCode/FileNotation", "Maintenance", "Rights",
                                             "StartDate", "DocTotal", "PageTotal")] == [
        "2021", "01.CNTT", "20 năm", "Không hạn chế", "2020-01-04", "2", "2"]
    first, second = root.findall("Documents/Document")
    assert [child.tag for child in first] == [
        "FileCode", "DocOrdinal", "TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName", "Subject",
        "Language", "PageAmount", "Description", "SignerInfo", "To", "To", "Priority", "IssuedAmount", "DueDate"]
    assert [child.tag for child in second][11:] == [
        "ArrivalDate", "ArrivalNumber", "SignerInfo", "Priority", "ToPlaces", "DueDate"]
    assert [first.findtext(name) for name in ("DocOrdinal", "CodeNumber", "CodeNotation", "SignerInfo/FullName")] == [
        "1", "325", "KH-UBND", "Trần A"]
    assert [second.findtext(name) for name in ("DocOrdinal", "CodeNumber", "Subject", "ArrivalNumber")] == [
        "2", "15", "góp ý <dự thảo> & phụ lục", "01"]


def attach(db, store, document_id, name, content):
    """Attach a file as if it had been uploaded and read."""
    stored = store.put(io.BytesIO(content), longest=10_000_000)
    with db.begin() as session:
        file = StoredFile(sha256=stored.sha256, size=stored.size, kind="pdf", stored_at=NOON)
        session.add(file)
        session.flush()
        session.add(Attachment(document_id=document_id, file_id=file.id, role="main", name=name, uploaded_at=NOON))


def test_the_pdf_has_a_cover_the_list_and_what_is_kept_of_each_document(office, opened, tmp_path):
    one = opened(title="Quy chế [dùng chung] #1")
    document = office.register(recipients="Sở Nội vụ", subject="dùng chung $x$ *y*")
    put_in(office.db, one, document)
    store = FileStore(tmp_path / "files")
    attach(office.db, store, document, "ban-chinh.pdf", pdf("case_file_missing.typ", {"name": "trang ký", "document": "x"}))
    attach(office.db, store, document, "hong.pdf", b"%PDF-1.4 broken")
    file = io.BytesIO()
    case_file_export.write_pdf(office.db, file, one, store=store, actor=CLERK, at=NOON)
    book = pypdfium2.PdfDocument(file.getvalue())
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in book]
    book.close()
    assert "HỒ SƠ" in pages[0]
    assert "Quy chế [dùng chung] #1" in pages[0]
    assert "MỤC LỤC VĂN BẢN, TÀI LIỆU" in pages[1]
    assert "dùng chung $x$ *y*" in pages[1]
    assert "Nơi nhận" in pages[2]
    assert "Sở Nội vụ" in pages[2]
    assert "ban-chinh.pdf; hong.pdf" in pages[2]
    assert "trang ký" in pages[3]
    assert "Không ghép được tệp “hong.pdf”" in pages[4]


def test_the_list_of_files_holds_all_of_them_however_many_are_read_at_once(office, opened, monkeypatch):
    monkeypatch.setattr(case_file_export, "_FILES_AT_ONCE", 2)
    for code in ("01", "02", "03", "04", "05"):
        opened(code=code, heading="")
    table = case_file_export.catalogue(office.db, CaseFileFilter(), actor=CLERK, today=TODAY)
    assert [row[0] for row in table.rows] == ["01", "02", "03", "04", "05"]
