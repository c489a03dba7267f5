"""Faults of user names, passwords and signing in."""

from __future__ import annotations

from registry.domain.errors import RegistryError, shown


class BadUsername(RegistryError):
    """A user name with other than unmarked letters, digits and ``. _ -``."""

    field = "username"

    def __init__(self, username: str) -> None:
        super().__init__(f"not a user name: {shown(username)}")


class UsernameTaken(RegistryError):
    """Somebody has this user name, perhaps deactivated."""

    field = "username"

    def __init__(self, username: str) -> None:
        super().__init__(f"{shown(username)} is taken")
        self.username = username


class WeakPassword(RegistryError):
    """A password that the policy refuses; ``reason`` as ``domain.passwords.weakness`` gives it."""

    field = "password"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WrongPassword(RegistryError):
    """The present password, asked for before changing it, is another."""

    field = "current_password"


class SignInRefused(RegistryError):
    """User name and password do not fit, or the user is deactivated; which, is not told."""


class TooManyAttempts(RegistryError):
    """Too many failed sign-ins: ``minutes`` to wait."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"wait {minutes} minutes")
        self.minutes = minutes
