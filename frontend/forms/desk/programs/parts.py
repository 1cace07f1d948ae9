"""Services, contact, place and what is kept back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.enums import ProgramStatus, Service
from directory.enums.withholding import WITHHOLDABLE
from directory.queries.points import PointError, parse_point
from directory.queries.program_places import slugs_by_name
from frontend.desk.program_words import CONTACT, FIELDS, WITHHOLD, parsed_words, point_words
from frontend.forms.desk.programs.base import PartForm, codes, text_box, unknown_language
from frontend.language_words import (
    UNKNOWN_LANGUAGE,
    common_languages,
    name_of,
    read_words,
    written,
)
from frontend.templatetags.atlas import country_name

_NAMES = _("By name, with commas between them: Tigrinya, Dari. Codes such as fa are read too.")
LONGEST_LIST = 40_000


class ServicesForm(PartForm):
    """Whether it is at work, what it does, where, in which languages, and whom it takes on."""

    status = forms.ChoiceField(label=FIELDS["status"], choices=ProgramStatus.choices)
    services = forms.MultipleChoiceField(
        label=FIELDS["services"],
        choices=Service.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    facilities = forms.CharField(
        label=FIELDS["facilities"],
        help_text=_("Each on a line of its own, as the list of places of detention calls it."),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    languages_common = forms.MultipleChoiceField(
        label=FIELDS["languages"], required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = text_box(
        pgettext_lazy("field of a program", "Other languages"), 1000, _NAMES, dir="auto"
    )
    volunteers = forms.ChoiceField(
        label=pgettext_lazy("field of a program", "New volunteers"),
        choices=(
            ("", pgettext_lazy("whom a group takes on", "Not stated")),
            ("yes", pgettext_lazy("whom a group takes on", "You take on new volunteers")),
            ("no", pgettext_lazy("whom a group takes on", "You take on nobody at present")),
        ),
        required=False,
    )
    needed = text_box(
        pgettext_lazy("field of a program", "Languages you look for"), 1000, _NAMES, dir="auto"
    )
    note = text_box(pgettext_lazy("field of a program", "A remark on whom you take on"), 400)

    def __init__(self, data: Any, shown: Mapping[str, Any], version: int, edition: int) -> None:
        """With the languages of its country to tick, by their names on this page."""
        self.common = common_languages(shown["country"])
        super().__init__(data, shown, version, edition)
        named = sorted((name_of(code), code) for code in self.common)
        field: Any = self.fields["languages_common"]
        field.choices = [(code, name) for name, code in named]

    def first(self, shown: Mapping[str, Any]) -> dict[str, Any]:
        """The values as boxes show them."""
        capacity = shown["capacity"]
        return {
            "status": shown["status"],
            "services": shown["services"],
            "facilities": "\n".join(place["name"] for place in shown["facilities"]),
            "languages_common": [one for one in shown["languages"] if one in self.common],
            "languages": written(one for one in shown["languages"] if one not in self.common),
            "volunteers": {True: "yes", False: "no"}.get(capacity.get("volunteers"), ""),
            "needed": written(capacity.get("languages", [])),
            "note": capacity.get("note", ""),
        }

    def raw(self) -> dict[str, Any]:
        """What was typed; places that were there keep what they are known as."""
        known = {place["name"]: place for place in self.shown["facilities"]}
        lines = [line.strip() for line in self.typed("facilities").splitlines() if line.strip()]
        slugs = slugs_by_name(self.shown["country"], (line for line in lines if line not in known))
        listed = {name: {"slug": slug, "name": name} for name, slug in slugs.items()}
        volunteers = {"yes": True, "no": False}.get(self.typed("volunteers"))
        needed, note = codes(self.typed("needed")), self.typed("note")
        return {
            "status": self.typed("status"),
            "services": self.chosen("services"),
            "facilities": [(known | listed).get(line, line) for line in lines],
            "languages": self._languages(),
            "capacity": {
                **({} if volunteers is None else {"volunteers": volunteers}),
                **({"languages": needed} if needed else {}),
                **({"note": note} if note else {}),
            },
        }

    def box_of(self, field: str) -> str:
        """Whom it takes on has three boxes."""
        if field == "capacity.note":
            return "note"
        return "needed" if field == "capacity" else super().box_of(field)

    def tell(self, error: ValidationError) -> None:
        """A word that is no language is named at its box."""
        for field, box in (("languages", "languages"), ("capacity", "needed")):
            word = unknown_language(self.typed(box))
            if word and field in getattr(error, "error_dict", {}):
                told = ValidationError(UNKNOWN_LANGUAGE, code="language", params={"word": word})
                error.error_dict[field] = [told]
        super().tell(error)

    def understood(self) -> str:
        """The languages that were typed, as they were read, where it is not what was typed."""
        boxes = [self.typed(name) for name in ("languages", "needed")]
        found = [code for text in boxes for code in codes(text)]
        names = [name_of(code) for code in dict.fromkeys(found)]
        typed = {word for text in boxes for word in read_words(text)}
        return "" if set(names) <= typed else ", ".join(names)

    def _languages(self) -> list[str]:
        """What is ticked and what is typed, in the order in which it stood before."""
        found = [*self.chosen("languages_common"), *codes(self.typed("languages"))]
        kept = [code for code in self.shown["languages"] if code in found]
        return list(dict.fromkeys((*kept, *found)))


class ContactForm(PartForm):
    """How the public reaches the program."""

    phone = text_box(
        CONTACT["phone"], 60, _("With its country, such as +44 20 7946 0000."), dir="ltr"
    )
    email = text_box(CONTACT["email"], 254, dir="ltr", inputmode="email")
    hours = text_box(CONTACT["hours"], 200)
    note = text_box(CONTACT["note"], 400)
    website = text_box(
        FIELDS["website"], 500, _("Such as https://example.org."), dir="ltr", inputmode="url"
    )

    def first(self, shown: Mapping[str, Any]) -> dict[str, Any]:
        """The values as boxes show them."""
        return {**shown["contact"], "website": shown["website"]}

    def raw(self) -> dict[str, Any]:
        """What was typed."""
        typed = {name: self.typed(name) for name in CONTACT}
        return {
            "contact": {name: text for name, text in typed.items() if text},
            "website": self.typed("website"),
        }

    def box_of(self, field: str) -> str:
        """The part of the contact in which something is wrong."""
        if field != "contact":
            return super().box_of(field.removeprefix("contact."))
        return next((name for name in ("email", "phone") if self._is_odd(name)), "phone")

    def _is_odd(self, name: str) -> bool:
        text = self.typed(name)
        return bool(text) and (name == "phone" or "@" not in text or "." not in text)


class PlaceForm(PartForm):
    """Where it is, as exactly as it may be said."""

    country = forms.ChoiceField(label=FIELDS["country"])
    locality = text_box(
        FIELDS["locality"], 120, _("We look it up. The middle of the town is shown, no address.")
    )
    region = text_box(
        FIELDS["region"], 80, _("Only where several towns of the country have the name.")
    )
    precision = forms.ChoiceField(
        label=FIELDS["precision"],
        choices=(
            ("locality", pgettext_lazy("how exactly a place is shown", "The town")),
            ("grid", pgettext_lazy("how exactly a place is shown", "Within about ten kilometres")),
            ("region", pgettext_lazy("how exactly a place is shown", "The region")),
            ("country", pgettext_lazy("how exactly a place is shown", "The country only")),
        ),
    )
    point = text_box(
        FIELDS["point"],
        100,
        _("Only where the town is not found: latitude, longitude. Kept to a tenth of a degree."),
        dir="ltr",
    )

    def __init__(
        self,
        data: Any,
        shown: Mapping[str, Any],
        version: int,
        edition: int,
        countries: Iterable[Any],
    ) -> None:
        """The countries to choose from."""
        super().__init__(data, shown, version, edition)
        offered = sorted((country_name(land), land.iso2) for land in countries)
        field: Any = self.fields["country"]
        field.choices = [(code, name) for name, code in offered]

    def first(self, shown: Mapping[str, Any]) -> dict[str, Any]:
        """The values as boxes show them."""
        point = shown["point"]
        return {
            **{name: shown[name] for name in ("country", "locality", "region", "precision")},
            "point": point_words(point) if isinstance(point, dict) else point,
        }

    def raw(self) -> dict[str, Any]:
        """What was typed. A point that is none goes on as it is: the action says so."""
        text = self.typed("point")
        point: Any = text or None
        try:
            found = parse_point(text) if text else None
        except PointError:
            found = None
        if found is not None:
            point = parsed_words(found)
        return {
            **{name: self.typed(name) for name in ("country", "locality", "region", "precision")},
            "point": point,
        }


class WithholdForm(PartForm):
    """What is kept back from the public."""

    withheld = forms.MultipleChoiceField(
        label=FIELDS["withheld"],
        choices=[(name, WITHHOLD[name]) for name in WITHHOLDABLE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def first(self, shown: Mapping[str, Any]) -> dict[str, Any]:
        """What is ticked."""
        return {"withheld": shown["withheld"]}

    def raw(self) -> dict[str, Any]:
        """What is ticked now."""
        return {"withheld": self.chosen("withheld")}
