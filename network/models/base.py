"""What every table of the product has."""

import uuid

from django.db import models


class Row(models.Model):
    """A row with a UUID that is known before it is saved, and the moment it was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """No table of its own."""

        abstract = True
