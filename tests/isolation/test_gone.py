"""A program that is not public, or is so no more, is on no surface; copies learn its number."""

import json
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone

from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.suppression import suppress_listing
from directory.models import Program
from network.enums import OrganizationStatus
from network.models import Organization
from network.tenancy import Purpose, acting, system
from tests.isolation.asking import ask, ask_all, leaks_in, public_rows, unlike
from tests.isolation.canaries import CANARIES
from tests.isolation.reading import folded
from tests.isolation.surfaces import LONG_AGO
from tests.isolation.world import NAMES, NEVER, PROGRAM_ID, SLUG, fix_mark

OPERATOR = system(Purpose.OPERATOR)
WORDS = (SLUG, "zebragate", NAMES["ar"], str(PROGRAM_ID), PROGRAM_ID.hex)
CHANGES = "/api/v1/programs/?" + urlencode({"updated_after": LONG_AGO})


def refuse(world, code):
    """Try to publish, in vain."""
    with acting(world.cast.actor("amara")) as amara, pytest.raises(ValidationError) as refused:
        publish_program(amara, program=Program.objects.get(pk=PROGRAM_ID))
    assert refused.value.code == code


def of_an_unverified_organization(world):
    with acting(OPERATOR):
        Organization.objects.filter(pk=world.cast.a.pk).update(status=OrganizationStatus.APPLIED)
    refuse(world, "unverified")


def deleted_before(world):
    with acting(OPERATOR):
        Program.objects.filter(pk=PROGRAM_ID).update(deleted_at=timezone.now())
    refuse(world, "deleted")


def unpublished(world):
    world.publish()
    with acting(world.cast.actor("amara")) as amara:
        unpublish_program(amara, program=Program.objects.get(pk=PROGRAM_ID))


def suppressed(world):
    world.publish()
    with acting(OPERATOR):
        suppress_listing(OPERATOR, slug=SLUG, reason="zebragate asked for it")
    refuse(world, "suppressed")


def test_what_was_never_public_is_nowhere(world):
    before = ask_all(world, languages=())
    assert not read_in(before)
    assert not read_of_never(world)
    for become in (of_an_unverified_organization, deleted_before):
        with transaction.atomic():
            become(world)
            rows = public_rows()
            assert not rows["removals"]
            assert not [word for word in WORDS if word in str(rows)]
            assert not unlike(before, ask_all(world, languages=()))
            assert not read_of_never(world)
            transaction.set_rollback(True)


@pytest.mark.parametrize("become", [unpublished, suppressed])
def test_what_is_public_no_more_leaves_its_number_and_nothing_else(world, become):
    become(world)
    fix_mark()
    after = ask_all(world, languages=())
    found = read_in(after)
    assert found
    assert all("updated_after" in address for address in found)
    (tombstone,) = json.loads(after[CHANGES].body)["removed"]
    assert tombstone.keys() == {"id", "version", "updated_at", "removed"}
    assert tombstone["id"] == str(PROGRAM_ID)
    assert not [leak for field in CANARIES for leak in leaks_in(after, field)]
    assert not read_of_never(world)
    rows = str({name: value for name, value in public_rows().items() if name != "removals"})
    assert not [word for word in WORDS if word in rows]


def read_in(answers):
    """The addresses at which a program can be read, but where the question says it itself."""
    return [
        address
        for address, answer in answers.items()
        if any(folded(word) in answer.text for word in WORDS)
        and not any(word in address for word in WORDS)
    ]


def read_of_never(world):
    """The addresses of the program that say anything else than those of one that never was."""
    client = Client()
    paths = [
        "/programs/{}/",
        "/ar/programs/{}/",
        "/api/v1/programs/{}/",
        "/api/v1/programs/?q={}",
        "/search/suggestions.json?q={}",
        "/programs/?q={}",
        "/programs/?organization={}",
        "/programs/?facility={}",
    ]
    assert len(SLUG) == len(NEVER)
    return [path for path in paths if _said(client, path, SLUG) != _said(client, path, NEVER)]


def _said(client, path, slug):
    """The answer; where it repeats the name that was asked for, without it and its entity tag."""
    answer = ask(client, path.format(slug))
    if slug.encode() not in answer.body:
        return answer
    headers = [pair for pair in answer.headers if pair[0] != "ETag"]
    return answer.status, headers, answer.body.replace(slug.encode(), b"")
