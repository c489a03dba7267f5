"""How many fields of made documents are read right, as PDF, as Word file and as scan; and seconds a page of OCR.

    python -m tests.benchmarks.ocr [--documents 24] [--show]

The peer is the same scan read by Tesseract's own plain text in its reading order, without our columns.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

from registry.domain.intake import read_document
from registry.files.kinds import FileKind
from registry.files.reading import ocr_file, read_file, render_page
from search_index.text import fold
from tests.files import making

FIELDS = ("number", "issued_on", "issuer", "kind", "subject", "signer")


def main() -> None:
    """Make the documents, read them, print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=24)
    parser.add_argument("--show", action="store_true", help="print each field that was read wrong")
    parser.add_argument("--seed", type=int, default=30)
    given = parser.parse_args()
    right: Counter[tuple[str, str]] = Counter()
    loose: Counter[tuple[str, str]] = Counter()
    pages, seconds, peer_seconds = 0, 0.0, 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for at, made in enumerate(making.documents(given.documents, given.seed)):
            pdf = making.as_pdf(made)
            (folder / "a.pdf").write_bytes(pdf)
            (folder / "scan.pdf").write_bytes(making.as_scan(pdf, at))
            making.as_docx(made, folder / "a.docx")
            texts = {"pdf": read_file(folder / "a.pdf", FileKind.PDF).text, "docx": read_file(folder / "a.docx", FileKind.DOCX).text}
            began = time.perf_counter()
            scan = ocr_file(folder / "scan.pdf", FileKind.PDF)
            seconds += time.perf_counter() - began
            texts["scan"], pages = scan.text, pages + scan.pages
            began = time.perf_counter()
            texts["tesseract alone"] = _plain_tesseract(folder / "scan.pdf", scan.pages)
            peer_seconds += time.perf_counter() - began
            for form, text in texts.items():
                proposal = read_document(text)
                for field in FIELDS:
                    read = getattr(proposal, field)
                    value, wanted = read.value if read else None, getattr(made, field)
                    right[form, field] += value == wanted
                    loose[form, field] += fold(str(value)) == fold(str(wanted))
                    if given.show and value != wanted:
                        print(f"{at:3} {form:16}{field:10} {value!r} instead of {wanted!r}")
    print(f"\n{given.documents} documents; fields right to the letter (and but for marks and capitals)")
    for form in texts:
        shares = "  ".join(f"{field} {right[form, field]} ({loose[form, field]})" for field in FIELDS)
        whole = sum(right[form, field] for field in FIELDS) / len(FIELDS) / given.documents
        print(f"{form:16}{whole:7.1%}   {shares}")
    print(f"OCR {seconds / pages:.2f} s a page; Tesseract alone {peer_seconds / pages:.2f} s; ratio {seconds / peer_seconds:.2f}")


def _plain_tesseract(scan: Path, pages: int) -> str:
    command = shutil.which("tesseract")
    assert command
    texts = []
    for page in range(1, pages + 1):
        picture = render_page(scan, FileKind.PDF, page, 300)
        run = subprocess.run([command, "stdin", "stdout", "-l", "vie", "--dpi", "300"], input=picture, capture_output=True, check=True)
        texts.append(run.stdout.decode())
    return "\f".join(texts)


if __name__ == "__main__":
    main()
