"""Parameters of lists: how long a page is, and where it begins."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from api.v1.filters.parameters import Parameters
from directory.queries.cursor import MAX_CURSOR, PAGE_SIZE, BadCursorError, Cursor, decode_cursor
from directory.queries.orders import Order
from directory.queries.ranked import start_of

MOST_PAGE_SIZE = 100
ORDER = (
    "The order. By name unless asked for, with `q` by relevance, with `near` by distance; these "
    "two only go together with it."
)
FORM = (
    "The form of the answer. All but `json` have everything that fits in one piece, without "
    "`cursor`, `page_size` and `ordering`."
)
WHOLE = "This form has all that fits, in one piece. Leave this out."
NO_PAGE = "This is no page of this list. Begin again without it."


class PageParameters(Parameters):
    """`page_size` to 100, and the `cursor` that `next` and `previous` carry."""

    page_size = serializers.IntegerField(
        min_value=1,
        max_value=MOST_PAGE_SIZE,
        required=False,
        initial=PAGE_SIZE,
        help_text="How many rows a page has.",
    )
    cursor = serializers.CharField(
        max_length=MAX_CURSOR,
        required=False,
        help_text="Where the page begins; opaque, from `next` and `previous`.",
    )


def check_streamed(attrs: dict[str, Any]) -> None:
    """Refuse pages and orders of what comes in one piece.

    Raises:
        ValidationError: by the names of those to leave out.
    """
    odd = [name for name in ("cursor", "page_size", "ordering") if name in attrs]
    if odd:
        raise ValidationError({name: [WHOLE] for name in odd})


def page_size(values: dict[str, Any]) -> int:
    """How many rows a page has."""
    return values.get("page_size") or PAGE_SIZE


def cursor_in(values: dict[str, Any], order: Order | str) -> Cursor | None:
    """Where the page begins, in a list of this order or, for a name, of this ranked list.

    Raises:
        ValidationError: it is no cursor of this list.
    """
    if "cursor" not in values:
        return None
    kind = order if isinstance(order, str) else order.kind
    try:
        cursor = decode_cursor(values["cursor"], kind)
        if isinstance(order, str):
            start_of(cursor)
        else:
            order.first(cursor.name), order.second(cursor.slug)
    except (BadCursorError, ValueError, OverflowError) as error:
        raise ValidationError({"cursor": [NO_PAGE]}) from error
    return cursor
