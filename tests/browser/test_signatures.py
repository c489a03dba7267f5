"""Whom the office trusts, and the backups, by the eyes and keys of an administrator."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from registry.domain.roles import Role
from tests.files.signing import Authority

pytestmark = pytest.mark.browser


def test_an_administrator_trusts_a_root_and_takes_it_back(page_as, address, tmp_path: Path):
    (tmp_path / "root.crt").write_bytes(Authority("Ban Cơ yếu").root.pem)
    page = page_as(Role.ADMINISTRATOR)
    page.goto(f"{address}/trusted-roots")
    page.get_by_label("Tệp chứng thư").set_input_files(tmp_path / "root.crt")
    page.get_by_role("button", name="Tin cậy", exact=True).click()
    row = page.get_by_role("row").filter(has_text="Ban Cơ yếu (Root)")
    expect(row).to_contain_text(re.compile(r"[0-9A-F]{2}( [0-9A-F]{2}){31}"))
    page.once("dialog", lambda dialog: dialog.dismiss())
    row.get_by_role("button", name="Thôi tin cậy").click()
    expect(row).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    row.get_by_role("button", name="Thôi tin cậy").click()
    expect(page.get_by_text("Chưa tin cậy chứng thư nào")).to_be_visible()


def test_an_administrator_asks_for_a_backup(page_as, address):
    page = page_as(Role.ADMINISTRATOR)
    page.goto(f"{address}/backups")
    expect(page.get_by_role("alert")).to_contain_text("Chưa có bản sao lưu nào")
    page.get_by_role("button", name="Sao lưu ngay").click()
    expect(page.get_by_text("Sẽ sao lưu trong vòng một phút")).to_be_visible()
