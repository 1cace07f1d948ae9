"""The mail that tells a person that the ways into the account are others than before."""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.actions.letters import Letter
from network.actions.mail import send_letter
from network.enums import FactorKind
from network.models import Person
from network.queries.factors import recovery_codes_left
from network.tenancy import Actor

_Words = tuple[str | Promise, str | Promise]
_CHANGES: dict[tuple[str, str], _Words] = {
    ("added", FactorKind.TOTP): (
        gettext_lazy("A code app was added to your account"),
        gettext_lazy(
            "From now on the codes of this app are good as the second step of a sign-in."
        ),
    ),
    ("added", FactorKind.PASSKEY): (
        gettext_lazy("A passkey was added to your account"),
        gettext_lazy("From now on this passkey is good for signing in."),
    ),
    ("removed", FactorKind.TOTP): (
        gettext_lazy("A code app was removed from your account"),
        gettext_lazy("Its codes let nobody in any more."),
    ),
    ("removed", FactorKind.PASSKEY): (
        gettext_lazy("A passkey was removed from your account"),
        gettext_lazy("It lets nobody in any more."),
    ),
    ("codes_made", "recovery"): (
        gettext_lazy("New recovery codes were made for your account"),
        gettext_lazy("The recovery codes you had before are dead."),
    ),
    ("code_used", "recovery"): (
        gettext_lazy("A recovery code was used for your account"),
        gettext_lazy("Somebody passed the second step with one of your recovery codes."),
    ),
    ("copy_refused", FactorKind.PASSKEY): (
        gettext_lazy("A passkey of yours was refused"),
        gettext_lazy(
            "Its own count of its uses went back. That happens when somebody has copied it. "
            "Remove it and add a new one."
        ),
    ),
    ("reset", "all"): (
        gettext_lazy("The second step of your account was taken away"),
        gettext_lazy(
            "Whoever runs this site removed your code apps, passkeys and recovery codes, and "
            "signed out all your devices. The password alone lets you in now: sign in and add a "
            "new second step."
        ),
    ),
}


def tell_person(actor: Actor, person: Person, change: str, kind: str) -> None:
    """Leave the mail about a change in the outbox, in the person's language."""

    def compose() -> Letter:
        subject, what = _CHANGES[change, kind]
        left = recovery_codes_left(person.pk) if change == "code_used" else None
        return _letter(str(subject), str(what), left)

    send_letter(actor, to=person.email, language=person.language, compose=compose)


def _letter(subject: str, what: str, left: int | None) -> Letter:
    paragraphs = [what]
    if left is not None:
        paragraphs.append(
            ngettext(
                "%(count)s recovery code is left.", "%(count)s recovery codes are left.", left
            )
            % {"count": left}
        )
    paragraphs.append(
        _(
            "If it was not you, sign out everywhere, choose a new password and tell your group. "
            "If you cannot sign in any more, tell whoever runs this site."
        )
    )
    return Letter(
        subject=subject,
        paragraphs=tuple(paragraphs),
        link=f"{settings.PUBLIC_ORIGIN}/account/second-factor/",
        label=_("Look at your second step"),
    )
