"""A browser without scripts or pictures: pages, the forms on them, and cookies."""

from __future__ import annotations

import http.client
import re
import secrets
import string
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

LETTERS = string.ascii_letters + string.digits
SIGN_OUT = "/account/sign-out/"


@dataclass
class Page:
    """An answer, and where it came from."""

    path: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self):
        """The body as UTF-8."""
        return self.body.decode()

    def header(self, name):
        """The first header of this name; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class _Forms(HTMLParser):
    """The forms of a page that post, each with its action and the values that it begins with."""

    def __init__(self, text):
        super().__init__()
        self.forms, self._area, self._select = [], None, None
        self._open = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "form":
            self._open = (given.get("action", ""), {}) if given.get("method") == "post" else None
            if self._open:
                self.forms.append(self._open)
        elif self._open is None or (not name and tag != "option"):
            return
        elif tag == "input":
            self._input(name, given)
        elif tag == "textarea":
            self._area = name
            self._open[1].setdefault(name, [""])
        elif tag == "select":
            self._select = name
            self._open[1].setdefault(name, [])
        elif tag == "option" and self._select and "selected" in given:
            self._open[1][self._select].append(given.get("value", ""))

    def _input(self, name, given):
        values = self._open[1].setdefault(name, [])
        if given.get("type") not in ("checkbox", "radio") or "checked" in given:
            values.append(given.get("value", ""))

    def handle_data(self, data):
        if self._area and self._open:
            self._open[1][self._area] = [data.removeprefix("\n")]

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None


@dataclass
class PlainBrowser:
    """One reader at one address of the loopback range, with headers that each request carries."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    source: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    # Everything that was ever in a cookie here.
    given: set[str] = field(default_factory=set)
    kept: http.client.HTTPConnection | None = None

    def ask(self, path, body=None, headers=None, method=""):
        """One request; nothing is followed."""
        connection = self.kept or self._connection()
        sent = {"Host": f"localhost:{self.port}", **self.headers, **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method or ("GET" if body is None else "POST"), path, body, sent)
        answer = connection.getresponse()
        page = Page(path, answer.status, answer.getheaders(), answer.read())
        if self.kept is None:
            connection.close()
        self._keep(page)
        return page

    def stay(self):
        """Connect, and keep the connection: the next request finds it accepted."""
        self.kept = self._connection()
        assert self.ask("/healthz").status == 200

    def get(self, path):
        """The page at a path, in the end."""
        page = self.ask(path)
        while page.status in (301, 302, 303):
            page = self.ask(_path(page))
        return page

    def send(self, path, action=None, files=None, **values):
        """Fill in the form that is at a path and send it; the answer, not where it leads.

        It is the one that has these fields and leads to `action`. Fields are named in Python's
        way or, with hyphens, in a dictionary `values`.
        """
        page = self.get(path)
        values = {**values.pop("values", {}), **values}
        target, filled = _form_of(page, action, {*values} - {"publish"})
        for name, value in values.items():
            filled[name] = value if isinstance(value, list) else [value]
        address = _path_of(urljoin(page.path, target))
        if files:
            kind, body = _multipart(filled, files)
        else:
            kind, body = "application/x-www-form-urlencoded", urlencode(filled, doseq=True)
        return self.ask(address, body, {"Content-Type": kind})

    def post(self, path, **values):
        """Send values with a form's token that this browser made up, as any program could."""
        token = self.cookies.setdefault("form", made_up())
        return self.ask_form(path, {**values, "csrfmiddlewaretoken": token})

    def ask_form(self, path, values):
        """Send just these values, as a script of a page does."""
        kind = "application/x-www-form-urlencoded"
        return self.ask(path, urlencode(values, doseq=True), {"Content-Type": kind})

    def _connection(self):
        return http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=120, source_address=(self.source, 0)
        )

    def _keep(self, page):
        for name, value in page.headers:
            if name.lower() != "set-cookie":
                continue
            crumb, _, rest = value.partition(";")
            key, _, content = crumb.partition("=")
            if "max-age=0" in rest.lower() or content in ("", '""'):
                self.cookies.pop(key, None)
            else:
                self.cookies[key] = content
                self.given.add(content)


def made_up():
    """A token for forms, and a cookie, of the right shape."""
    return "".join(secrets.choice(LETTERS) for _ in range(32))


def _form_of(page, action, fields):
    found = [
        (target, {name: list(values) for name, values in filled.items()})
        for target, filled in _Forms(page.text).forms
        if fields <= {*filled} and (target.endswith(action) if action else SIGN_OUT not in target)
    ]
    told = re.sub(r"<[^>]+>|\s+", " ", page.text)[:3000]
    assert found, f"no form with {fields} at {page.path} ({page.status}): {told}"
    return found[0]


def _path(page):
    return _path_of(urljoin(page.path, page.header("Location")))


def _path_of(address):
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _multipart(values, files):
    edge = "edge-of-a-part"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, several in values.items()
        if name not in files
        for value in several
    ]
    for name, (filename, kind, content) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"'
        parts.append(f"{head}\r\nContent-Type: {kind}\r\n\r\n".encode() + content + b"\r\n")
    return f"multipart/form-data; boundary={edge}", b"".join(parts) + f"--{edge}--\r\n".encode()
