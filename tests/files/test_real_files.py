"""What the real files say, read by eye; run where the files are."""

from __future__ import annotations

from datetime import date

import pytest

from registry.domain.file_errors import FileUnreadable
from registry.domain.intake import read_document
from registry.files.kinds import detect
from registry.files.programs import libreoffice
from registry.files.reading import ocr_file, read_file
from search_index.text import fold
from tests.benchmarks.corpus import FOLDER
from tests.files.needing import needs_tesseract

_FILES = FOLDER / "files"

EXPECTED = {
    "Luat-19-2023-QH15.doc": (
        "Luật", "19/2023/QH15", date(2023, 6, 20), "Quốc hội", "BẢO VỆ QUYỀN LỢI NGƯỜI TIÊU DÙNG", "Vương Đình Huệ"),
    "Luat-97-2025-QH15.docx": (
        "Luật", "97/2025/QH15", date(2025, 6, 27), "Quốc hội",
        "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT MẶT TRẬN TỔ QUỐC VIỆT NAM, LUẬT CÔNG ĐOÀN, LUẬT THANH NIÊN VÀ LUẬT THỰC HIỆN "
        "DÂN CHỦ Ở CƠ SỞ", "Trần Thanh Mẫn"),
    "QD-604-QD-TTg.docx": (
        "Quyết định", "604/QĐ-TTg", date(2026, 4, 2), "Thủ tướng Chính phủ",
        "PHÊ DUYỆT ĐIỀU CHỈNH, BỔ SUNG CHIẾN LƯỢC PHÁT TRIỂN KHOA HỌC, CÔNG NGHỆ VÀ ĐỔI MỚI SÁNG TẠO ĐẾN NĂM 2030",
        "Nguyễn Chí Dũng"),
    "Quyết định 1424-QĐ-UBND tỉnh Bình Thuận.docx": (
        "Quyết định", "1424/QĐ-UBND", date(2025, 6, 30), "Ủy ban nhân dân tỉnh Bình Thuận",
        "Phê duyệt Điều lệ (sửa đổi, bổ sung) Hiệp hội Doanh nghiêp tỉnh Bình Thuận", "Nguyễn Hồng Hải"),
    "To-trinh-2114-TTr-SNV.docx": (
        "Tờ trình", "2114/TTr-SNV", date(2025, 6, 28), "Sở Nội vụ tỉnh Bình Thuận",
        "Về việc thông báo kết quả đại hội và phê duyệt Điều lệ (sửa đổi, bổ sung) Hiệp hội Doanh nghiệp tỉnh Bình Thuận",
        "Đỗ Văn Chung"),
    "congbao-NQ-78-2025-UBTVQH15.pdf": (
        "Nghị quyết", "78/2025/UBTVQH15", date(2025, 5, 17), "Ủy ban Thường vụ Quốc hội",
        "Về việc ghi nhận thời gian đóng bảo hiểm xã hội bắt buộc của chủ hộ kinh doanh đã tham gia trước ngày Luật Bảo hiểm xã "
        "hội số 41/2024/QH15 có hiệu lực thi hành", "Trần Thanh Mẫn"),
    "congbao-QD-08-2022-QD-TTg-chu-ky-so.pdf": (
        "Quyết định", "08/2022/QĐ-TTg", date(2022, 3, 28), "Thủ tướng Chính phủ",
        "Quy định về việc thực hiện chính sách hỗ trợ tiền thuê nhà cho người lao động", "Lê Minh Khái"),
}
EXPECTED["To-trinh-2114-TTr-SNV.pdf"] = EXPECTED["To-trinh-2114-TTr-SNV.docx"]

SCANNED = {
    "ban-quet-QD-505-TTg.pdf": (
        "Quyết định", "505/QĐ-TTg", date(2022, 4, 22), "Thủ tướng Chính phủ", "Về Ngày Chuyển đổi số quốc gia", "Vũ Đức Đam"),
    "ban-quet-co-chu-ky-so-CT-29-TU.pdf": (
        "Chỉ thị", "29-CT/TU", date(2023, 4, 19), "Tỉnh ủy Sơn La",
        "về tăng cường sự lãnh đạo của các cấp ủy đảng trong triển khai Đề án phát triển ứng dụng dữ liệu về dân cư, định danh và "
        "xác thực điện tử phục vụ chuyển đổi số quốc gia giai đoạn 2022 - 2025, tầm nhìn đến năm 2030 trên địa bàn tỉnh Sơn La",
        "Lò Minh Hùng"),
    "ban-quet-co-chu-ky-so-KH-07.pdf": (
        "Kế hoạch", "07-KH/BTC", date(2023, 7, 26), "Ban Tổ chức cuộc thi",
        "Phát động Cuộc thi tìm hiểu về Chuyển đổi số tỉnh Sơn La năm 2023", "Đinh Thị Bích Thảo"),
}

pytestmark = pytest.mark.skipif(not _FILES.is_dir(), reason="the real files are not beside the project")


def _fields(text: str) -> tuple[object, ...]:
    read = read_document(text)
    return tuple(field.value if field else None
                 for field in (read.kind, read.number, read.issued_on, read.issuer, read.subject, read.signer))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_file_fills_the_form(name):
    path = _FILES / name
    if path.suffix == ".doc":
        _needs_libreoffice()
    assert _fields(read_file(path, detect(path)).text) == EXPECTED[name]


@needs_tesseract
@pytest.mark.parametrize("name", SCANNED)
def test_a_real_scan_fills_the_form_but_for_marks_in_its_subject(name):
    path = _FILES / name
    assert read_file(path, detect(path)).needs_ocr
    *sure, issuer, subject, signer = _fields(ocr_file(path, detect(path)).text)
    *wanted, wanted_issuer, wanted_subject, wanted_signer = SCANNED[name]
    assert sure == wanted
    assert (signer, fold(str(issuer))) == (wanted_signer, fold(wanted_issuer))
    assert _letters(subject) == _letters(wanted_subject)


def _letters(text: object) -> str:
    """Return a subject without marks and signs: OCR misreads some, and a clerk looks over them."""
    return "".join(char for char in fold(str(text)) if char.isalnum())


def _needs_libreoffice() -> None:
    try:
        libreoffice()
    except FileUnreadable:
        pytest.skip("LibreOffice is not installed")
