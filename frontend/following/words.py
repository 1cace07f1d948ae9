"""What changed, in words: the same for mails and for the feed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from directory.enums import EventScope, Retaliation
from directory.enums.union import UNION
from directory.models import AccessEvent, CountryAccess, VisitingRule
from directory.queries.cards import card_names
from directory.queries.visiting_state import Change, Subject
from frontend import texts
from frontend.templatetags.atlas import colon, country_name, day
from frontend.templatetags.gazetteer import in_sentence, joined
from frontend.templatetags.ledger import TERMS, visitor
from network.actions.letters import Item

Names = Mapping[str, str]

# The fields of a rule or statement that a change may name, beside those of `TERMS`.
FIELDS = {
    **TERMS,
    "booking_lead_hours": TERMS["booking_required"],
    "contact_type": gettext_lazy("how visitor and visited meet"),
    "note": gettext_lazy("the remark"),
    "right_in_law": gettext_lazy("the right in law"),
    "legal_basis": gettext_lazy("the legal basis"),
    "authorisation_needed": gettext_lazy("whether leave must be asked"),
    "practice": gettext_lazy("the practice"),
    "statement": gettext_lazy("the words of the source"),
}


def name_of(subject: Subject) -> str:
    """The name of a place or of a country."""
    return country_name(subject.land) if subject.place is None else subject.place.name


def authors_of(rows: Iterable[object]) -> Names:
    """The names of the groups that wrote rules among these rows, by slug. At most one query."""
    return card_names(row.author for row in rows if isinstance(row, VisitingRule))


def item_of(change: Change, authors: Names) -> Item:
    """One change: whom and where, since when, what the source says, who says it."""
    if isinstance(change.row, AccessEvent):
        return _of_entry(change.row)
    if isinstance(change.row, VisitingRule):
        return _of_rule(change.row, change.fields, authors)
    if isinstance(change.row, CountryAccess):
        return _of_statement(change.row, change.fields)
    what = (
        _("Rules for a visit were taken away") if change.place else _("A statement was taken away")
    )
    return Item(change.place, what, (visitor(change.category),))


def _of_entry(event: AccessEvent) -> Item:
    place = event.facility.name if event.facility else event.facility_name
    if event.nationwide:
        place = pgettext("of a ledger entry", "The whole of {country}").format(
            country=in_sentence(event.country)
        )
    whom = visitor(event.visitor_category)
    if event.scope != EventScope.ALL:
        whom = f"{whom} ({event.get_scope_display()})"
    reason = _("Stated reason: %(reason)s.") % {"reason": event.get_stated_reason_display()}
    lines = [whom, _span(event), reason]
    if event.retaliation == Retaliation.ALLEGED:
        lines.append(_("Retaliation is alleged, not established."))
    if event.supersedes_id:
        lines.append(_("Replaces an earlier entry"))
    lines.append(_signature(event))
    return Item(
        place,
        event.get_status_display(),
        tuple(line for line in lines if line),
        quote=event.statement,
        **_spoken(event),
        source=event.source_url or event.get_source_kind_display(),
    )


def _of_rule(rule: VisitingRule, fields: tuple[str, ...], authors: Names) -> Item:
    place = rule.facility.name if rule.facility else rule.facility_name
    what = _("The rules for a visit changed") if fields else _("New rules for a visit")
    lines = [visitor(rule.visitor_category), _fields(fields)]
    if rule.author:
        author = authors.get(rule.author, rule.author)
        words = pgettext("of rules for a visit", "Written by {author}")
        lines.append(_dated(words.format(author=author), day(rule.confirmed_on)))
    else:
        lines.append(_source_date(rule))
    says_when = rule.days_hours if not fields or "days_hours" in fields else ""
    return Item(
        place,
        what,
        tuple(line for line in lines if line),
        quote=says_when,
        **_spoken(rule),
        source=rule.source_url,
    )


def _of_statement(row: CountryAccess, fields: tuple[str, ...]) -> Item:
    union = _("Union law") if row.jurisdiction == UNION else ""
    law, practice = row.get_right_in_law_display(), row.get_practice_display()
    lines = [
        visitor(row.visitor_category),
        f"{_('In law')}{colon()}{law}. {_('In practice')}{colon()}{practice}.",
        _fields(fields),
        _source_date(row),
    ]
    return Item(
        union,
        _("Who may visit, in law and in practice"),
        tuple(line for line in lines if line),
        quote=row.statement,
        **_spoken(row),
        source=row.source_url,
    )


def _span(event: AccessEvent) -> str:
    """From when until when, as far as it is known."""
    begun, ended = day(event.effective_from), day(event.effective_to)
    if begun and ended:
        return _("%(begun)s to %(ended)s") % {"begun": begun, "ended": ended}
    if begun:
        return joined([_("From %(begun)s") % {"begun": begun}, _("end not known")])
    return _("Until %(ended)s") % {"ended": ended} if ended else _("Date unknown")


def _signature(event: AccessEvent) -> str:
    """How the author of an entry chose to be named; nothing for a source."""
    if event.attributed_as == "verified_program":
        return _("Entered by a verified program.")
    words = pgettext("of a ledger entry", "Entered by {author}")
    return words.format(author=event.attributed_to) if event.attributed_to else ""


def _fields(names: tuple[str, ...]) -> str:
    """What changed in a rule or statement; nothing for a new one."""
    words = list(dict.fromkeys(str(FIELDS[name]) for name in names if name in FIELDS))
    return f"{_('What changed')}{colon()}{joined(words)}" if words else ""


def _source_date(row: VisitingRule | CountryAccess) -> str:
    if row.as_of:
        return _("As of %(date)s") % {"date": day(row.as_of)}
    return _("Source date unknown")


def _dated(words: str, date: str) -> str:
    return joined([words, date]) if date else words


def _spoken(row: AccessEvent | VisitingRule | CountryAccess) -> dict[str, str]:
    """Language and direction of the words of a source, where they are not the letter's."""
    code = texts.language_of(row)
    if code == (get_language() or "en"):
        return {"quote_direction": texts.direction(code)}
    return {"quote_language": code, "quote_direction": texts.direction(code)}


def country_of(subject: Subject) -> str:
    """The name of the country of a place, to stand beside its own; nothing for a country."""
    return country_name(subject.land) if subject.place is not None else ""
