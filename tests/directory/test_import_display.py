"""The display rule, folding, names that are certain, and the checks of values."""

import datetime as dt
from datetime import UTC

import pytest
from django.core.exceptions import ValidationError

from directory.models import Country, Facility
from directory.queries.facility_display import Statement, displayed
from directory.queries.import_facilities import FacilityNames
from directory.validators import (
    normalise_language,
    validate_no_person_number,
    validate_public_text,
)
from network.fields import PartialDate
from network.validators import validate_web_address
from network.words.folding import fold

NOW = dt.datetime(2024, 1, 1, tzinfo=UTC)


def claim(as_of=None, author="", later=0, **values):
    date = PartialDate.parse(as_of) if as_of else None
    return Statement(values, NOW + dt.timedelta(days=later), author, {"as_of": date})


@pytest.mark.parametrize(
    ("claims", "capacity"),
    [
        ([claim("2020", capacity=1), claim("2021", capacity=2)], 2),
        ([claim("2021", capacity=1), claim("2021-04", capacity=2)], 2),
        ([claim(None, capacity=1, later=9), claim("1999", capacity=2)], 2),
        ([claim("2020", capacity=1, later=9), claim("2020", "amara", capacity=2)], 2),
        ([claim("2021", capacity=1), claim("2020", "amara", capacity=2)], 1),
        ([claim("2020", capacity=1), claim("2020", capacity=2, later=1)], 2),
        ([claim("2020", capacity=1), claim("2021", capacity=None)], 1),
        ([claim("2020", capacity=0), claim("2019", capacity=5)], 0),
    ],
)
def test_the_newest_then_the_organization_then_the_later_claim(claims, capacity):
    assert displayed(claims)["capacity"] == capacity
    assert displayed(reversed(claims))["capacity"] == capacity


def test_what_belongs_together_comes_from_one_claim():
    old = claim("2020", latitude=1.5, longitude=2.5, precision="exact", status="open")
    new = claim("2021", latitude=None, longitude=None, precision="country", status="unknown")
    shown = displayed([old, new])
    assert (shown["latitude"], shown["longitude"], shown["precision"]) == (1.5, 2.5, "exact")
    # The date shown is that of the status shown.
    assert (shown["status"], str(shown["as_of"])) == ("open", "2020")


def test_a_field_of_which_nobody_speaks_is_left_alone():
    assert displayed([]) == {}
    assert "operator" not in displayed([claim("2020", capacity=1)])


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ökumenische  Beratungsstelle", "okumenische beratungsstelle"),
        ("ĦAL SAFI", "hal safi"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Ježevo", "jezevo"),
        ("面会サポート", "面会サポート"),
        ("ガード", "ガード"),
        ("난민인권센터", "난민인권센터"),
        ("أمن", "امن"),
        ("A\tB\nC", "a b c"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded
    assert fold(fold(text)) == folded


@pytest.fixture
def names(db):
    """One country with places whose names come close to each other, and one more elsewhere."""
    here = Country.objects.create(iso2="GB", names={"en": "here"})
    there = Country.objects.create(iso2="FR", names={"en": "there"})
    places = [
        ("Brook House Immigration Removal Centre", "Crawley"),
        ("Dover Immigration Removal Centre", "Dover"),
        ("Verne (North)", "Portland"),
        ("Lille Centre 1", "Lille"),
        ("Lille Centre 2", "Lille"),
        ("Twin House Detention Centre", "A"),
        ("Twin House Immigration Removal Centre", "B"),
        ("Hill Prison", "C"),
        ("Hill Prison ", "D"),
        ("Shared Removal Centre", "E"),
        ("Other House", "Shared"),
    ]
    for number, (name, town) in enumerate(places):
        Facility.objects.create(slug=f"p-{number}", name=name, locality=town, country=here)
    Facility.objects.create(slug="fr-1", name="Larne House Centre", country=there)
    old = Facility.objects.get(slug="p-0")
    Facility.objects.create(slug="old", name="Old Brook", country=here, merged_into=old)
    return FacilityNames()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("brook house immigration removal centre", "p-0"),
        ("Brook House", "p-0"),
        ("Brook House IRC", "p-0"),
        ("Old Brook", "p-0"),
        ("Verne", "p-2"),
        ("Lille Centre 2", "p-4"),
        ("Dover detention centre", "p-1"),
        ("Dover", "p-1"),
        ("Crawley", "p-0"),
        ("Verne (South wing)", "p-2"),
        ("Verne\uff08North\uff09", "p-2"),
        ("Portland detention centre", "p-2"),
        ("Shared", None),
        ("Shared detention centre", "p-9"),
        ("(Dover)", None),
        ("Lille", None),
        ("Lille Centre", None),
        ("Brook", None),
        ("Brook House and Tinsley House", None),
        ("Twin House", None),
        ("Hill Prison", None),
        ("Larne House", None),
        ("Immigration Removal Centre", None),
        ("", None),
    ],
)
def test_only_a_certain_name_is_a_facility(names, name, slug):
    country = Country.objects.get(iso2="GB")
    found = names.certain(name, country.pk)
    assert (found and Facility.objects.get(pk=found).slug) == slug


@pytest.mark.parametrize(
    ("code", "usual"),
    [
        ("EN", "en"),
        ("zh-hant", "zh-Hant"),
        ("pt_BR", "pt-BR"),
        ("eng", "en"),
        ("gcr", "gcr"),
        ("iw", "he"),
        ("in", "id"),
    ],
)
def test_languages(code, usual):
    assert normalise_language(code) == usual


@pytest.mark.parametrize("code", ["qq", "English", "e", "en-", "en fr", "e\u0301n", ""])
def test_no_languages(code):
    with pytest.raises(ValidationError):
        normalise_language(code)


@pytest.mark.parametrize(
    "text",
    [
        "A123456789",
        "A 12345678",
        "A# 012 345 678",
        "(A-012-345-678)",
        "A 123 456 789",
        "a123456789",
        "a#123456789",
        "A-number 123456789",
        "A number: 123 456 789",
        "Alien Registration Number: 123-456-789",
        "alien number is A123-456-789",
    ],
)
def test_numbers_of_people(text):
    with pytest.raises(ValidationError) as found:
        validate_no_person_number(f"Ask for {text}.")
    assert "345" not in found.value.messages[0]


@pytest.mark.parametrize(
    "text", ["A12", "room A1234", "MA123456789", "A2 2019-2024", "127bis", "a 100 000 000 grant"]
)
def test_other_numbers(text):
    validate_no_person_number(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\u200b", "blank"),
        ("\u3164\u3164", "blank"),
        ("\u2800", "blank"),
        ("\u00a0\u200d\ufe0f", "blank"),
        ("one\u2028two", "control"),
        ("one\u2029two", "control"),
        ("name\U000e0041", "control"),
        ("name\u202e", "bidi"),
    ],
)
def test_texts_of_which_a_part_or_all_is_not_seen(text, code):
    for lines in (False, True):
        with pytest.raises(ValidationError) as refused:
            validate_public_text(text, lines)
        assert refused.value.code == code


@pytest.mark.parametrize(
    "text", ["", "\u0645\u06cc\u200c\u062e\u0648", "a\u200f\u200e", "\u2708\ufe0f", "7"]
)
def test_what_people_write_passes(text):
    validate_public_text(text)


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "http://10.0x7f/",
        "https://e..org/",
        "https://.org/",
        "https://e.org:99999/",
        "https://e.org:0/",
        "https://e.org\\@evil.example/",
        "https://e.org%2e/",
        "https://localhost/",
    ],
)
def test_no_web_addresses(address):
    with pytest.raises(ValidationError) as refused:
        validate_web_address(address)
    assert refused.value.code == "url"


@pytest.mark.parametrize(
    "address",
    ["https://e.org:8080/a?b=1", "https://münchen.example/x", "https://xn--d1acufc.xn--p1ai/"],
)
def test_web_addresses(address):
    validate_web_address(address)
