"""What is written into a conversation, before anything is kept."""

import pytest
from django.core.exceptions import ValidationError

from messaging.models import Event
from messaging.validators import checked_language


@pytest.mark.parametrize("tag", ["ar", "pt-BR", "zh-Hant-TW", "zh-hant-hkcs"])
def test_tags_of_languages(tag):
    assert checked_language(tag) == tag
    assert len(tag) <= Event._meta.get_field("language").max_length


@pytest.mark.parametrize("tag", ["x", "en_GB", "en-", "de-CH-1996-abcdefgh", "zh-hant-hkcss"])
def test_what_no_column_holds_is_refused(tag):
    with pytest.raises(ValidationError) as refused:
        checked_language(tag)
    assert refused.value.code == "language"
