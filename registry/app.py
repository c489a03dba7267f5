"""The web application: the only place where its parts are put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, g, request, session
from flask_babel import get_locale
from flask_bootstrap import Bootstrap5
from flask_login import current_user
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Config
from registry import i18n
from registry.db import make_engine, make_sessions
from registry.domain.roles import Permission
from registry.web import (
    access,
    accounts,
    admin,
    books,
    case_files,
    citations,
    converters,
    documents,
    errors,
    exports,
    files,
    filters,
    headers,
    home,
    imports,
    intake,
    navigation,
    obligations,
    programme,
    reminding,
    reports,
    search,
    sessions,
    signatures,
)
from registry.web.search import index_in_use

BLUEPRINTS = (
    home.bp, accounts.bp, documents.bp, citations.bp, obligations.bp, programme.bp, case_files.bp, search.bp, books.bp,
    reports.bp, exports.bp, *imports.BLUEPRINTS, intake.bp, files.bp, signatures.bp, *reminding.BLUEPRINTS,
    *admin.BLUEPRINTS)
_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_MEGABYTE = 1024 * 1024


def create_app(config: Config, *, clock: Callable[[], datetime] | None = None) -> Flask:
    """Return the application for ``config``; ``clock`` tells the time, the system's where none is given."""
    app = Flask("registry", template_folder=str(_TEMPLATES))
    secure = config.base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=config.secret_key,
        TESTING=config.testing,
        SESSION_COOKIE_NAME="sovanban",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        MAX_CONTENT_LENGTH=(config.max_upload_mb + 5) * _MEGABYTE,
        # A form of pasted texts; what is larger is refused by the field that it is in, if it can be read.
        MAX_FORM_MEMORY_SIZE=8 * _MEGABYTE,
        MAX_FORM_PARTS=5000,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form may stay open over lunch
        WTF_CSRF_SSL_STRICT=False,  # the token and SameSite protect; Referer is often cut by proxies
        BOOTSTRAP_SERVE_LOCAL=True,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    connect(app, config, clock or (lambda: datetime.now(UTC)))
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.url_map.converters["int"] = converters.IdConverter
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    # A person who is not signed in any more is asked to sign in before a token is looked for.
    CSRFProtect(app)
    Bootstrap5(app)
    sessions.install(app)
    i18n.CatalogueBabel(app, default_locale="vi", default_timezone="Asia/Ho_Chi_Minh",
                        locale_selector=_language)
    headers.install(app, secure=secure)
    errors.install(app)
    filters.install(app)
    search.install(app)
    app.before_request(accounts.lead_to_first_run)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.context_processor(_for_templates)
    access.routes(app)
    return app


def connect(app: Flask, config: Config, clock: Callable[[], datetime]) -> None:
    """Give the application the installation that it serves; nothing that it knew of another stays.

    Who connects another, as tests do, disposes of the engine of the one before.
    """
    engine = make_engine(config.database_url)
    app.extensions["registry.engine"] = engine
    app.extensions["registry.sessions"] = make_sessions(engine)
    app.extensions["registry.config"] = config
    app.extensions["registry.clock"] = clock
    app.extensions["registry.set_up"] = False
    index_in_use.install(app)


def _language() -> str:
    if "language" not in g:
        chosen = current_user.account.language if current_user.is_authenticated else session.get("language")
        g.language = chosen if chosen in i18n.LANGUAGES else "vi"
    return str(g.language)


def _for_templates() -> dict[str, object]:
    """What every template may use."""
    return {
        "may": access.may,
        "Permission": Permission,
        "main_navigation": lambda: navigation.offered(navigation.MAIN),
        "administration": lambda: navigation.offered(navigation.ADMINISTRATION),
        "endpoint_exists": _endpoint_exists,
        "language": str(get_locale() or "vi"),
        "languages": i18n.LANGUAGES,
        "here": request.full_path.rstrip("?") if request else "/",
    }


def _endpoint_exists(name: str) -> bool:
    from flask import current_app

    return name in current_app.view_functions
