"""Digital signatures (chữ ký số) of a PDF: who signed, when, what was changed since, whom to believe.

pyHanko does the cryptography. Nothing is fetched: what the file does not hold is not known. The judgement on what
is found here is ``registry.domain.signatures.judge``.
"""

from __future__ import annotations

import asyncio
import io
import logging
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, PdfObject, Reference
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko.sign.validation import DocumentSecurityStore, SignatureCoverageLevel, generic_cms
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_timestamp
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureStatus, TimestampSignatureStatus
from pyhanko.sign.validation.utils import CMSAlgorithmUsagePolicy
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError, RevokedError, ValidationError
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import (
    AlgorithmUsageConstraint,
    CertRevTrustPolicy,
    DisallowWeakAlgorithmsPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from registry.domain.signatures import (
    Chain,
    Findings,
    Reason,
    Revocation,
    SignatureVerdict,
    Signer,
    Stamp,
    judge,
    unreadable,
)
from registry.files.certificates import name_part
from registry.files.signature_changes import POLICY, change_after

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # what it warns of is what the verdicts say

# What pyHanko and asn1crypto raise on bytes that are not what they say they are.
_FAULTS = (PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, NotImplementedError,
           OverflowError, RecursionError, zlib.error, ValidationError, PathBuildingError)
_MOST_SIGNATURES = 50
_SIGNED = b"/ByteRange"
"""Stands in the clear in every signed PDF, as the signature must say which bytes it covers."""
_NOTHING = DictionaryObject()
_FORMS = frozenset(("/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/adbe.pkcs7.sha1"))
_FOR_SIGNING = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
_SECOND = timedelta(seconds=1)


def check_pdf(source: Path | bytes, *, roots: Sequence[bytes], at: datetime) -> tuple[SignatureVerdict, ...]:
    """Return a verdict on each signature of a PDF, in the order in which they were put; none where it has none.

    ``roots`` are the trusted root certificates (DER); ``at`` is the moment of the judgement, aware. A file that
    cannot be read gives one verdict that says so. Meant for a process that can be ended: a hostile file may take
    any time and memory.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    if _SIGNED not in data:
        return ()
    with io.BytesIO(data) as stream:
        try:
            reader = PdfFileReader(stream, strict=False)
            if reader.encrypted and reader.decrypt("").status is AuthStatus.FAILED:
                return (unreadable(Reason.ENCRYPTED),)
            signatures = _embedded(reader, "/Sig")
            evidence = _Evidence(roots, at, stamps=[one for one in _embedded(reader, "/DocTimeStamp") if one])
            evidence.add_store(reader)
        except _FAULTS:
            return (unreadable(Reason.DAMAGED),)
        return tuple(_verdict(one, evidence) for one in signatures)


def _embedded(reader: PdfFileReader, kind: str) -> list[EmbeddedPdfSignature | None]:
    """Return the signatures (``/Sig``) or time stamps of the whole file (``/DocTimeStamp``) in the order in which
    they were put; None for one that cannot be read."""
    found: list[EmbeddedPdfSignature | None] = []
    for one in list(_signed_fields(reader, kind))[:_MOST_SIGNATURES]:
        try:
            found.append(EmbeddedPdfSignature(reader, one, str(one.get("/T", ""))))
        except _FAULTS:
            found.append(None)
    return sorted(found, key=lambda one: one.signed_revision if one else 0)


def _signed_fields(reader: PdfFileReader, kind: str) -> Iterator[DictionaryObject]:
    """Yield the signed fields of the form, and those that stand on a page while the form does not list them."""
    pending: list[PdfObject] = [reader.root.raw_get("/Pages"), reader.root.get("/AcroForm", _NOTHING)]
    seen: set[Reference] = set()
    while pending:
        node = pending.pop()
        if isinstance(node, IndirectObject):
            if node.reference in seen:
                continue
            seen.add(node.reference)
        node = node.get_object()
        if not isinstance(node, DictionaryObject):
            continue
        if node.get("/FT") == "/Sig" and "/V" in node:
            signature = node.get_value_as_reference("/V")
            if signature not in seen and node["/V"].get("/Type", "/Sig") == kind:
                seen.add(signature)
                yield node
        for name in ("/Kids", "/Annots", "/Fields"):
            pending.extend(node.get(name, ()))


class _Weighing(CMSAlgorithmUsagePolicy):
    """Lets weak algorithms pass and remembers them, so that all else is found out as well."""

    def __init__(self) -> None:
        self._strict = DisallowWeakAlgorithmsPolicy(rsa_key_size_threshold=2048)
        self.weak: set[str] = set()

    def digest_algorithm_allowed(self, algo: Any, moment: datetime | None) -> AlgorithmUsageConstraint:
        return self._weigh(self._strict.digest_algorithm_allowed(algo, moment), algo)

    def signature_algorithm_allowed(self, algo: Any, moment: datetime | None, public_key: Any) -> AlgorithmUsageConstraint:
        return self._weigh(self._strict.signature_algorithm_allowed(algo, moment, public_key), algo)

    def digest_combination_allowed(self, signature_algo: Any, message_digest_algo: Any,
                                   moment: datetime | None) -> AlgorithmUsageConstraint:
        return AlgorithmUsageConstraint(allowed=True)

    def _weigh(self, verdict: AlgorithmUsageConstraint, algorithm: Any) -> AlgorithmUsageConstraint:
        if not verdict.allowed:
            self.weak.add(str(algorithm["algorithm"].native))
        return AlgorithmUsageConstraint(allowed=True)


@dataclass
class _Evidence:
    """What may vouch for a certificate: the trusted roots, and what the file itself brought along."""

    roots: Sequence[bytes]
    at: datetime
    certificates: list[x509.Certificate] = field(default_factory=list)
    lists: list[crl.CertificateList] = field(default_factory=list)
    answers: list[ocsp.OCSPResponse] = field(default_factory=list)
    stamps: list[EmbeddedPdfSignature] = field(default_factory=list)
    """Time stamps of the whole file: they prove that the signatures before them were there."""

    def add_store(self, reader: PdfFileReader) -> None:
        """Take what stands in the file's security store (DSS)."""
        try:
            store = DocumentSecurityStore.read_dss(reader)
        except NoDSSFoundError:
            return
        self.certificates += list(store.load_certs())
        self.lists += [crl.CertificateList.load(one.get_object().data) for one in store.crls]
        self.answers += [ocsp.OCSPResponse.load(one.get_object().data) for one in store.ocsps]

    def with_attributes(self, signature: EmbeddedPdfSignature) -> _Evidence:
        """Return this evidence and what the signature itself holds."""
        lists, answers = list(self.lists), list(self.answers)
        attributes = signature.signer_info["signed_attrs"]
        for archival in find_cms_attribute_iter(attributes, "adobe_revocation_info_archival"):
            lists += list(archival["crl"] or ())
            answers += list(archival["ocsp"] or ())
        lists += [one.chosen for one in signature.signed_data["crls"] or () if one.name == "certificate_list"]
        return _Evidence(self.roots, self.at, self.certificates + signature.other_embedded_certs, lists, answers, self.stamps)

    def context(self, moment: datetime, policy: CertRevTrustPolicy, algorithms: CMSAlgorithmUsagePolicy) -> ValidationContext:
        """Return pyHanko's context of validation at ``moment``."""
        return ValidationContext(
            trust_roots=[x509.Certificate.load(root) for root in self.roots], other_certs=self.certificates, moment=moment,
            allow_fetching=False, crls=self.lists, ocsps=self.answers, revinfo_policy=policy,
            algorithm_usage_policy=algorithms)


def _revocation_policy(own: RevocationCheckingRule, authorities: RevocationCheckingRule,
                       **freshness: Any) -> CertRevTrustPolicy:
    return CertRevTrustPolicy(RevocationCheckingPolicy(own, authorities), **freshness)


_NOT_ASKED = _revocation_policy(RevocationCheckingRule.NO_CHECK, RevocationCheckingRule.NO_CHECK)
# A list published after the signature and embedded with it tells of it as well; an outdated one does not.
_KNOWN = _revocation_policy(RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.NO_CHECK,
                            retroactive_revinfo=True)
_EVER = _revocation_policy(
    RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.CHECK_IF_DECLARED_SOFT,
    freshness=timedelta(days=36500), freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION)


def _verdict(signature: EmbeddedPdfSignature | None, evidence: _Evidence) -> SignatureVerdict:
    if signature is None:
        return unreadable(Reason.DAMAGED)
    try:
        if signature.sig_object.get("/SubFilter") not in _FORMS:
            return unreadable(Reason.UNKNOWN_FORM)
        signer = _signer(signature.signer_cert)
        findings = asyncio.run(_find(signature, evidence.with_attributes(signature)))
    except _FAULTS:
        return unreadable(Reason.DAMAGED)
    return judge(signer, findings, at=evidence.at)


def _signer(certificate: x509.Certificate) -> Signer:
    subject = certificate.subject
    return Signer(
        name=name_part(subject, "common_name") or name_part(subject, "organization_name"),
        organisation=name_part(subject, "organization_name"), unit=name_part(subject, "organizational_unit_name"),
        position=name_part(subject, "title"),
        issuer=name_part(certificate.issuer, "common_name") or name_part(certificate.issuer, "organization_name"),
        serial=format(certificate.serial_number, "x"))


async def _find(signature: EmbeddedPdfSignature, evidence: _Evidence) -> Findings:
    own, of_chain = _Weighing(), _Weighing()
    certificate = signature.signer_cert
    stamp, stamped_at = await _stamp(signature, evidence)
    claimed_at = _aware(signature.self_reported_timestamp)
    signed_at = stamped_at if stamp is Stamp.TRUSTED else claimed_at
    # Whether the certificate was in its time is judged apart; the chain is looked at within it.
    within = min(max(signed_at or evidence.at, certificate.not_valid_before), certificate.not_valid_after)
    signature.compute_integrity_info(diff_policy=POLICY)
    intact, chain, path = await _validate(signature, evidence.context(within, _NOT_ASKED, of_chain), own)
    if not evidence.roots:
        chain = Chain.NO_ROOTS
    revocation, revoked_at = await _revocation(certificate, evidence, path, within)
    return Findings(
        cut=_is_cut(signature), whole=_is_whole(signature), intact=intact, changed=change_after(signature), chain=chain,
        valid_from=certificate.not_valid_before, valid_to=certificate.not_valid_after, claimed_at=claimed_at,
        stamp=stamp, stamped_at=stamped_at, revocation=revocation, revoked_at=revoked_at,
        weak=tuple(sorted(own.weak)), weak_chain=tuple(sorted(of_chain.weak)))


def _aware(moment: datetime | None) -> datetime | None:
    return moment if moment is not None and moment.tzinfo else None


def _is_cut(signature: EmbeddedPdfSignature) -> bool:
    _start, _first, second, rest = signature.byte_range
    return bool(second + rest > signature.reader.stream.seek(0, io.SEEK_END))


def _is_whole(signature: EmbeddedPdfSignature) -> bool:
    """Tell whether all that the file held was signed, and nothing is left out but the signature's own place."""
    _start, first, second, _rest = signature.byte_range
    return (second == first + 2 * len(signature.pkcs7_content) + 2
            and signature.coverage in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION))


async def _validate(signature: EmbeddedPdfSignature, context: ValidationContext,
                    algorithms: _Weighing) -> tuple[bool, Chain, ValidationPath | None]:
    """Return whether the bytes are those that were signed by the certificate, and where its chain leads."""
    digest: bytes | None = signature.compute_digest()
    same = True
    if signature.sig_object.get("/SubFilter") == "/adbe.pkcs7.sha1":
        # The older form signs the SHA-1 of the file, as a content of its own.
        algorithms.weak.add("sha1")
        same = signature.signed_data["encap_content_info"]["content"].native == signature.compute_digest("sha1")
        digest = None
    status = await generic_cms.async_validate_cms_signature(
        signature.signed_data, status_cls=SignatureStatus, raw_digest=digest, validation_context=context,
        key_usage_settings=_FOR_SIGNING, algorithm_policy=algorithms)  # type: ignore[call-overload]
    if status.trust_problem_indic is None and status.validation_path is not None:
        chain = Chain.TRUSTED
    elif status.trust_problem_indic is AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND:
        chain = Chain.UNKNOWN_ROOT
    else:
        chain = Chain.FAULTY
    return same and status.intact and status.valid, chain, status.validation_path


async def _stamp(signature: EmbeddedPdfSignature, evidence: _Evidence) -> tuple[Stamp, datetime | None]:
    """Return the best time stamp of the signature, else of the file after it.

    The certificate of its authority must be good at the time that the stamp gives.
    """
    best: tuple[Stamp, datetime | None] = (Stamp.NONE, None)
    for token in generic_cms.extract_tst_data_iter(signature.signer_info, signed=False):
        algorithms, given = _Weighing(), _time_in(token)
        status = TimestampSignatureStatus(**await generic_cms.validate_tst_signed_data(
            token, evidence.context(given, _NOT_ASKED, algorithms),
            generic_cms.message_imprint_checker(signature.signer_info)))
        found = _kind(status, algorithms)
        if found is Stamp.TRUSTED:
            return found, given
        if best[0] is not Stamp.UNTRUSTED:
            best = (found, given)
    for later in evidence.stamps:
        if later.signed_revision > signature.signed_revision:
            algorithms, given = _Weighing(), _time_in(later.signed_data)
            status = await async_validate_pdf_timestamp(later, evidence.context(given, _NOT_ASKED, algorithms), skip_diff=True)
            if _is_whole(later) and _kind(status, algorithms) is Stamp.TRUSTED:
                return Stamp.TRUSTED, given
    return best


def _time_in(token: cms.SignedData) -> datetime:
    given: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
    return given


def _kind(status: TimestampSignatureStatus, algorithms: _Weighing) -> Stamp:
    if not (status.intact and status.valid):
        return Stamp.BROKEN
    return Stamp.TRUSTED if status.trusted and not algorithms.weak else Stamp.UNTRUSTED


async def _revocation(certificate: x509.Certificate, evidence: _Evidence, path: ValidationPath | None,
                      within: datetime) -> tuple[Revocation, datetime | None]:
    """Return whether the certificate, or one that vouches for it, was revoked, and when."""
    if path is None or not (evidence.lists or evidence.answers):
        return Revocation.UNKNOWN, None
    ends = [one.not_valid_after for one in path.iter_certs(include_root=False)]
    latest = max(within, min([evidence.at, *(end - _SECOND for end in ends)]))
    for moment, policy in ((latest, _EVER), (within, _KNOWN)):
        validator = CertificateValidator(certificate, validation_context=evidence.context(moment, policy, _Weighing()))
        try:
            await validator.async_validate_path()
        except RevokedError as revoked:
            return Revocation.REVOKED, revoked.revocation_dt
        except (PathValidationError, PathBuildingError):  # the list is missing, outdated or not to be believed
            known = False
        else:
            known = True
    return (Revocation.GOOD if known else Revocation.UNKNOWN), None
