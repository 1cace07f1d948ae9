"""A token made at the desk on a phone without scripts, used by a program, and ended."""

from __future__ import annotations

import http.client
import json
import re

import pytest

pytestmark = pytest.mark.journey
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def link(site):
    """A link that signs in the owner of a new group."""
    done = site.command(
        *("create_organization", "--name", "Token Visitors", "--country", "GB", "--json"),
        *("--owner-email", "tokens@example.org"),
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["owner"]["sign_in_link"]


def of_api(site, token, path="me/"):
    return site.get(f"/api/v1/{path}", {"Authorization": f"Bearer {token}"})


def fits(page):
    """Whether nothing is wider than the page; asked of its boxes, since scripts are off."""
    boxes = [one.bounding_box() for one in page.locator("main *").all()]
    return all(box["x"] >= 0 and box["x"] + box["width"] <= 391 for box in boxes if box)


def test_from_the_desk_to_the_api_and_to_the_end(site, browser, link):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="en")
    page = context.new_page()
    page.goto(link)
    page.locator("main button[type=submit]").click()
    page.goto(f"{site.origin}/desk/token-visitors/tokens/")
    page.get_by_role("link", name="Make a token").click()
    page.get_by_role("button", name="Make the token").click()
    assert "Choose at least one." in page.inner_text("main")
    assert fits(page)
    page.get_by_label("Name").fill("Web site")
    page.get_by_label("See who belongs to the group").check()
    page.get_by_role("button", name="Make the token").click()
    assert fits(page)
    token = page.get_by_label("The token Web site").input_value()
    assert re.fullmatch(r"vnt_[\w-]{43}", token)

    said = json.loads(of_api(site, token).body)
    assert (said["organization"], said["scopes"]) == ("token-visitors", ["members:read"])
    members = of_api(site, token, "organizations/token-visitors/members/")
    assert members.status == 200
    assert members.headers["cache-control"] == "no-store"
    assert of_api(site, token, "organizations/token-visitors/programs/").status == 403

    page.reload()  # the browser sends the form again
    assert token not in page.content()
    page.goto(f"{site.origin}/desk/token-visitors/tokens/")
    assert token not in page.content()
    assert page.get_by_role("button", name="End Web site").count() == 1
    page.get_by_role("button", name="End Web site").click()
    assert "That token works no more." in page.inner_text("main")
    assert fits(page)
    assert of_api(site, token).status == 401
    context.close()


def test_a_body_that_is_too_long_is_refused_before_it_is_read(site):
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    connection.putrequest("POST", "/api/v1/organizations/x/programs/")
    for name, value in (("Content-Type", "application/json"), ("Content-Length", "65537")):
        connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()
