"""Steps that the journeys of signing in share: people with passwords, codes, virtual keys."""

from __future__ import annotations

import itertools
import json
import re
import time

import pyotp

PASSWORD = "seven grey herons at noon"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


_numbers = itertools.count(1)


def owner_of_a_group(site):
    """An owner's address, of a group of her own; the link that lets her in once."""
    slug = f"second-step-{next(_numbers)}"
    email = f"{slug}@example.org"
    answer = site.command(
        *("create_organization", "--name", slug.title(), "--country", "GB"),
        *("--slug", slug, "--owner-email", email, "--verified", "--json"),
    )
    assert answer.returncode == 0, answer.stderr
    return email, json.loads(answer.stdout)["owner"]["sign_in_link"]


def set_password(page, site, link):
    """Come in by a link and choose a password."""
    page.goto(link)
    page.locator("main form button").click()
    page.goto(f"{site.origin}/account/password/")
    page.get_by_label("New password").fill(PASSWORD)
    page.locator("main form button").click()


def sign_out(page, site):
    page.goto(f"{site.origin}/account/")
    page.locator("header form button").click()


def give_password(page, site, email):
    page.goto(f"{site.origin}/account/sign-in/")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form:has(input[name=password]) button").click()


def add_app(page, site):
    """A code app, learnt from the text on the page."""
    page.goto(f"{site.origin}/account/second-factor/code-app/")
    page.locator("main form button").click()
    secret = re.sub(r"\s", "", page.locator("code.secret").inner_text())
    app = pyotp.TOTP(secret)
    page.locator("input[name=code]").fill(app.at(time.time(), counter_offset=-1))
    page.locator("main form button").click()
    return app


def add_passkey(page, site, name=""):
    """A passkey on the virtual key of this page."""
    page.goto(f"{site.origin}/account/second-factor/passkey/")
    page.locator("input[name=name]").fill(name)
    page.locator("main form[data-passkey] button").click()
    page.wait_for_url("**/second-factor/codes/")


def virtual_key(page, **options):
    """A key that Chromium pretends to have; what it holds can be asked for."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": {**KEY, **options}})
    return session, made["authenticatorId"]
