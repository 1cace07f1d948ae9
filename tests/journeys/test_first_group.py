"""The very first group of a node that knows nobody yet: it comes in, and two stewards agree.

On a node of its own, started as the documentation says, in a browser without scripts and with.
"""

import json

import pytest

from tests.journeys.looking import OVERFLOW
from tests.journeys.prepared import served_empty
from tests.journeys.test_ways_in import DESK, PHONE, answer, begin, press

pytestmark = pytest.mark.journey
WHY = "One of us has known them for years."


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A node with the countries of the world and nothing else."""
    with served_empty(tmp_path_factory, "first") as served:
        done = served.command("import_countries", "directory/sample/countries.csv", "--json")
        assert done.returncode == 0, done.stderr
        yield served


@pytest.fixture(scope="module")
def stewards(site, browser):
    """The pages of two stewards."""
    found = []
    for name in ("dov", "sade"):
        done = site.command("create_steward", f"--email={name}@example.org", "--json")
        assert done.returncode == 0, done.stderr
        page = browser.new_context(base_url=site.origin, **PHONE).new_page()
        page.goto("/account/" + json.loads(done.stdout)["sign_in_link"].split("/account/")[1])
        press(page)
        found.append(page)
    yield found
    for page in found:
        page.context.close()


def apply(page, site, language, name):
    """From the first form to the application that was sent; the group's slug."""
    begin(page, site, f"/{language}/join/", name=name, country="GB")
    slug = page.url.split("/desk/")[1].split("/")[0]
    answer(page)
    page.locator('form[action$="/send/"] button').click()
    assert site.get(f"/organizations/{slug}/").status == 404
    return slug


def approve(steward, name, reason=""):
    steward.goto("/steward/applications/")
    steward.locator("main .waits li", has_text=name).get_by_role("link").first.click()
    steward.locator('[name="approve-public_reason"]').fill(reason)
    steward.locator("section[aria-labelledby=yes] button").click()
    assert steward.locator(".notes .ok").is_visible()


@pytest.mark.parametrize("opened", [PHONE], indirect=True, ids=["phone-ar"])
def test_the_first_group_is_let_in_by_two_stewards(opened, site, stewards):
    first, second = stewards
    name = "First Walkers"
    assert opened.goto(f"{site.origin}/ar/").status == 200
    assert not opened.evaluate(OVERFLOW)
    slug = apply(opened, site, "ar", name)
    # There is nobody who could vouch, and the page says that none is needed.
    opened.goto(f"{opened.url}vouchers/")
    assert opened.locator("main [name=group]").count() == 0
    assert opened.locator("main .empty").count() == 1
    assert not opened.evaluate(OVERFLOW)

    approve(first, name)
    assert site.get(f"/organizations/{slug}/").status == 404
    first.locator("main .waits li", has_text=name).get_by_role("link").click()
    assert first.get_by_text("A second steward must agree.").is_visible()
    assert first.locator("section[aria-labelledby=yes]").count() == 0

    approve(second, name)
    told = site.get(f"/en/organizations/{slug}/").text
    assert name in told
    assert "two stewards" in told.lower()
    assert opened.foreign == []
    assert opened.complaints == []


@pytest.mark.parametrize("opened", [DESK], indirect=True, ids=["desk-en"])
def test_another_is_let_in_by_one_who_says_why_in_public(opened, site, stewards):
    name = "Second Walkers"
    slug = apply(opened, site, "en", name)
    approve(stewards[0], name, WHY)
    assert WHY in site.get(f"/en/organizations/{slug}/").text
    opened.goto(f"{site.origin}/en/desk/{slug}/programs/new/")
    opened.locator("main form [name=name]").fill("Sundays at the gate")
    opened.locator("main form button").last.click()
    opened.goto(f"{site.origin}/en/desk/{slug}/programs/")
    opened.locator("main .own-programs a").first.click()
    opened.locator('form[action$="/publish/"] button').first.click()
    assert "Sundays at the gate" in site.get("/en/programs/").text
    assert opened.foreign == []
    assert opened.complaints == []
