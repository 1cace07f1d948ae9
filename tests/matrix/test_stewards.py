"""The stewards' desk: everybody else gets the bytes of what is missing, and changes nothing.

Stewards decide on no group of their own, and see a group's desk only while its owner lets them.
"""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.models import Application, Objection, Report
from messaging.actions.reporting import report_messages
from network.actions.organizations import grant_membership
from network.actions.support import answer_support, ask_for_support
from network.enums import Role
from network.models import Person, SupportSession
from network.permissions import OF_SUPPORT
from network.tenancy import acting, member, steward
from tests.directory import applied
from tests.directory.applied import apply
from tests.matrix.asking import CANARIES, digest, rolled_back, told
from tests.matrix.rows import DESK
from tests.matrix.rows_stewards import STEWARD
from tests.matrix.world import MISSING, make_world
from tests.messaging.talking import accepts, ask, say
from tests.network.members import OPERATOR
from tests.uploaded import files

__all__ = ["files"]  # a fixture


# Names of members are those of their accounts; who applies writes to the stewards.
SHOWN = {"steward:group", "steward:groups", "steward:overview", "steward:applications"}


@pytest.fixture
def world(cast, settings, files):
    settings.INVITATIONS_A_DAY = 1000
    return make_world(cast)


@pytest.fixture
def things(cast, world):
    """What stands in the addresses: something of each sort that waits."""
    application = apply(cast)
    entry = applied.make_entry()
    with acting(OPERATOR):
        objection = Objection.objects.create(
            organization=cast.applicant, application=application, text="Not them."
        )
        report = Report.objects.create(subject="program", slug=entry.slug, kind="wrong", text="x")
    return {
        "application": str(application.pk),
        "objection": str(objection.pk),
        "report": str(report.pk),
        "message_report": str(reported(cast).pk),
        "organization": world.objects["a"]["organization"],
        "member": world.objects["a"]["member"],
    }


def reported(cast):
    """What B reports of A: words without a canary, from a conversation that is full of them."""
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    talk = ask(omar, cast.b, topic="Topic zqacanary", body="zqacanary")
    accepts(chiara, talk)
    shown = say(omar, talk, "What was chosen")
    say(omar, talk, "zqacanary was not chosen")
    say(chiara, talk, "zqbcanary was not chosen")
    with acting(chiara):
        return report_messages(
            chiara,
            conversation_id=talk.pk,
            client_id=uuid.uuid4(),
            messages=[shown.id],
            kind="threat",
            note="Look.",
        )


def path_of(name, things, missing=False):
    names = STEWARD[name].names
    values = {
        argument: ("no-such-group" if argument == "organization" else MISSING)
        if missing
        else things[thing]
        for argument, thing in names.items()
    }
    return reverse(name, kwargs=values)


def bodies_of(name, things):
    return [
        {key: value.format(**things) for key, value in body.items()}
        for body in STEWARD[name].bodies
    ]


def client_of(world, name):
    return next(one.client for one in world.askers if one.name == name)


def plain(answer, path):
    return told(answer, {"path": path})


def test_everybody_else_gets_the_same_as_for_what_is_missing(world, things):
    cells = 0
    others = [one for one in world.askers if one.name != "steward"]
    before = digest()
    for name in STEWARD:
        for one in others:
            for missing in (False, True):
                path = path_of(name, things, missing)
                for body in (None, *bodies_of(name, things)):
                    answer = one.client.get(path) if body is None else one.client.post(path, body)
                    cells += 1
                    if one.is_out:
                        assert answer.status_code == 303, (name, one.name)
                        continue
                    assert answer.status_code == 404, (name, one.name)
                    nothing = plain(one.client.get("/steward/nothing-here/"), "/x")
                    assert plain(answer, path).body == nothing.body, (name, one.name)
    assert cells > 500
    assert digest() == before


def test_a_steward_opens_each_page_and_what_is_missing_is_missing(world, things):
    client = client_of(world, "steward")
    for name in STEWARD:
        path = path_of(name, things)
        answer = client.get(path)
        assert answer.status_code == 200, name
        for canary in CANARIES.values():
            if name not in SHOWN:
                assert canary not in told(answer, {}).plain, name
        if STEWARD[name].names:
            assert client.get(path_of(name, things, missing=True)).status_code == 404, name


@pytest.mark.parametrize("name", [name for name, row in STEWARD.items() if row.bodies])
def test_what_a_steward_sends_is_done(world, things, name):
    client = client_of(world, "steward")
    for body in bodies_of(name, things):
        with rolled_back():
            before = digest()
            answer = client.post(path_of(name, things), body)
            assert answer.status_code in (303, 422), (name, body, answer.status_code)
            assert (digest() != before) == (answer.status_code == 303), (name, body)


@pytest.mark.parametrize("name", ["steward:application", "steward:objection", "steward:group"])
def test_no_steward_decides_on_a_group_of_their_own(cast, world, things, name):
    client = client_of(world, "steward")
    with acting(OPERATOR) as operator:
        person = Person.objects.get(email__startswith="steward.")
        for group in (cast.applicant, cast.a):
            grant_membership(operator, organization=group, person=person, role=Role.MEMBER)
    page = client.get(path_of(name, things))
    assert "a group of your own" in page.content.decode()
    assert 'name="act"' not in page.content.decode()
    for body in bodies_of(name, things):
        before = digest()
        answer = client.post(path_of(name, things), body)
        assert answer.status_code in (403, 422), (name, body)
        assert digest() == before, (name, body)


@pytest.mark.parametrize("side", ["a", "b"])
def test_what_is_reported_by_or_about_a_group_of_their_own_is_missing_to_a_steward(
    cast, world, things, side
):
    client = client_of(world, "steward")
    path, missing = (path_of("steward:message_report", things, one) for one in (False, True))
    assert "What was chosen" in client.get(path).content.decode()
    with acting(OPERATOR) as operator:
        person = Person.objects.get(email__startswith="steward.")
        grant_membership(
            operator, organization=getattr(cast, side), person=person, role=Role.MEMBER
        )
    before = digest()
    nothing = plain(client.get(missing), missing)
    assert (nothing.status, plain(client.get(path), path)) == (404, nothing)
    for body in bodies_of("steward:message_report", things):
        assert client.post(path, body).status_code == 404
    for name in ("steward:message_reports", "steward:overview"):
        page = client.get(path_of(name, things)).content.decode()
        assert things["message_report"] not in page
    assert digest() == before


def test_without_a_second_step_after_a_week_they_are_asked_for_one(world, things):
    with acting(OPERATOR):
        Person.objects.filter(email__startswith="steward.").update(created_at="2020-01-01T00:00Z")
    client = client_of(world, "steward")
    for name in STEWARD:
        answer = client.get(path_of(name, things))
        assert (answer.status_code, answer.get("Location")) == (403, None), name
        assert "second step" in answer.content.decode()


def test_deciding_wants_the_password_shown_lately(world, things):
    client = client_of(world, "steward")
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    for name in ("application", "objection", "report", "message_report", "group"):
        surface = f"steward:{name}"
        answer = client.post(path_of(surface, things), bodies_of(surface, things)[0])
        assert answer.status_code == 303
        assert answer["Location"].startswith("/account/confirm/")
    with acting(OPERATOR):
        assert Application.objects.get(pk=things["application"]).state == "waiting"


def allow(cast):
    """An owner of A lets the steward look, as both would do it."""
    with acting(OPERATOR):
        owner = Person.objects.get(email__startswith="owner.")
        person = Person.objects.get(email__startswith="steward.")
    with acting(steward(person.pk)) as looking:
        session = ask_for_support(looking, organization=cast.a, reason="x", minutes=5)
    with acting(member(owner.pk, cast.a.pk)) as actor:
        answer_support(actor, session=session, is_allowed=True)
    return session


def desk_paths(world, side):
    objects = world.objects[side]
    for name, row in DESK.items():
        if "GET" not in row.methods or row.rests or row.is_shared or row.query:
            continue
        values = {
            argument: thing[1:] if thing.startswith("'") else objects[thing]
            for argument, thing in row.names.items()
        }
        path = reverse(name, kwargs={"organization": objects["organization"], **values})
        yield row.methods["GET"], path


def message_paths(world, side):
    objects = world.objects[side]
    for name, row in DESK.items():
        if row.query and "GET" in row.methods:
            values = {argument: objects[thing] for argument, thing in row.names.items()}
            yield f"{reverse(name, kwargs=values)}?{row.query}={objects['organization']}"


def test_a_look_shows_no_message(cast, world, things):
    client = client_of(world, "steward")
    allow(cast)
    paths = list(message_paths(world, "a"))
    assert len(paths) > 5
    assert {path for path in paths if client.get(path).status_code != 404} == set()


def test_a_look_shows_what_was_allowed_and_ends(cast, world, things):
    client = client_of(world, "steward")
    for _permission, path in desk_paths(world, "a"):
        assert client.get(path).status_code == 404, path
    session = allow(cast)
    for permission, path in desk_paths(world, "a"):
        status = client.get(path).status_code
        if permission in OF_SUPPORT:
            assert status in (200, 303, 404), path
            assert status != 404 or "leave" in path, path
        else:
            assert status == 403, path
        assert client.post(path, {}).status_code in (404, 405), path
    for _permission, path in desk_paths(world, "b"):
        assert client.get(path).status_code == 404, path
    with acting(OPERATOR):
        SupportSession.objects.filter(pk=session.pk).update(ends_at=timezone.now())
    for _permission, path in desk_paths(world, "a"):
        assert client.get(path).status_code == 404, path
