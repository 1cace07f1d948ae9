"""Towns of the world, so that a place can be found by its name without asking anybody."""

from django.db import models


class GazetteerPlace(models.Model):
    """A town of GeoNames with 15,000 people or more, or a capital; licence CC BY 4.0.

    Written by loading the list whole, never by hand. `name` is the town's main name there,
    `names` is `{language: name}` where another is known. `admin1` is the code of its state or
    province, see `directory.enums.regions`. `country` is a code and no relation: the list names
    countries that may not be imported.
    """

    geoname_id = models.PositiveIntegerField(primary_key=True)
    name = models.CharField(max_length=200)
    names = models.JSONField(default=dict, blank=True)
    country = models.CharField(max_length=2)
    admin1 = models.CharField(max_length=20, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)

    class Meta:
        """A point lies on the globe."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180
                ),
                name="gazetteer_place_on_the_globe",
            ),
        )

    def __str__(self) -> str:
        """Its main name, for logs."""
        return self.name
