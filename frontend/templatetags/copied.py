"""What pages say of messages that were copied for a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from frontend.templatetags.messenger import handle_words

register = template.Library()


@register.filter
def copied_writer(copy: Mapping[str, Any], group: str) -> SafeString:
    """Who wrote a copied message: the handle, as it was when it was copied."""
    return handle_words(copy["number"], group, copy["shown_name"])
