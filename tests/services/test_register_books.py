"""Register books as they are printed: which numbers, in which cells, on which cover."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.domain.errors import MissingValue, NotFound, NotPossible
from registry.domain.register_forms import RegisterForm
from registry.domain.values import Direction
from registry.models import Occurrence, Unit
from registry.services import book_volumes, books, document_life, obligations, register_books, settings
from registry.services.document_rows import Reference
from registry.services.obligations import NewObligation
from registry.services.register_books import Volume
from tests.conftest import NOON
from tests.factories import CLERK, READER

LATER = NOON + timedelta(days=8)


@pytest.fixture
def volume(office):
    def show(form=RegisterForm.OUTGOING, book="KH", *, actor=CLERK, now=NOON, after=None, limit=50, **changes):
        wanted = Volume(form, 2021, None if form == RegisterForm.POST else office.books[book], **changes)
        return register_books.show(office.db, wanted, actor=actor, now=now, after=after, limit=limit)
    return show


@pytest.fixture
def plans(office):
    """Numbers 01 to 03 with documents, 04 and 05 reserved, 04 voided, 06 cancelled."""
    entered = {"book_id": office.books["KH"], "number": "", "symbol": "KH-UBND"}
    for month, subject in ((1, "thông tin đối ngoại"), (2, "chuyển đổi số"), (3, "an toàn thông tin")):
        office.register(**entered, subject=subject, issued_on=date(2021, month, 4), signer_name="Lê Văn B",
                        recipients="UBND các huyện\nLưu: VT", archive_unit="Văn thư", copies=12,
                        sent_on=date(2021, month, 5), notes="gửi qua trục")
    books.reserve(office.db, office.books["KH"], 2021, 2, "họp báo", actor=CLERK, at=NOON)
    reserved = [row for row in books.show(office.db, office.books["KH"], 2021).rows if row.state == "reserved"]
    books.void(office.db, next(row.id for row in reserved if row.ordinal == 4), "không dùng", actor=CLERK, at=NOON)
    cancelled = office.register(**entered, subject="kế hoạch thi đua", issued_on=date(2021, 6, 1))
    document_life.cancel(office.db, cancelled, 1, "ban hành nhầm", actor=CLERK, at=NOON)


def test_an_outgoing_book_has_each_number_in_its_ten_cells(volume, plans):
    rows = volume().rows
    assert rows[0] == ("01/KH-UBND", date(2021, 1, 4), "Kế hoạch thông tin đối ngoại", "Lê Văn B",
                       "UBND các huyện\nLưu: VT", "Văn thư", 12, date(2021, 1, 5), "", "gửi qua trục")
    assert [row[0] for row in rows] == ["01/KH-UBND", "02/KH-UBND", "03/KH-UBND", "04", "05", "06/KH-UBND"]


def test_voided_and_reserved_numbers_stand_in_the_book_with_their_reason(volume, plans):
    rows = {row[0]: row for row in volume().rows}
    assert (rows["04"][2], rows["04"][9]) == ("Số hủy", "không dùng")
    assert (rows["05"][2], rows["05"][9]) == ("Số giữ", "họp báo")
    assert rows["06/KH-UBND"][9] == "Văn bản đã hủy"


def test_the_cover_tells_what_the_volume_holds(office, volume, plans):
    settings.change(office.db, actor=CLERK, at=NOON, office_name="UBND tỉnh Hà Nam", parent_name="Chính phủ")
    cover = volume(volume="03").cover
    assert (cover.parent, cover.agency, cover.title, cover.book) == (
        "Chính phủ", "UBND tỉnh Hà Nam", "Sổ đăng ký văn bản đi", "Sổ kế hoạch")
    assert cover.lines == ["Năm: 2021", "Từ ngày 04 tháng 01 năm 2021 đến ngày 01 tháng 6 năm 2021",
                           "Từ số 01 đến số 06", "Quyển số: 03"]


@pytest.mark.parametrize(("period", "numbers"), [
    pytest.param({"since": date(2021, 2, 1), "until": date(2021, 3, 31)}, ["02", "03"], id="days of issue"),
    pytest.param({"since": date(2021, 6, 1)}, ["04", "05", "06"], id="a number set aside counts by that day"),
    pytest.param({"first": 2, "last": 4}, ["02", "03", "04"], id="numbers"),
    pytest.param({"first": 2, "until": date(2021, 2, 4)}, ["02"], id="both"),
    pytest.param({"since": date(2021, 12, 1)}, [], id="nothing"),
])
def test_a_period_narrows_the_volume_and_its_cover(volume, plans, period, numbers):
    contents = volume(**period)
    assert [row[0][:2] for row in contents.rows] == numbers
    assert contents.total == len(numbers)
    assert (contents.cover.first, contents.cover.last) == ((numbers[0], numbers[-1]) if numbers else ("", ""))


def test_pages_go_on_where_the_last_one_ended(volume, plans):
    first = volume(limit=4)
    second = volume(limit=4, after=first.after)
    assert [row[0][:2] for row in first.rows + second.rows] == ["01", "02", "03", "04", "05", "06"]
    assert second.after is None


def test_the_file_has_the_rows_of_the_screen(office, volume, plans):
    table, cover, total = register_books.table(
        office.db, Volume(RegisterForm.OUTGOING, 2021, office.books["KH"]), actor=CLERK, now=NOON)
    assert list(table.rows) == volume().rows
    assert (total, cover.title, table.numbered) == (6, "Sổ đăng ký văn bản đi", True)


@pytest.fixture
def directive(office):
    return office.register(
        direction=Direction.INCOMING, book_id=office.books["đến"], number="05/CT-TTg", kind_id=office.kinds["CT"],
        issuer_id=office.bodies["thu-tuong"], issued_on=date(2021, 6, 1), received_on=date(2021, 6, 3),
        subject="về đẩy mạnh chuyển đổi số", handed_to="Phòng Tổng hợp", handed_on=date(2021, 6, 4),
        reply_due_on=date(2021, 6, 29))


def test_an_incoming_book_has_each_arrival_in_its_ten_cells(volume, directive):
    assert volume(RegisterForm.INCOMING, "đến").rows == [(
        date(2021, 6, 3), "01", "Thủ tướng Chính phủ", "05/CT-TTg", date(2021, 6, 1),
        "Chỉ thị về đẩy mạnh chuyển đổi số", "Phòng Tổng hợp", date(2021, 6, 4), "", "")]


def test_the_follow_up_book_shows_deadline_progress_and_answer(office, volume, directive):
    office.register(direction=Direction.INCOMING, book_id=office.books["đến"], number="9/GM-UBND", kind_id=office.kinds["GM"],
                    received_on=date(2021, 6, 5), issued_on=date(2021, 6, 4), subject="mời họp")
    assert volume(RegisterForm.FOLLOW_UP, "đến").rows == [(
        "01", "Chỉ thị số 05/CT-TTg ngày 01 tháng 6 năm 2021 của Thủ tướng Chính phủ", "Phòng Tổng hợp",
        date(2021, 6, 29), "", "", "")]

    with office.db.begin() as session:
        unit = Unit(name="Phòng Nội chính", name_key="phong noi chinh")
        session.add(unit)
        session.flush()
        unit_id = unit.id
    for task, day in (("Báo cáo", 25), ("Rà soát", 29)):
        obligations.create(office.db, NewObligation(
            document_id=directive, task=task, unit_id=unit_id, printed_on=date(2021, 6, day)), actor=CLERK, at=NOON)
    answer = office.register(number="77/BC-UBND", kind_id=office.kinds["BC"], issued_on=date(2021, 6, 22),
                             references=(Reference(document_id=directive, relation="reports_on"),))
    with office.db() as session:
        first = session.query(Occurrence).order_by(Occurrence.id).first()
    obligations.complete(office.db, first.id, first.version, document_id=answer, actor=CLERK, at=NOON)
    [row] = volume(RegisterForm.FOLLOW_UP, "đến", now=LATER).rows
    assert row[2:] == (
        "1) Phòng Nội chính\n2) Phòng Nội chính", "1) 25/6/2021\n2) 29/6/2021",
        "1) Hoàn thành ngày 22/6/2021, đúng hạn\n2) Chưa thực hiện, quá hạn", "77/BC-UBND", "")


def test_the_post_book_has_what_went_out_in_envelopes_in_the_order_of_days(office, volume):
    office.register(number="12/BC-UBND", kind_id=office.kinds["BC"], issued_on=date(2021, 3, 1),
                    sent_on=date(2021, 3, 9), envelopes=3, recipients="Bộ Nội vụ")
    office.register(number="11/BC-UBND", kind_id=office.kinds["BC"], issued_on=date(2021, 3, 2), envelopes=1,
                    recipients="Bộ Tài chính")
    office.register(number="13/BC-UBND", kind_id=office.kinds["BC"], issued_on=date(2021, 3, 2))
    contents = volume(RegisterForm.POST)
    assert contents.rows == [(date(2021, 3, 2), "11/BC-UBND", "Bộ Tài chính", 1, "", ""),
                             (date(2021, 3, 9), "12/BC-UBND", "Bộ Nội vụ", 3, "", "")]
    assert volume(RegisterForm.POST, since=date(2021, 3, 3)).total == 1


def test_the_post_book_of_a_year_holds_no_other_years_whatever_days_are_given(office, volume):
    for year in (2020, 2021):
        office.register(number="12/BC-UBND", kind_id=office.kinds["BC"], issued_on=date(year, 3, 2), envelopes=3)
    assert volume(RegisterForm.POST, since=date(2020, 1, 1), until=date(2021, 6, 1)).total == 1


def test_what_is_restricted_shows_its_number_alone_to_those_who_may_not_read_it(office, volume):
    office.register(number="", symbol="KH-UBND", book_id=office.books["KH"], restricted=True, subject="kỷ luật cán bộ",
                    signer_name="Lê Văn B", recipients="Phòng Tổ chức", copies=2)
    assert volume(actor=CLERK).rows[0][2] == "Kế hoạch kỷ luật cán bộ"
    assert volume(actor=READER).rows == [
        ("01/KH-UBND", date(2021, 2, 4), "(hạn chế nội bộ)", "", "", "", None, None, "", "")]


def test_a_book_is_printed_in_the_forms_of_its_direction_only(office, volume, plans):
    with pytest.raises(NotPossible, match="form_of_book"):
        volume(RegisterForm.INCOMING, "KH")
    with pytest.raises(NotPossible, match="period_backwards"):
        volume(first=9, last=2)
    with pytest.raises(NotFound):
        register_books.show(office.db, Volume(RegisterForm.OUTGOING, 2021, 99), actor=CLERK, now=NOON)


def test_volumes_of_a_year_are_kept_by_their_numbers_and_do_not_overlap(office):
    wanted = Volume(RegisterForm.OUTGOING, 2021, office.books["KH"], volume="01")

    def keep(**changes) -> list[tuple[str, int, int | None]]:
        book_volumes.keep(office.db, replace(wanted, **changes), actor=CLERK, at=NOON)
        return [(one.name, one.first, one.last) for one in book_volumes.kept(office.db, wanted)]

    assert keep() == [("01", 1, None)]
    assert book_volumes.following(book_volumes.kept(office.db, wanted)) is None, "01 goes on"
    # The next one ends the one before; the same name again is the same volume.
    assert keep(volume="02", first=501, last=900) == [("01", 1, 500), ("02", 501, 900)]
    assert keep(volume="02", first=501, last=999) == [("01", 1, 500), ("02", 501, 999)]
    coming = book_volumes.following(book_volumes.kept(office.db, wanted))
    assert (coming.name, coming.first, coming.last) == ("03", 1000, None)
    for first, last in ((999, None), (1, 1), (400, 600)):
        with pytest.raises(NotPossible, match="volumes_overlap"):
            keep(volume="03", first=first, last=last)
    with pytest.raises(MissingValue):
        keep(volume=" ")
    assert book_volumes.kept(office.db, replace(wanted, year=2022)) == []
    book_volumes.forget(office.db, book_volumes.kept(office.db, wanted)[0].id, actor=CLERK, at=NOON)
    assert [one.name for one in book_volumes.kept(office.db, wanted)] == ["02"]
