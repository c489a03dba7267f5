"""Issuing bodies: looked through, corrected, linked, merged."""

from __future__ import annotations

import pytest

from registry.domain.roles import Role
from registry.services import audit, organisations, organisations_admin
from registry.services.actors import at_the_machine
from registry.services.documents import get_document
from registry.services.organisations_admin import OrganisationData
from tests.conftest import NOON
from tests.factories import CLERK

ADMIN = at_the_machine(Role.ADMINISTRATOR)


def _form(db, body_id, **changes):
    page = organisations_admin.get_organisation(db, body_id)
    data = {name: getattr(page.data, name) for name in (
        "name", "short_name", "aliases", "symbol", "interchange_code", "level", "place", "basis")}
    return {**data, "parent": page.parent, "valid_from": "", "valid_to": "", **changes}


def _grown(db, name):
    """A body that grew by use."""
    with db.begin() as session:
        return organisations.find_or_create(session, name, on=None, actor=CLERK, at=NOON).id


def test_bodies_are_found_without_tone_marks_and_by_symbol(client_as, office):
    person = client_as(Role.CLERK)
    assert "Ủy ban nhân dân tỉnh Hà Nam" in person.get("/organisations?q=ubnd+ha+nam").text
    assert "Văn phòng Chính phủ" in person.get("/organisations?q=vpcp").text
    assert "Không có cơ quan nào phù hợp" in person.get("/organisations?q=khong+he+co").text


def test_the_list_is_paged_through_to_its_end(client_as, office, db):
    person = client_as(Role.CLERK)
    seen, address = 0, "/organisations?living=y"
    while address:
        page = person.get(address).text
        seen += page.count("/organisations/") - page.count("/organisations/new") - page.count("/organisations/export")
        found = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
        address = found
    assert seen == organisations_admin.find_organisations(db, only_living=True).total


def test_what_grew_by_use_waits_for_review_and_leaves_the_list_when_looked_at(client_as, office, db):
    body = _grown(db, "Ban Quản lý khu Tam Chúc")
    person = client_as(Role.CLERK)
    assert "Ban Quản lý khu Tam Chúc" in person.get("/organisations?review=y").text
    person.post(f"/organisations/{body}/reviewed")
    assert "Ban Quản lý khu Tam Chúc" not in person.get("/organisations?review=y").text


def test_a_corrected_body_is_found_by_its_new_names(client_as, office, db):
    body = _grown(db, "Ban QL khu Tam Chuc")
    answer = client_as(Role.CLERK).post(f"/organisations/{body}", data=_form(
        db, body, name="Ban Quản lý khu Tam Chúc", short_name="BQL Tam Chúc", symbol="BQLTC", parent="ubnd ha nam"))
    assert answer.status_code == 302
    assert [one.id for one in organisations.suggest(db, "bql tam chuc")][:1] == [body]
    page = organisations_admin.get_organisation(db, body)
    assert page.parent.startswith("Ủy ban nhân dân tỉnh Hà Nam")
    assert not page.needs_review
    event = audit.find_events(db, audit.EventFilter(object_type="organisation", object_id=body)).rows[0]
    assert event.changes["name"] == ["Ban QL khu Tam Chuc", "Ban Quản lý khu Tam Chúc"]


@pytest.mark.parametrize(("changes", "sentence"), [
    pytest.param({"name": ""}, "Cần điền mục này", id="no name"),
    pytest.param({"valid_from": "02/7/2025", "valid_to": "01/7/2025"}, "không thể trước ngày bắt đầu", id="dates"),
    pytest.param({"parent": "cơ quan không hề có"}, "Không có cơ quan nào", id="unknown parent"),
    pytest.param({"parent": "Ban thử"}, "cấp dưới của nó", id="its own parent"),
    pytest.param({"level": "kingdom"}, "Không có lựa chọn này", id="no such level"),
    pytest.param({"aliases": "x" * 1_000_000}, "nhiều nhất 1000 ký tự", id="a megabyte"),
])
def test_a_body_that_cannot_be_is_refused_by_the_field(client_as, office, db, changes, sentence):
    body = _grown(db, "Ban thử")
    answer = client_as(Role.CLERK).post(f"/organisations/{body}", data=_form(db, body, **changes))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert organisations_admin.get_organisation(db, body).needs_review


def test_a_successor_is_linked_shown_and_taken_back(client_as, office, db):
    before, after = _grown(db, "Sở Thử nghiệm Một"), _grown(db, "Sở Thử nghiệm Hai")
    person = client_as(Role.CLERK)
    form = {"successor": "so thu nghiem hai", "on": "01/3/2021", "manner": "merged"}
    assert person.post(f"/organisations/{before}/successors", data=form).status_code == 302
    page = person.get(f"/organisations/{before}").text
    assert "Nay là" in page
    assert "Sở Thử nghiệm Hai" in page
    answer = person.post(f"/organisations/{after}/successors", data={**form, "successor": "Sở Thử nghiệm Một"})
    assert answer.status_code == 422
    assert "vòng lại" in answer.text
    link = organisations_admin.get_organisation(db, before).successors[0].id
    person.post(f"/organisations/{before}/successions/{link}/remove")
    assert not organisations_admin.get_organisation(db, before).successors


def test_a_merged_duplicate_gives_its_documents_and_names_to_the_right_body(client_as, office, db):
    wrong = _grown(db, "UBND tinh HNam")
    kept = office.register()
    moved = office.register(issuer_id=wrong, number="99/KH-UBND")
    same = office.register(issuer_id=wrong, number="325/KH-UBND", subject="ngân sách năm 2021 của các huyện")
    answer = client_as(Role.CLERK).post(f"/organisations/{wrong}/merge", data={"into": "ubnd ha nam"})
    assert answer.status_code == 302
    for document in (kept, moved, same):
        assert get_document(db, document, actor=CLERK).row.issuer_id == office.committee
    assert organisations.suggest(db, "UBND tinh HNam")[0].id == office.committee
    assert audit.verify(db).whole


def test_a_shipped_body_is_never_merged_away(client_as, office, db):
    answer = client_as(Role.CLERK).post(f"/organisations/{office.committee}/merge", data={"into": "Chính phủ"})
    assert answer.status_code == 422
    assert "có sẵn trong danh mục" in answer.text


def test_an_organisation_that_several_names_fit_is_asked_for(client_as, office, db):
    one = organisations_admin.save_organisation(db, None, OrganisationData("Sở Lặp lại"), actor=ADMIN, at=NOON)
    organisations_admin.save_organisation(db, None, OrganisationData("Sở Lặp lại"), actor=ADMIN, at=NOON)
    answer = client_as(Role.CLERK).post(f"/organisations/{one}/merge", data={"into": "so lap lai"})
    assert answer.status_code == 422
    assert "Chưa rõ cơ quan nào" in answer.text
