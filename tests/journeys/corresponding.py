"""Two people of two groups in two countries, from their first page to a conversation."""

from __future__ import annotations

import itertools
import json

_numbers = itertools.count(1)


def group_of(site, country, name):
    """A verified group with a public card, and the link that lets its owner in once."""
    slug = f"{name.lower()}-talks-{next(_numbers)}"
    answer = site.command(
        *("create_organization", "--name", f"{name} Talks", "--country", country),
        *("--slug", slug, "--owner-email", f"{slug}@example.org", "--verified", "--json"),
    )
    assert answer.returncode == 0, answer.stderr
    return slug, json.loads(answer.stdout)["owner"]["sign_in_link"]


def come_in(page, site, slug, link, name, language):
    """Sign in, choose a name and a language, and make the card of the group public."""
    page.goto(link)
    page.locator("main form button").click()
    page.goto(f"{site.origin}/account/profile/")
    page.locator("input[name=display_name]").fill(name)
    page.locator("select[name=language]").select_option(language)
    page.locator("main form:has(select[name=language]) button").click()
    # Changed once, the card is public: now others find the group.
    page.goto(f"{site.origin}/desk/{slug}/settings/card/")
    page.locator("input[name=name]").fill(f"{name} Visits")
    page.locator("main form:has(input[name=name]) button").first.click()


def ask_them(page, site, slug, topic, words):
    """Write a first message from the page of their group; the address of the conversation."""
    page.goto(f"{site.origin}/organizations/{slug}/")
    page.locator("a[href*='/messages/new/']").click()
    page.locator("input[name=topic]").fill(topic)
    page.locator("textarea[name=body]").fill(words)
    page.locator("main form:has(textarea) button").click()
    return page.url.partition("#")[0]


def accept_them(page, site):
    """Find the request and accept it."""
    page.goto(f"{site.origin}/messages/")
    page.locator("main a[href*='/messages/requests/']").first.click()
    page.locator(".talk-row a").first.click()
    page.locator("button[value=accept]").click()
