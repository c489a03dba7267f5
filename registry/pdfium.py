"""The one lock of PDFium, which serves one thread at a time; whoever calls pypdfium2 holds it."""

from __future__ import annotations

import threading

PDFIUM = threading.Lock()
