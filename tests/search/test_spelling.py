"""What was probably meant: slips, sounds that are mixed up, words that lack their marks; and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from search_index.common_pairs import CommonPairs
from search_index.index import SearchIndex, create_index
from tests.search.conftest import SHELF, doc

SUBJECTS = (
    "Phê duyệt kế hoạch sử dụng đất năm 2021", "Chương trình phát triển du lịch", "Quy định về trang phục của kiểm lâm",
    "Xử lý xuất bản phẩm", "Thanh tra chuyên ngành xây dựng", "Quy hoạch chung xã Chiềng La", "Luật Điện ảnh và phim",
    "Thông báo tuyển dụng viên chức", "Báo cáo tình hình kinh tế xã hội", "Hướng dẫn nộp tiền một lần",
    "Xã hội hóa kinh phí sửa tề chợ", "Kế hoạch sữa học đường", "Quy chế của học viện", "Điểm của học sinh",
)  # fmt: skip


@pytest.fixture
def shelf(engine: str, tmp_path: Path) -> SearchIndex:
    """Some subjects, each often enough to be believed."""
    index = create_index(tmp_path, engine)  # type: ignore[arg-type]
    index.put([*SHELF, *(doc(100 + at, SUBJECTS[at % len(SUBJECTS)], number=f"{at}/QĐ-UBND") for at in range(100))], position=1)
    return index


@pytest.mark.parametrize(("typed", "meant"), [
    pytest.param("chương chình phát triển", "chương trình phát triển", id="ch for tr"),
    pytest.param("sử lý xuất bản phẩm", "xử lý xuất bản phẩm", id="s for x, a word of its own"),
    pytest.param("lộp tiền một lần", "nộp tiền một lần", id="l for n"),
    pytest.param("chuyên nghành xây dựng", "chuyên ngành xây dựng", id="a letter too many"),
    pytest.param("trang phuc của kiểm lâm", "trang phục của kiểm lâm", id="one word without its marks"),
    pytest.param("kế hoach sử dung đât", "kế hoạch sử dụng đất", id="several, judged by one another"),
    pytest.param("kê hoach sử dụng", "kế hoạch sử dụng", id="the first word wrong beside a wrong one"),
    pytest.param("nôp tien một lần", "nộp tiền một lần", id="two in a row"),
    pytest.param("kinh tề xã hội", "kinh tế xã hội", id="a wrong mark in a word of other subjects"),
    pytest.param("xữa học đường", "sữa học đường", id="one slip before three, however rare the word"),
    pytest.param("tuyểndụng viên chức", "tuyển dụng viên chức", id="two words in one"),
])  # fmt: skip
def test_what_was_meant_is_said_and_found_first(shelf: SearchIndex, typed: str, meant: str) -> None:
    found = shelf.search(typed)
    assert found.suggestion.lower() == meant
    assert found.ids[0] in shelf.search(meant, size=100).ids


@pytest.mark.parametrize("typed", [
    pytest.param("kế hoạch sử dụng đất năm 2021", id="the words of a subject"),
    pytest.param("đất phim lâm", id="words that never stand together"),
    pytest.param("phim được quy định như thế nào?", id="a question"),
    pytest.param("xã hội có những gì và ai được phép?", id="a question of small words"),
    pytest.param("ke hoach su dung dat", id="nothing has marks"),
    pytest.param("PCCC&CNCH kiểm lâm", id="abbreviations, one of them unknown"),
])  # fmt: skip
def test_what_is_right_is_left_alone(shelf: SearchIndex, typed: str) -> None:
    assert shelf.search(typed).suggestion == ""


@pytest.mark.parametrize(("typed", "suggested"), [
    pytest.param("phòng cháy chữa cháy", "", id="right, though the register has nothing of it"),
    pytest.param("phòng cháy chữa chái", "phòng cháy chữa cháy", id="the language knows what was meant"),
    pytest.param("cải cách hành trính", "cải cách hành chính", id="the more frequent of two pairs"),
    pytest.param("quy hoạch xử dụng đất", "quy hoạch sử dụng đất", id="both pairs exist, one of them hardly"),
    pytest.param("phong chay chua chai", "phong chay chua chay", id="without marks"),
    pytest.param("du lịch biển", "", id="a pair that neither knows, of a word that the language has"),
])  # fmt: skip
def test_a_small_register_takes_no_word_of_the_language_for_a_slip(engine: str, tmp_path: Path, typed: str, suggested: str) -> None:
    common = CommonPairs.of([
        ("phòng", "cháy", 34), ("cháy", "chữa", 8), ("chữa", "cháy", 38), ("hành", "chính", 240), ("hành", "trình", 13),
        ("quy", "hoạch", 190), ("hoạch", "sử", 32), ("hoạch", "xử", 2), ("sử", "dụng", 472), ("dụng", "đất", 150), ("xử", "lý", 286),
        ("biển", "đảo", 15), ("lịch", "tiến", 3), ("du", "lịch", 66)])
    index = create_index(tmp_path, engine, common=common)  # type: ignore[arg-type]
    index.put(SHELF, position=1)
    assert index.search(typed).suggestion == suggested


def test_the_unfinished_word_is_not_put_right(shelf: SearchIndex) -> None:
    assert shelf.search("kế hoạch sử d", typing=True).suggestion == ""
    assert shelf.search("kế hoạch sử d", typing=True).ids[0] in shelf.search("kế hoạch sử dụng", size=100).ids


def test_a_made_up_word_is_neither_explained_nor_an_error(shelf: SearchIndex) -> None:
    assert shelf.search("zzqxw").total == 0


def test_what_is_typed_without_marks_is_read_as_officials_write_it(shelf: SearchIndex) -> None:
    shelf.put([doc(300, "Thu hồi", body="kẻ hoách sự dũng dạt"), doc(301, "Thu hồi", body="kế hoạch sử dụng đất")], position=2)
    found = shelf.search("ke hoach su dung dat", size=100).ids
    assert found.index(301) < found.index(300)
