"""The feed of the programs that changed last, as Atom (RFC 4287)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from directory.enums import Claim, Service
from directory.models import Listing
from frontend import texts
from frontend.addresses import address_of
from frontend.forms.feed_form import FeedForm
from frontend.templatetags.atlas import colon, country_name
from frontend.templatetags.gazetteer import age_words, joined, status_words

ENTRIES = 50
# What an empty feed is dated, so that it does not change from one moment to the next.
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# What no XML document may contain, however it is written.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ProgramFeed(Atom1Feed):
    """A feed whose titles carry their language and whose categories say of what kind they are."""

    def latest_post_date(self) -> dt.datetime:
        """When the newest entry changed; a constant where there is none."""
        return max((item["updateddate"] for item in self.items), default=_NEVER)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """One entry: title, link, date, author where a group wrote it, id, summary, categories."""
        name: texts.Text = item["name"]
        marks = {"xml:lang": name.lang} if name.lang else {}
        handler.addQuickElement("title", xml_text(name.value), marks)
        handler.addQuickElement("link", "", {"href": item["link"], "rel": "alternate"})
        handler.addQuickElement("updated", rfc3339_date(item["updateddate"]))
        if item["author_name"]:
            handler.startElement("author", {})  # type: ignore[arg-type] # as Django calls it
            handler.addQuickElement("name", item["author_name"])
            handler.endElement("author")
        handler.addQuickElement("id", item["unique_id"])
        handler.addQuickElement("summary", item["description"], {"type": "html"})
        for scheme, term, label in item["tags"]:
            attributes = {"term": term, "scheme": scheme, "label": label}
            handler.addQuickElement("category", "", attributes)


def program_feed(form: FeedForm, listings: Iterable[Listing]) -> ProgramFeed:
    """The feed of these listings, which fit a valid form, in the reader's language."""
    site, query = _("Visitation Network"), form.query()
    tail = f"?{query}" if query else ""
    asked = [f"{label}{colon()}{word}" for label, word in form.asked_words]
    feed = ProgramFeed(
        title=xml_text(feed_title(form.heading)),
        link=address_of("programs") + tail,
        description="",
        subtitle=xml_text(joined(asked)) or None,
        language=get_language(),
        author_name=xml_text(settings.NODE_NAME or site),
        author_link=address_of("home"),
        feed_url=address_of("programs_feed") + tail,
        feed_guid=address_of("programs_feed") + tail,
    )
    for listing in listings:
        _add(feed, listing)
    return feed


def feed_title(heading: str) -> str:
    """What a feed is called among those of other sites."""
    return f"{heading} \N{EN DASH} {_('Visitation Network')}"


def xml_text(text: str) -> str:
    """A text without the signs that XML forbids."""
    return _NO_XML.sub("", text)


def _add(feed: ProgramFeed, listing: Listing) -> None:
    """Put a listing into a feed; its id is the row's, the same in every language and filter."""
    card = listing.organization if listing.claim != Claim.UNCLAIMED else None
    feed.add_item(
        title=listing.name,
        link=address_of("program", listing.slug),
        description=xml_text(_summary(listing)),
        author_name=xml_text(card.name) if card else None,
        updateddate=listing.updated_at,
        unique_id=listing.pk.urn,
        name=texts.own_name(listing),
        tags=_tags(listing),
    )


def _summary(listing: Listing) -> str:
    """A few paragraphs of HTML: what it is, where, at work or not, and how old this is."""
    code = get_language() or settings.LANGUAGE_CODE
    where = joined([word for word in (listing.locality, country_name(listing.country)) if word])
    own = [where, status_words(listing), age_words(listing)]
    found = [texts.Text(words, code) for words in own]
    if about := texts.pick(listing.summaries):
        found.insert(0, about)
    rows = ((text.lang, text.dir, text.value) for text in found)
    return format_html_join("\n", '<p lang="{}" dir="{}">{}</p>', rows)


def _tags(listing: Listing) -> list[tuple[str, str, str]]:
    """Scheme, word and label of each category: services, and the country."""
    schemes = settings.PUBLIC_ORIGIN + "/feeds/programs.atom#"
    words = dict(Service.choices)
    tags = [("service", value, str(words.get(value, value))) for value in listing.services]
    tags.append(("country", listing.country.iso2, country_name(listing.country)))
    return [(schemes + kind, xml_text(term), xml_text(label)) for kind, term, label in tags]
