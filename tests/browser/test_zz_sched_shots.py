from tests.full_class import fill_class
from tests.lived_in import live_in


def test_shots(live, open_page):
    with live.app.app_context():
        live_in(live.small)
        fill_class(live.small)
    w = live.small
    P = w.people
    kid = P["pupil"]
    jobs = [
        ("guardian", f"/diary/pupils/{kid}", "diary"),
        ("guardian", f"/diary/pupils/{P['full-0']}", "full"),
        ("guardian", f"/diary/pupils/{kid}/subjects", "subjects"),
        ("guardian", f"/schedule/pupils/{P['full-0']}", "sched"),
        ("guardian", f"/schedule/pupils/{kid}", "sched2"),
        ("deputy", f"/schedule/schools/{w.school}", "choose"),
        ("teacher", "/schedule", "teacher"),
    ]
    import os

    only = os.environ.get("ONLY")
    for dark, phone in ((False, True), (False, False), (True, True)):
        pages = {}
        for login, path, name in jobs:
            if only and name not in only.split(","):
                continue
            if login not in pages:
                pages[login] = open_page(login, phone=phone, dark=dark)
            pg = pages[login]
            pg.goto(path)
            pg.screenshot(
                path=f"/tmp/schedshots/{name}-{'p' if phone else 'w'}{'d' if dark else ''}.png", full_page=True
            )
            print(name, phone, pg.evaluate("document.documentElement.scrollWidth"))
