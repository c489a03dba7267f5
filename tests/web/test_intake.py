"""Registering from pasted text, as the pages show it, on both databases."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest

from registry.domain.roles import Role
from registry.services import document_lists, documents, settings
from registry.services.document_lists import DocumentFilter
from tests.conftest import NOON
from tests.factories import CLERK

DATA = Path(__file__).resolve().parent.parent / "data"
ARTICLE = (DATA / "intake_article.txt").read_text(encoding="utf-8")
PLAN = (DATA / "intake_plan.txt").read_text(encoding="utf-8")


@pytest.fixture
def clerk(office, client_as):
    return client_as(Role.CLERK)


def held(office):
    return sorted(row.number or row.subject for row in document_lists.find_documents(
        office.db, DocumentFilter(), actor=CLERK).rows)


def fields(page):
    """The fields that a browser would send back."""
    page = page[page.index('class="intake"') if 'class="intake"' in page else page.index("intake"):]
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'\bname="([^"]*)"', tag), re.search(r'\bvalue="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            found.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    for name, value in re.findall(r'<textarea[^>]*\bname="([^"]*)"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL):
        found.setdefault(name, []).append(html.unescape(value))
    for name, options in re.findall(r'<select[^>]*\bname="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option[^>]*\bselected[^>]*\bvalue="([^"]*)"|<option[^>]*\bvalue="([^"]*)"[^>]*\bselected', options)
        found.setdefault(name, []).append((chosen[1] or chosen[2] or "") if chosen else "")
    found.pop("csrf_token", None)
    return found


def paste(clerk, text, **more):
    return clerk.post("/intake", data={"text": text, "content": "", **more}).text


def send(clerk, address, sent, **changes):
    return clerk.post(address, data={**sent, **changes})


def test_a_pasted_document_fills_the_form_and_is_registered_with_its_text(clerk, office):
    page = paste(clerk, PLAN)
    sent = fields(page)
    assert sent["number"] == ["681/KH-UBND"]
    assert sent["issued_on"] == ["24/03/2021"]
    assert sent["issuer"] == ["Ủy ban nhân dân tỉnh Hà Nam"]
    assert any(row.startswith("Quyết định số 21/QĐ-TTg ngày 06/01/2021") for row in sent["ref_number"])
    assert '<mark id="m-number"' in page
    assert held(office) == []

    response = send(clerk, "/intake/document", sent)
    assert response.status_code == 302
    shown = clerk.get(response.location).text
    assert "Đã đăng ký 681/KH-UBND, số đến 01." in shown
    assert "21/QĐ-TTg" in shown
    assert "Trần Xuân Dưỡng" in shown
    assert [label for label, _number in cites(office)] == ["implements", "based_on"]
    assert held(office) == ["681/KH-UBND"]


def cites(office):
    (row,) = document_lists.find_documents(office.db, DocumentFilter(), actor=CLERK).rows
    return [(one.relation, one.number) for one in documents.get_document(office.db, row.id, actor=CLERK).cites]


def test_what_the_clerk_takes_away_or_corrects_is_not_brought_back_by_the_text(clerk, office):
    sent = fields(paste(clerk, PLAN))
    decision = next(n for n, words in enumerate(sent["ref_number"]) if "21/QĐ-TTg" in words)
    sent["ref_number"] = ["" if n != decision else words for n, words in enumerate(sent["ref_number"])]
    sent["ref_relation"][decision] = "based_on"
    send(clerk, "/intake/document", sent)
    assert cites(office) == [("based_on", "21/QĐ-TTg")]


def test_a_second_click_registers_once(clerk, office):
    sent = fields(paste(clerk, PLAN))
    first, second = (send(clerk, "/intake/document", sent) for _ in range(2))
    assert first.location == second.location
    assert held(office) == ["681/KH-UBND"]


def test_another_direction_keeps_what_was_typed(clerk, office):
    sent = fields(paste(clerk, PLAN))
    page = send(clerk, "/intake/document", sent, subject="sửa tay", switch="outgoing").text
    assert "sửa tay" in page
    assert '<input type="hidden" name="direction" value="outgoing">' in page
    assert held(office) == []


def test_a_refused_document_comes_back_with_its_text_and_marks(clerk, office):
    sent = fields(paste(clerk, PLAN))
    response = send(clerk, "/intake/document", sent, issued_on="31/02/2021", subject="sửa tay")
    assert response.status_code == 422
    for words in ("Không có ngày “31/02/2021”", "sửa tay", '<mark id="m-number"', "Nâng cao nhận thức"):
        assert words in response.text
    assert held(office) == []


def test_an_article_gives_each_document_and_registers_those_chosen(clerk, office):
    page = paste(clerk, ARTICLE)
    sent = fields(page)
    numbers = [value[0] for name, value in sent.items() if re.fullmatch(r"row\d+-number", name)]
    assert numbers == ["07/2021/QĐ-UBND", "346/KH-UBND", "29/BC-UBND", ""]
    assert held(office) == []

    none = {name: value for name, value in sent.items() if not name.endswith("-chosen")}
    assert "Chưa chọn văn bản nào." in send(clerk, "/intake/list", none).text
    page = send(clerk, "/intake/list", sent).text
    assert "Đã đăng ký 4 văn bản." in page
    assert page.count("✓ Đã đăng ký") == 4
    assert "29/BC-UBND" in held(office)
    assert len(held(office)) == 4
    # Sent again, by a second click or by going back: nothing is doubled.
    send(clerk, "/intake/list", sent)
    assert len(held(office)) == 4
    # Pasted again, each is known again, the one without number too.
    page = paste(clerk, ARTICLE)
    assert page.count('<span class="tag good">Đã có</span>') == 4
    assert not [name for name in fields(page) if name.endswith("-chosen")]


def test_a_list_of_the_office_s_own_documents_is_offered_as_outgoing(clerk, office):
    with office.db.begin() as session:
        settings.change_in(session, actor=CLERK, at=NOON, default_issuer_id=office.committee)
    assert fields(paste(clerk, ARTICLE))["target"] == ["outgoing:"]


def test_a_refused_row_keeps_what_was_typed_and_no_other_back(clerk, office):
    sent = fields(paste(clerk, ARTICLE))
    response = send(clerk, "/intake/list", sent, **{"row1-number": "kế hoạch", "row1-subject": "sửa tay"})
    assert response.status_code == 422
    assert "không bắt đầu bằng số" in response.text
    assert "sửa tay" in response.text
    assert len(held(office)) == 3
    again = fields(response.text)
    assert again["row1-number"] == ["kế hoạch"]
    page = send(clerk, "/intake/list", again, **{"row1-number": "346/KH-UBND"}).text
    assert page.count("✓ Đã đăng ký") == 4
    assert len(held(office)) == 4


def test_one_row_alone_is_registered(clerk, office):
    sent = fields(paste(clerk, ARTICLE))
    page = send(clerk, "/intake/list", sent, only="1").text
    assert held(office) == ["346/KH-UBND"]
    assert page.count("✓ Đã đăng ký") == 1


def test_what_is_registered_already_is_shown_and_not_doubled(clerk, office):
    old = office.register(number="346/KH-UBND", issued_on=date(2021, 2, 5), subject="số hóa")
    page = paste(clerk, ARTICLE)
    assert re.search(rf'Đã có</span> <a href="/documents/{old}"', page)
    sent = fields(page)
    assert "row1-chosen" not in sent
    send(clerk, "/intake/list", sent, **{"row1-chosen": "y"})
    assert held(office).count("346/KH-UBND") == 1


def test_an_external_document_becomes_the_real_one(clerk, office):
    sent = fields(paste(clerk, PLAN))
    send(clerk, "/intake/document", sent)
    decision = ("Số ký hiệu\tNgày\tCơ quan ban hành\tTrích yếu\n"
                "21/QĐ-TTg\t06/01/2021\tThủ tướng Chính phủ\tPhê duyệt Đề án đào tạo\n")
    page = paste(clerk, decision)
    assert '<span class="tag good">Đã có</span>' not in page
    send(clerk, "/intake/list", fields(page))
    rows = document_lists.find_documents(office.db, DocumentFilter(include_external=True), actor=CLERK).rows
    assert sum(row.number == "21/QĐ-TTg" for row in rows) == 1
    assert "21/QĐ-TTg" in held(office)


def test_a_state_secret_is_refused_and_not_sent_back(clerk, office):
    response = clerk.post("/intake", data={"text": PLAN.replace("HỎA TỐC", "TỐI MẬT"), "content": ""})
    assert response.status_code == 422
    assert "dấu chỉ độ mật" in response.text
    assert "Trần Xuân Dưỡng" not in response.text


def test_hostile_text_is_shown_as_text(clerk, office):
    page = paste(clerk, PLAN.replace("Nâng cao nhận thức", "<script src=x>alert(1)</script>"))
    assert "<script src=x>" not in page
    assert "&lt;script src=x&gt;" in page


def test_a_text_without_documents_says_so_and_stays(clerk, office):
    response = clerk.post("/intake", data={"text": "Hôm nay trời đẹp.", "content": ""})
    assert response.status_code == 422
    assert "Hôm nay trời đẹp." in response.text
    assert "Không đọc được văn bản nào" in response.text


def test_only_who_registers_may_open_it(office, client_as):
    assert client_as(Role.READER).get("/intake").status_code == 403


def test_a_new_body_is_made_only_where_it_was_shown_as_new(clerk, office):
    table = "Số ký hiệu\tNgày\tCơ quan ban hành\tTrích yếu\n12/TB-BQL\t06/01/2021\tBan Quản lý Dự án Sông Châu\tThông báo\n"
    page = paste(clerk, table)
    assert "Cơ quan mới" in page
    sent = fields(page)
    refused = send(clerk, "/intake/list", sent, **{"row0-issuer": "Ban Quản lý Dự án Sông Chau Giang"})
    assert refused.status_code == 422
    assert held(office) == []
    send(clerk, "/intake/list", sent)
    assert held(office) == ["12/TB-BQL"]
