"""What tests of files have in common: the rules of the office, and the id of a form that is not saved yet."""

from registry.services.file_uploads import FileRules

DRAFT = "0b0f2a8e-1111-4222-8333-123456789abc"
RULES = FileRules(frozenset({"pdf", "docx", "image"}), 1024 * 1024)
