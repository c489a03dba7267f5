"""What was written into a PDF after it was signed.

pyHanko knows further signatures, filled fields and proof for archives. Annotations added later, such as a number
stamped on the page, it calls suspicious like any alteration; the rule here tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    PdfObject,
    Reference,
    StreamObject,
)
from pyhanko.pdf_utils.reader import HistoricalResolver, RawPdfPath
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    ModificationLevel,
    QualifiedWhitelistRule,
    ReferenceUpdate,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.rules_api import RelativeContext
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from registry.domain.signatures import Change

# They lie over the page and can be taken away; a link, a form field or an attached file does more.
_OVERLAYS = frozenset(("/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
                       "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup"))

_LEVELS = {ModificationLevel.NONE: Change.NONE, ModificationLevel.LTA_UPDATES: Change.LTA,
           ModificationLevel.FORM_FILLING: Change.FILLED, ModificationLevel.ANNOTATIONS: Change.ANNOTATED,
           ModificationLevel.OTHER: Change.OTHER}

Cleared = tuple[ModificationLevel, ReferenceUpdate]


def change_after(signature: EmbeddedPdfSignature) -> Change:
    """Return the gravest change that a later revision made; integrity must have been computed under ``POLICY``."""
    result, allowed = signature.diff_result, signature.docmdp_level
    if isinstance(result, SuspiciousModification) and allowed is None:
        result = _step_by_step(signature)
    if not isinstance(result, DiffResult) or (allowed is not None and result.modification_level.value > allowed.value):
        return Change.OTHER
    return _LEVELS[result.modification_level]


def _step_by_step(signature: EmbeddedPdfSignature) -> DiffResult | SuspiciousModification:
    """Compare each revision with the one before, where pyHanko compares with the signed one.

    So a signature that follows on an annotation is understood. What is found never is less than annotations.
    """
    reader, worst = signature.reader, ModificationLevel.ANNOTATIONS
    for number in range(signature.signed_revision + 1, reader.xrefs.total_revisions):
        old, new = reader.get_historical_resolver(number - 1), reader.get_historical_resolver(number)
        try:
            worst = max(worst, POLICY.apply(old, new, field_mdp_spec=signature.fieldmdp).modification_level)
        except SuspiciousModification as alteration:
            return alteration
    return DiffResult(worst, set())


class _AddedAnnotations(QualifiedWhitelistRule):
    """Clears pages to which a revision added annotations that lie over them, and nothing else."""

    def apply_qualified(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterator[Cleared]:
        """Yield what was replaced or added for it; what cannot be explained so is left to the other rules."""
        pages = zip(_pages(old.root.raw_get("/Pages"), old), _pages(new.root.raw_get("/Pages"), new), strict=False)
        for (before_ref, before), (after_ref, after) in pages:
            added = _added(before, after)
            if before_ref != after_ref or not added or not all(_is_overlay(new, one) for one in added):
                continue
            for annotation in added:
                for reference in new.collect_dependencies(annotation, since_revision=old.revision + 1):
                    yield ModificationLevel.ANNOTATIONS, ReferenceUpdate(reference)
            yield ModificationLevel.ANNOTATIONS, ReferenceUpdate(after_ref)
            listed = after.raw_get("/Annots")
            if isinstance(listed, IndirectObject):  # cleared as the page's list only, whatever else may use it
                yield ModificationLevel.ANNOTATIONS, ReferenceUpdate(
                    listed.reference, RelativeContext(before_ref, RawPdfPath("/Annots")))


POLICY = StandardDiffPolicy([*DEFAULT_DIFF_POLICY.global_rules, _AddedAnnotations()], DEFAULT_DIFF_POLICY.form_rule)


def _pages(node: PdfObject, seen_from: HistoricalResolver,
           seen: set[Reference] | None = None) -> Iterator[tuple[Reference, DictionaryObject]]:
    seen = set() if seen is None else seen
    if not isinstance(node, IndirectObject) or node.reference in seen:
        return
    seen.add(node.reference)
    value = seen_from(node.reference)
    if not isinstance(value, DictionaryObject):
        return
    if value.get("/Type") == "/Page":
        yield node.reference, value
    for kid in value.get("/Kids", ()):
        yield from _pages(kid, seen_from, seen)


def _added(before: DictionaryObject, after: DictionaryObject) -> list[PdfObject]:
    """Return the annotations at the end of the list that the page did not have; none where anything else differs."""
    if any(before.get(key) != after.get(key) for key in (before.keys() | after.keys()) - {"/Annots"}):
        return []
    had, has = (list(page.get("/Annots", ArrayObject())) for page in (before, after))
    return has[len(had):] if has[: len(had)] == had else []


def _is_overlay(seen_from: HistoricalResolver, annotation: PdfObject) -> bool:
    if isinstance(annotation, IndirectObject):
        annotation = seen_from(annotation.reference)
    return (isinstance(annotation, DictionaryObject) and not isinstance(annotation, StreamObject)
            and annotation.get("/Subtype") in _OVERLAYS)
