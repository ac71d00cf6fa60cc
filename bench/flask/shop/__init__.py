"""The ordering shop once more, with Flask, Jinja and PyMongo: what Vatra is measured against."""

import os

from flask import Flask, Response, abort, request
from markupsafe import Markup

from . import database, ordering, pages, text


def create_app() -> Flask:
    """Called once in each worker of gunicorn, so that no connection is shared between processes."""
    app = Flask(__name__, static_folder=None)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for name in ("lei", "amount", "measure", "allergens", "vat_included", "day", "moment"):
        app.jinja_env.filters[name] = getattr(text, name)
    # The same script in the page's head, read once instead of for each page.
    app.jinja_env.globals["wake"] = Markup(read_wake())
    app.extensions["shop_database"] = database.connect()
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(ordering.blueprint)
    app.before_request(refuse_other_sites)
    app.after_request(add_headers)
    return app


def read_wake() -> str:
    here = os.path.dirname(__file__)
    with open(os.path.join(here, "../../../src/app/wake.js"), encoding="utf-8") as file:
        return file.read().strip()


def refuse_other_sites() -> None:
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)


def add_headers(response: Response) -> Response:
    headers = response.headers
    headers["Cache-Control"] = "private, no-cache"
    headers["Content-Security-Policy"] = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response
