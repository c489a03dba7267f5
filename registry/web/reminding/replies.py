"""What a mail links to without signing in: answers that ask on a page first, and the personal calendar."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.mail.links import BadLink, Links, Reply
from registry.services import reminder_replies, reminder_wishes
from registry.web.access import public
from registry.web.context import address, config, db, now
from registry.web.forms import show_on, status
from registry.web.reminding.forms import ReplyForm

bp = Blueprint("replies", __name__)


@bp.route("/reply/<token>", methods=["GET", "POST"])
@public
def reply(token: str) -> ResponseReturnValue:
    """Ask on GET, act on POST: a mail scanner that opens the link changes nothing."""
    try:
        asked_for = _links().read_reply(token, now())
    except BadLink:
        return _not_kept(render_template("reminding/bad_link.html"), 404)
    form = ReplyForm()
    done = False
    if form.validate_on_submit():
        done = _answered(form, asked_for)
    asked = reminder_replies.look(db(), asked_for)
    return _not_kept(render_template("reminding/reply.html", form=form, asked=asked, done=done), status(form))


def _not_kept(page: str, code: int) -> Response:
    """Who has the address may answer: it stays in no cache."""
    answer = make_response(page, code)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _answered(form: ReplyForm, asked_for: Reply) -> bool:
    if asked_for.action == "done" and not form.text.data:
        form.text.errors = [_("Hãy ghi đã hoàn thành thế nào, hoặc bằng văn bản nào.")]
        return False
    try:
        reminder_replies.answer(db(), asked_for, form.text.data, address=address(), at=now())
    except RegistryError as error:
        show_on(form, error)
        return False
    return True


@bp.get("/calendar/<secret>.ics")
@public
def calendar(secret: str) -> ResponseReturnValue:
    """Return the open work of the person who has this secret address."""
    return Response(reminder_wishes.feed(db(), secret, _links(), now()), mimetype="text/calendar",
                    headers={"Cache-Control": "private, max-age=900"})


def _links() -> Links:
    return Links(config().base_url, config().secret_key)
