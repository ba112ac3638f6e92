"""The SQLite file holds personal data: nobody but its owner may read it, whatever the umask."""

import stat

from portal import create_app
from portal.migrate import upgrade


def test_a_new_database_file_is_its_owners_only(tmp_path):
    app = create_app(
        {"PORTAL_INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'p.sqlite'}"}
    )
    with app.app_context():
        upgrade()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("p.sqlite*")}
    assert modes
    assert set(modes.values()) == {0o600}
