"""Catalogues are complete, compiled without gettext, and a translator can add a language."""

from functools import cache

import pytest
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils import translation

from frontend import catalogues

OFFERED = [code for code, _name in settings.LANGUAGES if code != "en"]

_sayings = cache(catalogues.sayings)


@pytest.fixture(autouse=True)
def _read_once(monkeypatch):
    """No test here changes a source: they are read once for all."""
    monkeypatch.setattr(catalogues, "sayings", _sayings)


def test_the_offered_languages_are_those_with_a_catalogue():
    assert sorted(OFFERED) == catalogues.languages() == ["ar", "es", "fr"]


@pytest.mark.parametrize("language", OFFERED)
def test_a_catalogue_is_complete(language):
    assert catalogues.problems(language) == []


@pytest.mark.parametrize("language", OFFERED)
def test_a_catalogue_is_written_as_its_update_writes_it(language, tmp_path, monkeypatch):
    source = catalogues.LOCALE / language / "LC_MESSAGES/django.po"
    (tmp_path / language / "LC_MESSAGES").mkdir(parents=True)
    copy = tmp_path / language / "LC_MESSAGES/django.po"
    copy.write_bytes(source.read_bytes())
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    assert catalogues.update(language) == 0
    assert copy.read_text() == source.read_text()


@pytest.mark.parametrize("language", OFFERED)
def test_what_was_compiled_is_what_pages_say(language):
    with translation.override(language):
        assert translation.gettext("Skip to the content") != "Skip to the content"


def test_everything_said_is_found_in_python_and_in_templates():
    said = catalogues.sayings()
    assert ("kind of visitor", "Lawyers") in said
    assert (None, "Skip to the content") in said
    # Imported under another name.
    assert (None, "We know of no place that fits this") in said
    assert any(one.plural for places in said.values() for one in places)


@pytest.fixture
def new_language(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    return tmp_path / "pt/LC_MESSAGES/django.po"


def test_a_new_language_begins_with_everything_untranslated(new_language):
    waiting = catalogues.update("pt")
    assert waiting == len(catalogues.sayings()) == len(catalogues.problems("pt"))


def edited(path, change):
    with path.open("rb") as file:
        catalogue = read_po(file, locale="pt")
    change(catalogue)
    with path.open("wb") as file:
        write_po(file, catalogue)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Tudo sobre %(nome)s", "other placeholders"),
        (" Com espaço", "blanks around"),
        ("", "not translated"),
    ],
)
def test_a_faulty_translation_is_named(new_language, text, complaint):
    catalogues.update("pt")
    edited(new_language, lambda c: setattr(c.get("Skip to the content"), "string", text))
    assert [p for p in catalogues.problems("pt") if "Skip to" in p and complaint in p]


def test_a_translation_is_kept_and_what_is_no_longer_said_goes(new_language):
    catalogues.update("pt")

    def change(catalogue):
        catalogue.get("Skip to the content").string = "Saltar para o conteúdo"
        catalogue.add("Never said here", "Nunca dito aqui")

    edited(new_language, change)
    assert [p for p in catalogues.problems("pt") if p.startswith("no longer said")]
    catalogues.update("pt")
    assert catalogues.catalogue("pt").get("Skip to the content").string == "Saltar para o conteúdo"
    assert catalogues.catalogue("pt").get("Never said here") is None


def test_compiling_needs_no_gettext_and_happens_once(new_language, monkeypatch):
    monkeypatch.setenv("PATH", "")
    catalogues.update("pt")
    assert catalogues.compile_stale() == ["pt"]
    assert new_language.with_suffix(".mo").exists()
    assert catalogues.compile_stale() == []
