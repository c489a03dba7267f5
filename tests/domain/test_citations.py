"""What a text cites: kind, number, date, issuer, place in the text, relation."""

from __future__ import annotations

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.citations import Citation, as_json, find_citations
from registry.domain.laws import KNOWN_LAWS, Law, LawTable


def firm(text: str) -> list[Citation]:
    return [one for one in find_citations(text) if not one.optional]


def shown(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(one.kind, one.number, one.issued_on.isoformat() if one.issued_on else None, one.issuer) for one in firm(text)]


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("Căn cứ Nghị định số 08/2015/NĐ-CP ngày 21 tháng 01 năm 2015 của Chính phủ quy định chi tiết",
                 [("Nghị định", "08/2015/NĐ-CP", "2015-01-21", "Chính phủ")], id="complete"),
    pytest.param("Nghị định số 60/2014/NĐ-CP ngày 19/6/2014 và Nghị định số 25/2018/NĐ-CP ngày 28/02/2018 của Chính phủ",
                 [("Nghị định", "60/2014/NĐ-CP", "2014-06-19", "Chính phủ"), ("Nghị định", "25/2018/NĐ-CP", "2018-02-28", "Chính phủ")],
                 id="one issuer at the end of a list is every member's"),
    pytest.param("Nghị quyết số 57-NQ/TW và Quyết định số 1131/QĐ-TTg ngày 12/6/2025 của Thủ tướng Chính phủ",
                 [("Nghị quyết", "57-NQ/TW", None, None), ("Quyết định", "1131/QĐ-TTg", "2025-06-12", "Thủ tướng Chính phủ")],
                 id="but not of a member with another's symbol"),
    pytest.param("các Công điện: số 007/CĐ-UBND ngày 17/11/2025, số 008/CĐ-UBND và số 009/CĐ-UBND ngày 19/11/2025 của UBND tỉnh về",
                 [("Công điện", "007/CĐ-UBND", "2025-11-17", "Ủy ban nhân dân tỉnh"),
                  ("Công điện", "008/CĐ-UBND", "2025-11-19", "Ủy ban nhân dân tỉnh"),
                  ("Công điện", "009/CĐ-UBND", "2025-11-19", "Ủy ban nhân dân tỉnh")], id="the kind once for a list"),
    pytest.param("các Nghị định của Chính phủ: số 63/2010/NĐ-CP ngày 08/6/2010 về kiểm soát thủ tục hành chính; số 92/2017/NĐ-CP",
                 [("Nghị định", "63/2010/NĐ-CP", "2010-06-08", "Chính phủ"), ("Nghị định", "92/2017/NĐ-CP", None, "Chính phủ")],
                 id="the issuer before the numbers"),
    pytest.param("Nghị quyết số 46/NQ-CP của Chính phủ ngày 08 tháng 3 năm 2025",
                 [("Nghị quyết", "46/NQ-CP", "2025-03-08", "Chính phủ")], id="issuer before date"),
    pytest.param("theo QĐ 21/QĐ-TTg của TTg", [("Quyết định", "21/QĐ-TTg", None, "TTg")], id="kind by abbreviation"),
    pytest.param("Kế hoạch 346/KH-UBND ngày 05/02/2021 về việc số hóa", [("Kế hoạch", "346/KH-UBND", "2021-02-05", None)], id="without số"),
    pytest.param("tại văn bản số 308/BC-BXD ngày 13 tháng 11 năm 2025", [("Báo cáo", "308/BC-BXD", "2025-11-13", None)],
                 id="văn bản: the symbol tells the kind"),
    pytest.param("có Văn bản số 1986/BCT-ĐL ngày 20/3/2020 đề nghị", [("Công văn", "1986/BCT-ĐL", "2020-03-20", None)],
                 id="văn bản: a letter"),
    pytest.param("Báo cáo thẩm tra số 420/BC-UBTPPL15 ngày 03 tháng 6 năm 2025 của Ủy ban Pháp luật và Tư pháp,",
                 [("Báo cáo", "420/BC-UBTPPL15", "2025-06-03", "Ủy ban Pháp luật và Tư pháp")], id="words between kind and số"),
    pytest.param("công văn số 09/HDTLMM/2025 ngày 06/11/2025 của Công ty TNHH Bao bì Riches Việt Nam về đề nghị",
                 [("Công văn", "09/HDTLMM/2025", "2025-11-06", "Công ty TNHH Bao bì Riches Việt Nam")], id="a company's letter"),
    pytest.param("Thông tư liên tịch số 07/2013/TTLT-BGDĐT-BNV-BTC ngày 08/3/2013 của Bộ trưởng Bộ Giáo dục và Đào tạo, Bộ trưởng "
                 "Bộ Nội vụ và Bộ trưởng Bộ Tài chính hướng dẫn",
                 [("Thông tư liên tịch", "07/2013/TTLT-BGDĐT-BNV-BTC", "2013-03-08",
                   "Bộ trưởng Bộ Giáo dục và Đào tạo, Bộ trưởng Bộ Nội vụ và Bộ trưởng Bộ Tài chính")], id="joint circular"),
    pytest.param("Chỉ thị số 46 - CT/TW ngày 16/5/2025 của Bộ Chính trị về lãnh đạo", [("Chỉ thị", "46-CT/TW", "2025-05-16", "Bộ Chính trị")],
                 id="Party, loose spaces"),
    pytest.param("Luật Đấu thầu số 22/2023/QH15 được sửa đổi tại Luật số 57/2024/QH15, Luật số 90/2025/QH15",
                 [("Luật", "22/2023/QH15", None, None), ("Luật", "57/2024/QH15", None, None), ("Luật", "90/2025/QH15", None, None)],
                 id="laws by number"),
    pytest.param("Luật Tổ chức\nChính phủ ngày 18 tháng 02 năm 2025 và Bộ luật Lao động ngày 20 tháng 11 năm 2019;",
                 [("Luật", None, "2025-02-18", None), ("Bộ luật", None, "2019-11-20", None)], id="laws by name and date"),
    pytest.param("Quyết định số 71/2019/QĐ-UBND 23/12/2019 của Ủy ban nhân dân tỉnh An Giang ban hành",
                 [("Quyết định", "71/2019/QĐ-UBND", "2019-12-23", "Ủy ban nhân dân tỉnh An Giang")], id="a cell of a sheet, no ngày"),
    pytest.param("quyết định số 54/2012/qđ-ubnd ngày 14/12/2012 của ủy ban nhân dân tỉnh bình dương ban hành quy định",
                 [("Quyết định", "54/2012/QĐ-UBND", "2012-12-14", "ủy ban nhân dân tỉnh bình dương")], id="all lower case"),
    pytest.param("CHỈ THỊ SỐ 52-CT/TW NGÀY 03 THÁNG 10 NĂM 2025 CỦA BAN BÍ THƯ VỀ THỰC HIỆN",
                 [("Chỉ thị", "52-CT/TW", "2025-10-03", "BAN BÍ THƯ")], id="all capitals"),
    pytest.param("Nghi định số 104/2016 và NĐ 88/CP", [("Nghị định", "104/2016/NĐ-CP", None, None), ("Nghị định", "88/CP", None, None)],
                 id="symbol left out; a decree of before 1997"),
    pytest.param("Phụ lục TT 26.2013.TT.NHNN.docx", [("Thông tư", "26/2013/TT-NHNN", None, None)], id="a file name"),
    pytest.param("Thông tư số 15/2023/TT-\nBLĐTBXH, có hiệu lực", [("Thông tư", "15/2023/TT-BLĐTBXH", None, None)],
                 id="hyphenated at the line's end"),
    pytest.param("Luật Nhà ở năm 2014 số 65/2014/QH13", [("Luật", "65/2014/QH13", None, None)], id="a law's year before its number"),
    pytest.param("Kết luận số 212-KL/TW ngày 01/12/2025 của Bộ Chính trị, Ban Bí thư về định hướng",
                 [("Kết luận", "212-KL/TW", "2025-12-01", "Bộ Chính trị, Ban Bí thư")], id="two organs of the Party"),
    pytest.param("công văn hỏa tốc số 123/UBND-KGVX ngày 1/3/2021", [("Công văn", "123/UBND-KGVX", "2021-03-01", None)], id="urgent letter"),
    pytest.param("Công điện số 04/CĐ-TTg hồi 10 giờ ngày 2/3/2021", [("Công điện", "04/CĐ-TTg", "2021-03-02", None)], id="with the hour"),
    pytest.param("Thông tư 78/2021/TT-BTC do Bộ Tài chính ban hành", [("Thông tư", "78/2021/TT-BTC", None, "Bộ Tài chính")], id="do … ban hành"),
    pytest.param("Thông tư số 06/2022/TT-B\u0422\u0421 và Nghị định số142/2018/NĐ-CP",
                 [("Thông tư", "06/2022/TT-BTC", None, None), ("Nghị định", "142/2018/NĐ-CP", None, None)], id="Cyrillic letters; no space"),
    pytest.param("diện tích tại Quyết định số 348/QĐ-UBND ngày 14/2/2019 của Công ty A", [("Quyết định", "348/QĐ-UBND", "2019-02-14", None)],
                 id="a company issues no decision of a committee"),
    pytest.param("Trả lời công văn số\n128.2025/OL.WMCLV ngày 24/11/2025 của Công ty TNHH Hoa Sen về việc",
                 [("Công văn", "128.2025/OL.WMCLV", "2025-11-24", "Công ty TNHH Hoa Sen")], id="a company's own kind of number"),
    pytest.param("văn bản số 01/CV-01 ngày 20/11/2025 của Công ty Cổ phần Sông Đáy, công văn số 01-10/2025/CV-TKV ngày 21/11/2025",
                 [("Công văn", "01/CV-01", "2025-11-20", "Công ty Cổ phần Sông Đáy"), ("Công văn", "01-10/2025/CV-TKV", "2025-11-21", None)],
                 id="company letters with digits behind the symbol"),
    pytest.param("Kèm theo Quyết định số 2665 QĐ/UBND ngày 26 tháng 11 năm 2025 của Chủ tịch UBND xã Mỹ Lộc)",
                 [("Quyết định", "2665QĐ/UBND", "2025-11-26", "Chủ tịch Ủy ban nhân dân xã Mỹ Lộc")], id="a space for the slash"),
    pytest.param("Sở Tư pháp: số 294/BC-STP ngày 12/9/2025, số 1890/STP-VB&TDTHPL ngày 24/10/2025",
                 [("Báo cáo", "294/BC-STP", "2025-09-12", None), ("Công văn", "1890/STP-VB&TDTHPL", "2025-10-24", None)],
                 id="a list of different kinds, told by the symbols"),
    pytest.param("Văn bản giải trình, tiếp thu số 6253/UBND-SNV ngày 25/11/2025",
                 [("Công văn", "6253/UBND-SNV", "2025-11-25", None)], id="tiếp thu is no thư"),
    pytest.param("Nghị quyết ngày 27/11/2025 của Hội đồng nhân dân tỉnh Nghệ An về", [
        ("Nghị quyết", None, "2025-11-27", "Hội đồng nhân dân tỉnh Nghệ An")], id="without a number"),
    pytest.param("được sửa đổi, bổ sung bởi Luật ngày 25\ntháng 6 năm 2025;", [("Luật", None, "2025-06-25", None)], id="a law by its day"),
    pytest.param("đã có công văn số 2273/CTK - CSCL ngày 15/10/2025 phúc đáp", [("Công văn", "2273/CTK-CSCL", "2025-10-15", None)],
                 id="a letter with loose spaces"),
    pytest.param("Biểu mẫu_kèm theo TT số 09_2014_TT-BTTTT.doc", [("Thông tư", "09/2014/TT-BTTTT", None, None)], id="a file name, underscored"),
    pytest.param("Phu luc_90_2018_TT-BTC.doc\nPL TT 61.2017.BTC.docx", [("Thông tư", "90/2018/TT-BTC", None, None), ("Thông tư", "61/2017/TT-BTC", None, None)],
                 id="file names with the kind in the number, or in front alone"),
    pytest.param("Kế hoạch số 515/KH-BCA-BNN&MT ngày 31/8/2025 của Bộ Công an và Bộ Nông nghiệp và Môi trường, cùng",
                 [("Kế hoạch", "515/KH-BCA-BNN&MT", "2025-08-31", "Bộ Công an và Bộ Nông nghiệp và Môi trường")], id="joint by its symbol"),
    pytest.param("Quy chế phối hợp số 49/QCPH-UBND-UBMT ngày 24/01/2025; Kế hoạch hành động số 459-KHHĐ/TU của Thành ủy Huế; Hướng dẫn liên ngành "
                 "số 02/HDLN-BCA-VKSNDTC", [("Quy chế", "49/QCPH-UBND-UBMT", "2025-01-24", None), ("Kế hoạch", "459-KHHĐ/TU", None, "Thành ủy Huế"),
                                             ("Hướng dẫn", "02/HDLN-BCA-VKSNDTC", None, None)], id="kinds of more than one word"),
    pytest.param("Nghị định số 78/2025/NĐ-CP ngày ngày 01/4/2025 của Chính phủ, Thông tư 29/2011/TT-BGTVT ngày 15 tháng 4 năm năm 2011",
                 [("Nghị định", "78/2025/NĐ-CP", "2025-04-01", "Chính phủ"), ("Thông tư", "29/2011/TT-BGTVT", "2011-04-15", None)], id="a word twice"),
    pytest.param("công văn số 7317/BYT-MT ngày 03/9/ của Bộ Y tế; Thông tư số 22/2013/TT-BQP ngày 11/3/12013 của Bộ Quốc phòng; "
                 "Quyết định số 12/QĐ-UBND ngày tháng năm 2025 của UBND tỉnh",
                 [("Công văn", "7317/BYT-MT", None, "Bộ Y tế"), ("Thông tư", "22/2013/TT-BQP", None, "Bộ Quốc phòng"),
                  ("Quyết định", "12/QĐ-UBND", None, "Ủy ban nhân dân tỉnh")], id="the issuer behind a day that cannot be read"),
    pytest.param("Quy định số 11-QĐi/TW (sửa đổi) của Bộ Chính trị, giải quyết", [("Quy định", "11-QĐi/TW", None, "Bộ Chính trị")],
                 id="the issuer behind a bracket"),
    pytest.param("Luật khuyến khích đầu tư trong nước (sửa đổi) số 03/1998/QH10 và Pháp lệnh Ngoại hối số 28/2005/PL-UBTV ngày 13/12/2005",
                 [("Luật", "03/1998/QH10", None, None), ("Pháp lệnh", "28/2005/PL-UBTV", "2005-12-13", None)], id="a bracket in the name; a short symbol"),
    pytest.param("Nghị quyết số 55/2010/QH12 về miễn, giảm thuế sử dụng đất; số 28/2016/QH14 ngày 11/11/2016 về sửa đổi",
                 [("Nghị quyết", "55/2010/QH12", None, None), ("Nghị quyết", "28/2016/QH14", "2016-11-11", None)],
                 id="a list whose members have their subjects"),
    pytest.param("cv 2844/SGDĐT-KHTC ngày 17/11/2025, kh số 346/kh-ubnd của ubnd tỉnh",
                 [("Công văn", "2844/SGDĐT-KHTC", "2025-11-17", None), ("Kế hoạch", "346/KH-UBND", None, "Ủy ban nhân dân tỉnh")],
                 id="abbreviations in small letters that the symbol confirms"),
    pytest.param("Thông tư liên tịch số 24/2005/TTLT/BYT-BTS (ngày 8 tháng 12 năm 2005 của Bộ Y tế- Bộ Thủy sản)",
                 [("Thông tư liên tịch", "24/2005/TTLT/BYT-BTS", "2005-12-08", "Bộ Y tế- Bộ Thủy sản")], id="date and issuers in a bracket"),
    pytest.param("Công văn số 15972/SXD-QLN & TTBĐS ngày 14/11/2025 về", [("Công văn", "15972/SXD-QLN&TTBĐS", "2025-11-14", None)],
                 id="spaces round &"),
    pytest.param("Kết luận số 100-KL/ĐU ngày 17/11/2025 của Đảng ủy UBND tỉnh về", [("Kết luận", "100-KL/ĐU", "2025-11-17", "Đảng ủy Ủy ban nhân dân tỉnh")],
                 id="the Party committee of a committee"),
    pytest.param("Giáo dục nghề nghiệp\n\n650/QĐ-UBND ngày 04/5/2025 của\nChủ tịch UBND tỉnh Bắc Ninh",
                 [("Quyết định", "650/QĐ-UBND", "2025-05-04", "Chủ tịch Ủy ban nhân dân tỉnh Bắc Ninh")], id="alone in a cell"),
    pytest.param("Kế hoạch số 21-KH/ĐU, ngày 29/7/2025 của Ban Thường vụ Đảng ủy xã Lương Minh về; Báo cáo số 04-BC/ĐU của Đảng ủy Chính phủ về",
                 [("Kế hoạch", "21-KH/ĐU", "2025-07-29", "Ban Thường vụ Đảng ủy xã Lương Minh"),
                  ("Báo cáo", "04-BC/ĐU", None, "Đảng ủy Chính phủ")], id="committees of the Party"),
    pytest.param("ngày 11/3/2009 tại Thông tư liên tịch số 47/2009/TTLT-BTC-BLĐTBXH của liên Bộ Tài chính - Lao động - Thương binh và Xã hội hướng dẫn",
                 [("Thông tư liên tịch", "47/2009/TTLT-BTC-BLĐTBXH", None, "liên Bộ Tài chính - Lao động - Thương binh và Xã hội")], id="liên Bộ"),
    pytest.param("Nghị định số 64/2007/NĐ-CP ngày 10 tháng 4 năm 2007 của\n\nCÔNG BÁO/Số 699 + 700/Ngày 24-8-2022\n47\n\nChính phủ về",
                 [("Nghị định", "64/2007/NĐ-CP", "2007-04-10", "Chính phủ")], id="the gazette's running head inside"),
    pytest.param("Nghị định số 49/2018/NĐ-CP ngày 30 tháng 3 năm 20188\ncủa Chính phủ",
                 [("Nghị định", "49/2018/NĐ-CP", "2018-03-30", "Chính phủ")], id="the mark of a footnote behind the year"),
    pytest.param("Quyết định số 12/QĐ-UBND - UBND tỉnh đề nghị", [("Quyết định", "12/QĐ-UBND", None, None)], id="a dash is no part"),
])
def test_citations_are_read_in_all_their_forms(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize("text", [
    "Hợp đồng số 15/2021/HĐ-TVXD ngày 10/5/2021 giữa Ban Quản lý dự án và đơn vị tư vấn.",
    "liên hệ số điện thoại 0226.3852.115 hoặc 024.3943.7010 (máy lẻ 12/34).",
    "Có 45/63 tỉnh, thành phố; đạt 12/14 chỉ tiêu, 98/105 xã đạt chuẩn; 2/3 - xã.",
    "cao tốc đoạn Km12+500 - Km18+200, ĐT.491, tốc độ 01 Gb/s, 10 tấn/ngày đêm",
    "số 12/3 đường 30/4, tài khoản số 3713.0.1054321, thửa đất số 12/TBĐ-05",
    "Nghị định này có hiệu lực từ ngày 01/7/2025. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2014.",
    "theo Mẫu số 02/TB-ĐĐKD ban hành kèm theo Thông tư này; Biểu số 203.N/LĐVL-Sở; tờ khai 05/KK-TNCN",
    "giấy chứng nhận quyền sử dụng đất số ba-179039 ngày 28/4/2010",
    "Quyết định của Ban Giám đốc; nghị quyết của chi bộ trong quý III/2021; tuần 32/2021",
    "Số: 325/KH-UBND\nHà Nam, ngày 04 tháng 02 năm 2021",
    "CÔNG BÁO/Số 595 + 596/Ngày 13-3-2023",
    "Số: /KH-MTTQ-BTT",
    "giai đoạn 2021-2025, nhiệm kỳ 2020 - 2025, mã TTHC 1.000234.000.00.00.H42",
])
def test_what_only_looks_like_a_number_is_no_citation(text):
    assert firm(text) == []


@pytest.mark.parametrize("noise", [
    pytest.param(lambda text: unicodedata.normalize("NFD", text), id="NFD"),
    pytest.param(lambda text: text.replace("Đ", "\u00d0"), id="Icelandic eth"),
    pytest.param(lambda text: text.replace(" ", "\u00a0"), id="hard spaces"),
    pytest.param(lambda text: text.replace("-", "\u2013"), id="en dashes"),
    pytest.param(lambda text: text.replace(" ", "\n"), id="a break at every space"),
    pytest.param(lambda text: text.replace("/", "/\u200b"), id="zero-width spaces"),
    pytest.param(lambda text: text.replace(" ", "   "), id="three spaces"),
])
def test_noise_changes_nothing_but_the_place(noise):
    text = "Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ và Quyết định số 21/QĐ-TTg"
    assert shown(noise(text)) == shown(text)
    for one in firm(noise(text)):
        assert noise(text)[one.start : one.end] == one.text


@pytest.mark.parametrize(("text", "name", "locator"), [
    pytest.param("tại điểm a khoản 1 Điều 16 Nghị định số 62/2025/NĐ-CP", None, "điểm a khoản 1 Điều 16", id="point, clause, article"),
    pytest.param("khoản 2 Điều 1 của Thông tư số 15/2023/TT-BLĐTBXH", None, "khoản 2 Điều 1", id="with của"),
    pytest.param("khoản 3 và khoản 5 Điều 87 Luật Nhà ở số 27/2023/QH15", "Luật Nhà ở", "khoản 3 và khoản 5 Điều 87", id="of a law"),
    pytest.param("Điều 55, Điều 56 Nghị định số 133/2025/NĐ-CP", None, "Điều 55, Điều 56", id="two articles"),
])
def test_the_article_cited_is_noted(text, name, locator):
    (one,) = firm(text)
    assert (one.name, one.locator) == (name, locator)


@pytest.mark.parametrize(("text", "relations"), [
    pytest.param("Bãi bỏ các Quyết định sau:\n- Quyết định số 12/2020/QĐ-UBND;\n- Quyết định số 13/2020/QĐ-UBND.", ["repeals", "repeals"],
                 id="a list under its heading"),
    pytest.param("Căn cứ Nghị định số 60/2003/NĐ-CP của Chính phủ; Nghị định số 92/2017/NĐ-CP về", ["based_on", "based_on"],
                 id="a basis goes on behind a semicolon"),
    pytest.param("Sửa đổi Quy định bồi thường khi Nhà nước thu hồi đất ban hành kèm theo Quyết định số 52/2024/QĐ-UBND", ["amends"],
                 id="land is recalled, not the decision"),
    pytest.param("Thu hồi Công văn số 12/UBND-NC ngày 3/3/2024", ["recalls"], id="recall"),
    pytest.param("Điều 1. Phạm vi điều chỉnh Thông tư này quy định mẫu tại Luật Đầu tư số 143/2025/QH15", ["cites"], id="scope is no amendment"),
    pytest.param("xây dựng Quyết định điều chỉnh bảng giá theo quy định tại Điều 6 Thông tư số 44/2017/TT-BTC", ["cites"], id="theo quy định tại"),
    pytest.param("DANH MỤC SỬA ĐỔI, BỔ SUNG (Kèm theo Quyết định số: 1489/QĐ-UBND)", ["attached_to"], id="brackets stand apart"),
    pytest.param("kho hàng không kéo dài đã công nhận trước ngày Nghị định 68/2016/NĐ-CP", ["cites"], id="what is long is not extended"),
    pytest.param("kéo dài thời gian thực hiện Nghị quyết số 17/2021/NQ-HĐND", ["extends"], id="extends the time to carry out"),
    pytest.param("tạm ngưng hiệu lực thi hành Thông tư số 03/2016/TT-BXD", ["suspends_effect"], id="suspends the effect"),
    pytest.param("đình chỉ thi hành Nghị quyết số 4/NQ-HĐND", ["suspends_execution"], id="suspends the execution"),
    pytest.param("đôn đốc các đơn vị thực hiện Công văn số 3/UBND-VX", ["urges"], id="urges others"),
    pytest.param("Hợp nhất Nghị định số 60/2014/NĐ-CP và Nghị định số 25/2018/NĐ-CP", ["consolidates"] * 2, id="consolidates"),
    pytest.param("Giải thích khoản 1 Điều 2 Luật Đất đai số 31/2024/QH15", ["explains"], id="explains"),
    pytest.param("Sao y Quyết định số 12/QĐ-UBND", ["copy_of"], id="copy"),
    pytest.param("Đính chính Quyết định số 12/QĐ-UBND", ["corrects"], id="corrects"),
    pytest.param("đôn đốc thực hiện Kế hoạch số 112/KH-UBND", ["urges"], id="urges"),
    pytest.param("thì thực hiện điều chỉnh.”\nNgày 10/10, tại Công văn số 12/UBND-NC", ["cites"], id="a quotation ends a clause"),
    pytest.param("Căn cứ Nghị định số 63/2010/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 92/2017/NĐ-CP;", ["based_on", "based_on"],
                 id="basis, with what amended it"),
    pytest.param("Căn cứ Nghị định số 05/2025/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 08/2022/NĐ-CP;", ["based_on", "cites"],
                 id="a nested title is the other document's business"),
    pytest.param("Kế hoạch triển khai thực hiện Quyết định số 21/QĐ-TTg", ["implements"], id="carries out"),
    pytest.param("Quyết định này thay thế Quyết định số 942/QĐ-TTg", ["replaces"], id="replaces"),
    pytest.param("bãi bỏ Quyết định số 12/QĐ-UBND và Quyết định số 13/QĐ-UBND", ["repeals", "repeals"], id="repeals, a list"),
    pytest.param("Sửa đổi, bổ sung một số điều của Quyết định số 12/2020/QĐ-UBND", ["amends"], id="amends"),
    pytest.param("đính chính Thông tư số 12/2020/TT-BTC", ["corrects"], id="corrects"),
    pytest.param("hướng dẫn thực hiện Thông tư số 12/2020/TT-BTC", ["guides"], id="guides"),
    pytest.param("Tổng kết việc thực hiện Nghị định số 60/2014/NĐ-CP và Nghị định số 25/2018/NĐ-CP", ["reports_on", "reports_on"],
                 id="reports on"),
    pytest.param("sơ kết 05 năm thực hiện Nghị định số 72/2015/NĐ-CP", ["reports_on"], id="half-way report"),
    pytest.param("Trả lời công văn số 12/STC-QLNS ngày 05/5/2021", ["replies_to"], id="replies"),
    pytest.param("về việc đôn đốc thực hiện Kế hoạch số 12/KH-UBND", ["urges"], id="urges"),
    pytest.param("Quyết định số 12/2019/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực", ["repeals"], id="ends, said behind"),
    pytest.param("theo quy định tại Nghị định số 30/2020/NĐ-CP", ["cites"], id="only cites"),
])
def test_the_words_tell_the_relation(text, relations):
    assert [one.relation for one in firm(text)] == relations


def test_a_law_by_bare_name_is_a_mention_of_a_known_law():
    found = find_citations("quy định tại Điều 59 Luật Tài nguyên nước năm 2023 và Luật Không Có Thật")
    assert [(one.name, one.year, one.optional) for one in found] == [("Luật Tài nguyên nước", 2023, True)]
    assert find_citations("quy định về xử lý kỷ luật cán bộ, công chức") == []


def test_an_office_adds_its_own_laws():
    table = LawTable(()).extended([Law("Luật Thử nghiệm", "99/2030/QH17", date(2030, 5, 1))])
    (one,) = find_citations("theo Luật Thử nghiệm", laws=table)
    assert one.name == "Luật Thử nghiệm"
    assert table.find("luật thử nghiệm", year=2030).number == "99/2030/QH17"
    assert KNOWN_LAWS.find("Luật Đất đai", year=2024).number == "31/2024/QH15"
    assert KNOWN_LAWS.find("Luật Đất đai") is None, "which of the three is not said"


def test_the_json_form_is_that_of_the_labelled_passages():
    (one,) = firm("theo điểm b khoản 2 Điều 2 NĐ 88/CP.")
    assert as_json(one) == {
        "span": [27, 35], "text": "NĐ 88/CP", "type": "Nghị định", "number": "88/CP", "date": None, "issuer": None,
        "issuer_implied": "Chính phủ", "name": None, "locator": "điểm b khoản 2 Điều 2", "relation": "cites"}


WORDS = ["Nghị định", "số", "Luật", "của", "ngày", "và", ",", ";", "\n", "30/2020/NĐ-CP", "12/", "/QĐ-", "Điều 1", "khoản", "Chính phủ",
         "UBND tỉnh", "sửa đổi, bổ sung", "Căn cứ", "01/01/2020", "ngày 31 tháng 02 năm 2021", "-", "Bộ trưởng Bộ", "\u0301", "\u200b", "Ð"]


@settings(max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=40).map(" ".join))
def test_any_text_is_read_and_every_place_fits(text):
    end = 0
    for one in find_citations(text):
        assert one.start >= end
        assert text[one.start : one.end] == one.text
        assert one.text.strip()
        end = one.end


@pytest.mark.parametrize("piece", [
    "của ", "Luật ", "Luật sửa đổi, bổ sung một số điều của ", "số ", "1/", "1/A-", "Điều 1, ", "Nghị định số ", "a\u0301\u0323", "\u200b \u200b",
    "12/QĐ-UBND, ", "ngày 01/01/2020 ", "Bộ trưởng Bộ ", "và ", "(", "-", "Căn cứ Luật Đất đai ngày ", "A1-", "9", "QĐ ", "Ủy ban nhân dân tỉnh ",
    "\n1\n", "\nCÔNG BÁO/Số 1 ", "công văn số 1-", "liên Bộ Tài chính, ", "bãi bỏ:\n- Quyết định số 1/QĐ-TTg;\n",
    "thực hiện ", "Quyết định số 1/QĐ-TTg ngày 1/1/2020 của ", "1_2020_TT_BTC ", "1.2020.TT.", "1/QĐ-UBND ngày ", "; số 1/2020/QH14 về ",
])
def test_hostile_text_takes_linear_time(piece):
    small, large = (piece * (size // len(piece)) for size in (20_000, 80_000))
    started = time.process_time()
    find_citations(small)
    first = time.process_time() - started
    started = time.process_time()
    find_citations(large)
    assert time.process_time() - started < max(0.4, 8 * first)
