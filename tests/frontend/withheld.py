"""A published program full of canaries, and what must be nowhere once a field is withheld."""

from __future__ import annotations

import re

from directory.actions.publishing import publish_program
from directory.models import Country, Program
from network.tenancy import acting
from tests.cast import Cast
from tests.directory.test_publishing import CANARIES, make_program

WORDS = {
    "capacity": ["canary-capacity"],
    "contact": ["canary-contact"],
    "descriptions": ["canary-description"],
    "facilities": ["Harbour House", "harbour-house"],
    "how_to_be_visited": ["canary-visited"],
    "how_to_join": ["canary-join"],
    "languages": ["tlh-canary"],
    "point": ["canary-locality", "canary-admin", "51.5", "-0.1,", "-0.1}"],
    "services": ["psycho"],
    "summaries": ["canary-summary"],
    "website": ["canary-website"],
}


# A moment may hold the digits of a point in its seconds.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+")


def without_moments(text: str) -> str:
    """A page without the moments that stand in it."""
    return _MOMENT.sub("", text)


def publish_canaries(cast: Cast, withheld: list[str]) -> None:
    """Publish the program `harbour` of organization A, made when first called."""
    Country.objects.get_or_create(iso2="GB", defaults={"names": {"en": "United Kingdom"}})
    with acting(cast.actor("amara")) as amara:
        program = Program.objects.filter(slug="harbour").first() or make_program(cast.a)
        Program.objects.filter(pk=program.pk).update(**CANARIES, withheld=withheld)
        program.refresh_from_db()
        publish_program(amara, program=program)
