"""Old Word files (.doc, .rtf): LibreOffice makes a DOCX of them, which is then read."""

from __future__ import annotations

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

from registry.domain.file_errors import FileFault, FileUnreadable
from registry.files import sandbox
from registry.files.docx_text import read_docx
from registry.files.programs import libreoffice
from registry.files.values import FileText, Limits


def read_old_word(path: Path, limits: Limits) -> FileText:
    """Return the text of an old Word file.

    Raises:
        FileUnreadable: no LibreOffice here, it took too long, or the file is damaged.
    """
    command = libreoffice()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "document.doc"  # the name tells nothing that the content does not
        shutil.copyfile(path, source)
        profile = (folder / "profile").as_uri()
        raised = functools.partial(sandbox.allow_memory, limits.convert_memory_mb) if sandbox.resource else None
        try:
            subprocess.run(
                [command, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck", "--nodefault",
                 "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)],
                stdin=subprocess.DEVNULL, capture_output=True, timeout=limits.convert_seconds, check=False, preexec_fn=raised)
        except subprocess.TimeoutExpired as error:
            raise FileUnreadable(FileFault.TIMED_OUT) from error
        made = folder / "out" / "document.docx"
        if not made.is_file():  # LibreOffice ends with 0 either way
            raise FileUnreadable(FileFault.DAMAGED)
        return read_docx(made, limits)
