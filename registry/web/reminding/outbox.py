"""The administrator's pages: rules of reminders, every mail with its state, a sample and a test mail."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.messages import say
from registry.services import outbox, reminder_rules
from registry.services.reminder_mails import Office
from registry.web import headers, labels
from registry.web.access import requires
from registry.web.context import account, actor, config, db, now
from registry.web.forms import from_address, show_on, status
from registry.web.paging import here_with
from registry.web.reminding.forms import MessageFilterForm, RulesForm

bp = Blueprint("reminders", __name__, url_prefix="/reminders")

# A mail brings its own styles, which pages may not; in its frame it can do nothing else.
_MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
_PAGE_POLICY = headers.CONTENT_SECURITY_POLICY + "; frame-src 'self'"


@bp.get("")
@requires(Permission.MANAGE_REMINDERS)
def index() -> ResponseReturnValue:
    """Show the outbox: every mail with its state, newest first."""
    form = from_address(MessageFilterForm)
    page = outbox.find_messages(db(), form.to_filter(), below=form.below.data)
    return render_template(
        "reminding/index.html", form=form, rows=page.rows, standing=outbox.standing(db()),
        mail_from=config().mail_from, folder=None if config().smtp_url else config().mail_folder, states=labels.MESSAGE_STATES,
        kinds=labels.MESSAGE_KINDS, next=here_with(below=page.older) if page.older else None), status(form)


@bp.route("/rules", methods=["GET", "POST"])
@requires(Permission.MANAGE_REMINDERS)
def rules() -> ResponseReturnValue:
    """Show and change when people are reminded."""
    form = RulesForm.of(reminder_rules.get(db()))
    if form.validate_on_submit():
        try:
            reminder_rules.change(db(), form.to_rules(), actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã lưu quy tắc nhắc việc. Lời nhắc đã lập trong hôm nay vẫn gửi như cũ."), "success")
            return redirect(url_for(".rules"))
    return render_template("reminding/rules.html", form=form), status(form)


@bp.get("/messages/<int:message_id>")
@requires(Permission.MANAGE_REMINDERS)
def message(message_id: int) -> ResponseReturnValue:
    """Show one mail as it reads and what became of it."""
    one = outbox.get_message(db(), message_id)
    page = Response(render_template("reminding/message.html", one=one, states=labels.MESSAGE_STATES,
                                    kinds=labels.MESSAGE_KINDS))
    page.headers["Content-Security-Policy"] = _PAGE_POLICY
    return page


@bp.get("/messages/<int:message_id>/body")
@requires(Permission.MANAGE_REMINDERS)
def body(message_id: int) -> ResponseReturnValue:
    """Return the HTML of a mail, for the frame on its page."""
    return _framed(outbox.get_message(db(), message_id).html)


@bp.get("/messages/<int:message_id>/source.eml")
@requires(Permission.MANAGE_REMINDERS)
def source(message_id: int) -> ResponseReturnValue:
    """Return a mail as a file."""
    return Response(outbox.get_message(db(), message_id).source, mimetype="message/rfc822",
                    headers={"Content-Disposition": f"attachment; filename=thu-{message_id}.eml"})


@bp.post("/messages/<int:message_id>/resend")
@requires(Permission.MANAGE_REMINDERS)
def resend(message_id: int) -> ResponseReturnValue:
    """Let a mail be sent again."""
    try:
        outbox.resend(db(), message_id, actor=actor(), at=now())
    except RegistryError as error:
        flash(say(error), "error")
    else:
        flash(_("Thư sẽ được gửi lại trong vài phút, trong giờ làm việc."), "success")
    return redirect(url_for(".message", message_id=message_id))


@bp.post("/failed/<int:reminder_id>/again")
@requires(Permission.MANAGE_REMINDERS)
def again(reminder_id: int) -> ResponseReturnValue:
    """Let a reminder that failed be made into a mail again."""
    outbox.plan_again(db(), reminder_id, actor=actor(), at=now())
    flash(_("Lời nhắc sẽ được gửi lại trong vài phút, trong giờ làm việc."), "success")
    return redirect(url_for(".index"))


@bp.post("/test")
@requires(Permission.MANAGE_REMINDERS)
def test() -> ResponseReturnValue:
    """Send a test mail to who asks for it."""
    try:
        address = outbox.queue_test(db(), Office.of(config()), account().id, actor=actor(), at=now())
    except RegistryError as error:
        flash(_("Chưa gửi được thư thử: tài khoản của bạn chưa có địa chỉ thư.") if error.field == "email"
              else say(error), "error")
    else:
        flash(_("Thư thử tới %(address)s sẽ đi trong vài phút.", address=address), "success")
    return redirect(url_for(".index"))


@bp.get("/sample")
@requires(Permission.MANAGE_REMINDERS)
def sample() -> ResponseReturnValue:
    """Show a mail as people get it, with made-up work."""
    rendered = outbox.sample(db(), Office.of(config()), account().full_name, now())
    text, _html, attachments = outbox.parts(rendered.source.encode("ascii"))
    page = Response(render_template("reminding/sample.html", subject=rendered.subject, text=text,
                                    attachments=attachments))
    page.headers["Content-Security-Policy"] = _PAGE_POLICY
    return page


@bp.get("/sample/body")
@requires(Permission.MANAGE_REMINDERS)
def sample_body() -> ResponseReturnValue:
    """Return the HTML of the sample, for the frame on its page."""
    rendered = outbox.sample(db(), Office.of(config()), account().full_name, now())
    return _framed(outbox.parts(rendered.source.encode("ascii"))[1])


def _framed(html: str) -> Response:
    return Response(html, headers={"Content-Security-Policy": _MAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"})
