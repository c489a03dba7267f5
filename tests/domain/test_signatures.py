"""What follows from what is found about a signature, and whom it proposes as signer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from registry.domain.signatures import (
    INVALID_FOR,
    UNCERTAIN_FOR,
    UNCHECKABLE_FOR,
    Chain,
    Change,
    Findings,
    Reason,
    Revocation,
    SignatureVerdict,
    Signer,
    Stamp,
    Verdict,
    is_person,
    judge,
    proposed_signer,
    unreadable,
)

SIGNED = datetime(2024, 3, 15, 8, 0, tzinfo=UTC)
NOW = datetime(2024, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
SIGNER = Signer("Nguyễn Đức Vượng", "UBND tỉnh Hà Nam", position="Phó Chủ tịch")
GOOD = Findings(
    cut=False, whole=True, intact=True, changed=Change.NONE, chain=Chain.TRUSTED, valid_from=SIGNED - 100 * DAY,
    valid_to=SIGNED + 1000 * DAY, claimed_at=SIGNED, stamp=Stamp.TRUSTED, stamped_at=SIGNED, revocation=Revocation.GOOD,
    revoked_at=None)


def test_what_is_good_in_every_respect_is_valid_without_a_reason():
    one = judge(SIGNER, GOOD, at=NOW)
    assert (one.verdict, one.reasons) == (Verdict.VALID, ())


@pytest.mark.parametrize(("found", "verdict", "reason"), [
    pytest.param({"intact": False}, Verdict.INVALID, Reason.ALTERED, id="altered"),
    pytest.param({"cut": True, "intact": False, "whole": False}, Verdict.INVALID, Reason.CUT_OUT, id="cut out of a longer file"),
    pytest.param({"whole": False}, Verdict.INVALID, Reason.NOT_WHOLE, id="covers a part only"),
    pytest.param({"changed": Change.OTHER}, Verdict.INVALID, Reason.CHANGED_LATER, id="changed afterwards"),
    pytest.param({"changed": Change.ANNOTATED}, Verdict.UNCERTAIN, Reason.ANNOTATED_LATER, id="annotated afterwards"),
    pytest.param({"changed": Change.FILLED}, Verdict.VALID, Reason.FILLED_LATER, id="signed again"),
    pytest.param({"chain": Chain.NO_ROOTS}, Verdict.UNCERTAIN, Reason.NO_ROOTS, id="no roots"),
    pytest.param({"chain": Chain.UNKNOWN_ROOT}, Verdict.UNCERTAIN, Reason.UNKNOWN_ROOT, id="another root"),
    pytest.param({"chain": Chain.FAULTY}, Verdict.UNCERTAIN, Reason.CHAIN_FAULTY, id="a faulty authority on the way"),
    pytest.param({"weak": ("sha1",)}, Verdict.UNCERTAIN, Reason.WEAK_ALGORITHM, id="SHA-1"),
    pytest.param({"weak_chain": ("sha1_rsa",)}, Verdict.VALID, Reason.WEAK_CHAIN, id="a certificate signed with SHA-1"),
    pytest.param({"stamp": Stamp.NONE, "stamped_at": None}, Verdict.VALID, Reason.NO_STAMP, id="no time stamp"),
    pytest.param({"stamp": Stamp.BROKEN}, Verdict.UNCERTAIN, Reason.STAMP_BROKEN, id="a broken time stamp"),
    pytest.param({"stamp": Stamp.NONE, "stamped_at": None, "claimed_at": None}, Verdict.UNCERTAIN, Reason.NO_TIME, id="no time"),
    pytest.param({"valid_to": SIGNED - DAY}, Verdict.INVALID, Reason.EXPIRED_THEN, id="expired when it signed"),
    pytest.param({"valid_from": SIGNED + DAY}, Verdict.INVALID, Reason.NOT_YET_VALID_THEN, id="not yet valid when it signed"),
    pytest.param({"valid_to": NOW - DAY, "stamp": Stamp.UNTRUSTED}, Verdict.UNCERTAIN, Reason.EXPIRED_SINCE, id="expired since"),
    pytest.param({"revocation": Revocation.UNKNOWN}, Verdict.VALID, Reason.REVOCATION_UNKNOWN, id="revocation unknown"),
    pytest.param({"revocation": Revocation.REVOKED, "revoked_at": SIGNED}, Verdict.INVALID, Reason.REVOKED, id="revoked that moment"),
    pytest.param({"revocation": Revocation.REVOKED, "revoked_at": SIGNED + DAY}, Verdict.VALID, Reason.REVOKED_LATER, id="revoked later"),
    pytest.param({"claimed_at": SIGNED + 2 * DAY}, Verdict.VALID, Reason.TIME_DIFFERS, id="times two days apart"),
])
def test_each_fault_has_its_verdict_and_its_reason(found, verdict, reason):
    one = judge(SIGNER, replace(GOOD, **found), at=NOW)
    assert one.verdict is verdict
    assert one.reasons[0] is reason


def test_of_a_signature_that_does_not_hold_nothing_else_is_told():
    found = replace(GOOD, intact=False, chain=Chain.NO_ROOTS, stamp=Stamp.NONE, valid_to=NOW - DAY)
    assert judge(SIGNER, found, at=NOW).reasons == (Reason.ALTERED,)


def test_seven_hours_between_the_times_mean_nothing():
    assert judge(SIGNER, replace(GOOD, claimed_at=SIGNED + timedelta(hours=7)), at=NOW).reasons == ()


def test_a_time_stamp_keeps_a_signature_valid_when_the_certificate_ends():
    assert judge(SIGNER, replace(GOOD, valid_to=NOW - DAY), at=NOW).verdict is Verdict.VALID


def test_no_reason_has_two_verdicts():
    assert not INVALID_FOR & UNCERTAIN_FOR | INVALID_FOR & UNCHECKABLE_FOR | UNCERTAIN_FOR & UNCHECKABLE_FOR


@pytest.mark.parametrize("name", [
    "Nguyễn Đức Vượng", "VŨ THỊ HÀ", "NGUYEN VAN AN", "Đoàn Văn Hậu", "H'Lan Niê", "Y Thanh Hà Niê Kđăm", "Lò Thị Mùa", "Văn Cao",
])
def test_a_person_is_known_by_the_family_name(name):
    assert is_person(name)


@pytest.mark.parametrize("name", [
    "Tỉnh ủy Sơn La", "Ban Tuyên giáo", "Vụ Pháp chế", "Hà Nam", "Đoàn Thanh niên Cộng sản", "Văn phòng UBND tỉnh",
    "Văn thư Sở", "UBND tỉnh Hà Nam", "Ban Co yeu Chinh phu", "Cổng Thông tin điện tử Chính phủ", "Sở Nội vụ", "Cao Bằng", "Nguyễn", "",
    "Phòng 12", "Viện Hàn lâm",
])
def test_an_office_is_no_person(name):
    assert not is_person(name)


def _by(name: str, position: str = "", **found: object) -> SignatureVerdict:
    return judge(Signer(name, position=position), replace(GOOD, **found), at=NOW)


def test_the_leader_is_proposed_and_not_the_stamp_put_after():
    assert proposed_signer([_by("NGUYỄN ĐỨC VƯỢNG", "Phó Chủ tịch"), _by("UBND tỉnh Hà Nam")]) == (
        "Nguyễn Đức Vượng", "Phó Chủ tịch")


def test_nobody_is_proposed_where_no_signature_tells():
    assert proposed_signer([]) is None
    assert proposed_signer([_by("UBND tỉnh Hà Nam"), unreadable(Reason.DAMAGED)]) is None
    assert proposed_signer([_by("Nguyễn Văn A", intact=False)]) is None
