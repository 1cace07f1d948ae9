"""From "nobody visits here" to a group elsewhere that helps, in a real browser."""

import itertools
import json

import pytest

from tests.journeys.looking import OVERFLOW, faults

pytestmark = pytest.mark.journey
numbers = itertools.count(1)
PHONE = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}
DESK = {"viewport": {"width": 1280, "height": 900}}
BOTH = pytest.mark.parametrize(
    ("opened", "language"),
    [(PHONE, "ar"), (DESK, "en")],
    indirect=["opened"],
    ids=["phone-ar", "desktop-en"],
)
PLACE = "us-adelanto-ice-processing-center"


def group(site, name, country):
    """A verified group, its slug, and a link that signs its owner in once."""
    made = site.command(
        "create_organization",
        *("--name", name, "--country", country, "--verified", "--json"),
        *("--owner-email", f"{name.split()[0].lower()}@example.org"),
    )
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    return told["organization"]["slug"], told["owner"]["sign_in_link"].split("/account/")[1]


@BOTH
def test_the_steps_lead_from_the_first_page_to_the_question(opened, site, language):
    opened.goto(f"{site.origin}/{language}/")
    opened.locator(f"a[href='/{language}/start/']").first.click()
    opened.locator("#f-country").select_option("US")
    opened.locator("main form button").click()
    opened.locator(f"a[href$='place={PLACE}']").click()
    assert opened.locator("ol.steps-long > li").count() == 10
    assert opened.locator("html").get_attribute("dir") == {"en": "ltr", "ar": "rtl"}[language]
    assert not opened.evaluate(OVERFLOW)
    opened.locator("main a.btn").click()
    assert opened.locator("[name=country]").input_value() == "US"
    assert opened.locator("main h1").is_visible()
    assert opened.foreign == []


@BOTH
def test_a_group_finds_one_that_helps_and_both_can_reach_each_other(
    opened, site, browser, language
):
    number = next(numbers)
    mentor, mentor_link = group(site, f"Mentor{number} Visitors", "US")
    asker, asker_link = group(site, f"Asker{number} Visitors", "US")
    helper = browser.new_context(base_url=site.origin, **DESK).new_page()
    helper.goto(f"{site.origin}/account/{mentor_link}")
    helper.locator("main form button").click()
    helper.goto(f"/desk/{mentor}/mentoring/offer/")
    helper.locator("[name=is_open]").select_option("yes")
    helper.locator("[name=text]").fill("We have trained forty visitors.")
    helper.locator("[name=languages]").fill("Spanish, English")
    helper.locator("main form button").click()

    opened.goto(f"{site.origin}/account/{asker_link}")
    opened.locator("main form button").click()
    opened.goto(f"{site.origin}/{language}/desk/{asker}/mentoring/find/?country=US")
    assert not opened.evaluate(OVERFLOW)
    opened.get_by_role("link", name=f"Mentor{number} Visitors").last.click()
    opened.locator("[name=text]").fill("نبدأ في كاليفورنيا" if language == "ar" else "We begin.")
    opened.locator("main form button").click()
    assert opened.locator("[name=contact]").get_attribute("aria-invalid") == "true"
    opened.locator("[name=contact]").fill("begin@example.org")
    opened.locator("main form button").click()
    assert opened.locator(".notes .ok").is_visible()

    helper.goto(f"/desk/{mentor}/mentoring/")
    helper.locator("section[aria-labelledby=received] a").last.click()
    assert helper.get_by_text("begin@example.org").is_visible()
    helper.locator("[name=contact]").fill("0800 123 456")
    helper.locator("button[value=yes]").click()
    assert helper.locator(".notes .ok").is_visible()
    helper.context.close()

    opened.goto(f"{site.origin}/{language}/desk/{asker}/mentoring/")
    assert opened.get_by_text("0800 123 456").is_visible()
    assert not opened.evaluate(OVERFLOW)
    # Where the page may run no scripts axe waits for ever.
    if opened.viewport_size == DESK["viewport"] and language == "en":
        assert faults(opened) == []
