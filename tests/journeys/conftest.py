"""One served site and one browser for all journeys."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.guarded import Guarded, guarding, until
from tests.journeys.site import Site, own_database, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys share one site, so they run in one worker; before xdist reads the groups."""
    for item in items:
        if "tests/journeys" in str(item.path).replace(os.sep, "/"):
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with the sample data, as `make run` serves it."""
    with own_database("journey_site") as databases:
        with running(tmp_path_factory.mktemp("journey") / "var", **databases) as served:
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; where there is none, the browser journeys are skipped and say so."""
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
