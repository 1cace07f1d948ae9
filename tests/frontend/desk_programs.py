"""What the tests of the desk of programs share."""

from __future__ import annotations

import re

from directory.actions.publishing import publish_program
from network.tenancy import acting
from tests.signing_in import signed_in

A = "/desk/harbour-visitors/programs/"
ONE = "gb-harbour-visitors/"


def client(desk, name):
    return signed_in(getattr(desk, name, None) or getattr(desk.cast, name))


def publish(desk, program, by="carla"):
    with acting(desk.actor(by)) as actor:
        publish_program(actor, program=desk.fresh(program))


TEXTAREA = r'(?s)<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>'
SELECT = r'(?s)<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>'


def fields(page):
    """What the one form of the editor would send, were nothing typed."""
    html = page.content.decode()
    begin = html.find('id="editor"')
    begin = begin if begin >= 0 else html.index('<form method="post" novalidate')
    form = html[begin:].partition("</form>")[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            found[name[1]] = value[1] if value else ""
        elif name and "checked" in tag:
            found.setdefault(name[1], []).append(value[1])
    found |= dict(re.findall(TEXTAREA, form))
    for name, options in re.findall(SELECT, form):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))
