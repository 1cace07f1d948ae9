"""What an applicant wrote, and why a vouch does not count, in words for stewards."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from directory.models import Application
from directory.queries.counted_vouches import CountedVouch
from frontend.templatetags.atlas import comma, language_name

ANSWERS: dict[str, str | Promise] = {
    "name": _("Name of the group"),
    "country": pgettext_lazy("of a group", "Country"),
    "about": _("What the group does"),
    "since": _("Since when"),
    "places": _("Where they visit, or want to"),
    "languages": _("Languages of the group"),
    "website": _("Website"),
    "contact": _("How the public reaches them"),
    "check": _("How the stewards can check it"),
    "independence": _("Who pays and who decides"),
    "person_name": _("Who asks"),
}
# Where the answer to the person goes is nobody's business before it is needed.
_HIDDEN = ("person_email",)


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer: its label, and the text or list as it was written."""

    label: str
    text: str
    is_long: bool


def answer_lines(application: Application) -> list[AnswerLine]:
    """What was filled in, in the order of the form; what the form has no words for comes last."""
    order = [*ANSWERS, *(key for key in application.answers if key not in ANSWERS)]
    found = []
    for key in order:
        value = application.answers.get(key)
        if not value or key in _HIDDEN:
            continue
        text = _text(key, value)
        found.append(AnswerLine(str(ANSWERS.get(key, key)), text, "\n" in text))
    return found


def _text(key: str, value: object) -> str:
    if isinstance(value, list):
        words = [language_name(one) if key == "languages" else str(one) for one in value]
        return str(comma()).join(words)
    if key == "country":
        locale = Locale.parse((get_language() or "en").replace("-", "_"))
        return str(locale.territories.get(str(value), value))
    return str(value)


def vouch_reasons(one: CountedVouch) -> list[str]:
    """Why a vouch does not count; nothing where it does."""
    return [str(reason.label) for reason in one.reasons]
