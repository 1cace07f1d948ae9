"""The words by which places of detention are found."""

from django.db import models

from directory.models.facility import Facility
from directory.models.posting import Posting


class FacilityWord(Posting):
    """One word of one place."""

    row = models.ForeignKey(
        Facility,
        to_field="slug",
        on_delete=models.CASCADE,
        related_name="words",
        db_index=False,
    )

    class Meta:
        """Each word once; the index by word alone answers a question."""

        constraints = (models.UniqueConstraint(fields=["row", "word"], name="facility_word_once"),)
        indexes = (models.Index(fields=["word", "row", "weight"], name="facility_word"),)
