"""Certificates (chứng thư số): read from what an administrator uploads, and described."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, pem, x509

from search_index.text import one_line

LONGEST = 1024 * 1024
"""Bytes of an uploaded file; a bundle of all authorities of the country is a tenth of that."""
_LONGEST_NAME = 300


class NotCertificates(ValueError):
    """The bytes are neither certificates in PEM or DER nor a PKCS#7 bundle of them."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What identifies a certificate for a person; moments are aware."""

    subject: str
    issuer: str
    sha256: str
    """Of its bytes, hexadecimal: what an authority publishes to be compared."""
    valid_from: datetime
    valid_to: datetime
    is_authority: bool
    """Whether it may vouch for other certificates."""
    is_root: bool
    """Whether it is issued by itself."""


def read(data: bytes) -> list[x509.Certificate]:
    """Return the certificates in PEM, DER or PKCS#7 bytes, each once, in order.

    Raises:
        NotCertificates: there are none, or one cannot be read.
    """
    try:
        if pem.detect(data):
            found = [one for name, _headers, der in pem.unarmor(data, multiple=True) for one in _of_der(der, name)]
        else:
            found = _of_der(data, "")
        unique = {one.dump(): one for one in found}
        for one in unique.values():
            describe(one)
    except (ValueError, TypeError, KeyError) as fault:  # what asn1crypto raises on bytes that are something else
        raise NotCertificates(str(fault)) from fault
    if not unique:
        raise NotCertificates("no certificate")
    return list(unique.values())


def _of_der(der: bytes, name: str) -> list[x509.Certificate]:
    if name in ("PKCS7", "CMS") or (not name and _is_bundle(der)):
        bundle = cms.ContentInfo.load(der, strict=True)["content"]["certificates"]
        return [one.chosen for one in bundle if one.name == "certificate"]
    if name in ("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE", ""):
        return [x509.Certificate.load(der, strict=True)]
    return []


def _is_bundle(der: bytes) -> bool:
    try:
        return bool(cms.ContentInfo.load(der)["content_type"].native == "signed_data")
    except (ValueError, TypeError, KeyError):
        return False


def describe(certificate: x509.Certificate) -> CertificateFacts:
    """Return what a person sees of a certificate."""
    constraints = certificate.basic_constraints_value
    return CertificateFacts(
        subject=name_line(certificate.subject), issuer=name_line(certificate.issuer),
        sha256=hashlib.sha256(certificate.dump()).hexdigest(),
        valid_from=certificate.not_valid_before, valid_to=certificate.not_valid_after,
        is_authority=bool(constraints and constraints["ca"].native),
        is_root=certificate.subject == certificate.issuer)


def name_line(name: x509.Name) -> str:
    """Return a distinguished name in one line, the common name first: ``Root CA, Ban Cơ yếu Chính phủ, VN``."""
    parts = [name_part(name, part) for part in ("common_name", "organizational_unit_name", "organization_name",
                                                "locality_name", "state_or_province_name", "country_name")]
    return ", ".join(dict.fromkeys(part for part in parts if part))[:_LONGEST_NAME]


def name_part(name: x509.Name, part: str) -> str:
    """Return one part of a distinguished name as clean text; several of the same kind are joined."""
    value: Any = name.native.get(part) or ""
    values = value if isinstance(value, list) else [value]
    return ", ".join(one_line(str(one)) for one in values if one)[:_LONGEST_NAME]
