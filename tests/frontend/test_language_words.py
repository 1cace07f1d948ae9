"""Languages are written by name or ticked, in the languages of the site; what was read is said."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from directory.models import Program
from frontend.forms.desk.programs.base import codes
from frontend.language_words import MOST, code_of, common_languages, read_words, written
from network.tenancy import acting
from tests.directory.desk import Desk
from tests.signing_in import signed_in

NEW = "/desk/harbour-visitors/programs/new/"


@pytest.mark.parametrize(
    ("page", "word", "code"),
    [
        ("en", "French", "fr"),
        ("en", "  french ", "fr"),
        ("en", "Français", "fr"),
        ("en", "francés", "fr"),
        ("en", "العربية", "ar"),
        ("ar", "الفرنسية", "fr"),
        ("es", "alemán", "de"),
        ("fr", "tigrigna", "ti"),
        ("en", "Dari", "fa-AF"),
        ("en", "Farsi", "fa"),
        ("en", "ENG", "en"),
        ("en", "zh-hant", "zh-Hant"),
        ("en", "ga", "ga"),
        ("en", "fa", "fa"),
    ],
)
def test_a_language_is_read_by_name_or_code(page, word, code):
    with override(page):
        assert code_of(word) == code


@pytest.mark.parametrize("word", ["elvish words", "", "x", "<script>", "en fr", "٣"])
def test_what_is_no_language_is_refused(word):
    with pytest.raises(ValidationError):
        code_of(word)


@pytest.mark.parametrize("page", ["en", "es", "fr", "ar"])
def test_what_a_box_shows_is_read_back_as_the_same(page):
    shown = ["en", "fa-AF", "zh-Hant", "ckb", "pt-BR", "sr-Latn-RS", "aaa", "ti", "ku", "no"]
    with override(page):
        assert codes(written(shown)) == shown


def test_several_are_told_apart_by_commas_of_either_script_and_codes_by_spaces_too():
    assert read_words("a, b،c;a\nd") == ["a", "b", "c", "d"]
    assert codes("ar fa, Haitian Creole") == ["ar", "fa", "ht"]
    assert codes("elvish words") == ["elvish words"]


@pytest.mark.parametrize("country", ["GB", "FR", "US", "KE", "ZZ", ""])
def test_there_are_thirty_to_tick_with_those_of_the_country_first(country):
    found = common_languages(country)
    assert len(found) == len(set(found)) <= MOST
    assert {"en", "ar", "fa"} <= set(found)
    assert [code_of(code) for code in found] == found
    if country == "KE":
        assert "sw" in found[:3]


@pytest.mark.django_db
def test_a_new_program_is_named_in_a_language_by_name_and_a_wrong_word_is_said(cast):
    Desk(cast)
    edna = signed_in(cast.edna)
    page = edna.get(NEW)
    assert b'value="English"' in page.content
    assert b'<option value="Arabic">' in page.content
    sent = {"key": page.context["form"]["key"].value(), "name": "زوار", "country": "GB"}
    wrong = edna.post(NEW, {**sent, "language": "elvish words"})
    assert wrong.status_code == 422
    assert "We know no language called elvish words" in wrong.content.decode()
    assert edna.post(NEW, {**sent, "language": "arabic"}).status_code == 303
    with acting(cast.actor("edna")):
        (made,) = Program.objects.filter(organization=cast.a, texts__language="ar")
        assert made.texts.get().name == "زوار"


@pytest.mark.django_db
def test_ticked_and_typed_languages_are_saved_together_and_what_was_read_is_said(cast):
    desk = Desk(cast)
    program = desk.create()
    edna = signed_in(cast.edna)
    path = f"/desk/harbour-visitors/programs/{program.slug}/edit/services/"
    form = edna.get(path).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    assert sent["languages_common"] == ["en", "ar"]
    assert sent["languages"] == ""
    sent |= {"languages_common": ["ar", "so"], "languages": "dari، Bislama", "needed": "Français"}
    answer = edna.post(path, sent, follow=True)
    assert "Languages read as: Dari, Bislama, French." in answer.content.decode()
    found = desk.fresh(program)
    assert found.languages == ["ar", "so", "fa-AF", "bi"]
    assert found.capacity["languages"] == ["fr"]
    again = edna.get(path).context["form"]
    assert again["languages"].value() == "Dari, Bislama"
    assert again["languages_common"].value() == ["ar", "so"]
    assert again["needed"].value() == "French"


@pytest.mark.django_db
def test_a_language_to_write_in_is_asked_for_by_name(cast):
    desk = Desk(cast)
    program = desk.create()
    edna = signed_in(cast.edna)
    path = f"/desk/harbour-visitors/programs/{program.slug}/edit/texts/"
    for asked in ("French", "fr", "français"):
        assert b'name="names-fr"' in edna.get(path, {"beside": asked}).content
    assert b'name="names-fr"' not in edna.get(path, {"beside": "elvish words"}).content
