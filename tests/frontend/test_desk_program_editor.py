"""The editor of a program: what is saved, what is refused, drafts, and two people at once."""

import json
import re

import pytest

from directory.models import ProgramDraft
from network.tenancy import acting
from tests.directory.desk import Desk
from tests.frontend.desk_programs import ONE, A, client, fields, plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast):
    return Desk(cast)


@pytest.fixture
def program(desk):
    return desk.create(facilities=["gb-harbour-house"])


@pytest.mark.parametrize("part", ["texts", "services", "contact", "place", "withhold"])
def test_saving_a_part_as_it_is_changes_nothing(desk, program, part):
    edna = client(desk, "edna")
    path = f"{A}{ONE}edit/{part}/"
    sent = fields(edna.get(path))
    assert edna.post(path, sent).status_code == 303
    assert desk.fresh(program).version == 1


def test_texts_are_saved_side_by_side_and_other_languages_stay(desk, program):
    desk.edit(program, summaries={"en": "One.", "ar": "واحد", "fr": "Un."})
    edna = client(desk, "edna")
    path = f"{A}{ONE}edit/texts/"
    page = edna.get(f"{path}?beside=ar")
    assert 'lang="ar" dir="rtl"' in page.content.decode()
    sent = {**fields(page), "summaries-en": "Two.", "how_to_join-ar": "اكتبوا"}
    assert edna.post(path, sent)["Location"].endswith("?beside=ar")
    with acting(desk.actor("edna")):
        texts = {text.language: text for text in program.texts.all()}
    assert [texts[code].summary for code in ("en", "ar", "fr")] == ["Two.", "واحد", "Un."]
    assert texts["ar"].how_to_join == "اكتبوا"


def test_a_language_is_added_by_its_code(desk, program):
    edna = client(desk, "edna")
    path = f"{A}{ONE}edit/texts/"
    page = edna.get(f"{path}?beside=fr")
    sent = {**fields(page), "names-fr": "Visiteurs"}
    edna.post(path, sent)
    with acting(desk.actor("edna")):
        assert program.texts.get(language="fr").name == "Visiteurs"
    assert edna.get(f"{path}?beside=%00").status_code in (200, 400)
    assert edna.get(f"{path}?beside=english").status_code == 200


@pytest.mark.parametrize(
    ("part", "change", "box"),
    [
        ("texts", {"summaries-ar": "A 123 456 789"}, "id_summaries-ar"),
        ("texts", {"names-en": "", "names-ar": ""}, "id_names-en"),
        ("services", {"languages": "no language"}, "id_languages"),
        ("services", {"status": "odd"}, "id_status"),
        ("services", {"services": ["odd"]}, "id_services"),
        ("services", {"needed": "no language"}, "id_needed"),
        ("services", {"facilities": "gb-no-such-place"}, "id_facilities"),
        ("contact", {"phone": "call"}, "id_phone"),
        ("contact", {"email": "nobody"}, "id_email"),
        ("contact", {"website": "here"}, "id_website"),
        ("place", {"country": "ZZ"}, "id_country"),
        ("place", {"point": "somewhere"}, "id_point"),
        ("place", {"point": "95, 400"}, "id_point"),
        ("place", {"precision": "exact"}, "id_precision"),
        ("withhold", {"withheld": ["names"]}, "id_withheld"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_box_and_nothing_is_saved(
    desk, program, part, change, box
):
    edna = client(desk, "edna")
    path = f"{A}{ONE}edit/{part}/"
    query = "?beside=ar" if part == "texts" else ""
    answer = edna.post(path, {**fields(edna.get(path + query)), **change})
    assert answer.status_code == 422
    assert f'href="#{box}"' in answer.content.decode()
    for value in change.values():
        if isinstance(value, str):
            assert value in answer.content.decode()
    assert desk.fresh(program).version == 1


def test_damaged_hidden_numbers_are_a_conflict_and_no_fault(desk, program):
    edna = client(desk, "edna")
    path = f"{A}{ONE}edit/contact/"
    sent = {**fields(edna.get(path)), "phone": "112"}
    for number in ("", "x", "-1", "9" * 30, "٣"):
        assert edna.post(path, {**sent, "base_version": number}).status_code == 409


def test_services_place_and_what_is_kept_back_are_saved(desk, program):
    edna = client(desk, "edna")
    path = f"{A}{ONE}edit/services/"
    sent = fields(edna.get(path))
    assert sent["facilities"] == "Harbour House"
    sent |= {"facilities": "Harbour House\nOld jail\n", "volunteers": "no", "needed": "ar, fa"}
    edna.post(path, sent)
    path = f"{A}{ONE}edit/withhold/"
    edna.post(path, {**fields(edna.get(path)), "withheld": ["contact", "point"]})
    path = f"{A}{ONE}edit/place/"
    edna.post(path, {**fields(edna.get(path)), "point": "55.01234, -3.04321"})
    found = desk.fresh(program)
    with acting(desk.actor("edna")):
        visits = list(program.visits.order_by("id").values_list("name", "facility__slug"))
    assert visits == [("Harbour House", "gb-harbour-house"), ("Old jail", None)]
    assert found.capacity == {"volunteers": False, "languages": ["ar", "fa"]}
    assert found.withheld == ["contact", "point"]
    assert (found.latitude, found.longitude, found.precision) == (55.0, -3.0, "grid")


def test_a_draft_is_kept_shown_to_its_writer_and_forgotten(desk, program):
    edna = client(desk, "edna")
    path = f"{A}{ONE}edit/texts/"
    sent = {**fields(edna.get(f"{path}?beside=ar")), "summaries-ar": "مسودة"}
    kept = edna.post(f"{path}draft/", sent)
    assert json.loads(kept.content) == {"saved": True, "edition": 0}
    assert "مسودة" in edna.get(f"{path}?beside=ar").content.decode()
    assert "مسودة" not in client(desk, "amara").get(f"{path}?beside=ar").content.decode()
    assert "You have a draft" in plain(edna.get(A))
    assert desk.fresh(program).version == 1
    # What is written in one language stays while another is saved.
    english = {**fields(edna.get(f"{path}?beside=fr")), "summaries-fr": "Brouillon"}
    edna.post(f"{path}draft/", english)
    assert "مسودة" in edna.get(f"{path}?beside=ar").content.decode()
    assert edna.post(f"{path}discard/").status_code == 303
    assert "مسودة" not in edna.get(f"{path}?beside=ar").content.decode()
    late = edna.post(f"{path}draft/", sent)
    assert (late.status_code, json.loads(late.content)) == (409, {"closed": True})
    assert "مسودة" not in edna.get(f"{path}?beside=ar").content.decode()


def test_the_number_of_a_person_is_not_even_a_draft(desk, program):
    edna = client(desk, "edna")
    path = f"{A}{ONE}edit/texts/"
    sent = {**fields(edna.get(path)), "summaries-en": "He is A123456789"}
    refused = edna.post(f"{path}draft/", sent)
    assert refused.status_code == 422
    assert "123456789" not in refused.content.decode()
    with acting(desk.actor("edna")):
        assert not ProgramDraft.objects.filter(program=program).exclude(values={}).exists()


def test_two_people_who_changed_different_things_are_both_saved(desk, program):
    edna = client(desk, "edna")
    path = f"{A}{ONE}edit/texts/"
    sent = {**fields(edna.get(f"{path}?beside=ar")), "summaries-en": "Mine."}
    desk.edit(program, by="amara", how_to_join={"en": "Hers."})
    answer = edna.post(path, sent, follow=True)
    assert "together with what a colleague changed" in plain(answer)
    with acting(desk.actor("edna")):
        text = program.texts.get(language="en")
    assert (text.summary, text.how_to_join) == ("Mine.", "Hers.")


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_two_people_who_changed_the_same_see_both_and_choose(desk, program, side):
    edna = client(desk, "edna")
    path = f"{A}{ONE}edit/texts/"
    sent = {**fields(edna.get(f"{path}?beside=ar")), "summaries-en": "Mine.", "names-ar": "لي"}
    desk.edit(program, by="amara", summaries={"en": "Hers."})
    both = edna.post(path, sent)
    assert both.status_code == 409
    html = both.content.decode()
    assert "Mine." in html
    assert "Hers." in html
    with acting(desk.actor("edna")):
        assert program.texts.get(language="en").summary == "Hers."
    hidden = {
        name: re.search(rf'name="{name}" value="([^"]*)"', html)[1].replace("&quot;", '"')
        for name in ("mine", "base_version", "seen_version")
    }
    chosen = {**hidden, "choice-summaries-en": side}
    # Meanwhile somebody saves once more: it is asked again, and nothing is lost.
    desk.edit(program, by="amara", status="paused")
    again = edna.post(f"{path}choose/", chosen)
    assert again.status_code == 409
    seen = re.search(r'name="seen_version" value="(\d+)"', again.content.decode())[1]
    assert edna.post(f"{path}choose/", {**chosen, "seen_version": seen}).status_code == 303
    with acting(desk.actor("edna")):
        text = program.texts.get(language="en")
        assert text.summary == {"mine": "Mine.", "theirs": "Hers."}[side]
        assert program.texts.get(language="ar").name == "لي"
    assert desk.fresh(program).status == "paused"


@pytest.mark.parametrize("mine", ["", "x", "[]", "null", "[" * 5000, '{"status": "odd"}'])
def test_nonsense_in_a_choice_is_no_fault(desk, program, mine):
    edna = client(desk, "edna")
    sent = {"mine": mine, "base_version": "1", "seen_version": "1"}
    answer = edna.post(f"{A}{ONE}edit/texts/choose/", sent)
    assert answer.status_code in (303, 404, 409)
    assert desk.fresh(program).version == 1
