"""The editor of a program in a real browser: nothing typed is lost, and nothing needs scripts."""

from __future__ import annotations

import itertools
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.looking import OVERFLOW, faults
from tests.journeys.second_step import owner_of_a_group, set_password

pytestmark = pytest.mark.journey

KEPT = "Object.keys(localStorage).length"
PLAIN = pytest.param(
    {"viewport": {"width": 390, "height": 800}, "java_script_enabled": False}, id="scripts-off"
)
DESK = pytest.param({"viewport": {"width": 1280, "height": 900}}, id="desktop")
PHONE = pytest.param({"viewport": {"width": 390, "height": 800}}, id="phone")
numbers = itertools.count(1)


@pytest.fixture
def program(opened, site):
    """The address of a new program of a new group, whose owner is signed in."""
    _email, link = owner_of_a_group(site)
    set_password(opened, site, link)
    opened.goto(f"{site.origin}/desk/")
    if not re.search(r"/desk/[^/]+/", opened.url):
        opened.locator("main a[href*='/desk/']").first.click()
    desk = re.match(r"(.*/desk/[^/]+/)", opened.url)[1]
    opened.goto(f"{desk}programs/new/")
    opened.locator("#id_name").fill(f"Editor Visitors {next(numbers)}")
    opened.locator("#id_country").select_option("GB")
    opened.locator("main form button[type=submit]").click()
    return opened.url.partition("edit/")[0]


def said(page, words):
    expect(page.locator("#saved-at")).to_contain_text(words, timeout=15_000)


@pytest.mark.parametrize("opened", [DESK], indirect=True)
def test_what_is_typed_is_a_draft_at_the_server_and_not_on_the_device(opened, program):
    texts = f"{program}edit/texts/"
    opened.goto(texts)
    opened.locator("#id_summaries-en").fill("Half a sent")
    said(opened, "Draft saved at")
    assert opened.evaluate(KEPT) == 0
    opened.goto(texts)
    assert opened.locator("#id_summaries-en").input_value() == "Half a sent"
    assert "You see your draft" in opened.locator("main").inner_text()
    opened.locator("text=Discard the draft").click()
    assert opened.locator("#id_summaries-en").input_value() == ""
    assert opened.complaints == []
    assert opened.foreign == []


@pytest.mark.parametrize("opened", [DESK], indirect=True)
def test_what_was_saved_is_not_offered_again(opened, program):
    services = f"{program}edit/services/"
    opened.goto(services)
    opened.locator("#id_languages").fill("ENG,Tigrinya, Dari")
    opened.locator("button.btn", has_text="Save").first.click()
    assert "Saved." in opened.locator(".notes").inner_text()
    assert opened.locator("#id_languages").input_value() == "Dari"
    assert opened.get_by_label("English", exact=True).is_checked()
    assert opened.get_by_label("Tigrinya", exact=True).is_checked()
    assert "English, Tigrinya, Dari" in opened.locator(".notes").inner_text()
    assert opened.locator("text=Put it back").count() == 0
    assert opened.evaluate(KEPT) == 0
    # What could not be kept stands in its box and is neither lost nor a draft.
    opened.locator("#id_languages").fill("elvish words")
    opened.locator("button.btn", has_text="Save").first.click()
    assert opened.locator(".errsum").is_visible()
    assert opened.locator("#id_languages").input_value() == "elvish words"


@pytest.mark.parametrize("opened", [PHONE], indirect=True)
def test_nothing_is_lost_without_a_connection(opened, program):
    texts = f"{program}edit/texts/"
    opened.goto(texts)
    opened.context.set_offline(True)
    opened.locator("#id_summaries-en").fill("Typed on the train.")
    said(opened, "You are offline")
    opened.locator("button.btn", has_text="Save").first.click()
    assert opened.url == texts
    # Another tab with the same program must not take for its own what this one keeps.
    other = opened.context.new_page()
    opened.context.set_offline(False)
    said(opened, "Draft saved at")
    opened.context.set_offline(True)
    opened.locator("#id_summaries-en").fill("Typed on the train, before it was closed.")
    said(opened, "You are offline")
    opened.close()
    other.context.set_offline(False)
    other.goto(texts)
    written = "Typed on the train, before it was closed."
    assert other.locator("#id_summaries-en").input_value() == written
    said(other, "Draft saved at")
    assert other.evaluate(KEPT) == 0


@pytest.mark.parametrize("opened", [DESK], indirect=True)
def test_a_late_page_brings_nothing_back_by_itself_and_loses_nothing(opened, program):
    texts = f"{program}edit/texts/"
    opened.goto(texts)
    other = opened.context.new_page()
    other.goto(texts)
    other.locator("#id_how_to_join-en").fill("Write to us.")
    other.locator("button.btn", has_text="Save").first.click()
    assert "Saved." in other.locator(".notes").inner_text()
    opened.locator("#id_how_to_join-en").fill("Call us.")
    said(opened, "could not be saved")
    other.goto(texts)
    assert other.locator("#id_how_to_join-en").input_value() == "Write to us."
    opened.goto(texts)
    assert opened.locator("#id_how_to_join-en").input_value() == "Write to us."
    opened.locator("text=Put it back").click()
    assert opened.locator("#id_how_to_join-en").input_value() == "Call us."
    said(opened, "Draft saved at")


@pytest.mark.parametrize("opened", [PLAIN], indirect=True)
def test_all_of_it_works_without_scripts(opened, program):
    opened.goto(f"{program}edit/texts/?beside=ar")
    opened.locator("#id_names-ar").fill("زوار")
    opened.locator("button.btn", has_text="Save").first.click()
    assert "Saved." in opened.locator(".notes").inner_text()
    box = opened.locator("#id_names-ar")
    assert (box.get_attribute("lang"), box.get_attribute("dir")) == ("ar", "rtl")
    opened.goto(f"{program}edit/place/")
    opened.locator("#id_locality").fill("Crawley")
    opened.locator("#id_precision").select_option("locality")
    opened.locator("button.btn", has_text="Save").first.click()
    assert "Crawley" in opened.locator(".preview").inner_text()
    # Somebody saves while one writes; both are shown and one chooses.
    opened.goto(f"{program}edit/texts/")
    other = opened.context.new_page()
    other.goto(f"{program}edit/texts/")
    other.locator("#id_summaries-en").fill("Hers.")
    other.locator("button.btn", has_text="Save").first.click()
    opened.locator("#id_summaries-en").fill("Mine.")
    opened.locator("button.btn", has_text="Save").first.click()
    assert opened.locator("fieldset").count() == 1
    opened.locator("input[value=mine]").check()
    opened.locator("main form button[type=submit]").click()
    assert opened.locator("#id_summaries-en").input_value() == "Mine."


@pytest.mark.parametrize("opened", [DESK, PHONE], indirect=True)
def test_its_pages_are_usable_by_all(opened, program):
    paths = ["", "edit/texts/?beside=ar", "edit/services/", "edit/contact/", "edit/place/"]
    paths += ["edit/withhold/", "history/", "history/1/", "sharing/", "delete/"]
    lists = program.rstrip("/").rpartition("/")[0]
    origin, _slash, rest = program.partition("/desk/")
    pages = [program + path for path in paths] + [f"{lists}/", f"{lists}/new/"]
    pages += [f"{origin}/ar/desk/{rest}{path}" for path in paths[:2]]
    for address in pages:
        opened.goto(address)
        assert faults(opened) == [], address
        assert opened.evaluate(OVERFLOW) <= 0, address
    assert opened.complaints == []
