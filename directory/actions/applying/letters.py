"""What the letters to applicants, vouchers and stewards say, in the present language."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from network.actions.letters import Letter, isolated


def first_letter(name: str, token: str) -> Letter:
    """To whoever filled in the first form: the link that goes on."""
    return Letter(
        subject=_("Go on with your application"),
        paragraphs=(
            _("Somebody asked on our site to bring this group in: %(group)s.")
            % isolated({"group": name}),
            _("The link works for 7 days. It opens a page with one button."),
            _("If it was not you, do nothing. What was written is deleted after 7 days."),
        ),
        link=f"{settings.PUBLIC_ORIGIN}/join/go-on/{token}/",
        label=_("Go on"),
    )


def begun_letter(slug: str, name: str) -> Letter:
    """To the applicant: where the application stands."""
    return _to_applicant(
        slug,
        _("%(group)s: your application was begun") % isolated({"group": name}),
        _("Answer the questions on its page, then send it. Nobody but you sees it until then."),
    )


def sent_letter(slug: str, name: str) -> Letter:
    """To the applicant: it is with the stewards."""
    return _to_applicant(
        slug,
        _("%(group)s: your application is with the stewards") % isolated({"group": name}),
        _("They look at it within 7 days. If they have a question, we write to you."),
    )


def withdrawn_letter(slug: str, name: str) -> Letter:
    """To the applicant: it was taken back."""
    return _to_applicant(
        slug,
        _("%(group)s: your application was withdrawn") % isolated({"group": name}),
        _("Nobody decides on it any more. It is deleted after a year."),
    )


def fading_letter(slug: str, name: str) -> Letter:
    """To the applicant: a draft that nobody touches is deleted soon."""
    return _to_applicant(
        slug,
        _("%(group)s: your application is deleted in 14 days") % isolated({"group": name}),
        _("Nobody has worked on it for a while. Change or send it if you want to keep it."),
    )


def vouched_letter(slug: str, name: str, voucher: str) -> Letter:
    """To the applicant: a group has answered."""
    return _to_applicant(
        slug,
        _("%(group)s: a group answered about your application") % isolated({"group": name}),
        _("The group %(voucher)s answered your request to vouch for you.")
        % isolated({"voucher": voucher}),
    )


def to_stewards(name: str, words: str) -> Letter:
    """To the stewards: what came in, with the name of the group."""
    return Letter(
        subject=_("For the stewards: %(group)s") % isolated({"group": name}),
        paragraphs=(words,),
        link=f"{settings.PUBLIC_ORIGIN}/steward/",
        label=_("Look at it"),
    )


def proof_letter(group: str, entry: str, token: str) -> Letter:
    """To an address at the domain of an entry."""
    words = isolated({"group": group, "entry": entry})
    return Letter(
        subject=_("Does %(group)s speak for %(entry)s?") % words,
        paragraphs=(
            _("%(group)s says that the entry “%(entry)s” in our directory is about it.") % words,
            _("The link works for 7 days. It opens a page where you confirm this or object."),
        ),
        link=f"{settings.PUBLIC_ORIGIN}/join/prove/{token}/",
        label=_("Answer"),
    )


def asked_letter(slug: str, applicant: str) -> Letter:
    """To a group that is asked to vouch."""
    return Letter(
        subject=_("%(group)s asks you to vouch for it") % isolated({"group": applicant}),
        paragraphs=(
            _("%(group)s wants to be part of our directory and says that you know it.")
            % isolated({"group": applicant}),
            _("Read what it says of itself. You can vouch for it, or decline."),
        ),
        link=f"{settings.PUBLIC_ORIGIN}/desk/{slug}/vouches/",
        label=_("Read and answer"),
    )


def _to_applicant(slug: str, subject: str, words: str) -> Letter:
    return Letter(
        subject=subject,
        paragraphs=(words,),
        link=f"{settings.PUBLIC_ORIGIN}/desk/{slug}/application/",
        label=_("See your application"),
    )
