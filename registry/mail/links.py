"""Links in mails: to the page of a piece of work, and signed ones that act for one person without signing in.

A signed link says who, which work, which version of its date, which action and until when. Opened, it only
shows a page that asks; a scanner that opens every link changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

VALID_FOR = timedelta(days=30)
ACTIONS = frozenset({"received", "done"})
_SALT = "sovanban-reply"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one signed link allows."""

    user_id: int
    occurrence_id: int
    due_version: int
    action: str
    until: datetime


class BadLink(ValueError):
    """The link is not ours, was altered, or is too old."""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of this installation."""

    base_url: str
    secret_key: str

    def work(self, occurrence_id: int) -> str:
        """Return the address of the page of one occurrence."""
        return f"{self.base_url}/obligations/{occurrence_id}"

    def mine(self) -> str:
        """Return the address of the list of one's own work."""
        return f"{self.base_url}/obligations"

    def case_file(self, case_file_id: int) -> str:
        """Return the address of the page of one case file."""
        return f"{self.base_url}/case-files/{case_file_id}"

    def due_case_files(self) -> str:
        """Return the address of the list of one's own case files that are due at the archive."""
        return f"{self.base_url}/case-files?due=1&mine=1"

    def wishes(self) -> str:
        """Return the address where a person says what they want of reminders."""
        return f"{self.base_url}/my-reminders"

    def reply(self, user_id: int, occurrence_id: int, due_version: int, action: str, now: datetime) -> str:
        """Return the address that lets this person do ``action`` for this work."""
        until = int((now + VALID_FOR).timestamp())
        token = self._serializer().dumps([user_id, occurrence_id, due_version, action, until])
        return f"{self.base_url}/reply/{token}"

    def read_reply(self, token: str, now: datetime) -> Reply:
        """Return what ``token`` allows.

        Raises:
            BadLink: see there.
        """
        try:
            user_id, occurrence_id, due_version, action, until = self._serializer().loads(token)
        except (BadData, ValueError, TypeError) as error:
            raise BadLink("not signed by this installation") from error
        if action not in ACTIONS or until < now.timestamp():
            raise BadLink("too old")
        return Reply(user_id, occurrence_id, due_version, action, datetime.fromtimestamp(until, now.tzinfo))

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret_key, salt=_SALT)
