"""A small register in an index, on each of the two engines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from search_index.index import SearchIndex, create_index
from search_index.schema import IndexedDocument

TOWN = "Ủy ban nhân dân tỉnh Hà Nam"


def doc(ident: int, subject: str = "", **changes: object) -> IndexedDocument:
    """Return a document that is right in every field; the test names only what it is about."""
    given: dict[str, object] = {
        "id": ident, "number": f"{ident}/KH-UBND", "kind": "Kế hoạch", "issuer": TOWN, "issuer_id": 1,
        "issued_on": date(2021, 5, 7), "direction": "đi", "field": "Nội vụ", "status": "còn hiệu lực",
        "subject": subject, "signer": "Nguyễn Văn An", "access": frozenset({"all"}), **changes,
    }  # fmt: skip
    return IndexedDocument(**given)  # type: ignore[arg-type]


SHELF = [
    doc(1, "Về chuyển đổi số trong cơ quan nhà nước", number="325/KH-UBND",
        body="Ứng dụng công nghệ thông tin và bảo mật thông tin. Các sở, ban, ngành báo cáo trước ngày 15/6."),
    doc(2, "Ban hành quy chế sử dụng thư điện tử công vụ", number="15/2021/QĐ-UBND", kind="Quyết định",
        issued_on=date(2021, 1, 4), body="Hộp thư điện tử công vụ được bảo mật. Căn cứ Nghị định số 30/2020/NĐ-CP."),
    doc(3, "Về việc báo mất con dấu", number="7/TB-SNV", kind="Thông báo", issuer="Sở Nội vụ", issuer_id=2,
        issued_on=date(2020, 11, 2), body="Con dấu bị báo mất ngày 01/11/2020."),
    doc(4, "Phòng, chống bệnh cúm gia cầm", number="47/2019/TT-BNNPTNT", kind="Thông tư",
        issuer="Bộ Nông nghiệp và Phát triển nông thôn", issuer_id=3, issued_on=date(2019, 3, 1), field="Nông nghiệp",
        body="Uỷ ban nhân dân các cấp tổ chức tiêm phòng, giám sát dịch bệnh trên gia cầm, thuỷ cầm."),
    doc(5, "Kế hoạch cải cách hành chính năm 2022", number="1207/KH-UBND", issued_on=date(2022, 1, 10),
        body="Rút ngắn thời gian giải quyết thủ tục hành chính; nâng cao kỹ năng của cán bộ, công chức."),
    doc(6, "Dự toán ngân sách nhà nước năm 2021", number="829/QĐ-UBND", kind="Quyết định",
        issued_on=date(2020, 12, 20), field="Tài chính", status="hết hiệu lực", signer="Trần Thị Bình"),
    doc(7, "Kết luận kiểm tra nội bộ", number="3/KL-UBND", kind="Kết luận", issued_on=date(2021, 2, 2),
        access=frozenset({"unit:9"}), body="Nội dung chuyển đổi số chỉ đơn vị được xem."),
]  # fmt: skip


@pytest.fixture(params=["whoosh", "tantivy"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn; the one that is not installed is left out."""
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
    return str(request.param)


@pytest.fixture
def index(engine: str, tmp_path: Path) -> SearchIndex:
    """An index with the shelf of documents above."""
    made = create_index(tmp_path / "index", engine)  # type: ignore[arg-type]
    made.put(SHELF, position=7)
    return made


@pytest.fixture
def texts() -> Callable[[Sequence[int]], dict[int, str]]:
    """What the database would give: subject and body."""
    shelf = {document.id: f"{document.subject}\n{document.body}" for document in SHELF}
    return lambda ids: {ident: shelf[ident] for ident in ids if ident in shelf}
