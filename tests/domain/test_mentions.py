"""What one text cites, brought together; and the day on which it takes effect."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from registry.domain.mentions import MOST, find_mentions, in_context
from registry.domain.validity import Mark, ended, takes_effect

DECISION = "Quyết định số 21/QĐ-TTg ngày 06/01/2021 của Thủ tướng Chính phủ"


def told(text: str, **given):
    return [(one.citation.number, one.relation) for one in find_mentions(text, **given)]


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param(f"Căn cứ {DECISION}; thực hiện Quyết định số 21/QĐ-TTg, Sở báo cáo.",
                 [("21/QĐ-TTg", "based_on"), ("21/QĐ-TTg", "implements")], id="without date it is the dated one"),
    pytest.param(f"Theo {DECISION}. Căn cứ {DECISION}.", [("21/QĐ-TTg", "based_on")], id="a mere mention adds nothing"),
    pytest.param("Theo Quyết định số 21/QĐ-TTg ngày 06/01/2021. Theo Quyết định số 21/QĐ-TTg ngày 06/01/2022.",
                 [("21/QĐ-TTg", "cites"), ("21/QĐ-TTg", "cites")], id="the number comes back each year"),
    pytest.param("Căn cứ Luật Đất đai năm 2024;", [("31/2024/QH15", "based_on")], id="a law by name"),
    pytest.param("Không có gì ngày 06/01/2021.", [], id="nothing"),
])
def test_each_document_is_told_once_for_each_relation(text, expected):
    assert told(text) == expected


def test_the_subject_adds_what_the_text_does_not_say():
    assert told(f"Theo {DECISION}.", subject=f"triển khai {DECISION}") == [("21/QĐ-TTg", "implements")]


def test_a_catalogue_is_cut_off():
    text = "\n".join(f"Quyết định số {at}/QĐ-TTg ngày 06/01/2021;" for at in range(MOST + 50))
    assert len(find_mentions(text)) == MOST


@pytest.mark.parametrize(("text", "partly"), [
    ("Bãi bỏ khoản 2 Điều 1 Quyết định số 13/2018/QĐ-UBND ngày 03/4/2018.", True),
    ("Bãi bỏ một số điều của Quyết định số 13/2018/QĐ-UBND ngày 03/4/2018.", True),
    ("Bãi bỏ Quyết định số 13/2018/QĐ-UBND ngày 03/4/2018.", False),
    ("Điều 3. Quyết định này thay thế Quyết định số 13/2018/QĐ-UBND ngày 03/4/2018.", False),
])
def test_what_ends_in_part_is_told_from_what_ends(text, partly):
    (one,) = find_mentions(text)
    assert one.partly is partly


@pytest.mark.parametrize(("text", "place", "issuer"), [
    ("Quyết định số 13/2018/QĐ-UBND của UBND tỉnh", "Hà Nam", "Ủy ban nhân dân tỉnh Hà Nam"),
    ("Quyết định số 13/2018/QĐ-UBND", "Hà Nội", "Ủy ban nhân dân thành phố Hà Nội"),
    ("Nghị quyết số 13/2018/NQ-HĐND của HĐND tỉnh", "Hà Nam", "Hội đồng nhân dân tỉnh Hà Nam"),
    ("Quyết định số 13/2018/QĐ-UBND của UBND tỉnh Nam Định", "Hà Nam", "Ủy ban nhân dân tỉnh Nam Định"),
    ("Quyết định số 13/2018/QĐ-TTg", "Hà Nam", None),
    ("Quyết định số 13/2018/QĐ-UBND", "", None),
])
def test_the_province_comes_from_the_citing_document(text, place, issuer):
    (one,) = find_mentions(text)
    assert in_context(one.citation, place).issuer == issuer


@pytest.mark.parametrize(("text", "day"), [
    ("Quyết định này có hiệu lực kể từ ngày ký.", date(2021, 2, 4)),
    ("Quyết định này có hiệu lực thi hành từ ngày 15 tháng 02 năm 2021.", date(2021, 2, 15)),
    ("Thông tư này có hiệu lực sau 45 ngày, kể từ ngày ký ban hành.", date(2021, 3, 21)),
    ("Nghị định này có hiệu lực thi hành kể từ ngày 01/7/2021.", date(2021, 7, 1)),
    ("Quyết định số 5 hết hiệu lực từ ngày 01/7/2020.", date(2021, 2, 4)),
    ("Quyết định này có hiệu lực từ ngày 31/02/2021.", date(2021, 2, 4)),
    ("", date(2021, 2, 4)),
])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_day_of_effect_is_read_else_it_is_that_of_issue(text, day, form):
    assert takes_effect(unicodedata.normalize(form, text), date(2021, 2, 4)) == day


def test_what_is_replaced_from_a_day_holds_until_then():
    marks = [Mark("replaced", date(2021, 7, 1)), Mark("amended", None)]
    assert not ended(marks, date(2021, 6, 30))
    assert ended(marks, date(2021, 7, 1))
    assert ended([Mark("repealed", None)], date(2000, 1, 1))
