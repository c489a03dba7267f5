"""Dấu độ mật: marks are found where they stand as marks; ordinary words raise no alarm."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.errors import SecretDocument
from registry.domain.secrecy import (
    SecrecyMark,
    find_secrecy_mark,
    find_secrecy_mark_in_column,
    find_secrecy_mark_in_file_name,
)


@pytest.mark.parametrize(("line", "rule", "degree"), [
    pytest.param("MẬT", "line", "mat", id="capitals"),
    pytest.param("mật", "line", "mat", id="small letters"),
    pytest.param("Tối mật", "line", "toi_mat", id="second degree"),
    pytest.param("T Ố I  M Ậ T", "line", "toi_mat", id="spaced letters"),
    pytest.param("T.U.Y.Ệ.T M.Ậ.T", "line", "tuyet_mat", id="dotted letters"),
    pytest.param("[ TUYỆT MẬT ]", "line", "tuyet_mat", id="brackets"),
    pytest.param("*** MẬT ***", "line", "mat", id="stars"),
    pytest.param("TOI MAT", "line", "toi_mat", id="capitals without marks"),
    pytest.param("TÓI MẶT", "line", "toi_mat", id="read badly by a scanner"),
    pytest.param("Độ mật: Mật", "label", "mat", id="label"),
    pytest.param("Độ khẩn: Khẩn; độ mật: Tối mật", "label", "toi_mat", id="label after another"),
    pytest.param("Mức độ mật : TUYỆT MẬT.", "label", "tuyet_mat", id="longer label"),
    pytest.param("MẬT\tSố: 12/KH-UBND", "line", "mat", id="cell of a heading"),
    pytest.param("TÀI LIỆU THU HỒI", "stamp", None, id="stamp: to be returned"),
    pytest.param("Chỉ người có tên mới được bóc bì", "stamp", None, id="stamp: to be opened by the addressee"),
])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_mark_is_found_as_a_line_of_a_text_and_as_a_field(line, rule, degree, form):
    line = unicodedata.normalize(form, line)
    page = f"ỦY BAN NHÂN DÂN TỈNH\nĐộc lập - Tự do - Hạnh phúc\n  {line}  \nHà Nội, ngày 05 tháng 3\n"
    assert find_secrecy_mark(page, whole_text=True) == SecrecyMark(rule, degree)
    assert find_secrecy_mark(line, whole_text=False) == SecrecyMark(rule, degree)


@pytest.mark.parametrize("subject", [
    "[Mật] Kế hoạch diễn tập", "MẬT - Kế hoạch diễn tập", "Kế hoạch diễn tập (Tối mật)", "Kế hoạch diễn tập - MẬT",
    "TỐI MẬT: KẾ HOẠCH DIỄN TẬP", "(Độ Mật) Kế hoạch",
])
def test_a_mark_set_off_in_a_subject_is_found(subject):
    assert find_secrecy_mark(subject, whole_text=False) is not None


@pytest.mark.parametrize("words", [
    "Kế hoạch bảo mật hệ thống thông tin", "Luật Bảo vệ bí mật nhà nước", "mật độ xây dựng", "đổi mật khẩu",
    "sản phẩm mật ong rừng", "MẬT ONG BẠC HÀ", "BÍ MẬT NHÀ NƯỚC", "an toàn, bảo mật", "mật mã dân sự",
    "Danh mục bí mật nhà nước độ Tối mật của ngành Tài chính", "công tác bảo vệ bí mật", "mạng riêng ảo (bảo mật)",
    "Độ mật: Mật, Tối mật, Tuyệt mật", "Độ mật:", "thu hồi tài liệu", "Tài liệu thu hồi đất năm 2021", "mặt bằng",
    "quả MẬT nhân", "thân mật",
])
def test_ordinary_words_raise_no_alarm(words):
    assert find_secrecy_mark(words, whole_text=False) is None
    assert find_secrecy_mark(f"Căn cứ\n{words}\n", whole_text=True) is None


@pytest.mark.parametrize("text", [
    pytest.param("nhà nước quy định về bảo vệ bí\nmật\nnhà nước", id="small letters"),
    pytest.param("cung cấp bí mật nhà nước độ\n“Tuyệt mật”.\nb) Bộ trưởng", id="quoted degree"),
])
def test_a_broken_line_is_no_mark(text):
    assert find_secrecy_mark(text, whole_text=True) is None


@pytest.mark.parametrize(("name", "degree"), [
    ("[MẬT] KH 12.pdf", "mat"), ("KH12_MẬT.pdf", "mat"), ("TOI MAT_bao cao.docx", "toi_mat"), ("mật.docx", "mat"),
    ("Tuyệt mật - báo cáo.doc", "tuyet_mat"), ("C:\\van ban\\bc(mat).signed.pdf", "mat"), ("MAT.pdf", "mat"),
])
def test_a_file_name_that_bears_a_mark_is_found(name, degree):
    assert find_secrecy_mark_in_file_name(name) == SecrecyMark("file_name", degree)
    assert find_secrecy_mark_in_file_name(unicodedata.normalize("NFD", name)) == SecrecyMark("file_name", degree)


@pytest.mark.parametrize("name", [
    "ke hoach bao mat.pdf", "Luật Bảo vệ bí mật nhà nước.docx", "mật ong.xlsx", "MẬT ĐỘ DÂN SỐ.pdf", "BẢO MẬT.pdf",
    "mat-bang.dwg", "MAT TRAN TO QUOC.pdf", "", "công tác bảo mật.doc",
])
def test_an_ordinary_file_name_raises_no_alarm(name):
    assert find_secrecy_mark_in_file_name(name) is None


@pytest.mark.parametrize(("header", "value", "mark"), [
    ("Độ mật", "Mật", SecrecyMark("column", "mat")),
    ("ĐỘ MẬT:", "B", SecrecyMark("column", "toi_mat")),
    ("do mat", "x", SecrecyMark("column", None)),
    ("Độ mật", "", None),
    ("Độ mật", "Thường", None),
    ("Độ khẩn", "Hỏa tốc", None),
    ("Mật độ", "12", None),
])
def test_a_column_of_degrees_is_read_by_its_heading(header, value, mark):
    assert find_secrecy_mark_in_column(header, value) == mark


def test_the_refusal_carries_the_rule_and_nothing_of_the_text():
    refusal = SecretDocument("line")
    assert refusal.rule == "line"
    assert vars(refusal) == {"rule": "line"}


@pytest.mark.parametrize("text", ["MẬT " * 250_000, "(" * 1_000_000, "độ mật: " * 100_000, "MẬT" + " " * 1_000_000 + "x",
                                  "\n" * 1_000_000, "m a t" * 200_000])
def test_a_megabyte_takes_a_moment(text):
    began = time.perf_counter()
    find_secrecy_mark(text, whole_text=False)
    find_secrecy_mark(text, whole_text=True)
    find_secrecy_mark_in_file_name(text)
    assert time.perf_counter() - began < 5


@given(st.text())
def test_any_text_is_looked_through_without_failing(text):
    find_secrecy_mark(text, whole_text=True)
    find_secrecy_mark(text, whole_text=False)
    find_secrecy_mark_in_file_name(text)
    find_secrecy_mark_in_column("độ mật", text)
