"""The map in a browser: drawn without scripts, moving with them, the same things on both."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.looking import OVERFLOW

pytestmark = pytest.mark.journey

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 320, "height": 740}}
WITHOUT = {**DESK, "java_script_enabled": False}
KILO = 1024


def with_options(*options):
    return pytest.mark.parametrize("opened", options, indirect=True)


def pins(page):
    """The accessible names of what the moving map shows, once it has been filled."""
    page.locator("#live .pin").first.wait_for()
    return page.locator("#live .pin").evaluate_all(
        "pins => pins.map(pin => [pin.getAttribute('role'), pin.getAttribute('aria-label')])"
    )


def plain(name):
    return re.sub(r"[\u2068\u2069]", "", name)


@with_options(DESK, PHONE)
def test_every_symbol_has_a_name_of_its_own_that_says_where_it_is(opened, site):
    opened.goto(f"{site.origin}/map/?zoom=5&at=50,4")
    found = pins(opened)
    assert len(found) > 3
    assert {role for role, _name in found} == {"link"}
    names = [plain(name) for _role, name in found]
    assert len(names) == len(set(names))
    assert any(re.fullmatch(r"\d+ programs (near|in) \w.*", name) for name in names)
    assert not any(re.fullmatch(r"\d* ?programs?", name) for name in names)
    listed = [plain(text) for text in opened.locator("#shown a").all_inner_texts()]
    assert sorted(listed) == sorted(names)
    assert opened.locator("#map-status").inner_text()
    assert opened.evaluate(OVERFLOW) <= 0
    assert opened.complaints == []
    assert opened.foreign == []


@with_options(DESK)
def test_the_keyboard_goes_to_a_cluster_and_closer(opened, site):
    opened.goto(f"{site.origin}/map/?zoom=3&at=50,8")
    pins(opened)
    cluster = opened.locator("#live .pin.cluster").first
    before = opened.locator("#shown").inner_text()
    cluster.focus()
    outline = cluster.evaluate("pin => parseFloat(getComputedStyle(pin).outlineWidth)")
    assert outline >= 2
    opened.keyboard.press("Enter")
    opened.wait_for_url(re.compile(r"zoom=([4-9]|1\d)"))
    expect(opened.locator("#shown")).not_to_have_text(before)
    assert opened.evaluate("document.activeElement !== document.body")
    opened.go_back()
    opened.wait_for_url(re.compile(r"zoom=3\b"))
    expect(opened.locator("#live .pin").first).to_be_visible()


@with_options(DESK)
def test_the_address_is_in_step_and_reads_the_same_without_scripts(opened, site, browser):
    opened.goto(f"{site.origin}/map/?country=GB&zoom=5&at=54,-3")
    pins(opened)
    opened.locator("#live").focus()
    opened.keyboard.press("+")
    opened.wait_for_url(re.compile("zoom=6"))
    assert "country=GB" in opened.url
    as_list = opened.locator("#as-list").get_attribute("href")
    assert "bbox=" in as_list
    assert "country=GB" in as_list
    arabic = opened.locator("#languages a[lang=ar]").get_attribute("href")
    assert "zoom=6" in arabic
    names = {plain(name) for _role, name in pins(opened)}
    context = browser.new_context(**WITHOUT)
    other = context.new_page()
    other.goto(opened.url)
    drawn = {
        plain(alt)
        for alt in other.locator("map[name=wide] area").evaluate_all(
            "areas => areas.map(area => area.alt)"
        )
    }
    context.close()
    assert len(names & drawn) >= len(names) // 2


@with_options(WITHOUT)
@pytest.mark.parametrize("language", ["en", "ar", "es", "fr"])
def test_without_scripts_one_presses_the_picture(opened, site, language):
    opened.goto(f"{site.origin}/{language}/map/?zoom=6&at=56,-4")
    area = opened.locator("map[name=wide] area[href*='gb-scottish-detainee-visitors']")
    left, top, right, bottom = map(int, area.get_attribute("coords").split(","))
    picture = opened.locator("img[usemap='#wide']").bounding_box()
    opened.mouse.click(picture["x"] + (left + right) / 2, picture["y"] + (top + bottom) / 2)
    opened.wait_for_url(f"{site.origin}/{language}/programs/gb-scottish-detainee-visitors/")
    assert opened.locator("h1").inner_text() == "Scottish Detainee Visitors"


@with_options(WITHOUT)
def test_from_the_world_to_a_program_by_squares(opened, site):
    opened.goto(site.origin + "/")
    square = opened.locator(".squares a").filter(has_text="D1:")
    words = plain(square.inner_text())
    count = int(re.search(r"(\d+) programs", words).group(1))
    square.click()
    assert f"{count} programs." in opened.locator(".note").first.inner_text()


@with_options(DESK)
def test_where_the_api_fails_the_page_says_so(opened, site):
    opened.route("**/api/v1/map/**", lambda route: route.abort())
    opened.goto(f"{site.origin}/map/?zoom=4&at=50,8")
    opened.get_by_text("The map could not be filled").wait_for()
    assert opened.locator("img[usemap='#wide']").is_visible()
    assert opened.locator(".listed.wide a").count() > 3


@with_options(DESK)
def test_where_the_library_does_not_come_the_drawn_map_stays(opened, site):
    opened.route("**/leaflet*.js", lambda route: route.abort())
    opened.goto(f"{site.origin}/map/?zoom=4&at=50,8")
    assert opened.locator("img[usemap='#wide']").is_visible()
    assert not opened.locator("#live").is_visible()


@with_options({**PHONE, "color_scheme": "dark"})
def test_in_arabic_the_map_is_not_mirrored_and_its_names_are_arabic(opened, site):
    opened.goto(f"{site.origin}/ar/map/?zoom=4&at=50,8")
    names = [name for _role, name in pins(opened)]
    assert any("برامج" in name or "برنامج" in name for name in names)
    assert opened.locator("#live").evaluate("map => getComputedStyle(map).direction") == "ltr"
    tiles = opened.locator("#live img").evaluate_all("all => all.map(one => one.src)")
    assert tiles
    assert all("/map/dark/" in one for one in tiles)


@pytest.mark.parametrize(
    ("path", "options", "limit"),
    [
        ("/", DESK, 60),
        ("/", PHONE, 60),
        ("/programs/", DESK, 60),
        ("/ar/programs/?country=FR", PHONE, 60),
        ("/map/", DESK, 150),
        ("/map/?zoom=5&at=50,8", DESK, 150),
        ("/map/?zoom=4&at=50,8&show=both", PHONE, 150),
    ],
)
def test_the_first_load_is_light(browser, site, path, options, limit):
    """Everything that comes over the line, headers too, for somebody who was never here."""
    context = browser.new_context(**options)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    weights = []
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    page.goto(site.origin + path, wait_until="networkidle")
    context.close()
    assert len(weights) > 5
    assert sum(weights) <= limit * KILO, (path, sum(weights))


@with_options(DESK)
def test_names_are_offered_while_one_types(opened, site):
    opened.goto(site.origin + "/")
    box = opened.locator("#q")
    box.press_sequentially("dungav")
    opened.locator("datalist option").first.wait_for(state="attached")
    offered = opened.locator("datalist option").evaluate_all("all => all.map(one => one.value)")
    assert any("Dungavel" in one for one in offered)
    assert any("Scottish Detainee Visitors" in one for one in offered)
    assert opened.complaints == []
