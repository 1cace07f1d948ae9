"""A form for notes is held like a new contact, and hidden while its group is locked down."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from directory.actions.programs.holding import cancel_held_change
from directory.actions.programs.releasing import confirm_held_change, release_held_changes
from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.relaying import confirm_relay, switch_off_relay
from directory.actions.relaying.showing import hide_relays, show_relays
from directory.models import Listing, Program, Relay
from directory.queries.relays import relay_open_at
from network.actions.lockdown import lock_organization, unlock_organization
from network.models import AuditEntry, Organization
from network.permissions import Refused
from network.tenancy import Purpose, acting, system, visitor
from tests.directory.desk import Desk, release_all
from tests.directory.relaying import (
    ADDRESS,
    SLUG,
    mails,
    no_mails,
    published_with_relay,
    switch_on,
    token_to,
)

pytestmark = pytest.mark.django_db
EYES = system(Purpose.OPERATOR)
OTHER = "other@example.org"


@pytest.fixture
def desk(cast):
    return Desk(cast)


def public(desk):
    program = desk.create()
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=program)
    return program


def waiting(desk, by="carla", email=ADDRESS):
    """A public program whose form is confirmed by its address, and waits."""
    program = public(desk)
    switch_on(desk, program, email, by=by)
    assert confirm_relay(visitor(), token=token_to(email))
    return program


def shown(program):
    return Listing.objects.get(pk=program.pk).has_relay


def release():
    return release_held_changes(system(Purpose.RELEASE))


def test_a_confirmed_address_takes_nothing_for_a_day(desk):
    program = waiting(desk)
    left = desk.held(program).held_until - timezone.now()
    assert dt.timedelta(hours=23, minutes=59) < left <= dt.timedelta(hours=24)
    assert release() == 0
    assert not shown(program)
    assert relay_open_at(EYES, SLUG) is None
    # Publishing again, or anew, is no way round.
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=desk.fresh(program))
        assert not shown(program)
        unpublish_program(carla, program=desk.fresh(program))
        publish_program(carla, program=desk.fresh(program))
    assert not shown(program)
    assert desk.held(program).values == {"has_relay": True}
    version = Listing.objects.get(pk=program.pk).version
    release_all()
    assert shown(program)
    assert Listing.objects.get(pk=program.pk).version == version + 1
    assert relay_open_at(EYES, SLUG)


@pytest.mark.parametrize("name", ["edna", "bilal", "omar", "claude"])
def test_who_may_not_publish_confirms_nothing(desk, name):
    program = waiting(desk)
    held = desk.held(program)
    with acting(desk.actor(name)) as actor, pytest.raises(Refused):
        confirm_held_change(actor, held=held)
    assert not shown(program)


def test_whoever_named_the_address_does_not_confirm_it_and_a_colleague_does(desk):
    program = waiting(desk)
    # Not through a colleague's publication either.
    with acting(desk.actor("amara")) as amara:
        unpublish_program(amara, program=desk.fresh(program))
        publish_program(amara, program=desk.fresh(program))
    held = desk.held(program)
    for name in ("carla", "amara"):
        with acting(desk.actor(name)) as actor, pytest.raises(ValidationError) as refused:
            confirm_held_change(actor, held=held)
        assert refused.value.code == "own_change"
    assert not shown(program)


def test_a_colleague_confirms(desk):
    program = waiting(desk)
    with acting(desk.actor("amara")) as amara:
        confirm_held_change(amara, held=desk.held(program))
    assert shown(program)


def test_all_coordinators_are_told_once_and_read_no_address(desk):
    program = public(desk)
    switch_on(desk, program)
    token = token_to()
    no_mails()
    confirm_relay(visitor(), token=token)
    told = mails()
    assert sorted(one.to for one in told) == ["amara@example.org", "carla@example.org"]
    assert "notes" in told[0].text
    assert ADDRESS not in "".join(one.text for one in told)
    with acting(EYES):
        log = str(list(AuditEntry.objects.filter(organization=desk.cast.a).values()))
    assert "has_relay" in log
    assert ADDRESS not in log


def test_called_off_the_address_is_forgotten(desk):
    program = waiting(desk)
    with acting(desk.actor("amara")) as amara:
        cancel_held_change(amara, held=desk.held(program))
        assert not Relay.objects.exists()
        publish_program(amara, program=desk.fresh(program))
    release_all()
    assert not shown(program)
    assert desk.held(program) is None


def test_another_address_waits_its_whole_time(desk):
    program = published_with_relay(desk)
    with acting(EYES):
        Relay.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=6))
    switch_on(desk, program, OTHER, by="amara")
    # The one before is off at once, and nothing waits before the new one has said yes.
    assert not shown(program)
    assert desk.held(program) is None
    release_all()
    assert not shown(program)
    confirm_relay(visitor(), token=token_to(OTHER))
    assert not shown(program)
    with acting(desk.actor("carla")) as carla:
        confirm_held_change(carla, held=desk.held(program))
    assert relay_open_at(EYES, SLUG).relay.email == OTHER


def test_what_waits_beside_it_goes_on_waiting_alone(desk):
    program = waiting(desk)
    desk.edit(program, contact={"phone": "+44 20 1111 1111"})
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=desk.fresh(program))
        assert set(desk.held(program).values) == {"contact", "has_relay"}
        switch_off_relay(carla, program=desk.fresh(program))
    assert set(desk.held(program).values) == {"contact"}
    release_all()
    assert not shown(program)
    assert Listing.objects.get(pk=program.pk).contact["phone"] == "+44 20 1111 1111"


def test_a_program_that_is_not_public_yet_has_the_form_from_the_first(desk):
    program = desk.create()
    switch_on(desk, program)
    confirm_relay(visitor(), token=token_to())
    assert desk.held(program) is None
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=program)
    assert shown(program)


def lock(desk, during=None):
    with acting(desk.actor("amara")) as amara:
        lock_organization(amara, organization=Organization.objects.get(pk=desk.cast.a.pk))


def unlock(desk):
    with acting(desk.actor("amara")) as amara:
        unlock_organization(amara, organization=Organization.objects.get(pk=desk.cast.a.pk))


def test_a_lock_down_hides_the_form_and_its_end_brings_it_back(
    desk, django_capture_on_commit_callbacks
):
    program = published_with_relay(desk)
    of_b = _of_b(desk)
    version = Listing.objects.get(pk=program.pk).version
    with django_capture_on_commit_callbacks(execute=True):
        lock(desk)
    assert not shown(program)
    assert Listing.objects.get(pk=program.pk).version == version + 1
    assert Listing.objects.get(pk=of_b).has_relay
    with django_capture_on_commit_callbacks(execute=True):
        unlock(desk)
    assert shown(program)
    assert relay_open_at(EYES, SLUG)


def _of_b(desk):
    """An entry of another group that can be written to."""
    with acting(desk.actor("claude")) as claude:
        publish_program(claude, program=desk.of_b)
    with acting(system(Purpose.OPERATOR, organization_id=desk.cast.b.pk)):
        Relay.objects.create(
            organization=desk.cast.b,
            program=Program.objects.get(pk=desk.of_b.pk),
            email="b@example.org",
            language="fr",
            asked_at=timezone.now(),
            confirmed_at=timezone.now(),
        )
        Listing.objects.filter(pk=desk.of_b.pk).update(has_relay=True)
    return desk.of_b.pk


def test_what_waits_or_is_confirmed_in_a_lock_down_waits_on_after_it(
    desk, django_capture_on_commit_callbacks
):
    program = public(desk)
    switch_on(desk, program)
    with django_capture_on_commit_callbacks(execute=True):
        lock(desk)
    assert confirm_relay(visitor(), token=token_to())
    release_all()
    assert not shown(program)
    with django_capture_on_commit_callbacks(execute=True):
        unlock(desk)
    assert not shown(program)
    assert desk.held(program).held_until > timezone.now() + dt.timedelta(hours=23)
    release_all()
    assert shown(program)


@pytest.mark.parametrize("act", [hide_relays, show_relays])
def test_only_the_operator_shows_and_hides_the_forms_of_others(desk, act):
    program = published_with_relay(desk)
    for actor in (desk.actor("amara"), system(Purpose.RELEASE)):
        with acting(actor), pytest.raises(ValueError, match="operator"):
            act(actor, organization_id=desk.cast.a.pk)
    assert shown(program)
    assert connection.in_atomic_block
