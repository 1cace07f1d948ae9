"""Every page in a real browser: phone and desktop, scripts off and on, by keyboard."""

import pytest

from tests.journeys.looking import CONTRAST, OVERFLOW, SMALL_TARGETS, STRUCTURE, VIOLATIONS, faults
from tests.journeys.pages import ERRORS, FRAMES, PAGES

pytestmark = pytest.mark.journey

WIDTHS = (320, 1280)
ALL = (*PAGES, *FRAMES, *(path for path, _ in ERRORS))
# The reference of the API: fourteen thousand elements.
LONG = "/docs/api/"

# Of the children of one element that are like each other three stay.
THREE_OF_A_KIND = """
() => {
  for (const box of document.querySelectorAll('main, main *')) {
    const seen = {};
    for (const child of [...box.children]) {
      const kind = `${child.tagName}.${child.className}`;
      seen[kind] = (seen[kind] || 0) + 1;
      if (seen[kind] > 3) child.remove();
    }
  }
  return document.querySelectorAll('main *').length;
}
"""


def contexts():
    """A phone that is turned into a desktop, and a desktop that is turned into a phone."""
    for scripts, widths in ((True, WIDTHS), (False, WIDTHS[::-1])):
        yield pytest.param(
            {"viewport": {"width": widths[0], "height": 800}, "java_script_enabled": scripts},
            widths,
            id=f"scripts-{'on' if scripts else 'off'}",
        )


@pytest.mark.parametrize(("opened", "widths"), list(contexts()), indirect=["opened"])
def test_every_page_reads(opened, widths, site):
    for path in ALL:
        opened.set_viewport_size({"width": widths[0], "height": 800})
        answer = opened.goto(site.origin + path)
        assert answer.status == dict(ERRORS).get(path, 200), path
        assert opened.locator("h1").count() == 1, path
        assert opened.locator("main#content").count() == 1, path
        for width in widths:
            opened.set_viewport_size({"width": width, "height": 800})
            assert opened.evaluate(OVERFLOW) <= 0, (path, width)
            assert opened.evaluate(SMALL_TARGETS) == [], (path, width)
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
def test_axe_finds_nothing(opened, site, request):
    """In the dark only contrast can be other than in the light."""
    options = CONTRAST if request.node.callspec.id == "dark" else VIOLATIONS
    for path in ALL:
        if path != LONG:
            opened.goto(site.origin + path)
            assert faults(opened, options) == [], path


@pytest.mark.parametrize(
    "opened",
    [pytest.param({"viewport": {"width": 320, "height": 800}}, id="phone")],
    indirect=True,
)
def test_axe_finds_nothing_in_a_very_long_page(opened, site):
    """Contrast costs the square of a page's length: it is looked at in one of each kind."""
    opened.goto(site.origin + LONG)
    assert faults(opened, STRUCTURE) == []
    assert 100 < opened.evaluate(THREE_OF_A_KIND) < 3000
    for scheme in ("light", "dark"):
        opened.emulate_media(color_scheme=scheme)
        assert faults(opened, CONTRAST) == [], scheme


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
