"""Case files that are due at the archive are announced thirty days before, once to each person.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục VI (the system warns 30 days before), Điều 30 (the days themselves).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from registry.db import Sessions, reading
from registry.domain.case_files import FileState
from registry.mail import messages
from registry.mail.messages import DueFile
from registry.models import CaseFile, HandOverNotice, Message, User
from registry.services import reminder_facts, settings
from registry.services.case_files import is_due
from registry.services.jobs import HANOI
from registry.services.reminder_mails import Office
from registry.services.reminders import contacts


def announce(db: Sessions, office: Office, now: datetime) -> int:
    """Put a mail for each person with files newly due into the outbox; return how many mails that were.

    Told is who keeps the file; where nobody does, or they have left, its unit: the heads, else all who work
    there. Again adds nothing: each file is told to a person once for each day that it is due.
    """
    today = now.astimezone(HANOI).date()
    with reading(db) as session:
        people = sorted({user_id for _file, user_id in _untold(session, today)})
    return sum(_tell(db, office, user_id, now) for user_id in people)


def _untold(session: Session, today: date, user_id: int | None = None) -> Sequence[tuple[int, int]]:
    """Return ``(case file, person)`` for what is due and has not been told."""
    keeper, unit = aliased(User), contacts().subquery()
    by_name = (select(CaseFile.id, keeper.id.label("user_id")).join(keeper, and_(
        keeper.id == CaseFile.user_id, keeper.active)).where(is_due(today)))
    by_unit = (select(CaseFile.id, unit.c.user_id).outerjoin(keeper, keeper.id == CaseFile.user_id)
               .join(unit, unit.c.unit_id == CaseFile.unit_id)
               .where(is_due(today), or_(CaseFile.user_id.is_(None), ~keeper.active)))
    due = by_name.union(by_unit).subquery()
    query = (select(due.c.id, due.c.user_id).join(CaseFile, CaseFile.id == due.c.id)
             .outerjoin(HandOverNotice, and_(
                 HandOverNotice.case_file_id == due.c.id, HandOverNotice.user_id == due.c.user_id,
                 HandOverNotice.hand_over_on == CaseFile.hand_over_on))
             .where(HandOverNotice.id.is_(None)))
    if user_id is not None:
        query = query.where(due.c.user_id == user_id)
    return [(row.id, row.user_id) for row in session.execute(query)]


def _tell(db: Sessions, office: Office, user_id: int, now: datetime) -> bool:
    now = now.astimezone(HANOI)
    with db.begin() as session:
        # Two workers with the same person: the second waits here and then finds all told.
        user = session.scalars(select(User).where(User.id == user_id).with_for_update(key_share=True)).one()
        ids = [one for one, _user in _untold(session, now.date(), user_id)]
        to = reminder_facts.recipient(session, user, now.date())
        if not ids or not to.address:  # told as soon as there is an address
            return False
        files = session.scalars(select(CaseFile).where(CaseFile.id.in_(ids)).order_by(
            CaseFile.hand_over_on, CaseFile.id)).all()
        header_id = f"<nop-luu-{uuid.uuid4().hex}@{office.mail_from.rpartition('@')[2]}>"
        rendered = messages.hand_over(messages.HandOverMail(
            header_id, office.mail_from, to.address, to.name, to.instead_of, settings.load(session).office_name,
            now.date(), now, tuple(_due(one, office) for one in files), office.links.due_case_files()))
        message = Message(kind="hand_over", user_id=to.user_id, address=to.address, header_id=header_id,
                          subject=rendered.subject[:500], source=rendered.source, state="waiting", next_try_at=now,
                          created_at=now)
        session.add(message)
        session.flush()
        session.add_all([HandOverNotice(case_file_id=one.id, hand_over_on=one.hand_over_on, user_id=user_id,
                                        message_id=message.id, created_at=now) for one in files])
    return True


def _due(one: CaseFile, office: Office) -> DueFile:
    if one.hand_over_on is None:
        raise ValueError(f"case file {one.id} is not due")
    return DueFile(one.code, one.year, "" if one.restricted else one.title, one.hand_over_on,
                   office.links.case_file(one.id))


def still_true(session: Session, message: Message, now: datetime) -> bool:
    """Tell whether a mail is still to be sent: a file that it announces waits, and who keeps it reads there.

    Where they read elsewhere by now (another address, a deputy) the next announcement tells them anew: the
    notices of a mail that has not left are taken back.
    """
    notices = session.execute(
        select(HandOverNotice, User, CaseFile).join(User, User.id == HandOverNotice.user_id)
        .join(CaseFile, CaseFile.id == HandOverNotice.case_file_id)
        .where(HandOverNotice.message_id == message.id)).all()
    told = next((user for notice, user, one in notices if user.active and one.state == FileState.CLOSED
                 and one.hand_over_on == notice.hand_over_on), None)
    if told is None:
        return False
    to = reminder_facts.recipient(session, told, now.astimezone(HANOI).date())
    if to.address == message.address or message.possibly_twice:
        return True
    for notice, _user, _one in notices:
        session.delete(notice)
    return False
