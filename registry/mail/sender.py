"""How a mail leaves the house: by SMTP, or into a folder where no server is configured.

The faults say what is certain: refused and unreachable mean that nothing was sent; only an answer that
did not come after the end of DATA leaves it open.
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

_SECONDS = 30.0


class MailServerDown(Exception):
    """No connection, no TLS or no login: nothing was sent, and no other mail would be now."""


class MailRefused(Exception):
    """The server refused this mail, or the connection broke before its end: certainly not sent."""

    def __init__(self, text: str, *, permanent: bool = False) -> None:
        super().__init__(text)
        self.permanent = permanent


class MailMaybeSent(Exception):
    """The whole mail was handed over and no answer came: the server may have taken it."""


class MailWithdrawn(Exception):
    """It was not wanted any more in the last moment; nothing was sent."""


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """One mail as it is stored: ``source`` is the whole text, ASCII, with its Message-ID."""

    header_id: str
    sender: str
    address: str
    source: str


class MailSender(Protocol):
    """What delivering asks of a way out."""

    def open(self) -> None:
        """Be ready to send; raises MailServerDown. Called before each mail, cheap when ready."""

    def send(self, mail: OutgoingMail, still_wanted: Callable[[], bool]) -> None:
        """Send; ``still_wanted`` is asked as late as possible.

        Raises:
            MailServerDown, MailRefused, MailMaybeSent, MailWithdrawn: see there.
        """

    def close(self) -> None:
        """End what ``open`` began."""


def make_sender(smtp_url: str | None, folder: Path) -> MailSender:
    """Return the way out that is configured: SMTP, or ``folder`` without it."""
    return SmtpSender(smtp_url) if smtp_url else FolderSender(folder)


class FolderSender:
    """Keeps each mail as a file: the same mail again is the same file, so there is never a second copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> None:
        """Make the folder."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MailServerDown(f"{self.folder}: {error.strerror}") from error

    def send(self, mail: OutgoingMail, still_wanted: Callable[[], bool]) -> None:
        """Write the file whole or not at all."""
        if not still_wanted():
            raise MailWithdrawn
        name = re.sub(r"[^A-Za-z0-9._-]", "_", mail.header_id.strip("<>").partition("@")[0])
        part = self.folder / f".{name}.{os.getpid()}"
        try:
            part.write_bytes(mail.source.encode("ascii"))
            part.replace(self.folder / f"{name}.eml")
        except OSError as error:
            raise MailServerDown(f"{self.folder}: {error.strerror}") from error

    def close(self) -> None:
        """Nothing stays open."""


class SmtpSender:
    """One connection, kept open from mail to mail.

    ``smtp://user:password@host:587`` uses STARTTLS where the server offers it, and insists on it where a
    password is sent; ``smtps://`` is TLS from the start. ``?starttls=required`` insists always,
    ``?starttls=off`` never asks; ``?cafile=/path`` names the office's own certificate authority.
    """

    def __init__(self, url: str, *, timeout: float = _SECONDS) -> None:
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        self._tls = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._starttls = options.get("starttls", "required" if self._user else "offered")
        self._cafile = options.get("cafile")
        self._timeout = timeout
        self._server: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect, secure and sign in, unless that is done."""
        if self._server is not None:
            return
        server: smtplib.SMTP | None = None
        try:
            context = ssl.create_default_context(cafile=self._cafile)
            if self._tls:
                server = smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=context)
            else:
                server = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
                self._secure(server, context)
            if self._user:
                server.login(self._user, self._password)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            if server is not None:
                server.close()
            raise MailServerDown(f"{self._host}:{self._port}: {_words(error)}") from error
        self._server = server

    def _secure(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server.ehlo_or_helo_if_needed()
        if self._starttls == "off":
            return
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif self._starttls == "required":
            raise smtplib.SMTPNotSupportedError("the server offers no STARTTLS")

    def send(self, mail: OutgoingMail, still_wanted: Callable[[], bool]) -> None:
        """Send one mail; a server that ended the connection meanwhile is called again once."""
        self.open()
        try:
            self._begin(mail)
        except MailRefused as refusal:
            if self._server is not None or refusal.permanent:
                raise
            self.open()
            self._begin(mail)
        if not still_wanted():
            self._reset()
            raise MailWithdrawn
        self._hand_over(mail)

    def _begin(self, mail: OutgoingMail) -> None:
        """MAIL and RCPT."""
        code, text = self._ask("MAIL", f"FROM:<{mail.sender}>")
        if code != 250:
            self._give_up(code)
            raise MailRefused(f"{code} {text}")
        code, text = self._ask("RCPT", f"TO:<{mail.address}>")
        if code not in {250, 251}:
            self._give_up(code)
            raise MailRefused(f"{code} {text}", permanent=code >= 500)

    def _hand_over(self, mail: OutgoingMail) -> None:
        code, text = self._ask("DATA", "")
        if code != 354:
            self._give_up(code)
            raise MailRefused(f"{code} {text}", permanent=code >= 500)
        server = self._server
        if server is None or server.sock is None:  # the answer came over it
            raise MailRefused("no connection")
        body = re.sub(rb"(?m)^\.", b"..", mail.source.encode("ascii"))
        end = b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            server.sock.sendall(body + end)
        except OSError as error:
            self._drop()
            # The last line did not leave this machine, and without it the server keeps nothing.
            raise MailRefused(_words(error)) from error
        try:
            code, answer = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise MailMaybeSent(_words(error)) from error
        if code != 250:
            self._give_up(code)
            raise MailRefused(f"{code} {_text(answer)}", permanent=code >= 500)

    def _ask(self, command: str, arguments: str) -> tuple[int, str]:
        if self._server is None:
            raise MailRefused("no connection")
        try:
            code, answer = self._server.docmd(command, arguments)
        except UnicodeEncodeError as error:
            self._reset()
            raise MailRefused(_words(error), permanent=True) from error
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise MailRefused(_words(error)) from error
        if code == -1:
            self._drop()
        return code, _text(answer)

    def _give_up(self, code: int) -> None:
        """Make ready for the next mail; 421 means that the server is about to hang up."""
        if code in {421, -1}:
            self._drop()
        else:
            self._reset()

    def _reset(self) -> None:
        if self._server is None:
            return
        try:
            self._server.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def close(self) -> None:
        """Say goodbye where somebody listens."""
        server, self._server = self._server, None
        if server is None:
            return
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()

    def _drop(self) -> None:
        """Leave a connection that is broken or about to end, without waiting for an answer."""
        if self._server is not None:
            self._server.close()
            self._server = None


def _text(answer: bytes) -> str:
    return answer.decode("utf-8", "replace")[:400]


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        raw = error.smtp_error
        return f"{error.smtp_code} {_text(raw) if isinstance(raw, bytes) else raw}"
    return f"{type(error).__name__}: {error}"[:400]
