"""Following a place without an account, in a browser without scripts: mails, and their end."""

import csv
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
CONFIRM = re.compile(r"http://\S+/follow/confirm/[\w-]+/")
END = re.compile(r"http://\S+/follow/end/[\w.-]+/")
# Nothing but the clock is moved: the minute in which a mail waits for what else changes is over.
A_MINUTE_LATER = """
import datetime as dt
from django.db.models import F
from directory.models import Follow
from network.project.worker import run_once
from network.tenancy import Purpose, acting, system
run_once()
with acting(system(Purpose.FOLLOW)):
    Follow.objects.exclude(behind_since=None).update(
        behind_since=F("behind_since") - dt.timedelta(minutes=1))
run_once()
"""


def mails_to(site, address):
    """The mails that were sent to an address, oldest first."""
    found = []
    for path in sorted((site.data_dir / "mail").glob("*")):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if mail["To"] == address:
            found.append(mail)
    return found


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


@pytest.fixture
def place(site):
    """A place that nobody else follows: its slug, name and country."""
    answer = site.get(f"/api/v1/facilities/?country=IT&page_size={next(numbers) + 2}")
    found = json.loads(answer.text)["results"][-1]
    return found["slug"], found["name"]


def something_changes(site, folder, slug, name):
    """The operator imports an entry of the ledger."""
    row = {
        "facility_slug": slug,
        "facility_name": name,
        "country": "IT",
        "visitor_category": "volunteer_visitor",
        "status": "suspended",
        "effective_from": "2026-11-02",
        "source_url": "https://news.example/follow",
        "statement": "Volunteers were turned away.",
    }
    path = folder / "events.csv"
    with path.open("w", newline="") as handle:
        writer = csv.DictWriter(handle, fieldnames=list(row))
        writer.writeheader()
        writer.writerow(row)
    done = site.command("import_access_events", str(path), "--json")
    assert json.loads(done.stdout)["created"] == 1, done.stderr


@pytest.mark.parametrize("opened", [PHONE], indirect=True, ids=["phone without scripts"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_somebody_follows_a_place_is_told_and_ends_it(opened, site, place, tmp_path, language):
    slug, name = place
    address = f"esi-{language}@example.org"
    opened.goto(f"{site.origin}/{language}/facilities/{slug}/")
    opened.locator(f"main a[href='/{language}/follow/?facility={slug}']").click()
    opened.locator("[name=email]").fill("esi")
    opened.locator("main button").click()
    assert opened.locator(".has-error [name=email]").input_value() == "esi"
    opened.locator("[name=email]").fill(address)
    opened.locator("main button").click()
    assert opened.url == f"{site.origin}/{language}/follow/asked/?facility={slug}"
    until(lambda: mails_to(site, address), seconds=60)

    (link,) = set(CONFIRM.findall(text_of(mails_to(site, address)[0])))
    assert f"/{language}/follow/confirm/" in link
    opened.goto(link)
    opened.goto(link)
    opened.locator("main button").click()
    assert opened.locator("main form").count() == 0
    something_changes(site, tmp_path, slug, name)
    done = site.command("shell", "-c", A_MINUTE_LATER)
    assert done.returncode == 0, done.stderr
    # The worker of the site may be sending it at this very moment.
    until(lambda: len(mails_to(site, address)) > 1, seconds=90)

    told = mails_to(site, address)[1]
    assert name in text_of(told)
    assert "Volunteers were turned away." in text_of(told)
    assert "https://news.example/follow" in text_of(told)
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    direction = "rtl" if language == "ar" else "ltr"
    assert f'lang="{language}" dir="{direction}"' in told.get_body(("html",)).get_content()
    (end,) = set(END.findall(text_of(told)))
    assert f"/{language}/follow/end/" in end
    for _twice in range(2):
        assert opened.goto(end).status == 200
    opened.locator("main button").click()
    assert opened.locator("main form").count() == 0
    assert opened.goto(end).status == 410
    assert opened.goto(link).status == 410
    assert opened.foreign == []
    assert opened.complaints == []


@pytest.mark.parametrize("opened", [DESK, {**PHONE, "java_script_enabled": True}], indirect=True)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_fit_and_can_be_used_by_everybody(opened, site, place, language):
    slug, _name = place
    for path in (
        f"follow/?facility={slug}",
        "follow/?country=IT",
        "follow/",
        f"follow/asked/?facility={slug}",
        "follow/confirm/x/",
        "follow/end/x/",
    ):
        opened.goto(f"{site.origin}/{language}/{path}")
        assert opened.evaluate(OVERFLOW) == 0, path
        assert opened.evaluate(SMALL_TARGETS) == [], path
        assert faults(opened) == [], path
    assert opened.foreign == []
