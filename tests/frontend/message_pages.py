"""Steps that the tests of messages share: addresses, and what stands on a page."""

import re

from tests.messaging.talking import read


def at(conversation, part=""):
    return f"/messages/{conversation.pk}/{part}"


def form_of(page, action=""):
    """The hidden fields of the form on a page that has a box to write in."""
    found = re.search(
        rf'<form method="post"[^>]*{action}[^>]*>(?:(?!</form>).)*name="body"', page, re.DOTALL
    )
    assert found, page
    return dict(
        re.findall(r'type="hidden" name="(client_id|seen|thread)" value="([^"]*)"', found[0])
    )


def text_of(answer):
    """The page without the token of its forms."""
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", answer.content.decode())


def bodies(actor, conversation):
    return read(actor, conversation)
