"""How mails leave by a real SMTP server, whatever it does."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
import time
from datetime import date, timedelta

import pytest
from aiosmtpd.smtp import AuthResult

from registry.mail.sender import SmtpSender
from registry.models import User
from registry.services import outbox, reminder_facts, reminders
from registry.services.reminder_delivery import PAUSES, deliver
from tests.factories import CLERK
from tests.services.dropping import server_that_drops
from tests.services.reminding import OFFICE, Desk, Post, folder_sender, moment, smtp_server

TUESDAY = date(2021, 6, 22)
EIGHT = moment("2021-06-22T08:00")


@pytest.fixture
def desk(db):
    return Desk(db)


@pytest.fixture
def three(desk):
    """Three people with work due today."""
    people = [desk.person(name) for name in ("an", "binh", "cuc")]
    for who in people:
        desk.work(who, TUESDAY)
    return people


@pytest.fixture(scope="module")
def self_signed(tmp_path_factory):
    """A certificate for localhost that nobody signed, and its key."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("makes its certificate with openssl")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key),
         "-out", str(certificate)], check=True, capture_output=True)
    return certificate, key


def states(desk):
    return {message.address.partition("@")[0]: message.state for message in desk.messages()}


def test_all_mails_of_a_round_go_over_one_connection(desk, three):
    post = Post()
    with smtp_server(post) as url:
        assert desk.remind(SmtpSender(url), EIGHT).sent == 3
    assert (len(post.taken), post.connections) == (3, 1)
    assert set(states(desk).values()) == {"sent"}
    assert {header for _, header, _ in post.taken} == {message.header_id for message in desk.messages()}


def test_an_unknown_address_is_given_up_at_once_and_greylisting_is_tried_again(desk, three):
    post = Post()
    post.on_rcpt = lambda address: {"an": "550 no such user", "binh": "451 try later"}.get(address.partition("@")[0])
    with smtp_server(post) as url:
        done = desk.remind(SmtpSender(url), EIGHT)
        assert (done.sent, done.failed, done.retried) == (1, 1, 1)
        assert states(desk) == {"an": "failed", "binh": "waiting", "cuc": "sent"}
        assert "550 no such user" in desk.messages()[0].error
        post.on_rcpt = None
        assert desk.remind(SmtpSender(url), EIGHT + timedelta(seconds=59)).sent == 0
        assert desk.remind(SmtpSender(url), EIGHT + timedelta(minutes=1)).sent == 1
    assert states(desk) == {"an": "failed", "binh": "sent", "cuc": "sent"}
    assert not any(message.possibly_twice for message in desk.messages())


def test_pauses_grow_and_end(desk):
    desk.work(desk.person("an"), TUESDAY)
    post = Post()
    post.on_rcpt = lambda address: "451 try later"
    tried, now = [], EIGHT
    with smtp_server(post) as url:
        desk.remind(SmtpSender(url), now)
        while (message := desk.messages()[0]).state == "waiting":
            tried.append(message.next_try_at - now)
            # A pause that ends in the evening is over when the office opens.
            now = max(message.next_try_at, now)
            if not 7 <= now.astimezone(EIGHT.tzinfo).hour < 17:
                now = (now.astimezone(EIGHT.tzinfo) + timedelta(hours=15)).replace(hour=8, minute=0)
            deliver(desk.db, SmtpSender(url), OFFICE, clock=lambda now=now: now, holder="a")
    assert tried == list(PAUSES)
    assert (message.state, message.tries) == ("failed", 8)


def test_a_server_that_is_down_costs_no_mail_a_try_and_is_named_in_the_log(desk, three):
    with smtp_server(Post()) as url:
        pass
    done = desk.remind(SmtpSender(url, timeout=2), EIGHT)
    assert (done.sent, done.composed) == (0, 3)
    assert "refused" in done.server_error
    assert [(message.state, message.tries) for message in desk.messages()] == [("waiting", 0)] * 3
    assert "refused" in desk.messages()[0].error
    post = Post()
    with smtp_server(post) as url:
        assert desk.remind(SmtpSender(url), EIGHT + timedelta(minutes=5)).sent == 3


def test_a_server_too_slow_to_answer_ends_the_wait_and_the_others_are_tried(desk, three):
    post = Post()

    async def slow():
        await asyncio.sleep(1.5)
        return "250 OK"

    post.on_data = lambda server, envelope: slow() if envelope.rcpt_tos[0].startswith("an") else None
    with smtp_server(post) as url:
        done = desk.remind(SmtpSender(url, timeout=0.5), EIGHT)
        assert (done.sent, done.retried) == (2, 1)
        post.on_data = None
        desk.remind(SmtpSender(url), EIGHT + timedelta(minutes=1))
    slow_one = desk.messages()[0]
    assert slow_one.possibly_twice, "it had the whole mail: nobody knows whether it took it"
    assert [header for _, header, _ in post.taken].count(slow_one.header_id) == 1


def test_a_connection_lost_after_the_end_of_data_may_mean_a_second_copy_under_one_id(desk):
    desk.work(desk.person("an"), TUESDAY)
    post = Post()

    def take_and_vanish(server, envelope):
        post.taken.append((envelope.rcpt_tos[0], "taken", envelope.content))
        server.transport.abort()
        return "250 OK"

    post.on_data = take_and_vanish
    with smtp_server(post) as url:
        assert desk.remind(SmtpSender(url), EIGHT).retried == 1
        (message,) = desk.messages()
        assert message.possibly_twice
        post.on_data = None
        assert desk.remind(SmtpSender(url), EIGHT + timedelta(minutes=1)).sent == 1
    first, second = (content for _, _, content in post.taken)
    assert first == second


def test_a_connection_lost_in_the_middle_of_data_is_tried_again_and_arrives_once(desk, three):
    with server_that_drops(after=200) as url:
        done = desk.remind(SmtpSender(url, timeout=5), EIGHT)
    assert (done.sent, done.retried) == (0, 3)
    assert {message.state for message in desk.messages()} == {"waiting"}
    post = Post()
    with smtp_server(post) as url:
        assert desk.remind(SmtpSender(url), EIGHT + timedelta(minutes=1)).sent == 3
    assert sorted(header for _, header, _ in post.taken) == sorted(message.header_id for message in desk.messages())


def test_others_write_while_a_slow_server_takes_a_mail(desk, three, db):
    post = Post()
    other = desk.work(three[0], date(2021, 7, 30))
    waited = []

    def busy(_server, _envelope):
        began = time.monotonic()
        desk.set(other, state="working")
        waited.append(time.monotonic() - began)

    post.on_data = busy
    with smtp_server(post) as url:
        assert desk.remind(SmtpSender(url), EIGHT).sent == 3
    assert len(waited) == 3
    assert max(waited) < 10, "delivering holds no transaction while it talks to the server"


def test_a_certificate_that_cannot_be_trusted_sends_nothing(desk, three, self_signed):
    certificate, key = self_signed
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    post = Post()
    with smtp_server(post, tls_context=context) as url:
        done = desk.remind(SmtpSender(url, timeout=5), EIGHT)
        assert "CERTIFICATE_VERIFY_FAILED" in done.server_error
        assert post.taken == []
        trusted = SmtpSender(url.replace("127.0.0.1", "localhost") + f"?cafile={certificate}", timeout=5)
        assert desk.remind(trusted, EIGHT + timedelta(minutes=1)).sent == 3


def test_a_password_is_not_sent_in_the_clear(desk, three):
    post = Post()
    with smtp_server(post) as url:
        done = desk.remind(SmtpSender(url.replace("//", "//user:secret@"), timeout=5), EIGHT)
    assert "STARTTLS" in done.server_error
    assert post.taken == []


def test_work_done_before_the_claim_leaves_the_mail_and_what_is_left_is_written_anew(desk, db):
    an = desk.person("an")
    done_one = desk.work(an, TUESDAY, task="đã xong")
    desk.work(an, TUESDAY, task="chưa xong")
    with smtp_server(Post()) as url:
        pass
    desk.remind(SmtpSender(url, timeout=1), EIGHT)
    before = desk.messages()[0]
    desk.set(done_one, state="done")
    post = Post()
    with smtp_server(post) as url:
        assert desk.remind(SmtpSender(url), EIGHT + timedelta(minutes=5)).sent == 1
    ((_, header, _),) = post.taken
    assert header == before.header_id
    assert desk.messages()[0].subject == "[Nhắc việc] Đến hạn hôm nay: chưa xong"
    assert desk.states() == ["cancelled", "mailed"]


def test_work_done_between_claim_and_data_is_not_mailed(desk, db):
    work = desk.work(desk.person("an"), TUESDAY)
    post = Post()

    def finish(address):
        desk.set(work, state="done")

    post.on_rcpt = finish
    with smtp_server(post) as url:
        assert desk.remind(SmtpSender(url), EIGHT).sent == 0
    assert post.taken == []
    assert [message.state for message in desk.messages()] == ["cancelled"]


def test_a_mail_that_waited_over_night_counts_the_days_anew(desk):
    desk.work(desk.person("an"), date(2021, 6, 25))
    with smtp_server(Post()) as url:
        pass
    desk.remind(SmtpSender(url, timeout=1), EIGHT)
    post = Post()
    with smtp_server(post) as url:
        reminders.plan(desk.db, EIGHT + timedelta(days=1))
        deliver(desk.db, SmtpSender(url), OFFICE, clock=lambda: EIGHT + timedelta(days=1), holder="a")
    assert [message.subject for message in desk.messages()] == [
        "[Nhắc việc] Còn 2 ngày làm việc: báo cáo kết quả thực hiện"]


def test_after_days_without_a_server_a_person_gets_one_digest_not_one_for_each_day(desk, db):
    an = desk.person("an")
    desk.work(an, TUESDAY, task="một")
    desk.work(an, TUESDAY + timedelta(days=1), task="hai")
    with smtp_server(Post()) as url:
        pass
    for day in range(3):
        desk.remind(SmtpSender(url, timeout=1), EIGHT + timedelta(days=day))
    post = Post()
    with smtp_server(post) as url:
        assert desk.remind(SmtpSender(url), EIGHT + timedelta(days=2, minutes=5)).sent == 1
    assert len(post.taken) == 1
    assert [(message.state, message.error) for message in desk.messages()] == [
        ("cancelled", "merged"), ("cancelled", "merged"), ("sent", "")]
    assert desk.messages()[-1].subject == "[Nhắc việc] 2 việc quá hạn"
    assert set(desk.states()) == {"mailed"}


def test_mails_of_several_days_become_one_also_on_a_day_with_nothing_new(desk, db):
    an = desk.person("an")
    desk.work(an, date(2021, 7, 1), task="một")
    desk.work(an, date(2021, 7, 2), task="hai")
    with smtp_server(Post()) as url:
        pass
    for day in range(2):  # seven working days before each
        desk.remind(SmtpSender(url, timeout=1), EIGHT + timedelta(days=day))
    post = Post()
    with smtp_server(post) as url:
        assert desk.remind(SmtpSender(url), EIGHT + timedelta(days=2)).sent == 1
    assert desk.messages()[-1].subject == "[Nhắc việc] 2 việc sắp đến hạn"


def test_a_corrected_address_is_used_when_a_mail_is_sent_again(desk, db):
    an = desk.person("an")
    desk.work(an, TUESDAY)
    post = Post()
    post.on_rcpt = lambda address: "550 no such user" if address.startswith("an@") else None
    with smtp_server(post) as url:
        assert desk.remind(SmtpSender(url), EIGHT).failed == 1
        with db.begin() as session:
            session.get(User, an).email = "an.nguyen@hanam.gov.vn"
        outbox.resend(db, desk.messages()[0].id, actor=CLERK, at=EIGHT)
        assert desk.remind(SmtpSender(url), EIGHT + timedelta(minutes=5)).sent == 1
    assert [address for address, _, _ in post.taken] == ["an.nguyen@hanam.gov.vn"]


def test_an_address_taken_away_before_the_mail_leaves_is_not_used_and_seen(desk, db, tmp_path):
    an = desk.person("an")
    desk.work(an, TUESDAY)
    with smtp_server(Post()) as url:
        pass
    desk.remind(SmtpSender(url, timeout=1), EIGHT)
    with db.begin() as session:
        session.get(User, an).email = ""
    assert desk.remind(folder_sender(tmp_path), EIGHT + timedelta(minutes=5)).sent == 0
    assert [(message.state, message.error) for message in desk.messages()] == [("cancelled", "no_address")]
    assert [one.error for one in outbox.standing(db).failed_reminders] == ["no_address"]


@pytest.mark.parametrize("place", ["looking", "sending"])
def test_a_mail_that_breaks_the_program_stops_none_behind_it(desk, three, tmp_path, monkeypatch, place):
    with smtp_server(Post()) as url:
        pass
    desk.remind(SmtpSender(url, timeout=1), EIGHT)
    first = desk.messages()[0]
    sender = folder_sender(tmp_path)
    if place == "looking":
        whole = reminder_facts.reminders_of
        monkeypatch.setattr(reminder_facts, "reminders_of", lambda session, message_id: (
            whole(session, message_id) if message_id != first.id else 1 / 0))
    else:
        kept = sender.send
        monkeypatch.setattr(sender, "send", lambda mail, wanted: (
            kept(mail, wanted) if mail.header_id != first.header_id else 1 / 0))
    assert desk.remind(sender, EIGHT + timedelta(minutes=5)).sent == 2
    broken = desk.messages()[0]
    assert (broken.state, broken.possibly_twice) == (("failed", False) if place == "looking" else ("waiting", True))
    assert "ZeroDivisionError" in broken.error


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("tls", ["starttls", "smtps"])
def test_a_person_signs_in_at_the_server_over_tls(desk, self_signed, tls):
    certificate, key = self_signed
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    given = []

    def signs_in(_server, _session, _envelope, _mechanism, said):
        given.append((said.login, said.password))
        return AuthResult(success=True)

    desk.work(desk.person("an"), TUESDAY)
    post = Post()
    options = {"tls_context" if tls == "starttls" else "ssl_context": context}
    # The server knows of TLS that it began itself only.
    with smtp_server(post, authenticator=signs_in, auth_required=True, auth_require_tls=tls == "starttls", **options) as url:
        port = url.rpartition(":")[2]
        scheme = "smtp" if tls == "starttls" else "smtps"
        sender = SmtpSender(f"{scheme}://van%20thu:m%40t@localhost:{port}?cafile={certificate}", timeout=5)
        assert desk.remind(sender, EIGHT).sent == 1
    assert given == [(b"van thu", b"m@t")]
