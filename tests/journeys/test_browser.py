"""Every page in a real browser: phone and desktop, scripts off and on, by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.pages import ERRORS, FRAMES, PAGES

pytestmark = pytest.mark.journey

WIDTHS = {"phone": 320, "desktop": 1280}
ALL = (*PAGES, *FRAMES, *(path for path, _ in ERRORS))

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """
() => [...document.querySelectorAll('a[href], button, input, select, summary')]
  .filter(e => e.checkVisibility())
  .filter(e => !e.closest('p, dd, li p, .source, .hide, .prose, td, .crumb'))
  .map(e => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect()])
  .filter(([, r]) => r.height > 0 && r.top >= 0 && r.height < 24)
  .map(([text, r]) => `${text} ${r.height}`)
"""


def contexts():
    for name, width in WIDTHS.items():
        for scripts in (True, False):
            yield pytest.param(
                {"viewport": {"width": width, "height": 800}, "java_script_enabled": scripts},
                id=f"{name}-scripts-{'on' if scripts else 'off'}",
            )


@pytest.mark.parametrize("opened", list(contexts()), indirect=True)
def test_every_page_reads(opened, site):
    for path in ALL:
        answer = opened.goto(site.origin + path)
        assert answer.status == dict(ERRORS).get(path, 200), path
        assert opened.locator("h1").count() == 1, path
        assert opened.locator("main#content").count() == 1, path
        assert opened.evaluate(OVERFLOW) <= 0, path
        assert opened.evaluate(SMALL_TARGETS) == [], path
    assert opened.foreign == []
    assert opened.complaints == []


@pytest.mark.parametrize(
    "opened",
    [
        pytest.param(
            {"viewport": {"width": 320, "height": 800}, "color_scheme": scheme}, id=scheme
        )
        for scheme in ("light", "dark")
    ],
    indirect=True,
)
def test_axe_finds_nothing(opened, site):
    axe = Axe()
    for path in ALL:
        opened.goto(site.origin + path)
        found = axe.run(opened).response["violations"]
        shown = [(v["id"], v["nodes"][0]["html"][:200]) for v in found]
        assert shown == [], path


@pytest.mark.parametrize(
    "opened",
    [pytest.param({"viewport": {"width": 1280, "height": 900}}, id="desktop")],
    indirect=True,
)
def test_the_keyboard_reaches_the_content_and_shows_where_it_is(opened, site):
    for path in PAGES:
        opened.goto(site.origin + path)
        opened.keyboard.press("Tab")
        first = opened.evaluate("document.activeElement.getAttribute('href')")
        assert first == "#content", path
        reached = set()
        for _ in range(12):
            opened.keyboard.press("Tab")
            seen = opened.evaluate(
                "(e => { const s = getComputedStyle(e);"
                " return [e.tagName, s.outlineStyle, parseFloat(s.outlineWidth)]; })"
                "(document.activeElement)"
            )
            tag, style, width = seen
            assert tag != "BODY", path
            assert style != "none", path
            assert width >= 2, path
            reached.add(tag)
        assert "A" in reached


PHONE = pytest.param(
    {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}, id="phone"
)


@pytest.mark.parametrize("opened", [PHONE], indirect=True)
@pytest.mark.parametrize("language", ["en", "ar", "es", "fr"])
def test_a_reader_finds_the_group_that_visits_a_place(opened, site, language):
    opened.goto(f"{site.origin}/{language}/")
    box = opened.get_by_role("searchbox").first
    box.fill("dungavel")
    opened.locator("form").filter(has=box).get_by_role("button").click()
    opened.get_by_role("link", name="Scottish Detainee Visitors").click()
    assert opened.url == f"{site.origin}/{language}/programs/gb-scottish-detainee-visitors/"
    heading = opened.locator("h1")
    assert heading.inner_text() == "Scottish Detainee Visitors"
    assert opened.locator("h1 [lang=en]").count() == 1
    assert opened.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert opened.locator(".note").first.inner_text()


@pytest.mark.parametrize(
    "opened",
    [pytest.param({"viewport": {"width": 320, "height": 800}}, id="phone")],
    indirect=True,
)
def test_leaving_forgets_the_page(opened, site):
    opened.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="elsewhere"))
    opened.goto(site.origin + "/about/")
    opened.goto(site.origin + "/programs/")
    opened.get_by_role("link", name="Leave this site").click()
    opened.wait_for_url("https://www.wikipedia.org/**")
    opened.go_back()
    assert opened.url == site.origin + "/about/"
