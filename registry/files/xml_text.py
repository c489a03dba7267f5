"""XML: the text between the tags; entities are not expanded and nothing outside the file is looked at."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from lxml import etree

from registry.domain.file_errors import FileFault, FileUnreadable
from registry.files.values import FileText, Limits


def read_xml(path: Path, limits: Limits) -> FileText:
    """Return the text of an XML file, an element a line.

    Raises:
        FileUnreadable: damaged, or longer than ``limits`` allow.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                             remove_comments=True, remove_pis=True)
    try:
        root = etree.parse(str(path), parser).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise FileUnreadable(FileFault.DAMAGED) from error
    left = limits.characters
    lines: list[str] = []
    for element in root.iter():
        # What is no element is an entity, which is not expanded: its text would be its own name.
        for part in (element.text if isinstance(element.tag, str) else None, element.tail):
            line = " ".join(part.split()) if part else ""
            left -= len(line)
            if left < 0:
                raise FileUnreadable(FileFault.TOO_LONG, limits.characters)
            if line:
                lines.append(line)
    return FileText(unicodedata.normalize("NFC", "\n".join(lines)), 1, "text")
