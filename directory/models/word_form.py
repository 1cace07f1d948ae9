"""The vocabulary of the search: every word of the index, and the forms that lead to it."""

from django.db import models

from directory.models.posting import LONGEST_WORD


class WordForm(models.Model):
    """One form by which one word is met: the word itself, its end, or it less one letter.

    There is one row of kind WHOLE for each word that a public row holds. Two transactions that
    bring the same new word at the same time may each leave one: readers take either, and neither
    waits for the other.
    """

    class Kind(models.IntegerChoices):
        """How a form leads to its word."""

        WHOLE = 0
        PART = 1
        NEAR = 2

    form = models.CharField(max_length=LONGEST_WORD)
    word = models.CharField(max_length=LONGEST_WORD)
    kind = models.PositiveSmallIntegerField(choices=Kind)

    class Meta:
        """Found by form; deleted by word."""

        indexes = (
            models.Index(fields=["kind", "form"], name="word_form_by_form"),
            models.Index(fields=["word"], name="word_form_by_word"),
        )

    def __str__(self) -> str:
        """Form and word."""
        return f"{self.form} {self.word}"
