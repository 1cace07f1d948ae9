"""Everything that the database has room for, read from the live schema."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.options import Options
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from network.queries.schema_classes import CLASSES, DataClass, TableClass

_UNCLASSIFIED = TableClass(
    DataClass.UNCLASSIFIED,
    _("Nobody has written down what this table holds: assume the worst"),
    _("Not known"),
)
_ORDER = (
    DataClass.TENANT,
    DataClass.CONVERSATION,
    DataClass.SYSTEM,
    DataClass.PUBLIC,
    DataClass.UNCLASSIFIED,
)

_KINDS: tuple[tuple[tuple[str, ...], str | Promise], ...] = (
    (("UUIDField", "AutoField", "BigAutoField"), pgettext_lazy("kind of column", "identifier")),
    (("BooleanField",), pgettext_lazy("kind of column", "yes or no")),
    (("DateField",), pgettext_lazy("kind of column", "day")),
    (("DateTimeField",), pgettext_lazy("kind of column", "moment")),
    (("JSONField",), pgettext_lazy("kind of column", "list or mapping")),
    (
        (
            "BigIntegerField",
            "FloatField",
            "PositiveIntegerField",
            "IntegerField",
            "SmallIntegerField",
        ),
        pgettext_lazy("kind of column", "number"),
    ),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its kind in words, and the table that it points at, if any."""

    name: str
    kind: str | Promise
    points_at: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its class, what it holds, how long rows stay, and every column."""

    name: str
    label: str
    data_class: DataClass
    holds: str | Promise
    kept: str | Promise
    columns: tuple[Column, ...]


def options_of(model: type[models.Model]) -> Options[models.Model]:
    """Django's description of a model's table."""
    return model._meta  # noqa: SLF001 - the documented interface, in spite of its name


def installed_models() -> list[type[models.Model]]:
    """Every model that has a table, those between two models and Django's own record included."""
    return [
        *(
            model
            for model in apps.get_models(include_auto_created=True)
            if options_of(model).managed and not options_of(model).proxy
        ),
        MigrationRecorder.Migration,
    ]


def schema_report(
    models_: Iterable[type[models.Model]] | None = None,
) -> list[Table]:
    """Every table of this version, what is private first, then by name. No query."""
    tables = [_table(model) for model in (installed_models() if models_ is None else models_)]
    return sorted(tables, key=lambda table: (_ORDER.index(table.data_class), table.name))


def _table(model: type[models.Model]) -> Table:
    """The report on one model's table."""
    meta = options_of(model)
    known = CLASSES.get(meta.label, _UNCLASSIFIED)
    return Table(
        name=meta.db_table,
        label=meta.label,
        data_class=known.data_class,
        holds=known.holds,
        kept=known.kept,
        columns=tuple(_column(field) for field in meta.local_concrete_fields),
    )


def _column(field: models.Field[object, object]) -> Column:
    """The report on one field's column."""
    target = field.related_model
    name = field.column or field.name
    if isinstance(target, type):
        points_at = options_of(target).db_table
        return Column(name, pgettext_lazy("kind of column", "pointer"), points_at)
    inner = field.get_internal_type()
    kind = next((words for names, words in _KINDS if inner in names), None)
    return Column(name, kind or pgettext_lazy("kind of column", "text"), "")
