"""Asking for mails, confirming and ending them: nothing acts before the button is pressed."""

import re

import pytest
from django.test import Client

from directory.models import Follow
from frontend.views import follow as views
from network.actions.mail import UNSUBSCRIBE
from network.models import AuditEntry, Counter
from network.tenancy import Purpose, acting, system
from tests.directory.followed import CONFIRM, END, forget_mails, mails, rows, tell
from tests.factories import make_country, make_event, make_facility
from tests.frontend.nonsense import VALUES

pytestmark = pytest.mark.django_db
PLACE = "/follow/?facility=harbour-centre"
ADDRESS = {"email": "esi@example.org"}


@pytest.fixture
def place():
    return make_facility(slug="harbour-centre", name="Harbour Centre")


def asked(client, path=PLACE, **data):
    return client.post(path, {**ADDRESS, **data})


def confirmed(client, path=PLACE):
    """Ask and press the button; the mail of a change, which follows."""
    asked(client, path)
    token = CONFIRM.search(mails()[-1].text)[1]
    assert client.post(f"/follow/confirm/{token}/").status_code == 200
    forget_mails()
    return token


def end_of(place):
    make_event(facility=place)
    assert tell() == 1
    return END.search(mails()[-1].text)[1]


def test_an_address_that_is_none_is_refused_at_its_field(client, place):
    for email in ("", "esi", "esi@", "a@b@c", "x" * 300 + "@example.org", "e\nsi@example.org"):
        response = asked(client, email=email)
        assert response.status_code == 422, email
        text = response.content.decode()
        assert "Write the whole address, for example amara@example.org." in text
        assert "Nothing was sent yet" in text
        assert 'aria-invalid="true"' in text
    assert rows() == []
    assert mails() == []


@pytest.mark.parametrize("query", ["facility=nowhere", "country=ZZ", "country=Z", "facility=%2F"])
def test_what_is_not_there_is_not_followed(client, place, query):
    for response in (client.get(f"/follow/?{query}"), asked(client, f"/follow/?{query}")):
        assert response.status_code == 404
    assert client.get(f"/follow/asked/?{query}").status_code == 404
    assert rows() == []


def test_no_value_of_a_parameter_breaks_the_page(client, place):
    for name in ("facility", "country"):
        for value in VALUES:
            for page in ("", "asked/"):
                response = client.get(f"/follow/{page}?{name}={value}")
                assert response.status_code in (200, 400, 404), (name, value)
    make_country("GB")
    assert client.get("/follow/?facility=harbour-centre&country=GB").status_code == 400


def test_without_a_place_the_page_says_where_to_choose_one(client):
    for path in ("/follow/", "/follow/asked/", "/follow/?facility="):
        response = client.get(path)
        assert response.status_code == 200
        assert b'href="/facilities/"' in response.content
    assert asked(client, "/follow/").status_code == 200
    assert rows() == []


def test_a_form_of_another_site_is_refused(place):
    client = Client(enforce_csrf_checks=True)
    assert asked(client).status_code == 403
    assert client.post("/follow/confirm/x/").status_code == 403
    assert rows() == []


def test_asking_answers_the_same_for_every_address(client, place):
    first, page = asked(client), client.get(PLACE).content
    token = CONFIRM.search(mails()[-1].text)[1]
    client.post(f"/follow/confirm/{token}/")
    second, other = asked(client), asked(client, email="other@example.org")
    for response in (first, second, other):
        assert response.status_code == 303
        assert response["Location"] == "/follow/asked/?facility=harbour-centre"
        assert response.content == first.content
    texts = [CONFIRM.sub("", mail.text) for mail in mails()]
    assert len(texts) == 3
    assert len(set(texts)) == 1
    without = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert without.sub(b"", page) == without.sub(b"", client.get(PLACE).content)


def test_an_address_and_a_node_have_limits_that_the_page_says(client, place, monkeypatch):
    for _each in range(views.OF_ADDRESS):
        assert asked(client).status_code == 303
    for email in ("esi@example.org", " ESI@Example.org "):
        response = asked(client, email=email)
        assert response.status_code == 429
        assert int(response["Retry-After"]) > 0
        assert "Too many of these mails were asked for today." in response.content.decode()
    assert asked(client, email="other@example.org").status_code == 303
    monkeypatch.setattr(views, "OF_NODE", views.OF_ADDRESS + 1)
    assert asked(client, email="third@example.org").status_code == 429
    assert len(mails()) == len(rows()) == views.OF_ADDRESS + 1
    kept = " ".join(Counter.objects.values_list("key", flat=True))
    assert "example" not in kept


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_only_the_button_confirms_and_ends(client, place, method):
    asked(client)
    token = CONFIRM.search(mails()[-1].text)[1]
    status = 200 if method in ("get", "head") else 405
    assert getattr(client, method)(f"/follow/confirm/{token}/").status_code == status
    assert [row.confirmed_at for row in rows()] == [None]
    client.post(f"/follow/confirm/{token}/")
    before = rows()
    end = end_of(place)
    assert getattr(client, method)(f"/follow/end/{end}/").status_code == status
    assert [row.pk for row in rows()] == [row.pk for row in before]


def test_a_link_that_is_none_is_answered_like_one_that_is_over(client, place):
    token = confirmed(client)
    end = end_of(place)
    client.post(f"/follow/end/{end}/")
    strip = re.compile(rb"/(?:confirm|end)/[\w.-]+/|csrf.*?>")
    for kind, gone in (("confirm", token), ("end", end)):
        old = client.get(f"/follow/{kind}/{gone}/")
        none = client.get(f"/follow/{kind}/{'x' * 40}/")
        assert old.status_code == none.status_code == 410
        assert strip.sub(b"", old.content) == strip.sub(b"", none.content)


def test_a_mail_program_ends_the_mails_by_one_post_without_cookie_or_token(client, place):
    confirmed(client)
    end_of(place)
    headers = mails()[-1].headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = headers[UNSUBSCRIBE].strip("<>").removeprefix("http://localhost:8000")
    program = Client(enforce_csrf_checks=True)
    for _twice in range(2):
        response = program.post(
            path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert response.status_code == 200
        assert "Location" not in response.headers
        assert not response.cookies
    assert rows() == []
    assert mails() == []


def test_following_leaves_nothing_but_the_row(client, place):
    with acting(system(Purpose.OPERATOR)):
        before = AuditEntry.objects.count()
    confirmed(client)
    end = end_of(place)
    assert client.post(f"/ar/follow/end/{end}/").status_code == 200
    with acting(system(Purpose.OPERATOR)):
        assert AuditEntry.objects.count() == before
    with acting(system(Purpose.FOLLOW)):
        assert not Follow.objects.exists()


def test_pages_are_private_and_link_back(client, place):
    response = client.get(f"/fr{PLACE}")
    text = response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert '<html lang="fr"' in text
    assert 'content="noindex"' in text
    assert "/fr/facilities/harbour-centre/" in text
    assert "/fr/feeds/access.atom?facility=harbour-centre" in text
    assert text.count("<form") == 1


@pytest.mark.parametrize("language", ["en", "ar", "es", "fr"])
def test_the_public_pages_lead_here_in_their_language(client, place, language):
    land = place.country.iso2
    for path, query in (
        ("/facilities/harbour-centre/", "facility=harbour-centre"),
        (f"/countries/{land}/", f"country={land}"),
    ):
        for response in (
            client.get(f"/{language}{path}"),
            client.get(path, headers={"Accept-Language": language}),
        ):
            text = response.content.decode()
            assert f'href="/{language}/follow/?{query}"' in text
            assert f'href="/{language}/feeds/access.atom?{query}"' in text
            assert not response.cookies


def test_the_mail_is_in_the_language_of_the_page(client, place):
    asked(client, f"/ar{PLACE}")
    (mail,) = mails()
    assert "/ar/follow/confirm/" in mail.text
    assert '<html lang="ar" dir="rtl">' in mail.html
    assert [row.language for row in rows()] == ["ar"]
