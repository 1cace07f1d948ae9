"""Tags and filters of the pages: icons, statuses, dates, sources, names.

Everything that comes from data goes through `format_html`, so that it is escaped.
"""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from directory.models import Country
from network.fields import PartialDate

register = template.Library()

SPRITE = "frontend/img/sprite.svg"
ICONS = frozenset(
    [
        "mark",
        "search",
        "phone",
        "mail",
        "web",
        "place",
        "date",
        "source",
        "lock",
        "people",
        "words",
        "report",
        "onward",
        "leave",
        "offline",
        "check",
    ]
)
TURNING = frozenset({"onward", "leave"})  # point along the line: mirrored from right to left

SHAPES = {
    "ok": "ok",
    "part": "part",
    "stop": "stop",
    "none": "none",
    "wait": "wait",
    **dict.fromkeys(("open", "active", "yes", "granted", "fresh", "verified"), "ok"),
    **dict.fromkeys(
        (
            "restricted",
            "by_permission_only",
            "conditional",
            "discretionary",
            "paused",
            "ageing",
            "stale",
        ),
        "part",
    ),
    **dict.fromkeys(
        (
            "suspended",
            "suspended_by_authority",
            "barred",
            "never_allowed",
            "no",
            "often_refused",
            "refused",
            "closed",
            "temporarily_closed",
        ),
        "stop",
    ),
    **dict.fromkeys(("forming", "planned", "applied", "pending"), "wait"),
}


def page_locale() -> Locale:
    """The locale of the page's language; English writes days as 24 July 2013."""
    code = get_language() or "en"
    try:
        return Locale.parse("en-GB" if code == "en" else code, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en", "GB")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside a word, out of the sprite; hidden from screen readers.

    Raises:
        ValueError: the sprite has no picture of that name.
    """
    if name not in ICONS:
        raise ValueError(f"no icon {name!r}: one of {', '.join(sorted(ICONS))}")
    turns = " turns" if name in TURNING else ""
    return format_html(
        '<svg class="i{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        turns,
        static(SPRITE),
        name,
    )


@register.simple_tag
def comma() -> str:
    """What stands between the items of a list, with its blank, in the page's language."""
    return pgettext("between items", ", ")


@register.simple_tag
def colon() -> str:
    """What stands between a label and its value, with its blanks, in the page's language."""
    return pgettext("after a label", ": ")


@register.filter
def shape(value: object) -> str:
    """The shape that a word of any vocabulary is drawn with: ok, part, stop, none or wait."""
    return SHAPES.get(str(value), "none")


@register.simple_tag
def status(shape_name: str, word: object) -> SafeString:
    """A status: always a drawn shape and a word."""
    return format_html('<span class="st {}">{}</span>', shape(shape_name), word)


@register.filter
def day(value: PartialDate | dt.date | None) -> str:
    """A date in the page's language, as exactly as it is known: "2013", "July 2013", a day.

    Nothing for nothing.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, PartialDate):
        first, precision = value.first_day, value.precision
    else:
        first, precision = value, "day"
    if precision == "day":
        return format_date(first, "long", locale=page_locale())
    skeleton = "y" if precision == "year" else "yMMMM"
    return str(format_skeleton(skeleton, first, locale=page_locale()))


@register.filter
def is_web(url: object) -> bool:
    """Whether an address may be shown as a link: http or https, and a host."""
    try:
        parts = urlsplit(str(url or ""))
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


@register.filter
def host(url: object) -> str:
    """The host of a web address without `www.`; the text itself where it is no web address."""
    if not is_web(url):
        return str(url or "")
    return (urlsplit(str(url)).hostname or "").removeprefix("www.")


@register.simple_tag
def web_link(url: object, label: object = "") -> SafeString:
    """A link to another site, named by its host or `label`; plain text if it is no web address.

    The other site is not told where its reader comes from.
    """
    name = label or host(url)
    if not is_web(url):
        return format_html('<bdi dir="ltr">{}</bdi>', name)
    return format_html(
        '<a href="{}" rel="noreferrer"><bdi{}>{}</bdi></a>',
        url,
        "" if label else format_html(' dir="{}"', "ltr"),
        name,
    )


def _dated(as_of: PartialDate | dt.date | None) -> SafeString:
    """The words for a source's date, or that it shows none."""
    if as_of:
        words = pgettext("date of a source", "dated {date}")
        return format_html("{}", words.format(date=day(as_of)))
    return format_html('<span class="undated">{}</span>', _("date unknown"))


@register.simple_tag
def source(
    url: object,
    as_of: PartialDate | dt.date | None = None,
    retrieved: dt.date | None = None,
    kind: object = "",
) -> SafeString:
    """What stands under every claim: host, kind of source, date, and the day we read it.

    A span, to be put into a paragraph, a cell or a list item.
    """
    if not url:
        return format_html(
            '<span class="source"><span class="undated">{}</span></span>', _("No source given")
        )
    parts = [web_link(url), *([kind] if kind else []), _dated(as_of)]
    if retrieved:
        parts.append(pgettext("of a source", "read {date}").format(date=day(retrieved)))
    joined = format_html("{}", parts[0])
    for part in parts[1:]:
        joined = format_html("{}{}{}", joined, comma(), part)
    # The translation is the format string; what is put into it is escaped.
    return format_html('<span class="source">{}</span>', format_html(_("Source: {}"), joined))


@register.filter
def language_name(code: object) -> str:
    """The name of a language in the page's language, the code itself where none is known."""
    text = str(code or "")
    try:
        spoken = Locale.parse(text, sep="-")
    except (ValueError, UnknownLocaleError):
        return str(page_locale().languages.get(text, text))
    return str(spoken.get_display_name(page_locale()) or text)


@register.filter
def country_name(country: Country | None) -> str:
    """The name of a country in the page's language, else in English, else its code."""
    if country is None:
        return ""
    names = country.names
    language = get_language() or "en"
    return str(
        names.get(language) or names.get(language.split("-")[0]) or names.get("en") or country.iso2
    )
