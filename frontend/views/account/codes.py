"""Trying a typed code: as the second step of a sign-in, and where somebody confirms who it is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontend.forms.account.second_factor import SecondStepForm
from network.actions.second_factors import take_try, verify_code
from network.queries.factors import recovery_codes_left
from network.tenancy import Purpose, Via, acting, system

TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class CodeTried:
    """Whether the code was right.

    `wait_seconds` is over 0 where there were too many tries: nothing was looked at then.
    `left` is how many recovery codes remain, where one of them was used.
    """

    is_right: bool
    wait_seconds: int = 0
    left: int | None = None

    @property
    def status(self) -> int:
        """The status of a refusal; 0 leaves it to the form."""
        return TOO_MANY if self.wait_seconds else 0


def try_code(form: SecondStepForm, person_id: UUID) -> CodeTried:
    """Try the code of a valid form for one person; what is refused stands at its field.

    Counted before it is looked at, with the same count at every page that asks for a code.
    """
    code = form.cleaned_data["code"]
    taken = take_try(person_id, code)
    if not taken.allowed:
        minutes = -(-taken.reset_seconds // 60)
        form.add_error(
            "code",
            _("Too many tries. Wait %(minutes)d min and try again.") % {"minutes": minutes},
        )
        return CodeTried(False, wait_seconds=taken.reset_seconds)
    with acting(system(Purpose.SIGN_IN, via=Via.PAGE)):
        before = recovery_codes_left(person_id)
        is_right = verify_code(person_id, code)
        left = recovery_codes_left(person_id)
    if not is_right:
        form.add_error(
            "code",
            _("This code is not right, or was used already. Write the one your app shows now."),
        )
    return CodeTried(is_right, left=left if left < before else None)


def left_words(left: int) -> str:
    """What to tell who came in with a recovery code."""
    words = ngettext(
        "You came in with a recovery code. %(count)d is left. Make new ones before they are used "
        "up.",
        "You came in with a recovery code. %(count)d are left. Make new ones before they are used "
        "up.",
        left,
    )
    return words % {"count": left}
