"""The feed of what was said last about visits at a place, in a country or anywhere, as Atom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.enums.union import UNION
from directory.models import AccessEvent, CountryAccess, VisitingRule
from directory.queries.access_news import Said, access_news
from directory.queries.visiting_state import Change, Subject
from frontend import texts
from frontend.addresses import address_of
from frontend.feeds import ENTRIES, ProgramFeed, feed_title, xml_text
from frontend.following.links import page_of, query_of
from frontend.following.words import Names, authors_of, item_of
from frontend.forms.access_feed_form import heading_of
from frontend.templatetags.atlas import country_name
from frontend.templatetags.ledger import visitor

if TYPE_CHECKING:
    from network.actions.letters import Item

Row = AccessEvent | VisitingRule | CountryAccess


def access_feed(subject: Subject | None) -> ProgramFeed:
    """The feed about a subject, or about all, in the reader's language. At most six queries."""
    tail = f"?{query_of(subject)}" if subject else ""
    address = address_of("access_feed") + tail
    feed = ProgramFeed(
        title=xml_text(feed_title(heading_of(subject))),
        link=page_of(subject) if subject else address_of("countries"),
        description="",
        language=get_language(),
        author_name=xml_text(settings.NODE_NAME or _("Visitation Network")),
        author_link=address_of("home"),
        feed_url=address,
        feed_guid=address,
    )
    found = access_news(subject, ENTRIES)
    authors = authors_of(said.row for said in found)
    for said in found:
        _add(feed, said, authors, subject)
    return feed


def _add(feed: ProgramFeed, said: Said, authors: Names, subject: Subject | None) -> None:
    """Put a row into a feed; its id is the row's, the same in every language."""
    row = said.row
    item = item_of(Change(row), authors)
    signed = row.attributed_to if isinstance(row, AccessEvent) else ""
    if isinstance(row, VisitingRule):
        signed = authors.get(row.author, row.author)
    feed.add_item(
        title=item.title,
        link=_page(row, subject),
        description=xml_text(_summary(item)),
        author_name=xml_text(signed) or None,
        updateddate=said.at,
        unique_id=row.pk.urn,
        name=texts.Text(item.title, get_language() or settings.LANGUAGE_CODE),
        tags=_tags(row),
    )


def _page(row: Row, subject: Subject | None) -> str:
    """The page on which a row stands: that of its place, else of its country."""
    if isinstance(row, CountryAccess):
        # A statement on Union law stands on the page of each member state.
        land = subject.land.iso2 if subject else row.jurisdiction
        known = subject is not None or row.jurisdiction != UNION
        return address_of("country", land) if known else address_of("countries")
    if row.facility is not None:
        return page_of(Subject(facility=row.facility))
    return page_of(Subject(country=row.country))


def _summary(item: Item) -> SafeString:
    """A few paragraphs of HTML: whom, since when, the words of the source, its address."""
    code = get_language() or settings.LANGUAGE_CODE
    rows = [(code, texts.direction(code), line) for line in item.lines]
    if item.quote:
        rows.append((item.quote_language or code, item.quote_direction, item.quote))
    told = format_html_join("\n", '<p lang="{}" dir="{}">{}</p>', rows)
    if not item.has_link:
        return told
    return told + format_html('\n<p><a href="{0}" dir="ltr">{0}</a></p>', item.source)


def _tags(row: Row) -> list[tuple[str, str, str]]:
    """Scheme, word and label of each category: the kind of visitor, and the country."""
    schemes = settings.PUBLIC_ORIGIN + "/feeds/access.atom#"
    tags = [(schemes + "visitor", row.visitor_category, visitor(row.visitor_category))]
    if not isinstance(row, CountryAccess):
        tags.append((schemes + "country", row.country.iso2, country_name(row.country)))
    return [(scheme, xml_text(term), xml_text(label)) for scheme, term, label in tags]
