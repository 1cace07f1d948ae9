"""Tags of languages as readers write them."""

import pytest

from frontend.forms.fields import language_tag


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("ar", "ar"),
        ("AR", "ar"),
        ("zh-hant", "zh-Hant"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("pt-br", "pt-BR"),
        ("tzm", "tzm"),
        ("", ""),
        ("-", ""),
        ("ar-", ""),
        ("xq", ""),
        ("english", ""),
        ("ā", ""),
    ],
)
def test_a_language_or_nothing(written, tag):
    assert language_tag(written) == tag
