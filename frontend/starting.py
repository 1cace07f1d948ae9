"""Steps for those who begin: what to do first, by the kind of place.

General experience of visiting groups, told in the product's own words; no legal advice.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.enums import FacilitySetting, OperatorKind
from directory.queries.starting import Guide

_S = FacilitySetting

# Who decides, and how one gets in, differs by the kind of place.
WHO_DECIDES: dict[str, str | Promise] = {
    _S.DEDICATED_CENTRE: _(
        "The manager of a centre decides on a single visit, the authority above it on a program. "
        "Write to both, name a person to talk to, and ask for a first meeting."
    ),
    _S.PRISON_JAIL: _(
        "The prison decides who enters, also where it holds people for an immigration authority. "
        "It checks every visitor, often for weeks. Ask whether the rules for visits to prisoners "
        "apply: often people held for immigration may have more."
    ),
    _S.POLICE: _(
        "People stay for hours or days, and no visiting day fits that. Groups begin here with a "
        "telephone number that is known inside, and with lawyers who can be called."
    ),
    _S.AIRPORT_PORT_BORDER: _(
        "It lies behind a control, so a visitor needs a pass. Ask the border police, and those "
        "who have passes already: chaplains, the Red Cross or Red Crescent, legal advisers."
    ),
    _S.HOTEL: _(
        "Ask who guards it, for the guards decide and not the hotel. Where people may go out, a "
        "meeting place close by is a beginning that needs no leave."
    ),
    _S.FAMILY_UNIT: _(
        "Where children are held, expect checks of every visitor and rules of child protection. "
        "Begin with a group that works with children already."
    ),
    _S.JUVENILE: _(
        "Where children are held, expect checks of every visitor and rules of child protection. "
        "Begin with a group that works with children already."
    ),
}
ANYWHERE = _(
    "Find out which authority holds people there: it decides who visits. Lawyers, chaplains and "
    "monitoring bodies often know first, because they may enter."
)
PRIVATE = _(
    "A private company runs this place, for an authority that pays it. Leave given by the company "
    "can be taken back by either: ask the authority, in writing, as well."
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do, and why or how."""

    title: str | Promise
    text: str | Promise


def who_decides(guide: Guide) -> list[str | Promise]:
    """Whom to ask for leave, in sentences, for this kind of place."""
    words = [WHO_DECIDES.get(guide.setting, ANYWHERE)]
    if guide.place is not None and guide.place.operator_kind == OperatorKind.PRIVATE:
        words.append(PRIVATE)
    return words


PREPARE: tuple[Step, ...] = (
    Step(
        _("Agree on what you do, and what you do not do"),
        _(
            "Visitors listen. They give no legal advice and make no promises, and they know whom "
            "to call. Agree on it before the first visit; the handbooks have models."
        ),
    ),
    Step(
        _("Begin as visitors of single people"),
        _(
            "A visit that somebody inside asks for is often let in where a program is not yet. "
            "It shows you the rules as they are, and the place gets to know you."
        ),
    ),
    Step(
        _("Prepare people, and look after them"),
        _("Nobody visits alone at first. Decide who listens to visitors afterwards."),
    ),
    Step(
        _("Write down little"),
        _(
            "Names and numbers of people who are held are dangerous in the wrong hands. Decide "
            "what you keep, where, who reads it, and when it goes."
        ),
    ),
    Step(
        _("Decide what you do when access stops"),
        _(
            "Programs were stopped after a complaint or a critical article. Decide early who "
            "speaks for you; keep every dated notice, and report it to the ledger."
        ),
    ),
)
