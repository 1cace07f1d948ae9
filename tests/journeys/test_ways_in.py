"""A group comes in, in a real browser: first step, mail, account, answers, sent; claim by mail."""

import email
import email.policy
import itertools
import json
import re

import pytest

from tests.journeys.guarded import until
from tests.journeys.looking import OVERFLOW, SMALL_TARGETS, faults

pytestmark = pytest.mark.journey
numbers = itertools.count(1)
PHONE = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}
DESK = {"viewport": {"width": 1280, "height": 900}}
BOTH = pytest.mark.parametrize("opened", [PHONE, DESK], indirect=True, ids=["phone", "desk"])
LINK = re.compile(r"http://\S+/join/(?:go-on|prove)/[\w-]+/")
ANSWERS = {
    "about": "We visit every week.",
    "since": "2019",
    "places": "Harbour House",
    "languages": "ar, en",
    "contact": "hello@lantern.example.org",
    "check": "Ask the chaplain.",
    "independence": "Gifts of neighbours.",
}


def links_to(site, address):
    found = []
    for path in sorted((site.data_dir / "mail").glob("*")):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if mail["To"] == address:
            found += LINK.findall(mail.get_body(("plain",)).get_content())
    return found


def link_to(site, address):
    until(lambda: links_to(site, address), seconds=90)
    return links_to(site, address)[-1]


def press(page):
    page.locator("main form button.btn").first.click()


def is_well_made(page):
    assert not page.evaluate(OVERFLOW)
    assert not page.evaluate(SMALL_TARGETS)
    assert faults(page) == []


def begin(page, site, path, **values):
    """Fill in a first step, and open the link of its mail as a scanner, then as a person."""
    address = f"noor{next(numbers)}@example.org"
    page.goto(site.origin + path)
    for name, value in {**values, "person_name": "Noor", "email": address}.items():
        box = page.locator(f"[name={name}]")
        box.select_option(value) if name == "country" else box.fill(value)
    press(page)
    if page.locator("[name=seen]").count():
        press(page)
    assert page.url.endswith("/join/sent/")
    link = link_to(site, address)
    for _scan in range(3):
        assert site.get(link.removeprefix(site.origin)).status == 200
    page.goto(link)
    press(page)
    assert page.url.endswith("/application/")
    return page.url


def answer(page):
    page.locator('a[href$="/answers/about/"]').click()
    for _part in range(3):
        for name, value in ANSWERS.items():
            box = page.locator(f"[name={name}]")
            if box.count():
                box.fill(value)
        press(page)
    assert page.url.endswith("/application/")


@BOTH
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_group_registers_and_sends_its_application(opened, site, language):
    name = f"Zephyr Lantern {next(numbers)}"
    opened.goto(f"{site.origin}/{language}/join/")
    if opened.viewport_size["width"] > 1000:
        is_well_made(opened)
    where = begin(opened, site, f"/{language}/join/", name=name, country="GB")
    answer(opened)
    opened.locator('form[action$="/send/"] button').click()
    assert opened.url == where
    assert opened.locator('a[href$="/answers/about/"]').count() == 0
    assert opened.locator('form[action$="/note/"]').count() == 1
    opened.goto(site.origin + f"/search/?q={name.replace(' ', '+')}")
    assert opened.locator('main a[href*="/zephyr-lantern"]').count() == 0
    assert opened.foreign == []
    assert opened.complaints == []


@BOTH
def test_an_entry_is_claimed_and_proved_by_mail(opened, site):
    slug = claimable_slug(site)
    begin(opened, site, f"/programs/{slug}/claim/", name="Claiming Lantern")
    opened.locator('a[href$="/application/proof/"]').click()
    domain = opened.locator("bdi[dir=ltr]").first.inner_text()
    opened.locator("[name=local_part]").fill("info")
    press(opened)
    link = link_to(site, f"info@{domain}")
    for _scan in range(3):
        assert site.get(link.removeprefix(site.origin)).status == 200
    assert 'value="confirm"' in site.get(link.removeprefix(site.origin)).text
    guest = opened.context.browser.new_context(**PHONE).new_page()
    guest.goto(link)
    press(guest)
    assert guest.locator('[value="confirm"]').count() == 0


def claimable_slug(site):
    """An unclaimed entry of the sample with a website of its own, another each time."""
    taken = next(numbers)
    rows = json.loads(site.get("/api/v1/programs/?claim=unclaimed&page_size=100").text)["results"]
    fit = [one["slug"] for one in rows if (one["website"] or "").endswith(".org/")]
    return fit[taken % len(fit)]
