"""The scope: within it, tenant rows of one organization can be seen, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django_scopes import scope, scopes_disabled
from psycopg.pq import TransactionStatus

from network.tenancy.actor import Actor

_current: ContextVar[Actor | None] = ContextVar("actor", default=None)

_SETTINGS = ("app.organization", "app.person", "app.purpose")


def current_actor() -> Actor | None:
    """The actor of the innermost open scope, if one is open."""
    return _current.get()


@contextmanager
def acting(actor: Actor, *, is_reading: bool = False) -> Iterator[Actor]:
    """Open the scope of an actor: one transaction in which the database knows who asks.

    Inside it the scoped managers answer for the actor's organization (for every organization
    where a system purpose acts without one), and PostgreSQL's row security reads the same three
    facts from settings that end with the transaction. Scopes nest; the inner one ends where it
    began. Open it per request, task or frame, never for the life of a connection.

    Who only reads says `is_reading`: on SQLite there is then no transaction, each of which would
    wait for the one lock for writing.
    """
    token = _current.set(actor)
    try:
        is_inner = connection.in_atomic_block
        with _transaction(is_reading):
            before = _read_settings() if is_inner else None
            _write_settings(_settings_of(actor))
            with _belt(actor):
                yield actor
            # The outermost end with their transaction, and after an error the rollback has
            # already put the old values back.
            if before is not None:
                _write_settings(before)
            else:
                _require_unbroken()
    finally:
        _current.reset(token)


def _transaction(is_reading: bool) -> AbstractContextManager[None]:
    if is_reading and connection.vendor == "sqlite":
        return nullcontext()
    # Typed for use as a decorator, too.
    whole: AbstractContextManager[None] = transaction.atomic()
    return whole


@contextmanager
def _belt(actor: Actor) -> Iterator[None]:
    if actor.purpose is not None and actor.organization_id is None:
        with scopes_disabled():
            yield
    else:
        with scope(organization=actor.organization_id):
            yield


def _settings_of(actor: Actor) -> tuple[str, str, str]:
    return (
        str(actor.organization_id or ""),
        str(actor.person_id or ""),
        str(actor.purpose or ""),
    )


def _require_unbroken() -> None:
    """Refuse to end well after an error that somebody has passed over: all would be undone.

    PostgreSQL answers the commit of a failed transaction with a rollback, and says no more.

    Raises:
        TransactionManagementError: the transaction has failed.
    """
    connection.validate_no_broken_transaction()
    if connection.vendor == "postgresql" and connection.connection is not None:
        status = connection.connection.info.transaction_status
        if status == TransactionStatus.INERROR:
            raise TransactionManagementError("an error in this scope was passed over")


def _read_settings() -> tuple[str, str, str]:
    outer = ("", "", "")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT "
                + ", ".join(f"coalesce(current_setting('{n}', true), '')" for n in _SETTINGS)
            )
            outer = cursor.fetchone()
    return outer


def _write_settings(values: tuple[str, str, str]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT " + ", ".join(f"set_config('{n}', %s, true)" for n in _SETTINGS), values
            )
