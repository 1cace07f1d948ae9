"""From a request to an answer, with scripts off: two groups in two countries, one reads Arabic."""

from __future__ import annotations

import pytest

from tests.journeys.corresponding import ask_them, come_in, group_of

pytestmark = pytest.mark.journey

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PHONE = {"viewport": {"width": 390, "height": 800}, "java_script_enabled": False}


@pytest.fixture
def two(browser, site):
    """Two people on phones without scripts, each with a group: one in English, one in Arabic."""
    found = []
    for country, name, language in (("GB", "Harbour", "en"), ("MA", "Marsa", "ar")):
        slug, link = group_of(site, country, name)
        page = browser.new_context(**PHONE).new_page()
        come_in(page, site, slug, link, name, language)
        found.append((slug, page))
    yield found
    for _slug, page in found:
        page.context.close()


def test_a_request_is_read_accepted_and_answered(site, two):
    (_one, harbour), (marsa_slug, marsa) = two
    here = ask_them(
        harbour, site, marsa_slug, "People who arrive by ferry", "Do you visit them in the port?"
    )
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
