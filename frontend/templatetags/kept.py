"""Parts of pages that are rendered once and kept."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.conf import settings
from django.template import Context, loader
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST = 2_000
# What can say nothing that it does not show: no row, and nothing that asks the database.
_PLAIN = (str, int, frozenset)


@register.simple_tag
def kept(name: str, **values: Hashable) -> SafeString:
    """The part of a page that a template makes of these values, kept for the next who asks.

    The template sees the values and nothing else: neither the page's context nor the request. So
    what is kept can hold nothing of a person or a group that does not stand among the values, and
    is found again by all of them together, in the same language and under the same prefix. Give
    it small values of which there are few: no free text of a request, and nothing that is secret.

    Raises:
        TypeError: a value is neither text, number nor yes or no, nor a frozen set.
    """
    for value in values.values():
        if not isinstance(value, _PLAIN):
            raise TypeError(f"{name} is not kept for a {type(value).__name__}")
    make = _made.__wrapped__ if settings.DEBUG else _made
    return make(name, get_language(), get_script_prefix(), **values)


# Of each value the type counts, too: a text that is marked as safe is not the same text unmarked.
@lru_cache(maxsize=MOST, typed=True)
def _made(name: str, _language: str | None, _prefix: str, /, **values: Hashable) -> SafeString:
    found: template.Template = loader.get_template(name).template  # type: ignore[attr-defined]  # Django's own engine
    return found.render(Context(values))
