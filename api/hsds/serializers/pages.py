"""A page of a list, with the numbers that HSDS puts before it."""

from __future__ import annotations

from api.hsds.serializers.values import Document
from directory.queries.numbered_pages import NumberedPage


def page_document(page: NumberedPage[Document]) -> Document:
    """The page as docs.openreferral.org/en/3.1/hsds/api_reference.html describes lists."""
    return {
        "total_items": page.total,
        "total_pages": page.pages,
        "page_number": page.number,
        "size": len(page.rows),
        "first_page": page.number == 1,
        "last_page": page.is_last,
        "empty": not page.rows,
        "contents": list(page.rows),
    }
