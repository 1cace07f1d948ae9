"""Filters of the directory's pages: names, texts in several languages, what a listing says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from babel.numbers import format_decimal
from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from directory.enums import Claim, Freshness, Precision, Service
from directory.models import Country, Facility, Listing, OrganizationCard
from directory.queries.freshness import freshness_of, is_contact_folded
from directory.queries.near import Near
from frontend import texts
from frontend.forms.filter_form import FilterForm
from frontend.leads import Lead
from frontend.templatetags.atlas import comma, country_name, day, language_name, status

register = template.Library()

# Names that take an article in an English sentence; other languages translate "the ..." without.
_CODES = "AE BS CC CF CD CG CK DO FK FO GB GM IO KM KY MH MP MV NL PH SB SC TC TF UM US VA VG VI"
WITH_ARTICLE = frozenset(_CODES.split())
LONG_NAME = 40

# Withheld fields that are only named; contact, languages, services and places stand in their row.
WITHHELD = {
    "capacity": pgettext_lazy("what a group keeps back", "Whom it takes on"),
    "descriptions": pgettext_lazy("what a group keeps back", "Description"),
    "how_to_be_visited": pgettext_lazy("what a group keeps back", "How to be visited"),
    "how_to_join": pgettext_lazy("what a group keeps back", "How to join"),
    "point": pgettext_lazy("what a group keeps back", "Town"),
    "summaries": pgettext_lazy("what a group keeps back", "Summary"),
    "website": pgettext_lazy("what a group keeps back", "Website"),
}


@register.filter
def in_sentence(country: Country) -> str:
    """The name of a country as it stands within a sentence: the United States, France."""
    name = country_name(country)
    if country.iso2 not in WITH_ARTICLE:
        return name
    return pgettext("country within a sentence", "the {country}").format(country=name)


@register.filter
def pick(value: Mapping[str, str] | None) -> texts.Text | None:
    """The text in the reader's language, else in another; it knows its language."""
    return texts.pick(value)


@register.filter
def told_by(value: object, row: object) -> SafeString | str:
    """Words of a row, marked with their language where it is not the page's; nothing for none."""
    if value in (None, ""):
        return ""
    marks = spoken(row)
    return format_html("<span{}>{}</span>", marks, value) if marks else str(value)


@register.filter
def told_items(values: list[str], row: object) -> SafeString:
    """Words of a row one after another, each marked with its language."""
    return format_html_join(
        pgettext("between items", ", "), "{}", [(told_by(value, row),) for value in values]
    )


@register.filter
def spoken(row: object) -> SafeString | str:
    """The attributes of an element that holds a row's words: language and direction.

    Nothing where the words are in the page's language; both open where it is not known.
    """
    code = texts.language_of(row)
    if not texts.is_foreign(code):
        return ""
    return format_html(' lang="{}" dir="{}"', code, texts.direction(code))


@register.filter
def own_name(row: Listing | OrganizationCard) -> SafeString:
    """A name in its own language and direction."""
    name = texts.own_name(row)
    if not name.lang:
        return format_html('<bdi dir="auto">{}</bdi>', name.value)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', name.lang, name.dir, name.value)


@register.filter
def other_names(row: Listing | OrganizationCard) -> list[texts.Text]:
    """The names in other languages, the reader's first."""
    return texts.other_names(row)


@register.filter
def reader_name(row: Listing | OrganizationCard) -> SafeString | str:
    """The name in the reader's language where the row's own name is in another; else nothing."""
    name = texts.reader_name(row)
    if name is None:
        return ""
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', name.lang, name.dir, name.value)


@register.filter
def is_long(name: str) -> bool:
    """Whether a name is so long that a phone shows it smaller."""
    return len(name) > LONG_NAME


@register.filter
def freshness(listing: Listing) -> SafeString:
    """How old an entry is, in shape and words; a source is dated, a group confirms."""
    age = freshness_of(listing, timezone.localdate())
    words: str = age_words(listing)
    if listing.claim == Claim.UNCLAIMED and age == Freshness.UNKNOWN:
        words = format_html('<span class="undated">{}</span>', words)
    return status(age, words)


def age_words(listing: Listing) -> str:
    """How old an entry is, in words."""
    if listing.claim != Claim.UNCLAIMED:
        if listing.confirmed_on is None:
            return _("Not confirmed yet")
        words = _("Confirmed by the group on {date}")
        return words.format(date=day(listing.confirmed_on))
    if listing.as_of is None:
        return _("Source date unknown")
    return _("Source dated {date}").format(date=day(listing.as_of))


@register.filter
def program_status(listing: Listing) -> SafeString:
    """Whether a program is at work, in shape and words."""
    return status(listing.status, status_words(listing))


def status_words(listing: Listing) -> str:
    """Whether a program is at work, and that only the source says so where nobody else does."""
    word = listing.get_status_display()
    if listing.claim == Claim.UNCLAIMED and listing.status != "unknown":
        return _("{status}, says the source").format(status=word)
    return word


@register.filter
def has_folded_contact(listing: Listing) -> bool:
    """Whether a reader is told of the age of a contact before it is shown."""
    return is_contact_folded(listing, timezone.localdate())


@register.filter
def has_way_in(listing: Listing) -> bool:
    """Whether an entry says anything on how to reach the program."""
    return bool(listing.website or any(listing.contact.values()))


@register.filter
def source_words(values: list[str]) -> str:
    """The words of a source, with spaces where it has underscores."""
    return joined([source_word(value) for value in values])


@register.filter
def source_word(value: str) -> str:
    """A word of a source, with spaces where it has underscores."""
    return str(value).replace("_", " ")


@register.filter
def where_words(listing: Listing) -> str:
    """How exactly the place of a program is given, and of what it is the place."""
    if listing.locality_basis == "facility":
        return _("The town of the place visited, not an address")
    if not listing.locality and listing.precision != Precision.WITHHELD:
        return _("The town is not stated")
    return listing.get_precision_display()


@register.filter
def capacity_words(capacity: Mapping[str, object]) -> str:
    """What a group says of whom it takes on."""
    words = []
    if capacity.get("volunteers") is True:
        words.append(_("New volunteers"))
    if capacity.get("volunteers") is False:
        words.append(_("No new volunteers at present"))
    needed = capacity.get("languages")
    if isinstance(needed, list) and needed:
        words.append(_("Speakers of {languages}").format(languages=language_names(needed)))
    if note := capacity.get("note"):
        words.append(str(note))
    return pgettext("between statements", "; ").join(words)


@register.filter
def other_withheld(listing: Listing) -> str:
    """The fields that a group keeps back and that have no place of their own on the page."""
    names = [str(WITHHELD[name]) for name in listing.withheld if name in WITHHELD]
    return joined(names)


@register.filter
def short_services(values: list[str]) -> str:
    """Services in words as a list of many programs shows them: "other" says nothing there."""
    return service_names([value for value in values if value != Service.OTHER] or values)


@register.filter
def service_names(values: list[str]) -> str:
    """Services in words, one after another, "other" last."""
    words = dict(Service.choices)
    values = sorted(values, key=lambda value: value == Service.OTHER)
    return joined([str(words.get(value, value)) for value in values])


@register.filter
def language_names(codes: list[str]) -> str:
    """Languages in words, one after another."""
    return joined([language_name(code) for code in codes])


@register.filter
def place_names(listing: Listing) -> SafeString:
    """The places that a program visits, as its source writes them."""
    names = [(visit.name,) for visit in listing.visits.all()]
    return format_html_join(pgettext("between items", ", "), "<bdi>{}</bdi>", names)


@register.filter
def telephone(number: str) -> str:
    """The digits of a telephone number, for a link that rings it."""
    plus = "+" if number.strip().startswith("+") else ""
    return plus + re.sub(r"[^0-9]", "", number)


@register.filter
def page_query(form: FilterForm, cursor: str) -> str:
    """The address of another page of the same search; nothing for no cursor."""
    return f"?{form.query(cursor=cursor)}" if cursor else ""


@register.filter
def joined(words: list[str]) -> str:
    """Words with commas, the way the page's language sets them."""
    return pgettext("between items", ", ").join(words)


@register.filter
def distance(row: Listing | Facility, distances: Mapping[UUID, Near]) -> str:
    """How far a row is from where one looks: "12 km"; nothing where that was not asked."""
    near = distances.get(row.pk) if distances else None
    if near is None:
        return ""
    km = format_decimal(near.km, locale=(get_language() or "en").replace("-", "_"))
    if near.is_about:
        return _("about {number} km away").format(number=km)
    return _("{number} km away").format(number=km)


def nearest_of(rows: Sequence[Listing | Facility], distances: Mapping[UUID, Near]) -> str:
    """How far the first row is; nothing where that was not asked, or where there is none."""
    return distance(rows[0], distances) if rows else ""


MEANINGS = {
    "facility": pgettext_lazy("what a name means", "place of detention"),
    "organization": pgettext_lazy("what a name means", "organization"),
    "country": pgettext_lazy("what a name means", "country"),
    "place": pgettext_lazy("what a name means", "programs near this town"),
    "program": pgettext_lazy("what a name means", "program"),
}


@register.filter
def meaning_kind(lead: Lead) -> str:
    """What kind of page a name leads to."""
    words = str(MEANINGS[lead.kind])
    return f"{words}{comma()}{lead.detail}" if lead.detail else words
