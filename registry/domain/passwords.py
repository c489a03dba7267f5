"""What a password and a user name must be (quy tắc mật khẩu, tên đăng nhập)."""

from __future__ import annotations

import re
from typing import Literal

from search_index.text import fold_line, one_line

SHORTEST, LONGEST = 10, 200
WeakReason = Literal["short", "long", "like_username", "common", "one_character"]

# Ten characters and more, folded: what lists of leaked passwords and Vietnamese habits begin with.
_COMMON = frozenset({
    "1234567890", "0123456789", "0987654321", "12345678910", "123456789a", "a123456789", "1q2w3e4r5t",
    "1qaz2wsx3edc", "qwertyuiop", "qwerty1234", "qwerty12345", "qwerty123456", "asdfghjkl;", "asdfghjkl1",
    "password12", "password123", "password1234", "passw0rd123", "p@ssw0rd123", "p@ssword123", "admin12345",
    "admin123456", "administrator", "administrator1", "welcome123", "welcome1234", "iloveyou12", "iloveyou123",
    "abc123456789", "abcd123456", "abcd12345678", "abcdefghij", "matkhau123", "matkhau1234", "matkhau12345",
    "matkhau123456", "mat khau 123", "vietnam123", "vietnam1234", "vietnam2025", "vietnam2026", "vanphong123",
    "vanthu1234", "vanthu12345", "vanthu123456", "ubnd123456", "ubnd@12345", "hanoi123456", "sovanban123",
    "sovanban1234", "congvan123", "congvan1234", "anhyeuem123", "changeme123", "letmein123", "letmein1234",
    "1111111111", "0000000000", "1122334455", "1212121212", "123123123123", "123456123456", "aa123456789",
})
_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?")


def username_key(text: str) -> str:
    """Return the user name as it is stored: ``VanThu `` and ``vanthu`` are one person."""
    return one_line(text).casefold()


def is_username(key: str) -> bool:
    """Tell whether ``key`` may be a user name: unmarked letters, digits and ``. _ -`` within."""
    return len(key) >= 2 and _USERNAME.fullmatch(key) is not None


def weakness(password: str, username: str) -> WeakReason | None:
    """Return why ``password`` is refused, None when it will do.

    Length counts, not mixed signs: a sentence is easier to keep in mind than "P@ss1".
    """
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if len(set(password)) < 4:
        return "one_character"
    folded = fold_line(password)
    name = fold_line(username)
    if name and (folded == name or folded.replace(name, "").strip("0123456789@!.-_ #") == ""):
        return "like_username"
    if folded in _COMMON:
        return "common"
    return None
