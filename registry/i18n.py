"""The languages of the pages: Vietnamese is the source, the catalogue translates into English.

``python -m registry.i18n extract`` brings the catalogue up to date with the texts in the code;
``python -m registry.i18n check`` names what is missing.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.support import NullTranslations, Translations
from flask_babel import Babel, Domain, get_locale

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
_PROJECT = Path(__file__).resolve().parent.parent
CATALOGUE = Path(__file__).resolve().parent / "translations" / "en" / "LC_MESSAGES" / "messages.po"
_KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


class CatalogueDomain(Domain):
    """Reads the English catalogue as it is edited; nothing compiled lies beside it."""

    @cached_property
    def _english(self) -> Translations:
        with CATALOGUE.open("rb") as file:
            catalogue = read_po(file, locale="en")
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        return Translations(compiled)

    def get_translations(self) -> NullTranslations:
        """Return the translations for the language of the request."""
        return self._english if str(get_locale()) == "en" else _VIETNAMESE


class CatalogueBabel(Babel):
    """Flask-Babel with our domain."""

    @cached_property
    def domain_instance(self) -> CatalogueDomain:
        """The one domain of the application."""
        return CatalogueDomain()


_VIETNAMESE = NullTranslations()


def found_in_code() -> Catalog:
    """Return every text that the code and the templates mark for translation."""
    catalogue = Catalog(locale="en", project="sovanban", charset="utf-8")
    for folder, method in (("registry", [("**.py", "python")]), ("templates", [("**.html", "jinja2"), ("**.txt", "jinja2")])):
        root = _PROJECT / folder
        options = {"**.html": {"silent": "false"}, "**.txt": {"silent": "false"}}
        for name, line, message, comments, context in extract_from_dir(
                root, method, options, keywords=_KEYWORDS):
            catalogue.add(message, None, [(f"{folder}/{Path(name).as_posix()}", line)], auto_comments=comments,
                          context=context)
    return catalogue


def kept() -> Catalog:
    """Return the catalogue as it stands in the project."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def faults() -> list[str]:
    """Return what the English catalogue lacks: texts missing, untranslated, fuzzy, or no longer used."""
    catalogue, code = kept(), found_in_code()
    told = []
    for message in code:
        translation = catalogue.get(message.id, message.context) if message.id else None
        if not message.id:
            continue
        if translation is None:
            told.append(f"missing: {message.id!r}")
        elif not translation.string or (isinstance(translation.string, tuple) and not all(translation.string)):
            told.append(f"untranslated: {message.id!r}")
        elif translation.fuzzy:
            told.append(f"fuzzy: {message.id!r}")
        else:
            told += [f"{error}: {message.id!r}" for error in translation.check(catalogue)]
    told += [f"no longer used: {message.id!r}" for message in catalogue
             if message.id and code.get(message.id, message.context) is None]
    return told


def extract() -> None:
    """Add new texts to the catalogue, untranslated, and drop those no longer used."""
    catalogue, code = kept() if CATALOGUE.exists() else Catalog(locale="en"), found_in_code()
    catalogue.update(code, no_fuzzy_matching=True)
    catalogue.header_comment = "# English texts of Sổ văn bản; the message is the Vietnamese source."
    catalogue.project, catalogue.version = "sovanban", ""
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = ""
    # A date that changes with every run would be a conflict in every merge.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=110, omit_header=False, sort_output=True, no_location=True)


def main(arguments: list[str]) -> int:
    """Run ``extract`` or ``check``."""
    if arguments == ["extract"]:
        extract()
        return 0
    if arguments == ["check"]:
        found = faults()
        sys.stdout.writelines(f"{fault}\n" for fault in found)
        return 1 if found else 0
    sys.stderr.write("python -m registry.i18n extract | check\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
