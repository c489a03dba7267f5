"""Signatures of stored files: checked, kept, checked again when the office trusts another root."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7

from registry.domain.errors import NotFound
from registry.domain.file_errors import BadCertificate
from registry.domain.signatures import Reason, Verdict
from registry.files.store import FileStore
from registry.models import StoredFile
from registry.services import signatures, trusted_roots
from tests.factories import CLERK
from tests.files.signing import Authority, Identity, identity, plain_pdf, sign

NOW = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def leader(authority: Authority) -> Identity:
    return identity("Nguyễn Đức Vượng", authority.issuing, title="Phó Chủ tịch")


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def put(db, store):
    def keep(content: bytes, kind: str = "pdf") -> int:
        stored = store.put(io.BytesIO(content), longest=10_000_000)
        with db.begin() as session:
            row = StoredFile(sha256=stored.sha256, size=stored.size, kind=kind, stored_at=NOW)
            session.add(row)
            session.flush()
            return row.id

    return keep


def test_a_verdict_is_kept_with_its_file(db, store, put, leader):
    file_id = put(sign(plain_pdf(), leader))
    assert signatures.find(db, [file_id], at=NOW) == {}
    found = signatures.check_file(db, store, file_id, at=NOW)
    kept = signatures.find(db, [file_id], at=NOW)[file_id]
    assert kept.verdicts == found
    assert (kept.checked_at, kept.worst, kept.outdated) == (NOW, Verdict.UNCERTAIN, False)


def test_a_file_of_another_kind_has_no_signature(db, store, put):
    file_id = put(b"no pdf", kind="image")
    assert signatures.check_file(db, store, file_id, at=NOW) == ()
    assert signatures.find(db, [file_id], at=NOW)[file_id].worst is None


def test_trusting_and_distrusting_a_root_lets_files_be_checked_again(db, store, put, authority, leader):
    file_id = put(sign(plain_pdf(), leader, stamp=authority))
    minutes = iter(NOW + timedelta(minutes=n) for n in range(100))

    def look() -> signatures.CheckedFile:
        done = signatures.check_waiting(db, store, clock=lambda: next(minutes), longest=timedelta(hours=1))
        assert done == 1
        return signatures.find(db, [file_id], at=next(minutes))[file_id]

    assert look().worst is Verdict.UNCERTAIN
    trusted_roots.add(db, authority.root.pem, actor=CLERK, at=next(minutes))
    assert signatures.find(db, [file_id], at=NOW)[file_id].outdated
    assert look().worst is Verdict.VALID
    (root,) = trusted_roots.find(db)
    trusted_roots.remove(db, root.id, actor=CLERK, at=next(minutes))
    assert look().worst is Verdict.UNCERTAIN
    assert signatures.check_waiting(db, store, clock=lambda: next(minutes), longest=timedelta(hours=1)) == 0


def test_what_was_valid_is_judged_by_the_day_on_which_somebody_looks(db, store, put, authority):
    brief = identity("Lê Thị Ngắn", authority.issuing, until=NOW + timedelta(days=30))
    trusted_roots.add(db, authority.root.der, actor=CLERK, at=NOW)
    file_id = put(sign(plain_pdf(), brief))
    signatures.check_file(db, store, file_id, at=NOW)
    assert signatures.find(db, [file_id], at=NOW)[file_id].worst is Verdict.VALID
    (later,) = signatures.find(db, [file_id], at=NOW + timedelta(days=31))[file_id].verdicts
    assert (later.verdict, later.reasons[0]) == (Verdict.UNCERTAIN, Reason.EXPIRED_SINCE)


def test_a_missing_content_stops_no_other_file(db, store, put, leader):
    lost = put(sign(plain_pdf("A"), leader))
    kept = put(sign(plain_pdf("B"), leader))
    with db() as session:
        store.remove(session.get(StoredFile, lost).sha256)
    assert signatures.check_waiting(db, store, clock=lambda: NOW, longest=timedelta(minutes=1)) == 1
    assert list(signatures.find(db, [lost, kept], at=NOW)) == [kept]
    with pytest.raises(NotFound):
        signatures.check_file(db, store, lost, at=NOW)


@pytest.mark.parametrize("form", ["pem", "der", "bundle", "pem bundle"])
def test_certificates_are_read_in_every_form_that_authorities_give(db, authority, form):
    both = [authority.root.certificate, authority.issuing.certificate]
    data = {
        "pem": authority.root.pem + b"\n" + authority.issuing.pem, "der": authority.root.der,
        "bundle": pkcs7.serialize_certificates(both, serialization.Encoding.DER),
        "pem bundle": pkcs7.serialize_certificates(both, serialization.Encoding.PEM),
    }[form]
    assert trusted_roots.add(db, data, actor=CLERK, at=NOW) == (1 if form == "der" else 2)
    assert trusted_roots.add(db, data, actor=CLERK, at=NOW) == 0
    assert authority.root.certificate.fingerprint(hashes.SHA256()).hex() in {
        row.sha256 for row in trusted_roots.find(db)}


@pytest.mark.parametrize(("data", "code"), [
    pytest.param(b"", "unreadable", id="nothing"),
    pytest.param(b"%PDF-1.7 no certificate", "unreadable", id="something else"),
    pytest.param(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "unreadable", id="a broken one"),
    pytest.param(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "unreadable", id="a key"),
    pytest.param(b"x" * (1024 * 1024 + 1), "too_large", id="a megabyte"),
])
def test_what_is_no_certificate_is_refused(db, data, code):
    with pytest.raises(BadCertificate) as refused:
        trusted_roots.add(db, data, actor=CLERK, at=NOW)
    assert refused.value.code == code
    assert trusted_roots.find(db) == []


def test_a_person_s_certificate_vouches_for_nobody(db, authority, leader):
    with pytest.raises(BadCertificate) as refused:
        trusted_roots.add(db, authority.root.pem + leader.pem, actor=CLERK, at=NOW)
    assert refused.value.code == "no_authority"
    assert trusted_roots.find(db) == []
