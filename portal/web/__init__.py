"""What every route uses: guards, the unit of work, pages and fragments, headers, static files."""

from flask import Flask

from portal.web.assets import init_assets
from portal.web.errors import init_errors
from portal.web.filters import init_filters
from portal.web.security import init_security
from portal.web.session_user import init_sessions
from portal.web.unit_of_work import init_unit_of_work


def init_web(app: Flask) -> None:
    """Fit the application with all of it. The unit of work comes first: it must see every answer last."""
    init_unit_of_work(app)
    init_sessions(app)
    init_assets(app)
    init_filters(app)
    init_security(app)
    init_errors(app)
