"""``gunicorn bench.app:app``: the portal at the benchmarks' moment, on the database the environment names."""

from bench.moment import NOW
from portal import create_app

app = create_app({"CLOCK": lambda: NOW})
