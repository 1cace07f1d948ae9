"""A group as a team in a real browser: invited by mail, let in, given a role, locked down."""

import email
import email.policy
import itertools
import json
import re

import pytest

from tests.journeys import looking
from tests.journeys.guarded import until
from tests.journeys.looking import OVERFLOW, SMALL_TARGETS

pytestmark = pytest.mark.journey
numbers = itertools.count(1)
PHONE = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}
DESK = {"viewport": {"width": 1280, "height": 900}}
LINK = re.compile(r"http://\S+/account/invitation/[\w-]+/")
PARTS = (
    "",
    "members/",
    "invite/",
    "audit/",
    "settings/",
    "settings/card/",
    "settings/lock/",
    "settings/leave/",
    "settings/delete/",
)


@pytest.fixture
def team(site):
    """A new verified group, its path, and a link that signs its owner in once."""
    number = next(numbers)
    done = site.command(
        "create_organization",
        *("--name", f"Team {number}", "--country", "GB", "--verified", "--json"),
        *("--owner-email", f"owner{number}@example.org"),
    )
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    link = made["owner"]["sign_in_link"].split("/account/")[1]
    return f"/desk/{made['organization']['slug']}/", f"{site.origin}/account/{link}", number


def enter(page, link):
    page.goto(link)
    page.locator("main form button").click()


def links_in_mails(site, address):
    found = []
    for path in (site.data_dir / "mail").glob("*"):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if mail["To"] == address:
            found += LINK.findall(mail.get_body(("plain",)).get_content())
    return found


def invite(page, site, path, address, role):
    page.goto(site.origin + path + "invite/")
    page.locator("[name=email]").fill(address)
    page.locator("[name=role]").select_option(role)
    page.get_by_role("button", name="Send the invitation").click()
    until(lambda: links_in_mails(site, address), seconds=90)
    return links_in_mails(site, address)[-1]


@pytest.mark.parametrize("opened", [PHONE], indirect=True, ids=["phone without scripts"])
def test_somebody_is_invited_and_works_with_the_group(opened, site, team, browser):
    path, link, number = team
    enter(opened, link)
    address = f"noor.team{number}@example.org"
    offer = invite(opened, site, path, address, "editor")

    guest = browser.new_context(**PHONE).new_page()
    guest.goto(offer)
    guest.goto(offer)
    assert f"Team {number}" in guest.locator("main").inner_text()
    assert address not in guest.content()
    guest.locator("[name=display_name]").fill("Noor")
    guest.locator("[name=password]").fill("quiet harbour lantern")
    guest.get_by_role("button", name="Make the account and join").click()
    assert guest.url == site.origin + path
    assert "Your role here: Editor" in guest.locator("main").inner_text()
    assert guest.goto(offer).status == 410

    opened.goto(site.origin + path + "members/")
    opened.get_by_role("link", name="Change the role of Noor").click()
    opened.locator("[name=role]").select_option("coordinator")
    opened.get_by_role("button", name="Give this role").click()
    assert "The role was changed." in opened.locator("main").inner_text()

    guest.goto(site.origin + path + "settings/lock/")
    guest.get_by_role("button", name="Lock the group down").click()
    assert guest.goto(site.origin + path).status == 404
    opened.goto(site.origin + path + "members/")
    assert opened.url == site.origin + path + "resting/"
    opened.get_by_role("button", name="End the lock-down").click()
    guest.goto(site.origin + path)
    assert "Your role here: Coordinator" in guest.locator("main").inner_text()
    guest.context.close()
    assert opened.foreign == []
    assert opened.complaints == []


@pytest.mark.parametrize("opened", [DESK], indirect=True, ids=["desktop"])
def test_a_group_is_deleted_and_brought_back(opened, site, team):
    path, link, number = team
    enter(opened, link)
    opened.goto(site.origin + path + "settings/delete/")
    opened.get_by_role("button", name="Delete the group").click()
    assert opened.url == site.origin + path + "resting/"
    assert opened.goto(f"{site.origin}{path}audit/").url == site.origin + path + "resting/"
    opened.get_by_role("button", name="Undo the deletion").click()
    assert opened.url == site.origin + path
    assert f"Team {number}" in opened.locator("h1").inner_text()


def faults(page, options):
    """What axe finds; it works by scripts and finds nothing without them."""
    if not options.get("java_script_enabled", True):
        return []
    return looking.faults(page)


@pytest.mark.parametrize(
    ("opened", "options"),
    [
        pytest.param(options, options, id=name)
        for name, options in (
            ("phone without scripts", PHONE),
            ("narrow phone", {"viewport": {"width": 320, "height": 800}}),
            ("desktop in the dark", {**DESK, "color_scheme": "dark"}),
        )
    ],
    indirect=["opened"],
)
def test_every_page_of_the_team_reads_from_either_side(opened, options, site, team, browser):
    path, link, number = team
    enter(opened, link)
    offer = invite(opened, site, path, f"noor.team{number}@example.org", "member")
    opened.goto(site.origin + path + "members/")
    member = opened.locator("a.act").first.get_attribute("href")
    own = [path + part for part in PARTS] + [member]
    for language in ("", "/ar"):
        for one in own:
            assert opened.goto(f"{site.origin}{language}{one}").status == 200, one
            assert opened.locator("h1").count() == 1, one
            assert opened.evaluate(OVERFLOW) <= 0, (language, one)
            assert opened.evaluate(SMALL_TARGETS) == [], (language, one)
            assert faults(opened, options) == [], (language, one)
    guest = browser.new_context(**options).new_page()
    for language in ("", "/ar"):
        for status, one in ((200, offer), (410, f"{site.origin}/account/invitation/x/")):
            answer = guest.goto(one.replace(site.origin, site.origin + language))
            assert answer.status == status
            assert guest.evaluate(OVERFLOW) <= 0
            assert faults(guest, options) == []
    guest.context.close()
    assert opened.foreign == []
    assert opened.complaints == []
