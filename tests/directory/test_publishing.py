"""A program becomes public by publishing, without what its group keeps to itself."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.actions.publishing import publish_program, unpublish_program
from directory.enums.withholding import WITHHOLDABLE
from directory.models import (
    Country,
    Facility,
    Listing,
    OrganizationCard,
    Program,
    ProgramFacility,
    ProgramText,
    Suppression,
)
from directory.queries.search import listings_with
from network import events
from network.events import ProgramPublished, ProgramUnpublished, subscribe
from network.models import AuditEntry
from network.permissions import Refused
from network.tenancy import Purpose, acting, system

CANARIES = {
    "capacity": {"note": "canary-capacity"},
    "contact": {"email": "canary-contact@example.org"},
    "languages": ["tlh-canary"],
    "services": ["psychosocial"],
    "website": "https://canary-website.example",
    "locality": "canary-locality",
    "admin1": "canary-admin",
}


def make_program(organization, slug="harbour", **values):
    facility, _ = Facility.objects.get_or_create(
        slug="harbour-house",
        defaults={"name": "Harbour House", "country": Country.objects.get(iso2="GB")},
    )
    program = Program.objects.create(
        organization=organization,
        slug=slug,
        status="active",
        country="GB",
        **{
            "locality": "Harbourtown",
            "latitude": 51.5,
            "longitude": -0.1,
            "precision": "locality",
            "languages": ["fr", "en"],
            "services": ["visits", "legal_referral"],
            **values,
        },
    )
    for language, name in (("en", "Harbour Visitors"), ("fr", "Visiteurs du port")):
        ProgramText.objects.create(
            organization=organization,
            program=program,
            language=language,
            name=name,
            summary=f"canary-summary {language}",
            description=f"canary-description {language}",
            how_to_join=f"canary-join {language}",
            how_to_be_visited=f"canary-visited {language}",
        )
    ProgramFacility.objects.create(
        organization=organization, program=program, facility=facility, name="Harbour House canary"
    )
    return program


@pytest.fixture
def program(cast):
    Country.objects.create(iso2="GB", names={"en": "United Kingdom", "fr": "Royaume-Uni"})
    with acting(cast.actor("amara")):
        return make_program(cast.a)


def everything_public(listing):
    values = [str(getattr(listing, f.attname)) for f in listing._meta.concrete_fields]
    values += [f"{v.name} {v.facility_id}" for v in listing.visits.all()]
    values += [t.value for t in listing.tags.all()]
    values += listing.words.values_list("word", flat=True)
    return "\n".join(values)


def test_only_who_may_publish_publishes(cast, program):
    for name in ("bilal", "edna", "omar", "chiara", "farid", "esi", "dov"):
        with acting(cast.actor(name)) as actor, pytest.raises(Refused):
            publish_program(actor, program=program)
    assert not Listing.objects.exists()


def test_a_published_program_is_its_texts_in_every_language(cast, program):
    with acting(cast.actor("amara")) as amara:
        publish_program(amara, program=program)
    listing = Listing.objects.get()
    assert (listing.pk, listing.claim, listing.slug) == (program.pk, "own", "harbour")
    assert listing.names == {"en": "Harbour Visitors", "fr": "Visiteurs du port"}
    assert (listing.name, listing.name_language) == ("Visiteurs du port", "fr")
    assert listing.summaries["fr"] == "canary-summary fr"
    assert listing.organization == OrganizationCard.objects.get(pk=cast.a.pk)
    assert {(t.kind, t.value) for t in listing.tags.all()} == {
        ("language", "fr"),
        ("language", "en"),
        ("service", "visits"),
        ("service", "legal_referral"),
    }
    for words in ("royaume-uni", "legal referral", "harbour house canary"):
        assert Listing.objects.filter(listings_with(words)).exists(), words
    assert listing.confirmed_on is not None


@pytest.mark.parametrize("field", sorted(WITHHOLDABLE))
def test_what_is_withheld_is_written_nowhere(cast, program, field):
    words = {
        "capacity": ["canary-capacity"],
        "contact": ["canary-contact"],
        "descriptions": ["canary-description"],
        "facilities": ["Harbour House canary", "house"],
        "how_to_be_visited": ["canary-visited"],
        "how_to_join": ["canary-join"],
        "languages": ["tlh-canary", "l:tlh"],
        "point": ["canary-locality", "canary-admin", "51.5", "t:canary locality"],
        "services": ["psychosocial", "s:psychosocial"],
        "summaries": ["canary-summary"],
        "website": ["canary-website"],
    }[field]
    with acting(cast.actor("amara")) as amara:
        Program.objects.filter(pk=program.pk).update(**CANARIES)
        program.refresh_from_db()
        open_text = everything_public(publish_program(amara, program=program))
        assert all(word in open_text for word in words)
        Program.objects.filter(pk=program.pk).update(withheld=[field])
        program.refresh_from_db()
        publish_program(amara, program=program)
    text = everything_public(Listing.objects.get())
    assert not [word for word in words if word in text]
    assert field in Listing.objects.get().withheld


def test_a_withheld_place_says_so(cast, program):
    with acting(cast.actor("amara")) as amara:
        Program.objects.filter(pk=program.pk).update(withheld=["point"])
        program.refresh_from_db()
        listing = publish_program(amara, program=program)
    assert (listing.latitude, listing.longitude, listing.precision) == (None, None, "withheld")


def test_an_unverified_group_is_not_published(cast, program):
    with acting(cast.actor("farid")) as farid:
        of_applicant = make_program(cast.applicant, slug="new")
        with pytest.raises(ValidationError, match="verified"):
            publish_program(farid, program=of_applicant)
    assert not Listing.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"country": "ZZ"}, "country"),
        ({"withheld": ["name"]}, "withheld"),
        ({"slug": "taken-off"}, "suppressed"),
        ({"deleted_at": timezone.now()}, "deleted"),
    ],
)
def test_what_cannot_be_published_says_why(cast, program, change, code):
    with acting(system(Purpose.OPERATOR)):
        Suppression.objects.create(slug="taken-off")
    with acting(cast.actor("amara")) as amara:
        Program.objects.filter(pk=program.pk).update(**change)
        program.refresh_from_db()
        with pytest.raises(ValidationError) as refused:
            publish_program(amara, program=program)
    assert refused.value.code == code
    assert not Listing.objects.exists()


def test_a_program_without_a_name_is_not_published(cast, program):
    with acting(cast.actor("amara")) as amara:
        ProgramText.objects.all().delete()
        with pytest.raises(ValidationError) as refused:
            publish_program(amara, program=program)
    assert refused.value.code == "no_name"


def test_the_unclaimed_entry_that_it_replaces_goes_and_others_stay(cast, program):
    country = Country.objects.get(iso2="GB")
    values = {"claim": "unclaimed", "country": country}
    with acting(system(Purpose.IMPORT)):
        old = Listing.objects.create(slug="harbour", name="Old", **values)
        other = Listing.objects.create(slug="other", name="Other", **values)
    with acting(cast.actor("amara")) as amara:
        Program.objects.filter(pk=program.pk).update(replaces=[str(old.pk)])
        program.refresh_from_db()
        publish_program(amara, program=program)
    assert set(Listing.objects.values_list("pk", flat=True)) == {program.pk, other.pk}


def test_unpublishing_takes_it_away_and_both_are_told_and_audited(
    cast, program, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(events, "_receivers", type(events._receivers)(list))
    heard = []
    subscribe(ProgramPublished, heard.append)
    subscribe(ProgramUnpublished, heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        with acting(cast.actor("amara")) as amara:
            publish_program(amara, program=program)
            unpublish_program(amara, program=program)
            unpublish_program(amara, program=program)
    assert not Listing.objects.exists()
    assert [type(event).__name__ for event in heard] == ["ProgramPublished", "ProgramUnpublished"]
    with acting(system(Purpose.OPERATOR)):
        verbs = list(
            AuditEntry.objects.filter(object_kind="program").values_list("verb", flat=True)
        )
    assert sorted(verbs) == ["program.published", "program.unpublished"]
