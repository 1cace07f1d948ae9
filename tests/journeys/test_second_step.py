"""The second step in a real browser: code apps without scripts, passkeys of a virtual key."""

from __future__ import annotations

import time

import pytest

from tests.journeys.looking import OVERFLOW, faults
from tests.journeys.second_step import (
    add_app,
    add_passkey,
    give_password,
    owner_of_a_group,
    set_password,
    sign_out,
    virtual_key,
)

pytestmark = pytest.mark.journey

FACTORS = "/account/second-factor/"
PLAIN = pytest.param(
    {"viewport": {"width": 390, "height": 800}, "java_script_enabled": False}, id="scripts-off"
)
DESK = pytest.param({"viewport": {"width": 1280, "height": 900}}, id="desktop")
PHONE = pytest.param({"viewport": {"width": 390, "height": 800}}, id="phone")


def is_in(page, site):
    page.goto(f"{site.origin}/account/")
    return page.url == f"{site.origin}/account/"


@pytest.fixture
def keyed(opened, site):
    """Somebody with a passkey on a virtual key, signed out."""
    email, link = owner_of_a_group(site)
    set_password(opened, site, link)
    session, key = virtual_key(opened)
    add_passkey(opened, site, "Key ring")
    sign_out(opened, site)
    return opened, email, session, key


@pytest.mark.parametrize("opened", [PLAIN], indirect=True)
def test_without_scripts_a_code_app_and_recovery_codes_do_all_of_it(opened, site):
    email, link = owner_of_a_group(site)
    set_password(opened, site, link)
    opened.goto(f"{site.origin}{FACTORS}passkey/")
    assert opened.locator("[data-passkey-missing]").is_visible()
    assert opened.locator("form[data-passkey]").is_hidden()
    opened.locator("[data-passkey-missing] a").click()
    assert opened.url.endswith("/code-app/")
    app = add_app(opened, site)
    assert opened.locator("h1").inner_text() == "Recovery codes"
    opened.locator("main form button").click()
    codes = opened.locator(".codes code").all_inner_texts()
    assert len(codes) == 10

    sign_out(opened, site)
    give_password(opened, site, email)
    assert "/sign-in/second/" in opened.url
    assert opened.locator("form[data-passkey]").count() == 0
    opened.locator("input[name=code]").fill("000000")
    opened.locator("main form button").click()
    assert opened.locator(".error").is_visible()
    assert not is_in(opened, site)
    opened.goto(f"{site.origin}/account/sign-in/second/")
    opened.locator("input[name=code]").fill(app.at(time.time()))
    opened.locator("main form button").click()
    assert is_in(opened, site)

    sign_out(opened, site)
    give_password(opened, site, email)
    opened.locator("input[name=code]").fill(codes[3].upper().replace("-", " "))
    opened.locator("main form button").click()
    assert "9 are left" in opened.locator(".note").first.inner_text()
    assert opened.foreign == []
    assert opened.complaints == []


@pytest.mark.parametrize("opened", [DESK, PHONE], indirect=True)
def test_a_passkey_is_made_and_lets_in_with_the_password_and_alone(keyed, site):
    page, email, session, key = keyed
    kept = session.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    assert [(one["rpId"], one["isResidentCredential"]) for one in kept] == [("localhost", True)]
    assert "example.org" not in str(kept)

    give_password(page, site, email)
    assert not is_in(page, site)
    page.goto(f"{site.origin}/account/sign-in/second/")
    assert page.locator("[data-passkey-missing]").is_hidden()
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/desk/**")
    sign_out(page, site)

    page.goto(f"{site.origin}/ar/account/sign-in/?next=/account/profile/")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"{site.origin}/account/profile/")
    assert is_in(page, site)
    assert page.foreign == []
    assert page.complaints == []


@pytest.mark.parametrize("opened", [DESK], indirect=True)
def test_the_same_key_is_not_added_twice(keyed, site):
    page, email, _session, _key = keyed
    give_password(page, site, email)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/desk/**")
    page.goto(f"{site.origin}{FACTORS}passkey/")
    page.locator("main form[data-passkey] button").click()
    page.locator("[data-when=known]").wait_for()
    assert page.locator("main form[data-passkey] button").is_enabled()


@pytest.mark.parametrize("opened", [PHONE], indirect=True)
def test_without_the_owners_finger_nothing_opens_and_the_page_says_so(keyed, site):
    page, _email, session, key = keyed
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.goto(f"{site.origin}/account/sign-in/")
    page.locator("form[data-passkey] button").click()
    page.locator("[data-when=cancelled]").wait_for()
    assert not is_in(page, site)


@pytest.mark.parametrize("opened", [DESK], indirect=True)
def test_a_copied_key_that_fell_behind_is_refused(keyed, site):
    page, email, session, key = keyed
    [kept] = session.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    page.goto(f"{site.origin}/account/sign-in/")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/desk/**")
    sign_out(page, site)
    named = {"authenticatorId": key, "credentialId": kept["credentialId"]}
    session.send("WebAuthn.removeCredential", named)
    session.send("WebAuthn.addCredential", {"authenticatorId": key, "credential": kept})
    page.goto(f"{site.origin}/account/sign-in/")
    page.locator("form[data-passkey] button").click()
    page.locator("form[data-passkey] > .error").wait_for()
    assert not is_in(page, site)
    give_password(page, site, email)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/desk/**")


@pytest.mark.parametrize("opened", [DESK], indirect=True)
def test_at_another_address_of_the_same_machine_the_key_stays_silent(keyed, site):
    page, _email, _session, _key = keyed
    page.goto(f"http://127.0.0.1:{site.port}/account/sign-in/")
    page.locator("form[data-passkey] button").click()
    page.locator("[data-when=failed]").wait_for()
    page.goto(f"http://127.0.0.1:{site.port}/account/")
    assert "/sign-in/" in page.url


@pytest.mark.parametrize("opened", [DESK, PHONE], indirect=True)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_its_pages_fit_and_axe_finds_nothing(opened, site, language):
    email, link = owner_of_a_group(site)
    set_password(opened, site, link)

    def look(path=""):
        if path:
            opened.goto(f"{site.origin}/{language}{path}")
        assert opened.evaluate(OVERFLOW) <= 0, opened.url
        assert faults(opened) == [], opened.url
        rtl = opened.locator("html").get_attribute("dir") == "rtl"
        assert rtl is (language == "ar")

    look(FACTORS)
    look(f"{FACTORS}code-app/")
    opened.locator("main form button").click()
    look(f"{FACTORS}code-app/")
    virtual_key(opened)
    look(f"{FACTORS}passkey/")
    opened.locator("input[name=name]").fill("مفتاح")
    opened.locator("main form[data-passkey] button").click()
    opened.wait_for_url("**/codes/")
    look()
    opened.locator("main form button").click()
    look()
    look(FACTORS)
    opened.locator(".devices a").last.click()
    look()
    sign_out(opened, site)
    look("/account/sign-in/")
    give_password(opened, site, email)
    look("/account/sign-in/second/")
