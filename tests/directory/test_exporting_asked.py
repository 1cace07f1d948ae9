"""What a group asked of others, and they of it, goes along: each sees what its pages show it."""

import copy
import json

import pytest
from django.utils import timezone

from directory.actions.mentoring import answer_request, ask_mentor, offer_help
from directory.actions.moving import load_organization
from directory.enums import ApplicationState, VouchState
from directory.models import Application, ApplicationNote, MentorOffer, Vouch
from directory.queries.export.asked import applications_of_person
from network.actions.organizations import grant_membership
from network.enums import OrganizationStatus, Role
from network.models import Organization
from network.tenancy import Actor, Via, acting, member
from tests.directory.applied import apply, prove, vouch
from tests.directory.moved import OPERATOR, exported, packed, parts_of
from tests.directory.stating import promote_chiara
from tests.factories import make_country
from tests.signing_in import signed_in
from tests.uploaded import files

__all__ = ["files"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
NEW = ("applications", "vouches", "mentoring")


@pytest.fixture
def asked(cast):
    """Farid's group applied and asked A to vouch; A helps B begin."""
    application = apply(
        cast,
        state=ApplicationState.REFUSED,
        decided_at=timezone.now(),
        decided_by=cast.dov.pk,
        reason="Two groups do not know you.",
        answers={
            "name": "New Visitors",
            "country": "GB",
            "person_email": "farid-canary@example.org",
            "check": "check-canary",
        },
    )
    prove(application)
    given = vouch(application, cast.a)
    with acting(OPERATOR):
        Vouch.objects.filter(pk=given.pk).update(
            message="message-canary", statement="statement-canary"
        )
        Vouch.objects.create(
            organization=cast.b,
            applicant=cast.applicant,
            application=application,
            state=VouchState.DECLINED,
        )
        for author in ("steward", "applicant"):
            ApplicationNote.objects.create(
                organization=cast.applicant,
                application=application,
                author=author,
                person_id=cast.dov.pk,
                body=f"{author}-note",
            )
    make_country("FR")
    amara, chiara = cast.actor("amara"), promote_chiara(cast)
    with acting(amara):
        offer_help(amara, is_open=True, text="We train.", languages=["en"])
    with acting(chiara):
        request = ask_mentor(
            chiara, mentor_id=cast.a.pk, text="We begin.", contact="lille-canary@example.org"
        )
    with acting(amara):
        answer_request(
            amara,
            request_id=request.pk,
            is_accepted=True,
            answer="Gladly.",
            contact="harbour-canary@example.org",
        )
    return application


def owner_of_applicant(cast):
    with acting(OPERATOR) as operator:
        grant_membership(operator, organization=cast.applicant, person=cast.farid, role=Role.OWNER)
    return member(cast.farid.pk, cast.applicant.pk)


def test_nobody_gets_what_belongs_to_another(cast, asked):
    a = parts_of(exported(cast.actor("amara"), with_emails=True))
    applicant = parts_of(exported(owner_of_applicant(cast), with_emails=True))
    b = parts_of(exported(member(cast.chiara.pk, cast.b.pk), with_emails=True))
    # To the group that vouches: neither the address nor what is for the stewards alone.
    for word in (
        "farid-canary",
        "check-canary",
        "-note",
        "Two groups do not know",
        "lille-canary",
    ):
        assert word not in repr([a[f"{name}.jsonl"] for name in NEW])
    # To the group that applied: neither what was said about it, nor who decided.
    said = repr([applicant[f"{name}.jsonl"] for name in NEW])
    for word in ("statement-canary", "harbour-canary", str(cast.dov.pk)):
        assert word not in said
    for word in ("farid-canary", "statement-canary", "message-canary", "harbour-canary"):
        assert word not in repr([b[f"{name}.jsonl"] for name in NEW])


def test_the_applicant_takes_its_answers_and_their_outcome_along(cast, asked):
    parts = parts_of(exported(owner_of_applicant(cast)))
    (row,) = parts["applications.jsonl"]
    assert (row["id"], row["state"]) == (str(asked.pk), "refused")
    assert row["reason"] == "Two groups do not know you."
    assert row["answers"] == {"name": "New Visitors", "country": "GB", "check": "check-canary"}
    assert [one["body"] for one in row["notes"]] == ["steward-note", "applicant-note"]
    assert [one["domain"] for one in row["proofs"]] == ["quay.example.org"]
    states = {(one["kind"], one["group"]["id"], one["state"]) for one in parts["vouches.jsonl"]}
    assert states == {
        ("asked_by_us", str(cast.a.pk), "given"),
        ("asked_by_us", str(cast.b.pk), "declined"),
    }
    again = parts_of(exported(member(cast.farid.pk, cast.applicant.pk), with_emails=True))
    assert again["applications.jsonl"][0]["answers"]["person_email"] == "farid-canary@example.org"


def test_vouches_and_help_of_a_group_go_along(cast, asked):
    parts = parts_of(exported(cast.actor("amara")))
    (given,) = parts["vouches.jsonl"]
    assert given["group"] == {"id": str(cast.applicant.pk), "name": "New Visitors"}
    assert (given["message"], given["statement"]) == ("message-canary", "statement-canary")
    offer, received = parts["mentoring.jsonl"]
    assert (offer["kind"], offer["text"], offer["is_open"]) == ("offer", "We train.", True)
    assert (received["kind"], received["text"]) == ("asked_of_us", "We begin.")
    assert (received["state"], received["contact"]) == ("accepted", "harbour-canary@example.org")
    theirs = parts_of(exported(member(cast.chiara.pk, cast.b.pk)))
    (sent,) = theirs["mentoring.jsonl"]
    assert (sent["kind"], sent["answer"]) == ("asked_by_us", "Gladly.")
    assert (sent["group"]["id"], sent["contact"]) == (str(cast.a.pk), "lille-canary@example.org")


@pytest.fixture
def load(tmp_path):
    def loaded(parts, **options):
        path = tmp_path / "export.zip"
        path.write_bytes(packed(parts))
        return load_organization(OPERATOR, path=path, **options)

    return loaded


@pytest.fixture
def moved(cast, asked, settings):
    """What A took along, as a group that is not on this node."""
    settings.PUBLIC_ORIGIN = "https://elsewhere.example"
    parts = parts_of(exported(cast.actor("amara")))
    parts["organization.json"] |= {"id": "7d1f7c1e-0000-4000-8000-000000000001", "slug": "moved"}
    parts["audit.jsonl"] = []
    return parts


def test_an_offer_that_says_what_none_may_say_is_left_out(moved, load):
    wrong = [{"text": "x" * 3000}, {"languages": ["not a language"]}, {"planted": 1}, {"text": 7}]
    offer = moved["mentoring.jsonl"][0]
    moved["mentoring.jsonl"] = [offer | one for one in wrong] + [None, {"kind": "other"}]
    report = load(moved)
    assert [one["line"] for one in report.refused] == [1, 2, 3, 4, 5, 6]
    with acting(OPERATOR):
        assert Organization.objects.get(slug="moved").status != OrganizationStatus.VERIFIED


def test_the_offer_is_loaded_closed_and_the_rest_stays_in_the_file(cast, moved, load):
    with acting(OPERATOR):
        applications = Application.objects.count()
    report = load(moved)
    assert report.refused == []
    assert report.kept["vouch"] == 1
    assert report.kept["mentoring"] == 1
    assert "application" not in report.kept
    with acting(OPERATOR):
        group = Organization.objects.get(slug="moved")
        offer = MentorOffer.objects.get(organization=group)
        assert (offer.is_open, offer.text, offer.languages) == (False, "We train.", ["en"])
        assert Application.objects.count() == applications
        assert not Vouch.objects.filter(organization=group).exists()
    before = report.created
    again = load(moved)
    assert (before > 0, again.created, again.unchanged) == (True, 0, before)
    changed = copy.deepcopy(moved)
    changed["mentoring.jsonl"][0]["text"] = "Planted."
    assert load(changed).kept["lives_here"] == 1


def test_an_export_of_the_first_version_is_loaded(moved, load):
    for name in NEW:
        del moved[f"{name}.jsonl"]
    moved["manifest.json"]["version"] = 1
    assert load(moved).refused == []


def test_a_person_reads_their_own_application_and_no_other(cast, asked):
    chiara = Actor(via=Via.PAGE, person_id=cast.chiara.pk)
    with acting(chiara):
        assert applications_of_person(chiara) == []
    answer = signed_in(cast.farid).post("/account/export/")
    held = json.loads(answer.content)["applications"]
    assert [one["answers"]["person_email"] for one in held] == ["farid-canary@example.org"]
    assert "-note" not in answer.content.decode()
