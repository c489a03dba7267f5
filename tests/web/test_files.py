"""Files as the pages show them, on both databases."""

from __future__ import annotations

import io
import re
import uuid

import pytest

from registry.domain.roles import Role
from registry.services import attachments, document_lists, documents, file_reading, intake_receiving
from registry.services.document_lists import DocumentFilter
from tests.conftest import NOON
from tests.factories import CLERK
from tests.made_files import annex_docx, page_png, plan_pdf, scan_pdf, zip_of
from tests.web.test_intake import fields, held

DRAFT = str(uuid.UUID(int=7))
FORM = {"request_id": DRAFT, "direction": "incoming", "subject": "về việc tệp", "number": "12/CT-TTg",
        "issuer": "Thủ tướng Chính phủ", "issued_on": "05/02/2021", "received_on": "06/02/2021"}


@pytest.fixture
def clerk(office, client_as):
    return client_as(Role.CLERK)


@pytest.fixture
def store(app):
    from registry.files.store import FileStore

    return FileStore(app.extensions["registry.config"].files_folder)


def upload(*files):
    return [(io.BytesIO(content), name) for name, content in files]


def got(person, address):
    """The answer, its file read and closed."""
    return person.get(address, buffered=True)


def the_document(office):
    (row,) = document_lists.find_documents(office.db, DocumentFilter(), actor=CLERK).rows
    return row.id


def test_files_come_with_the_registration_form_without_any_script(clerk, office):
    response = clerk.post("/documents/new", data={**FORM, "files": upload(
        ("Công văn số 12.pdf", plan_pdf()), ("Phụ lục.docx", annex_docx()))})
    assert response.status_code == 302
    key = the_document(office)
    page = clerk.get(f"/documents/{key}").text
    assert "Công văn số 12.pdf" in page
    assert "Phụ lục.docx" in page
    assert "Toàn văn (đọc từ tệp)" in page
    assert "Đính kèm tệp" in page  # in the history


def test_a_refused_form_keeps_its_files(clerk, office):
    response = clerk.post("/documents/new", data={**FORM, "subject": "", "files": upload(("a.pdf", plan_pdf()))})
    assert response.status_code == 422
    assert "a.pdf" in response.text
    assert held(office) == []
    assert clerk.post("/documents/new", data=FORM).status_code == 302
    assert "a.pdf" in clerk.get(f"/documents/{the_document(office)}").text


def test_a_file_that_is_refused_is_said_and_nothing_is_saved(clerk, office):
    response = clerk.post("/documents/new", data={**FORM, "files": upload(("a.pdf", b"MZ" + bytes(99)))})
    assert response.status_code == 422
    assert "a.pdf: Loại tệp này không đính kèm được" in response.text
    assert "về việc tệp" in response.text
    assert held(office) == []


def test_taking_a_file_away_twice_loses_nothing_that_was_typed(clerk, office):
    page = clerk.post("/documents/new", data={**FORM, "add_files": "1", "files": upload(("Công văn.pdf", plan_pdf()))}).text
    (key,) = re.findall(r'name="drop_file" value="(\d+)"', page)
    for _ in range(2):
        page = clerk.post("/documents/new", data={**FORM, "drop_file": key}).text
        assert "về việc tệp" in page
        assert "Công văn.pdf" not in page


def test_a_script_sends_files_to_the_form_and_takes_one_away(clerk, office):
    answer = clerk.post(f"/files/drafts/{DRAFT}", data={"files": upload(("a.pdf", plan_pdf()))},
                        headers={"Accept": "application/json"})
    assert "a.pdf" in answer.json["html"]
    (drop,) = re.findall(r'data-drop-file="([^"]+)"', answer.json["html"])
    assert "a.pdf" not in clerk.post(drop, data={}, headers={"Accept": "application/json"}).json["html"]
    refused = clerk.post(f"/files/drafts/{DRAFT}", data={"files": upload(("[Mật] b.pdf", plan_pdf()))},
                         headers={"Accept": "application/json"})
    assert refused.status_code == 422
    assert "dấu độ mật" in refused.json["faults"][0]
    assert "b.pdf" not in refused.json["faults"][0]


@pytest.fixture
def attached(clerk, office):
    """A document with one PDF; the id of the file."""
    key = office.register()
    clerk.post(f"/files/of/{key}", data={"files": upload(("Kế hoạch chuyển đổi số.pdf", plan_pdf()))})
    (row,) = attachments.of_document(office.db, key, actor=CLERK)
    return row


def test_a_download_has_its_vietnamese_name_in_every_browser(clerk, attached):
    response = got(clerk, f"/files/{attached.id}/download")
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20chuy%E1%BB%83n%20%C4%91%E1%BB%95i%20s%E1%BB%91.pdf" in disposition
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.mimetype == "application/pdf"
    assert response.data == plan_pdf()


def test_a_pdf_is_shown_in_a_frame_that_may_do_nothing(clerk, attached):
    page = got(clerk, f"/files/{attached.id}")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert f'src="/files/{attached.id}/inline"' in page.text
    inline = got(clerk, f"/files/{attached.id}/inline")
    assert inline.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script-src" not in inline.headers["Content-Security-Policy"]
    assert inline.headers["X-Frame-Options"] == "SAMEORIGIN"
    picture = got(clerk, f"/files/{attached.id}/pages/1.png")
    assert (picture.mimetype, picture.data[:4]) == ("image/png", b"\x89PNG")
    assert got(clerk, f"/files/{attached.id}/pages/9.png").status_code == 404
    assert "TỈNH HÀ NAM" in got(clerk, f"/files/{attached.id}?view=text").text


def test_xml_is_never_shown_inline(clerk, office):
    key = office.register()
    clerk.post(f"/files/of/{key}", data={"files": upload(
        ("a.xml", b'<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'))})
    (row,) = attachments.of_document(office.db, key, actor=CLERK)
    assert got(clerk, f"/files/{row.id}/inline").status_code == 404
    assert got(clerk, f"/files/{row.id}/download").headers["Content-Disposition"].startswith("attachment")


def test_a_file_is_replaced_and_removed_with_a_reason(clerk, office, attached):
    clerk.post(f"/files/{attached.id}/replace", data={"files": upload(("v2.pdf", plan_pdf(body="Bản hai.")))})
    rows = attachments.of_document(office.db, attached.document_id, actor=CLERK)
    (current,) = [one for one in rows if one.is_current]
    page = clerk.get(f"/documents/{attached.document_id}").text
    assert "phiên bản 2" in page
    assert "Phiên bản cũ và tệp đã gỡ" in page
    assert got(clerk, f"/files/{attached.id}/download").status_code == 200
    assert clerk.post(f"/files/{current.id}/remove", data={"reason": ""}).status_code == 422
    clerk.post(f"/files/{current.id}/remove", data={"reason": "nhầm văn bản"})
    page = clerk.get(f"/documents/{attached.document_id}").text
    assert "nhầm văn bản" in page
    assert "Toàn văn (đọc từ tệp)" not in page


def test_replacing_without_a_file_says_so(clerk, attached):
    response = clerk.post(f"/files/{attached.id}/replace", data={})
    assert response.status_code == 422
    assert "Hãy chọn một tệp." in response.text


def test_who_may_not_see_the_document_sees_no_file_of_it(clerk, office, client_as):
    key = office.register(restricted=True)
    clerk.post(f"/files/of/{key}", data={"files": upload(("a.pdf", plan_pdf()))})
    (row,) = attachments.of_document(office.db, key, actor=CLERK)
    reader = client_as(Role.READER)
    for address in ("", "/download", "/inline", "/pages/1.png", "/state"):
        assert got(reader, f"/files/{row.id}{address}").status_code == 404
        assert got(clerk, f"/files/{row.id}{address}").status_code == 200
    assert reader.post(f"/files/{row.id}/remove", data={"reason": "x"}).status_code == 403


def test_a_file_missing_from_the_store_is_a_plain_page_not_a_crash(clerk, attached, store):
    store.path(attached.sha256).unlink()
    for address in ("", "?view=pages"):
        assert got(clerk, f"/files/{attached.id}{address}").status_code == 200
    for address in ("/download", "/inline", "/pages/1.png"):
        assert got(clerk, f"/files/{attached.id}{address}").status_code == 404


# -- intake from files -------------------------------------------------------------------------------


def take(clerk, *files):
    return clerk.post("/intake/files", data={"files": upload(*files)})


def test_a_pdf_fills_the_form_and_is_attached_on_registering(clerk, office):
    response = take(clerk, ("681.KH-UBND.pdf", plan_pdf()))
    page = clerk.get(response.location).text
    sent = fields(page)
    assert sent["number"] == ["681/KH-UBND"]
    assert sent["issued_on"] == ["24/03/2021"]
    assert sent["issuer"] == ["Ủy ban nhân dân tỉnh Hà Nam"]
    assert sent["signer_name"] == ["Trương Quốc Huy"]
    assert "681.KH-UBND.pdf" in page
    done = clerk.post("/intake/document", data=sent)
    assert done.status_code == 302
    shown = clerk.get(done.location).text
    assert "681.KH-UBND.pdf" in shown
    assert "Toàn văn (đọc từ tệp)" in shown
    assert "21/QĐ-TTg" in shown
    assert clerk.get(response.location).location == done.location


def test_a_secret_file_is_refused_and_nothing_is_shown_of_it(clerk, office, store):
    response = take(clerk, ("a.pdf", plan_pdf(body="#align(center)[*TỐI MẬT*]\n\nNội dung kín.")))
    assert response.status_code == 422
    assert "dấu chỉ độ mật" in response.text
    assert "kín" not in response.text
    assert list(store.all()) == []


def test_no_file_is_said(clerk):
    response = take(clerk)
    assert response.status_code == 422
    assert "Hãy chọn một tệp." in response.text


def test_a_scan_waits_on_its_page_and_then_fills_the_form(clerk, office, store, monkeypatch):
    response = take(clerk, ("quet.pdf", scan_pdf()))
    page = clerk.get(response.location).text
    assert "Đang đọc tệp" in page
    (state,) = re.findall(r'data-state="([^"]+)"', page)
    assert clerk.get(state, headers={"Accept": "application/json"}).json["waiting"] is True
    text = "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSố: 681/KH-UBND\nHà Nam, ngày 24 tháng 3 năm 2021\nKẾ HOẠCH\nTriển khai chuyển đổi số"
    monkeypatch.setattr(file_reading.file_reading, "ocr_file", lambda *a, **k: file_reading.file_reading.FileText(
        text, 1, "ocr"))
    file_reading.read_waiting(office.db, store, ocr=True, holder="t", clock=lambda: NOON)
    assert clerk.get(state, headers={"Accept": "application/json"}).json["waiting"] is False
    page = clerk.get(response.location).text
    assert fields(page)["number"] == ["681/KH-UBND"]
    assert "Chữ nhận dạng từ bản quét" in page


def test_a_file_that_cannot_be_read_says_why_and_may_be_filled_in_by_hand(clerk, office):
    response = take(clerk, ("hong.pdf", b"%PDF-1.7\n" + b"rac " * 200))
    page = clerk.get(response.location).text
    assert "Tệp hỏng" in page
    assert "Thử đọc lại" in page
    (by_hand,) = re.findall(r'href="(/documents/new\?[^"]+)"', page)
    form = clerk.get(by_hand.replace("&amp;", "&")).text
    assert "hong.pdf" in form


def test_a_missing_number_is_asked_for(clerk, office):
    page = clerk.get(take(clerk, ("a.pdf", plan_pdf(""))).location).text
    assert "Không đọc được số, ký hiệu trong tệp" in page
    assert "/pages/1.png" in page


# -- batches -----------------------------------------------------------------------------------------


def read_all(app, office, store):
    from registry.services.file_uploads import FileRules

    rules = FileRules.of(app.extensions["registry.config"])
    while intake_receiving.unpack_next(office.db, store, rules, holder="t", clock=lambda: NOON):
        pass
    while file_reading.read_waiting(office.db, store, ocr=False, holder="t", clock=lambda: NOON, most=4):
        pass


def test_a_zip_is_read_and_confirmed_in_one_go(app, clerk, office, store):
    response = take(clerk, ("thang 3.zip", zip_of({
        "a/681.pdf": plan_pdf("681/KH-UBND"), "a/682.pdf": plan_pdf("682/KH-UBND", subject="Kế hoạch thứ hai"),
        "la.exe": b"MZ" + bytes(99)})))
    assert "Đang lấy tệp ra" in clerk.get(response.location).text
    read_all(app, office, store)
    page = clerk.get(response.location).text
    sent = fields(page[page.index('class="batch"'):].replace('class="batch"', 'class="intake"', 1))
    assert [sent[f"row{n}-number"] for n in range(2)] == [["681/KH-UBND"], ["682/KH-UBND"]]
    assert "Loại tệp này không đính kèm được" in page
    page = clerk.post(response.location, data=sent).text
    assert page.count("Đã đăng ký") >= 2
    assert held(office) == ["681/KH-UBND", "682/KH-UBND"]
    for row in document_lists.find_documents(office.db, DocumentFilter(), actor=CLERK).rows:
        assert documents.get_document(office.db, row.id, actor=CLERK).text_is_of_file
    clerk.post(response.location, data=sent)  # a second click
    assert len(held(office)) == 2


def test_what_was_typed_stays_with_its_file_when_another_file_of_the_page_is_gone(app, clerk, office, store):
    response = take(clerk, ("1.pdf", plan_pdf("681/KH-UBND")), ("2.pdf", plan_pdf("682/KH-UBND", subject="Kế hoạch thứ hai")))
    read_all(app, office, store)
    page = clerk.get(response.location).text
    sent = fields(page[page.index('class="batch"'):].replace('class="batch"', 'class="intake"', 1))
    (first,) = re.findall(r"/files/(\d+)\"[^>]*>1\.pdf", page)
    draft = attachments.get(office.db, int(first), actor=CLERK).draft
    clerk.post(f"/files/drafts/{draft}/{first}/drop")  # on its own page, in another window
    clerk.post(response.location, data=sent)
    assert held(office) == ["682/KH-UBND"]
    (file,) = attachments.of_document(office.db, the_document(office), actor=CLERK)
    assert file.name == "2.pdf"


def test_several_files_become_a_batch_that_says_what_is_there_already(app, clerk, office, store):
    key = office.register(number="681/KH-UBND")
    clerk.post(f"/files/of/{key}", data={"files": upload(("cu.pdf", plan_pdf("681/KH-UBND")))})
    twin = office.register(number="682/KH-UBND", issued_on=NOON.date().replace(month=3, day=24))
    response = take(clerk, ("1.pdf", plan_pdf("681/KH-UBND")), ("2.pdf", plan_pdf("682/KH-UBND")))
    read_all(app, office, store)
    page = clerk.get(response.location).text
    assert "Tệp này đã có" in page
    (action,) = re.findall(rf'formaction="([^"]+)" name="document_id" value="{twin}"', page)
    clerk.post(action, data={"document_id": str(twin)})
    assert [one.name for one in attachments.of_document(office.db, twin, actor=CLERK)] == ["2.pdf"]
    page = clerk.get(response.location).text
    assert "Đã đính kèm" in page
    assert len(held(office)) == 2


def test_a_zip_among_other_files_says_that_it_must_come_alone(app, clerk, office, store):
    response = take(clerk, ("lô.zip", zip_of({"1.pdf": b"x"})), ("rỗng.pdf", b""))
    assert "Tệp .zip phải gửi riêng" in clerk.get(response.location).text


def test_a_batch_is_stopped_goes_on_and_ends(app, clerk, office, store):
    response = take(clerk, ("1.pdf", plan_pdf("681/KH-UBND")), ("2.pdf", plan_pdf("682/KH-UBND")))
    clerk.post(f"{response.location}/stop")
    read_all(app, office, store)
    assert "đã dừng đọc" in clerk.get(response.location).text
    clerk.post(f"{response.location}/go-on")
    read_all(app, office, store)
    assert "Đăng ký tất cả đã chọn" in clerk.get(response.location).text
    assert "2 tệp tải lên cùng lúc" in clerk.get("/intake").text
    clerk.post(f"{response.location}/close")
    late = clerk.post(f"{response.location}/files", data={"files": upload(("3.pdf", plan_pdf("683/KH-UBND")))})
    assert late.status_code == 404
    assert "2 tệp tải lên cùng lúc" not in clerk.get("/intake").text


def test_a_batch_is_its_person_s_own(app, clerk, office, client_as, db):
    from registry.services import users
    from registry.services.actors import at_the_machine
    from tests.web.conftest import PASSWORD

    response = take(clerk, ("1.pdf", plan_pdf("681/KH-UBND")), ("2.pdf", plan_pdf("682/KH-UBND")))
    users.create_user(db, users.UserData(username="vt2", full_name="Văn thư hai", role=Role.CLERK),
                      actor=at_the_machine(Role.ADMINISTRATOR), at=NOON, password=PASSWORD)
    other = app.test_client()
    other.sign_in("vt2")
    assert other.get(response.location).status_code == 404
    assert other.post(f"{response.location}/stop").status_code == 404


def test_a_picture_is_shown_as_the_picture_that_it_is(clerk, office):
    key = office.register()
    clerk.post(f"/files/of/{key}", data={"files": upload(("a.pdf", page_png()))})
    (row,) = attachments.of_document(office.db, key, actor=CLERK)
    assert got(clerk, f"/files/{row.id}/inline").mimetype == "image/png"
