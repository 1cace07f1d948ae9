"""Addresses that groups took over from sources, for good."""

from django.db import models

from network.models.base import Row


class Claimed(Row):
    """A slug under which a program was found in a source, or under which its group published it.

    It outlives the listing: no import brings the old entry back while the group has unpublished
    its own, or after it asked to be taken off. `program_id` is the id of the program and of its
    listing; the program may be gone.
    """

    slug = models.CharField(max_length=160, unique=True)
    program_id = models.UUIDField(db_index=True)

    class Meta:
        """The table's name in words."""

        verbose_name_plural = "claimed"

    def __str__(self) -> str:
        """The slug."""
        return self.slug
