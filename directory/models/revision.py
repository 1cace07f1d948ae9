"""Which state of the public directory this is."""

from django.db import models


class Revision(models.Model):
    """A mark that changes whenever anything public does; what is kept or drawn is kept by it.

    A random mark rather than a number, so that a restored backup or another database never has
    the mark of something that was kept before. `changed_at` never goes back, whatever the clock
    of the machine does.
    """

    name = models.CharField(primary_key=True, max_length=20)
    mark = models.CharField(max_length=32)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name and mark."""
        return f"{self.name} {self.mark}"
