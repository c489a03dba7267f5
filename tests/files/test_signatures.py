"""Signed files: who signed, what was changed since, whom to believe. The certificates are the tests' own."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import SigSeedSubFilter

from registry.domain.signatures import Chain, Change, Reason, Revocation, SignatureVerdict, Stamp, Verdict
from registry.files.pdf_signatures import check_pdf as check
from registry.files.reading import Limits, check_signatures
from tests.files.signing import (
    SIGNED_AT,
    Authority,
    Identity,
    annotate,
    identity,
    plain_pdf,
    rewrite_page,
    sign,
    sign_the_older_way,
    stamp_file,
)

NOW = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def leader(authority: Authority) -> Identity:
    return identity("Nguyễn Đức Vượng", authority.issuing, title="Phó Chủ tịch")


@pytest.fixture(scope="module")
def office(authority: Authority) -> Identity:
    return identity("UBND tỉnh Hà Nam", authority.issuing)


def the_one(pdf: bytes, *roots: Identity, at: datetime = NOW) -> SignatureVerdict:
    """Return the verdict on the only signature."""
    (one,) = check(pdf, roots=[root.der for root in roots], at=at)
    return one


def test_a_stamped_signature_of_a_trusted_chain_is_valid(authority, leader):
    one = the_one(sign(plain_pdf(), leader, stamp=authority, stamped_at=SIGNED_AT + timedelta(seconds=5)), authority.root)
    assert one.verdict is Verdict.VALID
    assert one.reasons == (Reason.REVOCATION_UNKNOWN,)
    assert one.signer
    assert (one.signer.name, one.signer.organisation, one.signer.position) == (
        "Nguyễn Đức Vượng", "UBND tỉnh Hà Nam", "Phó Chủ tịch")
    assert one.signer.issuer == "Cơ quan chứng thực thử"
    assert int(one.signer.serial, 16) == leader.certificate.serial_number
    assert one.findings
    assert one.findings.signed_at == SIGNED_AT + timedelta(seconds=5)
    assert (one.findings.changed, one.findings.stamp, one.findings.chain) == (Change.NONE, Stamp.TRUSTED, Chain.TRUSTED)


@pytest.mark.parametrize("form", [SigSeedSubFilter.ADOBE_PKCS7_DETACHED, SigSeedSubFilter.PADES])
def test_both_forms_of_today_are_read(authority, leader, form):
    assert the_one(sign(plain_pdf(), leader, form=form), authority.root).verdict is Verdict.VALID


def test_a_file_without_a_signature_has_no_verdict(authority):
    assert check(plain_pdf(), roots=[authority.root.der], at=NOW) == ()


def test_without_trusted_roots_the_signature_is_sound_and_the_signer_unproved(authority, leader):
    one = the_one(sign(plain_pdf(), leader))
    assert one.verdict is Verdict.UNCERTAIN
    assert Reason.NO_ROOTS in one.reasons


def test_a_chain_to_another_root_is_told_from_no_roots(authority, leader):
    one = the_one(sign(plain_pdf(), leader), Authority("Cơ quan khác").root)
    assert (one.verdict, one.reasons[0]) == (Verdict.UNCERTAIN, Reason.UNKNOWN_ROOT)


def test_an_issuing_authority_can_be_trusted_itself(authority, leader):
    assert the_one(sign(plain_pdf(), leader), authority.issuing).verdict is Verdict.VALID


def test_bytes_changed_under_the_signature_show(authority, leader):
    altered = sign(plain_pdf("QUYET DINH"), leader).replace(b"QUYET DINH", b"QUYET DINK")
    one = the_one(altered, authority.root)
    assert (one.verdict, one.reasons[0]) == (Verdict.INVALID, Reason.ALTERED)


def test_a_page_rewritten_after_signing_shows(authority, leader):
    one = the_one(rewrite_page(sign(plain_pdf(), leader)), authority.root)
    assert (one.verdict, one.reasons[0]) == (Verdict.INVALID, Reason.CHANGED_LATER)


@pytest.mark.parametrize("page_has_a_list", [False, True])
def test_an_annotation_put_over_the_page_later_is_told_from_an_alteration(authority, leader, page_has_a_list):
    pdf = annotate(plain_pdf(), "before") if page_has_a_list else plain_pdf()
    one = the_one(annotate(sign(pdf, leader)), authority.root)
    assert one.verdict is Verdict.UNCERTAIN
    assert Reason.ANNOTATED_LATER in one.reasons
    assert one.findings
    assert one.findings.changed is Change.ANNOTATED


@pytest.mark.parametrize("subtype", ["/Widget", "/FileAttachment", "/RichMedia", "/Link"])
def test_what_is_more_than_a_note_is_an_alteration(authority, leader, subtype):
    one = the_one(annotate(sign(plain_pdf(), leader), subtype=subtype), authority.root)
    assert one.verdict is Verdict.INVALID


def test_an_annotation_followed_by_an_alteration_is_an_alteration(authority, leader):
    one = the_one(rewrite_page(annotate(sign(plain_pdf(), leader))), authority.root)
    assert (one.verdict, one.reasons[0]) == (Verdict.INVALID, Reason.CHANGED_LATER)


def test_an_author_who_allows_no_annotation_gets_none(authority, leader):
    one = the_one(annotate(sign(plain_pdf(), leader, certify=True)), authority.root)
    assert one.verdict is Verdict.INVALID


def test_the_stamp_of_the_office_after_the_leader_leaves_both_valid(authority, leader, office):
    signed = sign(sign(plain_pdf(), leader), office, field="Signature2", at=SIGNED_AT + timedelta(hours=1))
    first, second = check(signed, roots=[authority.root.der], at=NOW)
    assert first.signer
    assert second.signer
    assert (first.signer.name, second.signer.name) == ("Nguyễn Đức Vượng", "UBND tỉnh Hà Nam")
    assert (first.verdict, second.verdict) == (Verdict.VALID, Verdict.VALID)
    assert Reason.FILLED_LATER in first.reasons
    assert Reason.FILLED_LATER not in second.reasons


def test_a_number_stamped_between_the_signatures_touches_the_first_alone(authority, leader, office):
    signed = sign(annotate(sign(plain_pdf(), leader)), office, field="Signature2", at=SIGNED_AT + timedelta(hours=1))
    first, second = check(signed, roots=[authority.root.der], at=NOW)
    assert (first.verdict, second.verdict) == (Verdict.UNCERTAIN, Verdict.VALID)
    assert Reason.ANNOTATED_LATER in first.reasons


class TestTime:
    """A certificate must be good when it signs, and somebody must be able to prove when that was."""

    def test_signing_after_the_certificate_ended_is_invalid(self, authority):
        old = identity("Trần Văn Cũ", authority.issuing, until=SIGNED_AT - timedelta(days=1))
        one = the_one(sign(plain_pdf(), old), authority.root)
        assert (one.verdict, one.reasons[0]) == (Verdict.INVALID, Reason.EXPIRED_THEN)

    def test_signing_before_the_certificate_began_is_invalid(self, authority):
        new = identity("Trần Văn Mới", authority.issuing, since=SIGNED_AT + timedelta(days=1))
        one = the_one(sign(plain_pdf(), new), authority.root)
        assert (one.verdict, one.reasons[0]) == (Verdict.INVALID, Reason.NOT_YET_VALID_THEN)

    def test_a_certificate_that_ended_since_is_proved_by_a_time_stamp(self, authority):
        brief = identity("Lê Thị Ngắn", authority.issuing, until=SIGNED_AT + timedelta(days=10))
        later = SIGNED_AT + timedelta(days=400)
        assert the_one(sign(plain_pdf(), brief, stamp=authority), authority.root, at=later).verdict is Verdict.VALID
        unproved = the_one(sign(plain_pdf(), brief), authority.root, at=later)
        assert (unproved.verdict, unproved.reasons[0]) == (Verdict.UNCERTAIN, Reason.EXPIRED_SINCE)

    def test_a_time_stamp_counts_after_its_own_authority_ended(self, authority, leader):
        signed = sign(plain_pdf(), leader, stamp=authority)
        assert the_one(signed, authority.root, at=datetime(2031, 1, 1, tzinfo=UTC)).verdict is Verdict.VALID

    def test_the_time_stamp_counts_and_not_what_the_signer_claims(self, authority):
        old = identity("Trần Văn Lùi", authority.issuing, until=SIGNED_AT + timedelta(days=1))
        one = the_one(sign(plain_pdf(), old, stamp=authority, stamped_at=SIGNED_AT + timedelta(days=30)), authority.root)
        assert (one.verdict, one.reasons[0]) == (Verdict.INVALID, Reason.EXPIRED_THEN)
        assert Reason.TIME_DIFFERS in one.reasons

    def test_a_time_stamp_of_the_whole_file_proves_the_signatures_before_it(self, authority):
        brief = identity("Lê Thị Ngắn", authority.issuing, until=SIGNED_AT + timedelta(days=10))
        stamped = stamp_file(sign(plain_pdf(), brief), authority, at=SIGNED_AT + timedelta(days=5))
        one = the_one(stamped, authority.root, at=SIGNED_AT + timedelta(days=400))
        assert one.verdict is Verdict.VALID
        assert one.findings
        assert one.findings.signed_at == SIGNED_AT + timedelta(days=5)

    def test_a_time_stamp_before_the_signature_proves_nothing(self, authority):
        brief = identity("Lê Thị Ngắn", authority.issuing, until=SIGNED_AT + timedelta(days=10))
        signed = sign(stamp_file(plain_pdf(), authority, at=SIGNED_AT), brief, field="Signature2")
        one = the_one(signed, authority.root, at=SIGNED_AT + timedelta(days=400))
        assert one.reasons[0] is Reason.EXPIRED_SINCE

    def test_a_time_stamp_of_an_unknown_authority_is_said_so(self, authority, leader):
        one = the_one(sign(plain_pdf(), leader, stamp=Authority("Dấu thời gian lạ")), authority.root)
        assert Reason.STAMP_UNTRUSTED in one.reasons
        assert one.verdict is Verdict.VALID


def test_a_certificate_that_vouches_without_the_right_to_is_a_faulty_chain(authority, leader):
    forged = identity("Trần Văn Giả", leader)  # issued by a person's certificate
    one = the_one(sign(plain_pdf(), forged), authority.root)
    assert one.verdict is Verdict.UNCERTAIN
    assert one.reasons[0] in (Reason.CHAIN_FAULTY, Reason.UNKNOWN_ROOT)


class TestRevocation:
    """Whether a certificate was revoked is known from the file alone; nobody is asked."""

    def test_what_a_file_does_not_hold_is_not_known(self, authority, leader):
        one = the_one(sign(plain_pdf(), leader), authority.root)
        assert one.findings
        assert one.findings.revocation is Revocation.UNKNOWN
        assert one.verdict is Verdict.VALID

    @pytest.mark.parametrize("form", [SigSeedSubFilter.ADOBE_PKCS7_DETACHED, SigSeedSubFilter.PADES])
    def test_an_embedded_list_says_that_it_was_good(self, authority, leader, form):
        lists = [authority.revocations(), authority.revocations(by=authority.root)]
        one = the_one(sign(plain_pdf(), leader, crls=lists, form=form), authority.root)
        assert one.findings
        assert one.findings.revocation is Revocation.GOOD
        assert Reason.REVOCATION_UNKNOWN not in one.reasons

    def test_an_embedded_answer_says_that_it_was_good(self, authority, leader):
        lists = [authority.revocations(by=authority.root)]
        one = the_one(sign(plain_pdf(), leader, crls=lists, ocsps=[authority.answer(leader)]), authority.root)
        assert one.findings
        assert one.findings.revocation is Revocation.GOOD

    def revoked(self, authority: Authority, at: datetime, *, stamp: bool) -> SignatureVerdict:
        """Return the verdict on a signature with whose proof the list of a certificate revoked ``at`` is kept."""
        from tests.files.signing import add_proof

        who = identity("Phạm Thị Mất", authority.issuing)
        signed = sign(plain_pdf(), who, stamp=authority if stamp else None)
        proof = authority.revocations([(who, at)], on=SIGNED_AT + timedelta(days=3))
        return the_one(add_proof(signed, [proof]), authority.root)

    def test_revoked_before_signing_is_invalid(self, authority):
        one = self.revoked(authority, SIGNED_AT - timedelta(days=1), stamp=True)
        assert (one.verdict, one.reasons[0]) == (Verdict.INVALID, Reason.REVOKED)

    def test_revoked_after_a_trusted_time_stamp_stays_valid(self, authority):
        one = self.revoked(authority, SIGNED_AT + timedelta(days=1), stamp=True)
        assert one.verdict is Verdict.VALID
        assert Reason.REVOKED_LATER in one.reasons

    def test_revoked_after_a_time_that_is_only_claimed_is_uncertain(self, authority):
        one = self.revoked(authority, SIGNED_AT + timedelta(days=1), stamp=False)
        assert (one.verdict, one.reasons[0]) == (Verdict.UNCERTAIN, Reason.REVOKED_SINCE)


class TestWeakAlgorithms:
    """SHA-1 no longer proves that nothing was changed."""

    def test_a_signature_over_sha1_is_uncertain(self, authority):
        who = identity("Hoàng Văn Cổ", authority.issuing, use_rsa=True)
        one = the_one(sign(plain_pdf(), who, digest="sha1"), authority.root)
        assert (one.verdict, one.reasons[0]) == (Verdict.UNCERTAIN, Reason.WEAK_ALGORITHM)

    def test_the_older_form_is_read_and_called_weak(self, authority):
        who = identity("Hoàng Văn Cổ", authority.issuing, use_rsa=True)
        one = the_one(sign_the_older_way(plain_pdf(), who), authority.issuing)
        assert (one.verdict, one.reasons[0]) == (Verdict.UNCERTAIN, Reason.WEAK_ALGORITHM)

    def test_an_altered_file_in_the_older_form_is_invalid(self, authority):
        who = identity("Hoàng Văn Cổ", authority.issuing, use_rsa=True)
        altered = sign_the_older_way(plain_pdf("QUYET DINH"), who).replace(b"QUYET DINH", b"QUYET DINK")
        one = the_one(altered, authority.issuing)
        assert (one.verdict, one.reasons[0]) == (Verdict.INVALID, Reason.ALTERED)


class TestInAProcessOfItsOwn:
    """The application reads files there; what a hostile file breaks is that process."""

    def test_the_verdict_is_the_same(self, authority, leader, tmp_path):
        path = tmp_path / "signed"
        path.write_bytes(sign(plain_pdf(), leader, stamp=authority))
        assert check_signatures(path, roots=[authority.root.der], at=NOW) == check(path, roots=[authority.root.der], at=NOW)

    def test_one_that_takes_too_long_is_ended_with_a_reason(self, leader, tmp_path):
        path = tmp_path / "signed"
        path.write_bytes(sign(plain_pdf(), leader))
        (one,) = check_signatures(path, roots=[], at=NOW, limits=Limits(seconds=0.001))
        assert (one.verdict, one.reasons) == (Verdict.UNCHECKABLE, (Reason.TOO_MUCH,))


class TestBrokenFiles:
    """Whatever the bytes are, there is an answer."""

    def test_a_signed_file_cut_short_is_not_called_valid(self, authority, leader):
        signed = sign(plain_pdf(), leader)
        for size in range(0, len(signed) - 1, 997):
            for one in check(signed[:size], roots=[authority.root.der], at=NOW):
                assert one.verdict in (Verdict.INVALID, Verdict.UNCHECKABLE)

    def test_a_damaged_file_gets_an_answer_and_never_a_good_one_by_its_damage(self, authority, leader):
        signed = sign(plain_pdf(), leader, stamp=authority)
        dice = random.Random(6)
        for _ in range(150):
            damaged = bytearray(signed)
            for _ in range(dice.randint(1, 6)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            for one in check(bytes(damaged), roots=[authority.root.der], at=NOW):
                assert isinstance(one.verdict, Verdict)
                if one.verdict is Verdict.VALID:
                    assert one.findings
                    assert one.findings.intact

    def test_a_file_with_a_password_is_said_so(self, authority):
        writer = PdfFileReader(io.BytesIO(plain_pdf()))
        copy = copy_into_new_writer(writer)
        copy.encrypt(owner_pass="a", user_pass="b")
        out = io.BytesIO()
        copy.write(out)
        one = the_one(out.getvalue() + b"% /ByteRange", authority.root)
        assert (one.verdict, one.reasons) == (Verdict.UNCHECKABLE, (Reason.ENCRYPTED,))

    def test_what_is_kept_is_what_was_found(self, authority, leader):
        one = the_one(sign(plain_pdf(), leader, stamp=authority), authority.root)
        assert SignatureVerdict.from_json(one.as_json()) == one


CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "files"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real signed files are not beside the project")
@pytest.mark.parametrize(("file", "verdict", "reason", "name", "organisation", "issuer"), [
    pytest.param("ban-quet-co-chu-ky-so-CT-29-TU.pdf", Verdict.UNCERTAIN, Reason.NO_ROOTS, "Tỉnh ủy Sơn La", "Tỉnh Sơn La",
                 "Co quan chung thuc so Dang Cong san", id="stamp of a provincial Party committee"),
    pytest.param("ban-quet-co-chu-ky-so-KH-07.pdf", Verdict.UNCERTAIN, Reason.NO_ROOTS, "Ban Tuyên giáo", "Tỉnh ủy Sơn La",
                 "Co quan chung thuc so Dang Cong san", id="stamp of a board"),
    pytest.param("congbao-QD-08-2022-QD-TTg-chu-ky-so.pdf", Verdict.INVALID, Reason.CUT_OUT,
                 "Cổng Thông tin điện tử Chính phủ", "Văn phòng Chính phủ", "Co quan chung thuc so Chinh phu",
                 id="cut out of a signed gazette"),
])
def test_real_files_say_who_signed(file, verdict, reason, name, organisation, issuer):
    (one,) = check(CORPUS / file, roots=[], at=datetime(2024, 1, 2, tzinfo=UTC))
    assert (one.verdict, one.reasons[0]) == (verdict, reason)
    assert one.signer
    assert (one.signer.name, one.signer.organisation, one.signer.issuer) == (name, organisation, issuer)
    assert one.findings
    assert one.findings.stamp is Stamp.UNTRUSTED
