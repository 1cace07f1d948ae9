"""The words by which listings are found."""

from django.db import models

from directory.models.listing import Listing
from directory.models.posting import Posting


class ListingWord(Posting):
    """One word of one listing. Of what a group withholds there is nothing in the listing."""

    row = models.ForeignKey(
        Listing,
        to_field="slug",
        on_delete=models.CASCADE,
        related_name="words",
        db_index=False,
    )

    class Meta:
        """Each word once; the index by word alone answers a question."""

        constraints = (models.UniqueConstraint(fields=["row", "word"], name="listing_word_once"),)
        indexes = (models.Index(fields=["word", "row", "weight"], name="listing_word"),)
