"""The question whether somebody could be recognised, as forms ask it."""

from __future__ import annotations

import re

import pytest

from directory.models import AccessReport, FacilityClaim, Program, VisitingRule
from network.models import Organization
from network.tenancy import Purpose, acting, system
from tests.directory.desk import Desk
from tests.directory.stating import CLAIM, EVENT, RULE
from tests.factories import make_country, make_facility
from tests.frontend.desk_programs import ONE, A, client, fields, plain

pytestmark = pytest.mark.django_db
DESK = "/desk/harbour-visitors/"
AT = f"{DESK}places/at/harbour-centre/"
BOX = 'name="has_looked"'
LOOKED = {"has_looked": "on"}
WARNING = "This looks like an A-number (line 1)."


@pytest.fixture
def desk(cast):
    return Desk(cast)


@pytest.fixture
def place(desk):
    return make_facility(slug="harbour-centre", name="Harbour Centre", country=make_country("GB"))


def error_at(page, box):
    """What stands at a box."""
    found = re.search(rf'id="{box}_error">([^<]*)<', page.content.decode())
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("part", "name", "box"),
    [
        ("texts", "descriptions-ar", "id_descriptions-ar"),
        ("services", "note", "id_note"),
        ("services", "facilities", "id_facilities"),
        ("contact", "note", "id_note"),
        ("contact", "hours", "id_hours"),
    ],
)
def test_the_editor_asks_at_the_box_and_keeps_what_was_written(desk, part, name, box):
    desk.create()
    editor, path = client(desk, "edna"), f"{A}{ONE}edit/{part}/"
    page = editor.get(path)
    assert BOX not in page.content.decode()
    typed = {**fields(page), name: "A 123 456 789"}
    asked = editor.post(path, typed)
    assert asked.status_code == 422
    assert WARNING in error_at(asked, box)
    assert BOX in asked.content.decode()
    assert "checked" not in re.search(rf"<input[^>]*{BOX}[^>]*>", asked.content.decode())[0]
    # What was typed stands in the form, and nowhere else.
    again = fields(asked)
    assert again[name].strip() == "A 123 456 789"
    with acting(system(Purpose.OPERATOR)):
        assert Program.objects.get(organization=desk.cast.a).version == 1
    assert editor.post(path, {**again, **LOOKED}).status_code == 303
    with acting(system(Purpose.OPERATOR)):
        assert Program.objects.get(organization=desk.cast.a).version == 2
    # The page begins without the box, and the text is not asked about again.
    page = editor.get(path)
    assert BOX not in page.content.decode()
    assert editor.post(path, fields(page)).status_code == 303


def test_a_new_program_asks(desk):
    editor = client(desk, "edna")
    typed = {**fields(editor.get(f"{A}new/")), "name": "A123456789", "language": "fr"}
    asked = editor.post(f"{A}new/", {**typed, "country": "GB"})
    assert asked.status_code == 422
    assert WARNING in error_at(asked, "id_name")
    assert editor.post(f"{A}new/", {**typed, "country": "GB", **LOOKED}).status_code == 303


def test_the_group_asks_for_each_name(desk):
    owner, path = client(desk, "amara"), f"{DESK}settings/card/"
    typed = {"base_version": "1", "name": "Harbour", "country": "GB", "kind": "program_operator"}
    asked = owner.post(path, {**typed, "name_fr": "A123456789"})
    assert asked.status_code == 422
    assert WARNING in error_at(asked, "id_name_fr")
    assert BOX in asked.content.decode()
    assert owner.post(path, {**typed, "name_fr": "A123456789", **LOOKED}).status_code == 303
    with acting(system(Purpose.OPERATOR)):
        assert Organization.objects.get(pk=desk.cast.a.pk).names["fr"] == "A123456789"


@pytest.mark.parametrize(
    ("path", "values", "name", "model"),
    [
        (f"{AT}claim/", {**CLAIM, "text_language": "en"}, "note", FacilityClaim),
        (f"{AT}rules/new/", RULE, "note", VisitingRule),
        (f"{AT}report/", {**EVENT, "when": "now"}, "statement", AccessReport),
    ],
    ids=["claim", "rule", "report"],
)
def test_statements_ask_before_the_look_and_carry_the_answer(
    desk, place, path, values, name, model
):
    def count():
        with acting(system(Purpose.OPERATOR)):
            return model.objects.count()

    carla = client(desk, "carla")
    typed = {**values, name: "A 123 456 789"}
    for step in ("look", "send"):
        asked = carla.post(path, {**typed, "step": step})
        assert asked.status_code == 422
        assert WARNING in plain(asked)
        assert BOX in asked.content.decode()
    look = carla.post(path, {**typed, **LOOKED, "step": "look"})
    assert look.status_code == 200
    html = look.content.decode()
    assert '<input type="hidden" name="has_looked" value="on">' in html
    assert count() == 0
    sent = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', html))
    assert carla.post(path, {**sent, "step": "send"}).status_code == 303
    assert count() == 1


def test_two_who_wrote_at_once_are_asked_as_well(desk):
    program = desk.create()
    editor, path = client(desk, "edna"), f"{A}{ONE}edit/texts/"
    first = fields(editor.get(path))
    desk.edit(program, by="carla", summaries={"en": "Carla wrote."})
    both = editor.post(path, {**first, "summaries-en": "A 123 456 789", **LOOKED})
    assert both.status_code == 409
    html = both.content.decode()
    assert BOX in html
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', html))
    chosen = {**hidden, "choice-summaries-en": "mine"}
    asked = editor.post(f"{A}{ONE}edit/texts/choose/", chosen)
    assert asked.status_code == 409
    assert WARNING in plain(asked)
    assert BOX in asked.content.decode()
    done = editor.post(f"{A}{ONE}edit/texts/choose/", {**chosen, **LOOKED})
    assert done.status_code == 303
