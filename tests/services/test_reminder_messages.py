"""Whole mails against stored texts; ``SOVANBAN_WRITE_DOCS=1`` writes these anew, to be read before they are kept."""

from __future__ import annotations

import email
import email.policy
import os
from datetime import date, datetime, time
from pathlib import Path

import pytest

from registry.mail import messages
from registry.mail.links import Links
from registry.mail.messages import ReminderMail, Work
from tests.conftest import HANOI

DATA = Path(__file__).resolve().parents[1] / "data"
AT = datetime(2021, 6, 22, 7, 30, tzinfo=HANOI)
LINKS = Links("https://so.hanam.gov.vn", "k" * 40)


def work(number, task, due_on, days_left, reason="owner", **changes):
    own = reason in {"owner", "unit"}
    given = {
        "occurrence_id": number, "due_version": 1, "task": task, "words": "trước ngày 30/6/2021",
        "document": "325/KH-UBND ngày 04/02/2021 của UBND tỉnh Hà Nam", "subject": "ứng dụng công nghệ thông tin",
        "due_on": due_on, "due_time": None, "days_left": days_left, "late": due_on < AT.date(), "reason": reason,
        "unit": "Phòng Tổng hợp", "person": "Trần Minh", "link": LINKS.work(number),
        "received_link": LINKS.reply(3, number, 1, "received", AT) if own else "",
        "done_link": LINKS.reply(3, number, 1, "done", AT) if own else ""}
    return Work(**{**given, **changes})


def mail(*works, **changes):
    given = {
        "header_id": "<nhac-1@hanam.gov.vn>", "sender": "so-van-ban@hanam.gov.vn", "address": "lan@hanam.gov.vn",
        "name": "Nguyễn Thị Lan", "instead_of": "", "office": "Văn phòng UBND tỉnh Hà Nam", "today": AT.date(),
        "at": AT, "works": works, "all_link": LINKS.mine(), "wishes_link": LINKS.wishes()}
    return messages.reminder(ReminderMail(**{**given, **changes}))


def readable(source: str) -> str:
    """The mail with its parts decoded, as one text."""
    whole = email.message_from_bytes(source.encode("ascii"), policy=email.policy.default)
    lines = [f"{name}: {value}" for name, value in whole.items() if name not in {"Content-Type"}]
    for part in whole.walk():
        if not part.is_multipart():
            content = part.get_content()
            text = content if isinstance(content, str) else content.decode()
            lines += ["", f"=== {part.get_content_type()} {part.get_filename() or ''}".rstrip(),
                      text.replace("\r\n", "\n").rstrip("\n")]
    return "\n".join(lines) + "\n"


MAILS = {
    "digest": lambda: mail(
        work(1, "Báo cáo kết quả rà soát thủ tục hành chính", date(2021, 6, 18), -2),
        work(2, "Gửi số liệu giải ngân", date(2021, 6, 22), 0, due_time=time(16, 0)),
        work(3, "Góp ý dự thảo <kế hoạch> & phụ lục", date(2021, 6, 25), 3, "partner"),
        work(4, "Tổng hợp báo cáo quý II", date(2021, 6, 15), -5, "head"),
        work(5, "Trả lời kiến nghị cử tri", date(2021, 6, 15), -5, "leader", person="", subject="")),
    "one_for_a_deputy": lambda: mail(
        work(1, "Báo cáo kết quả rà soát thủ tục hành chính", date(2021, 6, 25), 3), instead_of="Trần Minh"),
}


@pytest.mark.parametrize("name", MAILS)
def test_a_whole_mail_reads_as_it_is_kept(name):
    path = DATA / f"mail_{name}.txt"
    text = readable(MAILS[name]().source)
    if os.environ.get("SOVANBAN_WRITE_DOCS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_a_mail_is_ascii_with_short_lines_whatever_it_says():
    source = mail(work(1, "Rất dài " * 400, date(2021, 6, 25), 3)).source
    assert source.isascii()
    assert max(len(line) for line in source.split("\r\n")) <= 998
    assert "\n" not in source.replace("\r\n", "")


def test_what_a_document_says_cannot_become_a_header_or_markup():
    hostile = mail(work(1, "x\r\nBcc: all@hanam.gov.vn", date(2021, 6, 25), 3, subject="<script>alert(1)</script>"),
                   name='Lan" <evil@x.vn>,')
    whole = email.message_from_bytes(hostile.source.encode("ascii"), policy=email.policy.default)
    assert whole["Bcc"] is None
    assert [one.addr_spec for one in whole["To"].addresses] == ["lan@hanam.gov.vn"]
    assert "<script>" not in whole.get_body(("html",)).get_content()


def test_of_very_many_each_is_named_and_beyond_a_thousand_counted():
    def text(count):
        return readable(mail(*(work(n, f"việc số {n}.", date(2021, 6, 25), 3) for n in range(1, count + 1))).source)

    sixty = text(60)
    assert "Sắp đến hạn: 60 việc" in sixty
    assert all(f"việc số {n}." in sixty for n in range(1, 61))
    assert "việc khác: https" not in sixty
    assert "Và 5 việc khác: https://so.hanam.gov.vn/obligations" in text(1005)


def test_a_subject_says_once_what_is_true_of_all():
    late = [work(n, "việc", date(2021, 6, 18), -2) for n in (1, 2)]
    assert mail(*late).subject == "[Nhắc việc] 2 việc quá hạn"
