"""Documents as offices write them (Nghị định 30/2020/NĐ-CP, Phụ lục I), made as PDF, DOCX and scan, with what they say."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import docx
import typst
from docx.shared import Pt
from PIL import Image, ImageChops, ImageDraw, ImageFilter

_BREAK = " \\ "
_FONTS = '("Liberation Serif", "Noto Serif", "Libertinus Serif")'
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)


@dataclass(frozen=True)
class Made:
    """A document and what a clerk reads off it; ``issuer`` is its full name."""

    number: str
    issued_on: date
    issuer: str
    kind: str
    subject: str
    signer: str
    above: tuple[str, ...] = ()
    """Lines of the body above, as printed."""
    body: tuple[str, ...] = ()
    """Lines of the issuer, as printed."""
    place: str = "Hà Nội"
    capacity: tuple[str, ...] = ("GIÁM ĐỐC",)
    to: str = ""
    recipients: tuple[str, ...] = ("Như trên", "Lưu: VT")
    urgency: str = ""
    party: bool = False

    @property
    def is_letter(self) -> bool:
        return self.kind == "Công văn"

    @property
    def number_line(self) -> str:
        return f"Số {self.number}" if self.party else f"Số: {self.number}"

    @property
    def day_line(self) -> str:
        day, month = self.issued_on.day, self.issued_on.month
        return f"{self.place}, ngày {day:02} tháng {month if month > 2 else f'0{month}'} năm {self.issued_on.year}"


_OFFICES = (
    # above, body as printed, full name, symbol, place, capacities
    ((), ("ỦY BAN NHÂN DÂN", "TỈNH BẮC NINH"), "Ủy ban nhân dân tỉnh Bắc Ninh", "UBND", "Bắc Ninh",
     ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    (("UBND TỈNH ĐỒNG THÁP",), ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",), "Sở Nông nghiệp và Môi trường tỉnh Đồng Tháp", "SNNMT",
     "Đồng Tháp", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    ((), ("BỘ TÀI CHÍNH",), "Bộ Tài chính", "BTC", "Hà Nội", ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
    (("BỘ TÀI CHÍNH",), ("CỤC HẢI QUAN",), "Cục Hải quan", "CHQ", "Hà Nội", ("CỤC TRƯỞNG",)),
    ((), ("ỦY BAN NHÂN DÂN", "XÃ VĨNH THẠNH"), "Ủy ban nhân dân xã Vĩnh Thạnh", "UBND", "Vĩnh Thạnh",
     ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    ((), ("HỘI ĐỒNG NHÂN DÂN", "TỈNH LÂM ĐỒNG"), "Hội đồng nhân dân tỉnh Lâm Đồng", "HĐND", "Lâm Đồng", ("CHỦ TỊCH",)),
    (("UBND THÀNH PHỐ HUẾ",), ("SỞ KHOA HỌC VÀ CÔNG NGHỆ",), "Sở Khoa học và Công nghệ thành phố Huế", "SKHCN", "Thành phố Huế",
     ("GIÁM ĐỐC",)),
    ((), ("THỦ TƯỚNG CHÍNH PHỦ",), "Thủ tướng Chính phủ", "TTg", "Hà Nội", ("KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG")),
    ((), ("VĂN PHÒNG CHÍNH PHỦ",), "Văn phòng Chính phủ", "VPCP", "Hà Nội",
     ("KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM")),
    (("UBND TỈNH GIA LAI",), ("SỞ GIÁO DỤC VÀ ĐÀO TẠO",), "Sở Giáo dục và Đào tạo tỉnh Gia Lai", "SGDĐT", "Gia Lai",
     ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    ((), ("BỘ NỘI VỤ",), "Bộ Nội vụ", "BNV", "Hà Nội", ("TL. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG")),
    (("UBND TỈNH CÀ MAU",), ("SỞ XÂY DỰNG",), "Sở Xây dựng tỉnh Cà Mau", "SXD", "Cà Mau", ("GIÁM ĐỐC",)),
)
_SUBJECTS = (
    "tăng cường công tác phòng cháy, chữa cháy và cứu nạn, cứu hộ trong mùa khô",
    "triển khai kế hoạch chuyển đổi số giai đoạn 2026 - 2030 trên địa bàn",
    "báo cáo kết quả thực hiện cải cách thủ tục hành chính quý III",
    "phê duyệt quy hoạch chi tiết xây dựng khu tái định cư",
    "kiện toàn Ban Chỉ đạo phòng, chống thiên tai và tìm kiếm cứu nạn",
    "hướng dẫn quản lý, sử dụng kinh phí bảo trì đường bộ",
    "ban hành Quy chế văn thư, lưu trữ của cơ quan",
    "đẩy nhanh tiến độ giải ngân vốn đầu tư công những tháng cuối năm",
    "phối hợp kiểm tra an toàn thực phẩm dịp Tết Nguyên đán",
    "thực hiện chính sách hỗ trợ học sinh vùng đặc biệt khó khăn",
    "quy định mức thu phí thẩm định báo cáo đánh giá tác động môi trường",
    "giao chỉ tiêu biên chế công chức trong các cơ quan hành chính nhà nước",
)
_KINDS = (("Quyết định", "QĐ"), ("Công văn", ""), ("Kế hoạch", "KH"), ("Báo cáo", "BC"), ("Thông báo", "TB"), ("Tờ trình", "TTr"),
          ("Công văn", ""), ("Nghị quyết", "NQ"), ("Chỉ thị", "CT"))
_SIGNERS = ("Nguyễn Thị Hồng Nhung", "Trần Văn Dũng", "Lê Hoàng Anh", "Phạm Đức Thắng", "Võ Thành Nhân", "Đặng Quốc Khánh",
            "Bùi Thị Quỳnh Vân", "Hoàng Trọng Hải", "Ngô Xuân Thủy", "Huỳnh Tấn Việt", "Dương Ngọc Ánh", "Phan Thị Mỹ Linh")
_TO = ("Các sở, ban, ngành; Ủy ban nhân dân các xã, phường", "Ủy ban nhân dân tỉnh", "Các đơn vị trực thuộc")
_PARAGRAPHS = (
    "Thực hiện Chỉ thị số 12/CT-TTg ngày 15 tháng 4 năm 2025 của Thủ tướng Chính phủ, cơ quan đề nghị các đơn vị nghiêm túc "
    "quán triệt, tổ chức thực hiện và báo cáo kết quả trước ngày 30 tháng 11 hằng năm để tổng hợp theo quy định.",
    "Các đơn vị căn cứ chức năng, nhiệm vụ được giao chủ động xây dựng kế hoạch, bố trí kinh phí và nhân lực; kịp thời phản ánh "
    "khó khăn, vướng mắc trong quá trình thực hiện để được hướng dẫn, giải quyết.",
    "Văn phòng có trách nhiệm theo dõi, đôn đốc, kiểm tra việc thực hiện và định kỳ báo cáo lãnh đạo cơ quan xem xét, chỉ đạo.",
    "Tiếp tục rà soát, đơn giản hóa thủ tục hành chính, bảo đảm công khai, minh bạch; nâng cao tỷ lệ hồ sơ trực tuyến toàn trình "
    "và mức độ hài lòng của người dân, doanh nghiệp đối với sự phục vụ của cơ quan nhà nước.",
)


def documents(count: int, seed: int = 30) -> list[Made]:
    """Return ``count`` documents, no two alike."""
    chance = random.Random(seed)
    made = []
    for at in range(count):
        above, body, issuer, symbol, place, capacity = _OFFICES[at % len(_OFFICES)]
        kind, short = _KINDS[(at * 5 + at // len(_OFFICES)) % len(_KINDS)]
        ordinal = chance.randint(1, 4999)
        number = f"{ordinal:02}/{short}-{symbol}" if short else f"{ordinal}/{symbol}-{chance.choice(('VP', 'TH', 'KTN', 'NC'))}"
        subject = _SUBJECTS[chance.randrange(len(_SUBJECTS))]
        if kind == "Công văn":
            subject = "V/v " + subject
        else:
            subject = "Về việc " + subject if at % 2 else subject[0].upper() + subject[1:]
        made.append(Made(
            number, date(chance.randint(2020, 2026), chance.randint(1, 12), chance.randint(1, 28)), issuer, kind, subject,
            _SIGNERS[at % len(_SIGNERS)], above, body, place, capacity,
            _TO[at % len(_TO)] if kind in {"Công văn", "Tờ trình"} else "",
            ("Như trên", "Thường trực Tỉnh ủy (để báo cáo)", "Các Phó Chủ tịch", f"Lưu: VT, {chance.choice(('TH', 'NC', 'KT'))}")))
    return made


# -- as a PDF --------------------------------------------------------------------------------------


def as_typst(made: Made, *, paragraphs: int = 6) -> str:
    """Return the page as Typst sets it."""
    def lines(items: tuple[str, ...], style: str = "") -> str:
        return _BREAK.join(f"#text({style})[{_escaped(item)}]" if style else _escaped(item) for item in items)

    motto = PARTY if made.party else MOTTO
    left = [lines(made.above), lines(made.body, 'weight: "bold"'), "#line(length: 28%, stroke: 0.5pt)"]
    if made.party:
        left[-1] = r"\*"
    left.append(_escaped(made.number_line))
    if made.is_letter:
        left.append(f"#text(size: 12pt)[{_escaped(made.subject)}]")
    right = [lines(motto, 'weight: "bold"'), "#line(length: 60%, stroke: 0.5pt)", f"#emph[{_escaped(made.day_line)}]"]
    urgency = f'#text(weight: "bold")[{made.urgency}]' if made.urgency else ""
    title = "" if made.is_letter else (
        f"#v(8pt)#align(center)[#text(weight: \"bold\", size: 14pt)[{_escaped(made.kind.upper())}] \\\n"
        f"#text(weight: \"bold\")[{_escaped(made.subject)}]]\n")
    to = f"#align(center)[Kính gửi: {_escaped(made.to)}]\n" if made.to else ""
    body = "\n\n".join(_escaped(_PARAGRAPHS[at % len(_PARAGRAPHS)]) for at in range(paragraphs))
    recipients = _BREAK.join(f"\\- {_escaped(item)};" for item in made.recipients)
    signature = _BREAK.join(_escaped(item) for item in made.capacity)
    return f"""#set page(paper: "a4", margin: (left: 30mm, right: 15mm, top: 20mm, bottom: 20mm))
#set text(font: {_FONTS}, size: 13pt, lang: "vi")
#set par(justify: true, first-line-indent: (amount: 1cm, all: true), leading: 0.7em)
#set par(first-line-indent: 0pt)
#show grid: set par(justify: false)
#grid(columns: (42%, 58%), align: center, row-gutter: 6pt,
  [{_BREAK.join(filter(None, left))}], [{_BREAK.join(right)}])
{urgency}
{title}
{to}
#v(6pt)
{body}
#v(10pt)
#grid(columns: (48%, 52%),
  [#text(size: 12pt, weight: "bold", style: "italic")[Nơi nhận:] \\ #text(size: 11pt)[{recipients}]],
  align(center)[#text(weight: "bold")[{signature} \\ #v(50pt) {_escaped(made.signer)}]])
"""


def _escaped(text: str) -> str:
    return "".join("\\" + char if char in "#$*_[]<>@`~-/=" else char for char in text)


def as_pdf(made: Made, **options: int) -> bytes:
    """Return the document as a PDF with a text layer."""
    return bytes(typst.compile(as_typst(made, **options).encode()))


# -- as a Word file --------------------------------------------------------------------------------


def as_docx(made: Made, path: Path) -> None:
    """Write the document as Word users do: a table without borders for the head, another for the foot."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(13)
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "\n".join((*made.above, *made.body))
    head.cell(0, 1).text = "\n".join(PARTY if made.party else MOTTO)
    head.cell(1, 0).text = made.number_line + (f"\n{made.subject}" if made.is_letter else "")
    head.cell(1, 1).text = made.day_line
    if not made.is_letter:
        document.add_paragraph(made.kind.upper())
        document.add_paragraph(made.subject)
    if made.to:
        document.add_paragraph(f"Kính gửi: {made.to}")
    for text in _PARAGRAPHS:
        document.add_paragraph(text)
    foot = document.add_table(rows=1, cols=2)
    foot.cell(0, 0).text = "Nơi nhận:\n" + "\n".join(f"- {item};" for item in made.recipients)
    foot.cell(0, 1).text = "\n".join((*made.capacity, "", "", made.signer))
    document.save(str(path))


# -- as a scan -------------------------------------------------------------------------------------


def as_pictures(pdf: bytes, seed: int, *, dpi: int = 200) -> list[Image.Image]:
    """Return the pages as a used scanner gives them: askew, grainy, a little soft, a red seal over the signature."""
    import pypdfium2

    chance = random.Random(seed)
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for index in range(len(document)):
            page = document[index].render(scale=dpi / 72).to_pil().convert("RGB")
            if index == len(document) - 1:
                page = _seal(page, chance, dpi)
            page = page.rotate(chance.uniform(-1.8, 1.8), Image.Resampling.BICUBIC, fillcolor=(250, 250, 246))
            page = page.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 0.8)))
            grain = Image.effect_noise(page.size, chance.uniform(15, 40)).convert("RGB")
            pages.append(Image.blend(page, grain, 0.12))
    return pages


def as_scan(pdf: bytes, seed: int, *, dpi: int = 200) -> bytes:
    """Return a PDF of pictures alone."""
    first, *rest = as_pictures(pdf, seed, dpi=dpi)
    file = io.BytesIO()
    first.save(file, "PDF", save_all=True, append_images=rest, resolution=dpi, quality=60)
    return file.getvalue()


def _seal(page: Image.Image, chance: random.Random, dpi: int) -> Image.Image:
    """Return the page with a seal over the left third of the signature: ink lets black letters shine through."""
    ink = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(ink)
    size = dpi * 36 / 25.4 / 2
    x, y = page.width * 0.62, page.height * chance.uniform(0.72, 0.8)
    for shrink in (0, 4, 18):
        draw.ellipse((x - size + shrink, y - size + shrink, x + size - shrink, y + size - shrink), outline=(225, 40, 50), width=3)
    return ImageChops.multiply(page, ink)


# -- by hand ---------------------------------------------------------------------------------------


def pdf_of(*objects: bytes, root: int = 1) -> bytes:
    """Return a PDF of these objects with a table of where they stand."""
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
    return body + table + b"trailer <</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, len(body))
