"""Who asked for mails about one place of detention or one country."""

from __future__ import annotations

from django.db import models

from directory.models.country import Country
from directory.models.facility import Facility
from network.models.base import Row
from network.tenancy import Purpose, current_actor

# The mails themselves, and the purge of what nobody confirmed.
EYES = frozenset({Purpose.FOLLOW, Purpose.PURGE})


class FollowManager(models.Manager["Follow"]):
    """`objects` of a table that no person and no organization reads: empty but for two purposes.

    PostgreSQL's row security says the same; this says it on SQLite, too.
    """

    def get_queryset(self) -> models.QuerySet[Follow]:
        """All rows for the mails and the purge, none for anybody else."""
        actor = current_actor()
        rows = super().get_queryset()
        return rows if actor is not None and actor.purpose in EYES else rows.none()


class Follow(Row):
    """An address that asked for mails about one place or one country, not both.

    Until `confirmed_at` it is a wish, which gets nothing; `confirm_hash` is of the link that
    confirms it. An address may wish for the same several times, and follows it once. `told` is
    the public state of which it knows, as `directory.queries.visiting_state` gives it, and
    `told_digest` stands for it; `told_at` is when the last mail was written, `behind_since`
    when it was first noticed that the state has moved on. The row is deleted when its address
    leaves.
    """

    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=12)
    facility = models.ForeignKey(
        Facility, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    confirm_hash = models.CharField(max_length=64, unique=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told = models.JSONField(default=dict, blank=True)
    told_digest = models.CharField(max_length=64, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    behind_since = models.DateTimeField(null=True, blank=True)

    objects = FollowManager()

    class Meta:
        """One subject each; confirmed once for each address and subject."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(facility=None, country__isnull=False)
                | models.Q(facility__isnull=False, country=None),
                name="follow_one_subject",
            ),
            models.UniqueConstraint(
                fields=["email", "facility"],
                condition=models.Q(confirmed_at__isnull=False, facility__isnull=False),
                name="follow_place_once",
            ),
            models.UniqueConstraint(
                fields=["email", "country"],
                condition=models.Q(confirmed_at__isnull=False, country__isnull=False),
                name="follow_country_once",
            ),
        )
        indexes = (
            models.Index(
                fields=["behind_since"],
                name="follow_behind",
                condition=models.Q(behind_since__isnull=False),
            ),
        )

    def __str__(self) -> str:
        """Its number; never the address."""
        return f"follow {self.pk}"
