"""What was written into a PDF after it was signed.

pyHanko knows further signatures, filled fields and proof for archives. Annotations added later, such as a number
stamped on the page, it calls suspicious like any alteration; they are told apart here.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, Reference, StreamObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from registry.domain.signatures import Change

_LEVELS = {ModificationLevel.NONE: Change.NONE, ModificationLevel.LTA_UPDATES: Change.LTA,
           ModificationLevel.FORM_FILLING: Change.FILLED, ModificationLevel.ANNOTATIONS: Change.ANNOTATED,
           ModificationLevel.OTHER: Change.OTHER}
# They lie over the page and can be taken away; a link, a form field or an attached file does more.
_OVERLAYS = frozenset(("/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
                       "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup"))

_DEEPEST = 40
"""Levels of the tree of pages; a tree that refers to itself ends here."""


def change_after(signature: EmbeddedPdfSignature) -> Change:
    """Return the gravest change that any later revision of the file made; integrity must have been computed."""
    result = signature.diff_result
    if isinstance(result, DiffResult):
        return _LEVELS[result.modification_level]
    reader = signature.reader
    worst = Change.NONE
    for number in range(signature.signed_revision + 1, reader.xrefs.total_revisions):
        old, new = reader.get_historical_resolver(number - 1), reader.get_historical_resolver(number)
        worst = max(worst, _of_revision(signature, old, new), key=list(Change).index)
    return worst


def _of_revision(signature: EmbeddedPdfSignature, old: HistoricalResolver, new: HistoricalResolver) -> Change:
    if signature.docmdp_level is not None:
        return Change.OTHER  # its author said what may be added; pyHanko found that this is not it
    try:
        if only_annotations(old, new):
            return Change.ANNOTATED
        policy = DEFAULT_DIFF_POLICY.apply(old, new, field_mdp_spec=signature.fieldmdp)
    except (PdfError, ValueError, KeyError, TypeError):  # pyHanko's word for a change that has no explanation
        return Change.OTHER
    return _LEVELS[policy.modification_level]


def only_annotations(old: HistoricalResolver, new: HistoricalResolver) -> bool:
    """Tell whether a revision replaces nothing but pages and their lists of annotations, and only adds to these.

    Objects that are new can be reached through what is replaced alone, so those are all that need to be looked at.
    """
    if new.refs_freed_in_revision():
        return False
    replaced = [ref for ref in new.explicit_refs_in_revision() if not old.is_ref_unassignable(ref)]
    info = {_reference(view.trailer_view.raw_get("/Info")) for view in (old, new) if "/Info" in view.trailer_view}
    lists = set(_lists_of_annotations(old.root["/Pages"]))
    added: list[PdfObject] = []
    for ref in replaced:
        before, after = old(ref), new(ref)
        if isinstance(before, DictionaryObject) and isinstance(after, DictionaryObject) and before.get("/Type") == "/Page":
            if not _same_but_annotations(before, after):
                return False
            if not _grows(_annotations(before), _annotations(after), added):
                return False
        elif isinstance(before, ArrayObject) and isinstance(after, ArrayObject):
            if ref not in lists or not _grows(before, after, added):
                return False
        elif ref not in info:
            return False
    return bool(added) and all(_is_overlay(one) for one in added)


def _lists_of_annotations(node: PdfObject, depth: int = 0) -> Iterator[Reference]:
    """Yield the lists of annotations that stand as objects of their own."""
    node = node.get_object()
    if not isinstance(node, DictionaryObject) or depth > _DEEPEST:
        return
    if node.get("/Type") == "/Page" and "/Annots" in node:
        reference = _reference(node.raw_get("/Annots"))
        if reference:
            yield reference
    for kid in node.get("/Kids", ()):
        yield from _lists_of_annotations(kid, depth + 1)


def _reference(value: PdfObject) -> Reference | None:
    return value.reference if isinstance(value, IndirectObject) else None


def _same_but_annotations(before: DictionaryObject, after: DictionaryObject) -> bool:
    return (before.keys() - {"/Annots"} == after.keys() - {"/Annots"}
            and all(before.raw_get(key) == after.raw_get(key) for key in before if key != "/Annots"))


def _annotations(page: DictionaryObject) -> ArrayObject:
    value = page.get("/Annots")
    return value if isinstance(value, ArrayObject) else ArrayObject()


def _grows(before: ArrayObject, after: ArrayObject, added: list[PdfObject]) -> bool:
    """Tell whether ``after`` is ``before`` with more at its end, and collect what is more."""
    size = len(before)
    if [before.raw_get(i) for i in range(size)] != [after.raw_get(i) for i in range(min(size, len(after)))]:
        return False
    added.extend(after[i] for i in range(size, len(after)))
    return True


def _is_overlay(annotation: PdfObject) -> bool:
    return (isinstance(annotation, DictionaryObject) and not isinstance(annotation, StreamObject)
            and annotation.get("/Subtype") in _OVERLAYS)
