"""How long the text of a column may be: as long as the table allows."""

from __future__ import annotations

from django.db import models


def limit(model: type[models.Model], name: str) -> int:
    """The length of a column of text.

    Raises:
        ValueError: the column has none.
    """
    field = model._meta.get_field(name)  # noqa: SLF001 - Django's own public API
    length: int | None = getattr(field, "max_length", None)
    if length is None:
        raise ValueError(f"{name} has no limit")
    return length
