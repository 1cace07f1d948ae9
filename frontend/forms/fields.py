"""Form fields that a public list is searched with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from directory.queries.boxes import BadBoxError, Box, box_from
from directory.queries.cursor import BadCursorError, Cursor, decode_cursor
from directory.queries.ranked import start_of
from network.validators import validate_plain_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_WORDS = 200
MAX_SLUG = 160
SCRIPT_LENGTH = 4
NO_PAGE = _("This is no page of the list. Begin again at its first page.")
Choice = tuple[str, "StrOrPromise"]

validate_slug = RegexValidator(
    r"\A[A-Za-z0-9_-]+(?:--[A-Za-z0-9.:-]+)?\Z",
    _("Take the last part of the address of its page, for example at-vordernberg."),
)


class WordsField(forms.CharField):
    """Words to look for: one short line without control characters."""

    def __init__(self, label: StrOrPromise) -> None:
        """A search box under a label."""
        super().__init__(
            label=label,
            required=False,
            max_length=MAX_WORDS,
            widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
            error_messages={
                "max_length": _("Write at most %(limit_value)d characters."),
                "null_characters_not_allowed": _("Write the words again; one sign was damaged."),
            },
        )

    def validate(self, value: str) -> None:
        """Refuse what no name contains."""
        super().validate(value)
        validate_plain_text(value, lines=False)


class SlugField(forms.CharField):
    """The short name of a page, carried along in a hidden field."""

    def __init__(self, label: StrOrPromise) -> None:
        """A hidden field whose errors are shown under a label."""
        super().__init__(
            label=label,
            required=False,
            max_length=MAX_SLUG,
            validators=[validate_slug],
            widget=forms.HiddenInput,
        )


class WordField(forms.ChoiceField):
    """One word of a vocabulary, or nothing."""

    def __init__(
        self,
        label: StrOrPromise,
        nothing: StrOrPromise,
        words: Iterable[Choice],
        hint: StrOrPromise,
    ) -> None:
        """A list to choose from that begins with the words for no choice."""
        super().__init__(
            label=label,
            required=False,
            choices=[("", nothing), *words],
            error_messages={"invalid_choice": hint},
        )


class BoxField(forms.CharField):
    """A part of the world as `west,south,east,north`, carried along in a hidden field."""

    def __init__(self) -> None:
        """A hidden field whose errors are shown under a label."""
        super().__init__(
            label=_("Part of the map"), required=False, max_length=100, widget=forms.HiddenInput
        )

    def clean(self, value: str) -> Box | None:
        """The box itself.

        Raises:
            ValidationError: the text is no box.
        """
        text = super().clean(value)
        if not text:
            return None
        try:
            return box_from(text)
        except BadBoxError as error:
            raise ValidationError(
                _(
                    "Write west, south, east and north in degrees, for example"
                    " 5.9,47.2,15.1,55.1; or choose a part of the map."
                ),
                code="box",
            ) from error


class CountryField(forms.CharField):
    """The two letters of a country; any other length is refused in the same words."""

    def __init__(self) -> None:
        """A field whose list of countries the form fills in."""
        super().__init__(
            label=_("Country"),
            required=False,
            max_length=2,
            error_messages={
                "max_length": _("Write the two letters of a country, for example FR for France."),
            },
        )


class CursorField(forms.CharField):
    """The place in a list at which a page begins."""

    def __init__(self, kind: str, ranked: str) -> None:
        """A hidden field for the cursors of one list, and of the same list when it is ranked."""
        super().__init__(
            label=_("Page"), required=False, max_length=2000, widget=forms.HiddenInput
        )
        self.kind = kind
        self.ranked = ranked

    def clean(self, value: str) -> Cursor | None:
        """The cursor itself.

        Raises:
            ValidationError: the text is no cursor of this list.
        """
        text = super().clean(value)
        if not text:
            return None
        try:
            cursor = _first_of(text, (self.kind, self.ranked))
            if cursor.kind == self.ranked:
                start_of(cursor)
        except BadCursorError as error:
            raise ValidationError(NO_PAGE, code="cursor") from error
        return cursor


def right_cursor(cursor: Cursor | None, kind: str, *, ranked: bool) -> Cursor | None:
    """The cursor, where it is one of a ranked list exactly when the list is ranked.

    Raises:
        ValidationError: it is of the other order.
    """
    if cursor is not None and (cursor.kind == kind) != ranked:
        raise ValidationError(NO_PAGE, code="cursor")
    return cursor


def _first_of(text: str, kinds: tuple[str, str]) -> Cursor:
    try:
        return decode_cursor(text, kinds[0])
    except BadCursorError:
        return decode_cursor(text, kinds[1])


def language_tag(code: str) -> str:
    """The tag of a language that exists, in the usual letters (`zh-Hant`); else nothing."""
    if not code.isascii() or not all(part.isalnum() for part in code.split("-")):
        return ""
    base, *others = code.split("-")
    if base.lower() not in Locale("en").languages:
        return ""
    styles = {2: str.upper, SCRIPT_LENGTH: str.title}
    return "-".join([base.lower(), *(styles.get(len(part), str)(part) for part in others)])
