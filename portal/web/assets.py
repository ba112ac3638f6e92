"""Static files: read once, named by their content, compressed once, cached by browsers for good."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, make_response, request, url_for

FOLDER = Path(__file__).resolve().parent.parent / "static"
BUNDLE = "page.js"
BUNDLED = ("vendor/htmx.min.js", "portal.js", "fresh.js")
"""Go over the wire as one file: a first visit has four requests at most, the journal's own script among them."""
FOREVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file as it goes over the wire."""

    digest: str
    content: bytes
    compressed: bytes
    mimetype: str


def init_assets(app: Flask) -> None:
    """Read every static file; ``asset(name)`` in templates gives its address, or none where it lacks."""
    files = {str(path.relative_to(FOLDER)): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}
    files[BUNDLE] = b";\n".join(files.pop(name) for name in BUNDLED if name in files)
    assets = {name: _zipped(name, content) for name, content in files.items()}
    app.extensions["portal.assets"] = assets
    app.register_blueprint(blueprint)

    def asset(name: str) -> str | None:
        found = assets.get(name)
        return None if found is None else url_for("assets.file", digest=found.digest, name=name)

    app.jinja_env.globals["asset"] = asset


def _zipped(name: str, content: bytes) -> Asset:
    return Asset(
        digest=hashlib.sha256(content).hexdigest()[:16],
        content=content,
        compressed=gzip.compress(content, 9, mtime=0),
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
    )


@blueprint.get("/static/<digest>/<path:name>")
def file(digest: str, name: str) -> Response:
    """A static file by its content's name; another content's name is not found."""
    found: Asset | None = current_app.extensions["portal.assets"].get(name)
    if found is None or found.digest != digest:
        abort(404)
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = make_response(found.compressed if zipped else found.content)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Type"] = f"{found.mimetype}; charset=utf-8"
    response.headers["Cache-Control"] = FOREVER
    response.vary.add("Accept-Encoding")
    return response
