"""A coalition and a group in a real browser: asked, accepted, texts lent, and ended."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass

import pytest

from tests.journeys.looking import OVERFLOW
from tests.journeys.test_team import enter

pytestmark = pytest.mark.journey
numbers = itertools.count(1)
PLAIN = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}
ARABIC = {"viewport": {"width": 1280, "height": 900}, "locale": "ar"}


@dataclass
class Made:
    """A group that was just made: its slug, its desk, and a link that signs its owner in once."""

    slug: str
    desk: str
    link: str


def make(site, prefix, name, *more):
    number = next(numbers)
    done = site.command(
        "create_organization",
        *("--name", f"{name} {number}", "--country", "GB", "--verified", "--json"),
        *("--owner-email", f"coalition-journey{number}@example.org", *more),
    )
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    slug = made["organization"]["slug"]
    link = made["owner"]["sign_in_link"].split("/account/")[1]
    return Made(slug, f"{site.origin}{prefix}/desk/{slug}/", f"{site.origin}/account/{link}")


def press(page, selector):
    page.locator(f"main {selector}").first.click()


def looked_at(page, direction):
    assert page.evaluate(OVERFLOW) <= 0
    assert page.locator("html").get_attribute("dir") == direction


@pytest.mark.parametrize(
    ("opened", "direction"),
    [(PLAIN, "ltr"), (ARABIC, "rtl")],
    indirect=["opened"],
    ids=["phone without scripts", "desktop in Arabic"],
)
def test_asked_accepted_lent_and_ended(opened, site, browser, direction):
    settings, prefix = (PLAIN, "") if direction == "ltr" else (ARABIC, "/ar")
    union = make(site, prefix, "Union", "--kind", "coalition")
    group = make(site, prefix, "Members")
    other = browser.new_context(**settings).new_page()
    enter(opened, group.link)
    enter(other, union.link)
    # A coalition is found once it has said something of itself in public.
    other.goto(f"{union.desk}settings/card/")
    other.locator("[name=website]").fill("https://union.example.org/")
    press(other, "form[method=post] button.btn")

    opened.goto(f"{group.desk}programs/new/")
    opened.locator("#id_name").fill(f"Lent {group.slug}")
    opened.locator("#id_country").select_option("GB")
    press(opened, "form button[type=submit]")
    program = opened.url.partition("edit/")[0]
    opened.goto(f"{program}sharing/")
    assert opened.locator("select#coalition").count() == 0

    opened.goto(f"{group.desk}coalitions/ask/?q={union.slug}")
    looked_at(opened, direction)
    press(opened, "form:has([name=slug]) button")
    looked_at(opened, direction)
    assert opened.url == f"{group.desk}coalitions/"

    other.goto(f"{union.desk}coalitions/")
    looked_at(other, direction)
    press(other, "form[action$='accept/'] button")
    assert other.locator(f"main a[href*='/organizations/{group.slug}/']").count() == 1
    other.goto(f"{site.origin}{prefix}/organizations/{union.slug}/")
    looked_at(other, direction)
    assert other.locator(f"#organizations a[href*='{group.slug}']").count() == 1

    opened.goto(f"{program}sharing/")
    opened.locator("select#coalition").select_option(union.slug)
    press(opened, "form:has(select#coalition) button")
    other.goto(f"{union.desk}coalitions/")
    press(other, "a[href*='/programs/granted/']")
    editor = other.url
    assert other.locator("[name^=contact], [name=website], [name^=point]").count() == 0
    other.locator("[name^=summaries-]").first.fill("Written by the union.")
    press(other, "form[method=post]:has([name^=summaries-]) button.btn")
    assert other.url == editor
    looked_at(other, direction)

    opened.goto(f"{group.desk}coalitions/")
    press(opened, "a[href$='/end/']")
    looked_at(opened, direction)
    press(opened, "form button.stop")
    assert opened.url == f"{group.desk}coalitions/"
    assert other.goto(editor).status == 404
    opened.goto(f"{program}edit/texts/")
    assert "Written by the union." in opened.content()
    assert opened.complaints == []
    other.context.close()
