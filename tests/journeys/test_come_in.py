"""From the first form to a public program: a group, a steward who asks back, and the public."""

import itertools
import json

import pytest

from tests.journeys.looking import OVERFLOW
from tests.journeys.test_ways_in import DESK, PHONE, answer, begin, press

pytestmark = pytest.mark.journey
numbers = itertools.count(1)
WHY = "Two of us have known them for years."


@pytest.fixture
def steward(site, browser):
    """A page in which a new steward is signed in; without scripts."""
    done = site.command("create_steward", f"--email=keeper{next(numbers)}@example.org", "--json")
    assert done.returncode == 0, done.stderr
    context = browser.new_context(base_url=site.origin, **PHONE)
    page = context.new_page()
    page.goto("/account/" + json.loads(done.stdout)["sign_in_link"].split("/account/")[1])
    press(page)
    yield page
    context.close()


def opens(steward, name):
    """The screen on which one group's application is decided."""
    steward.goto("/steward/applications/")
    steward.locator("main .waits li", has_text=name).get_by_role("link").first.click()
    assert not steward.evaluate(OVERFLOW)


@pytest.mark.parametrize(
    ("opened", "language"),
    [(PHONE, "ar"), (DESK, "en")],
    indirect=["opened"],
    ids=["phone-ar", "desk-en"],
)
def test_a_group_is_asked_back_approved_and_publishes(opened, site, browser, steward, language):
    name = f"Quay Walkers {language}{next(numbers)}"
    begin(opened, site, f"/{language}/join/", name=name, country="GB")
    answer(opened)
    opened.locator('form[action$="/send/"] button').click()
    slug = opened.url.split("/desk/")[1].split("/")[0]
    assert site.get(f"/organizations/{slug}/").status == 404

    steward.goto("/steward/")
    assert steward.get_by_text(name).first.is_visible()
    opens(steward, name)
    steward.locator('[name="ask-question"]').fill("Who lets you in?")
    steward.locator("section[aria-labelledby=back] button").click()

    opened.goto(f"{site.origin}/{language}/desk/{slug}/application/")
    assert opened.get_by_text("Who lets you in?").is_visible()
    opened.locator('form[action$="/note/"] [name=body]').fill("The chaplain of the centre.")
    opened.locator('form[action$="/note/"] button').click()

    opens(steward, name)
    assert steward.get_by_text("The chaplain of the centre.").is_visible()
    steward.locator('[name="approve-public_reason"]').fill(WHY)
    steward.locator("section[aria-labelledby=yes] button").click()

    assert WHY in site.get(f"/en/organizations/{slug}/").text
    opened.goto(f"{site.origin}/{language}/desk/{slug}/programs/new/")
    opened.locator("main form [name=name]").fill(f"{name} on Sundays")
    opened.locator("main form button").last.click()
    opened.goto(f"{site.origin}/{language}/desk/{slug}/programs/")
    opened.locator("main .own-programs a").first.click()
    opened.locator('form[action$="/publish/"] button').first.click()
    # A browser that was not here before: a public page may be kept for 30 seconds.
    public = browser.new_context(base_url=site.origin, **PHONE).new_page()
    public.goto(f"/organizations/{slug}/")
    public.get_by_role("link", name=f"{name} on Sundays").first.click()
    assert public.locator("h1").inner_text() == f"{name} on Sundays"
    public.context.close()
    assert opened.foreign == []


@pytest.mark.parametrize("opened", [PHONE], indirect=True, ids=["phone"])
def test_a_group_is_refused_and_reads_why(opened, site, steward):
    name = f"Refused Walkers {next(numbers)}"
    begin(opened, site, "/en/join/", name=name, country="GB")
    answer(opened)
    opened.locator('form[action$="/send/"] button').click()
    where = opened.url
    opens(steward, name)
    steward.locator('[name="refuse-reason"]').fill("Nobody at this telephone knows you.")
    steward.locator("section[aria-labelledby=no] button").click()
    opened.goto(where)
    assert opened.get_by_text("Nobody at this telephone knows you.").first.is_visible()
    assert opened.locator('form[action$="/send/"]').count() == 0
