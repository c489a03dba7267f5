"""The sentence a person reads for each fault, with the way out in it; web, command line and import share it."""

from registry.messages import backups, documents, files, imports, people, states
from registry.messages.saying import say

__all__ = ["backups", "documents", "files", "imports", "people", "say", "states"]
