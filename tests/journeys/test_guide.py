"""Every block of the guide runs as it stands, against a served site."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.journeys.site import Site, free_port

pytestmark = pytest.mark.journey

GUIDE = Path(__file__).resolve().parents[2] / "frontend/docs/developers/first-five-minutes.md"
ORIGIN = "http://localhost:8000"
TOKEN = "vnt_YOUR_TOKEN"
SECONDS = 60
_tokens: dict[int, str] = {}

# What each block says: under its part and its heading. A block without a line here is an error.
SAYS = {
    ("With curl", "List"): r'\{"next":"http[^"]+","previous":null,"results":\[\{"id":.*\}\]\}',
    ("With curl", "Filter"): r'.*"results":\[\{.*"services":\[[^]]*"visits".*"country":"GB".*',
    ("With curl", "Near a place"): r'.*"near":\{"name":"Lyon","country":"FR".*"distance_km":.*',
    ("With curl", "The next page"): r'.*"previous":"http.*"country":"DE".*',
    ("With curl", "Only when something has changed"): "304",
    ("With curl", "A table"): r"id,slug,name,.*,as_of\r?\n[0-9a-f-]{36},.*",
    ("With Python", "Every page"): r"\d\d+ programs, the first is .+",
    ("With Python", "Near a place"): r"Near Lyon FR\n(\d+(\.\d)? km: .+\n?){3}",
    ("With Python", "Only when something has changed"): r"Nothing has changed\.",
    ("With Python", "A table"): r"(.+ in .+ \['.+'\]\n?){3}",
    ("With Python", "A copy that stays in step"): r"\d+ programs, as of 20.+",
    ("With Python", "When something is wrong"): (
        r"country - Write the two letters of a country, for example FR\.\n400 Bad Request"
    ),
    ("In a page of another site", "List"): "5 programs",
    ("In a page of another site", "Near a place, page by page"): (
        r"\d\d+ programs, the nearest \d+(\.\d)? km away"
    ),
    ("In a page of another site", "Only when something has changed"): r"Nothing has changed\.",
    ("In a page of another site", "A table"): r"\d\d+ rows",
    ("In a page of another site", "A copy that stays in step"): r"\d+ programs, as of 20.+",
    ("With a token", "Who am I"): r'\{"person":\{.*"email":"guide@example\.org".*\}',
    ("With a token", "How much may I ask"): (
        r'[Rr]ate[Ll]imit-[Pp]olicy: "read";q=300;w=60\s+[Rr]ate[Ll]imit: "read";r=\d+;t=\d+'
    ),
    ("With a token", "What belongs to the group"): (
        r"In the name of .+ for guide-visitors\n\S{6} Made by the operator until 20\S+\n405 .+"
    ),
    ("Bringing a group in", "The first step"): (
        r'\{"next_step":"open_link_in_mail","link_lives_days":7\}'
    ),
    ("In a page of another site", "When something is wrong"): (
        r"country: Write the two letters of a country, for example FR\.\n400 Bad Request"
    ),
}


def blocks() -> dict[tuple[str, str], tuple[str, str]]:
    """Language and text of each block by its part and its heading."""
    part, heading, found = "", "", {}
    tokens = MarkdownIt("commonmark").enable("table").parse(GUIDE.read_text())
    for token, inner in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and inner is not None:
            part, heading = (inner.content, "") if token.tag == "h2" else (part, inner.content)
        if token.type == "fence":
            assert (part, heading) not in found
            found[part, heading] = token.info, token.content
    return found


BLOCKS = blocks()


def of(language: str) -> list[tuple[str, str]]:
    return [place for place, (spoken, _text) in BLOCKS.items() if spoken == language]


def text_of(place: tuple[str, str], site: Site) -> str:
    text = BLOCKS[place][1]
    assert ORIGIN in text
    if TOKEN in text:
        text = text.replace(TOKEN, token_of(site))
    return text.replace(ORIGIN, site.origin)


def token_of(site: Site) -> str:
    """A token of the owner of a group on that site; made once."""
    if site.port not in _tokens:
        _tokens[site.port] = _made_token(site)
    return _tokens[site.port]


def _made_token(site: Site) -> str:
    owner = "guide@example.org"
    made = [
        ("create_organization", "--name", "Guide Visitors", "--country", "GB"),
        ("create_token", "--organization", "guide-visitors", "--scopes", "members:read"),
    ]
    for command, whose in zip(made, ("--owner-email", "--person-email"), strict=True):
        done = site.command(*command, whose, owner, "--json")
        assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["token"]


def test_every_block_is_run_here():
    assert set(BLOCKS) == set(SAYS)
    assert {language for language, _text in BLOCKS.values()} == {"sh", "python", "js"}


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("place", of("sh"), ids=" - ".join)
def test_curl(place, site, tmp_path):
    if shutil.which("curl") is None:
        pytest.skip("no curl is installed: the blocks of the guide for it were not run")
    said = run(["bash", "-euo", "pipefail", "-c", text_of(place, site)], tmp_path)
    assert re.fullmatch(SAYS[place], said, re.DOTALL), said


@pytest.mark.parametrize("place", of("python"), ids=" - ".join)
def test_python(place, site, tmp_path):
    said = run([sys.executable, "-Iu", "-W", "error", "-c", text_of(place, site)], tmp_path)
    assert re.fullmatch(SAYS[place], said), said


def test_the_copy_of_the_guide_follows_the_site(site, tmp_path):
    block = text_of(("With Python", "A copy that stays in step"), site)
    table = tmp_path / "one.csv"
    table.write_text(
        "slug,name,country,source_url\n"
        "gb-guide-visitors,Guide Visitors,GB,https://example.org/guide\n"
    )

    def copied():
        run([sys.executable, "-I", "-c", block], tmp_path)
        rows = json.loads((tmp_path / "programs.json").read_text())["programs"]
        return {row["slug"] for row in rows.values()}

    before = copied()
    assert len(before) > 100
    assert copied() == before
    assert site.command("import_programs", str(table)).returncode == 0
    assert copied() == before | {"gb-guide-visitors"}
    assert site.command("suppress_listing", "gb-guide-visitors").returncode == 0
    assert copied() == before


class _Page(BaseHTTPRequestHandler):
    """A page of another origin that holds one script."""

    def __init__(self, scripts: list[str], *arguments) -> None:
        self.scripts = scripts
        super().__init__(*arguments)

    def do_GET(self):
        page = (
            "<!doctype html><body><script>"
            "const through = () => console.log('through');"
            "addEventListener('error', through);"
            "addEventListener('unhandledrejection', through);"
            f"</script><script type=module>{self.scripts[0]}\nthrough();</script>"
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Another origin, and the script of its page."""
    scripts = [""]
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), partial(_Page, scripts))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", scripts
    server.shutdown()
    server.server_close()
    thread.join()


def logged(browser_page, address):
    """What the script of a page has said once it is through."""
    lines, errors = [], []
    browser_page.on("console", lambda message: lines.append((message.type, message.text)))
    browser_page.on("pageerror", lambda error: errors.append(str(error)))
    with browser_page.expect_console_message(
        lambda message: message.text == "through", timeout=SECONDS * 1000
    ):
        browser_page.goto(address)
    assert errors == []
    return [text for kind, text in lines if kind == "log"][:-1]


@pytest.mark.parametrize("place", of("js"), ids=" - ".join)
def test_a_page_of_another_origin(place, site, browser, elsewhere):
    address, scripts = elsewhere
    scripts[0] = text_of(place, site)
    context = browser.new_context()
    page = context.new_page()
    said = "\n".join(logged(page, address))
    shown = page.locator("li, tr").count()
    assert re.fullmatch(SAYS[place], said), said
    assert not context.cookies()
    if place[1] in ("List", "A table"):
        assert shown == int(said.split()[0])
    if place[1] == "A copy that stays in step":
        assert logged(page, address) == said.split("\n")
        kept = json.loads(page.evaluate("localStorage.getItem('copy')"))
        assert f"{len(kept['programs'])} programs, as of {kept['after']}" == said
    context.close()
