"""One served site and one browser for all journeys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.guarded import Guarded, guarding, until
from tests.journeys.prepared import served_copy
from tests.journeys.site import Site

# The shell without windows draws and runs the same pages for a third of the work.
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))),
    None,
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with the sample data, as `make run` serves it."""
    with served_copy(tmp_path_factory, "journey") as served:
        yield served


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """A small application behind the product's own server with small limits."""
    with guarding(tmp_path_factory.mktemp("guards")) as served:
        yield served


@pytest.fixture
def quiet(guarded: Guarded) -> Iterator[Guarded]:
    """The same, with as many connections after a test as before: none."""
    before = guarded.open_files()
    yield guarded
    until(lambda: guarded.is_empty(before))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; where there is none, the browser journeys are skipped and say so.

    It ends with the journeys: until then Playwright's loop runs in this thread, in which Django
    would refuse the database to the tests that come after.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed: journeys in a browser were not run")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def opened(browser, site, request):
    """A fresh context with the given options; it records every request and console error."""
    options = request.param
    context = browser.new_context(**options)
    page = context.new_page()
    page.foreign, page.complaints = [], []
    page.on(
        "request",
        lambda r: (
            page.foreign.append(r.url)
            if not r.url.startswith((site.origin, "data:", "about:"))
            else None
        ),
    )
    page.on(
        "console",
        lambda m: (
            page.complaints.append(m.text)
            if m.type in ("error", "warning")
            and "the server responded with a status of 4" not in m.text
            else None
        ),
    )
    page.on("pageerror", lambda e: page.complaints.append(str(e)))
    yield page
    context.close()
