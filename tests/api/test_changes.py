"""Keeping a copy in step: what has changed, what to drop, and that nothing is missed."""

import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.suppression import suppress_listing
from directory.models import Country, Listing, Program, ProgramText
from network.tenancy import Purpose, acting, system
from tests.api.test_programs import PROGRAMS, said
from tests.depth import cases
from tests.directory.test_publishing import make_program
from tests.factories import make_country, make_listing

pytestmark = pytest.mark.django_db
LONG_AGO = "2020-01-01T00:00:00Z"
START = datetime(2026, 1, 1, tzinfo=UTC)
CHANGES = cases(250, 2000)


class Copy:
    """A copy of the directory, kept as the guide says."""

    def __init__(self, **asked):
        self.rows, self.after, self.asked = {}, LONG_AGO, asked

    def sync(self, page_size=3):
        client, last = Client(), self.after
        address = PROGRAMS
        asked = {"updated_after": self.after, "page_size": page_size, **self.asked}
        while address:
            page = json.loads(client.get(address, asked).content)
            for row in page["results"]:
                self.rows[row["id"]] = row
            for row in page["removed"]:
                self.rows.pop(row["id"], None)
            dates = [row["updated_at"] for row in (*page["results"], *page["removed"])]
            last = max([last, *dates], key=datetime.fromisoformat)
            address, asked = page["next"], None
        self.after = last
        return self


def source(**asked):
    """What the directory says now, read by name."""
    client, rows, address = Client(), {}, PROGRAMS
    asked = {"ordering": "name", **asked}
    while address:
        page = json.loads(client.get(address, asked).content)
        rows |= {row["id"]: row for row in page["results"]}
        address, asked = page["next"], None
    return rows


def test_only_what_is_later_is_told_the_earliest_first():
    for number in range(4):
        make_listing(slug=f"s{number}", updated_at=START + timedelta(microseconds=number))
    with acting(system(Purpose.OPERATOR)):
        gone = make_listing(slug="gone", updated_at=START)
        suppress_listing(system(Purpose.OPERATOR), slug="gone")
    page = said(updated_after=(START + timedelta(microseconds=1)).isoformat())
    assert [row["slug"] for row in page["results"]] == ["s2", "s3"]
    (tombstone,) = page["removed"]
    assert tombstone.keys() == {"id", "version", "updated_at", "removed"}
    assert tombstone["id"] == str(gone.pk)
    later = said(updated_after=tombstone["updated_at"])
    assert (later["results"], later["removed"]) == ([], [])
    assert "removed" not in said()


def test_lines_of_json_tell_the_same_as_the_pages():
    for number in range(5):
        make_listing(slug=f"s{number}", updated_at=START + timedelta(seconds=number))
    operator = system(Purpose.OPERATOR)
    with acting(operator):
        suppress_listing(operator, slug="s2")
    answer = Client().get(PROGRAMS, {"format": "jsonl", "updated_after": LONG_AGO})
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    page = said(updated_after=LONG_AGO)
    assert [line for line in lines if "removed" not in line] == page["results"]
    assert [line for line in lines if "removed" in line] == page["removed"]
    assert len(lines) == 5


def test_a_copy_of_one_country_drops_what_has_moved_away():
    make_country("GB")
    moving = make_listing(slug="moving")
    make_listing(slug="staying")
    copy = Copy(country="FR").sync()
    assert {row["slug"] for row in copy.rows.values()} == {"moving", "staying"}
    with acting(system(Purpose.OPERATOR)):
        moving.country = Country.objects.get(iso2="GB")
        moving.updated_at = datetime.now(UTC)
        moving.save()
    copy.sync()
    assert {row["slug"] for row in copy.rows.values()} == {"staying"}
    assert copy.rows == source(country="FR")


def _step(chance, actor, organization, programs):
    """One random edit, publication or withdrawal."""
    program = Program.objects.get(pk=chance.choice(programs))
    verb = chance.choice(["edit", "publish", "publish", "unpublish", "withhold"])
    if verb == "edit":
        ProgramText.objects.filter(program=program, language="en").update(
            summary=f"Edited {chance.random()}"
        )
    elif verb == "withhold":
        program.withheld = chance.sample(["contact", "point", "languages"], chance.randint(0, 3))
        program.save()
    elif verb == "publish":
        publish_program(actor, program=program)
    else:
        unpublish_program(actor, program=program)


def test_a_copy_equals_the_source_after_many_random_changes(cast):
    Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    chance = random.Random(4)  # noqa: S311 - the same changes each time, nothing secret
    amara, operator = cast.actor("amara"), system(Purpose.OPERATOR)
    found = [make_listing(slug=f"found-{n}", country=Country.objects.get()) for n in range(12)]
    with acting(amara):
        programs = [
            make_program(cast.a, slug=f"own-{n}", replaces=[str(found[n].pk)] if n < 4 else []).pk
            for n in range(12)
        ]
    copy, seen = Copy(), set()
    for number in range(CHANGES):
        with acting(amara):
            _step(chance, amara, cast.a, programs)
        if number % (CHANGES // 5) == CHANGES // 5 - 1:
            with acting(operator):
                suppress_listing(operator, slug=f"found-{5 + number // (CHANGES // 5)}")
        if chance.random() < 50 / CHANGES:
            copy.sync(chance.choice([1, 7, 100]))
            assert copy.rows == source(), number
            seen.add(frozenset(copy.rows))
    copy.sync()
    assert copy.rows == source()
    assert len(copy.rows) == Listing.objects.count() > 5
    assert len(seen) > 10


def test_what_changes_while_a_copy_reads_is_read_before_the_end():
    rows = [
        make_listing(slug=f"s{number}", updated_at=START + timedelta(seconds=number))
        for number in range(6)
    ]
    client = Client()
    first = json.loads(client.get(PROGRAMS, {"updated_after": LONG_AGO, "page_size": 2}).content)
    operator = system(Purpose.OPERATOR)
    with acting(operator):
        for row, name in ((rows[0], "Read already"), (rows[4], "Not read yet")):
            Listing.objects.filter(pk=row.pk).update(name=name, updated_at=datetime.now(UTC))
        suppress_listing(operator, slug="s3")
    told, removed, address = list(first["results"]), [], first["next"]
    while address:
        page = json.loads(client.get(address).content)
        told += page["results"]
        removed += page["removed"]
        address = page["next"]
    assert {row["slug"]: row for row in told} == {row["slug"]: row for row in source().values()}
    assert [one["id"] for one in removed] == [str(rows[3].pk)]
