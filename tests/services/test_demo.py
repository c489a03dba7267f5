"""The demo office, on both databases."""

from __future__ import annotations

from registry.services import audit, demo, documents
from registry.services.documents import DocumentFilter
from tests.conftest import NOON
from tests.factories import CLERK


def test_the_demo_office_holds_the_fifteen_documents_and_the_directives_they_cite(db):
    users = demo.load(db, at=NOON)
    assert sorted(user.role for user in users) == ["administrator", "clerk", "leader", "official", "reader"]
    page = documents.find_documents(db, DocumentFilter(), actor=CLERK)
    assert len(page.rows) == 15
    assert sum(row.number is None and row.issued_on is None for row in page.rows) == 2
    cited = documents.find_documents(db, DocumentFilter(direction="external"), actor=CLERK)
    assert sorted(row.number for row in cited.rows) == [
        "12/CT-TTg", "135/QĐ-TTg", "175/QĐ-TTg", "21/QĐ-TTg", "25/2018/NĐ-CP", "60/2014/NĐ-CP", "72/2015/NĐ-CP"]
    plan = next(row for row in page.rows if row.number == "681/KH-UBND")
    shown = documents.get_document(db, plan.id, actor=CLERK)
    assert [(one.relation, one.number, one.issuer) for one in shown.cites] == [
        ("implements", "21/QĐ-TTg", "Thủ tướng Chính phủ")]
    assert (shown.book, shown.row.entry) == ("Kế hoạch của UBND tỉnh", "681")
    assert audit.verify(db).whole


def test_loading_the_demo_again_adds_nothing(db):
    demo.load(db, at=NOON)
    assert demo.load(db, at=NOON) == []
    assert documents.find_documents(db, DocumentFilter(), actor=CLERK).total == 15
