"""Passwords are kept as argon2id hashes, with the parameters that the library recommends."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
# Letters and digits that are not mistaken for one another when read from a screen or a note.
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"


def hash_password(password: str) -> str:
    """Return the hash to store."""
    return _hasher.hash(password)


def matches(stored: str, password: str) -> bool:
    """Tell whether ``password`` belongs to the hash ``stored``."""
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def outdated(stored: str) -> bool:
    """Tell whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def waste_time(password: str) -> None:
    """Take as long as checking a password takes, so that an unknown user name does not show."""
    _hasher.hash(password)


def one_time_password() -> str:
    """Return a password to hand over once: ``kfm7-p2xw-9tqe``, some 59 bits."""
    groups = ("".join(secrets.choice(_LEGIBLE) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
