"""What the preview shows is what publishing makes public: the same reading, nothing beside."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.actions.publishing import publish_program
from directory.enums import Service
from directory.enums.withholding import WITHHOLDABLE
from directory.models import Listing, Program
from directory.queries.cards import card_of
from directory.queries.previews import preview_of
from network.tenancy import Purpose, acting, system
from tests.depth import cases
from tests.directory.desk import VALUES

# Only who writes the row knows these.
STAMPS = {"created_at", "updated_at", "version", "document"}


def shown(listing):
    columns = {
        field.attname: getattr(listing, field.attname)
        for field in Listing._meta.concrete_fields
        if field.name not in STAMPS
    }
    return columns, [(visit.name, visit.facility_id) for visit in listing.visits.all()]


def preview(desk, program):
    with acting(desk.actor("carla")):
        program = Program.objects.select_related("organization").get(pk=program.pk)
        return preview_of(program, card_of(desk.cast.a))


def publish(desk, program):
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=program)
    return Listing.objects.get(pk=program.pk)


def texts(longest):
    text = st.text(st.characters(codec="utf-8", categories=["L", "Nd"]), max_size=longest)
    return st.dictionaries(st.sampled_from(["en", "fr", "ar", "zh-Hant"]), text, max_size=3)


PROGRAMS = st.fixed_dictionaries(
    {
        "names": texts(20).map(lambda names: {"es": "Amigos", **names}),
        "summaries": texts(40),
        "descriptions": texts(40),
        "how_to_join": texts(40),
        "how_to_be_visited": texts(40),
        "status": st.sampled_from(["forming", "active", "paused"]),
        "languages": st.lists(st.sampled_from(["fr", "ar", "sw", "es"]), max_size=3),
        "services": st.lists(st.sampled_from(Service.values), max_size=4),
        "facilities": st.lists(st.sampled_from(["gb-harbour-house", "Old jail", "Pier"])),
        "website": st.sampled_from(["", "https://one.example/", "https://two.example/"]),
        "contact": st.fixed_dictionaries(
            {},
            optional={
                "phone": st.sampled_from(["+44 1", "+44 20 7946 0001"]).filter(
                    lambda p: len(p) > 8
                ),
                "email": st.sampled_from(["a@one.example", "b@two.example"]),
                "note": st.just("Ask"),
            },
        ),
        "capacity": st.sampled_from([{}, {"volunteers": True}, {"languages": ["ar"]}]),
        "withheld": st.lists(st.sampled_from(sorted(WITHHOLDABLE)), max_size=3, unique=True),
        "country": st.sampled_from(["GB", "FR"]),
        "locality": st.sampled_from(["", "Harbourtown"]),
        "point": st.sampled_from([None, {"lat": 51.51, "lon": -0.13}, {"lat": 48.2, "lon": 2.3}]),
    }
)


@pytest.mark.django_db
@settings(
    max_examples=cases(20, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(PROGRAMS, min_size=1, max_size=3))
def test_the_preview_is_the_listing_that_publishing_writes(desk, states):
    with transaction.atomic():
        program = desk.create(**states[0])
        for state in states:
            desk.edit(program, **state)
            before = preview(desk, program)
            assert not before.problems
            assert shown(publish(desk, program)) == shown(before.listing)
            held = desk.held(program)
            assert (held.values if held else {}) == before.waiting
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_is_withheld_or_waits_is_not_in_the_preview(desk):
    program = desk.create()
    publish(desk, program)
    desk.edit(program, website="https://new.example.org/", withheld=["contact", "summaries"])
    found = preview(desk, program)
    assert found.listing.website == VALUES["website"]
    assert found.waiting == {"website": "https://new.example.org/"}
    assert (found.listing.contact, found.listing.summaries) == ({}, {})
    assert found.listing.withheld == ["contact", "summaries"]


@pytest.mark.django_db
def test_a_preview_writes_nothing_and_says_what_is_missing(desk):
    program = desk.create()
    with acting(system(Purpose.OPERATOR)):
        Program.objects.filter(pk=program.pk).update(services=["odd"], languages=["english"])
        type(desk.cast.a).objects.filter(pk=desk.cast.a.pk).update(status="applied")
    before = set(Listing.objects.values_list("pk", flat=True))
    found = preview(desk, program)
    assert [problem.code for problem in found.problems] == ["unverified", "services", "languages"]
    assert set(Listing.objects.values_list("pk", flat=True)) == before
    with acting(system(Purpose.OPERATOR)):
        Program.objects.filter(pk=program.pk).update(country="ZZ")
    assert preview(desk, program).listing is None
