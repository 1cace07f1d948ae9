"""What the mails between a coalition and a group say, in the language that is spoken."""

from __future__ import annotations

from django.utils.translation import gettext as _

from network.actions.letters import Letter, isolated
from network.enums import CoalitionSide


def asked_letter(side: CoalitionSide, asking: str, asked: str, address: str) -> Letter:
    """To the side that was asked; `side` is the one that asks."""
    words = isolated({"asking": asking, "asked": asked})
    if side == CoalitionSide.COALITION:
        subject = _("%(asking)s invites %(asked)s to join it") % words
        what = (
            _("The coalition %(asking)s invites your group, %(asked)s, to belong to it.") % words
        )
    else:
        subject = _("%(asking)s asks to join %(asked)s") % words
        what = _("The group %(asking)s asks to belong to your coalition, %(asked)s.") % words
    return Letter(
        subject=subject,
        paragraphs=(
            what,
            _(
                "Once you accept, everybody can read on both pages that you belong together. "
                "Either side ends it whenever it likes."
            ),
        ),
        link=address,
        label=_("Accept or refuse it at your desk"),
    )


def accepted_letter(answering: str, address: str) -> Letter:
    """To the side that had asked."""
    words = isolated({"name": answering})
    return Letter(
        subject=_("%(name)s accepted") % words,
        paragraphs=(
            _("%(name)s accepted what you asked: you belong together from now on.") % words,
            _("Both public pages say so."),
        ),
        link=address,
        label=_("Look at it"),
    )


def refused_letter(answering: str, address: str) -> Letter:
    """To the side that had asked."""
    words = isolated({"name": answering})
    return Letter(
        subject=_("%(name)s declined") % words,
        paragraphs=(_("%(name)s declined what you asked. Nothing has changed.") % words,),
        link=address,
        label=_("Look at it"),
    )


def ended_letter(ending: str, address: str) -> Letter:
    """To the other side of a membership that is over."""
    words = isolated({"name": ending})
    return Letter(
        subject=_("You and %(name)s do not belong together any more") % words,
        paragraphs=(
            _("The membership between you and %(name)s has ended.") % words,
            _(
                "The public pages do not name it any more, and leave to edit texts that was given "
                "through it is taken back."
            ),
        ),
        link=address,
        label=_("Look at it"),
    )
