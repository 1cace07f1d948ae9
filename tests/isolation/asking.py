"""Asking every surface, and keeping all that it says."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.test import Client

from directory.models import (
    CardWord,
    Listing,
    ListingFacility,
    ListingTag,
    ListingWord,
    Removal,
    Revision,
    WordForm,
)
from tests.isolation.canaries import CANARIES
from tests.isolation.patterns import name_of
from tests.isolation.reading import PICTURE, folded, readings
from tests.isolation.surfaces import LANGUAGES, SURFACES, addresses


@dataclass(frozen=True)
class Answer:
    """Status, headers and bytes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @cached_property
    def text(self) -> str:
        """All that can be read in it; nothing in a picture, which its address describes."""
        said = "\n".join(f"{name}: {value}" for name, value in self.headers)
        is_picture = "image/" in said
        return readings(said if is_picture else f"{said}\n{self.body.decode()}")


Answers = dict[str, Answer]
LEAST_ASKED = 10


def ask_all(
    world: Any,
    names: Collection[str] = (),
    *,
    client: Client | None = None,
    languages: Iterable[str] = LANGUAGES,
    beginning: str = "/",
) -> Answers:
    """Every surface with every question, those that look for these fields among them.

    A client for whom nothing is kept, unless one is given.
    """
    client = client or Client()
    page = ask(client, "/programs/").body.decode()
    world.places["picture"] = PICTURE.findall(page)[0]
    asked = addresses(world.places, names, languages)
    found = {one: ask(client, one) for one in asked if one.startswith(beginning)}
    for address in [one for one in found if "page_size=1" in one]:
        found |= _following(client, found[address])
    return found


def ask(client: Client, address: str) -> Answer:
    """One answer, streamed or not."""
    response = client.get(address)
    streaming = getattr(response, "streaming", False)
    body = b"".join(response.streaming_content) if streaming else response.content
    return Answer(response.status_code, tuple(sorted(response.headers.items())), body)


def _following(client: Client, answer: Answer) -> Answers:
    """The pages after one, to the end."""
    found = {}
    while following := json.loads(answer.body)["next"]:
        address = following.removeprefix(settings.PUBLIC_ORIGIN)
        found[address] = answer = ask(client, address)
    return found


def public_rows() -> dict[str, Any]:
    """What stands in the public tables about programs, without numbers that nothing shows."""
    rows: dict[str, Any] = {
        "listings": list(Listing.objects.order_by("pk").values()),
        "tags": sorted(ListingTag.objects.values_list("listing", "kind", "value")),
        "visits": list(
            ListingFacility.objects.order_by("listing", "position").values_list(
                "listing", "position", "name", "facility"
            )
        ),
        "removals": list(Removal.objects.order_by("pk").values()),
        "revision": list(Revision.objects.values()),
    }
    for model in (ListingWord, CardWord):
        rows[model.__name__] = sorted(model.objects.values_list("row", "word", "weight"))
    rows["forms"] = sorted(WordForm.objects.values_list("kind", "form", "word"))
    return rows


def unlike(one: Answers, other: Answers) -> list[str]:
    """The addresses at which two worlds differ in anything, of those that both were asked."""
    both = one.keys() & other.keys()
    assert len(both) > LEAST_ASKED
    return sorted(address for address in both if one[address] != other[address])


def leaks_in(answers: Answers, field: str) -> list[tuple[str, list[str]]]:
    """Canaries of a field, and the addresses at which they can be read.

    Not where the question says the field's words itself: there the answer repeats them, and is to
    be compared with that of a world without them.
    """
    words = _patterns(field)
    quiet = [
        (address, answer)
        for address, answer in answers.items()
        if not any(word.search(readings(address)) for word in words)
        and field not in SURFACES[name_of(address)].vocabulary
    ]
    found = [(w.pattern, [path for path, one in quiet if w.search(one.text)]) for w in words]
    return [one for one in found if one[1]]


def kept_in(rows: dict[str, Any], field: str) -> list[str]:
    """Canaries of a field that stand in public tables, where no surface may show them yet."""
    text = readings(str(rows))
    return [word.pattern for word in _patterns(field) if word.search(text)]


def _patterns(field: str) -> list[re.Pattern[str]]:
    return [re.compile(folded(word)) for word in CANARIES[field].words]


def naming(answers: Answers, slug: str) -> list[str]:
    """The addresses whose answers name a program."""
    return [address for address, answer in answers.items() if folded(slug) in answer.text]
