"""The office's table of laws."""

from __future__ import annotations

import re

import pytest

from registry.domain.roles import Role
from registry.services import documents
from tests.factories import CLERK


@pytest.fixture
def administrator(client_as, office):
    return client_as(Role.ADMINISTRATOR)


def test_a_law_that_was_added_is_read_by_its_name_and_year(administrator, office):
    body = "Căn cứ Luật Hải đăng năm 2020;"
    before = office.register(number="1/KH-UBND", text=body)
    assert "Đã thêm" in administrator.post("/laws", data={
        "name": "Luật Hải đăng", "number": "099/2020/qh14", "issued_on": "19/11/2020"}, follow_redirects=True).text
    after = office.register(number="2/KH-UBND", text=body)
    numbers = [[one.number for one in documents.get_document(office.db, key, actor=CLERK).cites] for key in (before, after)]
    assert numbers[1] == ["99/2020/QH14"]
    assert numbers[0] != numbers[1]


def test_a_law_is_taken_out_again(administrator):
    administrator.post("/laws", data={"name": "Luật Hải đăng", "number": "99/2020/QH14"})
    (address,) = re.findall(r"/laws/\d+/remove", administrator.get("/laws?q=hai dang").text)
    administrator.post(address)
    assert "Không có luật nào như vậy" in administrator.get("/laws?q=hai dang").text


@pytest.mark.parametrize(("data", "told"), [
    ({"name": "Luật Hải đăng", "number": "12/QĐ-TTg"}, "không phải số hiệu của luật"),
    ({"name": "Luật Đất đai", "number": ""}, "Số hiệu"),
])
def test_what_is_no_law_is_refused_with_a_sentence(administrator, data, told):
    answer = administrator.post("/laws", data=data)
    assert answer.status_code == 422
    assert told in answer.text
