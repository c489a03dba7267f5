"""The chain as a person sees it: on the document's page, on a page of its own, as a file."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.services.document_rows import Reference


@pytest.fixture
def plan(office):
    office.plan = office.register(number="10/KH-UBND", references=(
        Reference(number="749/QĐ-TTg", issued_on=date(2020, 6, 3), kind_id=office.kinds["QĐ"], relation="implements"),))
    office.letter = office.register(number="20/UBND-VX", kind_id=office.kinds["CV"],
                             references=(Reference(document_id=office.plan, relation="guides"),))
    report = office.register(number="30/BC-UBND", kind_id=office.kinds["BC"],
                             references=(Reference(document_id=office.letter, relation="reports_on"),))
    office.register(number="31/BC-UBND", kind_id=office.kinds["BC"],
                    references=(Reference(document_id=report, relation="reports_on"),))
    office.register(number="44/QĐ-UBND", kind_id=office.kinds["QĐ"], restricted=True, subject="kỷ luật ông A",
                    references=(Reference(document_id=office.plan, relation="implements"),))
    return office.plan


def test_the_document_page_shows_two_levels_and_leads_to_the_whole_chain(client_as, plan):
    text = client_as(Role.CLERK).get(f"/documents/{plan}").text
    assert "Lên trên" in text
    assert "749/QĐ-TTg" in text
    assert "30/BC-UBND" in text
    assert "31/BC-UBND" not in text
    assert "còn 1 văn bản" in text
    assert f'href="/documents/{plan}/chain">Xem cả chuỗi' in text


def test_the_page_of_the_chain_has_the_list_and_the_picture(client_as, plan):
    text = client_as(Role.CLERK).get(f"/documents/{plan}/chain").text
    picture = text[text.index("<svg"):text.index("</svg>")]
    listed = text[text.index('id="up"'):]
    for number in ("749/QĐ-TTg", "20/UBND-VX", "30/BC-UBND", "31/BC-UBND", "44/QĐ-UBND"):
        assert number in picture
        assert number in listed
    assert "chưa có trong sổ" in listed


def test_a_restricted_document_is_no_part_of_what_a_reader_gets(client_as, plan):
    reader = client_as(Role.READER)
    for address in (f"/documents/{plan}", f"/documents/{plan}/chain", f"/documents/{plan}/chain.svg"):
        text = reader.get(address).text
        assert "20/UBND-VX" in text
        assert "44/QĐ-UBND" not in text
        assert "kỷ luật" not in text
    assert "4 văn bản trong chuỗi" in reader.get(f"/documents/{plan}/chain").text


def test_the_file_is_a_picture_with_links_to_this_register(client_as, plan):
    answer = client_as(Role.CLERK).get(f"/documents/{plan}/chain.svg")
    assert answer.mimetype == "image/svg+xml"
    assert "attachment" in answer.headers["Content-Disposition"]
    root = ET.fromstring(answer.data)
    links = [one.get("href") for one in root.iter("{http://www.w3.org/2000/svg}a")]
    assert f"http://localhost/documents/{plan}" in links
    assert len(links) == 6


def test_a_replaced_document_is_marked_in_list_and_picture(client_as, office, plan):
    office.register(number="12/KH-UBND", references=(Reference(document_id=plan, relation="replaces"),))
    text = client_as(Role.CLERK).get(f"/documents/{office.letter}/chain").text
    assert "viền đỏ: có văn bản thay thế, bãi bỏ" in text
    assert 'line-through">10/KH-UBND' in text
    assert text.count('class="tag warn"') == 1


def test_a_subject_cannot_write_into_the_picture(client_as, office):
    odd = office.register(number="9/KH-UBND", subject="<script>alert(1)</script> & </svg>",
                          references=(Reference(number="749/QĐ-TTg", relation="implements"),))
    ET.fromstring(client_as(Role.CLERK).get(f"/documents/{odd}/chain.svg").data)


def test_a_document_without_links_says_so(client_as, office):
    alone = office.register()
    client = client_as(Role.CLERK)
    assert "chưa nối với văn bản nào" in client.get(f"/documents/{alone}/chain").text
    assert "Xem cả chuỗi" not in client.get(f"/documents/{alone}").text
    assert client.get("/documents/999/chain").status_code == 404


@pytest.fixture
def directive(office):
    return office.register(
        direction=Direction.INCOMING, number="05/CT-TTg", kind_id=office.kinds["CT"], confirmed=True,
        issuer_id=office.bodies["thu-tuong"], issued_on=date(2021, 3, 1), received_on=date(2021, 3, 5),
        book_id=office.books["đến"], subject="tăng cường an toàn thông tin")


def test_the_list_of_documents_leads_to_the_directives_that_nothing_carries_out(client_as, directive):
    leader = client_as(Role.LEADER)
    assert 'href="/documents/not-implemented"' in leader.get("/documents").text
    text = leader.get("/documents/not-implemented").text
    assert "05/CT-TTg" in text
    assert "Đã 109 ngày" in text
    assert "05/CT-TTg" not in leader.get("/documents/not-implemented?days=120").text
    assert "05/CT-TTg" not in leader.get("/documents/not-implemented?direction=external").text


def test_what_cannot_be_read_in_the_address_is_said(client_as, directive):
    text = client_as(Role.LEADER).get("/documents/not-implemented?days=nhiều&kind_id=x&year=²&after=zzz").text
    assert "Số ngày phải từ 0 đến 3650" in text
    assert "05/CT-TTg" in text


def test_the_excel_file_is_for_those_who_may_export(client_as, directive):
    leader, reader = client_as(Role.LEADER), client_as(Role.READER)
    assert "not-implemented/export?days=20&amp;format=csv" in leader.get("/documents/not-implemented?days=20").text
    assert leader.get("/documents/not-implemented/export?days=20").data[:2] == b"PK"
    assert "not-implemented/export" not in reader.get("/documents/not-implemented").text
    assert reader.get("/documents/not-implemented/export").status_code in {302, 403}
