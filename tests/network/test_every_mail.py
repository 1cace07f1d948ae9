"""Every mail that the product can send, in every language, as text and as HTML."""

import datetime as dt
import html
import re
from html.parser import HTMLParser

import pytest
from django.utils import translation

from directory.actions.following import News, end_token
from directory.actions.reminding.letters import unsubscribing
from directory.models import Follow
from directory.queries.visiting_state import Subject
from frontend.following.letters import news
from frontend.telling.letters import summons
from messaging.actions.telling import Summons
from messaging.queries.waiting import Waiting
from network.actions.letters import Letter, directed, isolated, written_day
from tests.network.letters_of import (
    GROUP,
    PERSON,
    PROGRAM,
    VALUES,
    letters_in_the_source,
    mails_without_a_letter,
)

LANGUAGES = ("en", "es", "fr", "ar")
FOUND = letters_in_the_source()
LINK = re.compile(r"https?://\S+")


class Links(HTMLParser):
    """What stands in HTML: addresses, tags, and the attributes of the first."""

    def __init__(self, text):
        super().__init__()
        self.links, self.tags, self.root = [], [], {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "html":
            self.root = dict(attrs)
        self.links += [value for name, value in attrs if name in ("href", "src")]


def written(one, language):
    return Letter.written(one.compose, language)


def test_they_are_all_found():
    assert len(FOUND) >= 40
    labels = {one.label for one in FOUND}
    assert "frontend.telling.letters._letter" in labels
    # A note of a reader goes as text alone, and is a letter by `carrying._letter`.
    assert mails_without_a_letter() == {"directory.actions.relaying.carrying"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("one", FOUND, ids=lambda one: one.label)
def test_it_is_whole_in_each_language(one, language):
    parts = written(one, language)
    assert parts.subject.strip()
    assert "\n" not in parts.subject
    page = Links(parts.html)
    direction = "rtl" if language == "ar" else "ltr"
    assert (page.root["lang"], page.root["dir"]) == (language, direction)
    # Nothing from elsewhere, nothing that acts.
    assert not {"img", "script", "style", "link", "iframe", "form", "object"} & set(page.tags)
    assert set(page.links) <= set(LINK.findall(parts.text))
    assert all(link.startswith("http://localhost:8000/") for link in page.links), page.links
    # Text is text: what somebody wrote stands in it as they wrote it, and in HTML it is escaped.
    for text in (parts.text, parts.subject):
        assert text == html.unescape(text)
        assert not re.search(r"%\(\w+\)|\{\w+\}(?<!\{SUBJECT\})(?<!\{WHAT\})(?<!\{WORDS\})", text)
        assert "None" not in text
        assert "object at" not in text
        assert "namespace(" not in text
    assert "<b>" not in parts.html
    assert "<Visits>" not in parts.html


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("one", FOUND, ids=lambda one: one.label)
def test_nothing_of_ours_is_left_in_english(one, language):
    with translation.override("en"):
        plain = one.compose()
    with translation.override(language):
        here = one.compose()
    given = {value for value in VALUES.values() if isinstance(value, str)}
    for ours, theirs in zip(_words(plain), _words(here), strict=True):
        assert theirs.strip()
        if ours not in given and not any(ours == f"{value}" for value in given):
            assert ours != theirs


def _words(letter):
    return [one for one in (letter.subject, *letter.paragraphs, letter.label) if one]


def test_what_comes_again_and_again_ends_by_one_click():
    headers = [
        summons(Summons(PERSON, Waiting(messages=1))).headers,
        news(News(Follow(pk=PERSON), Subject(), ())).headers,
        unsubscribing("token"),
    ]
    for one in headers:
        assert one["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert re.fullmatch(r"<http://localhost:8000/[a-z/]+/.+/>", one["List-Unsubscribe"])
    assert end_token(Follow(pk=PERSON)) in headers[1]["List-Unsubscribe"]


def test_a_sentence_that_begins_with_a_name_is_read_in_its_own_direction():
    with translation.override("ar"):
        assert directed("Harbour تدعوك") == "\N{RIGHT-TO-LEFT MARK}Harbour تدعوك"
        assert directed("تدعوك Harbour") == "تدعوك Harbour"
        assert directed("http://localhost:8000/") == "http://localhost:8000/"
        assert directed("") == ""
    with translation.override("en"):
        assert directed("أصدقاء invites you") == "\N{LEFT-TO-RIGHT MARK}أصدقاء invites you"
        assert directed("أصدقاء") == "أصدقاء"


def test_names_and_reasons_in_another_script_keep_to_themselves():
    first, pop = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
    given = {"group": "Who?\nUs.", "day": "14", "number": 3}
    with translation.override("ar"):
        assert isolated(given) == {**given, "group": f"{first}Who?{pop}\n{first}Us.{pop}"}
        assert isolated({"group": "أصدقاء"}) == {"group": "أصدقاء"}
    with translation.override("en"):
        assert isolated(given) == given
        assert isolated({"group": "أصدقاء!"}) == {"group": f"{first}أصدقاء!{pop}"}


def test_what_somebody_wrote_in_another_script_has_its_own_direction_in_html():
    found = next(one for one in FOUND if one.label.endswith("carrying._letter"))
    with translation.override("ar"):
        page = found.compose().as_html()
    assert '<p dir="auto">They wrote: is it still so?' in page
    with translation.override("en"):
        assert "<p>They wrote: is it still so?" in found.compose().as_html()


def test_every_sentence_of_a_letter_isolates_the_names_in_it():
    """In Arabic no Latin name stands bare in a sentence of ours, in any letter."""
    for one in FOUND:
        with translation.override("ar"):
            letter = one.compose()
        for text in (letter.subject, *letter.paragraphs):
            for name in (GROUP, PROGRAM):
                at = text.find(name)
                assert at < 0 or text[:at].endswith("\N{FIRST STRONG ISOLATE}"), (one.label, text)


def test_days_are_written_as_the_pages_write_them():
    with translation.override("en"):
        assert written_day(dt.date(2026, 3, 7)) == "7 March 2026"
    with translation.override("ar"):
        assert "مارس" in written_day(dt.date(2026, 3, 7))
