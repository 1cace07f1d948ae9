"""The names under which towns are found, in every script."""

from django.db import models

from directory.models.gazetteer_place import GazetteerPlace

MAX_FOLDED = 80


class GazetteerName(models.Model):
    """One folded name of one town, as `place_key` writes it; several towns may share it.

    Looked up by beginnings: the unique index serves for that, and on PostgreSQL the column
    compares by code points as SQLite does.
    """

    folded = models.CharField(max_length=MAX_FOLDED)
    # Nobody asks for the names of a town; an index of 250,000 entries would serve nothing.
    place = models.ForeignKey(
        GazetteerPlace, on_delete=models.CASCADE, related_name="spellings", db_index=False
    )
    is_main = models.BooleanField(default=False)

    class Meta:
        """A name once for each town."""

        constraints = (
            models.UniqueConstraint(fields=["folded", "place"], name="gazetteer_name_once"),
        )

    def __str__(self) -> str:
        """The name, for logs."""
        return self.folded
