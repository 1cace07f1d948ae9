"""The mails: one that confirms, and those that tell what changed."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from directory.actions.following import News, Written, end_token
from directory.queries.visiting_state import Subject
from frontend.following.links import confirm_address, end_address, one_click_address, page_of
from frontend.following.words import authors_of, country_of, item_of, name_of
from frontend.templatetags.gazetteer import joined
from network.actions.letters import Letter, isolated
from network.actions.mail import one_click

SHOWN = 20


def confirming(subject: Subject, token: str) -> Letter:
    """The letter with the link that confirms; it says the same to everybody."""
    return Letter(
        subject=_("Confirm: mails when visits change, %(place)s")
        % isolated({"place": named(subject)}),
        paragraphs=(
            _("Somebody asked that this address be told when visits change here: %(place)s.")
            % isolated({"place": named(subject)}),
            _(
                "The link opens a page with one button, for 7 days. No other mail comes unless it"
                " is pressed; after that time your address is deleted."
            ),
            _("If it was not you, do nothing. If you get these mails already, nothing changes."),
        ),
        link=confirm_address(token),
        label=pgettext("mails about a place", "Confirm"),
    )


def news(told: News) -> Written:
    """The mail that tells what changed, with the headers that end such mails by one click."""
    token = end_token(told.follow)
    return Written(lambda: _news_letter(told, token), one_click(one_click_address(token)))


def named(subject: Subject) -> str:
    """A place with its country, or a country."""
    return joined([name for name in (name_of(subject), country_of(subject)) if name])


def _news_letter(told: News, token: str) -> Letter:
    shown = told.changes[:SHOWN]
    authors = authors_of(change.row for change in shown)
    more = len(told.changes) - len(shown)
    after = [
        ngettext(
            "%(number)d more change is on the page.",
            "%(number)d more changes are on the page.",
            more,
        )
        % {"number": more}
    ]
    return Letter(
        subject=_("What changed about visits: %(place)s")
        % isolated({"place": named(told.subject)}),
        paragraphs=(
            _("This changed in what is public about visits here: %(place)s.")
            % isolated({"place": named(told.subject)}),
        ),
        items=tuple(item_of(change, authors) for change in shown),
        after=(
            *(after if more else ()),
            _("What holds on the day, only the place can say. Ask before you travel."),
        ),
        link=page_of(told.subject),
        label=_("Read the page"),
        end=end_address(token),
        end_label=_("You asked for these mails, one a day at most. End them here:"),
    )
