"""A group's life at the desk, whole: with scripts and without, in English and in Arabic.

Only what stands on pages in every language is looked for: boxes, addresses and what was typed.
"""

from __future__ import annotations

import itertools

import pytest

from tests.journeys.guarded import until
from tests.journeys.looking import OVERFLOW
from tests.journeys.second_step import (
    PASSWORD,
    add_passkey,
    give_password,
    owner_of_a_group,
    set_password,
    sign_out,
    virtual_key,
)
from tests.journeys.test_team import links_in_mails

pytestmark = pytest.mark.journey

numbers = itertools.count(1)
SIZE = {"viewport": {"width": 390, "height": 844}}
LANGUAGES = {"en": ("/en", "ltr"), "ar": ("/ar", "rtl")}
WAYS = [
    pytest.param({**SIZE, "java_script_enabled": scripts}, language, id=f"{name}-{language}")
    for name, scripts in (("scripts", True), ("plain", False))
    for language in LANGUAGES
]
WITH_SCRIPTS = [pytest.param(SIZE, language, id=language) for language in LANGUAGES]
SAVE = "#editor button[type=submit]"


class Somebody:
    """A page in one language, at one site."""

    def __init__(self, page, site, language):
        self.page, self.site = page, site
        self.prefix, self.direction = LANGUAGES[language]

    def go(self, path):
        """Open an address in the language, and see that it is in it and fits."""
        answer = self.page.goto(self.site.origin + self.prefix + path)
        if answer.status == 200:
            assert self.page.locator("html").get_attribute("dir") == self.direction, path
            assert self.page.evaluate(OVERFLOW) <= 0, path
        return answer.status

    def fill(self, **boxes):
        for name, text in boxes.items():
            self.page.locator(f"#id_{name.replace('__', '-')}").fill(text)

    def send(self, selector="main form button[type=submit]"):
        self.page.locator(selector).first.click()

    def reads(self, text):
        return text in self.page.locator("main").inner_text()


@pytest.fixture
def owner(opened, site, language):
    """An owner with a password, of a group of her own; the address of its desk."""
    email, link = owner_of_a_group(site)
    set_password(opened, site, link)
    one = Somebody(opened, site, language)
    one.email, one.desk = email, f"/desk/{email.partition('@')[0]}/"
    return one


def second_device(owner, browser, language):
    """The owner once more, in another browser."""
    page = browser.new_context(**SIZE).new_page()
    give_password(page, owner.site, owner.email)
    return Somebody(page, owner.site, language)


def joined(owner, browser, options, language):
    """An editor, invited by mail, who has made an account."""
    address = f"whole{next(numbers)}@example.org"
    assert owner.go(f"{owner.desk}invite/") == 200
    owner.fill(email=address)
    owner.page.locator("[name=role]").select_option("editor")
    owner.send()
    until(lambda: links_in_mails(owner.site, address), seconds=60)
    offer = links_in_mails(owner.site, address)[-1].removeprefix(owner.site.origin)
    guest = Somebody(browser.new_context(**options).new_page(), owner.site, language)
    assert guest.go(offer) == 200
    guest.fill(display_name="Noor", password=PASSWORD)
    guest.send()
    assert guest.go(owner.desk) == 200
    return guest


def made(owner):
    """A program in two languages, looked at before it is public, and published."""
    assert owner.go(f"{owner.desk}programs/new/") == 200
    owner.fill(name="Whole Visitors")
    owner.page.locator("#id_country").select_option("GB")
    owner.send()
    slug = owner.page.url.partition("/programs/")[2].partition("/")[0]
    program = f"{owner.desk}programs/{slug}/"
    assert owner.go(f"{program}edit/texts/?beside=ar") == 200
    owner.fill(names__ar="زوار الميناء", summaries__en="First.", summaries__ar="أولا")
    owner.send(SAVE)
    shown = owner.page.locator(".preview").inner_text()
    assert {"/en": "First.", "/ar": "أولا"}[owner.prefix] in shown
    assert owner.go(f"/programs/{slug}/") == 404
    assert owner.go(program) == 200
    owner.send("form[action$='/publish/'] button")
    return slug, program


def collide(owner, guest, program):
    """Both write at once: what differs is chosen, what does not is kept of both."""
    texts = f"{program}edit/texts/"
    assert owner.go(texts) == 200
    assert guest.go(texts) == 200
    guest.fill(summaries__en="Hers.", how_to_join__en="Write to us.")
    guest.send(SAVE)
    owner.fill(summaries__en="Mine.")
    owner.send(SAVE)
    assert owner.page.locator("main fieldset").count() == 1
    assert owner.reads("Hers.")
    assert owner.reads("Mine.")
    owner.page.locator("input[value=mine]").check()
    owner.send()
    owner.go(texts)
    assert owner.page.locator("#id_summaries-en").input_value() == "Mine."
    assert owner.page.locator("#id_how_to_join-en").input_value() == "Write to us."


def promote_and_end(owner, guest):
    """Another role, which holds at once, and the end of the membership, which does too."""
    assert guest.go(f"{owner.desk}invite/") == 403
    assert owner.go(f"{owner.desk}members/") == 200
    member = owner.page.locator("a.act[href*='/members/']").all()
    paths = [one.get_attribute("href") for one in member]
    owner.go(next(p for p in paths if _is_of(owner, p, "Noor")).removeprefix(owner.prefix))
    owner.page.locator("[name=role]").select_option("coordinator")
    owner.send("main form:has([name=role]) button[type=submit]")
    assert guest.go(f"{owner.desk}invite/") == 200
    owner.go(next(p for p in paths if _is_of(owner, p, "Noor")).removeprefix(owner.prefix))
    owner.send("form[action$='/end/'] button")
    assert guest.go(owner.desk) == 404


def _is_of(owner, path, name):
    owner.go(path.removeprefix(owner.prefix))
    return owner.reads(name)


@pytest.mark.parametrize(("opened", "language"), WAYS, indirect=["opened"])
def test_from_the_invitation_to_the_panic(owner, browser, language, request):
    options = request.node.callspec.params["opened"]
    guest = joined(owner, browser, options, language)
    slug, program = made(owner)
    assert guest.go(f"/programs/{slug}/") == 200
    assert guest.page.locator("h1").inner_text() in ("Whole Visitors", "زوار الميناء")
    assert guest.reads({"en": "First.", "ar": "أولا"}[language])
    collide(owner, guest, program)
    promote_and_end(owner, guest)
    other = second_device(owner, browser, language)
    assert other.go(owner.desk) == 200
    assert owner.go("/account/") == 200
    owner.send("form[action$='/sign-out/everywhere/'] button")
    for one in (owner, other):
        one.go(owner.desk)
        assert "/account/sign-in/" in one.page.url
    assert owner.page.foreign == []
    assert owner.page.complaints == []
    for one in (guest, other):
        one.page.context.close()


@pytest.mark.parametrize(("opened", "language"), WITH_SCRIPTS, indirect=["opened"])
def test_a_passkey_confirms_and_when_it_is_lost_a_recovery_code_does(owner, language):
    page, site = owner.page, owner.site
    session, key = virtual_key(page)
    add_passkey(page, site, "Key ring")
    page.locator("main form button").click()
    codes = page.locator(".codes code").all_inner_texts()
    assert owner.go("/account/confirm/?next=/account/profile/") == 200
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/account/profile/")

    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    sign_out(page, site)
    give_password(page, site, owner.email)
    owner.go("/account/sign-in/second/")
    owner.fill(code=codes[0])
    owner.send("main form:has([name=code]) button")
    assert owner.go(owner.desk) == 200
    assert owner.go("/account/confirm/?next=/account/profile/") == 200
    for code, is_right in ((codes[0], False), (codes[1], True)):
        owner.fill(code=code)
        owner.send("main form:has([name=code]) button")
        assert page.url.endswith("/account/profile/") is is_right
    assert page.foreign == []
    assert page.complaints == []
