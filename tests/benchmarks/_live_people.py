"""Somebody who speaks and many who hear, in conversations of two groups.

`python -m tests.benchmarks._live_people HEARERS TALKS [GROUPS]` fills the database of the
environment and prints `{speaker, speaker_id, groups}`; a group is
`{slug, host, conversations, heads, hearers: [{person, token, cookie}]}`.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def make(hearers: int, talks: int, groups: int = 1) -> dict[str, Any]:
    """One group that speaks by one person, and so many with so many who hear."""
    from network.enums import Role
    from tests.benchmarks._talks import a_person, an_organization

    host, token = a_person(an_organization("speaking"), "speaker", Role.OWNER)
    return {
        "speaker": token,
        "speaker_id": [str(host.person_id), str(host.organization_id)],
        "groups": [a_group(host, f"hearing-{turn}", hearers, talks) for turn in range(groups)],
    }


def a_group(speaker: Any, slug: str, hearers: int, talks: int) -> dict[str, Any]:
    """A group that hears, and its open channels with who speaks."""
    from messaging.models import Conversation
    from network.enums import Role
    from network.tenancy import acting
    from tests.benchmarks._talks import a_person, an_organization, channel
    from tests.messaging.talking import MESSENGER

    group = an_organization(slug)
    host = a_person(group, f"host-{slug}", Role.OWNER)[0]
    people = [a_hearer(group, f"of-{slug}-{number}") for number in range(hearers)]
    made = [str(channel(speaker, host, group, f"Talk {turn}").pk) for turn in range(talks)]
    with acting(MESSENGER, is_reading=True):
        rows = Conversation.objects.filter(pk__in=made).values_list("pk", "last_seq")
        heads = {str(pk): seq for pk, seq in rows}
    return {
        "slug": slug,
        "host": [str(host.person_id), str(host.organization_id)],
        "conversations": made,
        "heads": heads,
        "hearers": people,
    }


def a_hearer(organization: Any, name: str) -> dict[str, str]:
    """A person with a token and a session."""
    from django.conf import settings

    from network.models import Person
    from network.tenancy import Purpose, acting, system
    from tests.benchmarks._talks import a_person
    from tests.signing_in import signed_in

    actor, token = a_person(organization, name)
    with acting(system(Purpose.OPERATOR)):
        client = signed_in(Person.objects.get(pk=actor.person_id))
    cookie = settings.SESSION_COOKIE_NAME
    return {
        "person": str(actor.person_id),
        "token": token,
        "cookie": f"{cookie}={client.cookies[cookie].value}",
    }


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"
    import django

    django.setup()
    print(json.dumps(make(*map(int, sys.argv[1:]))))
