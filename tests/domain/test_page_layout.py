"""Words with places, to text in the order an official reads it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from registry.domain.page_layout import Word, make_rows, page_text, without_running_heads


def words(*lines: tuple[float, float, str], size: float = 12.0) -> list[Word]:
    """Return the words of lines that begin at (left, top); each letter is half as wide as it is high."""
    made = []
    for left, top, text in lines:
        at = left
        for word in text.split():
            made.append(Word(word, at, top, at + len(word) * size / 2, top + size))
            at += (len(word) + 0.5) * size / 2
    return made


MOTTO = (300.0, 50.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


def test_the_head_is_read_column_by_column_also_where_its_lines_do_not_stand_level():
    page = words((80, 50, "UBND TỈNH HÀ NAM"), MOTTO, (90, 66, "SỞ TÀI CHÍNH"), (330, 68, "Độc lập - Tự do - Hạnh phúc"),
                 (90, 98, "Số: 15/STC-NS"), (320, 93, "Hà Nam, ngày 05 tháng 02 năm 2021"), (80, 114, "V/v lập dự toán"),
                 (150, 150, "Kính gửi: Các sở, ban, ngành"), (60, 180, "Thực hiện Luật Ngân sách nhà nước, Sở đề nghị các đơn vị lập"))
    left, middle, right = page_text(page).split("V/v lập dự toán")[0], "V/v lập dự toán", page_text(page).split("V/v lập dự toán")[1]
    assert left.split() == ["UBND", "TỈNH", "HÀ", "NAM", "SỞ", "TÀI", "CHÍNH", "Số:", "15/STC-NS"]
    assert middle in page_text(page)
    assert " ".join(right.split()).startswith(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Hà Nam, ngày 05 tháng 02 năm 2021 Kính gửi:")


def test_a_title_below_the_head_is_not_drawn_into_a_column():
    page = words((80, 50, "TỈNH ỦY HÀ NAM"), (300, 50, "ĐẢNG CỘNG SẢN VIỆT NAM"), (90, 70, "Số 29-CT/TU"), (300, 70, "Hà Nam, ngày 1 tháng 2 năm 2021"),
                 (250, 100, "CHỈ THỊ"), (200, 116, "về tăng cường sự lãnh đạo"))
    assert page_text(page).split("\n")[-2:] == ["CHỈ THỊ", "về tăng cường sự lãnh đạo"]


def test_the_republics_name_in_a_sentence_parts_no_columns():
    page = words((60, 50, "Luật này được Quốc hội nước"), (240, 50, "Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV"), (60, 66, "thông qua ngày 20 tháng 6"))
    assert " ".join(page_text(page).split("\n")[0].split()) == "Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV"


def test_recipients_and_signature_stand_one_after_the_other():
    page = words((60, 600, "Quyết định này có hiệu lực từ ngày ký./."), (350, 628, "KT. CHỦ TỊCH"), (60, 632, "Nơi nhận:"), (350, 644, "PHÓ CHỦ TỊCH"),
                 (60, 648, "- Như Điều 3;"), (60, 662, "- Lưu: VT."), (340, 700, "Nguyễn Văn An"))
    assert "".join(page_text(page).split()) == "".join(
        ["Quyết", "định", "này", "có", "hiệu", "lực", "từ", "ngày", "ký./.", "Nơi", "nhận:", "-", "Như", "Điều", "3;", "-", "Lưu:", "VT.", "KT.", "CHỦ", "TỊCH", "PHÓ", "CHỦ", "TỊCH", "Nguyễn", "Văn", "An"])


def test_page_numbers_and_what_most_pages_repeat_go_and_the_rest_stays():
    pages = [words((280, 20, str(number)), (60, 60, "Công ty A"), (60, 90, f"Nội dung {number}"), (60, 110, "Hết trang")) for number in range(1, 5)]
    texts = [page_text(page) for page in without_running_heads(pages)]
    assert texts[2].split() == ["Công", "ty", "A", "Nội", "dung", "3"]


boxes = st.builds(
    lambda text, left, top, width, height: Word(text, left, top, left + width, top + height),
    st.text(alphabet="abcđêNSố:/-KTCỘNGHÒAXÃI", min_size=1, max_size=12).filter(lambda text: text.strip()),
    st.floats(-50, 700), st.floats(-50, 900), st.floats(0, 200), st.floats(0, 60))


@given(st.lists(boxes | st.sampled_from(words(MOTTO, (60, 600, "Nơi nhận:"), (300, 600, "TM. UBND"), (60, 620, "- Như trên"))), max_size=60))
def test_no_word_is_lost_or_read_twice(page):
    assert sorted("".join(page_text(page).split())) == sorted("".join(word.text for word in page))


@given(st.lists(boxes, max_size=40))
def test_rows_are_ordered_and_hold_every_word_once(page):
    rows = make_rows(page)
    assert sorted(map(id, page)) == sorted(id(word) for row in rows for word in row)
    assert all(one.left <= other.left for row in rows for one, other in pairwise(row))
