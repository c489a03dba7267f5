"""What a list of files shows of their signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from registry.domain.signatures import SignatureVerdict, Stamp, Verdict
from registry.services import signatures
from registry.services.signatures import CheckedFile
from registry.web.context import db, now
from registry.web.signatures.words import TONES, VERDICTS, sentences


@dataclass(frozen=True, slots=True)
class ShownSignature:
    """One signature in words; names are empty and the time is None where it cannot be read."""

    verdict: object
    tone: str
    reasons: list[str]
    name: str
    about: str
    """Position, unit and organisation of the signer."""
    issuer: str
    serial: str
    signed_at: datetime | None
    is_stamped: bool
    """The time is a time stamp's, and not of the signer's own machine."""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """The signatures of one file, and when they were checked; with none there is nothing to show."""

    signatures: list[ShownSignature]
    checked_at: datetime
    outdated: bool
    is_good: bool
    """All of them are valid."""


def shown(file_ids: Sequence[int]) -> dict[int, ShownFile]:
    """Return what is known of the signatures of these files."""
    return {file_id: _shown_file(checked) for file_id, checked in signatures.find(db(), file_ids, at=now()).items()}


def _shown_file(checked: CheckedFile) -> ShownFile:
    return ShownFile([_shown(one) for one in checked.verdicts], checked.checked_at, checked.outdated,
                     checked.worst is Verdict.VALID)


def _shown(one: SignatureVerdict) -> ShownSignature:
    signer, found = one.signer, one.findings
    # Shown is also the stamp of an authority that is not trusted: signers' machines are often hours off.
    stamped = found is not None and found.stamp in (Stamp.TRUSTED, Stamp.UNTRUSTED)
    parts = [signer.position, signer.unit, signer.organisation] if signer else []
    return ShownSignature(
        VERDICTS[one.verdict], TONES[one.verdict], sentences(one), signer.name if signer else "",
        ", ".join(part for part in dict.fromkeys(parts) if part and signer and part != signer.name),
        signer.issuer if signer else "", signer.serial if signer else "", (found.stamped_at if stamped else found.claimed_at) if found else None,
        stamped)
