"""Notes to a group, without scripts: switched on, confirmed, written, arrived, kept nowhere."""

from __future__ import annotations

import email
import email.policy
import re

import pytest

from tests.journeys.guarded import until
from tests.journeys.plain_browser import PlainBrowser
from tests.journeys.prepared import served_copy
from tests.journeys.searching import all_sent, everything, places_of, tables
from tests.journeys.second_step import owner_of_a_group, set_password

pytestmark = pytest.mark.journey

ADDRESS = "canary-notes-3d71@example.org"
READER = "canary-reader-8a02@example.org"
NAME = "Canary Esi 55f1"
TEXTS = {"en": "Canary note 6b1e of a reader", "ar": "ملاحظة الكناري 9c4d من قارئة"}
PHONE = {"width": 390, "height": 800}
NOTES_A_DAY = 20


def mails_to(site, address):
    """The mails to somebody, the oldest first."""
    paths = sorted((site.data_dir / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns)
    read = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths
    ]
    return [one for one in read if one["To"] == address]


def arrived(site, address, number):
    """The newest mail, once there are so many."""
    until(lambda: len(mails_to(site, address)) >= number, seconds=90)
    return mails_to(site, address)[-1]


def body_of(mail):
    return mail.get_body(("plain",)).get_content()


def write_a_program(page, site):
    """A program of a new group; its address at the desk."""
    _email, link = owner_of_a_group(site)
    set_password(page, site, link)
    page.goto(f"{site.origin}/desk/")
    if not re.search(r"/desk/[^/]+/", page.url):
        page.locator("main a[href*='/desk/']").first.click()
    desk = re.match(r"(.*/desk/[^/]+/)", page.url)[1]
    page.goto(f"{desk}programs/new/")
    page.locator("#id_name").fill("Canary Relay Visitors")
    page.locator("#id_country").select_option("GB")
    page.locator("main form button[type=submit]").click()
    return page.url.partition("edit/")[0]


def publish(page, site, program):
    """Published after its address was confirmed, it can be written to from the first."""
    page.goto(program)
    page.locator("main form[action$='/publish/'] button").click()
    slug = re.search(r"/programs/([^/]+)/", page.url)[1]
    page.goto(f"{site.origin}/programs/{slug}/")
    assert page.locator(f"a[href$='/programs/{slug}/contact/']").count() == 1
    return f"/programs/{slug}/"


def switch_on(page, site, program):
    """The desk asks, the mail is opened, its button confirms."""
    page.goto(f"{program}relay/")
    page.locator("#id_email").fill(ADDRESS)
    page.locator("main form:has(#id_email) button[type=submit]").click()
    assert ADDRESS in page.locator("main").inner_text()
    link = re.search(r"http\S+/contact/confirm/\S+", body_of(arrived(site, ADDRESS, 1)))[0]
    page.goto(link)
    page.locator("main form button").click()


def write(page, site, public, code):
    """From the page of the program in one language to the thanks."""
    page.goto(f"{site.origin}/{code}{public}")
    assert page.locator("html").get_attribute("dir") == ("rtl" if code == "ar" else "ltr")
    page.locator(f"a[href='/{code}{public}contact/']").first.click()
    page.locator("#id_text").fill("A 123 456 789")
    page.locator("main form button[type=submit]").click()
    # It is asked about; another text is not.
    assert page.locator("input[name=has_looked]").count() == 1
    page.locator("#id_text").fill(TEXTS[code])
    page.locator("#id_name").fill(NAME)
    page.locator("#id_answer").fill(READER)
    page.locator("main form button[type=submit]").click()
    assert page.url.endswith(f"/{code}{public}contact/sent/")
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0


def use_up(site, public, left):
    """A day's notes, and the page that says that there were enough."""
    reader = PlainBrowser(site.port)
    for _number in range(left):
        assert reader.send(f"{public}contact/", text="Hello", language="en").status == 303
    full = reader.send(f"{public}contact/", text="One too many", language="en")
    assert full.status == 429
    assert "enough notes for today" in full.text
    assert "One too many" in full.text


def test_a_note_arrives_and_nothing_of_it_stays(tmp_path_factory, browser):
    with served_copy(tmp_path_factory, "relay") as site:
        context = browser.new_context(viewport=PHONE, java_script_enabled=False)
        page = context.new_page()
        program = write_a_program(page, site)
        switch_on(page, site, program)
        public = publish(page, site, program)
        context.clear_cookies()
        for number, code in enumerate(TEXTS):
            write(page, site, public, code)
            note = arrived(site, ADDRESS, number + 2)
            assert TEXTS[code] in body_of(note)
            assert note["Reply-To"] == READER
        context.close()
        use_up(site, public, NOTES_A_DAY - len(TEXTS))
        until(lambda: all_sent(site), seconds=90)
        assert ADDRESS in tables(site, "directory_relay")["directory_relay"]
        assert site.interrupt() == 0
        found = everything(site)
    for mark in (*TEXTS.values(), READER, NAME):
        assert places_of(mark, found) == {"var/mail"}, mark
