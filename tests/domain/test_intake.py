"""Pasted text becomes proposed registrations: a document, an article that lists documents, a table."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.intake import proposals_as_json, read_any, read_document, read_listing, read_table

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ NAM
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
HỎA TỐC
Số: 681/KH-UBND
Hà Nam, ngày 24 tháng 3 năm 2021
KẾ HOẠCH
Triển khai thực hiện Quyết định số 21/QĐ-TTg ngày 06/01/2021 của Thủ tướng Chính phủ
phê duyệt Đề án “Đào tạo nguồn nhân lực an toàn thông tin”

Căn cứ Luật An toàn thông tin mạng ngày 19 tháng 11 năm 2015;
Thực hiện Quyết định số 21/QĐ-TTg ngày 06/01/2021 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
1. Nâng cao nhận thức./.

Nơi nhận:
- Bộ Thông tin và Truyền thông;
- Các sở, ban, ngành;
- Lưu: VT, KGVX.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Xuân Dưỡng

PHỤ LỤC
Mẫu số 01
"""

ARTICLES = json.loads((Path(__file__).parents[1] / "data" / "intake_articles.json").read_text(encoding="utf-8"))

LETTER = """UBND TỈNH HÀ NAM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ THÔNG TIN VÀ TRUYỀN THÔNG Độc lập - Tự do - Hạnh phúc
Số: 512/STTTT-CNTT Hà Nam, ngày 07 tháng 5 năm 2021
V/v báo cáo kết quả thực hiện
Kế hoạch số 325/KH-UBND

Kính gửi: Các sở, ban, ngành.
Trả lời Công văn số 15/SNV-CCHC ngày 04/5/2021 của Sở Nội vụ, Sở Thông tin và Truyền thông đề nghị các đơn vị báo cáo./.
Nơi nhận: - Như trên; - Lưu: VT, CNTT. GIÁM ĐỐC Nguyễn Văn An
"""

ARTICLE = """Sáu tháng đầu năm, Sở Nội vụ tỉnh Hà Nam đã đạt nhiều kết quả; 45/63 chỉ tiêu hoàn thành.

Sở đã tham mưu với UBND tỉnh ban hành: Quyết định số 07/2021/QĐ-UBND ngày 09/4/2021 về ban hành Quy chế dùng chung tỉnh Hà Nam. \
Kế hoạch 346/KH-UBND ngày 05/02/2021 về số hóa; tạo lập dữ liệu trên địa bàn tỉnh. Báo cáo số 29/BC-UBND ngày 26/02/2021 về Tổng kết \
việc thực hiện Nghị định số 60/2014/NĐ-CP ngày 19/6/2014 và Nghị định số 25/2018/NĐ-CP ngày 28/02/2018 của Chính phủ. \
Kế hoạch triển khai thực hiện Quyết định số 175/QĐ-TTg ngày 05/02/2021 của Thủ tướng Chính phủ.

Để hoàn thành nhiệm vụ, sở tập trung: Xây dựng Chương trình công tác năm 2022; Kế hoạch cải cách hành chính năm 2022. \
Trình UBND tỉnh: Quyết định ban hành Quy chế quản lý; Quyết định ban hành Quy định chế độ thù lao."""


def value(field):
    return field.value if field else None


def test_a_document_gives_every_field_of_the_form():
    plan = read_document(PLAN)
    assert value(plan.kind) == "Kế hoạch"
    assert value(plan.number) == "681/KH-UBND"
    assert value(plan.issued_on) == date(2021, 3, 24)
    assert value(plan.place) == "Hà Nam"
    assert value(plan.issuer) == "Ủy ban nhân dân tỉnh Hà Nam"
    assert value(plan.subject) == ("Triển khai thực hiện Quyết định số 21/QĐ-TTg ngày 06/01/2021 của Thủ tướng Chính phủ "
                                   "phê duyệt Đề án “Đào tạo nguồn nhân lực an toàn thông tin”")
    assert value(plan.urgency) == "Hỏa tốc"
    assert value(plan.signer) == "Trần Xuân Dưỡng"
    assert value(plan.position) == "Phó Chủ tịch"
    assert value(plan.capacity) == "TM. KT."
    assert [one.value for one in plan.recipients] == ["Bộ Thông tin và Truyền thông", "Các sở, ban, ngành", "Lưu: VT, KGVX"]
    assert {(one.number or one.name, one.relation) for one in plan.references} == {
        ("21/QĐ-TTg", "implements"), ("Luật An toàn thông tin mạng", "based_on")}


def test_each_field_points_at_its_source_in_the_text():
    plan = read_document(PLAN)
    for field in (plan.number, plan.place, plan.signer):
        assert PLAN[field.start : field.end] == field.value
    assert PLAN[plan.issued_on.start : plan.issued_on.end] == "ngày 24 tháng 3 năm 2021"
    assert PLAN[plan.issuer.start : plan.issuer.end] == "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM"


def test_a_letter_with_its_two_columns_side_by_side_is_read():
    letter = read_document(LETTER)
    assert value(letter.kind) == "Công văn"
    assert value(letter.number) == "512/STTTT-CNTT"
    assert value(letter.issued_on) == date(2021, 5, 7)
    assert value(letter.issuer) == "Sở Thông tin và Truyền thông tỉnh Hà Nam"
    assert value(letter.parent) == "Ủy ban nhân dân tỉnh Hà Nam"
    assert value(letter.subject) == "V/v báo cáo kết quả thực hiện Kế hoạch số 325/KH-UBND"
    assert value(letter.signer) == "Nguyễn Văn An"
    assert value(letter.position) == "Giám đốc"


BEHIND_THE_PREAMBLE = """CÔNG BÁO/Số 245/Ngày 23-04-2026
2

NGHỊ ĐỊNH
Quy định cơ chế ưu đãi theo Luật Điện lực
số 61/2024/QH15

Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;
Chính phủ ban hành Nghị định quy định cơ chế ưu đãi.

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
CHÍNH PHỦ
_________

Số: 135/2026/NĐ-CP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hà Nội, ngày 07 tháng 4 năm 2026
"""


def test_a_letterhead_behind_the_preamble_gives_number_and_date():
    (read,) = read_any(BEHIND_THE_PREAMBLE)
    assert (read.kind.value, read.number.value, read.issued_on.value, read.issuer.value) == (
        "Nghị định", "135/2026/NĐ-CP", date(2026, 4, 7), "Chính phủ")
    assert read.subject.value == "Quy định cơ chế ưu đãi theo Luật Điện lực số 61/2024/QH15"


def test_a_letter_without_its_letterhead_is_named_by_its_appendix():
    (read,) = read_any("Kính gửi:\n\n- Thuế tỉnh, thành phố;\n\nNgày 25/02/2025, Tổng cục Thuế đã ban hành Công văn số 828/TCT-KK về việc cung cấp thông tin./.\n\n"
                       "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nPhụ lục 1\nCÁC TÌNH HUỐNG THƯỜNG GẶP\n(Kèm\ntheo Công văn số 5435/CT-NVT ngày 21/11/2025 của Cục Thuế)\n")
    assert (read.kind.value, read.number.value, read.issued_on.value, read.issuer.value) == (
        "Công văn", "5435/CT-NVT", date(2025, 11, 21), "Cục Thuế")


def test_a_consolidated_text_is_known_by_the_amendments_under_its_title():
    read = read_document("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nLUẬT\nAN TOÀN LAO ĐỘNG\n\nLuật An toàn lao động số 84/2015/QH13 "
                         "của Quốc hội, có hiệu lực kể từ ngày 01 tháng 7 năm 2016, được sửa đổi, bổ sung bởi:\nLuật số 41/2024/QH15.\n\nCăn cứ Hiến pháp;\n")
    assert read.kind.value == "Văn bản hợp nhất"


@pytest.mark.parametrize(("head", "subject"), [
    pytest.param("KẾT LUẬN\nCỦA BỘ CHÍNH TRỊ,\nBAN BÍ THƯ\nVỀ TÌNH HÌNH HOẠT ĐỘNG", "VỀ TÌNH HÌNH HOẠT ĐỘNG", id="two bodies in two lines"),
    pytest.param("NGHỊ ĐỊNH\nQuy định chi tiết Luật Điện lực\n_____\nNghị định số 181/2025/NĐ-CP ngày 01 tháng 7 năm 2025 của Chính phủ\nquy định chi tiết, có hiệu\nlực kể từ",
                 "Quy định chi tiết Luật Điện lực", id="a consolidated text goes on with its source"),
    pytest.param("NGHỊ QUYẾT\nQUY ĐỊNH MỨC HỌC PHÍ NĂM HỌC\n2025-2026\nCăn cứ Luật Giáo dục", "QUY ĐỊNH MỨC HỌC PHÍ NĂM HỌC 2025-2026", id="a year in the last line"),
    pytest.param("SỞ NỘI VỤ\nSố: 5155/SNV-CCHC\nVề hướng dẫn đánh giá\ntrung tâm học tập\n\nHà Nam, ngày 28 tháng 11 năm 2025\n\nKính gửi: Các sở",
                 "Về hướng dẫn đánh giá trung tâm học tập", id="a letter without V/v"),
])
def test_the_subject_is_found(head, subject):
    assert read_document(head).subject.value == subject


def test_the_kind_of_a_law_stands_before_its_number():
    law = read_document("QUỐC HỘI\n\nLuật số: 50/2024/QH15\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
                        "LUẬT CÔNG ĐOÀN\n\nCăn cứ Hiến pháp\n")
    assert (value(law.kind), value(law.number)) == ("Luật", "50/2024/QH15")


@pytest.mark.parametrize(("head", "issuer"), [
    pytest.param("NGÂN HÀNG NHÀ NƯỚC\nVIỆT NAM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 13/2026/TT-NHNN\nHà Nội, ngày 02 tháng 6 năm 2026\n"
                 "THÔNG TƯ\nQuy định về tiền gửi\n", "Ngân hàng Nhà nước Việt Nam", id="a name in two lines"),
    pytest.param("THÔNG TƯ\nQuy định danh mục\nCăn cứ Luật Viễn thông số 24/2023/QH15;\nBộ trưởng Bộ Khoa học và Công nghệ ban hành Thông tư "
                 "quy định danh mục.\nĐiều 1. Phạm vi\n", "Bộ Khoa học và Công nghệ", id="the head is missing"),
    pytest.param("NGHỊ ĐỊNH\nQuy định cơ chế\nTheo đề nghị của Bộ trưởng Bộ Công Thương;\nChính phủ ban hành Nghị định quy định cơ chế.\n",
                 "Chính phủ", id="the Government"),
])
def test_the_issuer_is_found_in_the_head_or_the_preamble(head, issuer):
    assert value(read_document(head).issuer) == issuer


@pytest.mark.parametrize(("block", "signer", "position", "capacity"), [
    pytest.param("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nVõ Tấn Đức", "Võ Tấn Đức", "Chủ tịch", "TM.", id="for the committee"),
    pytest.param("TL. CỤC TRƯỞNG\nKT. TRƯỞNG BAN NGHIỆP VỤ\nPHÓ TRƯỞNG BAN\nĐào Thu Hương", "Đào Thu Hương", "Phó Trưởng ban", "TL. KT.",
                 id="by order, for the head"),
    pytest.param("TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG HÀNH CHÍNH\nLê An", "Lê An", "Trưởng phòng hành chính", "TUQ.", id="by authority"),
    pytest.param("Q. GIÁM ĐỐC\nLê Văn Bình", "Lê Văn Bình", "Giám đốc", "Q.", id="acting"),
    pytest.param("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nThượng tướng Vũ Hải Sản", "Vũ Hải Sản", "Thứ trưởng", "KT.", id="a rank is no name"),
    pytest.param("GIÁM ĐỐC\n(Đã ký)\nTrần Thị Bích Ngọc", "Trần Thị Bích Ngọc", "Giám đốc", None, id="(Đã ký)"),
])
def test_the_signature_is_read(block, signer, position, capacity):
    text = PLAN[: PLAN.index("TM. ỦY")] + block + "\n"
    plan = read_document(text)
    assert (value(plan.signer), value(plan.position), value(plan.capacity)) == (signer, position, capacity)


def test_an_article_gives_one_proposal_for_each_document_it_lists():
    listed = proposals_as_json(read_listing(ARTICLE))
    assert [(one["type"], one["number"], one["date"], one["issuer"]) for one in listed] == [
        ("Quyết định", "07/2021/QĐ-UBND", "2021-04-09", "Ủy ban nhân dân tỉnh Hà Nam"),
        ("Kế hoạch", "346/KH-UBND", "2021-02-05", "Ủy ban nhân dân tỉnh Hà Nam"),
        ("Báo cáo", "29/BC-UBND", "2021-02-26", "Ủy ban nhân dân tỉnh Hà Nam"),
        ("Kế hoạch", None, None, "Ủy ban nhân dân tỉnh Hà Nam"),
    ]
    assert listed[1]["subject"] == "Về số hóa; tạo lập dữ liệu trên địa bàn tỉnh"
    assert listed[2]["references"] == [
        {"type": "Nghị định", "number": "60/2014/NĐ-CP", "date": "2014-06-19", "issuer": "Chính phủ", "relation": "reports_on"},
        {"type": "Nghị định", "number": "25/2018/NĐ-CP", "date": "2018-02-28", "issuer": "Chính phủ", "relation": "reports_on"}]
    assert listed[3]["references"][0]["relation"] == "implements"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: one["id"])
def test_every_document_and_every_field_of_an_article_comes_out(article):
    assert proposals_as_json(read_any(article["text"])) == article["documents"]


@pytest.mark.parametrize("text", [
    pytest.param("Đã tham mưu UBND tỉnh Hà Nam ban hành các văn bản sau:\n- Kế hoạch số 12/KH-UBND ngày 01/3/2021 về A.\n"
                 "- Quyết định số 13/QĐ-UBND ngày 02/3/2021 về B.\n", id="dashes"),
    pytest.param("Sở đã tham mưu UBND tỉnh Hà Nam ban hành 02 văn bản, gồm: (1) Kế hoạch số 12/KH-UBND ngày 01/3/2021 về A; "
                 "(2) Quyết định số 13/QĐ-UBND ngày 02/3/2021 về B.", id="numbers in brackets"),
    pytest.param("Sở đã trình UBND tỉnh Hà Nam ban hành: Kế hoạch số 12/KH-UBND ngày 01/3/2021 về A; Quyết định số 13/QĐ-UBND "
                 "ngày 02/3/2021 về B.", id="semicolons"),
])
def test_lists_are_read_however_they_are_set(text):
    assert [(one["number"], one["subject"], one["issuer"]) for one in proposals_as_json(read_listing(text))] == [
        ("12/KH-UBND", "Về A", "Ủy ban nhân dân tỉnh Hà Nam"), ("13/QĐ-UBND", "Về B", "Ủy ban nhân dân tỉnh Hà Nam")]


def test_plans_for_later_are_no_documents():
    assert read_listing("Thời gian tới, Sở sẽ trình UBND tỉnh ban hành: Kế hoạch về A; Quyết định về B.") == []


@pytest.mark.parametrize("table", [
    pytest.param("STT\tSố, ký hiệu\tNgày tháng\tTên loại\tTrích yếu\tCơ quan ban hành\n"
                 "1\t325/KH-UBND\t04/02/2021\tKế hoạch\tVề ứng dụng CNTT\tUBND tỉnh Hà Nam\n", id="with headings"),
    pytest.param("325/KH-UBND\t04/02/2021\tVề ứng dụng CNTT\tUBND tỉnh Hà Nam\n", id="without"),
    pytest.param("Trích yếu\tCơ quan ban hành\n\"Kế hoạch số 325/KH-UBND ngày 04/02/2021\nvề ứng dụng CNTT\"\tUBND tỉnh Hà Nam\n",
                 id="all in one quoted cell"),
])
def test_rows_of_a_spreadsheet_become_proposals(table):
    (row,) = proposals_as_json(read_any(table))
    assert (row["type"], row["number"], row["date"], row["issuer"], row["subject"]) == (
        "Kế hoạch", "325/KH-UBND", "2021-02-04", "Ủy ban nhân dân tỉnh Hà Nam", "Về ứng dụng CNTT")


def test_the_input_is_told_by_its_look():
    assert len(read_any(PLAN)) == 1
    assert len(read_any(ARTICLE)) == 4
    assert read_any("Không có văn bản nào ở đây.") == []
    assert read_any("") == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from([*PLAN.split("\n"), *LETTER.split(" "), "\t", "\n", "Quyết định số", "đã ban hành:", '"']),
                          st.text(max_size=4)), max_size=40).map(" ".join))
def test_any_text_is_read(text):
    for one in (*read_any(text), read_document(text), *read_listing(text), *read_table(text)):
        assert 0 <= one.start <= one.end <= len(text)
        for field in (one.kind, one.number, one.issued_on, one.issuer, one.subject, one.signer, *one.recipients):
            assert field is None or 0 <= field.start <= field.end <= len(text)


@pytest.mark.parametrize("piece", ["đã ban hành: ", "Kế hoạch ", "TM. A\n", "KT. CHỦ TỊCH ", "A ", "Nơi nhận: ", "Số: 1/QĐ-", "ỦY BAN NHÂN DÂN\n", "\t", "\"",
                                   "tỉnh Hà Nam ", "- Kế hoạch số 1/KH-UBND.\n", "ban hành Kế hoạch số 1/KH-UBND về A, Kế hoạch số 2/KH-UBND về B; ",
                                   "tỉnh Hà Nam ban hành Quyết định số 1/QĐ-UBND về A và "])
def test_hostile_text_is_read_in_linear_time(piece):
    small, large = (piece * (size // len(piece)) for size in (10_000, 40_000))
    started = time.process_time()
    read_any(small), read_document(small)
    first = time.process_time() - started
    started = time.process_time()
    read_any(large), read_document(large)
    assert time.process_time() - started < max(1.0, 8 * first)
