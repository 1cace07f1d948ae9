"""Whatever a group can have here goes with it, and nothing of another."""

import pytest
from django.apps import apps
from django.utils import timezone

from directory.models import (
    Application,
    ApplicationNote,
    ClaimedEntry,
    DomainProof,
    Objection,
    Program,
    ProgramDraft,
    ProgramFacility,
    Relay,
    Reminder,
    Vouch,
)
from network.actions.approvals import confirm_approval
from network.actions.departures import delete_organization, purge_departed
from network.actions.handovers import hand_over_organization
from network.enums import Role
from network.models import KeptAnswer, Membership, Organization, Person, SupportSession
from network.tenancy import Purpose, acting, member, system
from network.tenancy import steward as as_steward
from tests.matrix.world import make_world
from tests.messaging.talking import talk_of_all
from tests.network.members import OPERATOR, later
from tests.network.test_departures import grant, rows_of


def furnish_the_rest(organization, owner):
    """Rows whose making takes an editor with scripts, a repeated request or a lost owner."""
    with acting(member(owner, organization.pk)):
        program = Program.objects.get()
        own = {"organization": organization, "person_id": owner}
        ProgramFacility.objects.create(organization=organization, program=program, name="X")
        ProgramDraft.objects.create(program=program, values={"name": "X"}, **own)
        KeptAnswer.objects.create(key_hash="0" * 64, request_digest="0" * 64, **own)
        of_one = {"organization": organization, "program": program}
        Relay.objects.create(**of_one, email="x@example.org", asked_at=timezone.now())
        membership = Membership.objects.get(person_id=owner, ended_at=None)
    with acting(system(Purpose.MAIL, organization_id=organization.pk)):
        Reminder.objects.create(
            **of_one,
            membership=membership,
            token_hash=str(program.pk),
            sent_at=timezone.now(),
            expires_at=timezone.now(),
        )
    with acting(OPERATOR) as operator:
        other = Membership.objects.filter(organization=organization, role=Role.MEMBER).first()
        hand_over_organization(operator, membership=other, reason="Nobody answers.")
        apply_and_be_looked_at(organization)


def apply_and_be_looked_at(organization):
    """An application with all that hangs on it, and a steward who asked to look."""
    application = Application.objects.create(
        organization=organization, kind="claim", state="approved"
    )
    own = {"organization": organization, "application": application}
    ApplicationNote.objects.create(**own, author="applicant", body="x")
    Objection.objects.create(**own, text="x")
    ClaimedEntry.objects.create(**own, program_id=application.pk)
    DomainProof.objects.create(
        **own, domain="x.example", token_hash=str(application.pk), expires_at=timezone.now()
    )
    other = Organization.objects.exclude(pk=organization.pk).order_by("slug").first()
    asks = Application.objects.create(organization=other, kind="register", state="refused")
    Vouch.objects.create(organization=organization, applicant=other, application=asks)
    steward = Person.objects.get(display_name="Dov")
    with acting(as_steward(steward.pk)):
        SupportSession.objects.create(
            organization=organization,
            steward_id=steward.pk,
            reason="x",
            minutes=5,
            expires_at=timezone.now(),
        )


def tables_of_groups():
    for model in apps.get_models():
        names = {field.name for field in model._meta.local_fields}
        if model._meta.app_label != "guardian" and "organization" in names:
            yield model._meta.label


def owners_of(organization):
    with acting(OPERATOR):
        owners = Membership.objects.filter(
            organization=organization, role=Role.OWNER, ended_at=None
        )
        return list(owners.order_by("created_at").values_list("person_id", flat=True))


def confirmed_deletion(cast):
    """One owner asks, another confirms, as soon as there are two."""
    waiting = None
    for person in owners_of(cast.a)[:2]:
        with acting(member(person, cast.a.pk)) as owner:
            if waiting is None:
                waiting = delete_organization(owner, organization=cast.a)
            else:
                confirm_approval(owner, approval=waiting)


@pytest.mark.django_db
def test_the_whole_of_it_is_purged(cast, monkeypatch, django_capture_on_commit_callbacks):
    make_world(cast)
    for organization in (cast.a, cast.b):
        furnish_the_rest(organization, owners_of(organization)[0])
    talk_of_all(cast.a, cast.b)
    grant(cast.a, cast.b)
    grant(cast.b, cast.a)
    kept = rows_of(cast.b)
    assert set(tables_of_groups()) == set(rows_of(cast.a))
    with django_capture_on_commit_callbacks(execute=True):
        confirmed_deletion(cast)
    later(monkeypatch, days=7, seconds=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_departed(system(Purpose.PURGE)) == 1
    assert rows_of(cast.a) == {}
    kept["directory.ProgramGrant"] -= 1  # the one that A held
    kept["messaging.Block"] -= 1  # the one against A
    assert rows_of(cast.b) == {label: number for label, number in kept.items() if number}
