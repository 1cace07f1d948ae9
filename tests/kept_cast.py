"""The cast made once in a process, and written again row by row for each test that asks for it.

Made by the product's own actions it takes some hundred statements, for thousands of tests. What
they wrote is kept in memory and put into the emptied tables with one statement a table; times
are moved on by what has passed since.
"""

from __future__ import annotations

import copy
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.serializers import sort_dependencies
from django.db import models
from django.utils import timezone

from network.tenancy import Actor
from tests.cast import Cast, make_cast

Rows = list[tuple[type[models.Model], list[models.Model]]]


class KeptCast:
    """What making the cast has written, and when."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.rows: Rows = []
        self.made_at = timezone.now()
        self.names: dict[str, tuple[type[models.Model], Any]] = {}

    def cast(self, actor: Actor) -> Cast:
        """The cast, in the database of this test."""
        if not self.rows:
            return self._made(actor)
        passed = timezone.now() - self.made_at
        found: dict[tuple[type[models.Model], Any], Any] = {}
        for model, rows in self.rows:
            fresh = [_moved(row, passed) for row in rows]
            models.QuerySet(model).bulk_create(fresh)
            found |= {(model, row.pk): row for row in fresh}
        return Cast(**{name: found[key] for name, key in self.names.items()})

    def _made(self, actor: Actor) -> Cast:
        before = {model: _keys(model) for model in _tables()}
        self.made_at = timezone.now()
        cast = make_cast(actor)
        for model in _tables():
            rows = list(models.QuerySet(model).exclude(pk__in=before[model]))
            if rows:
                self.rows.append((model, rows))
        for field in fields(cast):
            one = getattr(cast, field.name)
            self.names[field.name] = (type(one), one.pk)
        return cast


def _tables() -> list[type[models.Model]]:
    """Every table of ours, what is pointed at first."""
    ours = [(app, None) for app in apps.get_app_configs()]
    found = [model for model in sort_dependencies(ours) if not model._meta.proxy]
    between = [model for model in apps.get_models(include_auto_created=True) if model not in found]
    return [*found, *(model for model in between if not model._meta.proxy)]


def _keys(model: type[models.Model]) -> list[Any]:
    return list(models.QuerySet(model).values_list("pk", flat=True))


def _moved(row: models.Model, passed: timedelta) -> models.Model:
    """A row of its own, as it would be had it been made now."""
    fresh = copy.copy(row)
    fresh._state = copy.copy(row._state)
    fresh._state.fields_cache = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, datetime):
            setattr(fresh, field.attname, value + passed)
        elif isinstance(value, dict | list):
            setattr(fresh, field.attname, copy.deepcopy(value))
    return fresh
