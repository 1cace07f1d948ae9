"""Slugs of organizations that are gone."""

from django.db import models

from network.models.base import Row


class RetiredSlug(Row):
    """A slug that no organization gets again: old links must not lead to somebody else.

    It keeps the slug and the day, nothing of the organization itself.
    """

    slug = models.SlugField(max_length=80, unique=True)

    def __str__(self) -> str:
        """The slug."""
        return self.slug
