"""Which tables a backup holds, and their rows as text that is the same on either database."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import orjson
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models

from network.fields import PartialDate

AT_ONCE = 500

_SHORT_LIVED = "of days or minutes; what was used or ended since must not work again"
# What a backup leaves out, and why. Another table is in it from its first day on.
LEFT_OUT: dict[str, str] = {
    "network.Session": f"devices that are signed in: {_SHORT_LIVED}",
    "network.SignInLink": f"links of one use: {_SHORT_LIVED}",
    "network.ApiToken": "a token that was revoked since must not work again",
    "network.Invitation": f"links into a group: {_SHORT_LIVED}",
    "network.Approval": f"grave steps that wait for a second owner: {_SHORT_LIVED}",
    "network.Handover": f"announcements of a new owner: {_SHORT_LIVED}",
    "network.OutgoingMail": "mails on their way would be sent twice",
    "network.KeptAnswer": f"answers to machines: {_SHORT_LIVED}",
    "network.Counter": f"counters of limits: {_SHORT_LIVED}",
    "network.Export": "archives of 24 hours, whose files are left out too",
    "directory.FirstStep": f"first forms of groups that apply: {_SHORT_LIVED}",
    "directory.ListingWord": "made anew from the listings",
    "directory.FacilityWord": "made anew from the places",
    "directory.CardWord": "made anew from the cards",
    "directory.WordForm": "made anew from the words",
    "directory.GazetteerPlace": "comes with the product",
    "directory.GazetteerName": "comes with the product",
    "auth.Permission": "comes with the migrations; rows name theirs by words",
    "contenttypes.ContentType": "comes with the migrations; rows name theirs by words",
}
# What a restore leaves as it is: it comes from elsewhere, or is the owner's alone.
UNTOUCHED = frozenset(
    {
        "directory.GazetteerPlace",
        "directory.GazetteerName",
        "auth.Permission",
        "contenttypes.ContentType",
    }
)
# Rows of these are there before anybody has used the node.
ALWAYS_THERE = frozenset({"network.Job", "network.Node", "directory.Revision"})
# What a process has left behind about itself, and is nothing of the node.
_OF_PROCESSES = ("worker", "backup", "gazetteer", "search_index")


@dataclass(frozen=True)
class Table:
    """One table: its model, and its rows as lines of JSON in the order of their keys."""

    model: type[models.Model]

    @property
    def label(self) -> str:
        """Its name in the archive, such as `network.Person`."""
        return self.model._meta.label  # noqa: SLF001 - documented

    @property
    def name(self) -> str:
        """Its name in the database."""
        return self.model._meta.db_table  # noqa: SLF001 - documented

    @cached_property
    def fields(self) -> list[models.Field[Any, Any]]:
        """Its columns, without those that the database works out from the others."""
        found = self.model._meta.concrete_fields  # noqa: SLF001 - documented
        return [field for field in found if not field.generated]

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
        return [str(field.column) for field in self.fields]

    def count(self, alias: str) -> int:
        """How many rows there are."""
        return self._rows(alias).count()

    def lines(self, alias: str) -> Iterator[bytes]:
        """Each row as one line: a list of values in the order of `columns`."""
        names = self._names(alias)
        found = self._rows(alias).order_by("pk").values_list(*(f.attname for f in self.fields))
        for row in found.iterator(chunk_size=2000):
            values = [
                names[position].get(value, value) if position in names else value
                for position, value in enumerate(row)
            ]
            yield _dumped(values) + b"\n"

    def load(self, alias: str, lines: Iterator[bytes]) -> None:
        """Write rows as they are: no default, no date of today, no trigger of Django.

        Raises:
            ValueError: a line is no row of this table.
        """
        connection = connections[alias]
        quote = connection.ops.quote_name
        columns = ", ".join(quote(column) for column in self.columns)
        marks = ", ".join(["%s"] * len(self.fields))
        statement = f"INSERT INTO {quote(self.name)} ({columns}) VALUES ({marks})"  # noqa: S608 # nosec B608 - names of the schema, quoted
        ids = {at: {word: pk for pk, word in n.items()} for at, n in self._names(alias).items()}
        with connection.cursor() as cursor:
            while some := list(islice(lines, AT_ONCE)):
                cursor.executemany(statement, [self._values(connection, ids, r) for r in some])

    def _rows(self, alias: str) -> models.QuerySet[Any]:
        # Every row there is: not through the manager, which answers for one organization.
        rows = self.model._base_manager.using(alias)  # noqa: SLF001 - documented
        return rows.exclude(name__in=_OF_PROCESSES) if self.label == "network.Job" else rows

    def _names(self, alias: str) -> dict[int, dict[Any, str]]:
        """For each column that refers to what the migrations made: the words for its ids.

        The ids themselves are others in another database.
        """
        words = {Permission: _permissions, ContentType: _content_types}
        return {
            position: words[field.related_model](alias)
            for position, field in enumerate(self.fields)
            if field.is_relation and field.related_model in words
        }

    def _values(self, connection: Any, ids: dict[int, dict[str, Any]], line: bytes) -> list[Any]:
        row = orjson.loads(line)
        if not isinstance(row, list) or len(row) != len(self.fields):
            raise ValueError(self.label)
        values = []
        for position, (field, value) in enumerate(zip(self.fields, row, strict=True)):
            known = ids[position][value] if position in ids and value is not None else value
            values.append(_column(connection, field, known))
        return values


def all_tables() -> list[Table]:
    """Every table of the product and of what it stands on, but that of the migrations."""
    found = apps.get_models(include_auto_created=True)
    return [Table(model) for model in found if model._meta.managed and not model._meta.proxy]  # noqa: SLF001 - documented


def kept_tables() -> list[Table]:
    """The tables that a backup holds."""
    return [table for table in all_tables() if table.label not in LEFT_OUT]


def emptied_tables() -> list[Table]:
    """The tables that a restore empties: what is left out ends with it."""
    return [table for table in all_tables() if table.label not in UNTOUCHED]


def migrations_of(alias: str) -> list[str]:
    """The migrations that a database has, such as `network.0001_ground_floor`."""
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def _dumped(values: Sequence[Any]) -> bytes:
    # Keys in order: one database keeps the order in which they were written, the other does not.
    return orjson.dumps(
        values,
        default=_text,
        option=orjson.OPT_UTC_Z | orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS,
    )


def _text(value: Any) -> str:
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(type(value).__name__)


def _column(connection: Any, field: models.Field[Any, Any], value: Any) -> Any:
    """A value as the database takes it."""
    if value is None:
        return None
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if not isinstance(target, models.JSONField):
        value = target.to_python(value)
    return target.get_db_prep_save(value, connection)


def _permissions(alias: str) -> dict[Any, str]:
    rows = Permission.objects.using(alias).values_list(
        "pk", "content_type__app_label", "content_type__model", "codename"
    )
    return {pk: ".".join(words) for pk, *words in rows}


def _content_types(alias: str) -> dict[Any, str]:
    rows = ContentType.objects.using(alias).values_list("pk", "app_label", "model")
    return {pk: ".".join(words) for pk, *words in rows}
