"""Keeping the documents of listings in step with the rows that they are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from directory.models import Listing
from directory.queries.program_documents import DOCUMENT_VERSION, documents_of
from network.actions.jobs import finish_job
from network.models import Job
from network.permissions import Permission, require
from network.tenancy import Actor, acting

JOB = "program_documents"
AT_ONCE = 500
_ONE_BY_ONE = "UPDATE directory_listing SET document = %s WHERE slug = %s"
_UNNESTED = (
    "UPDATE directory_listing SET document = made.document "
    "FROM unnest(%s::text[], %s::varchar[]) AS made (document, slug) "
    "WHERE directory_listing.slug = made.slug"
)


def date_changes(stamp: dt.datetime) -> None:
    """Give the listings that this transaction wrote their date and their document."""
    pending = Listing.objects.filter(updated_at__isnull=True)
    write_documents(pending, updated_at=stamp)
    pending.update(updated_at=stamp)


def write_documents(listings: QuerySet[Listing], **instead: Any) -> int:
    """Write the documents of listings, a few hundred at a time; how many there were.

    `instead` are values that stand for columns. Called in the transaction that writes the rows.
    """
    number, last = 0, UUID(int=0)
    while True:
        some = list(
            listings.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
        )
        if not some:
            return number
        _write(documents_of(Listing.objects.filter(pk__in=some), **instead))
        number, last = number + len(some), some[-1]


def keep_documents_current(actor: Actor) -> int | None:
    """Make all documents anew where another version of the code made them; else nothing.

    Of several processes that start at once one does it, and the others wait for it.

    Raises:
        Refused: the actor may not import.
    """
    require(actor, Permission.LISTING_IMPORT)
    if _is_current():
        return None
    with transaction.atomic(), acting(actor):
        Job.objects.get_or_create(name=JOB)
        # Not read before: another process may have done it while this one waited here.
        Job.objects.select_for_update().get(name=JOB)
        if _is_current():
            return None
        started = timezone.now()
        number = write_documents(Listing.objects.all())
        finish_job(JOB, started=started, result={"version": DOCUMENT_VERSION})
    return number


def _is_current() -> bool:
    result = Job.objects.filter(name=JOB).values_list("result", flat=True).first() or {}
    return bool(result.get("version") == DOCUMENT_VERSION)


def _write(documents: Mapping[str, str]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_UNNESTED, [list(documents.values()), list(documents)])
        else:
            cursor.executemany(_ONE_BY_ONE, [(text, slug) for slug, text in documents.items()])
