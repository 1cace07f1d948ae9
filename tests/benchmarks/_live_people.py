"""Somebody who speaks and many who hear, in conversations of two groups.

`python -m tests.benchmarks._live_people HEARERS TALKS` fills the database of the environment and
prints `{speaker, conversations, heads, slug, hearers: [{person, token, cookie}]}`.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def make(hearers: int, talks: int) -> dict[str, Any]:
    """One group that speaks by one person, one of so many who hear, and their open channels."""
    from messaging.models import Conversation
    from network.enums import Role
    from network.tenancy import acting
    from tests.benchmarks._talks import a_person, an_organization, channel
    from tests.messaging.talking import MESSENGER

    speaking, hearing = an_organization("speaking"), an_organization("hearing")
    host, token = a_person(speaking, "speaker", Role.OWNER)
    other = a_person(hearing, "hearing-host", Role.OWNER)[0]
    people = [a_hearer(hearing, f"hearer-{number}") for number in range(hearers)]
    made = [str(channel(host, other, hearing, f"Talk {turn}").pk) for turn in range(talks)]
    with acting(MESSENGER, is_reading=True):
        rows = Conversation.objects.filter(pk__in=made).values_list("pk", "last_seq")
        heads = {str(pk): seq for pk, seq in rows}
    return {
        "speaker": token,
        "conversations": made,
        "heads": heads,
        "slug": hearing.slug,
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
