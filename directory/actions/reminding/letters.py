"""What the mail says that asks whether entries are still right."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.models import Program
from directory.queries.programs import shown_name
from network.actions.letters import Letter, written_day
from network.actions.mail import one_click
from network.models import Organization

# A name in another script keeps its direction within the sentence.
_ISOLATED = "\u2068{}\u2069"
_MOST = 30


def reminder_letter(organization: Organization, programs: Sequence[Program], token: str) -> Letter:
    """In the present language: one letter for all programs of the group that are due."""
    words = {"group": _ISOLATED.format(organization.name), "number": len(programs)}
    lines = [_line(program) for program in programs[:_MOST]]
    if len(programs) > _MOST:
        left = len(programs) - _MOST
        lines.append(
            ngettext("and %(number)d more", "and %(number)d more", left) % {"number": left}
        )
    return Letter(
        subject=ngettext(
            "Is this entry of %(group)s still true?",
            "Are these %(number)d entries of %(group)s still true?",
            len(programs),
        )
        % words,
        paragraphs=(
            _("People look in the directory for whom to call. An old entry leads them nowhere."),
            "\n".join(lines),
            _(
                "The link shows what is public now, with one button that says it is still true. "
                "You need not sign in. It works for 30 days."
            ),
            _(
                "You get this because you coordinate %(group)s. The page also lets you switch "
                "these mails off."
            )
            % words,
        ),
        link=f"{settings.PUBLIC_ORIGIN}/{get_language()}/confirm/{token}/",
        label=_("Look, and say that it is still true"),
    )


def unsubscribing(token: str) -> dict[str, str]:
    """The headers by which a mail program switches reminders off with one press (RFC 8058)."""
    return one_click(f"{settings.PUBLIC_ORIGIN}/confirm/{token}/stop/")


def _line(program: Program) -> str:
    words = {
        "program": _ISOLATED.format(shown_name(program)[1] or program.slug),
        "day": written_day(program.confirmed_on or program.created_at.date()),
    }
    return _("• %(program)s, last confirmed on %(day)s") % words
