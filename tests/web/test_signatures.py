"""Whom the office trusts, and what its pages say of signatures."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest

from registry.domain.roles import Role
from registry.domain.signatures import Findings, Reason, SignatureVerdict, Verdict
from registry.files.store import FileStore
from registry.models import Attachment, FileText, StoredFile
from registry.web.signatures.words import sentences
from tests.files.signing import Authority, identity, plain_pdf, sign

NOW = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def administrator(client_as, office, moving_clock):
    moving_clock.now = NOW
    return client_as(Role.ADMINISTRATOR)


def _send(client, data: bytes, name: str = "root.crt"):
    with client.session_transaction() as session:
        session["csrf_token"] = "c" * 40
    return client.post("/trusted-roots", data={"file": (io.BytesIO(data), name)}, follow_redirects=True)


def test_a_root_is_trusted_and_distrusted(administrator, authority):
    assert "Chưa tin cậy chứng thư nào" in administrator.get("/trusted-roots").text
    page = _send(administrator, authority.root.pem).text
    assert "Đã tin cậy thêm 1 chứng thư" in page
    assert "Cơ quan chứng thực thử (Root)" in page
    assert "01/01/2045" in page
    (address,) = re.findall(r'action="(/trusted-roots/\d+/remove)" method="post" class="d-inline" data-confirm', page)
    assert "Đã thôi tin cậy" in administrator.post(address, follow_redirects=True).text
    trail = administrator.get("/audit?object_type=trusted_root").text
    assert trail.count("Cơ quan chứng thực thử (Root)") >= 2


def test_what_is_no_certificate_is_refused_with_a_sentence(administrator):
    answer = _send(administrator, b"no certificate")
    assert answer.status_code == 422
    assert "Không đọc được chứng thư nào trong tệp" in answer.text


def test_nothing_chosen_is_said_so(administrator):
    answer = administrator.post("/trusted-roots", data={})
    assert answer.status_code == 422
    assert "Hãy chọn một tệp" in answer.text


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.OFFICIAL, Role.READER])
def test_others_cannot_say_whom_the_office_trusts(client_as, role):
    assert client_as(role).get("/trusted-roots").status_code == 403


def test_a_file_is_checked_again_on_demand(client_as, office, moving_clock, authority, tmp_path, db):
    key = office.register()
    moving_clock.now = NOW
    stored = FileStore(tmp_path / "files").put(
        io.BytesIO(sign(plain_pdf(), identity("Nguyễn Văn A", authority.issuing))), longest=10_000_000)
    with db.begin() as session:
        file = StoredFile(sha256=stored.sha256, size=stored.size, kind="pdf", stored_at=NOW)
        session.add(file)
        session.flush()
        attachment = Attachment(document_id=key, file_id=file.id, role="main", name="QĐ.pdf", uploaded_at=NOW)
        session.add_all([attachment, FileText(file_id=file.id, state="done")])
        session.flush()
        attachment_id = attachment.id
    clerk = client_as(Role.CLERK)
    answer = clerk.post(f"/attachments/{attachment_id}/check-signatures", follow_redirects=True)
    assert "Đã kiểm tra lại: 1 chữ ký số" in answer.text
    assert clerk.post("/attachments/999/check-signatures").status_code == 404


def test_every_reason_has_its_sentence(app):
    found = Findings(**{**dict.fromkeys(Findings.__slots__), "weak": ("sha1",), "weak_chain": ("sha1_rsa",), "valid_to": NOW, "valid_from": NOW,
                        "claimed_at": NOW, "stamped_at": NOW, "revoked_at": NOW})
    with app.test_request_context():
        told = sentences(SignatureVerdict(Verdict.INVALID, tuple(Reason), None, found))
    assert len(told) == len(set(told)) == len(Reason)
    assert any("SHA1" in one for one in told)
    assert any("lúc 01/6/2024 15:00" in one for one in told)
