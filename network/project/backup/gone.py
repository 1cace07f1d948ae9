"""What was taken off, deleted or ended after a backup was made, and stays so after it is restored.

The list is `network.erasures`. Rows are changed first, without guards, as part of the loading;
what the public reads is then taken down by the same actions as ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import F, QuerySet
from django.utils import timezone

from directory.actions.publishing import unpublish_program
from directory.actions.suppression import keep_off
from directory.actions.withdrawals import withdraw_organization
from directory.models import (
    AccessReport,
    Follow,
    Listing,
    OrganizationCard,
    Program,
    Relay,
    Suppression,
)
from messaging.actions.deleting_again import delete_again
from network import erasures
from network.enums import OrganizationStatus, Role
from network.erasures import GONE, Erased, Line
from network.models import (
    AuditEntry,
    Membership,
    Organization,
    Person,
    RecoveryCode,
    RetiredSlug,
    SecondFactor,
    Upload,
)
from network.tenancy import Actor, Purpose, acting, system

States = dict[Erased, dict[str, Line]]
_AT_ONCE = 500
_LONG_AGO = dt.timedelta(days=30)


def catch_up() -> int:
    """Add to the list what the database tells and the list does not; how many lines.

    A line may have been lost when the disk was full or the process ended, and a node may be older
    than its list.
    """
    known = erasures.last_states(erasures.known())
    today = timezone.now().date()
    with acting(system(Purpose.OPERATOR), is_reading=True):
        lines = [
            Line(today, kind, str(key), GONE)
            for kind, keys in _told_by_rows()
            for key in keys
            if str(key) not in known[kind]
        ]
    erasures.append(lines)
    return len(lines)


def _told_by_rows() -> Iterator[tuple[Erased, QuerySet[Any, Any]]]:
    organizations = Organization.objects.order_by("pk")
    taken_off = Suppression.objects.filter(kind=Suppression.Kind.LISTING)
    purged = AuditEntry.objects.filter(verb="organization.purged", object_id__isnull=False)
    left = organizations.filter(status=OrganizationStatus.LEFT)
    suspended = organizations.filter(status=OrganizationStatus.SUSPENDED)
    locked = organizations.filter(locked_down_at__isnull=False)
    yield Erased.LISTING, taken_off.values_list("slug", flat=True)
    yield Erased.ORGANIZATION_SLUG, RetiredSlug.objects.values_list("slug", flat=True)
    yield Erased.ORGANIZATION, purged.values_list("object_id", flat=True)
    yield Erased.ORGANIZATION_LEFT, left.values_list("pk", flat=True)
    yield Erased.ORGANIZATION_SUSPENDED, suspended.values_list("pk", flat=True)
    yield Erased.ORGANIZATION_LOCKED, locked.values_list("pk", flat=True)
    closed = Person.objects.filter(is_active=False)
    yield Erased.PERSON_SUSPENDED, closed.values_list("pk", flat=True)


def end_rows(states: States, *, since: dt.date) -> dict[str, int]:
    """End what ended since a day, in the rows that were loaded; how many rows by kind.

    Inside `unguarded`: every row is seen and none is guarded.
    """
    now = timezone.now()
    ended = {
        Erased.PERSON: sum(_each(Person, states[Erased.PERSON], _delete)),
        Erased.FOLLOW: sum(_each(Follow, states[Erased.FOLLOW], _delete)),
        Erased.RELAY: sum(_each(Relay, states[Erased.RELAY], _delete)),
        Erased.PERSON_SUSPENDED: _update(Person, states[Erased.PERSON_SUSPENDED], is_active=False),
        Erased.ACCESS_REPORT: sum(_each(AccessReport, states[Erased.ACCESS_REPORT], _cancel)),
        Erased.MEMBERSHIP: sum(
            _end_membership(line) for line in states[Erased.MEMBERSHIP].values()
        ),
        **_end_ways_in(states, since),
        **_end_organizations(states, now),
    }
    ended[Erased.PROGRAM] = _date(Program, states[Erased.PROGRAM])
    ended[Erased.UPLOAD] = _date(Upload, states[Erased.UPLOAD])
    return {str(kind): number for kind, number in ended.items() if number}


def take_down(actor: Actor, states: States) -> dict[str, int]:
    """Take off, by the actions of every day, what the public shall not read again; by kind."""
    slugs = [key for key, line in states[Erased.LISTING].items() if line.state == GONE]
    listings = keep_off(actor, slugs=slugs)
    for slug in states[Erased.ORGANIZATION_SLUG]:
        RetiredSlug.objects.get_or_create(slug=slug)
    publications = 0
    for pk in (*_ids(states[Erased.PUBLICATION]), *_ids(states[Erased.PROGRAM])):
        program = Program.objects.filter(pk=pk, published_at__isnull=False).first()
        if program is not None:
            unpublish_program(actor, program=program)
            publications += 1
    hidden = Organization.objects.filter(
        status__in=(OrganizationStatus.LEFT, OrganizationStatus.SUSPENDED)
    )
    for pk in list(hidden.values_list("pk", flat=True)):
        withdraw_organization(actor, organization_id=pk)
    _hide_pictures()
    messenger = system(Purpose.MESSENGER, via=actor.via)
    messages = sum(
        delete_again(messenger, messages=some) for some in _some(_ids(states[Erased.MESSAGE]))
    )
    found = {
        Erased.LISTING: listings,
        Erased.PUBLICATION: publications,
        Erased.MESSAGE: messages,
    }
    return {str(kind): number for kind, number in found.items() if number}


def end_second_factors(people: QuerySet[Person] | None = None) -> int:
    """Delete the second factors and recovery codes of people, of all unless some are given."""
    chosen = people if people is not None else Person.objects.all()
    ids = list(chosen.values_list("pk", flat=True))
    number = 0
    for some in _some(ids):
        number += SecondFactor._base_manager.filter(person__in=some).delete()[0]  # noqa: SLF001 - of every group
        RecoveryCode._base_manager.filter(person__in=some).delete()  # noqa: SLF001 - of every group
        Person.objects.filter(pk__in=some).update(second_factor_since=None)
    return number


def _end_ways_in(states: States, since: dt.date) -> dict[Erased, int]:
    """Let no former password, factor or code open an account."""
    recent = {
        kind: {key: line for key, line in states[kind].items() if line.day >= since}
        for kind in (Erased.PASSWORD, Erased.SECOND_FACTORS, Erased.RECOVERY_CODES)
    }
    codes = _each(
        Person,
        recent[Erased.RECOVERY_CODES],
        lambda people: RecoveryCode._base_manager.filter(person__in=people).delete()[0],  # noqa: SLF001 - of every group
    )
    return {
        Erased.PASSWORD: _update(Person, recent[Erased.PASSWORD], password=make_password(None)),
        Erased.SECOND_FACTORS: sum(
            _each(Person, recent[Erased.SECOND_FACTORS], end_second_factors)
        ),
        Erased.RECOVERY_CODES: sum(codes),
    }


def _end_organizations(states: States, now: dt.datetime) -> dict[Erased, int]:
    """Close what left, was suspended or locked; what was purged leaves long ago and is purged."""
    leaving, purged = {"status": OrganizationStatus.LEFT}, {"deleted_at": now - _LONG_AGO}
    rows = Organization._base_manager  # noqa: SLF001 - of every organization
    left = 0
    for pk, line in _gone(states[Erased.ORGANIZATION_LEFT]):
        present = rows.filter(pk=pk).exclude(status=OrganizationStatus.LEFT)
        left += present.update(**leaving, deleted_at=_end_of(line.day))
    return {
        Erased.ORGANIZATION_SUSPENDED: _update(
            Organization,
            states[Erased.ORGANIZATION_SUSPENDED],
            status=OrganizationStatus.SUSPENDED,
        ),
        Erased.ORGANIZATION_LOCKED: _update(
            Organization, states[Erased.ORGANIZATION_LOCKED], locked_down_at=now
        ),
        Erased.ORGANIZATION_LEFT: left,
        Erased.ORGANIZATION: _update(
            Organization, states[Erased.ORGANIZATION], **leaving, **purged
        ),
    }


def _end_membership(line: Line) -> int:
    """End a membership, or lower it to the role that it had last; how many there were."""
    organization, _colon, person = line.key.partition(":")
    if not (_is_id(organization) and _is_id(person)):
        return 0
    present = Membership._base_manager.filter(  # noqa: SLF001 - of every organization
        organization=UUID(organization), person=UUID(person), ended_at=None
    )
    if line.state == GONE:
        return present.update(ended_at=timezone.now())
    if line.state not in Role.values:
        return 0
    higher = [str(role) for role in Role if role.rank > Role(line.state).rank]
    return present.filter(role__in=higher).update(role=line.state)


def _hide_pictures() -> None:
    """Show no picture that was deleted or replaced; documents are made anew with the dates."""
    deleted = Upload.objects.filter(deleted_at__isnull=False)
    for some in _some(list(deleted.values_list("name", flat=True))):
        Listing.objects.filter(photo__name__in=some).update(photo={}, version=F("version") + 1)
        OrganizationCard.objects.filter(origin=None, logo__in=some).update(
            logo="", version=F("version") + 1
        )


def _date(model: type[Any], lines: dict[str, Line]) -> int:
    """Mark rows as deleted on the day of their line; how many were not."""
    rows = model._base_manager  # noqa: SLF001 - of every organization
    return sum(
        rows.filter(pk=pk, deleted_at=None).update(deleted_at=_end_of(line.day))
        for pk, line in _gone(lines)
    )


def _update(model: type[Any], lines: dict[str, Line], **values: Any) -> int:
    return sum(_each(model, lines, lambda rows: rows.update(**values)))


def _cancel(reports: QuerySet[AccessReport]) -> int:
    waiting = reports.filter(released_at=None, cancelled_at=None)
    return waiting.update(cancelled_at=timezone.now())


def _delete(rows: QuerySet[Any]) -> int:
    number = rows.count()
    rows.delete()
    return number


def _each(
    model: type[Any], lines: dict[str, Line], work: Callable[[QuerySet[Any]], int]
) -> Iterator[int]:
    """What `work` makes of the rows whose last line says that they are gone, some at a time."""
    for some in _some(_ids(lines)):
        yield work(model._base_manager.filter(pk__in=some))  # noqa: SLF001 - of every group


def _gone(lines: dict[str, Line]) -> Iterator[tuple[UUID, Line]]:
    for key, line in lines.items():
        if line.state == GONE and _is_id(key):
            yield UUID(key), line


def _ids(lines: dict[str, Line]) -> list[UUID]:
    return [pk for pk, _line in _gone(lines)]


def _some(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _end_of(day: dt.date) -> dt.datetime:
    """The end of a day, or now: whoever may still undo it has the whole time."""
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=dt.UTC)
    return min(end, timezone.now())
