"""The mail that says how much waits: numbers, a link, and no word of what was said."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from frontend.addresses import split_language, twin
from messaging.actions.mail_choices import end_token
from messaging.actions.telling import Summons, Written
from messaging.queries.waiting import Waiting
from network.actions.letters import Letter
from network.actions.mail import one_click


def summons(told: Summons) -> Written:
    """The mail, with the headers that end such mails by one click."""
    token = end_token(told.person_id)
    return Written(lambda: _letter(told.waiting, token), one_click(one_click_address(token)))


def one_click_address(token: str) -> str:
    """Where such mails end, without a language, for programs: the same in all of one person."""
    return settings.PUBLIC_ORIGIN + _bare("account:end_mails", token)


def _letter(waiting: Waiting, token: str) -> Letter:
    return Letter(
        subject=_("Messages wait for you"),
        paragraphs=(
            _("This waits for you:"),
            "\n".join(_lines(waiting)),
            _("Who wrote, and what, is not in this mail. You read it where you sign in."),
        ),
        link=_address("messages:inbox"),
        label=_("Open your messages"),
        end=_address("account:end_mails", token),
        end_label=_("End these mails, or choose how often they come:"),
    )


def _lines(waiting: Waiting) -> list[str]:
    """One line for each number that is not 0."""
    found = []
    if number := waiting.messages:
        words = ngettext("• %(number)d unread message", "• %(number)d unread messages", number)
        found.append(words % {"number": number})
    if number := waiting.mentions:
        words = ngettext(
            "• %(number)d mention of you or your group",
            "• %(number)d mentions of you or your group",
            number,
        )
        found.append(words % {"number": number})
    if number := waiting.requests:
        words = ngettext("• %(number)d request to talk", "• %(number)d requests to talk", number)
        found.append(words % {"number": number})
    return found


def _address(name: str, *args: str) -> str:
    """The whole address of a page in the language that is spoken now."""
    language = get_language() or settings.LANGUAGE_CODE
    return settings.PUBLIC_ORIGIN + twin(language, _bare(name, *args))


def _bare(name: str, *args: str) -> str:
    return split_language(reverse(name, args=args))[1]
