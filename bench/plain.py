"""``gunicorn bench.plain:app``: what the framework can do alone. The measure beside every page of the portal.

The same tables from memory by a plain template; the same bytes joined as strings; a bare page; a bare insert. No
database (but for the insert), no sign-in, no permissions. Compressed as the portal compresses.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from flask_compress import Compress
from sqlalchemy import create_engine, text

from portal.config import load_config
from portal.extensions import begin_mode, prepare_engine

app = Flask(__name__)
settings = load_config()
app.config.update({name: value for name, value in settings.items() if name.startswith("COMPRESS")})
Compress(app)
memory: dict[str, Any] = json.loads(Path(os.environ["BENCH_MEMORY"]).read_text(encoding="utf-8"))
engine = create_engine(settings["SQLALCHEMY_DATABASE_URI"], **settings["SQLALCHEMY_ENGINE_OPTIONS"])
prepare_engine(engine)


@app.get("/health")
def health() -> str:
    return "ok"


@app.get("/bare")
def bare() -> str:
    """A page without content."""
    return render_template("bare.html")


@app.get("/journal")
def journal() -> str:
    """The journal's table, cell by cell."""
    return render_template("journal.html", **memory["journal"])


@app.get("/table/<name>")
def table(name: str) -> str:
    """A page's blocks and cells, one by one."""
    return render_template("table.html", blocks=memory["blocks"][name])


@app.get("/joined/<name>")
def joined(name: str) -> str:
    """A page's bytes, joined of as many pieces as it has cells."""
    return "".join(memory["pieces"][name])


@app.post("/mark")
def mark() -> Response:
    """One row into one table, committed."""
    sent = request.get_json()
    begin_mode.set("write")
    with engine.begin() as connection:
        connection.execute(
            text("insert into bench_mark (lesson_id, pupil_id, value, key) values (:lesson, :pupil, :value, :key)"),
            sent,
        )
    return jsonify(status="saved")
