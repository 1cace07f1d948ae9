"""Filters of the pages on access: kinds of visitor, entries, rules, ages, words of a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from babel.numbers import format_decimal
from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from directory.enums import (
    FacilityKind,
    FacilitySetting,
    FacilityStatus,
    OperatorKind,
    SourceKind,
    VisitorCategory,
)
from directory.models import AccessEvent, Facility, FacilityClaim, VisitingRule
from directory.queries import access_ledger
from frontend import regions
from frontend.templatetags.atlas import day, web_link
from frontend.templatetags.gazetteer import joined, source_word
from network.fields import PartialDate

register = template.Library()

SHORT_DAYS = 61

TERMS = {
    "days_hours": gettext_lazy("days and hours"),
    "booking_required": gettext_lazy("whether to book"),
    "id_required": gettext_lazy("what to bring"),
    "max_minutes": gettext_lazy("how long a visit lasts"),
    "max_visitors": gettext_lazy("how many may come at once"),
    "minors": gettext_lazy("whether children may come"),
    "items_barred": gettext_lazy("what may not be brought"),
    "transport": gettext_lazy("how to get there"),
}
CONTACT = {
    "contact": gettext_lazy("In one room"),
    "non_contact": gettext_lazy("Behind a pane or on a screen"),
}
# Words of sources that are a sentence of their own.
SENTENCES = {
    "in_use_2017_not_on_2025_list": gettext_lazy(
        "In use in 2017, and not on the list that the agency published in 2025"
    ),
}
FIELDS = {
    "name": pgettext_lazy("claim about a place", "Name"),
    "status": pgettext_lazy("claim about a place", "Status"),
    "kind": pgettext_lazy("claim about a place", "Kind"),
    "setting": pgettext_lazy("claim about a place", "Kind of place"),
    "operator": pgettext_lazy("claim about a place", "Operator"),
    "operator_kind": pgettext_lazy("claim about a place", "Kind of operator"),
    "custodial_authority": pgettext_lazy("claim about a place", "Authority"),
    "capacity": pgettext_lazy("claim about a place", "Capacity"),
    "population": pgettext_lazy("claim about a place", "People held"),
}
WORDS = {
    "status": dict(FacilityStatus.choices),
    "kind": dict(FacilityKind.choices),
    "setting": dict(FacilitySetting.choices),
    "operator_kind": dict(OperatorKind.choices),
}


@register.filter
def visitor(category: str) -> str:
    """A kind of visitor in words."""
    return str(dict(VisitorCategory.choices).get(category, category))


@register.filter
def is_whole_country(event: AccessEvent) -> bool:
    """Whether an entry is about every place in its country."""
    return access_ledger.is_about_whole_country(event)


@register.filter
def duration(event: AccessEvent) -> str:
    """How long an entry held, where both its days are known: "34 days", "2 years, 2 months".

    The first day counts, and so does the last.
    """
    begun, ended = event.effective_from, event.effective_to
    if begun is None or ended is None or not begun.precision == ended.precision == "day":
        return ""
    after = ended.first_day + dt.timedelta(days=1)
    days = (after - begun.first_day).days
    if days < 1:
        return ""
    if days <= SHORT_DAYS:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    months = _months_between(begun.first_day, after)
    years, rest = divmod(months, 12)
    spans = [ngettext("%(count)d year", "%(count)d years", years) % {"count": years}]
    spans += [ngettext("%(count)d month", "%(count)d months", rest) % {"count": rest}]
    return joined([span for span, number in zip(spans, (years, rest), strict=True) if number])


@register.filter
def unconfirmed_for(as_of: PartialDate | None) -> str:
    """How long nobody has confirmed a date, from a year up; nothing below and without a date.

    A partial date counts from the last day that it may mean: the span is never overstated.
    """
    if as_of is None:
        return ""
    last = _last_day(as_of)
    years = _months_between(last, timezone.localdate()) // 12
    if years < 1:
        return ""
    numbers = {
        1: pgettext("number of years", "one"),
        2: pgettext("number of years", "two"),
        3: pgettext("number of years", "three"),
        4: pgettext("number of years", "four"),
        5: pgettext("number of years", "five"),
        6: pgettext("number of years", "six"),
        7: pgettext("number of years", "seven"),
        8: pgettext("number of years", "eight"),
        9: pgettext("number of years", "nine"),
        10: pgettext("number of years", "ten"),
    }
    words = ngettext(
        "Nobody has confirmed this for %(number)s year.",
        "Nobody has confirmed this for %(number)s years.",
        years,
    )
    return words % {"number": numbers.get(years, str(years))}


@register.filter
def rule_age(rule: VisitingRule) -> str:
    """How long nobody has confirmed a rule: neither its source nor the group that wrote it."""
    confirmed = rule.confirmed_on
    if confirmed is None:
        return unconfirmed_for(rule.as_of)
    return unconfirmed_for(PartialDate(confirmed.year, confirmed.month, confirmed.day))


@register.filter
def entry_source(event: AccessEvent) -> SafeString:
    """Where an entry comes from: host, kind of source, and the day on which we read it.

    An entry carries its own dates; of its source no other date is kept.
    """
    if not event.source_url and event.source_kind == SourceKind.FIRST_HAND:
        words = _("Source: {}").format(event.get_source_kind_display())
        return format_html('<span class="source">{}</span>', words)
    if not event.source_url:
        return format_html('<span class="source undated">{}</span>', _("No source given"))
    parts = [(web_link(event.source_url),), (event.get_source_kind_display(),)]
    if event.retrieved:
        words = pgettext("of a source", "read {date}")
        parts.append((words.format(date=day(event.retrieved)),))
    listed = format_html_join(pgettext("between items", ", "), "{}", parts)
    # The translation is the format string; what is put into it is escaped.
    return format_html('<span class="source">{}</span>', format_html(_("Source: {}"), listed))


@register.filter
def visitor_names(categories: Iterable[str]) -> str:
    """Kinds of visitor in words, one after another."""
    return joined([visitor(category) for category in categories])


@register.filter
def term_names(terms: Iterable[str]) -> str:
    """What a rule leaves open, in words, one after another."""
    words = joined([str(TERMS[term]) for term in terms])
    return words[:1].upper() + words[1:]


@register.filter
def contact_words(value: str) -> str:
    """How visitor and visited meet; the source's word where it is another."""
    return str(CONTACT.get(value, source_word(value)))


@register.filter
def beside(
    cells: Sequence[Sequence[AccessEvent]], categories: Sequence[str]
) -> list[tuple[Sequence[AccessEvent], str]]:
    """The cells of a row of the year grid, each with its kind of visitor."""
    return list(zip(cells, categories, strict=True))


@register.filter
def each_word(events: Iterable[AccessEvent]) -> list[AccessEvent]:
    """One entry for each status and scope: a grid says a word once a cell."""
    return list({(event.status, event.scope): event for event in events}.values())


@register.filter
def setting_words(place: Facility) -> str:
    """What kind of place it is, and under which kind of law, without saying either twice."""
    kinds = [place.get_setting_display(), place.get_kind_display()]
    known = [
        str(word)
        for word, value in zip(kinds, (place.setting, place.kind), strict=True)
        if value != "unknown"
    ]
    return joined(list(dict.fromkeys(known))) or _("Kind not known")


@register.filter
def status_sentence(place: Facility) -> str:
    """The sentence that a source's word for the status stands for, if it stands for one."""
    return str(SENTENCES.get(place.status_source_value, ""))


@register.filter
def claim_lines(claim: FacilityClaim) -> list[tuple[str, str]]:
    """The fields of a claim that are shown, with their words."""
    lines = []
    for field, label in FIELDS.items():
        value = claim.values.get(field)
        if value not in (None, "", "unknown"):
            lines.append((str(label), str(WORDS.get(field, {}).get(str(value), value))))
    return lines


@register.filter
def named_in(slug: str, names: object) -> str:
    """The name of a group by its slug, from names by slug; the slug where there is none."""
    found = names.get(slug, slug) if isinstance(names, Mapping) else slug
    return str(found)


@register.filter
def number(value: int) -> str:
    """A number with the groups of digits of the page's language."""
    return str(format_decimal(value, locale=(get_language() or "en").replace("-", "_")))


@register.filter
def region(name: str) -> str:
    """A region of the world in the page's language."""
    return regions.region_name(name)


def _months_between(first: dt.date, last: dt.date) -> int:
    """Whole months from one day to another, never negative."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return max(0, months - (last.day < first.day))


def _last_day(date: PartialDate) -> dt.date:
    """The latest day that a partial date may mean."""
    if date.day is not None:
        return date.first_day
    month = date.month or 12
    after = dt.date(date.year + month // 12, month % 12 + 1, 1)
    return after - dt.timedelta(days=1)
