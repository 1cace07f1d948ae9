"""A group that is not verified yet is nowhere: no surface and no role but its own finds it."""

import pytest
from django.db import connection
from django.test import Client

from directory.actions.applying import (
    answer_stewards,
    ask_vouch,
    give_vouch,
    send_proof,
    submit_application,
    take_first_step,
)
from directory.enums import ApplicationKind
from directory.models import (
    Application,
    ApplicationNote,
    DomainProof,
    FirstStep,
    Objection,
    OrganizationCard,
    Vouch,
)
from directory.queries.vouches import vouches_asked_of
from network.models import Person
from network.tenancy import acting, visitor
from tests.factories import make_card, make_country, make_listing
from tests.frontend.joined import FIRST, begin
from tests.isolation.asking import ask, ask_all
from tests.network.members import OPERATOR, join
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
MARK = "zqpending"
ROLES = ("amara", "bilal", "edna", "omar", "chiara", "dov", "farid")
PAGES = (
    "/desk/",
    "/desk/harbour-visitors/",
    "/desk/harbour-visitors/vouches/",
    "/desk/harbour-visitors/audit/",
    "/desk/visiteurs-du-port/",
    "/desk/new-visitors/",
    "/account/",
    f"/organizations/{MARK}-group/",
    f"/desk/{MARK}-group/",
    f"/desk/{MARK}-group/application/",
    f"/desk/{MARK}-group/programs/",
    f"/api/v1/organizations/{MARK}-group/",
    f"/search/?q={MARK}",
    f"/search/suggestions.json?q={MARK}",
    f"/join/alike.json?q={MARK}+group",
    f"/programs/?q={MARK}",
    f"/programs/?organization={MARK}-group",
    f"/api/v1/programs/?q={MARK}",
    f"/api/v1/programs/?organization={MARK}-group",
    f"/hsds/organizations?search={MARK}",
)


@pytest.fixture
def pending(cast):
    """An application with its mark in every private field, and a vouch asked of B."""
    make_listing(slug="fr-pending", name="Lamp", website="https://lamp.example.org/")
    answers = {
        name: f"{MARK} {name}"
        for name in ("about", "since", "places", "contact", "check", "independence")
    }
    person, actor, application = begin(
        "zqperson",
        f"{MARK} group",
        "fr-pending",
        **answers,
        languages=["en"],
        website=f"https://{MARK}.example.org/",
        person_email=f"{MARK}@example.org",
    )
    with acting(OPERATOR):
        make_card(id=cast.b.pk, slug=cast.b.slug, name=cast.b.name, verified_since="2020-01-01")
        Objection.objects.create(
            organization=application.organization, application=application, text=f"{MARK} text"
        )
        ApplicationNote.objects.create(
            organization=application.organization,
            application=application,
            author="steward",
            body=f"{MARK} question",
        )
    with acting(actor):
        card = OrganizationCard.objects.get(pk=cast.b.pk)
        send_proof(actor, application=application, local_part=MARK)
        vouch = ask_vouch(actor, application=application, card=card, message=f"{MARK} message")
        submit_application(actor, application=application)
        answer_stewards(actor, application=application, body=f"{MARK} note")
    make_country("GB")
    with acting(visitor()) as nobody:
        take_first_step(
            nobody,
            kind=ApplicationKind.REGISTER,
            email=f"{MARK}.first@example.org",
            language="en",
            answers={**FIRST, "name": f"{MARK} first"},
        )
    return person, application, vouch


def test_no_public_surface_says_anything_of_it(pending, world):
    answers = ask_all(world)
    told = [path for path, answer in answers.items() if MARK in answer.text]
    assert not told
    assert len(answers) > 50


@pytest.mark.parametrize("who", [*ROLES, "esi"])
def test_nobody_but_the_applicant_finds_it(pending, cast, who):
    client = Client() if who == "esi" else signed_in(getattr(cast, who))
    nowhere = f"{MARK}nowhere"
    for address in PAGES:
        answer = ask(client, address)
        if MARK not in address:
            assert MARK not in answer.text, address
            continue
        # Asking by name finds what asking for nothing finds.
        other = address.replace(f"{MARK}-group", f"{nowhere}-g").replace(f"={MARK}", f"={nowhere}")
        twin = ask(client, other)
        assert answer.status == twin.status, address
        assert answer.text.count(MARK) == twin.text.count(MARK), address


def test_the_voucher_reads_its_part_and_its_colleagues_below_coordinator_none(pending, cast):
    _person, application, vouch = pending
    owner = join(cast.b, "owner-of-b", "owner")
    with acting(owner):
        [seen] = vouches_asked_of(owner)
        assert seen.application_id == application.pk
        give_vouch(owner, vouch=vouch, statement="We know them.")
    with acting(OPERATOR):
        person = Person.objects.get(pk=owner.person_id)
    page = ask(signed_in(person), f"/desk/{cast.b.slug}/vouches/{vouch.pk}/").text
    assert f"{MARK} about" in page
    for private in ("check", "question", "note", "text"):
        assert f"{MARK} {private}" not in page
    assert f"{MARK}@" not in page
    assert ask(signed_in(cast.chiara), f"/desk/{cast.b.slug}/vouches/").status == 403


def test_in_the_scope_of_others_there_are_no_rows(pending, cast):
    for name in ("amara", "farid"):
        actor = cast.actor(name)
        with acting(actor):
            for model in (Application, ApplicationNote, DomainProof, Vouch, Objection):
                assert not model.objects.exists(), model
            if connection.vendor == "postgresql":
                hidden = (Application, ApplicationNote, DomainProof, FirstStep, Vouch, Objection)
                for model in hidden:
                    assert not model._base_manager.exists(), model
