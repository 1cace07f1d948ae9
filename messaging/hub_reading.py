"""What the hub asks the database, each time in one transaction and in a thread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from messaging.models import Attachment, Event
from messaging.queries.attachments import attachments_for_delivery
from messaging.queries.delivery import LIMIT, Delivery, Entitled, Mark, deliveries, marks_of
from messaging.queries.holding import Held, Holder, Lost, standing_of_holders
from messaging.roster import Key
from messaging.sockets import Told
from network.tenancy import Purpose, Via, acting, system

Tell = Callable[[Event, Iterable[Attachment]], str]


@dataclass(frozen=True, slots=True)
class Fresh:
    """New events of one conversation as text, and the ranges of everybody who may see some."""

    told: tuple[Told, ...]
    entitled: dict[Key, list[Entitled]]


@dataclass(frozen=True, slots=True)
class Read:
    """What was found; `is_cut` says that there is more."""

    fresh: dict[UUID, Fresh]
    is_cut: bool


def read_fresh(tell: Tell, after: Mapping[UUID, int]) -> Read:
    """For each conversation its events after a number, and who may see them: one transaction."""
    hub = system(Purpose.HUB, via=Via.SOCKET)
    with acting(hub, is_reading=True):
        found = deliveries(hub, after)
        events = [event for one in found.values() for event in one.events]
        files = attachments_for_delivery(hub, [one.pk for one in events if one.data.get("files")])
    fresh = {pk: _fresh(one, tell, files) for pk, one in found.items()}
    return Read(fresh, is_cut=len(events) >= LIMIT)


def read_marks(conversations: Collection[UUID]) -> dict[UUID, Mark]:
    """Where conversations stand."""
    hub = system(Purpose.HUB, via=Via.SOCKET)
    with acting(hub, is_reading=True):
        return marks_of(hub, conversations)


def read_standing(holders: Collection[Holder]) -> dict[Holder, Held | Lost]:
    """How those who hold sockets stand."""
    sign_in = system(Purpose.SIGN_IN, via=Via.SOCKET)
    with acting(sign_in, is_reading=True):
        return standing_of_holders(sign_in, holders)


def told_of(tell: Tell, event: Event, files: Iterable[Attachment]) -> Told:
    """An event that has its number, as text."""
    text = tell(event, files)
    return Told(event.seq or 0, text, len(text.encode()))


def _fresh(one: Delivery, tell: Tell, files: Mapping[UUID, tuple[Attachment, ...]]) -> Fresh:
    entitled: dict[Key, list[Entitled]] = {}
    for person in one.entitled:
        entitled.setdefault((person.person_id, person.organization_id), []).append(person)
    told = tuple(told_of(tell, event, files.get(event.pk, ())) for event in one.events)
    return Fresh(told, entitled)
