"""Switching off what in the application asks whose a row is."""

from django.db.models import QuerySet

from network.tenancy.managers import TenantManager


def drop_owners(patch, *names):
    """From now on no query asks whose a row is.

    The scoped managers show every row, and conditions whose name begins with one of `names` are
    dropped from every query.
    """

    def every_row(self):
        return super(TenantManager, self).get_queryset()

    real = QuerySet._filter_or_exclude

    def without_owner(self, negate, arguments, conditions):
        kept = {name: one for name, one in conditions.items() if not name.startswith(names)}
        return real(self, negate, arguments, kept)

    patch.setattr(TenantManager, "get_queryset", every_row)
    patch.setattr(QuerySet, "_filter_or_exclude", without_owner)
