"""Stewards in a real browser: a group comes in on an empty site, with scripts and without."""

import itertools
import json

import pytest

from tests.journeys.looking import OVERFLOW, SMALL_TARGETS, faults

pytestmark = pytest.mark.journey
numbers = itertools.count(1)
PHONE = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}
DESK = {"viewport": {"width": 1280, "height": 900}}
PARTS = ("", "applications/", "objections/", "reports/", "groups/", "stale/", "node/", "log/")


@pytest.fixture
def enter(site):
    """Signs a new steward in."""

    def sign_in(page):
        address = f"steward{next(numbers)}@example.org"
        done = site.command("create_steward", "--email", address, "--json")
        assert done.returncode == 0, done.stderr
        link = json.loads(done.stdout)["sign_in_link"].split("/account/")[1]
        page.goto(f"{site.origin}/account/{link}")
        page.locator("main form button").click()

    return sign_in


@pytest.mark.parametrize("language", ["", "/ar"], ids=["en", "ar"])
@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone-without-scripts", "desk"])
def test_each_page_of_the_desk_is_whole(site, browser, enter, view, language):
    context = browser.new_context(**view)
    page = context.new_page()
    enter(page)
    for part in PARTS:
        answer = page.goto(f"{site.origin}{language}/steward/{part}")
        assert answer.status == 200, part
        if view is DESK:
            assert page.evaluate(OVERFLOW) == 0, part
            assert page.evaluate(SMALL_TARGETS) == [], part
            assert faults(page) == [], part
    context.close()


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone-without-scripts", "desk"])
def test_who_asks_to_be_taken_off_is_off_and_stays_off(site, browser, enter, view):
    slug = {PHONE["viewport"]["width"]: "us-paz-amigos"}.get(
        view["viewport"]["width"], "us-sojourners-visitor-program"
    )
    visitor = browser.new_context(**view).new_page()
    visitor.goto(f"{site.origin}/programs/{slug}/")
    visitor.get_by_role("link", name="Take us off").click()
    visitor.locator("input[name=kind][value=take_off]").check()
    visitor.locator("main form button[type=submit]").click()
    assert "with the stewards" in visitor.locator("h1").inner_text()
    assert visitor.goto(f"{site.origin}/programs/{slug}/").status == 200
    page = browser.new_context(**view).new_page()
    enter(page)
    page.goto(f"{site.origin}/steward/reports/")
    page.locator(".waits li", has_text=slug).get_by_role("link").click()
    decision = page.locator("input[name=decision][value=taken_off]")
    if decision.count():
        decision.check()
    page.locator("section[aria-labelledby=decide] button").click()
    assert site.get(f"/programs/{slug}/").status == 404
    again = site.command("import_programs", "directory/sample/programs.csv", "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["kept"] >= 1
    assert site.get(f"/programs/{slug}/").status == 404
