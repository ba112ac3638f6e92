"""What every page must be, read from its HTML: the checks a browser would not complain about but a reader would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SVG_EMPTY = {"path", "rect", "circle", "line", "polyline", "polygon"}


@dataclass
class Form:
    """A form: where it goes and how, the names it sends, and whether a button sends it to its own action."""

    action: str
    method: str
    id: str = ""
    names: list[str] = field(default_factory=list)
    sent: bool = False


class PageParser(HTMLParser):
    """Reads a page; ``faults`` are what is wrong with it by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.links: list[str] = []
        self.fragments: list[str] = []
        self.forms: list[Form] = []
        self.sends: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.headings: list[str] = []
        self.title = ""
        self.lang = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if len(given) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice: {attrs}")
        self._forbidden(tag, given)
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            self.references += given.get(name, "").split()
        if tag == "html":
            self.lang = given.get("lang", "")
        elif tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(tag)
        elif tag == "a":
            self._link(given)
        elif tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower(), given.get("id", "")))
        elif tag in {"input", "select", "textarea", "button"}:
            self._field(tag, given)
        if "hx-get" in given:
            self.fragments.append(given["hx-get"])
        self.sends += [given[name] for name in ("hx-post", "hx-put", "hx-delete", "formaction") if name in given]
        if tag not in VOID:
            self._open.append(tag)

    def _forbidden(self, tag: str, given: dict[str, str]) -> None:
        for name in given:
            if name == "style" or name.startswith("on") or name.startswith("hx-on"):
                self.faults.append(f"<{tag} {name}>: the content security policy blocks it")
        if tag == "style" or (tag == "script" and "src" not in given):
            self.faults.append(f"inline <{tag}>: the content security policy blocks it")
        if tag == "img" and "alt" not in given:
            self.faults.append("<img> without alt")

    def _field(self, tag: str, given: dict[str, str]) -> None:
        if "form" in given:
            owner = next((form for form in self.forms if form.id == given["form"]), None)
            if owner is None:
                self.faults.append(f"<{tag}> belongs to the form {given['form']!r}, which is not above it")
        else:
            owner = self.forms[-1] if "form" in self._open else None
        if owner is not None:
            owner.names.append(given.get("name", ""))
            owner.sent |= tag == "button" and "formaction" not in given
        if tag == "button" and owner is None and not any(name.startswith(("hx-", "data-")) for name in given):
            self.faults.append(f"a button that does nothing: {given}")

    def _link(self, given: dict[str, str]) -> None:
        href = given.get("href", "")
        if href.startswith("#") and len(href) > 1:
            self.references.append(href[1:])
        elif href.startswith(("/", "../", "?")):
            self.links.append(href)
        elif not href.startswith(("https://", "mailto:", "tel:")):
            self.faults.append(f"a link to {href!r}")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self._open and self._open[-1] == tag:
            self._open.pop()
        elif tag in SVG_EMPTY:
            return
        else:
            self.faults.append(f"</{tag}> closes <{self._open[-1] if self._open else 'nothing'}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data


def read_page(html: str) -> PageParser:
    """The page read, with ``faults`` complete."""
    page = PageParser()
    page.feed(html)
    page.close()
    faults = page.faults
    if page._open:
        faults.append(f"left open: {page._open}")
    if page.headings.count("h1") != 1:
        faults.append(f"{page.headings.count('h1')} H1")
    levels = [int(heading[1]) for heading in page.headings]
    if levels and levels[0] != 1:
        faults.append("a heading before the H1")
    faults += [f"h{later} follows h{level}" for level, later in pairwise(levels) if later > level + 1]
    twice = sorted({one for one in page.ids if page.ids.count(one) > 1})
    if twice:
        faults.append(f"ids twice: {twice}")
    missing = sorted(set(page.references) - set(page.ids))
    if missing:
        faults.append(f"refers to ids that are not there: {missing}")
    if not page.title.removesuffix("— Школьный портал").strip():
        faults.append("no title of its own")
    if page.lang != "ru":
        faults.append(f"lang={page.lang!r}")
    faults += [
        f"a form to {form.action!r} without the CSRF token"
        for form in page.forms
        if form.method == "post" and "csrf_token" not in form.names
    ]
    return page
