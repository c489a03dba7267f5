"""An authority of the tests' own: root, issuing authority, signers, time stamps, revocation; and signed files."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import time_machine
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from asn1crypto.crl import CertificateList
from asn1crypto.ocsp import OCSPResponse
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNED_AT = datetime(2024, 3, 15, 8, 30, tzinfo=UTC)
_YEARS = timedelta(days=3650)


@dataclass
class Identity:
    """A certificate with its key, and who issued it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    issuer: Identity | None

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def for_pyhanko(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)

    @property
    def key_for_pyhanko(self) -> keys.PrivateKeyInfo:
        return keys.PrivateKeyInfo.load(self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))


def identity(name: str, issuer: Identity | None = None, *, authority: bool = False, stamps: bool = False,
             organisation: str = "UBND tỉnh Hà Nam", title: str = "", since: datetime = datetime(2022, 1, 1, tzinfo=UTC),
             until: datetime = datetime(2030, 1, 1, tzinfo=UTC), use_rsa: bool = False) -> Identity:
    """Make a certificate; one without ``issuer`` vouches for itself."""
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = (
        rsa.generate_private_key(65537, 2048) if use_rsa else ec.generate_private_key(ec.SECP256R1()))
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
             x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if title:
        parts.append(x509.NameAttribute(NameOID.TITLE, title))
    subject = x509.Name(parts)
    builder = (x509.CertificateBuilder().subject_name(subject)
               .issuer_name(issuer.certificate.subject if issuer else subject).public_key(key.public_key())
               .serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)
               .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
               .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
               .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(
                   issuer.key.public_key() if issuer else key.public_key()), critical=False)
               .add_extension(x509.KeyUsage(
                   digital_signature=True, content_commitment=not authority, key_encipherment=False,
                   data_encipherment=False, key_agreement=False, key_cert_sign=authority, crl_sign=authority,
                   encipher_only=False, decipher_only=False), critical=True))
    if issuer:
        builder = builder.add_extension(x509.AuthorityInformationAccess([x509.AccessDescription(
            AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.invalid/"))]), critical=False)
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Identity(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key, issuer)


class Authority:
    """A root, the authority that it lets issue certificates, and one that stamps times."""

    def __init__(self, name: str = "Cơ quan chứng thực thử") -> None:
        self.root = identity(f"{name} (Root)", authority=True, organisation="Ban Cơ yếu thử",
                             since=datetime(2015, 1, 1, tzinfo=UTC), until=datetime(2045, 1, 1, tzinfo=UTC))
        self.issuing = identity(name, self.root, authority=True, organisation="Ban Cơ yếu thử",
                                since=datetime(2016, 1, 1, tzinfo=UTC), until=datetime(2040, 1, 1, tzinfo=UTC))
        self.stamping = identity("Máy chủ cấp dấu thời gian", self.issuing, stamps=True, organisation="Ban Cơ yếu thử",
                                 use_rsa=True)

    def stamper(self, at: datetime) -> DummyTimeStamper:
        return DummyTimeStamper(self.stamping.for_pyhanko, self.stamping.key_for_pyhanko,
                                _store(self.stamping, self.issuing), fixed_dt=at)

    def revocations(self, revoked: dict[Identity, datetime] | Sequence[tuple[Identity, datetime]] = (), *,
                    by: Identity | None = None, on: datetime = SIGNED_AT) -> CertificateList:
        """Return the list (CRL) of an authority, published at ``on`` and good for a week."""
        by = by or self.issuing
        builder = (x509.CertificateRevocationListBuilder().issuer_name(by.certificate.subject)
                   .last_update(on).next_update(on + timedelta(days=7)))
        for one, at in revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number).revocation_date(at).build())
        made = builder.sign(by.key, hashes.SHA256())
        return CertificateList.load(made.public_bytes(serialization.Encoding.DER))

    def answer(self, about: Identity, *, revoked_at: datetime | None = None, on: datetime = SIGNED_AT) -> OCSPResponse:
        """Return the authority's own answer (OCSP) about a certificate."""
        made = (ocsp.OCSPResponseBuilder().add_response(
            about.certificate, self.issuing.certificate, hashes.SHA256(),
            ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
            on, on + timedelta(days=7), revoked_at, x509.ReasonFlags.key_compromise if revoked_at else None)
            .responder_id(ocsp.OCSPResponderEncoding.HASH, self.issuing.certificate)
            .certificates([self.issuing.certificate]).sign(self.issuing.key, hashes.SHA256()))
        return OCSPResponse.load(made.public_bytes(serialization.Encoding.DER))


def _store(*identities: Identity) -> SimpleCertificateStore:
    store = SimpleCertificateStore()
    for one in identities:
        store.register(one.for_pyhanko)
    return store


def plain_pdf(text: str = "QUYET DINH") -> bytes:
    """Return a file of one page, unsigned."""
    writer = PdfFileWriter()
    content = writer.add_object(generic.StreamObject(stream_data=f"BT /F1 20 Tf 90 700 Td ({text}) Tj ET".encode()))
    font = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Font"), pdf_name("/Subtype"): pdf_name("/Type1"),
                                     pdf_name("/BaseFont"): pdf_name("/Helvetica")})
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842), resources=generic.DictionaryObject(
        {pdf_name("/Font"): generic.DictionaryObject({pdf_name("/F1"): font})})))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def sign(pdf: bytes, by: Identity, *, at: datetime = SIGNED_AT, field: str = "Signature1", stamp: Authority | None = None,
         stamped_at: datetime | None = None, digest: str = "sha256", crls: Sequence[CertificateList] = (),
         ocsps: Sequence[OCSPResponse] = (), form: fields.SigSeedSubFilter = fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
         certify: bool = False) -> bytes:
    """Return the file with one more signature; ``crls`` and ``ocsps`` are embedded in it."""
    chain = [one for one in (by.issuer, by.issuer.issuer if by.issuer else None) if one]
    signer = signers.SimpleSigner(by.for_pyhanko, by.key_for_pyhanko, _store(*chain[:1]))
    evidence = ValidationContext(
        trust_roots=[one.for_pyhanko for one in chain[-1:]], other_certs=[one.for_pyhanko for one in chain], crls=crls, ocsps=ocsps,
        allow_fetching=False, moment=at) if crls or ocsps else None
    metadata = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm=digest, subfilter=form, certify=certify,
        embed_validation_info=evidence is not None, validation_context=evidence)
    out = io.BytesIO()
    with time_machine.travel(at, tick=False):
        signers.PdfSigner(metadata, signer, timestamper=stamp.stamper(stamped_at or at) if stamp else None).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out)
    return out.getvalue()


def sign_the_older_way(pdf: bytes, by: Identity, *, at: datetime = SIGNED_AT) -> bytes:
    """Return the file signed as ``adbe.pkcs7.sha1``: the signature holds the SHA-1 of the file."""
    signed = bytearray(sign(pdf, by, at=at))
    signed[:] = signed.replace(b"/adbe.pkcs7.detached", b"/adbe.pkcs7.sha1    ")
    found = re.search(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)", signed)
    assert found
    start, first, second, rest = (int(one) for one in found.groups())
    digest = hashes.Hash(hashes.SHA1())
    digest.update(bytes(signed[start:first]))
    digest.update(bytes(signed[second : second + rest]))
    made = pkcs7.PKCS7SignatureBuilder().set_data(digest.finalize()).add_signer(
        by.certificate, by.key, hashes.SHA256()).sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    hexed = made.hex().encode()
    place = slice(first + 1, second - 1)
    signed[place] = hexed.ljust(place.stop - place.start, b"0")
    return bytes(signed)


def annotate(pdf: bytes, text: str = "So 12", subtype: str = "/FreeText") -> bytes:
    """Return the file with an annotation added on its first page, as a stamp of the number is."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    note = writer.add_object(generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name(subtype),
        pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(n) for n in (100, 700, 200, 730)),
        pdf_name("/Contents"): generic.pdf_string(text)}))
    if "/Annots" in page:
        page["/Annots"].append(note)
        writer.update_container(page["/Annots"])
    else:
        page["/Annots"] = generic.ArrayObject([note])
        writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def rewrite_page(pdf: bytes, text: str = "QUYET DINH KHAC") -> bytes:
    """Return the file with other text on its page, added after signing as an editor would."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=f"BT /F1 20 Tf 90 700 Td ({text}) Tj ET".encode()))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def add_proof(pdf: bytes, crls: Sequence[CertificateList]) -> bytes:
    """Return the file with revocation lists added to its security store (DSS), as is done for archives."""
    out = io.BytesIO(pdf)
    DocumentSecurityStore.add_dss(out, sig_contents=None, crls=crls)
    return out.getvalue()


def stamp_file(pdf: bytes, by: Authority, *, at: datetime) -> bytes:
    """Return the file with a time stamp of all of it (DocTimeStamp)."""
    out = io.BytesIO()
    with time_machine.travel(at, tick=False):
        signers.PdfTimeStamper(by.stamper(at)).timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), "sha256", output=out)
    return out.getvalue()
