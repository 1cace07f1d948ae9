"""A new contact, website or place of a public entry waits; what is taken away goes at once."""

import copy
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from directory.actions.programs.holding import cancel_held_change, hold_anew
from directory.actions.programs.releasing import confirm_held_change, release_held_changes
from directory.actions.publishing import publish_program, unpublish_program
from directory.models import HeldChange, Listing, Program
from directory.queries.holding import HELD, POINT, split, still_wanted
from network import events
from network.actions.lockdown import lock_organization, unlock_organization
from network.events import ProgramChangeHeld, subscribe
from network.models import AuditEntry
from network.permissions import Refused
from network.tenancy import Purpose, acting, system
from tests.directory.desk import VALUES, listing_of

NEW = {
    "website": "https://new.example.org/",
    "contact": {"phone": "+44 20 1111 1111", "email": "hello@harbour.example.org"},
    "locality": "Newtown",
    "point": {"lat": 55.0, "lon": -3.0},
}


def publish(desk, program, by="carla"):
    with acting(desk.actor(by)) as actor:
        return publish_program(actor, program=desk.fresh(program))


def public(desk, **values):
    program = desk.create(**values)
    publish(desk, program)
    return program


def confirm(desk, program, by):
    held = desk.held(program)
    with acting(desk.actor(by)) as actor:
        confirm_held_change(actor, held=held)


def release():
    return release_held_changes(system(Purpose.RELEASE))


def said(program):
    listing = listing_of(program)
    return listing.website, listing.contact, listing.locality, listing.latitude


@pytest.mark.django_db
def test_the_first_publication_waits_for_nobody(desk):
    program = public(desk)
    assert said(program) == (VALUES["website"], VALUES["contact"], "Harbourtown", 51.5)
    assert desk.held(program) is None


@pytest.mark.django_db
def test_a_new_contact_website_and_place_wait_and_all_else_is_public_at_once(desk):
    program = public(desk)
    before = said(program)
    desk.edit(program, **NEW, summaries={"en": "New summary."}, status="paused")
    publish(desk, program)
    listing = listing_of(program)
    assert said(program) == before
    assert (listing.summaries, listing.status) == ({"en": "New summary."}, "paused")
    held = desk.held(program)
    assert set(held.values) == {"website", "contact", "locality", *POINT}
    assert held.values["contact"] == {"phone": "+44 20 1111 1111"}
    left = held.held_until - timezone.now()
    assert dt.timedelta(hours=23, minutes=59) < left <= dt.timedelta(hours=24)
    assert not Listing.objects.filter(website__contains="new.example").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "chiara", "claude", "edo", "esi"])
def test_who_may_not_publish_confirms_and_cancels_nothing(desk, name):
    program = public(desk)
    desk.edit(program, **NEW)
    publish(desk, program)
    held = desk.held(program)
    with acting(desk.actor(name)) as actor:
        with pytest.raises(Refused):
            confirm_held_change(actor, held=held)
        with pytest.raises(Refused):
            cancel_held_change(actor, held=held)
    assert desk.held(program) == held
    assert listing_of(program).website == VALUES["website"]


@pytest.mark.django_db
def test_who_asked_for_it_does_not_confirm_and_a_colleague_does(desk):
    program = public(desk)
    desk.edit(program, **NEW)
    publish(desk, program, "carla")
    held = desk.held(program)
    with pytest.raises(ValidationError) as refused:
        confirm(desk, program, "carla")
    assert refused.value.code == "own_change"
    version = listing_of(program).version
    confirm(desk, program, "amara")
    assert said(program) == (NEW["website"], NEW["contact"], "Newtown", 55.0)
    assert listing_of(program).version == version + 1
    with acting(desk.actor("amara")) as amara:
        confirm_held_change(amara, held=held)
        assert HeldChange.objects.get().confirmed_by == desk.cast.amara.pk
        assert AuditEntry.objects.filter(verb="program.held_change_confirmed").count() == 1
    assert listing_of(program).version == version + 1


@pytest.mark.django_db
def test_nobody_confirms_through_a_colleagues_second_publication(desk):
    program = public(desk)
    desk.edit(program, website=NEW["website"])
    publish(desk, program, "carla")
    # Amara publishes something else: Carla's change stays Carla's.
    desk.edit(program, summaries={"en": "x"})
    publish(desk, program, "amara")
    with pytest.raises(ValidationError):
        confirm(desk, program, "carla")
    # She publishes more that waits: now neither of the two may confirm.
    desk.edit(program, contact=NEW["contact"])
    publish(desk, program, "amara")
    for name in ("carla", "amara"):
        with pytest.raises(ValidationError):
            confirm(desk, program, name)


@pytest.mark.django_db
def test_what_waits_is_released_in_its_time_and_not_before(desk):
    program = public(desk)
    desk.edit(program, **NEW)
    publish(desk, program)
    assert release() == 0
    assert listing_of(program).website == VALUES["website"]
    desk.a_day_later()
    assert release() == 1
    assert said(program) == (NEW["website"], NEW["contact"], "Newtown", 55.0)
    assert release() == 0
    with acting(desk.actor("amara")):
        [entry] = AuditEntry.objects.filter(verb="program.held_change_released")
        assert (entry.purpose, entry.person_id) == ("release", None)
    assert listing_of(program).words.filter(word="t:newtown").exists()


@pytest.mark.django_db
def test_only_the_release_releases(desk):
    for purpose in set(Purpose) - {Purpose.RELEASE, Purpose.STEWARD}:
        with pytest.raises(ValueError, match="release"):
            release_held_changes(system(purpose))
    with pytest.raises(ValueError, match="release"):
        release_held_changes(desk.actor("amara"))


@pytest.mark.django_db
def test_one_release_that_fails_stops_no_other(desk, monkeypatch):
    first, second = public(desk), public(desk, names={"en": "Second"})
    for program in (first, second):
        desk.edit(program, website=NEW["website"])
        publish(desk, program)
    desk.a_day_later()
    with acting(system(Purpose.OPERATOR)):
        # Damaged by hand: there is no such country.
        HeldChange.objects.filter(program=first).update(values={"country": "ZZ"})
        Program.objects.filter(pk=first.pk).update(country="ZZ")
    assert release() == 1
    assert listing_of(second).website == NEW["website"]
    assert desk.held(first) is not None


@pytest.mark.django_db
@pytest.mark.parametrize("withheld", [["website", "contact", "point"], []])
def test_what_is_taken_away_or_withheld_goes_at_once(desk, withheld):
    program = public(desk)
    empty = {"website": "", "contact": {}, "locality": "", "precision": "country"}
    desk.edit(program, **({"withheld": withheld} if withheld else empty))
    publish(desk, program)
    assert said(program) == ("", {}, "", None)
    assert desk.held(program) is None
    # To show them again is a change like any other.
    desk.edit(program, withheld=[])
    if withheld:
        publish(desk, program)
        assert said(program) == ("", {}, "", None)
        confirm(desk, program, "amara")
        assert said(program)[:2] == (VALUES["website"], VALUES["contact"])


@pytest.mark.django_db
def test_one_way_to_be_reached_goes_while_another_waits(desk):
    program = public(desk)
    desk.edit(program, contact={"phone": "+44 20 2222 2222", "note": "Ask for us"})
    publish(desk, program)
    assert listing_of(program).contact == {"phone": VALUES["contact"]["phone"]}
    assert desk.held(program).values["contact"] == {
        "phone": "+44 20 2222 2222",
        "note": "Ask for us",
    }


@pytest.mark.django_db
def test_what_waits_goes_on_waiting_from_when_it_was_asked_for(desk):
    program = public(desk)
    place = {name: VALUES[name] for name in ("locality", "point", "precision")}
    desk.edit(program, website=NEW["website"], **{**place, "locality": "Newtown"})
    publish(desk, program)
    first = desk.held(program)
    publish(desk, program, "amara")
    assert desk.held(program) == first
    assert desk.held(program).asked_by == desk.carla.pk
    # Less of it goes on as it was, something new begins anew.
    desk.edit(program, website=VALUES["website"])
    publish(desk, program)
    left = desk.held(program)
    assert (left.pk, left.held_until) == (first.pk, first.held_until)
    assert left.values == {"locality": "Newtown"}
    desk.edit(program, website="https://third.example.org/")
    publish(desk, program)
    assert desk.held(program).pk != first.pk
    # Taken back altogether, nothing waits.
    desk.edit(program, website=VALUES["website"], **place)
    publish(desk, program)
    assert desk.held(program) is None


@pytest.mark.django_db
def test_a_cancelled_change_is_never_public(desk):
    program = public(desk)
    desk.edit(program, **NEW)
    publish(desk, program)
    held = desk.held(program)
    with acting(desk.actor("carla")) as carla:
        cancel_held_change(carla, held=held)
        cancel_held_change(carla, held=held)
    desk.a_day_later()
    assert release() == 0
    with acting(desk.actor("amara")) as amara, pytest.raises(ValidationError) as refused:
        confirm_held_change(amara, held=held)
    assert refused.value.code == "cancelled"
    assert listing_of(program).website == VALUES["website"]


@pytest.mark.django_db
def test_what_is_public_cannot_be_cancelled(desk):
    program = public(desk)
    desk.edit(program, website=NEW["website"])
    publish(desk, program)
    held = desk.held(program)
    confirm(desk, program, "amara")
    with acting(desk.actor("carla")) as carla, pytest.raises(ValidationError):
        cancel_held_change(carla, held=held)


@pytest.mark.django_db
def test_what_was_edited_meanwhile_is_not_released(desk):
    program = public(desk)
    desk.edit(program, website=NEW["website"], contact=NEW["contact"])
    publish(desk, program)
    # Withheld on the desk and not published yet: a release must not show it all the same.
    desk.edit(program, withheld=["website"], contact={"phone": "+44 20 3333 3333"})
    desk.a_day_later()
    assert release() == 1
    assert said(program)[:2] == (VALUES["website"], VALUES["contact"])


@pytest.mark.django_db
def test_unpublishing_drops_what_waits_and_publishing_again_is_no_way_round(desk):
    program = public(desk)
    desk.edit(program, **NEW)
    publish(desk, program)
    with acting(desk.actor("carla")) as carla:
        unpublish_program(carla, program=desk.fresh(program))
    assert desk.held(program) is None
    publish(desk, program)
    # What is as it was stands there; what is new waits; nothing old is put back in its place.
    kept = {"email": VALUES["contact"]["email"]}
    assert said(program) == ("", kept, "", None)
    assert set(desk.held(program).values) == {"website", "contact", "locality", *POINT}
    confirm(desk, program, "amara")
    assert said(program) == (NEW["website"], NEW["contact"], "Newtown", 55.0)


@pytest.mark.django_db
def test_what_is_published_again_unchanged_does_not_wait(desk):
    program = public(desk)
    before = said(program)
    with acting(desk.actor("carla")) as carla:
        unpublish_program(carla, program=desk.fresh(program))
    publish(desk, program)
    assert said(program) == before
    assert desk.held(program) is None


@pytest.mark.django_db
def test_the_country_waits_too(desk):
    program = public(desk)
    desk.edit(program, country="FR", locality="")
    publish(desk, program)
    assert listing_of(program).country.iso2 == "GB"
    confirm(desk, program, "amara")
    assert listing_of(program).country.iso2 == "FR"


@pytest.mark.django_db
def test_all_are_told_once(desk, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(events, "_receivers", type(events._receivers)(list))
    heard = []
    subscribe(ProgramChangeHeld, heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        program = public(desk)
        desk.edit(program, **NEW)
        publish(desk, program)
        publish(desk, program)
    assert [(event.program_id, event.held_change_id) for event in heard] == [
        (program.pk, desk.held(program).pk)
    ]
    with acting(desk.actor("amara")):
        entry = AuditEntry.objects.get(verb="program.change_held")
        assert "contact" in entry.details["fields"]
        assert "1111" not in str(entry.details)


WORDS = st.sampled_from(["", "a", "b"])
POINTS = st.sampled_from([(None, None, "country"), (1.0, 2.0, "grid"), (3.0, 4.0, "locality")])
COLUMNS = st.builds(
    lambda contact, words, point, country, has_relay: {
        "contact": contact,
        **words,
        **dict(zip(POINT, point, strict=True)),
        "country": country,
        "has_relay": has_relay,
    },
    st.dictionaries(st.sampled_from(["phone", "email"]), st.sampled_from("xy"), max_size=2),
    st.fixed_dictionaries(dict.fromkeys(("website", "admin1", "locality"), WORDS)),
    POINTS,
    st.sampled_from(["GB", "FR"]),
    st.booleans(),
)


@given(COLUMNS, COLUMNS, st.booleans())
def test_nothing_new_is_shown_nothing_hidden_stays_and_all_comes_in_the_end(new, old, is_shown):
    before = copy.deepcopy((new, old))
    shown, waiting = split(new, old, is_shown=is_shown)
    assert (new, old) == before
    assert set(shown) == set(HELD)
    for name in ("website", "admin1", "locality"):
        assert shown[name] in (old[name], "") or shown[name] == new[name] == old[name]
        assert new[name] or not shown[name]
    assert shown["has_relay"] == (old["has_relay"] and new["has_relay"])
    for key, value in shown["contact"].items():
        assert old["contact"].get(key) == value
        assert key in new["contact"]
    if shown["latitude"] is not None:
        assert [shown[name] for name in POINT] == [old[name] for name in POINT]
        assert new["latitude"] is not None
    # Put together again it is what the group wanted.
    after = {**shown, **waiting, "contact": {**shown["contact"], **waiting.get("contact", {})}}
    assert after == new
    assert still_wanted(waiting, new) == waiting


@pytest.mark.django_db
def test_in_a_lock_down_nothing_that_waits_becomes_public(
    desk, django_capture_on_commit_callbacks
):
    program = public(desk)
    before = said(program)
    desk.edit(program, **NEW)
    publish(desk, program)
    with acting(desk.actor("amara")) as amara:
        lock_organization(amara, organization=desk.cast.a)
    desk.a_day_later()
    assert release() == 0
    assert said(program) == before
    with django_capture_on_commit_callbacks(execute=True), acting(desk.actor("amara")) as amara:
        assert unlock_organization(amara, organization=desk.cast.a) is None
    assert release() == 0
    left = desk.held(program).held_until - timezone.now()
    assert dt.timedelta(hours=23, minutes=59) < left <= dt.timedelta(hours=24)
    with acting(desk.actor("amara")) as amara, pytest.raises(ValueError, match="operator"):
        hold_anew(amara, organization_id=desk.cast.a.pk)
    desk.a_day_later()
    assert release() == 1
