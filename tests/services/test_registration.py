"""Registering and changing documents, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from registry.domain.errors import (
    BadDocumentNumber,
    ChangedMeanwhile,
    DateInFuture,
    DatesOutOfOrder,
    DuplicateDocument,
    MissingValue,
    NeedsConfirmation,
    NumberHeldByBook,
    SecretDocument,
    TooLong,
)
from registry.domain.values import Direction
from registry.services import audit, document_life, document_lists, documents
from registry.services.document_rows import Reference
from registry.services.registration import change_document, register_document
from tests.conftest import NOON
from tests.factories import CLERK, READER


def page(office, document_id, actor=CLERK):
    return documents.get_document(office.db, document_id, actor=actor)


def test_a_registered_document_is_shown_as_it_was_entered(office):
    document_id = office.register(signer_name="Nguyễn Văn A", recipients="Các sở\nUBND huyện", notes="gấp")
    shown = page(office, document_id)
    assert shown.row.number == "325/KH-UBND"
    assert shown.row.kind == "Kế hoạch"
    assert shown.row.issuer == "Ủy ban nhân dân tỉnh Hà Nam"
    assert shown.row.recipients == "Các sở\nUBND huyện"
    assert (shown.row.signer, shown.notes) == ("Nguyễn Văn A", "gấp")


def test_the_same_number_of_an_issuer_and_year_cannot_be_entered_twice(office):
    first = office.register()
    with pytest.raises(DuplicateDocument) as caught:
        office.register(number=" Số: 0325 / kh–ubnd", subject="khác hẳn")
    assert caught.value.existing_id == first


@pytest.mark.parametrize("changes", [
    pytest.param({"issued_on": date(2020, 2, 4)}, id="another year"),
    pytest.param({"number": "326/KH-UBND"}, id="another numeral"),
    pytest.param({"number": "325a/KH-UBND"}, id="a number in between"),
    pytest.param({"duplicate_reason": "đánh trùng số, đã báo cáo"}, id="a reason is given"),
])
def test_what_is_another_document_is_registered(office, changes):
    assert office.register() != office.register(**changes)


def test_another_issuer_may_have_the_same_number(office):
    assert office.register() != office.register(issuer_id=office.bodies["ubnd-ninh-binh"])


def test_a_second_click_on_save_finds_the_first_document(office):
    new = office.new_document(request_id="0b8f4c7e-0000-4000-8000-000000000001")
    first = register_document(office.db, new, actor=CLERK, at=NOON)
    assert register_document(office.db, new, actor=CLERK, at=NOON) == first


@pytest.mark.parametrize(("changes", "error", "field"), [
    pytest.param({"subject": "  "}, MissingValue, "subject", id="no subject"),
    pytest.param({"subject": "x" * 6000}, TooLong, "subject", id="subject too long"),
    pytest.param({"number": "kế hoạch"}, BadDocumentNumber, "number", id="number unreadable"),
    pytest.param({"issued_on": date(2021, 6, 23)}, DateInFuture, "issued_on", id="tomorrow"),
    pytest.param({"issued_on": None}, MissingValue, "issued_on", id="outgoing without date"),
    pytest.param({"direction": Direction.INCOMING, "received_on": date(2021, 2, 3)}, DatesOutOfOrder,
                 "received_on", id="received before issued"),
    pytest.param({"text": "ỦY BAN NHÂN DÂN\nTỐI MẬT\nKế hoạch"}, SecretDocument, None, id="secret"),
])
def test_what_is_wrong_is_refused_and_nothing_is_kept(office, changes, error, field):
    with pytest.raises(error) as caught:
        office.register(**changes)
    assert caught.value.field == field
    assert document_lists.find_documents(office.db, document_lists.DocumentFilter(), actor=CLERK).rows == []
    assert audit.verify(office.db).events == int(error is SecretDocument)


def test_a_secret_document_leaves_who_and_when_and_nothing_of_itself(office):
    with pytest.raises(SecretDocument):
        office.register(subject="bố trí lực lượng", text="SỞ A\nTUYỆT MẬT\nbố trí", notes="kín")
    (event,) = audit.find_events(office.db, audit.EventFilter()).rows
    assert (event.action, event.actor, event.label) == ("refuse_secret", "Văn thư", "")
    assert list(event.changes) == ["rule"]


@pytest.mark.parametrize(("changes", "code"), [
    pytest.param({"number": "325/QĐ-UBND"}, "kind_differs", id="QĐ but a plan is chosen"),
    pytest.param({"issued_on": date(2025, 7, 2)}, "issuer_not_then", id="Hà Nam after it went into Ninh Bình"),
    pytest.param({"number": "07/2020/KH-UBND"}, "year_differs", id="2020 in the number, 2021 in the date"),
])
def test_what_is_unusual_is_saved_once_it_is_confirmed(office, changes, code):
    later = NOON.replace(year=2026)
    with pytest.raises(NeedsConfirmation) as caught:
        office.register(**changes, at=later)
    assert [warning.code for warning in caught.value.warnings] == [code]
    assert office.register(**changes, confirmed=True, at=later)


def test_a_cited_directive_becomes_one_with_the_document_registered_later(office):
    prime_minister = office.bodies["thu-tuong"]
    directive = {"number": "21/QĐ-TTg", "issued_on": date(2021, 1, 6), "issuer_id": prime_minister}
    plan = office.register(references=(Reference(**directive, relation="implements"),))
    cited = page(office, plan).cites[0]
    assert (cited.number, cited.direction, cited.relation) == ("21/QĐ-TTg", "external", "implements")

    held = office.register(direction=Direction.INCOMING, kind_id=office.kinds["QĐ"], received_on=date(2021, 1, 10),
                           subject="phê duyệt Đề án an toàn thông tin", **directive)
    assert held == cited.document_id
    assert page(office, held).row.direction == "incoming"
    assert [one.document_id for one in page(office, held).cited_by] == [plan]


def test_two_documents_that_cite_the_same_directive_share_it(office):
    cited = (Reference(number="21/QĐ-TTg", issued_on=date(2021, 1, 6)),)
    first = office.register(references=cited)
    second = office.register(number="326/KH-UBND", references=cited)
    assert page(office, first).cites[0].document_id == page(office, second).cites[0].document_id


def test_a_change_is_kept_with_its_history(office):
    document_id = office.register()
    change_document(office.db, document_id, 1, office.new_document(subject="trích yếu mới"), actor=CLERK,
                    at=NOON + timedelta(hours=1))
    assert page(office, document_id).row.subject == "trích yếu mới"
    latest = documents.get_history(office.db, document_id, actor=CLERK)[0]
    assert latest.action == "update"
    assert latest.changes == {"subject": [
        "ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước", "trích yếu mới"]}


def test_a_change_of_an_older_version_is_refused(office):
    document_id = office.register()
    change_document(office.db, document_id, 1, office.new_document(subject="một"), actor=CLERK, at=NOON)
    with pytest.raises(ChangedMeanwhile):
        change_document(office.db, document_id, 1, office.new_document(subject="hai"), actor=CLERK, at=NOON)
    assert page(office, document_id).row.subject == "một"


def test_a_change_cannot_take_the_number_of_another_document(office):
    office.register()
    second = office.register(number="326/KH-UBND")
    with pytest.raises(DuplicateDocument):
        change_document(office.db, second, 1, office.new_document(), actor=CLERK, at=NOON)


def test_a_number_given_by_a_book_stays(office):
    document_id = office.register(number="", symbol="KH-UBND", book_id=office.books["KH"])
    with pytest.raises(NumberHeldByBook):
        change_document(office.db, document_id, 1, office.new_document(number="99/KH-UBND"), actor=CLERK, at=NOON)
    change_document(office.db, document_id, 1, office.new_document(number="01/KHPH-UBND", confirmed=True),
                    actor=CLERK, at=NOON)
    assert page(office, document_id).row.number == "01/KHPH-UBND"


def test_references_are_replaced_by_a_change(office):
    document_id = office.register(references=(Reference(number="21/QĐ-TTg", issued_on=date(2021, 1, 6)),))
    change_document(office.db, document_id, 1, office.new_document(
        references=(Reference(number="12/CT-TTg", issued_on=date(2021, 5, 12), relation="implements"),)),
        actor=CLERK, at=NOON)
    assert [(one.number, one.relation) for one in page(office, document_id).cites] == [("12/CT-TTg", "implements")]


def test_cancelling_keeps_the_number_used_and_restoring_brings_the_entry_back(office):
    document_id = office.register(number="", symbol="KH-UBND", book_id=office.books["KH"])
    document_life.cancel(office.db, document_id, 1, "ban hành nhầm", actor=CLERK, at=NOON)
    assert page(office, document_id).row.status == "cancelled"
    following = office.register(number="", symbol="KH-UBND", book_id=office.books["KH"], subject="việc khác")
    assert page(office, following).row.number == "02/KH-UBND"
    document_life.restore(office.db, document_id, 2, "", actor=CLERK, at=NOON)
    assert page(office, document_id).row.status == "active"
    assert [event.action for event in documents.get_history(office.db, document_id, actor=CLERK)] == [
        "restore", "cancel", "create"]


def test_a_restricted_document_is_hidden_from_a_reader_everywhere(office):
    from registry.domain.errors import NotFound
    from registry.services.lookup import find_by_number

    document_id = office.register(restricted=True)
    assert document_lists.find_documents(office.db, document_lists.DocumentFilter(), actor=READER).total == 0
    assert find_by_number(office.db, "325", actor=READER) == []
    with pytest.raises(NotFound):
        page(office, document_id, actor=READER)
    assert page(office, document_id).row.restricted
