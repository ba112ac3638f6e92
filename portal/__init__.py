"""The school portal: electronic journal and diary, indicators, and the papers around them."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.config import load_config
from portal.extensions import init_extensions


def create_app(overrides: dict[str, Any] | None = None) -> Flask:
    """Config → extensions → web → blueprints. ``overrides`` replace settings (tests)."""
    config = load_config(overrides)
    app = Flask(__name__, instance_path=str(config["INSTANCE"]), static_folder=None)
    app.config.from_mapping(config)
    if app.config["TRUSTED_PROXIES"]:
        count = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    init_extensions(app)

    from portal import web
    from portal.blueprints import register_blueprints

    web.init_web(app)
    register_blueprints(app)
    return app
