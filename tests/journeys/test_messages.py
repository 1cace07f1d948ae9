"""From a request to an answer, with scripts off: two groups in two countries, one reads Arabic."""

from __future__ import annotations

import itertools
import json

import pytest

pytestmark = pytest.mark.journey

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PHONE = {"viewport": {"width": 390, "height": 800}, "java_script_enabled": False}
_numbers = itertools.count(1)


def group_of(site, country, name):
    """A verified group with a public card, and the link that lets its owner in once."""
    slug = f"{name.lower()}-talks-{next(_numbers)}"
    answer = site.command(
        *("create_organization", "--name", f"{name} Talks", "--country", country),
        *("--slug", slug, "--owner-email", f"{slug}@example.org", "--verified", "--json"),
    )
    assert answer.returncode == 0, answer.stderr
    return slug, json.loads(answer.stdout)["owner"]["sign_in_link"]


@pytest.fixture
def two(browser, site):
    """Two people on phones without scripts, each with a group: one in English, one in Arabic."""
    found = []
    for country, name, language in (("GB", "Harbour", "en"), ("MA", "Marsa", "ar")):
        slug, link = group_of(site, country, name)
        page = browser.new_context(**PHONE).new_page()
        page.goto(link)
        page.locator("main form button").click()
        page.goto(f"{site.origin}/account/profile/")
        page.locator("input[name=display_name]").fill(name)
        page.locator("select[name=language]").select_option(language)
        page.locator("main form:has(select[name=language]) button").click()
        # Changed once, the card is public: now others find the group.
        page.goto(f"{site.origin}/desk/{slug}/settings/card/")
        page.locator("input[name=name]").fill(f"{name} Visits")
        page.locator("main form:has(input[name=name]) button").first.click()
        found.append((slug, page))
    yield found
    for _slug, page in found:
        page.context.close()


def test_a_request_is_read_accepted_and_answered(site, two):
    (_one, harbour), (marsa_slug, marsa) = two
    harbour.goto(f"{site.origin}/organizations/{marsa_slug}/")
    harbour.locator("a[href*='/messages/new/']").click()
    harbour.locator("input[name=topic]").fill("People who arrive by ferry")
    harbour.locator("textarea[name=body]").fill("Do you visit them in the port?")
    harbour.locator("main form:has(textarea) button").click()
    here = harbour.url
    assert harbour.locator("textarea[name=body]").count() == 0

    marsa.goto(f"{site.origin}/messages/")
    assert marsa.locator("html").get_attribute("dir") == "rtl"
    marsa.locator("main a[href*='/messages/requests/']").first.click()
    marsa.locator(".talk-row a").first.click()
    assert "Do you visit them in the port?" in marsa.locator(".said").inner_text()
    marsa.locator("button[value=accept]").click()
    marsa.locator("textarea[name=body]").fill("نعم، كل أسبوع. متى تأتون؟")
    marsa.locator(".write form button").click()
    assert marsa.locator(".said.mine").bounding_box()["x"] < 60
    assert marsa.evaluate(OVERFLOW) == 0

    harbour.goto(f"{site.origin}/messages/")
    harbour.locator(".talk-row.is-unread a").click()
    assert harbour.url.startswith(here)
    answer = harbour.locator(".said:not(.mine) .body")
    assert answer.get_attribute("lang") == "ar"
    assert answer.evaluate("one => getComputedStyle(one).direction") == "rtl"
    harbour.get_by_role("button", name="Read until here").click()
    assert harbour.locator(".talk-row.is-unread").count() == 0
