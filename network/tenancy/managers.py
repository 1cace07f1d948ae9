"""The scoped manager: tenant rows are seen inside a scope, and nowhere else."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django_scopes import get_scope
from django_scopes.manager import DisabledQuerySet

M = TypeVar("M", bound=models.Model)


class TenantManager(models.Manager[M]):
    """`objects` of every tenant table: the rows of the organization whose scope is open.

    Outside a scope each question raises `ScopeError`; inside the scope of an actor without an
    organization there are no rows. django-scopes keeps the state; its own manager factory has no
    types, and takes None for "no filter", which an open gate must never depend on.
    """

    scope_field = "organization_id"

    def get_queryset(self) -> models.QuerySet[M]:
        """The rows in scope."""
        scope = get_scope()
        if not scope.get("_enabled", True):
            return super().get_queryset()
        if "organization" not in scope:
            refused: models.QuerySet[M] = DisabledQuerySet(
                self.model, using=self._db, missing_scopes={"organization"}
            )
            return refused
        if scope["organization"] is None:
            return super().get_queryset().none()
        return super().get_queryset().filter(self._in_scope(scope["organization"]))

    def beyond_scope(self) -> models.QuerySet[M]:
        """Every row that the database lets through; for the gate itself and for row counts."""
        return super().get_queryset()

    def _in_scope(self, organization: object) -> models.Q:
        return models.Q(**{self.scope_field: organization})


class TwoSidedManager(TenantManager[M]):
    """The same for rows that stand between a coalition and an organization: each sees them."""

    def _in_scope(self, organization: object) -> models.Q:
        return super()._in_scope(organization) | models.Q(coalition_id=organization)


class OwnRowManager(TenantManager[M]):
    """The same for the organizations' own table."""

    scope_field = "pk"
