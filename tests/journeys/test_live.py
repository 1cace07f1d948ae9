"""Live pages in real browsers: two countries, no connection, a closed browser, a killed server."""

from __future__ import annotations

import itertools
import re
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.benchmarks._killed import Killed
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.journeys.corresponding import accept_them, ask_them, come_in, group_of
from tests.journeys.guarded import until
from tests.journeys.looking import OVERFLOW, STRUCTURE, faults
from tests.journeys.prepared import loaded_copy
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

SECONDS = 90_000
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True}
# What this device keeps of words that were not sent.
KEPT = """async () => {
  const drafts = Object.keys(localStorage).length;
  const found = await new Promise((resolve) => {
    const asked = indexedDB.open("unsent", 1);
    asked.onsuccess = () => resolve(asked.result);
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => resolve(null);
  });
  if (!found) return drafts;
  const rows = await new Promise((resolve) => {
    const asked = found.transaction("texts").objectStore("texts").count();
    asked.onsuccess = () => resolve(asked.result);
  });
  found.close();
  return drafts + rows;
}"""
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """A site that can be killed and started again, and commands beside it."""
    with loaded_copy(tmp_path_factory, "live") as variables:
        process = Killed({**variables, "MESSAGE_BURST": "200", "SOCKET_SWEEP_SECONDS": "5"})
        process.start()
        environment = {**variables, "PORT": str(process.port)}
        folder = Path(variables["DATA_DIR"])
        site = Site(process.port, folder, environment, None, folder.with_suffix(".log"))
        yield SimpleNamespace(process=process, site=site)
        process.end()


@pytest.fixture(scope="module")
def talk(killed, browser, tmp_path_factory):
    """Harbour at a desk, in a browser that keeps its folder; Marsa on a phone, in Arabic."""
    site = killed.site
    folder = tmp_path_factory.mktemp("harbour")
    (one, link), (other, other_link) = (
        group_of(site, "GB", "Harbour"),
        group_of(site, "MA", "Marsa"),
    )
    marsa = browser.new_context(**PHONE).new_page()
    come_in(marsa, site, other, other_link, "Marsa", "ar")
    with harbour_in(browser, folder) as page:
        come_in(page, site, one, link, "Harbour", "en")
        address = ask_them(page, site, other, "People who arrive by ferry", "May we talk?")
        accept_them(marsa, site)
    marsa.complaints = []
    marsa.on("pageerror", lambda error: marsa.complaints.append(str(error)))
    path = address.removeprefix(site.origin)
    found = SimpleNamespace(
        site=site, process=killed.process, marsa=marsa, folder=folder, browser=browser, path=path
    )
    yield found
    marsa.context.close()


@contextmanager
def harbour_in(browser, folder):
    """The first page of a browser that keeps what it knows in a folder."""
    context = browser.browser_type.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=FLAGS, **DESK
    )
    page = context.pages[0]
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def harbour(talk):
    with harbour_in(talk.browser, talk.folder) as page:
        yield page
        assert page.complaints == []
        assert talk.marsa.complaints == []


def open_talk(page, talk):
    """The page of the conversation, with its line to the server open."""
    page.goto(talk.site.origin + talk.path)
    is_open(page)
    page.evaluate("window.sameAsBefore = true")


def is_open(page):
    expect(page.locator("#live")).to_have_attribute("data-line", "open", timeout=SECONDS)


def write(page, words):
    """Write it and send it by the keyboard; the words, which nobody wrote before."""
    words = f"{words} {next(_numbers)}"
    page.locator("textarea[name=body]").fill(words)
    page.locator("textarea[name=body]").press("Control+Enter")
    return words


def stands_once(page, words):
    """Among the lines of the server, not as what is on its way, and not twice."""
    line = page.locator(".said:not(.echo)", has_text=words)
    expect(line).to_have_count(1, timeout=SECONDS)
    expect(page.locator(".echo")).to_have_count(0, timeout=SECONDS)
    assert page.evaluate("window.sameAsBefore") is True
    return line


def unread_at(page, address):
    """How many conversations the list has as unread when it is loaded."""
    page.goto(address)
    return page.locator(".talk-row.is-unread").count()


def test_two_people_see_at_once_what_the_other_writes(talk, harbour):
    marsa = talk.marsa
    open_talk(harbour, talk)
    open_talk(marsa, talk)
    words = write(harbour, "We go there on Fridays")
    stands_once(harbour, words)
    stands_once(marsa, words)
    expect(marsa.locator("#live-said")).to_contain_text("رسالة جديدة من")
    answer = write(marsa, "نعم، كل أسبوع")
    line = stands_once(harbour, answer).locator(".body")
    assert line.get_attribute("lang") == "ar"
    assert line.evaluate("one => getComputedStyle(one).direction") == "rtl"
    expect(harbour.locator("textarea[name=body]")).to_be_focused()
    # Changed by a form in another tab of hers, it is another one here.
    other = harbour.context.new_page()
    other.goto(talk.site.origin + talk.path)
    other.locator(".said.mine", has_text=words).get_by_role("link", name="Change").click()
    other.locator("textarea[name=body]").fill(f"{words}, or on Sundays")
    other.locator("main form:has(textarea) button").first.click()
    expect(marsa.locator(".said", has_text=f"{words}, or on Sundays")).to_be_visible(
        timeout=SECONDS
    )
    other.close()
    # A list of conversations, and the title of the window, are in step.
    inbox = f"{talk.site.origin}/messages/"
    # What she saw come is read, as soon as the server has heard of it.
    until(lambda: unread_at(harbour, inbox) == 0, 60)
    is_open(harbour)
    write(marsa, "هل تأتون؟")
    expect(harbour.locator(".talk-row.is-unread")).to_have_count(1, timeout=SECONDS)
    expect(harbour).to_have_title(re.compile(r"^\(1\) Messages "))
    for page in (harbour, marsa):
        assert faults(page, STRUCTURE) == []
        assert page.evaluate(OVERFLOW) <= 0


def test_what_is_written_without_a_connection_survives_the_browser_and_is_sent_once(talk):
    open_talk(talk.marsa, talk)
    with harbour_in(talk.browser, talk.folder) as harbour:
        open_talk(harbour, talk)
        harbour.context.set_offline(True)
        expect(harbour.locator("#live-bar")).to_contain_text("You are offline", timeout=SECONDS)
        first, second = (write(harbour, words) for words in ("On the train", "In the tunnel"))
        expect(harbour.locator(".echo .state").first).to_have_text("Not sent yet")
        # The same tab comes back ...
        harbour.context.set_offline(False)
        for words in (first, second):
            stands_once(harbour, words)
            stands_once(talk.marsa, words)
        expect(harbour.locator("#live-bar")).to_be_empty()
        harbour.context.set_offline(True)
        expect(harbour.locator("#live-bar")).to_contain_text("You are offline", timeout=SECONDS)
        unsent = write(harbour, "Before the battery went")
        expect(harbour.locator(".echo .state")).to_have_text("Not sent yet")
        harbour.locator("textarea[name=body]").press_sequentially("Half a th")
    # ... or the browser is opened again.
    with harbour_in(talk.browser, talk.folder) as harbour:
        open_talk(harbour, talk)
        assert harbour.locator("textarea[name=body]").input_value() == "Half a th"
        stands_once(harbour, unsent)
        stands_once(talk.marsa, unsent)
        harbour.locator("textarea[name=body]").fill("")
        until(lambda: harbour.evaluate(KEPT) == 0, 30)


def test_a_killed_server_loses_and_doubles_nothing(talk, harbour):
    open_talk(harbour, talk)
    open_talk(talk.marsa, talk)
    talk.process.kill()
    words = write(harbour, "Is anybody there?")
    expect(harbour.locator(".echo .state")).to_have_text("Not sent yet", timeout=SECONDS)
    expect(harbour.locator("#live-bar")).to_contain_text("Reconnecting", timeout=SECONDS)
    talk.process.start()
    stands_once(harbour, words)
    stands_once(talk.marsa, words)
    is_open(harbour)
    expect(harbour.locator("#live-bar")).to_be_empty(timeout=SECONDS)


def looked_at(page, state):
    """Whether anybody looks at the tab, as the browser tells the page."""
    page.evaluate(
        """(state) => {
          Object.defineProperty(document, "visibilityState", { configurable: true, value: state });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def test_a_tab_nobody_looks_at_lets_its_line_go_and_misses_nothing(talk, harbour):
    harbour.clock.install()
    open_talk(harbour, talk)
    open_talk(talk.marsa, talk)
    line = harbour.locator("#live")
    looked_at(harbour, "hidden")
    harbour.clock.fast_forward("04:00")
    words = write(talk.marsa, "قبل أن ينام")
    # For some minutes it still hears, and reads nothing for anybody.
    stands_once(harbour, words)
    harbour.clock.fast_forward("01:30")
    expect(line).to_have_attribute("data-line", "closed", timeout=SECONDS)
    words = write(talk.marsa, "وهو نائم")
    stands_once(talk.marsa, words)
    expect(harbour.locator(".said", has_text=words)).to_have_count(0)
    looked_at(harbour, "visible")
    stands_once(harbour, words)
    is_open(harbour)


def test_who_goes_back_to_a_conversation_finds_it_as_it_is_now(talk):
    context = talk.browser.new_context(**PHONE)
    context.add_cookies(talk.marsa.context.cookies())
    page = context.new_page()
    open_talk(page, talk)
    page.locator("textarea[name=body]").press_sequentially("نصف كلمة")
    page.goto(f"{talk.site.origin}/programs/")
    words = write(talk.marsa, "بينما كان بعيدا")
    page.go_back()
    is_open(page)
    expect(page.locator(".said:not(.echo)", has_text=words)).to_have_count(1, timeout=SECONDS)
    expect(page.locator("textarea[name=body]")).to_have_value("نصف كلمة")
    # Chromium keeps no page of messages whole; as a browser that does puts one away and shows it.
    page.evaluate("window.sameAsBefore = true")
    kept_whole(page, "pagehide")
    expect(page.locator("#live")).to_have_attribute("data-line", "closed")
    words = write(talk.marsa, "وهو محفوظ")
    stands_once(talk.marsa, words)
    expect(page.locator(".said", has_text=words)).to_have_count(0)
    kept_whole(page, "pageshow")
    stands_once(page, words)
    context.close()


def kept_whole(page, what):
    """What a browser tells a page that it puts away whole, or shows again."""
    page.evaluate("what => dispatchEvent(new PageTransitionEvent(what, {persisted: true}))", what)


def test_what_must_be_looked_at_is_asked_and_what_is_lost_is_deleted_here(talk, harbour):
    open_talk(harbour, talk)
    # The form asks, as it does without scripts, and the text is in it.
    harbour.locator("textarea[name=body]").fill("His number is A123456789")
    harbour.get_by_role("button", name="Send", exact=True).click()
    expect(harbour.locator("#id_has_looked")).to_be_visible(timeout=SECONDS)
    assert harbour.locator("textarea[name=body]").input_value() == "His number is A123456789"
    # Signed out everywhere on another device, this one keeps nothing.
    open_talk(harbour, talk)
    harbour.route(
        f"**{talk.path}",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    write(harbour, "This never arrives")
    expect(harbour.locator(".echo .state")).to_have_text("Not sent yet", timeout=SECONDS)
    harbour.locator("textarea[name=body]").press_sequentially("A draft")
    harbour.evaluate("localStorage.setItem('draft of a program', 'Words')")
    assert harbour.evaluate(KEPT) == 3
    other = talk.browser.new_context()
    other.add_cookies(harbour.context.cookies())
    page = other.new_page()
    page.goto(f"{talk.site.origin}/account/")
    page.locator("form[action$='/sign-out/everywhere/'] button").click()
    other.close()
    expect(harbour.locator("#live-bar")).to_contain_text("You were signed out", timeout=SECONDS)
    expect(harbour.locator("textarea, .echo")).to_have_count(0)
    until(lambda: harbour.evaluate(KEPT) == 0, 30)
    # Who leaves has no box any more, in whichever window.
    marsa = talk.marsa
    open_talk(marsa, talk)
    second = marsa.context.new_page()
    second.goto(f"{talk.site.origin}{talk.path}settings/")
    second.locator("button[value=leave]").click()
    expect(marsa.locator("textarea")).to_have_count(0, timeout=SECONDS)
    second.close()
