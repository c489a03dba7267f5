"""Whatever is sent to the pages of documents and books: a clear answer, never a fault, nothing half saved."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from registry.domain.roles import Role
from registry.models import AuditEvent, BookEntry, Document, Organisation
from registry.services import documents
from tests.factories import CLERK
from tests.web.test_documents import form_of

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)
HUGE = "9" * 30
MEGABYTE = "ô" * 1_000_000
FORTY_SLASHES = "12" + "/QĐ" * 40
TEXT_FIELDS = ("issuer", "number", "symbol", "subject", "signer_name", "signer_position", "recipients", "handed_to",
               "archive_unit", "language", "notes", "duplicate_reason", "insert_reason", "ref_number")
DATE_FIELDS = ("issued_on", "received_on", "handed_on", "reply_due_on", "sent_on")
HIDDEN_FIELDS = ("request_id", "direction", "issuer_id", "ref_id", "ref_relation", "book_id", "kind_id", "field_id",
                 "urgency", "copies", "envelopes", "pages", "confirmed", "restricted", "version")
NASTY = ("\x00", "a\x00b", "\x1b[31m", "\u202eNAM\u202c", "Quye\u0302\u0301t", "<script>alert(1)</script>",
         "'; DROP TABLE documents; --", FORTY_SLASHES, HUGE, "-1", "%", "\\", "١٢", "²", "\ufeff", "null")

NO_DAYS = ("31/02/2021", "00/00/2021", "00/00", "01/01/0001", "31/12/9999", "32/13/2021", "1/1/99999999999", "hôm qua",
           "２/２/2021x")


@pytest.fixture
def clerk(office, client_as):
    return client_as(Role.CLERK)


def counted(office):
    """How many rows there are of all that a registration writes."""
    with office.db() as session:
        return [session.scalar(select(func.count()).select_from(table))
                for table in (Document, BookEntry, Organisation, AuditEvent)]


def send(clerk, office, **changes):
    form = safe(form_of(office, **changes))
    if "ref_number" in form or "ref_id" in form or "ref_relation" in form:
        form = {"ref_relation": "cites", "ref_number": "21/QĐ-TTg", "ref_id": "", **form}
    return clerk.post("/documents/new", data=form)


def assert_whole(response, before, after):
    """Either it is saved, or it is refused with a reason and nothing is written."""
    assert response.status_code in {302, 400, 413, 422}
    if response.status_code != 302:
        assert after == before
        assert "Chưa lưu" in response.text or response.status_code in {400, 413}


@pytest.mark.parametrize("name", [*TEXT_FIELDS, *DATE_FIELDS, "text"])
def test_what_a_field_cannot_hold_is_refused_by_the_field(clerk, office, name):
    for value in (MEGABYTE, "a\x00b", "a\x1bb"):
        if name == "text" and value == MEGABYTE:
            continue  # a megabyte is a full text
        before = counted(office)
        response = send(clerk, office, **{name: value})
        assert response.status_code == 422
        assert len(response.data) < 600_000
        if name != "ref_number":
            assert f'href="#{name}"' in response.text
        assert counted(office) == before


@pytest.mark.parametrize("name", DATE_FIELDS)
def test_a_day_that_does_not_exist_is_refused_by_the_field(clerk, office, name):
    for value in NO_DAYS:
        direction = {"direction": "incoming"} if name in {"received_on", "handed_on"} else {}
        before = counted(office)
        response = send(clerk, office, **{name: value}, **direction)
        assert response.status_code == 422
        assert f'id="{name}-error"' in response.text
        assert f'value="{value}"' in response.text
        assert counted(office) == before


@pytest.mark.parametrize("value", ["<b>đậm</b> & <script>alert(1)</script>", "'; DROP TABLE documents; --",
                                   "\u202eđảo chiều\u202c", "Quye\u0302\u0301t đi\u0323nh về việc"])
def test_strange_text_is_kept_as_text_and_shown_as_text(clerk, office, value):
    response = send(clerk, office, subject=value, notes=value, recipients=value)
    assert response.status_code == 302
    page = clerk.get("/documents/1").text
    assert "<script>alert" not in page
    assert "\u202e" not in page.split("<main")[1]
    assert clerk.get("/documents").status_code == 200


@pytest.mark.parametrize("name", HIDDEN_FIELDS)
def test_a_forged_hidden_or_chosen_value_does_no_harm(clerk, office, name):
    for value in NASTY:
        before = counted(office)
        assert_whole(send(clerk, office, **{name: value}), before, counted(office))


@given(fields=st.dictionaries(st.sampled_from([*TEXT_FIELDS, *DATE_FIELDS, *HIDDEN_FIELDS, "text"]),
                              st.one_of(ANY_TEXT, st.sampled_from(NASTY)), min_size=1, max_size=5))
@settings(max_examples=25)
def test_any_values_are_saved_whole_or_refused_whole(clerk, office, fields):
    before = counted(office)
    assert_whole(send(clerk, office, **fields), before, counted(office))


@given(fields=st.dictionaries(st.sampled_from([*TEXT_FIELDS, *DATE_FIELDS, *HIDDEN_FIELDS, "text"]),
                              st.one_of(ANY_TEXT, st.sampled_from(NASTY)), min_size=1, max_size=5))
@settings(max_examples=25)
def test_any_values_change_a_document_whole_or_not_at_all(clerk, office, fields):
    with office.db() as session:
        held = session.scalar(select(Document.id).order_by(Document.id))
    held = held or office.register()
    version = str(documents.get_document(office.db, held, actor=CLERK).version)
    before = counted(office)
    response = clerk.post(f"/documents/{held}/edit", data=safe(form_of(office, **{"version": version, **fields})))
    assert_whole(response, before, counted(office))


LIST_ARGUMENTS = ("direction", "status", "kind_id", "issuer_id", "issuer", "book_id", "year", "since", "until",
                  "field_id", "sort", "order", "before", "after", "columns", "column")
CURSORS = ("99999999999999999999_1", "2021-02-04_99999999999", "2021-02-30_1", "_1", "1_", f"{HUGE}_1", "-5_1",
           "99999999999", "١_١", "0001-01-01_1")


@given(arguments=st.dictionaries(
    st.sampled_from(LIST_ARGUMENTS), st.one_of(ANY_TEXT, st.sampled_from(NASTY + CURSORS + ("number", "registered"))),
    max_size=5))
@settings(max_examples=40)
def test_any_address_of_the_list_is_answered(clerk, office, arguments):
    assert clerk.get("/documents", query_string=safe(arguments)).status_code in {200, 302}


@pytest.mark.parametrize("sort", ["date", "number", "registered"])
@pytest.mark.parametrize("cursor", CURSORS)
def test_a_place_in_the_list_that_cannot_be_is_the_first_page_or_an_empty_one(clerk, office, sort, cursor):
    office.register()
    for direction in ("before", "after"):
        assert clerk.get("/documents", query_string={"sort": sort, direction: cursor}).status_code == 200


@given(typed=st.one_of(ANY_TEXT, st.sampled_from(NASTY)))
@settings(max_examples=40)
def test_anything_may_be_looked_up(clerk, office, typed):
    query = safe({"q": typed})
    for path in ("/documents/lookup", "/documents/numbers.json", "/documents/issuers.json"):
        assert clerk.get(path, query_string=query).status_code in {200, 302}


@given(arguments=st.dictionaries(
    st.sampled_from(["direction", "book_id", "kind_id", "issuer_id", "number", "issued_on", "received_on", "symbol",
                     "subject", "except_id"]), st.one_of(ANY_TEXT, st.sampled_from(NASTY)), max_size=6))
@settings(max_examples=40)
def test_advice_is_given_on_anything(clerk, office, arguments):
    arguments = {"book_id": str(office.books["KH"]), **arguments}
    assert clerk.get("/documents/advice.json", query_string=safe(arguments)).status_code == 200


@given(arguments=st.dictionaries(st.sampled_from(["direction", "done", "book_id", "kind_id", "issuer_id", "symbol"]),
                                 st.one_of(ANY_TEXT, st.sampled_from(NASTY)), max_size=4))
@settings(max_examples=25)
def test_the_empty_form_opens_at_any_address(clerk, office, arguments):
    assert clerk.get("/documents/new", query_string=safe(arguments)).status_code == 200


def test_the_page_of_a_book_opens_at_any_address(clerk, office):
    for value in (*NASTY, "abc-", "-", f"{HUGE}-a", "5-\x00", "0000"):
        book = office.books["KH"]
        for name in ("year", "below", "state"):
            assert clerk.get(f"/books/{book}", query_string=safe({name: value})).status_code == 200


@pytest.mark.parametrize("path", ["reserve", "start"])
def test_a_book_refuses_what_is_no_count(clerk, office, path):
    for value in (*NASTY, "0", "51", "1000000", ""):
        before = counted(office)
        response = clerk.post(f"/books/{office.books['KH']}/{path}",
                              data=safe({"year": "2021", "count": value, "last_ordinal": value, "reason": "chờ ký"}))
        if response.status_code == 302:  # 0 on paper is a start
            assert (path, value) in {("start", "0"), ("start", "51")}
        else:
            assert response.status_code == 422
            assert counted(office) == before


@pytest.mark.parametrize("year", ["0001", "1900", "2023", "9999"])
def test_a_book_opens_no_series_far_from_today(clerk, office, year):
    before = counted(office)
    response = clerk.post(f"/books/{office.books['KH']}/reserve", data={"year": year, "count": "1", "reason": "chờ ký"})
    assert response.status_code == 422
    assert counted(office) == before


@pytest.mark.parametrize("reason", [MEGABYTE, "\x00", "\x1b", " \u200b ", ""], ids=["long", "NUL", "escape", "blank", "empty"])
def test_a_reason_that_cannot_be_kept_changes_nothing(clerk, office, reason):
    office.register()
    before = counted(office)
    response = clerk.post("/documents/1/cancel", data={"version": "1", "reason": reason})
    assert response.status_code == 422
    assert counted(office) == before


def test_a_forged_version_changes_nothing(clerk, office):
    office.register()
    for version in (*NASTY, "0", "7", ""):
        response = clerk.post("/documents/1/cancel", data=safe({"version": version, "reason": "nhầm"}))
        assert response.status_code in {302, 422}
        assert response.status_code == 422 or version == ""


@pytest.mark.parametrize("identity", ["0", "-1", "2147483648", HUGE, "1e3", "%00", "١"])
def test_an_address_that_names_no_document_is_a_404(clerk, office, identity):
    for path in ("/documents/{}", "/documents/{}/edit", "/documents/{}/cancel", "/documents/{}/restore", "/books/{}",
                 "/books/entries/{}/void"):
        assert clerk.get(path.format(identity)).status_code == 404


def test_an_issuer_is_not_added_by_a_document_that_is_refused(clerk, office):
    before = counted(office)
    response = send(clerk, office, issuer="Ban Quản lý dự án Sông Châu", confirmed="y", issued_on="23/06/2021")
    assert response.status_code == 422
    assert counted(office) == before


def safe(arguments):
    """Lone surrogates cannot stand in an address; a browser sends a question mark."""
    return {name: str(value).encode("utf-8", "replace").decode() for name, value in arguments.items()}
