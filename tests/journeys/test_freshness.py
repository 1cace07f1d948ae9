"""An entry grows old; its group is asked by mail, and says with one button that it is true."""

import datetime as dt
import email
import email.policy
import itertools
import json
import re

import pytest
from django.utils import translation

from frontend.templatetags.atlas import day
from tests.journeys.guarded import until

pytestmark = pytest.mark.journey
numbers = itertools.count(1)
PHONE = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}
LINK = re.compile(r"http://\S+/confirm/[\w-]+/")
# Nothing but the days is moved: the program was confirmed that long ago. Then the reminders of an
# hour are written, sent, and written once more.
LATER = """
import datetime as dt
from django.core.management import call_command
from directory.models import Listing, Program
from network.project.worker import run_once
from network.tenancy import Purpose, acting, system
with acting(system(Purpose.OPERATOR)):
    found = Program.objects.filter(organization__slug={slug!r})
    day = dt.date.today() - dt.timedelta(days={days})
    Listing.objects.filter(pk__in=list(found.values_list("pk", flat=True))).update(
        confirmed_on=day)
    found.update(confirmed_on=day)
call_command("send_reminders")
run_once()
call_command("send_reminders")
"""


@pytest.fixture
def group(site):
    """A verified group: its slug, its owner's address, and a link that signs the owner in."""
    number = next(numbers)
    address = f"remembered{number}@example.org"
    done = site.command(
        "create_organization",
        *("--name", f"Keepers {number}", "--country", "GB", "--verified", "--json"),
        *("--owner-email", address),
    )
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    link = made["owner"]["sign_in_link"].split("/account/")[1]
    return made["organization"]["slug"], address, f"{site.origin}/account/{link}"


def mails_to(site, address):
    found = []
    for path in sorted((site.data_dir / "mail").glob("*")):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        text = mail.get_body(("plain",)).get_content()
        if mail["To"] == address and LINK.search(text):
            found.append((mail, LINK.search(text)[0]))
    return found


def publish_one(page, site, slug, name):
    """A public program of the group; the path of its public page."""
    page.goto(f"{site.origin}/desk/{slug}/programs/new/")
    page.locator("[name=name]").fill(name)
    page.locator("main form button[type=submit]").click()
    page.goto(f"{site.origin}/desk/{slug}/programs/")
    page.locator(".own-programs a").first.click()
    program = page.url
    page.goto(f"{program}edit/contact/")
    page.locator("[name=phone]").fill("+44 20 7946 0000")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(program)
    page.get_by_role("button", name="Publish", exact=True).click()
    path = page.get_by_role("link", name="See the public page").first.get_attribute("href")
    return re.sub(r"^/[a-z]{2}/", "/", path)


def speak(page, site, language):
    page.goto(f"{site.origin}/account/profile/")
    page.locator("[name=display_name]").fill("Noor")
    page.locator("[name=language]").select_option(language)
    page.locator("main form button[type=submit]").click()


def what_is_read(browser, address):
    """What a browser shows that was not here before: a page may be kept for half a minute."""
    reader = browser.new_context(**PHONE)
    page = reader.new_page()
    page.goto(address)
    text = page.locator("main").inner_text()
    reader.close()
    return text


@pytest.mark.parametrize("opened", [PHONE], indirect=True, ids=["phone without scripts"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_old_entry_is_confirmed_without_a_sign_in(opened, site, group, browser, language):
    slug, address, link = group
    opened.goto(link)
    opened.locator("main form button").click()
    public = publish_one(opened, site, slug, f"Quiet Lantern {slug}")
    speak(opened, site, language)
    done = site.command("shell", "-c", LATER.format(slug=slug, days=400))
    assert done.returncode == 0, done.stderr
    # The worker of the site may be faster: there is one mail, whoever wrote and sends it.
    until(lambda: mails_to(site, address), seconds=90)
    ((mail, confirm),) = mails_to(site, address)
    assert f"/{language}/confirm/" in confirm
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    page = f"{site.origin}/{language}{public}"
    before = what_is_read(browser, page)
    reader = browser.new_context(**PHONE).new_page()
    for _scanner in range(2):
        assert reader.goto(confirm).status == 200
    assert f"Quiet Lantern {slug}" in reader.locator("main").inner_text()
    assert "Noor" not in reader.content()
    button = reader.locator("main form button")
    assert button.count() == 1
    assert what_is_read(browser, page) == before

    reader.goto(confirm)
    button.click()
    assert reader.url == confirm
    assert button.count() == 0
    after = what_is_read(browser, page)
    with translation.override(language):
        assert day(dt.datetime.now(tz=dt.UTC).date()) in after
    if language == "en":
        assert "more than a year ago" in before
        assert "more than a year ago" not in after
    # Once more is harmless: there is no button any more.
    assert reader.goto(confirm).status == 200
    reader.context.close()
    assert opened.foreign == []
    assert opened.complaints == []
