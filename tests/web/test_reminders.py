"""The pages of reminders: the administrator's, everybody's own, and the ones that mails link to."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from registry.domain.roles import Role
from registry.mail.links import Links
from registry.mail.sender import SmtpSender
from registry.services import users
from tests.conftest import NOON
from tests.services.reminding import Desk, Post, folder_sender, smtp_server

LINKS = Links("http://127.0.0.1:8000", "k" * 40)
TUESDAY = NOON.date()


@pytest.fixture
def desk(db):
    return Desk(db)


def path(address):
    return address.removeprefix("http://127.0.0.1:8000")


def test_the_outbox_tells_what_became_of_each_mail_and_sends_again(desk, client_as, tmp_path):
    for name in ("an", "binh"):
        desk.work(desk.person(name), TUESDAY, task=f"việc của {name}")
    desk.work(None, TUESDAY)
    post = Post()
    post.on_rcpt = lambda address: "550 no such user" if address.startswith("an") else None
    with smtp_server(post) as url:
        desk.remind(SmtpSender(url), NOON)
    admin = client_as(Role.ADMINISTRATOR)
    page = admin.get("/reminders").text
    assert "550 no such user" in page
    assert "1 nhiệm vụ còn mở không có ai để nhắc" in page
    assert ".eml" in page, "no server is configured here: the page says where mails are"
    failed = admin.get("/reminders?state=failed").text
    assert "việc của an" in failed
    assert "việc của binh" not in failed
    number = re.search(r"/reminders/messages/(\d+)", failed)[1]
    assert "việc của an" in admin.get(f"/reminders/messages/{number}").text
    body = admin.get(f"/reminders/messages/{number}/body")
    assert "việc của an" in body.text
    assert "sandbox" in body.headers["Content-Security-Policy"]
    assert admin.get(f"/reminders/messages/{number}/source.eml").data.startswith(b"Subject: ")
    assert "gửi lại trong vài phút" in admin.post(f"/reminders/messages/{number}/resend", follow_redirects=True).text
    assert desk.remind(folder_sender(tmp_path), NOON + timedelta(minutes=1)).sent == 1
    assert "Thư này đang chờ" not in admin.post(f"/reminders/messages/{number}/resend", follow_redirects=True).text
    assert "Thư này đang chờ" in admin.post(f"/reminders/messages/{number}/resend", follow_redirects=True).text


def test_a_person_without_an_address_is_listed_until_they_have_one(desk, client_as, db, tmp_path):
    who = desk.person("an", email="")
    desk.work(who, TUESDAY, task="việc không thư")
    desk.remind(folder_sender(tmp_path), NOON)
    admin = client_as(Role.ADMINISTRATOR)
    page = admin.get("/reminders").text
    assert "Tài khoản chưa có địa chỉ thư" in page
    admin.post(re.search(r"/reminders/failed/\d+/again", page)[0])
    assert "Tài khoản chưa có địa chỉ thư" not in admin.get("/reminders").text


def test_rules_are_changed_and_nonsense_is_refused(client_as):
    admin = client_as(Role.ADMINISTRATOR)
    rules = {"days_before": "10; 5", "morning_at": "8h00", "on_day": "y", "head_after": "2", "leader_after": "",
             "opens": "7:30", "closes": "16:30"}
    assert admin.post("/reminders/rules", data=rules).status_code == 302
    page = admin.get("/reminders/rules").text
    assert 'value="10, 5"' in page
    assert 'value="08:00"' in page
    for wrong in ({"days_before": "sáu"}, {"days_before": "1 2 3 4 5 6"}, {"morning_at": "25:00"},
                  {"morning_at": "06:00"}, {"closes": "07:00"}):
        assert admin.post("/reminders/rules", data={**rules, **wrong}).status_code == 422, wrong


def test_a_test_mail_leaves_also_in_the_evening(desk, client_as, db, tmp_path):
    admin = client_as(Role.ADMINISTRATOR)
    assert "chưa có địa chỉ thư" in admin.post("/reminders/test", follow_redirects=True).text
    row = next(one for one in users.find_users(db) if one.username == "administrator")
    with db.begin() as session:
        from registry.models import User

        session.get(User, row.id).email = "quantri@hanam.gov.vn"
    admin.post("/reminders/test")
    assert desk.remind(folder_sender(tmp_path), NOON.replace(hour=22)).sent == 1


def test_the_sample_shows_a_whole_mail(client_as):
    admin = client_as(Role.ADMINISTRATOR)
    page = admin.get("/reminders/sample").text
    assert "nhac-viec.ics" in page
    assert "Quá hạn 2 ngày làm việc" in page
    assert "Người administrator" in admin.get("/reminders/sample/body").text


def test_jobs_are_listed_and_run_when_asked(client_as):
    admin = client_as(Role.ADMINISTRATOR)
    assert "chưa chạy" in admin.get("/jobs").text
    assert "trong vòng một phút" in admin.post("/jobs/plan_reminders/run", follow_redirects=True).text
    assert admin.post("/jobs/nonsense/run").status_code == 404


def test_a_person_sets_days_absence_and_calendar_of_their_own(desk, client_as, visitor, db):
    person = client_as(Role.OFFICIAL)
    me = next(one.id for one in users.find_users(db) if one.username == "official")
    deputy = desk.person("binh")
    assert person.post("/my-reminders", data={"days_before": "5", "morning_at": "09:00"}).status_code == 302
    assert 'value="5"' in person.get("/my-reminders").text
    assert person.post("/my-reminders", data={"days_before": "5", "morning_at": "20:00"}).status_code == 422
    away = {"from_on": "21/06/2021", "to_on": "25/06/2021", "deputy_id": str(deputy)}
    assert person.post("/my-reminders/absences", data=away).status_code == 302
    assert "25/6/2021" in person.get("/my-reminders").text
    assert person.post("/my-reminders/absences", data={**away, "to_on": "20/06/2021"}).status_code == 422
    removal = re.search(r"/my-reminders/absences/\d+/remove", person.get("/my-reminders").text)[0]
    assert client_as(Role.CLERK).post(removal).status_code == 404, "somebody else's"
    person.post(removal)
    assert "25/6/2021" not in person.get("/my-reminders").text

    desk.work(me, date(2021, 6, 30), task="việc trong lịch")
    desk.set(desk.work(me, date(2021, 6, 30), task="việc đã xong"), state="done")
    desk.work(deputy, date(2021, 6, 30), task="việc người khác")
    first = re.search(r"http://\S+?\.ics", person.post("/my-reminders/feed").text)[0]
    feed = visitor.get(path(first))
    assert feed.mimetype == "text/calendar"
    assert "việc trong lịch" in feed.text
    assert "DTSTART;VALUE=DATE:20210630" in feed.text
    assert "việc đã xong" not in feed.text
    assert "việc người khác" not in feed.text
    second = re.search(r"http://\S+?\.ics", person.post("/my-reminders/feed").text)[0]
    assert visitor.get(path(first)).status_code == 404
    assert visitor.get(path(second)).status_code == 200


@pytest.mark.parametrize(("action", "state"), [("received", "new"), ("done", "waiting")])
def test_a_signed_link_asks_first_and_acts_for_one_person_and_one_thing(desk, visitor, action, state):
    lan = desk.person("lan")
    work = desk.work(lan, TUESDAY, task="gửi báo cáo")
    address = path(LINKS.reply(lan, work, 1, action, NOON))

    def stored():
        from registry.models import Occurrence

        with desk.db() as session:
            row = session.get(Occurrence, work)
            return row.state, row.received_at is not None

    for _ in range(3):  # a scanner that opens every link
        page = visitor.get(address)
    assert (page.status_code, stored()) == (200, ("new", False))
    assert "gửi báo cáo" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert visitor.post(address, csrf=False, data={"text": "x"}).status_code in {400, 422}
    assert stored() == ("new", False)
    if action == "done":
        asked = visitor.post(address, data={"text": " "})
        assert asked.status_code == 422
        assert "Hãy ghi đã hoàn thành thế nào" in asked.text
    assert "Đã ghi" in visitor.post(address, data={"text": "đã gửi Báo cáo 52"}).text
    assert stored() == (state, action == "received")
    assert "không cần làm gì thêm" in visitor.get(address).text


def test_a_link_that_is_old_altered_or_of_another_person_does_nothing(desk, visitor, moving_clock):
    lan, minh = desk.person("lan"), desk.person("minh")
    work = desk.work(lan, TUESDAY)
    good = path(LINKS.reply(lan, work, 1, "received", NOON))
    assert visitor.get(good[:-2]).status_code == 404
    assert visitor.get(path(LINKS.reply(minh, work, 1, "received", NOON))).status_code == 404
    assert visitor.get(path(Links("http://127.0.0.1:8000", "z" * 40).reply(lan, work, 1, "done", NOON))).status_code == 404
    moving_clock.now = NOON + timedelta(days=31)
    assert visitor.get(good).status_code == 404
