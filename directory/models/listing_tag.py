"""The words by which listings are filtered."""

from django.db import models

from directory.models.listing import Listing


class ListingTag(models.Model):
    """One word by which a listing is filtered: a language, a service or a coalition's slug."""

    class Kind(models.TextChoices):
        """What kind of word."""

        LANGUAGE = "language"
        SERVICE = "service"
        COALITION = "coalition"

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=160)

    class Meta:
        """Each word once, found by kind and word."""

        constraints = (
            models.UniqueConstraint(fields=["kind", "value", "listing"], name="listing_tag_once"),
        )

    def __str__(self) -> str:
        """Kind and word."""
        return f"{self.kind} {self.value}"
