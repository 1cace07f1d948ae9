"""What every index of words has."""

from django.db import models

LONGEST_WORD = 60


class Posting(models.Model):
    """One word of one public row, and how much it says that the word stands there.

    `word` is folded. Words that are no text of the row have a letter and a colon in front: the
    code of its country, its languages and services, its whole names and its town. A row has each
    word once, with the weight of the place that weighs most. The row is named by its slug, so
    that equals are put in order without reading the rows themselves; whoever changes a slug takes
    its words away first.
    """

    word = models.CharField(max_length=LONGEST_WORD)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        """No table of its own."""

        abstract = True

    def __str__(self) -> str:
        """The word."""
        return self.word
