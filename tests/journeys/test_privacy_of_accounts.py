"""After a life at the desk, each thing that was told to the site stands where it belongs, only.

What marks the reader, and every secret, stands nowhere; the mails hold the links that they are
for. The site is stopped before it is searched: tables, files, log and its temporary folder.
"""

from __future__ import annotations

import base64
import email
import email.policy
import html
import json
import re
import time
from dataclasses import dataclass

import pyotp
import pytest

from tests.journeys.guarded import until
from tests.journeys.plain_browser import PlainBrowser
from tests.journeys.prepared import served_copy
from tests.journeys.searching import all_sent, everything, places_of, tables

pytestmark = pytest.mark.journey

SOURCE = "127.77.66.54"
HEADERS = {
    "User-Agent": "canary-agent-4d1c",
    "Referer": "https://canary-referrer-8e5a.example/from",
    "X-Forwarded-For": "203.0.113.177, 2001:db8:77:cafe::66",
    "X-Real-IP": "203.0.113.178",
    "Forwarded": 'for="203.0.113.179";host=canary-forwarded-5c.example',
    "Accept-Language": "en, qcn;q=0.1",
}
OF_READERS = (
    *(SOURCE, "canary-agent-4d1c", "canary-referrer-8e5a", "203.0.113.177", "203.0.113.178"),
    *("2001:db8:77:cafe::66", "203.0.113.179", "canary-forwarded-5c", "qcn;q=0.1"),
)
OWNER = "canary-owner-71f0@example.org"
GUEST = "canary-guest-52ab@example.org"
MISSING = "canary-nobody-90fe@example.org"
WRONG = "canary wrong password 3b7e"
FIRST, SECOND, GUESTS = (f"canary {name} password 6a2d" for name in ("first", "second", "guest"))
DEVICE, QUERY = "canary-device-c41b", "canary-query-0d9a"
SUMMARY = "Canary summary 1f6c of what is shown."
WITHHELD = "Canary 8b3f: ring twice and ask for the night porter."
DRAFT = "Canary draft 2e9d, half a sent"
NO_DRAFT = "Canary draft 7c5e that was thrown away"
PAPER, PAPER_NAME = "Canary document 5f0e: minutes.", "canary-file-name-3a8c"
PAPER_TITLE, TOKEN_NAME = "Canary title 66d2", "Canary token 84ce"
GUEST_NAME = "Canary guest 1b9b"
SLUG = "canary-visitors"
DESK = f"/desk/{SLUG}/"
# Each text and the only places where it may stand; what was deleted or thrown away has none.
VERSIONS = {"directory_programtext", "directory_programversion"}
BELONGS = {
    OWNER: {"network_person", "var/mail"},
    GUEST: {"network_invitation", "network_person", "var/mail"},
    SUMMARY: {*VERSIONS, "directory_listing"},
    WITHHELD: {*VERSIONS, "directory_programdraft"},
    DRAFT: {"directory_programdraft"},
    NO_DRAFT: set(),
    PAPER: {"var/uploads"},
    PAPER_NAME: set(),
    PAPER_TITLE: {"network_upload"},
    DEVICE: set(),
    TOKEN_NAME: {"network_apitoken"},
    GUEST_NAME: {"network_person", "network_membername"},
    # The wish for a new password passes through the mails on their way, and leaves no row.
    MISSING: set(),
}
DATABASE = "var/network.sqlite3"
INNER = re.compile(r"/account/(?:link|invitation)/([\w-]+)/")


def reader(site):
    return PlainBrowser(site.port, headers=HEADERS, source=SOURCE)


def letters_to(site, address):
    """The texts of the mails to somebody, the oldest first."""
    paths = sorted((site.data_dir / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns)
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths
    ]
    return [one.get_body(("plain",)).get_content() for one in mails if one["To"] == address]


def token_in_mail(site, address):
    """The link in the newest mail to somebody, once it is there."""

    def found():
        return [one for text in letters_to(site, address) for one in INNER.findall(text)]

    until(found, seconds=90)
    return found()[-1]


def sign_in(browser, address, password, status=303):
    answer = browser.send("/account/sign-in/", email=address, password=password, device=DEVICE)
    assert answer.status == status
    return answer


def sign_out(browser):
    assert browser.send("/account/", action="/account/sign-out/").status == 303


def is_in(browser):
    return browser.ask("/account/").status == 200


def begin(site, browser):
    """Let in by a link, with a password of one's own; the secrets that were seen."""
    made = site.command(
        *("create_organization", "--name=Canary Visitors", "--country=GB", "--verified"),
        *(f"--owner-email={OWNER}", f"--slug={SLUG}", "--json"),
    )
    assert made.returncode == 0, made.stderr
    token = INNER.search(json.loads(made.stdout)["owner"]["sign_in_link"])[1]
    assert browser.send(f"/account/link/{token}/").status == 303
    assert browser.send("/account/password/", password=FIRST).status == 303
    sign_out(browser)
    return token


def fail_and_forget(site, browser):
    """Wrong passwords, an account that is not there, a forgotten password."""
    for address in (OWNER, MISSING):
        sign_in(browser, address, WRONG, status=422)
    sign_in(browser, OWNER, FIRST)
    sign_out(browser)
    for address in (MISSING, OWNER):
        assert browser.send("/account/forgot/", email=address).status == 303
    token = token_in_mail(site, OWNER)
    assert browser.send(f"/account/link/{token}/", password=SECOND).status == 303
    assert is_in(browser)
    return token


def second_step(browser):
    """A code app and recovery codes, each used once to come in."""
    at = "/account/second-factor/"
    assert browser.send(f"{at}code-app/", name="").status == 303
    shown = browser.get(f"{at}code-app/")
    secret = re.search(r"secret=([A-Z2-7]+)", html.unescape(shown.text))[1]
    app = pyotp.TOTP(secret)
    code = app.at(time.time(), counter_offset=-1)
    assert browser.send(f"{at}code-app/", code=code).status == 303
    answer = browser.send(f"{at}codes/")
    codes = re.findall(r"<li><code>([^<]+)</code>", answer.text)
    assert len(codes) == 10
    sign_out(browser)
    for shown_code in (WRONG[:12], codes[0]):
        sign_in(browser, OWNER, SECOND)
        browser.send("/account/sign-in/second/", action="/second/", code=shown_code)
    assert is_in(browser)
    sign_out(browser)
    sign_in(browser, OWNER, SECOND)
    browser.send("/account/sign-in/second/", action="/second/", code=app.at(time.time()))
    assert is_in(browser)
    return secret, codes


def invite(site, browser, guest):
    """Somebody new by mail, who makes an account."""
    answer = browser.send(f"{DESK}invite/", email=GUEST, role="editor")
    assert answer.status == 303
    token = token_in_mail(site, GUEST)
    joined = guest.send(f"/account/invitation/{token}/", display_name=GUEST_NAME, password=GUESTS)
    assert joined.status == 303
    assert guest.get(DESK).status == 200
    return token


def write_program(browser):
    """A program with something kept back, public; a draft that stays and one that does not."""

    def edit(part, **values):
        answer = browser.send(f"{program}edit/{part}/", values=values)
        assert answer.status == 303, answer.text

    answer = browser.send(f"{DESK}programs/new/", name="Canary Program", country="GB")
    assert answer.status == 303
    program = answer.header("Location").partition("edit/")[0]
    edit("texts", **{"summaries-en": SUMMARY, "how_to_be_visited-en": WITHHELD})
    edit("withhold", withheld=["how_to_be_visited"])
    texts = f"{program}edit/texts/"
    kept = browser.get(texts)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', kept.text)[1]
    for text in (NO_DRAFT, DRAFT):
        base = re.search(r'name="base_version" value="(\d+)"', kept.text)[1]
        edition = re.search(r'name="edition" value="(\d+)"', browser.get(texts).text)[1]
        drafted = browser.ask_form(
            f"{texts}draft/",
            {
                "csrfmiddlewaretoken": token,
                "base_version": base,
                "edition": edition,
                "names-en": "Canary Program",
                "summaries-en": text,
                "how_to_be_visited-en": WITHHELD,
            },
        )
        assert drafted.status == 200, drafted.text
        if text is NO_DRAFT:
            assert browser.send(texts, action="/discard/").status == 303
    assert browser.send(program, action="/publish/").status == 303
    return program.removeprefix(f"{DESK}programs/")


def add_paper(browser):
    file = (f"{PAPER_NAME}.txt", "text/plain", PAPER.encode())
    answer = browser.send(
        f"{DESK}documents/", action="/documents/#add", files={"file": file}, title=PAPER_TITLE
    )
    assert answer.status == 303, answer.text


def use_token(browser):
    """A token made at the desk, good and damaged, with texts of its own in the address."""
    answer = browser.send(
        f"{DESK}tokens/new/", name=TOKEN_NAME, scopes=["directory:read", "members:read"]
    )
    token = re.search(r"vnt_[\w-]{43}", answer.text)[0]
    machine = PlainBrowser(browser.port, headers=HEADERS, source=SOURCE)
    paths = ("me/", f"organizations/{SLUG}/programs/", f"organizations/{SLUG}/members/")
    for text, statuses in ((token, (200, 400)), (f"vnt_{token[:3:-1]}", (401, 401))):
        named = {"Authorization": f"Bearer {text}"}
        for path in paths:
            plain = machine.ask(f"/api/v1/{path}", headers=named)
            marked = machine.ask(f"/api/v1/{path}?utm={QUERY}", headers=named)
            assert (plain.status, marked.status) == statuses
    assert machine.given == set()
    return token, machine


def life(site):
    """All of it; what may stand nowhere, and what stands in mails only."""
    browser, guest = reader(site), reader(site)
    by_link = begin(site, browser)
    by_reset = fail_and_forget(site, browser)
    secret, codes = second_step(browser)
    by_invitation = invite(site, browser, guest)
    slug = write_program(browser)
    add_paper(browser)
    for path in (f"/{QUERY}/?q={QUERY}", f"{DESK}{QUERY}/?q={QUERY}"):
        assert browser.ask(path).status == 404
    assert browser.ask(f"/account/link/{QUERY}/").status == 410
    public = reader(site).get(f"/programs/{slug}")
    assert SUMMARY in public.text
    assert WITHHELD not in public.text
    token, machine = use_token(browser)
    live = {name: text.encode() for name, text in tables(site).items()}
    assert places_of(DEVICE, live) == {"network_session"}
    assert browser.send("/account/", action="/account/sign-out/everywhere/").status == 303
    again = machine.ask("/api/v1/me/", headers={"Authorization": f"Bearer {token}"})
    assert again.status == 401
    assert (is_in(browser), is_in(guest)) == (False, True)
    cookies = browser.given | guest.given
    # A session for each of six times of coming in, two half-open ones, and forms' tokens.
    assert len([one for one in cookies if len(one) == 32]) >= 12
    nowhere = {
        **{mark: mark for mark in (*OF_READERS, WRONG, FIRST, SECOND, GUESTS, QUERY)},
        **{f"cookie {number}": one for number, one in enumerate(sorted(cookies))},
        **{f"recovery code {number}": one for number, one in enumerate(codes)},
        "link": by_link,
        "secret of the code app": secret,
        "the same in bytes": base64.b32decode(secret + "=" * (-len(secret) % 8)),
        "token": token[-30:],
    }
    return nowhere, {"reset": by_reset, "invitation": by_invitation}


@dataclass
class Left:
    """What a stopped site has left, the log of its database before, and what it was told."""

    found: dict[str, bytes]
    journal: bytes
    nowhere: dict[str, str | bytes]
    mailed: dict[str, str]


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    """A site that was lived on and stopped."""
    temporary = tmp_path_factory.mktemp("temporary")
    with served_copy(tmp_path_factory, "privacy", TMPDIR=str(temporary)) as site:
        nowhere, mailed = life(site)
        until(lambda: all_sent(site), seconds=90)
        # Of SQLite: it holds what was written lately, and is emptied when the site stops.
        journals = [path.read_bytes() for path in site.data_dir.glob("*-wal")]
        assert site.interrupt() == 0
        yield Left(everything(site, temporary), b"".join(journals), nowhere, mailed)


def test_what_marks_the_reader_and_what_is_secret_stands_nowhere(left):
    assert len(left.nowhere) >= 40
    found = {**left.found, "journal": left.journal}
    places = {name: places_of(mark, found) for name, mark in left.nowhere.items()}
    assert {name: where for name, where in places.items() if where} == {}


@pytest.mark.parametrize("name", ["reset", "invitation"])
def test_links_stand_in_the_mails_that_bring_them(left, name):
    assert places_of(left.mailed[name], left.found) == {"var/mail"}


@pytest.mark.parametrize(("mark", "places"), BELONGS.items())
def test_what_was_written_stands_where_it_belongs(left, mark, places):
    # All tables of SQLite are in one file, in which what was deleted is overwritten.
    if DATABASE in left.found and any("/" not in place for place in places):
        places = places | {DATABASE}
    assert places_of(mark, left.found) == places
