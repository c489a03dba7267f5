"""The administrator's pages: people, units, lists, books, the office, the audit trail."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import text

from registry.domain.roles import Role
from registry.services import audit, book_lists, lists, reference, settings, units, users, work_calendar
from tests.web.conftest import PASSWORD

PERSON = {"username": "lan", "full_name": "Đỗ Thị Lan", "role": "clerk", "unit_id": "", "email": "", "phone": ""}


@pytest.fixture
def admin(client_as):
    """A browser in which the administrator is signed in."""
    return client_as(Role.ADMINISTRATOR)


def _once(answer) -> str:
    found = re.search(r'class="password-once">([^<]+)<', answer.text)
    assert found
    return found[1]


def test_a_new_user_signs_in_with_the_password_shown_once(admin, visitor):
    password = _once(admin.post("/users/new", data=PERSON))
    assert visitor.sign_in("lan", password).location == "/"
    assert visitor.get("/").location == "/password"
    assert password not in admin.get("/users").text


@pytest.mark.parametrize(("changes", "sentence"), [
    pytest.param({"username": ""}, "Cần điền mục này", id="no name"),
    pytest.param({"username": "Đỗ Lan"}, "chữ không dấu", id="tone marks"),
    pytest.param({"username": "administrator"}, "Đã có người dùng", id="taken"),
    pytest.param({"role": "king"}, "Không có lựa chọn này", id="no such role"),
    pytest.param({"unit_id": "77"}, "Không có lựa chọn này", id="no such unit"),
    pytest.param({"unit_id": "9" * 30}, "Không có lựa chọn này", id="unit beyond the database"),
    pytest.param({"email": "không phải thư"}, "không đúng dạng", id="no mail address"),
    pytest.param({"full_name": "x" * 1_000_000}, "nhiều nhất 100 ký tự", id="a megabyte"),
    pytest.param({"full_name": "a\x00b"}, "ký tự điều khiển", id="NUL"),
])
def test_a_user_that_cannot_be_is_refused_by_the_field(admin, db, changes, sentence):
    answer = admin.post("/users/new", data={**PERSON, **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(users.find_users(db)) == 1


def test_html_in_a_name_is_text(admin):
    admin.post("/users/new", data={**PERSON, "full_name": "<b onclick=alert(1)>Lan</b>"})
    assert "&lt;b onclick" in admin.get("/users").text


def test_a_change_of_a_user_is_kept_and_recorded_field_by_field(admin, db):
    admin.post("/users/new", data=PERSON)
    lan = next(row.id for row in users.find_users(db, text="do thi lan"))
    admin.post(f"/users/{lan}", data={**PERSON, "username": "khac", "role": "leader", "phone": "0226 3852 000"})
    row = users.get_user(db, lan)
    assert (row.username, row.role, row.phone) == ("lan", Role.LEADER, "0226 3852 000")
    event = audit.find_events(db, audit.EventFilter(object_type="user", object_id=lan)).rows[0]
    assert event.changes == {"role": ["clerk", "leader"], "phone": ["", "0226 3852 000"]}
    assert "Lãnh đạo" in admin.get("/users").text


def test_the_last_administrator_can_be_neither_deactivated_nor_demoted(admin, db):
    me = users.find_users(db)[0].id
    answer = admin.post(f"/users/{me}/active", data={"active": "no"})
    assert answer.status_code == 422
    assert "người quản trị cuối cùng" in answer.text
    answer = admin.post(f"/users/{me}", data={**PERSON, "role": "reader"})
    assert answer.status_code == 422
    assert users.get_user(db, me).role == Role.ADMINISTRATOR


def test_a_user_is_deactivated_and_let_in_again(admin, visitor, client_as, db):
    client_as(Role.READER)
    reader = next(row.id for row in users.find_users(db) if row.role == Role.READER)
    admin.post(f"/users/{reader}/active", data={"active": "no"})
    assert visitor.sign_in("reader").status_code == 422
    assert "Đã ngừng" in admin.get("/users").text
    admin.post(f"/users/{reader}/active", data={"active": "yes"})
    assert visitor.sign_in("reader").status_code == 302


def test_a_password_is_reset_and_shown_once(admin, visitor, client_as, db):
    client_as(Role.READER)
    reader = next(row.id for row in users.find_users(db) if row.role == Role.READER)
    password = _once(admin.post(f"/users/{reader}/password"))
    assert visitor.sign_in("reader", PASSWORD).status_code == 422
    assert visitor.sign_in("reader", password).status_code == 302


def test_units_stand_below_their_parents_and_are_closed(admin, db):
    admin.post("/units/new", data={"name": "Văn phòng", "symbol": "VP", "parent_id": "", "closed_on": ""})
    office = units.find_units(db)[0].id
    admin.post("/units/new", data={"name": "Phòng Kiểm soát", "symbol": "", "parent_id": str(office), "closed_on": ""})
    assert [(row.name, row.depth) for row in units.find_units(db)] == [("Văn phòng", 0), ("Phòng Kiểm soát", 1)]
    below = units.find_units(db)[1].id
    answer = admin.post(f"/units/{office}", data={"name": "Văn phòng", "symbol": "VP", "parent_id": str(below)})
    assert answer.status_code == 422
    assert "cấp dưới của nó" in answer.text
    answer = admin.post("/units/new", data={"name": "van  PHONG", "parent_id": ""})
    assert "Đã có" in answer.text
    admin.post(f"/units/{below}", data={"name": "Phòng Kiểm soát", "symbol": "", "parent_id": str(office),
                                        "closed_on": "01/6/2021"})
    assert "Đã đóng 01/6/2021" in admin.get("/units").text


@pytest.mark.parametrize("day", ["31/02/2021", "00/00/2021", "1/1/0001", "1/1/9999", "hôm qua", "\x00", "9" * 100_000])
def test_a_date_that_cannot_be_is_refused_by_its_field(admin, day):
    answer = admin.post("/units/new", data={"name": "Văn phòng", "parent_id": "", "closed_on": day})
    assert answer.status_code == 422
    assert 'aria-describedby="closed_on-hint closed_on-error"' in answer.text


def test_a_kind_is_added_changed_and_taken_out_of_use(admin, db, shipped):
    form = {"name": "Thư mời", "name_en": "Invitation", "abbreviation": "TM", "position": "900", "active": "y"}
    assert admin.post("/kinds/new", data=form).status_code == 302
    kind = next(row for row in lists.find_kinds(db) if row.name == "Thư mời")
    admin.post(f"/kinds/{kind.id}", data={name: value for name, value in form.items() if name != "active"})
    assert "Thư mời" not in [row.name for row in reference.kinds(db)]
    assert "Đã có" in admin.post("/kinds/new", data={**form, "name": "QUYẾT ĐỊNH"}).text


def test_a_field_of_work_is_added_and_renamed(admin, db):
    assert admin.post("/fields/new", data={"name": "Văn thư", "active": "y"}).status_code == 302
    field = lists.find_fields(db)[0].id
    admin.post(f"/fields/{field}", data={"name": "Văn thư, lưu trữ", "active": "y"})
    assert [row.name for row in reference.fields(db)] == ["Văn thư, lưu trữ"]


def test_a_book_is_added_for_the_body_that_was_typed(admin, db, shipped):
    kinds = {row.name: row.id for row in reference.kinds(db)}
    form = {"name": "Sổ kế hoạch", "direction": "outgoing", "issuer": "ubnd tinh ha nam", "series": "",
            "kind_ids": [str(kinds["Kế hoạch"]), str(kinds["Báo cáo"])], "active": "y"}
    assert admin.post("/book-lists/new", data=form).status_code == 302
    book = book_lists.find_books(db)[0]
    assert book.issuer == "Ủy ban nhân dân tỉnh Hà Nam"
    assert set(book.kinds) == {"Kế hoạch", "Báo cáo"}
    answer = admin.post(f"/book-lists/{book.id}/start", data={"year": "2021", "last_ordinal": "57"})
    assert answer.status_code == 302
    assert "cấp tiếp từ số 58" in admin.get(answer.location).text


@pytest.mark.parametrize(("changes", "sentence"), [
    pytest.param({"issuer": ""}, "Cần điền mục này", id="no issuer"),
    pytest.param({"issuer": "cơ quan không hề có"}, "Không có cơ quan nào tên như vậy", id="unknown"),
    pytest.param({"kind_ids": ["abc"]}, "Không có lựa chọn này", id="no such kind"),
])
def test_a_book_that_cannot_be_is_refused(admin, db, shipped, changes, sentence):
    form = {"name": "Sổ", "direction": "outgoing", "issuer": "Chính phủ", "active": "y", **changes}
    answer = admin.post("/book-lists/new", data=form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not book_lists.find_books(db)


def test_the_office_says_what_it_is(admin, db, shipped):
    form = {"office_name": "UBND tỉnh Hà Nam", "parent_name": "", "place": "Hà Nam",
            "organisation": "UBND tỉnh Hà Nam", "default_issuer": ""}
    assert admin.post("/office", data=form).status_code == 302
    kept = settings.get(db)
    assert kept.place == "Hà Nam"
    assert kept.organisation_id is not None
    assert "Ủy ban nhân dân tỉnh Hà Nam" in admin.get("/office").text


def test_the_audit_trail_is_filtered_and_verified(admin, db):
    admin.post("/fields/new", data={"name": "Văn thư", "active": "y"})
    page = admin.get("/audit?object_type=field").text
    assert "Văn thư" in page
    assert "Đăng nhập sai" not in page.split("</form>")[-1]
    assert admin.post("/audit/verify").status_code == 302
    assert "Nhật ký nguyên vẹn" in admin.get("/audit").text
    with db.begin() as session:
        session.execute(text("UPDATE audit_events SET label = 'x' WHERE seq = 2"))
    admin.post("/audit/verify")
    assert "KHÔNG nguyên vẹn từ sự kiện số 2" in admin.get("/audit").text


@pytest.mark.parametrize("query", ["since=31/02/2021", "object_id=abc", "actor_id=%00", "action=nope", "below=-1"])
def test_a_filter_that_cannot_be_read_says_so(admin, query):
    assert admin.get(f"/audit?{query}").status_code == 422


def test_an_argument_that_means_nothing_here_is_left_alone(admin):
    assert admin.get("/audit?_external=1&_scheme=ftp&_method=POST&_anchor=x").status_code == 200


def test_an_identifier_beyond_the_database_is_no_such_page(admin):
    assert admin.get(f"/users/{2**31}").status_code == 404
    assert admin.get("/users/4711").status_code == 404


def test_the_audit_trail_names_what_it_speaks_of(admin, db):
    admin.post("/units/new", data={"name": "Phòng Tổng hợp"})
    parent = next(one.id for one in reference.units(db) if one.name == "Phòng Tổng hợp")
    admin.post("/units/new", data={"name": "Tổ Văn thư", "parent_id": str(parent)})
    page = admin.get("/audit?object_type=unit").text
    # Once as the new unit's own name, once as what the other one stands under.
    assert len(re.findall(r"Phòng Tổng hợp</div>", page)) == 2


def test_the_office_adds_a_day_off_of_its_own_and_takes_it_back(admin, db):
    answer = admin.post("/work-calendar", data={"day": "24/11/2026", "kind": "off", "name": "Theo thông báo 12/TB"})
    assert answer.location == "/work-calendar?year=2026"
    page = admin.get(answer.location).text
    assert "Theo thông báo 12/TB" in page
    assert not work_calendar.get(db).is_working_day(date(2026, 11, 24))
    assert "Lịch làm việc" in admin.get("/audit?object_type=office_day").text
    admin.post("/work-calendar/remove", data={"day": "2026-11-24"})
    assert work_calendar.get(db).is_working_day(date(2026, 11, 24))


def test_the_calendar_says_what_counts_and_leads_to_the_years_around(admin):
    page = admin.get("/work-calendar?year=2026").text
    assert 'href="/work-calendar?year=2025"' in page
    assert 'href="/work-calendar?year=2027"' in page
    row = re.search(r'<tr class="off">.*?</tr>', page, re.DOTALL)[0]
    assert "24/11/2026" in row
    assert "chưa xác nhận, không tính" in row
    last = admin.get("/work-calendar?year=2027").text
    assert "dự kiến, chưa có quyết định" in last
    assert "year=2028" not in last
    beyond = admin.get("/work-calendar?year=2031").text
    assert "Chưa có lịch nghỉ của năm này" in beyond
    assert 'href="/work-calendar?year=2027"' in beyond


@pytest.mark.parametrize(("changes", "sentence"), [
    pytest.param({"day": ""}, "Cần điền mục này", id="no day"),
    pytest.param({"day": "31/02/2026"}, 'id="day-error"', id="no such day"),
    pytest.param({"day": "24/11/2099"}, "lịch có các năm từ 2015 đến", id="year without a calendar"),
    pytest.param({"kind": "half"}, "Không có lựa chọn này", id="neither off nor worked"),
])
def test_a_day_that_cannot_be_counted_is_refused(admin, db, changes, sentence):
    answer = admin.post("/work-calendar", data={"day": "24/11/2026", "kind": "off", "name": "", **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not work_calendar.get_year(db, 2026).own


@pytest.mark.parametrize("day", ["", "abc", "24/11/2026"])
def test_removing_no_day_is_no_such_page(admin, day):
    assert admin.post("/work-calendar/remove", data={"day": day}).status_code == 404
    assert admin.post("/work-calendar/remove", data={"day": "2026-11-24"}).status_code == 404


def test_the_head_of_a_unit_is_named_and_needs_the_unit(admin, db):
    answer = admin.post("/users/new", data={**PERSON, "heads_unit": "y"})
    assert answer.status_code == 422
    assert "đơn vị mà người này đứng đầu" in answer.text
    admin.post("/units/new", data={"name": "Phòng Tổng hợp"})
    unit = units.find_units(db)[0].id
    admin.post("/users/new", data={**PERSON, "unit_id": str(unit), "heads_unit": "y"})
    lan = users.find_users(db, text="do thi lan")[0]
    assert lan.heads_unit
    assert "Trưởng đơn vị" in admin.get("/users").text
    admin.post(f"/users/{lan.id}", data={**PERSON, "unit_id": str(unit)})
    event = audit.find_events(db, audit.EventFilter(object_type="user", object_id=lan.id)).rows[0]
    assert event.changes == {"heads_unit": [True, False]}


def test_the_office_decides_how_before_a_day_is_read(admin, db, shipped):
    assert "checked" in re.search(r'<input[^>]*id="before_is_strict"[^>]*>', admin.get("/office").text)[0]
    admin.post("/office", data={"office_name": "UBND tỉnh Hà Nam"})
    assert not settings.get(db).before_is_strict
    assert "hết hôm trước" in admin.get("/audit?object_type=settings").text
    admin.post("/office", data={"office_name": "UBND tỉnh Hà Nam", "before_is_strict": "y"})
    assert settings.get(db).before_is_strict
