"""Parameters of the search for groups that help."""

from __future__ import annotations

from rest_framework import serializers

from api.v1.filters.listings import LANGUAGE, SLUG, country_field
from api.v1.filters.parameters import Parameters


class MentorParameters(Parameters):
    """Where and in which language a group wants to begin."""

    country = country_field()
    facility = serializers.RegexField(
        SLUG,
        max_length=160,
        required=False,
        help_text="The slug of the place where the organization wants to visit.",
        error_messages={"invalid": "Write the slug of a place."},
    )
    language = serializers.RegexField(
        LANGUAGE,
        max_length=12,
        required=False,
        help_text="A language in which help is wanted, BCP 47.",
        error_messages={"invalid": "Write the code of a language, for example ar."},
    )
