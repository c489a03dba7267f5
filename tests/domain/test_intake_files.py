"""Heads and feet as they come out of files and scans."""

from __future__ import annotations

from registry.domain.intake import read_document

HEAD = ("UBND TỈNH HÀ NAM\nSỞ NỘI VỤ\n\nSố: 15/QĐ-SNV\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "---------------\nHà Nam, ngày 05 tháng 02 năm 2021\n\nQUYẾT ĐỊNH\n{subject}\n\nCăn cứ Luật Cán bộ, công chức;\n")
FOOT = "\nNơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n{scrawl}\nNguyễn Thị Hồng\n"


def test_a_ruled_line_is_no_part_of_the_place():
    assert read_document(HEAD.format(subject="Về việc khen thưởng")).place.value == "Hà Nam"


def test_a_subject_may_begin_with_carrying_out():
    subject = "Thực hiện chính sách hỗ trợ học sinh vùng khó khăn"
    assert read_document(HEAD.format(subject=subject)).subject.value == subject


def test_a_body_whose_name_breaks_before_truong_is_no_school():
    text = HEAD.replace("SỞ NỘI VỤ", "SỞ NÔNG NGHIỆP VÀ MÔI\nTRƯỜNG").format(subject="Về việc khen thưởng")
    assert read_document(text).issuer.value == "Sở Nông nghiệp và Môi trường tỉnh Hà Nam"


def test_the_committee_under_the_kind_of_a_partys_document_is_not_its_subject():
    text = ("TỈNH ỦY SƠN LA\n*\nSố 29-CT/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nSơn La, ngày 19 tháng 4 năm 2023\n\nCHỈ THỊ\n"
            "CỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề tăng cường sự lãnh đạo\n\nThực hiện Quyết định số 06/QĐ-TTg ngày 06/01/2022, Tỉnh ủy yêu cầu\n")
    read = read_document(text)
    assert (read.issuer.value, read.subject.value) == ("Tỉnh ủy Sơn La", "về tăng cường sự lãnh đạo")


def test_the_signer_is_found_behind_what_ocr_makes_of_a_signature():
    text = HEAD.format(subject="Về việc khen thưởng") + "Điều 3. Quyết định này có hiệu lực từ ngày ký./.\n"
    for scrawl in ("", "i\n", "“4 ° 5 Ầ\n", "kJo ng ve\n+ TÌ r-\n(8 vŸ mới —\n"):
        read = read_document(text + FOOT.format(scrawl=scrawl))
        assert (read.signer.value, read.position.value) == ("Nguyễn Thị Hồng", "Phó Giám đốc")


def test_a_sentence_behind_a_position_holds_no_signer():
    text = HEAD.format(subject="Về việc khen thưởng") + "Điều 3. GIÁM ĐỐC\ncác đơn vị trực thuộc chịu trách nhiệm thi hành.\nNguyễn Văn An\n"
    assert read_document(text).signer is None


def test_the_head_of_the_national_assembly_keeps_its_capitals():
    text = HEAD.format(subject="Về việc khen thưởng") + "./.\n\nCHỦ TỊCH QUỐC HỘI\n\nTrần Văn An\n"
    assert read_document(text).position.value == "Chủ tịch Quốc hội"
