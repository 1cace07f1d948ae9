"""A group that publishes, edits and withdraws at random, in a process of its own.

`python -m tests.benchmarks._writer NUMBER CHANGES` prints one line of JSON for everything that a
copy must follow: `touched`, an entry that may change; `publish`, before it is published; and
`removed`, after it was taken away. `at` is the clock that all processes of a machine share.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Iterable

PROGRAMS, REPLACED, SUPPRESSED = 20, 8, 5


def say(event: str, ids: Iterable[object]) -> None:
    """One line for each entry."""
    for one in ids:
        print(json.dumps({"at": time.monotonic(), "event": event, "id": str(one)}), flush=True)


def main(number: int, changes: int) -> None:
    """Make a group with programs, then change them so many times."""
    from directory.actions.suppression import suppress_listing
    from directory.models import Listing
    from network.tenancy import Purpose, acting, system

    chance = random.Random(number)  # noqa: S311 - the same changes each time, not a secret
    actor, organization = _group(number)
    found = list(Listing.objects.filter(slug__startswith="many-").order_by("slug")[number::7])
    replaced, suppressed = found[:REPLACED], found[REPLACED:][:SUPPRESSED]
    with acting(actor):
        programs = _programs(organization, number, [str(one.pk) for one in replaced])
    say("touched", [*programs, *(one.pk for one in (*replaced, *suppressed))])
    say("ready", [number])
    operator = system(Purpose.OPERATOR)
    for turn in range(changes):
        if suppressed and turn % (changes // SUPPRESSED) == 0:
            one = suppressed.pop()
            with acting(operator):
                suppress_listing(operator, slug=one.slug)
            say("removed", [one.pk])
            continue
        with acting(actor):
            _step(chance, actor, programs)


def _group(number: int) -> tuple[object, object]:
    """A verified organization and its owner."""
    from network.actions.organizations import create_organization, grant_membership
    from network.enums import Role
    from network.models import Person
    from network.tenancy import Purpose, acting, member, system

    with acting(system(Purpose.OPERATOR)) as operator:
        organization = create_organization(
            operator,
            slug=f"writers-{number}",
            name=f"Writers {number}",
            country="GB",
            is_verified=True,
        )
        person = Person.objects.create_user(f"writer-{number}@example.org", display_name="W")
        grant_membership(operator, organization=organization, person=person, role=Role.OWNER)
    return member(person.pk, organization.pk), organization


def _programs(organization: object, number: int, replaced: list[str]) -> list[object]:
    """Programs not yet published; some take the place of entries that nobody claimed."""
    from tests.directory.test_publishing import make_program

    return [
        make_program(
            organization, slug=f"own-{number}-{turn}", replaces=replaced[turn : turn + 1]
        ).pk
        for turn in range(PROGRAMS)
    ]


def _step(chance: random.Random, actor: object, programs: list[object]) -> None:
    """One edit that is published, or one withdrawal."""
    from directory.actions.publishing import publish_program, unpublish_program
    from directory.models import Program, ProgramText

    program = Program.objects.get(pk=chance.choice(programs))
    if chance.random() < 0.3:
        unpublish_program(actor, program=program)
        say("removed", [program.pk])
        return
    if chance.random() < 0.3:
        program.withheld = chance.sample(["contact", "point", "languages"], chance.randint(0, 3))
        program.save()
    else:
        texts = ProgramText.objects.filter(program=program, language="en")
        texts.update(summary=f"Edited {chance.random()}")
    say("publish", [program.pk])
    publish_program(actor, program=program)
    say("removed", program.replaces)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"
    import django

    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]))
