"""The data block of a page, read as a browser reads elements."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from tests.frontend.schema_org import faults


class Scripts(HTMLParser):
    """The script elements of a page: attributes and content; and where the head ends."""

    def __init__(self, page):
        super().__init__()
        self.found, self.in_script, self.in_head = [], False, True
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "script":
            self.in_script = True
            self.found.append([dict(attrs), "", self.in_head])

    def handle_endtag(self, tag):
        if tag == "script":
            self.in_script = False
        if tag == "head":
            self.in_head = False

    def handle_data(self, data):
        if self.in_script:
            self.found[-1][1] += data


def blocks_of(client, path):
    """The data blocks of a page, which are its only scripts without a file."""
    response = client.get(path)
    assert response.status_code == 200, path
    scripts = Scripts(response.content.decode()).found
    blocks = [one for one in scripts if "src" not in one[0]]
    for attributes, _text, in_head in blocks:
        assert attributes == {"type": "application/ld+json"}
        assert in_head
    for attributes, text, _in_head in scripts:
        assert text == "" or "src" not in attributes
    return [json.loads(text) for _attributes, text, _in_head in blocks]


def data_of(client, path):
    (data,) = blocks_of(client, path)
    assert data["@context"] == "https://schema.org"
    assert faults(data) == []
    return data
