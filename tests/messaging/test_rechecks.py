"""Whatever takes somebody's right to be connected is told to every hub, once it has committed."""

import ast
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from directory.actions.deciding import approve, uphold_objection
from directory.models import Objection
from messaging.receivers import RECHECKED
from network import events
from network.actions.accounts import (
    change_password,
    delete_account,
    end_session,
    reset_password,
    sign_out_everywhere,
    suspend_person,
)
from network.actions.departures import delete_organization, purge_departed, restore_organization
from network.actions.handovers import finish_handovers, hand_over_organization
from network.actions.lockdown import lock_organization, unlock_organization
from network.actions.members import change_role, remove_member
from network.actions.organizations import leave_organization
from network.actions.purge import purge
from network.actions.second_factors import remove_factor, reset_second_factors
from network.actions.suspending import lift_suspension, suspend_organization
from network.actions.tokens import create_token, revoke_token
from network.enums import Role
from network.models import Handover, Organization, Person, SecondFactor, Session
from network.sessions import PERSON, SessionStore, hash_of
from network.tenancy import Purpose, acting, system, visitor
from tests.directory import applied
from tests.directory.applied import claim, dov, prove
from tests.messaging.hub_ear import hub_ear
from tests.network.members import OPERATOR, of, person_only
from tests.network.second_factors.people import with_app

pytestmark = pytest.mark.django_db
PASSWORD = "a harbour of 1907 boats"
WHY = "They asked us for help."


def session_of(person):
    store = SessionStore()
    store[PERSON] = str(person.pk)
    store.create()
    return store


def by(actor, deed):
    """The deed by an actor, in their scope."""

    def done():
        with acting(actor) as one:
            deed(one)

    return done


def said(person=None, organization=None, session=None):
    """A hint that asks about these."""
    return {
        "type": "hub.recheck",
        "person": str(person.pk) if person else None,
        "organization": str(organization.pk) if organization else None,
        "session": session,
    }


def sign_out(cast):
    key = session_of(cast.omar).session_key
    return lambda: SessionStore(key).flush(), said(session=hash_of(key))


def end_one_device(cast):
    key = session_of(cast.omar).session_key
    with acting(system(Purpose.SIGN_IN)):
        row = Session.objects.get(key_hash=hash_of(key))
    deed = by(person_only(cast.omar), lambda one: end_session(one, session_id=row.pk))
    return deed, said(cast.omar)


def sign_out_all(cast):
    deed = by(person_only(cast.omar), lambda one: sign_out_everywhere(one, person=cast.omar))
    return deed, said(cast.omar)


def new_password(cast):
    def deed(one):
        change_password(one, person=cast.omar, password=PASSWORD)

    return by(person_only(cast.omar), deed), said(cast.omar)


def forgotten_password(cast):
    def deed(one):
        reset_password(one, person=cast.omar, password=PASSWORD)

    return by(person_only(cast.omar), deed), said(cast.omar)


def sessions_purged(cast):
    session_of(cast.omar)
    with acting(system(Purpose.SIGN_IN)):
        Session.objects.update(expires_at=timezone.now())
    return lambda: purge(system(Purpose.PURGE)), said()


def sessions_cleared(cast):
    session_of(cast.omar)
    with acting(system(Purpose.SIGN_IN)):
        Session.objects.update(expires_at=timezone.now())
    return SessionStore.clear_expired, said()


def token_revoked(cast):
    with acting(OPERATOR) as one:
        token, _text = create_token(
            one, membership=of(cast.actor("omar")), name="x", scopes=["messages:read"]
        )
    deed = by(cast.actor("omar"), lambda one: revoke_token(one, token=token))
    return deed, said(cast.omar, cast.a)


def person_suspended(cast):
    return by(OPERATOR, lambda one: suspend_person(one, person=cast.omar)), said(cast.omar)


def person_suspended_by_command(cast):
    return lambda: call_command("suspend_person", "--email", cast.omar.email), said(cast.omar)


def person_deleted(cast):
    # A deleted one has no key any more.
    whose, expected, pk = person_only(cast.omar), said(cast.omar), cast.omar.pk
    return by(whose, lambda one: delete_account(one, person=Person.objects.get(pk=pk))), expected


def member_removed(cast):
    member = of(cast.actor("omar"))
    deed = by(cast.actor("amara"), lambda one: remove_member(one, membership=member))
    return deed, said(cast.omar, cast.a)


def member_left(cast):
    return by(cast.actor("omar"), leave_organization), said(cast.omar, cast.a)


def role_changed(cast):
    member = of(cast.actor("omar"))
    deed = by(
        cast.actor("amara"), lambda one: change_role(one, membership=member, role=Role.MEMBER)
    )
    return deed, said(cast.omar, cast.a)


def handed_over(cast):
    member = of(cast.actor("omar"))
    with acting(OPERATOR) as one:
        hand_over_organization(one, membership=member, reason=WHY, has_looked=True)
        Handover.objects.update(effective_at=timezone.now())
    return lambda: finish_handovers(OPERATOR), said(cast.omar, cast.a)


def factor_removed(cast):
    with_app(cast.bilal)
    with acting(system(Purpose.SIGN_IN)):
        factor = SecondFactor.objects.get(person=cast.bilal)
    deed = by(person_only(cast.bilal), lambda one: remove_factor(one, factor_id=factor.pk))
    return deed, said(cast.bilal)


def factors_reset(cast):
    with_app(cast.omar)
    deed = by(OPERATOR, lambda one: reset_second_factors(one, person=cast.omar))
    return deed, said(cast.omar)


def locked(cast):
    deed = by(cast.actor("amara"), lambda one: lock_organization(one, organization=cast.a))
    return deed, said(organization=cast.a)


def unlocked(cast):
    by(cast.actor("amara"), lambda one: lock_organization(one, organization=cast.a))()
    deed = by(cast.actor("amara"), lambda one: unlock_organization(one, organization=cast.a))
    return deed, said(organization=cast.a)


def suspend(cast, organization):
    with acting(dov(cast)) as one:
        suspend_organization(one, organization=organization, reason=WHY, has_looked=True)


def suspended(cast):
    return lambda: suspend(cast, cast.a), said(organization=cast.a)


def suspension_lifted(cast):
    suspend(cast, cast.a)
    deed = by(dov(cast), lambda one: lift_suspension(one, organization=cast.a))
    return deed, said(organization=cast.a)


def leaving(cast):
    deed = by(cast.actor("amara"), lambda one: delete_organization(one, organization=cast.a))
    return deed, said(organization=cast.a)


def restored(cast):
    leaving(cast)[0]()
    deed = by(cast.actor("amara"), lambda one: restore_organization(one, organization=cast.a))
    return deed, said(organization=cast.a)


def purged(cast):
    leaving(cast)[0]()
    with acting(OPERATOR):
        Organization.objects.filter(pk=cast.a.pk).update(
            deleted_at=timezone.now() - timezone.timedelta(days=8)
        )
    return lambda: purge_departed(system(Purpose.PURGE)), said(organization=cast.a)


def verification_ended(cast):
    application = claim(cast, applied.make_entry())
    prove(application)
    with acting(dov(cast)) as one:
        approve(one, application=application, base_version=1, public_reason="Known.")
    with acting(visitor()):
        objection = Objection(
            organization_id=application.organization_id,
            application=application,
            text="They are not us.",
        )
        objection.save(force_insert=True)
    deed = by(dov(cast), lambda one: uphold_objection(one, objection=objection, reason=WHY))
    return deed, said(organization=cast.applicant)


CAUSES = [
    sign_out,
    end_one_device,
    sign_out_all,
    new_password,
    forgotten_password,
    sessions_purged,
    sessions_cleared,
    token_revoked,
    person_suspended,
    person_suspended_by_command,
    person_deleted,
    member_removed,
    member_left,
    role_changed,
    handed_over,
    factor_removed,
    factors_reset,
    locked,
    unlocked,
    suspended,
    suspension_lifted,
    leaving,
    restored,
    purged,
    verification_ended,
]


class UndoneError(Exception):
    """The transaction is rolled back."""


@pytest.mark.parametrize("cause", CAUSES, ids=lambda one: one.__name__)
def test_what_was_rolled_back_is_told_to_nobody_and_what_committed_to_every_hub(
    cast, settings, django_capture_on_commit_callbacks, cause
):
    with hub_ear(settings) as ear:
        deed, expected = cause(cast)
        with django_capture_on_commit_callbacks(execute=True):
            with pytest.raises(UndoneError), transaction.atomic():
                deed()
                raise UndoneError
        assert ear.heard() == []
        with django_capture_on_commit_callbacks(execute=True):
            deed()
            assert ear.heard() == [], "before the commit"
        assert expected in ear.heard()


def test_the_hubs_hear_before_any_other_receiver_of_the_messenger():
    """A receiver that takes long, or fails, must not keep a connection open."""
    for kind in RECHECKED:
        own = [one for one in events._receivers[kind] if one.__module__ == "messaging.receivers"]
        assert own[0].__name__ == "_recheck", kind


# Every function that deletes rows by which somebody may be connected, or writes what ends such a
# right. A new one belongs here, and what it takes away belongs among the causes above.
MODELS = {"ApiToken", "Membership", "Organization", "Person", "Session"}
ENDING = {
    "deleted_at",
    "ended_at",
    "expires_at",
    "is_active",
    "locked_down_at",
    "revoked_at",
    "role",
    "second_factor_since",
    "status",
    "verified_on",
}
WRITERS = {
    "directory/actions/applying/purging.py:_delete_drafts",
    "directory/actions/deciding/objections.py:_undo",
    "network/actions/accounts/ending.py:_end_all",
    "network/actions/accounts/ending.py:delete_account",
    "network/actions/accounts/ending.py:suspend_person",
    "network/actions/accounts/keeping.py:change_password",
    "network/actions/accounts/sessions.py:end_session",
    "network/actions/departures.py:_do",
    "network/actions/departures.py:_purge",
    "network/actions/departures.py:restore_organization",
    "network/actions/lockdown.py:_do",
    "network/actions/lockdown.py:lock_organization",
    "network/actions/organizations.py:_end",
    "network/actions/organizations.py:grant_membership",
    "network/actions/purge.py:purge",
    "network/actions/second_factors/changes.py:_note_since",
    "network/actions/second_factors/managing.py:reset_second_factors",
    "network/actions/suspending.py:lift_suspension",
    "network/actions/suspending.py:suspend_organization",
    "network/actions/tokens.py:_revoked",
    "network/actions/tokens.py:revoke_tokens_in",
    "network/sessions.py:clear_expired",
    "network/sessions.py:delete",
}
# These end something else, or what has ended before, or give a right.
OTHERS = {
    "api/v1/shell/repeats.py:once",
    "directory/actions/coalitions/ending.py:_end",
    "directory/actions/deciding/approving.py:_verify",
    "directory/actions/mentoring/answering.py:answer_request",
    "directory/actions/mentoring/answering.py:end_mentoring",
    "directory/actions/moving/loading.py:_write",
    "messaging/actions/people.py:end_participant",
    "network/actions/accounts/keeping.py:confirm_new_email",
    "network/actions/accounts/links.py:make_link",
    "network/actions/invitations.py:invite_member",
    "network/actions/invitations.py:revoke_all",
    "network/actions/organizations.py:create_organization",
    "network/actions/support.py:answer_support",
    "network/actions/support.py:end_overdue",
    "network/actions/tokens.py:purge_tokens",
    "network/actions/uploads.py:restore_upload",
    "network/project/backup/gone.py:_end_membership",
    "network/project/backup/gone.py:_end_organizations",
    "network/project/backup/gone.py:_end_ways_in",
    "network/project/backup/gone.py:end_second_factors",
}
ROOT = Path(__file__).resolve().parents[2]


def takes_a_right(function):
    """Whether a function deletes, or writes a field of `ENDING`, and names one of the models."""
    nodes = list(ast.walk(function))
    names = {one.id for one in nodes if isinstance(one, ast.Name)}
    calls = [
        one for one in nodes if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)
    ]
    deletes = any(one.func.attr == "delete" for one in calls)
    updates = any(
        one.func.attr == "update" and ENDING & {word.arg for word in one.keywords} for one in calls
    )
    assigns = any(
        isinstance(target, ast.Attribute) and target.attr in ENDING
        for one in nodes
        if isinstance(one, ast.Assign)
        for target in one.targets
    )
    return assigns or ((deletes or updates) and bool(names & MODELS))


def test_every_function_that_takes_a_right_is_known():
    found = set()
    for floor in ("network", "directory", "messaging", "api", "frontend"):
        for path in (ROOT / floor).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef) and takes_a_right(node):
                    found.add(f"{path.relative_to(ROOT)}:{node.name}")
    assert found == WRITERS | OTHERS
