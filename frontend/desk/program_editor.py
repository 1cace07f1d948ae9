"""What the editor of a program needs: the form of each part, drafts over saved values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, pgettext_lazy

from directory.models import Country, Program, ProgramDraft
from directory.queries.program_history import snapshot_at
from directory.queries.program_values import Values, values_of
from directory.queries.programs import draft_of
from frontend.forms.desk.programs.base import PartForm
from frontend.forms.desk.programs.parts import (
    ContactForm,
    PlaceForm,
    ServicesForm,
    WithholdForm,
)
from frontend.forms.desk.programs.texts import TextsForm
from frontend.language_words import code_of
from network.tenancy import Actor

PARTS: dict[str, Any] = {
    "texts": pgettext_lazy("part of a program", "Texts"),
    "services": pgettext_lazy("part of a program", "Services"),
    "contact": pgettext_lazy("part of a program", "Contact"),
    "place": pgettext_lazy("part of a program", "Place"),
    "withhold": gettext_lazy("What we withhold"),
}
FIELDS_OF = {
    "texts": ("names", "summaries", "descriptions", "how_to_join", "how_to_be_visited"),
    "services": ("status", "services", "facilities", "languages", "capacity"),
    "contact": ("contact", "website"),
    "place": ("country", "region", "locality", "point", "precision"),
    "withhold": ("withheld",),
}
SIDE_BY_SIDE = 2


@dataclass(frozen=True, slots=True)
class Editor:
    """One part of one program in the hands of one person."""

    part: str
    values: Values
    version: int
    draft: ProgramDraft
    spoken: list[str]

    @property
    def has_draft(self) -> bool:
        """Whether something of this part was written and not saved."""
        return any(name in self.draft.values for name in FIELDS_OF[self.part])

    def form(self, data: Any = None) -> PartForm:
        """The form: with the draft over what is saved, or with what was sent.

        What is sent is put over the state that its page was made from, which its own hidden
        number names: texts in languages that were not on the page stay what they were there, or
        what the draft says of them.
        """
        shown = {**self.values, **self.draft.values}
        version = self.draft.base_version if self.has_draft else self.version
        return self._made(data, shown, version)

    def _made(self, data: Any, shown: Values, version: int) -> PartForm:
        makers: dict[str, Callable[..., PartForm]] = {
            "services": ServicesForm,
            "contact": ContactForm,
            "withhold": WithholdForm,
        }
        edition = self.draft.edition
        if self.part == "texts":
            return TextsForm(data, shown, version, edition, self.spoken)
        if self.part == "place":
            return PlaceForm(data, shown, version, edition, Country.objects.all())
        return makers[self.part](data, shown, version, edition)


def editor_of(actor: Actor, request: HttpRequest, program: Program, part: str) -> Editor:
    """The editor of one part of a program that was loaded with its values. Up to three queries."""
    values = values_of(program)
    draft = draft_of(actor, program)
    if request.method == "POST":
        base = snapshot_at(program, base_version_in(request))
        values = base or values
    spoken = spoken_in(request, {**values, **draft.values}["names"], values["languages"])
    return Editor(part, values, program.version, draft, spoken)


def base_version_in(request: HttpRequest) -> int:
    """The version that a form was made from; 0 where the number was damaged."""
    text = request.POST.get("base_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("999999999") else 0


def spoken_in(request: HttpRequest, names: Any, preferred: list[str]) -> list[str]:
    """The languages whose texts stand side by side: the first one, and the one asked for.

    A form names its own first one: a colleague may have added or taken away a language since.
    """
    known = list(names) if isinstance(names, dict) else []
    first = _language_in(request.POST.get("first")) or next(
        (code for code in (*preferred, "en", *known) if code in known), "en"
    )
    beside = _language_in(request.POST.get("beside") or request.GET.get("beside"))
    others = [code for code in (beside, *known) if code and code != first]
    return [first, *others][:SIDE_BY_SIDE]


def _language_in(asked: str | None) -> str:
    """The code of a language that was sent, by code or by name; empty where it is none."""
    try:
        return code_of(asked) if asked else ""
    except ValidationError:
        return ""
