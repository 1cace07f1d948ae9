"""Translations on pages: beside the original, by whom, and with scripts off."""

import re
import uuid

import pytest

from tests.frontend.message_pages import at, form_of, text_of
from tests.messaging.talking import channel, log_of, say
from tests.messaging.test_translations import edit, translate
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast):
    conversation = channel(cast)
    return conversation, say(cast.actor("omar"), conversation, "Good morning", language="en")


def page_of(person, conversation):
    return text_of(signed_in(person).get(at(conversation)))


def test_a_message_that_is_not_there_to_be_read_is_missing(cast, talk):
    conversation, said = talk
    foreign = channel(cast)
    client = signed_in(cast.omar)
    deleted = say(cast.actor("omar"), conversation, "Gone")
    client.post(at(conversation, f"delete/{deleted.id}/"))
    for path in (
        at(conversation, f"translate/{uuid.uuid4()}/"),
        at(conversation, f"translate/{deleted.id}/"),
        at(foreign, f"translate/{said.id}/"),
    ):
        assert client.get(path).status_code == 404
        assert client.post(path, {"body": "x", "language": "fr"}).status_code == 404


def test_only_who_translated_takes_it_back(cast, talk):
    conversation, said = talk
    made = translate(cast.actor("chiara"), conversation, said)
    path = at(conversation, f"take-back/{made.id}/")
    client = signed_in(cast.omar)
    assert "take-back" not in text_of(client.get(at(conversation)))
    assert client.post(path).status_code == 404
    assert client.post(at(conversation, f"take-back/{said.id}/")).status_code == 404
    own = signed_in(cast.chiara)
    assert path in text_of(own.get(at(conversation)))
    assert (own.get(path).status_code, own.post(path).status_code) == (405, 303)
    assert own.post(path).status_code == 303  # twice is once
    assert "Bonjour" not in text_of(client.get(at(conversation)))


def test_what_is_missing_is_said_and_nothing_is_lost(cast, talk):
    conversation, said = talk
    path = at(conversation, f"translate/{said.id}/")
    client = signed_in(cast.chiara)
    answer = client.post(path, {"body": "Bonjour", "language": ""})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Choose the language of your translation." in page
    assert ">\nBonjour</textarea>" in page
    answer = client.post(path, {"body": "Good", "language": "en"})
    assert (answer.status_code, "in this language already" in text_of(answer)) == (422, True)


def test_it_is_written_below_the_original_and_stands_beside_it(cast, talk):
    conversation, said = talk
    client = signed_in(cast.chiara)
    path = at(conversation, f"translate/{said.id}/")
    assert path in text_of(client.get(at(conversation)))
    page = text_of(client.get(path))
    assert re.search(r'lang="en"><p>Good morning</p>', page)
    sent = {**form_of(page), "body": "Buenos días", "language": "es"}
    for _twice in range(2):
        answer = client.post(path, sent)
        assert (answer.status_code, answer["Location"]) == (303, at(conversation, f"#m{said.seq}"))
    assert [one.kind for one in log_of(conversation)].count("translation") == 1
    page = page_of(cast.omar, conversation)
    assert page.index("Good morning") < page.index("Buenos días")
    assert '<div class="body" dir="auto" lang="es"><p>Buenos días</p></div>' in page
    assert re.search(
        r"In Spanish, translated by .{0,80}<bdi>Visiteurs du port</bdi>", page, re.DOTALL
    )
    assert "Chiara" not in page
    # One begins again with what one wrote.
    assert "Buenos días</textarea>" in text_of(client.get(path))


def test_the_language_of_the_page_comes_first_and_the_others_fold(cast, talk):
    conversation, said = talk
    for language in ("es", "fr", "ar"):
        translate(
            cast.actor("chiara"), conversation, said, body=f"In {language}", language=language
        )
    client = signed_in(cast.omar)
    french = text_of(client.get(f"/fr{at(conversation)}", follow=True))
    english = text_of(client.get(at(conversation)))
    order = [re.findall(r"<p>In (\w\w)</p>", page) for page in (french, english)]
    assert order[1] == ["ar", "fr", "es"]
    assert sorted(order[0]) == ["ar", "es", "fr"]
    assert "2 more translations" in english


def test_a_changed_message_says_so_beside_what_was_translated(cast, talk):
    conversation, said = talk
    translate(cast.actor("chiara"), conversation, said)
    words = "Made before the message was changed"
    assert words not in page_of(cast.omar, conversation)
    edit(cast.actor("omar"), conversation, said)
    assert words in page_of(cast.omar, conversation)
