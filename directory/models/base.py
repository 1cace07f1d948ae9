"""What every sourced statement carries."""

from django.db import models

from network.fields import PartialDateField


class Sourced(models.Model):
    """A source, the date it shows, and the day on which it was read.

    `as_of` stays empty where the source shows no date. `as_of_basis` says in a few words where
    on the source the date stands. `text_language` is the language of the row's own sentences.
    """

    source_url = models.CharField(max_length=500, blank=True)
    as_of = PartialDateField()
    as_of_basis = models.CharField(max_length=120, blank=True)
    retrieved = models.DateField(null=True, blank=True)
    text_language = models.CharField(max_length=12, default="en")

    class Meta:
        """No table of its own."""

        abstract = True


class Place(models.Model):
    """A place as exactly as it may be said; both coordinates or neither.

    Degrees of WGS 84, already coarsened to `precision` before they are stored.
    """

    admin1 = models.CharField(max_length=80, blank=True)
    locality = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True


def place_constraints(name: str) -> tuple[models.CheckConstraint, ...]:
    """The constraints of a `Place`, named for one table."""
    both = models.Q(latitude__isnull=False, longitude__isnull=False)
    neither = models.Q(latitude__isnull=True, longitude__isnull=True)
    inside = models.Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180)
    return (
        models.CheckConstraint(condition=neither | (both & inside), name=f"{name}_point_whole"),
    )
