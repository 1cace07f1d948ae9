"""Many organizations with programs, made in bulk, and somebody signed in at one of them.

`python -m tests.benchmarks._many_groups NUMBER` fills the database of the environment and prints
what a proof needs to ask, and how many queries each of its questions takes.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

PROGRAMS_EACH = 10
BATCH = 2_000
SLUG = "group-0"


def fill(number: int) -> None:
    """So many organizations, each with ten programs that have a name and a summary."""
    from django.contrib.auth.models import Group

    from directory.models import Program, ProgramText
    from network.enums import OrganizationStatus
    from network.models import Organization
    from network.tenancy import Purpose, acting, system

    for first in range(0, number, BATCH // PROGRAMS_EACH):
        numbers = range(first, min(first + BATCH // PROGRAMS_EACH, number))
        with acting(system(Purpose.OPERATOR)):
            groups = Group.objects.bulk_create([Group(name=f"many {one}") for one in numbers])
            organizations = Organization.objects.bulk_create(
                Organization(
                    slug=f"group-{one}",
                    name=f"Group {one}",
                    country="GB",
                    status=OrganizationStatus.VERIFIED,
                    group=group,
                )
                for one, group in zip(numbers, groups, strict=True)
            )
            programs = Program.objects.bulk_create(
                Program(
                    organization=organization,
                    slug=f"program-{one}",
                    country="GB",
                    languages=["en", "fr"],
                    services=["visits"],
                    website=f"https://{organization.slug}.example.org/",
                )
                for organization in organizations
                for one in range(PROGRAMS_EACH)
            )
            ProgramText.objects.bulk_create(
                ProgramText(
                    organization_id=program.organization_id,
                    program=program,
                    language="en",
                    name=f"Visits {program.slug}",
                    summary="We visit people every week.",
                )
                for program in programs
            )


def somebody() -> tuple[Any, Any, str]:
    """An editor of the first organization, a client that is signed in, and the text of a token."""
    from network.actions.accounts import create_person
    from network.actions.organizations import grant_membership
    from network.actions.tokens import create_token
    from network.enums import Role, Scope
    from network.models import Organization
    from network.tenancy import Purpose, acting, system
    from tests.signing_in import signed_in

    with acting(system(Purpose.OPERATOR)) as operator:
        organization = Organization.objects.get(slug=SLUG)
        person = create_person(operator, email="edna@example.org", display_name="Edna")
        membership = grant_membership(
            operator, organization=organization, person=person, role=Role.EDITOR
        )
        text = create_token(operator, membership=membership, name="desk", scopes=list(Scope))[1]
    return organization, signed_in(person), text


def queries(number: int, organization: Any, client: Any, token: str) -> dict[str, int]:
    """How many queries each question takes, once what is kept for good is kept."""
    from directory.models import Program
    from network.models import Person
    from network.permissions import Permission, permitted
    from network.tenancy import Purpose, acting, member, system

    asked = {"Authorization": f"Bearer {token}"}
    paths = {
        "desk list": (f"/desk/{SLUG}/programs/", {}),
        "desk overview": (f"/desk/{SLUG}/", {}),
        "program page": (f"/desk/{SLUG}/programs/program-0/", {}),
        "API list": (f"/api/v1/organizations/{SLUG}/programs/", asked),
    }
    found = {}
    for name, (path, headers) in paths.items():
        answers = [client.get(path, headers=headers) for _time in range(2)]
        if {answer.status_code for answer in answers} != {200}:
            raise RuntimeError(f"{path}: {answers[0].status_code}")
        found[name] = counted(lambda path=path, headers=headers: client.get(path, headers=headers))
    with acting(system(Purpose.OPERATOR)):
        person = Person.objects.get(email="edna@example.org")
        rows = list(Program.objects.order_by("organization__slug", "slug")[:100])
    if len({row.organization_id for row in rows}) < min(number, 10):
        raise RuntimeError("a hundred programs of several organizations are wanted")
    actor = member(person.pk, organization.pk)
    with acting(actor):
        found["the gate over 100"] = counted(
            lambda: permitted(actor, Permission.PROGRAM_EDIT, rows)
        )
    return found


def counted(ask: Callable[[], Any]) -> int:
    """How many queries a question takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def main() -> None:
    """Fill, and print what was asked for as JSON."""
    from django.conf import settings
    from django.db import connections

    number = int(sys.argv[1])
    fill(number)
    if "owner" in connections:
        # What autovacuum does within a minute; nobody does it for SQLite.
        connections["owner"].cursor().execute("VACUUM ANALYZE")
    settings.ALLOWED_HOSTS = ["*"]
    organization, client, token = somebody()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    told = {
        "cookie": f"{settings.SESSION_COOKIE_NAME}={cookie.value}",
        "token": token,
        "queries": queries(number, organization, client, token),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"
    import django

    django.setup()
    main()
