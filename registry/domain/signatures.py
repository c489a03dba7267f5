"""Digital signatures (chữ ký số) on a file: what was found about one, and what follows from it.

Found by ``registry.files.signatures``; judged here. The verdicts are those of ETSI EN 319 102-1: passed,
indeterminate, failed; and one for what cannot be checked at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from registry.domain.places import PROVINCE_KEYS, place_key
from search_index.text import fold, one_line


class Verdict(StrEnum):
    """What a person may rest on."""

    VALID = "valid"
    """Hợp lệ: whole, unchanged, by a certificate that a trusted root vouches for."""
    UNCERTAIN = "uncertain"
    """The content is as it was signed; by whom, or whether in time, is not proved."""
    INVALID = "invalid"
    """Không hợp lệ: changed afterwards, or the certificate could not be used for it."""
    UNCHECKABLE = "uncheckable"
    """Không kiểm tra được: damaged, encrypted, of an unknown form."""


class Change(StrEnum):
    """What was written into the file after this signature, from harmless to altered."""

    NONE = "none"
    LTA = "lta"
    """Proof for archiving alone: time stamps, certificates, revocation lists."""
    FILLED = "filled"
    """Form fields, or further signatures, such as the office's stamp after the leader's."""
    ANNOTATED = "annotated"
    """Annotations that lie over the page, such as a number stamped on it."""
    OTHER = "other"


class Chain(StrEnum):
    """Whether the certificate leads to a root that the administrator trusts."""

    TRUSTED = "trusted"
    NO_ROOTS = "no_roots"
    UNKNOWN_ROOT = "unknown_root"
    FAULTY = "faulty"
    """It leads there, and a certificate on the way is revoked, out of its time or not made for this."""


class Stamp(StrEnum):
    """The time stamp (dấu thời gian) of a signature."""

    NONE = "none"
    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    """Sound, by an authority that no trusted root vouches for."""
    BROKEN = "broken"


class Revocation(StrEnum):
    """Whether the certificate was revoked (thu hồi), as far as the file itself tells: nobody is asked."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a verdict is what it is; the sentences are made by the pages."""

    CUT_OUT = "cut_out"
    ALTERED = "altered"
    NOT_WHOLE = "not_whole"
    CHANGED_LATER = "changed_later"
    REVOKED = "revoked"
    EXPIRED_THEN = "expired_then"
    NOT_YET_VALID_THEN = "not_yet_valid_then"

    NO_ROOTS = "no_roots"
    UNKNOWN_ROOT = "unknown_root"
    CHAIN_FAULTY = "chain_faulty"
    WEAK_ALGORITHM = "weak_algorithm"
    ANNOTATED_LATER = "annotated_later"
    STAMP_BROKEN = "stamp_broken"
    EXPIRED_SINCE = "expired_since"
    """Expired now, and no trusted time stamp proves that it was not when it signed."""
    REVOKED_SINCE = "revoked_since"
    """Revoked after the time claimed, which no trusted time stamp proves."""
    NO_TIME = "no_time"

    FILLED_LATER = "filled_later"
    NO_STAMP = "no_stamp"
    STAMP_UNTRUSTED = "stamp_untrusted"
    REVOCATION_UNKNOWN = "revocation_unknown"
    REVOKED_LATER = "revoked_later"
    """Revoked after a trusted time stamp: what was signed before stays good."""
    TIME_DIFFERS = "time_differs"
    WEAK_CHAIN = "weak_chain"

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    UNKNOWN_FORM = "unknown_form"
    TOO_MUCH = "too_much"
    """Reading it takes more time or memory than a file may have."""


INVALID_FOR = frozenset((Reason.CUT_OUT, Reason.ALTERED, Reason.NOT_WHOLE, Reason.CHANGED_LATER, Reason.REVOKED, Reason.EXPIRED_THEN,
                         Reason.NOT_YET_VALID_THEN))
UNCERTAIN_FOR = frozenset((Reason.NO_ROOTS, Reason.UNKNOWN_ROOT, Reason.CHAIN_FAULTY, Reason.WEAK_ALGORITHM,
                           Reason.ANNOTATED_LATER, Reason.STAMP_BROKEN, Reason.EXPIRED_SINCE, Reason.REVOKED_SINCE,
                           Reason.NO_TIME))
UNCHECKABLE_FOR = frozenset((Reason.DAMAGED, Reason.ENCRYPTED, Reason.UNKNOWN_FORM, Reason.TOO_MUCH))

# Signing programs write the hour of Viet Nam as if it were UTC, so that seven hours of difference mean nothing.
_TIMES_AGREE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose certificate it is, as the certificate says."""

    name: str
    """CN: a person, or an office whose stamp it is (Tỉnh ủy Sơn La)."""
    organisation: str = ""
    unit: str = ""
    position: str = ""
    """Chức vụ, where the certificate has a title."""
    issuer: str = ""
    """The authority that issued it."""
    serial: str = ""
    """Hexadecimal."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found about one signature, without a judgement. Moments are aware."""

    cut: bool
    """It was made for a longer file: this is a part taken out of one, as single documents are out of the gazette."""
    whole: bool
    """The signature covers everything that the file held when it was made."""
    intact: bool
    """What it covers is as it was signed, and the signature is the certificate's."""
    changed: Change
    chain: Chain
    valid_from: datetime
    valid_to: datetime
    claimed_at: datetime | None
    """The time that the signer's machine gave."""
    stamp: Stamp
    stamped_at: datetime | None
    revocation: Revocation
    revoked_at: datetime | None
    weak: tuple[str, ...] = ()
    """Algorithms of the signature itself that no longer prove that nothing was changed, such as SHA-1."""
    weak_chain: tuple[str, ...] = ()
    """Of the certificates: those that exist cannot be forged so, hence no more than a note."""

    @property
    def signed_at(self) -> datetime | None:
        """The time that counts: the trusted stamp's, else the claimed one."""
        if self.stamp is Stamp.TRUSTED and self.stamped_at is not None:
            return self.stamped_at
        return self.claimed_at


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """One signature as it is kept and shown; of a file that cannot be read, only verdict and reasons are given."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    signer: Signer | None = None
    findings: Findings | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what ``from_json`` reads."""
        return {
            "verdict": self.verdict, "reasons": list(self.reasons),
            "signer": asdict(self.signer) if self.signer else None,
            "findings": {name: value.isoformat() if isinstance(value, datetime) else value
                         for name, value in asdict(self.findings).items()} if self.findings else None,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> SignatureVerdict:
        """Read what ``as_json`` wrote."""
        return cls(Verdict(kept["verdict"]), tuple(Reason(one) for one in kept["reasons"]),
                   Signer(**kept["signer"]) if kept["signer"] else None,
                   _findings(kept["findings"]) if kept["findings"] else None)


def _findings(kept: dict[str, Any]) -> Findings:
    enums = {"changed": Change, "chain": Chain, "stamp": Stamp, "revocation": Revocation}
    values = {field.name: kept[field.name] for field in fields(Findings)}
    for name, kind in enums.items():
        values[name] = kind(values[name])
    for name in ("valid_from", "valid_to", "claimed_at", "stamped_at", "revoked_at"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    return Findings(**{**values, "weak": tuple(values["weak"]), "weak_chain": tuple(values["weak_chain"])})


def unreadable(reason: Reason) -> SignatureVerdict:
    """Return the verdict on a signature, or a file, that cannot be checked."""
    return SignatureVerdict(Verdict.UNCHECKABLE, (reason,))


def judge(signer: Signer, found: Findings, *, at: datetime) -> SignatureVerdict:
    """Return the verdict at the moment ``at`` with every reason, the gravest first.

    A certificate must be in its time when it signed, not when somebody looks (Luật Giao dịch điện tử
    20/2023/QH15, Điều 22): a trusted time stamp proves when that was; a time merely claimed is believed as
    long as the certificate is still good.
    """
    reasons = tuple(sorted(_reasons(found, at), key=list(Reason).index))
    if INVALID_FOR.intersection(reasons):
        verdict = Verdict.INVALID
    elif UNCERTAIN_FOR.intersection(reasons):
        verdict = Verdict.UNCERTAIN
    else:
        verdict = Verdict.VALID
    return SignatureVerdict(verdict, reasons, signer, found)


def _reasons(found: Findings, at: datetime) -> set[Reason]:
    # Of a signature that does not hold, whose it would be and since when means nothing.
    if found.cut:
        return {Reason.CUT_OUT}
    if not found.intact:
        return {Reason.ALTERED}
    return _of_content(found) | _of_chain(found) | _of_time(found, at) | _of_revocation(found)


def _of_content(found: Findings) -> set[Reason]:
    if not found.whole:
        return {Reason.NOT_WHOLE}
    later = {Change.FILLED: Reason.FILLED_LATER, Change.ANNOTATED: Reason.ANNOTATED_LATER,
             Change.OTHER: Reason.CHANGED_LATER}
    return ({later[found.changed]} if found.changed in later else set()) | ({Reason.WEAK_ALGORITHM} if found.weak else set())


def _of_chain(found: Findings) -> set[Reason]:
    untrusted = {Chain.NO_ROOTS: Reason.NO_ROOTS, Chain.UNKNOWN_ROOT: Reason.UNKNOWN_ROOT, Chain.FAULTY: Reason.CHAIN_FAULTY}
    return ({untrusted[found.chain]} if found.chain in untrusted else set()) | (
        {Reason.WEAK_CHAIN} if found.weak_chain else set())


def _of_time(found: Findings, at: datetime) -> set[Reason]:
    reasons: set[Reason] = set()
    stamps = {Stamp.NONE: Reason.NO_STAMP, Stamp.UNTRUSTED: Reason.STAMP_UNTRUSTED, Stamp.BROKEN: Reason.STAMP_BROKEN}
    if found.stamp in stamps:
        reasons.add(stamps[found.stamp])
    if found.claimed_at and found.stamped_at and abs(found.claimed_at - found.stamped_at) > _TIMES_AGREE:
        reasons.add(Reason.TIME_DIFFERS)
    if found.signed_at is None:
        reasons.add(Reason.NO_TIME)
    elif found.signed_at > found.valid_to:
        reasons.add(Reason.EXPIRED_THEN)
    elif found.signed_at < found.valid_from:
        reasons.add(Reason.NOT_YET_VALID_THEN)
    elif at > found.valid_to and found.stamp is not Stamp.TRUSTED:
        reasons.add(Reason.EXPIRED_SINCE)
    return reasons


def _of_revocation(found: Findings) -> set[Reason]:
    if found.revocation is Revocation.UNKNOWN:
        return {Reason.REVOCATION_UNKNOWN}
    if found.revocation is Revocation.GOOD:
        return set()
    if found.signed_at is None or found.revoked_at is None or found.revoked_at <= found.signed_at:
        return {Reason.REVOKED}
    return {Reason.REVOKED_LATER if found.stamp is Stamp.TRUSTED else Reason.REVOKED_SINCE}


# Family names (họ), the common ones and those of the peoples who have few; a stamp's certificate bears an office's name.
_FAMILY_NAMES = frozenset("""
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý An Âu Bạch Bàn Bế Biện Ca Cao Cáp Cầm Chế Chu
    Châu Chử Cổ Cù Cung Cư Danh Diệp Doãn Đàm Đan Đào Đàng Đậu Điền Điêu Đinh Đoàn Đới Đồng Đường Giang Giàng Giáp Hà Hạ
    Hàn Hạng Hầu Hoa Hồng Hứa K' Kha Khổng Khuất Khương Kiều Kim Kpă Ksor La Lã Lại Lâm Lầu Lò Lỗ Lộc Lù Lục Lữ Lương Lường
    Lưu Ly Ma Mã Mạc Mạch Mai Mẫn Mông Mùa Nay Nghiêm Nghị Ngọ Nhâm Nhữ Ninh Nông Ông Phí Phó Phùng Phương Quách Quan Quàng
    Rcom Rơ Sầm Sằm Siu Sùng Tạ Tăng Tẩn Thạch Thái Thân Thẩm Thang Thào Thi Thiều Tiêu Tòng Tô Tôn Tống Trang Triệu Trịnh
    Trình Trương Từ Tưởng Ung Uông Ứng Ưng Vàng Văn Vi Viên Vừ Vương Xa Y H'
""".casefold().split())  # fmt: skip
# Of names without marks those are left out that are an office's first word as well: ban, viện, xã, thị.
_FOLDED_FAMILY_NAMES = frozenset(fold(name) for name in _FAMILY_NAMES) - {"ban", "vien", "xa", "thi"}
_OFFICES = ("van phong", "van thu", "doan thanh nien", "doan dai bieu", "doan kiem", "quan he", "pho ", "y te", "thi xa")
"""How the names of offices begin, folded, whose first word is a family name too."""


def is_person(name: str) -> bool:
    """Tell whether the name on a certificate is a person's and not an office's."""
    words = one_line(name).casefold().split()
    if not 2 <= len(words) <= 6 or any(char.isdigit() for char in name):
        return False
    line = " ".join(words)
    if fold(line).startswith(_OFFICES) or place_key(line) in PROVINCE_KEYS:
        return False
    known = _FOLDED_FAMILY_NAMES if line.isascii() else _FAMILY_NAMES
    return words[0] in known or words[0].startswith(("h'", "k'"))


def proposed_signer(verdicts: Sequence[SignatureVerdict]) -> tuple[str, str | None] | None:
    """Return name and position (chức vụ) of who signed the document, for the form; None where no signature says.

    The leader signs before the office's stamp is put, so the first person counts; what was altered says nothing.
    """
    for one in verdicts:
        if one.signer and one.findings and one.findings.intact and is_person(one.signer.name):
            name = one.signer.name
            return name.title() if name.isupper() else name, one.signer.position or None
    return None
