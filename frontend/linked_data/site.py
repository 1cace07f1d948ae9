"""The site itself in the words of schema.org."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from frontend.addresses import address_of
from frontend.linked_data.nodes import Node, document, node


def data_of_site() -> Node:
    """The site with its search, and who keeps it where that is named."""
    found = address_of("programs") + "?q={words}"
    search = node("SearchAction", target=node("EntryPoint", urlTemplate=found))
    search["query-input"] = "required name=words"
    keeper = node("Organization", name=settings.NODE_NAME) if settings.NODE_NAME else None
    return document(
        node(
            "WebSite",
            name=_("Visitation Network"),
            url=address_of("home"),
            inLanguage=get_language(),
            potentialAction=search,
            publisher=keeper,
        )
    )
