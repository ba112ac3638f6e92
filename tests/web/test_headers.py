"""What every answer carries, and how errors read."""

from tests.small_school import sign_in


def test_every_answer_forbids_inline_script_and_framing(small):
    app, _ = small
    for path in ("/login", "/no-such-page", "/health"):
        headers = app.test_client().get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


def test_static_files_are_named_by_content_compressed_and_kept(small):
    app, _ = small
    client = app.test_client()
    page = client.get("/login").get_data(as_text=True)
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    digest = address.split("/")[2]
    assert client.get(address.replace(digest, "0" * 16)).status_code == 404


def test_errors_speak_russian_and_say_what_to_do(small):
    app, _ = small
    client = sign_in(app, "teacher")
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    text = answer.get_data(as_text=True)
    assert "Такой страницы нет" in text
    assert "На главную" in text
    fragment = client.get("/no-such-page", headers={"HX-Request": "true"})
    assert "<html" not in fragment.get_data(as_text=True)
    assert "HX-Request" in fragment.headers["Vary"]


def test_a_dropped_session_sends_htmx_to_the_sign_in_page(small):
    app, _ = small
    answer = app.test_client().get("/journal", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/login"
