"""Words of sources on pages in another language: marked with theirs, and its direction."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.utils import timezone

from frontend.templatetags.gazetteer import spoken, told_by
from tests.factories import (
    make_access,
    make_country,
    make_event,
    make_facility,
    make_listing,
    make_rule,
)

pytestmark = pytest.mark.django_db
VOID = {"meta", "link", "br", "use", "input", "img", "hr"}


class Languages(HTMLParser):
    """Collects every text of a page with the language and direction that hold there."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str, str]] = [("", "", "")]
        self.texts: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        _tag, lang, way = self.open[-1]
        if tag not in VOID:
            self.open.append((tag, given.get("lang", lang) or "", given.get("dir", way) or ""))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.texts.append((data.strip(), *self.open[-1][1:]))


def told_on(client, path: str) -> list[tuple[str, str, str]]:
    """Each text of a page that was put in as SOURCE ..., with its language and direction."""
    parser = Languages()
    parser.feed(client.get(path).content.decode())
    return [text for text in parser.texts if "SOURCE" in text[0]]


@pytest.fixture
def land():
    """A country with a statement, a law, a rule without place, and an entry in its ledger."""
    land = make_country("FR", right_statement="SOURCE right")
    make_access(
        "FR",
        statement="SOURCE law",
        legal_basis="SOURCE basis",
        authorisation_needed="SOURCE asked",
    )
    make_event(country=land, statement="SOURCE entry", facility_name="SOURCE All centres")
    wrong = make_event(country=land, statement="SOURCE wrong")
    make_event(country=land, statement="SOURCE right entry", supersedes=wrong)
    return land


def rule_of_all_words(**values):
    make_rule(
        days_hours="SOURCE hours",
        id_required="SOURCE id",
        items_barred=["SOURCE item", "SOURCE thing"],
        minors="SOURCE minors",
        transport="SOURCE way",
        note="SOURCE note",
        **values,
    )


def test_every_word_of_a_source_is_marked_on_an_arabic_page(client, land):
    rule_of_all_words(facility=None, country=land)
    place = make_facility(
        slug="place",
        note="SOURCE remark",
        licence="SOURCE licence",
        kind_source_value="SOURCE kind",
    )
    rule_of_all_words(facility=place)
    make_event(facility=place, statement="SOURCE event")
    make_listing(
        slug="program",
        note="SOURCE remark",
        as_of="2020",
        as_of_basis="SOURCE basis",
        services_source=["SOURCE service"],
        contact={"hours": "SOURCE hours", "note": "SOURCE note"},
    )
    counts = {"/": 4, "/countries/FR/": 16, "/facilities/place/": 11, "/programs/program/": 5}
    for path, least in counts.items():
        told = told_on(client, f"/ar{path}")
        assert len(told) >= least, (path, told)
        assert {text[1:] for text in told} == {("en", "ltr")}, (path, told)
        plain = client.get(f"/en{path}").content.decode()
        assert 'lang="en" dir="ltr"' not in plain.partition(">")[2].partition("<main")[2]


def test_the_language_is_that_of_the_row(client):
    make_country("FR", right_statement="SOURCE")
    country = make_country("FR")
    country.text_language = "fa"
    assert spoken(country) == ' lang="fa" dir="rtl"'
    assert told_by("<b>", country) == '<span lang="fa" dir="rtl">&lt;b&gt;</span>'
    country.text_language = ""
    assert spoken(country) == ' lang="" dir="auto"'
    country.text_language = "en"
    assert spoken(country) == ""
    assert told_by("<b>", country) == "<b>"
    assert told_by("", country) == ""


def test_short_remarks_of_a_group_are_in_a_language_that_nobody_stated(client):
    today = timezone.localdate()
    make_listing(
        slug="own", claim="own", confirmed_on=today, contact={"hours": "SOURCE", "phone": "1"}
    )
    assert told_on(client, "/ar/programs/own/") == [("SOURCE", "", "auto")]
    assert told_on(client, "/programs/own/") == [("SOURCE", "", "auto")]
