"""Tokens: who makes them, who ends them, and when one is no longer a token."""

import datetime as dt
import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from network.actions.organizations import end_membership
from network.actions.purge import purge
from network.actions.tokens import (
    MOST_TOKENS,
    create_token,
    note_use,
    revoke_token,
    revoke_tokens_in,
    revoke_tokens_of,
)
from network.enums import OrganizationStatus, Role, Scope
from network.links import hash_of
from network.models import ApiToken, AuditEntry, KeptAnswer, Membership, Organization, Person
from network.permissions import Refused
from network.queries.tokens import token_in_use, tokens_in, tokens_of
from network.tenancy import Actor, Purpose, Via, acting, system

pytestmark = pytest.mark.django_db
SIGN_IN = system(Purpose.SIGN_IN, via=Via.API)


def make(cast, who, *scopes, **options):
    """A token that one of the cast makes, and its text."""
    with acting(cast.actor(who)) as actor:
        own = Membership.objects.get(person_id=actor.person_id)
        options = {"name": f"of {who}", "scopes": scopes or [Scope.DIRECTORY_READ], **options}
        return create_token(actor, membership=own, **options)


def used(text):
    with acting(SIGN_IN):
        return token_in_use(SIGN_IN, text)


def everything(model):
    with acting(system(Purpose.OPERATOR)):
        return list(model.objects.all())


# Making


@pytest.mark.parametrize("name", ["dov", "esi"])
def test_who_belongs_to_nobody_makes_none(cast, name):
    with acting(system(Purpose.OPERATOR)):
        of_amara = Membership.objects.get(person=cast.amara)
    with acting(cast.actor(name)) as actor, pytest.raises(Refused):
        create_token(actor, membership=of_amara, name="x", scopes=[Scope.DIRECTORY_READ])


def test_nobody_makes_one_for_somebody_else(cast):
    with acting(system(Purpose.OPERATOR)):
        of_bilal = Membership.objects.get(person=cast.bilal)
    for name in ("amara", "chiara"):
        with acting(cast.actor(name)) as actor, pytest.raises(Refused):
            create_token(actor, membership=of_bilal, name="x", scopes=[Scope.DIRECTORY_READ])
    assert everything(ApiToken) == []


def test_an_ended_membership_has_none(cast):
    with acting(system(Purpose.OPERATOR)) as operator:
        membership = Membership.objects.get(person=cast.bilal)
        end_membership(operator, membership=membership)
        membership.refresh_from_db()
        for actor in (operator, cast.actor("bilal")):
            with pytest.raises(Refused):
                create_token(actor, membership=membership, name="x", scopes=["directory:read"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": " \u2800 "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["directory:read", "everything"]}, "scopes"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
    ],
)
def test_what_no_token_can_have_is_said_by_its_name(cast, wrong, field):
    with pytest.raises(ValidationError) as refused:
        make(cast, "amara", **wrong)
    assert list(refused.value.message_dict) == [field]
    assert everything(ApiToken) == []


def test_there_are_only_so_many(cast):
    for _number in range(MOST_TOKENS):
        token, _text = make(cast, "bilal")
    make(cast, "amara")
    with pytest.raises(ValidationError) as refused:
        make(cast, "bilal")
    assert refused.value.code == "many"
    with acting(cast.actor("bilal")) as bilal:
        revoke_token(bilal, token=token)
    make(cast, "bilal")


def test_only_a_hash_is_kept_and_the_log_holds_no_secret(cast):
    token, text = make(cast, "bilal", "members:read", "directory:read", "directory:read", days=7)
    assert text.startswith("vnt_")
    assert len(text) == 47
    assert token.token_hash == hash_of(text)
    assert token.prefix == text[4:10]
    assert token.scopes == ["directory:read", "members:read"]
    assert abs(token.expires_at - timezone.now() - dt.timedelta(days=7)) < dt.timedelta(minutes=1)
    [entry] = [one for one in everything(AuditEntry) if one.verb == "token.created"]
    assert (entry.person_id, entry.organization_id) == (cast.bilal.pk, cast.a.pk)
    assert entry.object_id == token.pk
    assert entry.details == {"scopes": ["directory:read", "members:read"], "days": 7}
    kept = [str(vars(one)) for one in (*everything(ApiToken), *everything(AuditEntry))]
    assert not any(text[4:] in one for one in kept)


def test_two_tokens_differ(cast):
    assert make(cast, "bilal")[1] != make(cast, "bilal")[1]


# Ending


def test_who_may_end_a_token(cast):
    token, text = make(cast, "bilal")
    for name in ("edna", "omar", "chiara", "farid", "dov", "esi"):
        with acting(cast.actor(name)) as actor, pytest.raises(Refused):
            revoke_token(actor, token=token)
    assert used(text) is not None
    with acting(cast.actor("bilal")) as bilal:
        revoke_token(bilal, token=token)
        revoke_token(bilal, token=token)
    assert used(text) is None
    entries = [one for one in everything(AuditEntry) if one.verb == "token.revoked"]
    assert [(one.person_id, one.object_id) for one in entries] == [(cast.bilal.pk, token.pk)]


def test_an_owner_ends_those_of_the_group_and_no_others(cast):
    of_bilal, text = make(cast, "bilal")
    of_chiara, other = make(cast, "chiara")
    with acting(cast.actor("amara")) as amara:
        revoke_token(amara, token=of_bilal)
        with pytest.raises(Refused):
            revoke_token(amara, token=of_chiara)
    assert used(text) is None
    assert used(other) is not None


def second_membership(cast):
    """Bilal is an organizer of B too."""
    from network.actions.organizations import grant_membership

    with acting(system(Purpose.OPERATOR)) as operator:
        one = grant_membership(
            operator, organization=cast.b, person=cast.bilal, role=Role.ORGANIZER
        )
        return create_token(operator, membership=one, name="of B", scopes=["directory:read"])


@pytest.mark.parametrize("way", ["for A", "for nobody", "sign in", "operator"])
def test_all_of_a_person_end_at_once_in_every_organization(cast, way):
    _one, first = make(cast, "bilal")
    _two, second = second_membership(cast)
    _other, of_amara = make(cast, "amara")
    actor = {
        "for A": cast.actor("bilal"),
        "for nobody": Actor(via=Via.PAGE, person_id=cast.bilal.pk),
        "sign in": system(Purpose.SIGN_IN, via=Via.PAGE),
        "operator": system(Purpose.OPERATOR),
    }[way]
    with acting(actor):
        assert revoke_tokens_of(actor, person=cast.bilal) == 2
        assert revoke_tokens_of(actor, person=cast.bilal) == 0
    assert used(first) is None
    assert used(second) is None
    assert used(of_amara) is not None
    for organization in (cast.a, cast.b):
        entries = [one for one in everything(AuditEntry) if one.verb == "token.revoked"]
        assert [one.organization_id for one in entries].count(organization.pk) == 1


def test_nobody_else_ends_all_of_a_person(cast):
    _token, text = make(cast, "bilal")
    for actor in (cast.actor("amara"), cast.actor("chiara"), system(Purpose.PURGE)):
        with acting(actor), pytest.raises(Refused):
            revoke_tokens_of(actor, person=cast.bilal)
    assert used(text) is not None


def test_a_lock_down_and_leaving_end_all_of_a_group_for_good(cast):
    from network.actions.departures import delete_organization
    from network.actions.lockdown import lock_organization, unlock_organization

    def ended_by(action):
        _one, mine = make(cast, "amara")
        _two, of_bilal = make(cast, "bilal")
        with acting(cast.actor("amara")) as amara:
            action(amara, organization=cast.a)
        return [mine, of_bilal]

    _other, of_chiara = make(cast, "chiara")
    gone = ended_by(lock_organization)
    with acting(cast.actor("amara")) as amara:
        unlock_organization(amara, organization=cast.a)
    assert [used(text) for text in gone] == [None, None]
    assert used(make(cast, "amara")[1]) is not None
    gone += ended_by(delete_organization)
    change(Organization, cast.a.pk, status=OrganizationStatus.VERIFIED, deleted_at=None)
    assert [used(text) for text in gone] == [None] * 4
    assert used(of_chiara) is not None
    numbers = [one.details for one in everything(AuditEntry) if one.verb == "tokens.revoked"]
    assert numbers == [{"all": 3}, {"all": 2}]


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "chiara", "dov"])
def test_who_does_not_manage_tokens_ends_none_of_the_others(cast, name):
    _token, text = make(cast, "amara")
    with acting(cast.actor(name)) as actor, pytest.raises(Refused):
        revoke_tokens_in(actor, organization=cast.a)
    assert used(text) is not None


# Using


def test_only_the_sign_in_looks_tokens_up(cast):
    token, text = make(cast, "bilal")
    for actor in (cast.actor("bilal"), system(Purpose.OPERATOR)):
        with acting(actor), pytest.raises(ValueError, match="sign-in"):
            token_in_use(actor, text)
        with acting(actor), pytest.raises(Refused):
            note_use(actor, token=token)


@pytest.mark.parametrize("text", ["", "vnt_", "x" * 47, "vnt_é", "vnt_\ud800", "vnt_\0"])
def test_what_is_no_token_is_nobody(cast, text):
    make(cast, "bilal")
    assert used(text) is None


def change(model, key, **values):
    with acting(system(Purpose.OPERATOR)):
        model.objects.filter(pk=key).update(**values)


@pytest.mark.parametrize(
    "why", ["expired", "revoked", "ended", "inactive", "suspended", "left", "locked"]
)
def test_a_token_dies(cast, why):
    token, text = make(cast, "bilal")
    _other, alive = make(cast, "chiara")
    now = timezone.now()
    assert used(text).pk == token.pk
    {
        "expired": lambda: change(ApiToken, token.pk, expires_at=now),
        "revoked": lambda: change(ApiToken, token.pk, revoked_at=now),
        "ended": lambda: change(Membership, token.membership_id, ended_at=now),
        "inactive": lambda: change(Person, cast.bilal.pk, is_active=False),
        "suspended": lambda: change(Organization, cast.a.pk, status=OrganizationStatus.SUSPENDED),
        "left": lambda: change(Organization, cast.a.pk, status=OrganizationStatus.LEFT),
        "locked": lambda: change(Organization, cast.a.pk, locked_down_at=now),
    }[why]()
    assert used(text) is None
    assert used(alive) is not None


def test_a_member_who_comes_back_does_not_bring_old_tokens_back(cast):
    from network.actions.organizations import grant_membership

    token, text = make(cast, "bilal")
    with acting(system(Purpose.OPERATOR)) as operator:
        end_membership(operator, membership=token.membership)
        grant_membership(operator, organization=cast.a, person=cast.bilal, role=Role.OWNER)
    assert used(text) is None


def test_a_token_names_its_person_and_organization_in_one_query(cast, django_assert_num_queries):
    _token, text = make(cast, "farid")
    with acting(SIGN_IN), django_assert_num_queries(1):
        found = token_in_use(SIGN_IN, text)
        assert found.person.email == "farid@example.org"
        assert found.organization.slug == "new-visitors"


def test_the_day_of_the_last_use_and_nothing_finer(cast):
    token, _text = make(cast, "bilal")
    with acting(SIGN_IN):
        note_use(SIGN_IN, token=token)
    with acting(cast.actor("bilal")):
        assert ApiToken.objects.get(pk=token.pk).used_on == timezone.localdate()


# Seeing


def test_lists_are_ones_own_and_the_organizations(cast):
    mine, _text = make(cast, "bilal")
    hers, _text = make(cast, "amara")
    theirs, _text = make(cast, "chiara")
    with acting(cast.actor("bilal")) as bilal:
        assert list(tokens_of(bilal)) == [mine]
    with acting(cast.actor("amara")) as amara:
        assert list(tokens_of(amara)) == [hers]
        assert list(tokens_in(amara)) == [hers, mine]
    with acting(cast.actor("chiara")) as chiara:
        assert list(tokens_in(chiara)) == [theirs]


# Purging


def test_the_purge_takes_what_ended_a_month_ago_and_answers_of_yesterday(cast):
    now = timezone.now()
    long_ago, lately = now - dt.timedelta(days=31), now - dt.timedelta(days=29)
    made = [make(cast, "bilal")[0] for _number in range(5)]
    values = [{"expires_at": long_ago}, {"revoked_at": long_ago}]
    values += [{"expires_at": lately}, {"revoked_at": lately}, {}]
    for token, one in zip(made, values, strict=True):
        change(ApiToken, token.pk, **one)
    with acting(cast.actor("bilal")):
        for hours in (23, 25):
            one = KeptAnswer.objects.create(
                organization=cast.a, person=cast.bilal, key_hash=str(hours), request_digest="x"
            )
            KeptAnswer.objects.filter(pk=one.pk).update(created_at=now - dt.timedelta(hours=hours))
    result = purge(system(Purpose.PURGE))
    assert (result["tokens"], result["kept_answers"]) == (2, 1)
    assert {one.pk for one in everything(ApiToken)} == {token.pk for token in made[2:]}
    assert [one.key_hash for one in everything(KeptAnswer)] == ["23"]


# Commands


def run(name, *arguments):
    out = io.StringIO()
    call_command(name, *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_operator_makes_and_ends_a_token(cast):
    made = run(
        "create_token",
        "--person-email= AMARA@example.org",
        "--organization=harbour-visitors",
        "--scopes=directory:read, directory:write",
    )
    assert set(made) == {"id", "token", "expires_at"}
    assert made["expires_at"].endswith("Z")
    found = used(made["token"])
    assert str(found.pk) == made["id"]
    assert found.person_id == cast.amara.pk
    for _time in range(2):
        done = run("revoke_token", f"--id={made['id']}")
        assert done == {"id": made["id"], "revoked": True}
    assert used(made["token"]) is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chiara@example.org", "harbour-visitors", "directory:read"), "not belong"),
        (("nobody@example.org", "harbour-visitors", "directory:read"), "no account"),
        (("amara@example.org", "nowhere", "directory:read"), "nowhere"),
        (("amara@example.org", "harbour-visitors", "all"), "directory:read, directory:write"),
        (("amara@example.org", "harbour-visitors", ","), "Name at least one"),
    ],
)
def test_the_command_says_in_one_line_what_is_wrong(cast, arguments, said):
    email, slug, scopes = arguments
    with pytest.raises(CommandError, match=said) as refused:
        run(
            "create_token",
            f"--person-email={email}",
            f"--organization={slug}",
            f"--scopes={scopes}",
        )
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("key", ["x", "5f0c7c1e-7f4e-4c1e-9a55-0d5a3f6f2b11"])
def test_a_token_that_is_not_there_cannot_be_ended(cast, key):
    with pytest.raises(CommandError, match="no token"):
        run("revoke_token", f"--id={key}")
