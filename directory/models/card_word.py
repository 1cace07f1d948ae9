"""The words by which organizations are found."""

from django.db import models

from directory.models.organization_card import OrganizationCard
from directory.models.posting import Posting


class CardWord(Posting):
    """One word of the card of one organization."""

    row = models.ForeignKey(
        OrganizationCard,
        to_field="slug",
        on_delete=models.CASCADE,
        related_name="words",
        db_index=False,
    )

    class Meta:
        """Each word once; the index by word alone answers a question."""

        constraints = (models.UniqueConstraint(fields=["row", "word"], name="card_word_once"),)
        indexes = (models.Index(fields=["word", "row", "weight"], name="card_word"),)
