"""A small directory with a program whose every field is a canary, and rows that are like it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from directory.actions.publishing import publish_program
from directory.models import Program, ProgramText, Revision
from directory.queries import known_places, map_pyramid
from directory.queries.revisions import directory_revision
from network.tenancy import Purpose, acting, system
from tests.directory.desk import release_all
from tests.factories import make_country, make_event, make_facility, make_listing, make_rule
from tests.isolation.canaries import (
    CANARIES,
    TEXT_LANGUAGES,
    TWIN_POINT,
    TWIN_TOWN,
    fill,
)

MARK = "the same in every world"
NOW = dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC)
PROGRAM_ID = UUID("7d5cf3a2-91c4-4a83-b2d6-0e8f5a1b9c47")
SLUG, NEVER = "zebra-gate-friends", "never-there-at-all"
# Names are never withheld. Of the three the one in French is shown while languages are.
NAMES = {"ar": "أصدقاء البوابة", "en": "Zebragate Friends", "fr": "Amis du Zebragate"}


@dataclass
class World:
    """The program, who publishes it, and what addresses are filled with."""

    cast: Any
    program: Program
    facilities: dict[str, Any]
    places: dict[str, str]
    clock: list[dt.datetime]

    def at(self, hour: int) -> None:
        """Set the clock to so many hours after the beginning, on the same day."""
        self.clock[0] = NOW + dt.timedelta(hours=hour)

    def edit(self, name: str, variant: str) -> None:
        """Give one field another value; see `fill`."""
        with acting(self.cast.actor("amara")):
            fill(self.program, name, variant, self.facilities)

    def withhold(self, *names: str) -> None:
        """Keep these fields back from the next publishing on."""
        with acting(self.cast.actor("amara")):
            self.program.withheld = list(names)
            self.program.save()

    def publish(self) -> bool:
        """Publish as it stands, and let nothing wait.

        Whether the directory has another mark than before.
        """
        with acting(self.cast.actor("amara")) as amara:
            publish_program(amara, program=Program.objects.get(pk=PROGRAM_ID))
        release_all()
        return fix_mark()


def fix_mark() -> bool:
    """Make what is random the same in every world, and forget what was reckoned by it.

    Whether the mark was another than the one that is given here.
    """
    is_new = directory_revision() not in ("", MARK)
    with acting(system(Purpose.OPERATOR)):
        Revision.objects.update(mark=MARK)
    forget()
    return is_new


def forget() -> None:
    """Forget what the process keeps: worlds that are rolled back share dates and marks."""
    map_pyramid._kept.cache_clear()
    known_places._last = None


def make_world(cast: Any, clock: list[dt.datetime]) -> World:
    """A directory before the program is published for the first time."""
    land = make_country("MM", latitude=21.0, longitude=96.0, languages=["my"])
    make_country("TH", latitude=15.0, longitude=101.0)
    make_country("GB")
    facilities = _facilities(land)
    _neighbours(land, facilities)
    with acting(cast.actor("amara")):
        program = _program(cast)
        for name in CANARIES:
            fill(program, name, "canary", facilities)
    places = {
        "program": SLUG,
        "program_id": str(PROGRAM_ID),
        "never": NEVER,
        "neighbour": "river-visitors",
        "country": "MM",
        "facility": "harbour-centre",
        "merged": "harbour-annex",
        "named_place": "kawthaung-centre",
        "organization": cast.a.slug,
        "organization_id": str(cast.a.pk),
    }
    fix_mark()
    return World(cast, program, facilities, places, clock)


def _facilities(land: Any) -> dict[str, Any]:
    harbour = make_facility(
        slug="harbour-centre",
        name="Harbour Centre",
        country=land,
        locality="Dawei",
        latitude=14.1,
        longitude=98.2,
    )
    annex = make_facility(
        slug="harbour-annex", name="Harbour House", country=land, merged_into=harbour
    )
    # Named by a canary that nothing matches: its page shows who may mean it.
    make_facility(
        slug="kawthaung-centre",
        name="Kawthaung Centre",
        country=land,
        locality="Kawthaung",
        latitude=10.0,
        longitude=98.5,
    )
    make_event(facility=harbour)
    make_rule(facility=harbour)
    return {"facility": harbour, "merged": annex}


def _neighbours(land: Any, facilities: dict[str, Any]) -> None:
    """Rows that say of every field what the twin of the canary says, one of them placed alone."""
    said = {language: f"Twin words {language}" for language in TEXT_LANGUAGES}
    texts = dict.fromkeys(("summaries", "descriptions", "how_to_join", "how_to_be_visited"), said)
    canary = CANARIES
    for slug, name in (("river-visitors", "River Visitors"), ("delta-visitors", "Delta")):
        make_listing(
            slug=slug,
            name=name,
            country=land,
            locality=TWIN_TOWN,
            latitude=TWIN_POINT[0],
            longitude=TWIN_POINT[1],
            languages=canary["languages"].twin["languages"],
            services=canary["services"].twin["services"],
            facilities=[facilities["facility"], "Old Jail", "New Jail"],
            coalitions=["gulf-coalition"],
            updated_at=NOW - dt.timedelta(days=3),
            **canary["contact"].twin,
            **canary["website"].twin,
            **canary["capacity"].twin,
            **texts,
        )
    make_listing(slug="hill-visitors", name="Hill Visitors", country=land, precision="country")
    make_listing(
        slug="plain-visitors",
        name="Plain Visitors",
        country=make_country("TH"),
        latitude=15.5,
        longitude=100.5,
        updated_at=NOW - dt.timedelta(days=2),
    )


def _program(cast: Any) -> Program:
    program = Program.objects.create(
        pk=PROGRAM_ID, organization=cast.a, slug=SLUG, status="active", country="MM"
    )
    for language in TEXT_LANGUAGES:
        ProgramText.objects.create(
            organization=cast.a, program=program, language=language, name=NAMES[language]
        )
    return program
