"""Links: what a text cites becomes links to documents, and stays as a person left it."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select

from registry.domain.values import Direction
from registry.models import AuditEvent, Citation, Document, ValidityMark, WaitingCitation
from registry.services import audit, documents, link_care
from registry.services.document_rows import Reference
from registry.services.linking import read_new
from registry.services.registration import change_document, enter
from registry.services.rereading import read_again
from tests.conftest import NOON
from tests.factories import CLERK

DIRECTIVE = "Quyết định số 21/QĐ-TTg ngày 06/01/2021 của Thủ tướng Chính phủ"
PLAN = f"KẾ HOẠCH\nCăn cứ Luật Đất đai năm 2024.\nThực hiện {DIRECTIVE}, UBND tỉnh ban hành kế hoạch."


def page(office, document_id):
    return documents.get_document(office.db, document_id, actor=CLERK)


def cites(office, document_id):
    return [(one.number, one.relation) for one in page(office, document_id).cites]


def change(office, document_id, **changes):
    change_document(office.db, document_id, page(office, document_id).version, office.new_document(**changes),
                    actor=CLERK, at=NOON)


def waiting(office):
    with office.db() as session:
        return session.scalars(select(WaitingCitation).order_by(WaitingCitation.id)).all()


def decision(office, **changes):
    return office.register(**{
        "direction": Direction.INCOMING, "kind_id": office.kinds["QĐ"], "number": "21/QĐ-TTg",
        "issued_on": date(2021, 1, 6), "issuer_id": office.bodies["thu-tuong"], "received_on": date(2021, 1, 10),
        "subject": "phê duyệt Đề án an toàn thông tin", **changes})


def test_what_the_text_cites_is_linked_on_registration_with_its_place_and_words(office):
    text = f"KẾ HOẠCH\nThực hiện {DIRECTIVE}, UBND tỉnh ban hành kế hoạch."
    (cited,) = page(office, office.register(text=text)).cites
    assert (cited.number, cited.relation, cited.direction, cited.issuer) == (
        "21/QĐ-TTg", "implements", "external", "Thủ tướng Chính phủ")
    assert text[cited.start:cited.end] == cited.quote == DIRECTIVE


def test_what_is_registered_is_found_by_number_date_and_issuer(office):
    held = decision(office)
    (cited,) = page(office, office.register(text=f"Thực hiện {DIRECTIVE}.")).cites
    assert cited.document_id == held


def test_the_cited_document_registered_later_is_the_one_cited_before(office):
    plan = office.register(text=f"Thực hiện {DIRECTIVE}.")
    held = decision(office)
    (cited,) = page(office, plan).cites
    assert (cited.document_id, cited.direction) == (held, "incoming")


def test_the_subject_cites_where_the_text_does_not(office):
    plan = office.register(subject=f"triển khai {DIRECTIVE}")
    (cited,) = page(office, plan).cites
    assert (cited.number, cited.relation, cited.start) == ("21/QĐ-TTg", "implements", None)


def test_a_document_does_not_cite_itself(office):
    assert cites(office, office.register(text="KẾ HOẠCH\nKế hoạch số 325/KH-UBND ngày 04/02/2021 của UBND tỉnh Hà Nam")) == []


def test_a_changed_text_changes_what_is_cited(office):
    plan = office.register(text=f"Thực hiện {DIRECTIVE}.")
    change(office, plan, text="Thực hiện Chỉ thị số 12/CT-TTg ngày 12/01/2021 của Thủ tướng Chính phủ.")
    assert cites(office, plan) == [("12/CT-TTg", "implements")]
    change(office, plan, text="")
    assert cites(office, plan) == []


def test_two_documents_that_may_be_meant_wait_for_a_person(office):
    for body in ("ubnd-ha-nam", "ubnd-ninh-binh"):
        office.register(number="12/2020/KH-UBND", issued_on=date(2020, 3, 1), issuer_id=office.bodies[body], confirmed=True)
    plan = decision(office, text="Theo Kế hoạch số 12/2020/KH-UBND ngày 01/3/2020 của UBND tỉnh.")
    assert cites(office, plan) == []
    (row,) = waiting(office)
    assert len(row.candidates) == 2


def test_the_provinces_own_committee_is_meant_where_the_text_says_the_province_only(office):
    own = office.register(number="12/2020/KH-UBND", issued_on=date(2020, 3, 1), confirmed=True)
    office.register(number="12/2020/KH-UBND", issued_on=date(2020, 3, 1), issuer_id=office.bodies["ubnd-ninh-binh"], confirmed=True)
    plan = office.register(text="Theo Kế hoạch số 12/2020/KH-UBND ngày 01/3/2020 của UBND tỉnh.")
    assert [one.document_id for one in page(office, plan).cites] == [own]


def test_nothing_cites_the_future(office):
    plan = office.register(text="Thực hiện Quyết định số 21/QĐ-TTg ngày 06/01/2025 của Thủ tướng Chính phủ.")
    assert cites(office, plan) == []
    assert len(waiting(office)) == 1


def test_what_waited_is_resolved_when_the_document_is_registered(office):
    plan = office.register(text="Thực hiện Quyết định số 30/2020/QĐ-TTg ngày 06/01/2020 của Thủ tướng Chính phủ.")
    external = page(office, plan).cites[0].document_id
    other = office.register(number="400/KH-UBND", text="Thực hiện Quyết định số 30/2020/QĐ-TTg ngày 07/01/2020 của Thủ tướng Chính phủ.")
    assert cites(office, other) == []
    assert [row.candidates for row in waiting(office)] == [[external]]
    held = decision(office, number="30/2020/QĐ-TTg", issued_on=date(2020, 1, 7), received_on=date(2020, 1, 10),
                    duplicate_reason="cùng số", confirmed=True)
    assert [one.document_id for one in page(office, other).cites] == [held]


def test_typed_and_read_are_one_link_and_the_typed_one_gets_the_place(office):
    text = f"Căn cứ {DIRECTIVE}."
    plan = office.register(text=text, references=(Reference(
        number="21/QĐ-TTg", issued_on=date(2021, 1, 6), relation="implements"),))
    (cited,) = page(office, plan).cites
    assert (cited.relation, cited.typed, text[cited.start:cited.end]) == ("implements", True, DIRECTIVE)


def test_the_form_never_takes_away_what_was_read(office):
    plan = office.register(text=f"Thực hiện {DIRECTIVE}.")
    change(office, plan, text=f"Thực hiện {DIRECTIVE}.", subject="khác")
    assert cites(office, plan) == [("21/QĐ-TTg", "implements")]


def test_a_typed_link_taken_away_is_not_brought_back_by_the_text(office):
    typed = (Reference(number="21/QĐ-TTg", issued_on=date(2021, 1, 6), relation="implements"),)
    plan = office.register(text=f"Thực hiện {DIRECTIVE}.", references=typed)
    change(office, plan, text=f"Thực hiện {DIRECTIVE}.")
    assert cites(office, plan) == []
    change(office, plan, text=f"Thực hiện {DIRECTIVE}. Hết.")
    assert cites(office, plan) == []


def test_reading_writes_one_event_and_the_externals_reach_the_search_index(office):
    plan = office.register(text=PLAN)
    events = audit.find_events(office.db, audit.EventFilter(object_type="document", object_id=plan)).rows
    assert [event.action for event in events] == ["read_links", "create"]
    assert audit.verify(office.db).whole


def test_a_replacing_document_marks_what_it_replaces_from_the_day_it_takes_effect(office):
    old = office.register(number="12/2018/QĐ-UBND", kind_id=office.kinds["QĐ"], issued_on=date(2018, 4, 3))
    office.register(number="15/2021/QĐ-UBND", kind_id=office.kinds["QĐ"], text=(
        "Quyết định này có hiệu lực kể từ ngày 15 tháng 02 năm 2021 và thay thế Quyết định số 12/2018/QĐ-UBND "
        "ngày 03/4/2018 của UBND tỉnh Hà Nam."))
    with office.db() as session:
        (mark,) = session.scalars(select(ValidityMark)).all()
    assert (mark.document_id, mark.effect, mark.from_on) == (old, "replaced", date(2021, 2, 15))


def test_bodies_that_are_not_in_the_list_are_noted_not_made(office):
    plan = office.register(text="Theo Quyết định số 12/QĐ-XYZ ngày 03/4/2020 của Trung tâm Quan trắc Kim Bảng.")
    with office.db() as session:
        cited = session.get_one(Document, session.scalars(select(Citation.cited_id).where(Citation.citing_id == plan)).one())
    assert cited.issuer_id is None
    assert "Trung tâm Quan" in cited.notes


def test_a_number_without_year_is_doubtful_and_stays_linked_when_read_again(office):
    body = "Theo Công văn số 15/UBND-VP."
    plan = office.register(text=body)
    (first,) = page(office, plan).cites
    assert first.doubtful
    change(office, plan, text=body, subject="trích yếu khác")
    assert [one.citation_id for one in page(office, plan).cites] == [first.citation_id]
    assert waiting(office) == []


# -- reading again -----------------------------------------------------------------------------------

_SENTENCES = (
    f"Thực hiện {DIRECTIVE}.", "Căn cứ Luật Đất đai năm 2024.", "Căn cứ Luật Đầu tư công ngày 13 tháng 6 năm 2019;",
    "Theo Kế hoạch số 12/2020/KH-UBND ngày 01/3/2020 của UBND tỉnh.", "Theo Công văn số 15/UBND-VP.",
    "Bãi bỏ khoản 2 Điều 1 Quyết định số 13/2018/QĐ-UBND ngày 03/4/2018 của UBND tỉnh Hà Nam.",
    "Thay thế Quyết định số 13/2018/QĐ-UBND ngày 03/4/2018.", "Thực hiện Quyết định số 21/QĐ-TTg.",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ, Nghị định số 30/2020/NĐ-CP ngày 06/3/2020;",
    "Thực hiện Chỉ thị số 12/CT-TTg ngày 12/01/2031 của Thủ tướng Chính phủ.", "Nghỉ.",
)
_NUMBERS = iter(range(1000, 9000))


def state(session):
    """All that links are, without ids, which a row made again would change."""
    return (
        [(row.id, row.cited_id, row.relation, row.relation_read, row.origin, row.start, row.end, row.quote, row.doubtful,
          row.dismissed_at, row.confirmed_at) for row in session.scalars(select(Citation).order_by(Citation.id))],
        [(row.id, row.state, row.number, row.start, row.candidates, row.cited_id)
         for row in session.scalars(select(WaitingCitation).order_by(WaitingCitation.id))],
        [(row.id, row.document_id, row.effect, row.from_on) for row in session.scalars(
            select(ValidityMark).order_by(ValidityMark.id))],
        session.scalar(select(func.count()).select_from(Document)),
        session.scalar(select(func.max(AuditEvent.id))),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sentences=st.lists(st.sampled_from(_SENTENCES), max_size=8), touched=st.integers(0, 5))
def test_reading_twice_is_reading_once(office, sentences, touched):
    body = " ".join(sentences)
    plan = office.register(number=f"{next(_NUMBERS)}/KH-UBND", text=body)
    links = page(office, plan).cites
    for at, one in enumerate(links[:touched]):
        if at % 3 == 0:
            link_care.dismiss(office.db, plan, one.citation_id, actor=CLERK, at=NOON)
        elif at % 3 == 1:
            link_care.correct(office.db, plan, one.citation_id, "urges", actor=CLERK, at=NOON)
        else:
            link_care.confirm(office.db, plan, one.citation_id, actor=CLERK, at=NOON)
    states = []
    for _ in range(2):
        with office.db.begin() as session:
            read_new(session, [(session.get_one(Document, plan), body)], actor=CLERK, at=NOON)
        with office.db() as session:
            states.append(state(session))
    assert states[0] == states[1]


def test_what_an_import_left_out_is_read_later_and_a_cut_run_goes_on(office):
    for at in range(3):
        with office.db.begin() as session:
            enter(session, office.new_document(number=f"{at + 1}/KH-UBND", text=f"Thực hiện {DIRECTIVE}."),
                  actor=CLERK, at=NOON, links=False)

    class Stop(Exception):
        pass

    def stop(_):
        raise Stop

    with pytest.raises(Stop):
        read_again(office.db, actor=CLERK, at=NOON, on_progress=stop)
    assert read_again(office.db, actor=CLERK, at=NOON).resumed
    assert not read_again(office.db, actor=CLERK, at=NOON).resumed
    with office.db() as session:
        assert session.scalar(select(func.count()).select_from(Citation)) == 3
        assert session.scalar(select(func.count()).select_from(Document).where(Document.direction == "external")) == 1


def test_two_transactions_that_cite_the_same_unknown_document_make_one(office, engine):
    """The first has entered the external and waits; the second reads meanwhile."""
    entered, done = threading.Event(), threading.Event()
    failed = []

    def second():
        try:
            entered.wait(10)
            office.register(number="2/KH-UBND", text="Theo Công văn số 99/ABC-XYZ ngày 05/01/2021.")
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=second)
    thread.start()
    with office.db.begin() as session:
        enter(session, office.new_document(number="1/KH-UBND", text="Theo Công văn số 99/ABC-XYZ ngày 05/01/2021."),
              actor=CLERK, at=NOON)
        session.flush()
        entered.set()
        done.wait(0.5)
    thread.join(30)
    assert failed == []
    with office.db() as session:
        assert session.scalar(select(func.count()).select_from(Document).where(Document.direction == "external")) == 1
        assert session.scalar(select(func.count()).select_from(Citation)) == 2


def test_a_long_text_costs_a_bounded_number_of_statements(office, engine):
    def statements(count):
        seen = []
        body = "\n".join(f"Căn cứ Quyết định số {at}/QĐ-TTg ngày 06/01/2020 của Thủ tướng Chính phủ;" for at in range(count))

        def listener(*args):
            if args[2].startswith("SELECT"):  # SQLite inserts row by row
                seen.append(args[2])

        event.listen(engine, "before_cursor_execute", listener)
        office.register(number=f"{count}/KH-UBND", text=body)
        event.remove(engine, "before_cursor_execute", listener)
        return len(seen)

    office.register(number="1/KH-UBND")
    few, many = statements(5), statements(400)
    assert many <= few + 4
