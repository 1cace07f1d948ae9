"""Questions to the database whose SQL is made once, for what is asked at every request.

Making SQL of a query costs Django more than the database needs to answer it: for a message 15 of
34 ms of CPU, measured side by side. Here the query is built once, with values that stand for
those to come, and afterwards only the values are put in.

    _IN_USE = Compiled(
        lambda key, now: ApiToken.objects.beyond_scope().filter(
            token_hash=key, expires_at__gt=now
        )
    )
    found = _IN_USE(key=hash_of(text), now=timezone.now())

All that differs from one time to the next must be a value: the moment, who asks. It is built where
no scope is open, so that managers of tenant rows refuse to be asked without `beyond_scope()`; a
moment that is not a value is noticed when the SQL is made.
"""

from __future__ import annotations

import copy
import datetime as dt
import secrets
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextvars import Context
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql import UpdateQuery

Row = TypeVar("Row")
Values = Mapping[str, Any]
# What a value is made into for a place, and the name of the value; or a constant, and no name.
Place = tuple[Any, str]


class NotCompilable(Exception):  # noqa: N818 - says what it is
    """A query that cannot be asked again with other values; a mistake of who wrote it."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL with what stands in each of its places."""

    queryset: QuerySet[Any]
    compiler: Any
    sql: str
    places: tuple[Place, ...]

    def parameters(self, values: Values) -> tuple[Any, ...]:
        """What is sent to the database."""
        return tuple(make(values[name]) if name else make for make, name in self.places)


class _Asked:
    """A queryset, as far as Django's iterables look at one, whose SQL is there already."""

    def __init__(self, statement: _Statement, values: Values) -> None:
        parameters = statement.parameters(values)
        # Of this thread's connection, and with these values.
        self._compiler = copy.copy(statement.compiler)
        self._compiler.connection = connection
        self._compiler.as_sql = lambda *_given, **_more: (statement.sql, parameters)
        self._queryset = statement.queryset
        self.query = self

    def get_compiler(self, *_given: Any, **_more: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        """Everything else, of the query or of the queryset."""
        query = self._queryset.query
        return getattr(query, name) if hasattr(query, name) else getattr(self._queryset, name)


class _Once(ABC):
    """A statement that is made at the first call, and kept for the process."""

    def __init__(self) -> None:
        # By kind of database: the same text of a program may meet both, in tests.
        self._made: dict[str, _Statement] = {}

    def _statement(self, values: Values) -> _Statement:
        if None in values.values():
            raise TypeError("a value of a compiled statement is nothing")
        made = self._made.get(connection.vendor)
        if made is None:
            made = self._made[connection.vendor] = _compiled(self._build, values)
        return made

    @abstractmethod
    def _build(self, values: Values) -> tuple[QuerySet[Any], Any]:
        """The queryset for these values, and the compiler of its statement."""


class Compiled(_Once, Generic[Row]):
    """A query of which only the values differ: called with them, its rows.

    Raises:
        NotCompilable: at the first call.
        TypeError: a value is nothing, which no place may be.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]]) -> None:
        """Build the query with `ask`, from values by name."""
        super().__init__()
        self._ask = ask

    def __call__(self, **values: Any) -> list[Row]:
        """All rows for these values; one query."""
        made = self._statement(values)
        # As the queryset itself reads its rows: models, tuples or single values.
        rows: Any = made.queryset._iterable_class  # noqa: SLF001 - Django's own way, which no name of its own has
        found: list[Row] = list(rows(_Asked(made, values)))
        return found

    def first(self, **values: Any) -> Row | None:
        """The first row, where there is one. `ask` says how many are read."""
        return next(iter(self(**values)), None)

    def _build(self, values: Values) -> tuple[QuerySet[Any], Any]:
        queryset = Context().run(self._ask, **values)
        return queryset, queryset.query.get_compiler(connection=connection)


class CompiledUpdate(_Once):
    """The same for a change: called with the values, the number of changed rows.

    `ask` gives the rows and what becomes of their columns.
    """

    def __init__(self, ask: Callable[..., tuple[QuerySet[Any], dict[str, Any]]]) -> None:
        """Build the change with `ask`, from values by name."""
        super().__init__()
        self._ask = ask

    def __call__(self, **values: Any) -> int:
        """Change; one statement."""
        made = self._statement(values)
        with connection.cursor() as cursor:
            cursor.execute(made.sql, made.parameters(values))
            changed: int = cursor.rowcount
        return changed

    def _build(self, values: Values) -> tuple[QuerySet[Any], Any]:
        queryset, columns = Context().run(self._ask, **values)
        query: Any = queryset.query.chain(UpdateQuery)
        query.add_update_values(columns)
        return queryset, query.get_compiler(connection=connection)


def _compiled(build: Callable[[Values], tuple[QuerySet[Any], Any]], values: Values) -> _Statement:
    """The statement, with the places of these values.

    Raises:
        NotCompilable: a value has no place or is of a kind that has none, or two times the same
            query are not the same.
    """
    first, second = (_built(build, values) for _time in range(2))
    if (first.sql, _known(first)) != (second.sql, _known(second)):
        raise NotCompilable("something beside its values differs from one time to the next")
    if missing := set(values) - {name for _make, name in first.places}:
        raise NotCompilable(f"no place for {', '.join(sorted(missing))}")
    return first


def _known(statement: _Statement) -> list[Any]:
    return [name or constant for constant, name in statement.places]


def _built(build: Callable[[Values], tuple[QuerySet[Any], Any]], values: Values) -> _Statement:
    marks = {name: _mark(value) for name, value in values.items()}
    queryset, compiler = build(marks)
    sql, parameters = compiler.as_sql()
    return _Statement(queryset, compiler, sql, tuple(_place(one, marks) for one in parameters))


def _mark(value: Any) -> Any:
    """A value of the same kind that stands nowhere else."""
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    if isinstance(value, dt.datetime):
        return dt.datetime(3000, 1, 1, tzinfo=dt.UTC) + dt.timedelta(
            microseconds=secrets.randbelow(10**12)
        )
    if isinstance(value, str):
        return secrets.token_hex(16)
    if isinstance(value, int) and not isinstance(value, bool):
        return 2**29 + secrets.randbelow(2**29)
    raise NotCompilable(f"a value of a kind that has no place: {type(value).__name__}")


def _place(parameter: Any, marks: Values) -> Place:
    """Of which mark this is a form, and how a value takes that form."""
    for name, mark in marks.items():
        if isinstance(mark, int) and parameter == mark:
            # The driver's own integers have a size.
            return type(parameter), name
        if isinstance(mark, uuid.UUID) and parameter == mark.hex:
            return _hex, name
        if isinstance(mark, dt.datetime) and parameter == _moment(mark):
            return _moment, name
        if parameter == mark:
            return _as_it_is, name
    return parameter, ""


def _moment(value: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def _hex(value: uuid.UUID) -> str:
    return value.hex


def _as_it_is(value: Any) -> Any:
    return value
