"""Data blocks: what a page says to machines, as an element that no browser executes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# As `json_script` of Django does it, and the two signs that end a line in older scripts.
_SIGNS = "<>&\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in _SIGNS}


@register.filter
def data_block(data: Mapping[str, Any]) -> SafeString:
    """The element that holds a document of JSON-LD; no text in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    # Nothing in it opens or closes an element or a reference any more.
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - see the line above
    )
