"""What a group withholds is nowhere, and changes nothing anywhere.

A directory with a program whose every field holds canaries is published with each field withheld
in turn. Every public surface is asked, with all questions that could find the canaries.
"""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.test import Client

from directory.actions.publishing import publish_program
from directory.models import Listing
from network.tenancy import acting
from tests.isolation.asking import ask, ask_all, kept_in, leaks_in, naming, public_rows, unlike
from tests.isolation.canaries import CANARIES
from tests.isolation.reading import folded
from tests.isolation.surfaces import LANGUAGES, addresses
from tests.isolation.world import PROGRAM_ID, SLUG, forget

FIELDS = sorted(CANARIES)


def in_a_world_of_its_own(question):
    """What a function finds out; whatever it writes is undone."""
    with transaction.atomic():
        found = question()
        transaction.set_rollback(True)
    forget()
    return found


def questions_of(world, field):
    """The addresses that are asked because of this field and for no other reason."""
    return set(addresses(world.places, (field,))) - set(addresses(world.places, ()))


def beside(world, field):
    return {path.format(**world.places) for path in CANARIES[field].beside}


def test_while_they_are_shown_the_canaries_are_found(world):
    """Otherwise the tests below would prove nothing."""
    world.publish()
    shown = ask_all(world, FIELDS, languages=("ar",))
    refused = [address for address, answer in shown.items() if answer.status == 400]
    assert not refused
    finding = set(naming(shown, SLUG))
    for field in FIELDS:
        canary = CANARIES[field]
        assert [word for word, _where in leaks_in(shown, field)] == list(map(folded, canary.words))
        for question in canary.finds:
            asked = {one for one in shown if asks(one, question, world)}
            assert asked & finding, (field, question)
    assert beside(world, "facilities") <= finding
    for field in FIELDS:
        world.edit(field, "twin")
    world.publish()
    assert all(SLUG in ask(Client(), one).text for one in beside(world, "point"))


def asks(address, question, world):
    """Whether an address asks this, and more only about the form of the answer."""
    asked = parse_qs(urlsplit(address).query)
    return all(
        asked.get(name) == [value.format(**world.places)] for name, value in question.items()
    )


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_withheld_is_nowhere_and_changes_nothing(world, field):
    # Each field in one other language: what is written by hand is the same code in all.
    languages = LANGUAGES[FIELDS.index(field) % len(LANGUAGES) :][:1]

    def told_of(variant, languages):
        world.at(0)
        world.publish()
        # When the working copy changed is nobody's business either.
        world.at({"canary": 1, "twin": 2}[variant])
        world.edit(field, variant)
        world.withhold(field)
        world.at(3)
        world.publish()
        return ask_all(world, [field], languages=languages), public_rows()

    def told_of_twin():
        return told_of("twin", ())

    def told_of_canary_and_again_without():
        first = told_of("canary", languages)
        world.at(4)
        world.edit(field, "empty")
        has_new_mark = world.publish()
        asked = ask_all(world, [field], beginning="/api/v1/programs/")
        return *first, asked, public_rows(), has_new_mark

    told, rows, again, rows_again, has_new_mark = in_a_world_of_its_own(
        told_of_canary_and_again_without
    )
    assert not leaks_in(told, field)
    assert not kept_in(rows, field)
    silent = questions_of(world, field) | beside(world, field)
    assert not silent & set(naming(told, SLUG))
    assert not unlike(told, again)
    assert rows == rows_again
    assert not has_new_mark
    twin, rows_of_twin = in_a_world_of_its_own(told_of_twin)
    assert not unlike(told, twin)
    assert rows == rows_of_twin


def test_a_program_that_was_never_shown_says_nothing_of_all_that_it_withholds(world):
    def told_of(variant):
        for field in FIELDS:
            world.edit(field, variant)
        world.withhold(*FIELDS)
        world.publish()
        return ask_all(world, languages=()), public_rows()

    told, rows = in_a_world_of_its_own(lambda: told_of("canary"))
    assert not [leak for field in FIELDS for leak in leaks_in(told, field)]
    twin, rows_of_twin = in_a_world_of_its_own(lambda: told_of("twin"))
    assert not unlike(told, twin)
    assert rows == rows_of_twin


def test_answers_that_were_kept_go_with_what_they_showed(world, monkeypatch):
    # A second is how long a change may stay unseen.
    monkeypatch.setattr("api.middleware.kept.SECONDS", 0.0)
    client = Client()
    world.publish()
    shown = ask_all(world, client=client, languages=())
    assert all(leaks_in(shown, field) for field in FIELDS)
    world.withhold(*FIELDS)
    with acting(world.cast.actor("amara")) as amara:
        publish_program(amara, program=world.program)
    again = ask_all(world, client=client, languages=())
    assert not [leak for field in FIELDS for leak in leaks_in(again, field)]


def test_no_other_row_changes_with_what_is_shown_or_withheld(world):
    def others():
        rows = list(Listing.objects.exclude(pk=PROGRAM_ID).order_by("pk").values())
        answer = ask(Client(), "/api/v1/programs/{neighbour}/".format(**world.places))
        return rows, answer

    before = others()
    world.publish()
    assert others() == before
    for field in FIELDS:
        world.withhold(field)
        world.publish()
        assert others() == before


def test_what_is_published_again_as_it_was_is_still_found(world):
    world.publish()
    first, rows = ask_all(world, ["summaries"], beginning="/api/"), public_rows()
    assert not world.publish()
    assert rows == public_rows()
    assert not unlike(first, ask_all(world, ["summaries"], beginning="/api/"))
