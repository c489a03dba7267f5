"""How a mail reads: facts and templates in, a whole mail as text out. Pure but for reading the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path

from icalendar import Alarm, Calendar, Event
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from registry.domain.dates import print_short_date, weekday_name
from search_index.text import one_line

MOST_SHOWN = 40
"""Pieces of work that one mail tells wholly; more of them stand in it as a line each."""
MOST_NAMED = 1000
_TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "email"
_POLICY = SMTP.clone(cte_type="7bit")
_LONGEST_SUBJECT_TASK = 70


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work in a mail."""

    occurrence_id: int
    due_version: int
    task: str
    words: str
    """The deadline as printed."""
    document: str
    subject: str
    due_on: date
    due_time: time | None
    days_left: int
    """Working days; meaningless in sign on the day itself, where it is 0."""
    late: bool
    reason: str
    """owner, unit, partner, head or leader."""
    unit: str
    person: str
    link: str
    received_link: str = ""
    done_link: str = ""


@dataclass(frozen=True, slots=True)
class ReminderMail:
    """What a mail of reminders says."""

    header_id: str
    sender: str
    address: str
    name: str
    instead_of: str
    office: str
    today: date
    at: datetime
    works: tuple[Work, ...]
    all_link: str
    wishes_link: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail ready to be kept and sent."""

    subject: str
    source: str


def reminder(mail: ReminderMail) -> Rendered:
    """Return the mail that tells ``mail.works``."""
    own = [work for work in mail.works if work.reason in {"owner", "unit", "partner"}]
    groups = [
        ("Quá hạn", [work for work in own if work.late]),
        ("Đến hạn hôm nay", [work for work in own if not work.late and work.due_on == mail.today]),
        ("Sắp đến hạn", [work for work in own if not work.late and work.due_on > mail.today]),
        ("Quá hạn ở đơn vị", [work for work in mail.works if work.reason == "head"]),
        ("Quá hạn trong cơ quan", [work for work in mail.works if work.reason == "leader"]),
    ]
    shown = mail.works[:MOST_SHOWN]
    kept = [(title, [work for work in works if work in shown]) for title, works in groups]
    facts = {"mail": mail, "groups": [(title, works) for title, works in kept if works], "subject": _subject(mail),
             "counts": [(title, len(works)) for title, works in groups if works],
             "brief": mail.works[MOST_SHOWN:MOST_NAMED], "more": max(len(mail.works) - MOST_NAMED, 0)}
    message = _compose("reminders", facts, mail.header_id, mail.sender, mail.address, mail.name, mail.at)
    message.add_attachment(calendar(shown, mail.at), maintype="text", subtype="calendar", filename="nhac-viec.ics",
                           params={"charset": "utf-8"})
    return _rendered(message)


def test(header_id: str, sender: str, address: str, name: str, office: str, at: datetime) -> Rendered:
    """Return the mail that shows an administrator that mails arrive."""
    return _rendered(_compose("test", {"name": name, "office": office, "at": at}, header_id, sender, address, name,
                              at))


@dataclass(frozen=True, slots=True)
class DueFile:
    """A case file that is to be handed over to the archive."""

    code: str
    year: int
    title: str
    """Empty for one of restricted use: its title stays out of mails."""
    due_on: date
    link: str


@dataclass(frozen=True, slots=True)
class HandOverMail:
    """What a notice before handing files over says."""

    header_id: str
    sender: str
    address: str
    name: str
    instead_of: str
    office: str
    today: date
    at: datetime
    files: tuple[DueFile, ...]
    all_link: str


def hand_over(mail: HandOverMail) -> Rendered:
    """Return the mail that tells which case files are due at the archive (Nghị định 30/2020/NĐ-CP, Điều 30)."""
    late = sum(one.due_on < mail.today for one in mail.files)
    subject = f"Nộp lưu hồ sơ: {len(mail.files)} hồ sơ" + (f", {late} đã quá hạn" if late else "")
    facts = {"mail": mail, "subject": subject, "files": mail.files[:MOST_NAMED]}
    return _rendered(_compose("hand-over", facts, mail.header_id, mail.sender, mail.address, mail.name, mail.at))


def _compose(folder: str, facts: dict[str, object], header_id: str, sender: str, address: str, name: str,
             at: datetime) -> EmailMessage:
    templates = _environment()
    message = EmailMessage(policy=_POLICY)
    message["Subject"] = one_line(templates.get_template(f"{folder}/subject.txt").render(facts))
    message["From"] = Address("Sổ văn bản", addr_spec=sender)
    message["To"] = Address(one_line(name).replace('"', ""), addr_spec=address)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = header_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # Outlook answers no machine then
    message.set_content(templates.get_template(f"{folder}/body.txt").render(facts), cte="base64")
    message.add_alternative(templates.get_template(f"{folder}/body.html").render(facts), subtype="html",
                            cte="base64")
    return message


def _rendered(message: EmailMessage) -> Rendered:
    # Boundaries by chance would make two renderings of the same facts differ.
    for number, part in enumerate(one for one in message.walk() if one.is_multipart()):
        part.set_boundary(f"=_sovanban_{number}")
    return Rendered(str(message["Subject"]), message.as_bytes(policy=_POLICY).decode("ascii"))


def _subject(mail: ReminderMail) -> str:
    if len(mail.works) == 1:
        task = one_line(mail.works[0].task)
        short = task if len(task) <= _LONGEST_SUBJECT_TASK else task[:_LONGEST_SUBJECT_TASK].rstrip() + "…"
        return f"{standing(mail.works[0], mail.today)}: {short}"
    late = sum(work.late for work in mail.works)
    today = sum(not work.late and work.due_on == mail.today for work in mail.works)
    counted = [(late, "quá hạn"), (today, "đến hạn hôm nay"), (len(mail.works) - late - today, "sắp đến hạn")]
    parts = [(count, words) for count, words in counted if count]
    if len(parts) == 1:
        return f"{len(mail.works)} việc {parts[0][1]}"
    return f"{len(mail.works)} việc: " + ", ".join(f"{count} {words}" for count, words in parts)


def standing(work: Work, today: date) -> str:
    """Say where work stands: "Còn 3 ngày làm việc", "Đến hạn hôm nay", "Quá hạn 2 ngày làm việc"."""
    if work.late:
        return f"Quá hạn {-work.days_left} ngày làm việc"
    if work.due_on == today:
        return f"Đến hạn hôm nay, trước {work.due_time:%H giờ %M}" if work.due_time else "Đến hạn hôm nay"
    if work.days_left == 0:
        return "Đến hạn vào ngày nghỉ tới"
    return f"Còn {work.days_left} ngày làm việc"


def calendar(works: Sequence[Work], at: datetime) -> bytes:
    """Return the due dates as an iCalendar file: days without an hour, or the half hour before it."""
    found = Calendar()
    found.add("prodid", "-//So van ban//sovanban//VI")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    for work in works:
        event = Event()
        event.add("uid", f"occurrence-{work.occurrence_id}@sovanban")
        event.add("dtstamp", at)
        event.add("sequence", work.due_version - 1)
        event.add("summary", f"Đến hạn: {one_line(work.task)}")
        event.add("description", "\n".join(part for part in (work.document, work.words, work.link) if part))
        event.add("url", work.link)
        if work.due_time:
            until = datetime.combine(work.due_on, work.due_time, tzinfo=at.tzinfo)
            event.add("dtstart", until - timedelta(minutes=30))
            event.add("dtend", until)
        else:
            event.add("dtstart", work.due_on)
            event.add("dtend", work.due_on + timedelta(days=1))
            event.add("transp", "TRANSPARENT")
        if work.due_on >= at.date():  # what is past rings at once in some programs
            event.add_component(_alarm(work))
        found.add_component(event)
    return bytes(found.to_ical())


def _alarm(work: Work) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one_line(work.task))
    # Two hours before the hour; without one at eight on the day before.
    alarm.add("trigger", timedelta(hours=-2) if work.due_time else timedelta(hours=-16))
    return alarm


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(day=print_short_date, weekday=weekday_name, line=one_line)
    environment.globals["standing"] = standing
    environment.globals["why"] = why
    return environment


def why(work: Work) -> str:
    """Say why the mail comes to this person."""
    if work.reason == "owner":
        return "Việc được giao cho đồng chí."
    if work.reason == "unit":
        return f"Việc giao cho {work.unit or 'đơn vị của đồng chí'}, chưa có người thực hiện."
    if work.reason == "partner":
        return f"Đồng chí phối hợp thực hiện; {_who(work)} chủ trì."
    if work.reason == "head":
        return f"Đồng chí phụ trách đơn vị; việc của {_who(work)} đã quá hạn."
    return f"Đồng chí là lãnh đạo cơ quan; việc của {_who(work)} đã quá hạn."


def _who(work: Work) -> str:
    return " – ".join(part for part in (work.person, work.unit) if part) or "đơn vị chưa phân công"
