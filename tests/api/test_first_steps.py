"""Beginning an application by the API: the same for every address, and nothing before a press."""

import pytest
from django.test import Client

from directory.actions.applying import limits
from directory.models import Application, FirstStep, Objection
from network.enums import Role, Scope
from network.models import KeptAnswer, Membership, Person
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, document, token_for
from tests.api.test_schema_anybody import HOME, OBJECT, SIGNED, taken_over
from tests.factories import make_country, make_facility, make_listing
from tests.frontend.joined import FIRST, mails_to, token_in
from tests.network.members import OPERATOR

__all__ = ["taken_over"]  # a fixture

pytestmark = pytest.mark.django_db
STEP = {"kind": "register", **FIRST}
AMARA, NOBODY = "amara@example.org", "nobody@example.org"


@pytest.fixture(autouse=True)
def _countries():
    make_country("GB")


def begin(token=None, headers=None, **values):
    return ask(HOME, token, method="POST", body={**STEP, **values}, headers=headers)


def steps():
    with acting(system(Purpose.SIGN_IN)):
        return list(FirstStep.objects.order_by("created_at"))


def people():
    with acting(OPERATOR):
        return Person.objects.count()


def test_bytes_headers_and_mails_are_the_same_for_every_address(cast):
    told = [begin(email=one) for one in (AMARA, NOBODY)]
    assert [one.status_code for one in told] == [202, 202]
    assert told[0].content == told[1].content
    assert dict(told[0].items()) == dict(told[1].items())
    known, unknown = (mails_to(one)[0] for one in (AMARA, NOBODY))
    assert known.subject == unknown.subject
    assert known.text.replace(token_in(known), "x") == unknown.text.replace(token_in(unknown), "x")
    with acting(OPERATOR):
        assert not Application.objects.exists()


def test_nothing_is_made_before_the_button_is_pressed(cast):
    before = people()
    begin()
    assert people() == before
    assert token_in(mails_to("noor@example.org")[0]) not in str(vars(steps()[0]))
    Client().post(f"/join/go-on/{token_in(mails_to('noor@example.org')[0])}/")
    with acting(OPERATOR):
        [made] = Application.objects.select_related("person")
    assert (made.kind, made.state, made.person.email) == ("register", "draft", "noor@example.org")


def test_pages_and_api_are_counted_together_and_when_is_not_told(cast):
    for _ in range(2):
        assert begin().status_code == 202
    assert Client().post("/join/", FIRST).status_code == 303
    answer = begin(email="  NOOR@example.org ".strip())
    assert answer.status_code == 429
    assert answer["Retry-After"] == str(limits.DAY)
    assert begin(email=NOBODY).status_code == 202
    assert len(steps()) == 4


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "join"}, "kind"),
        ({"name": " "}, "name"),
        ({"name": "A-123 456 789"}, "name"),
        ({"country": "XX"}, "country"),
        ({"person_name": ""}, "person_name"),
        ({"email": "noor"}, "email"),
        ({"email": None}, "email"),
        ({"language": "xx"}, "language"),
        ({"listing": "fr-free"}, "listing"),
        ({"facility": "harbour"}, "facility"),
        ({"kind": "claim", "listing": "fr-free"}, "country"),
        ({"kind": "start", "facility": "nowhere"}, "facility"),
        ({"password": "x"}, "password"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_is_not_counted(values, field):
    make_listing(slug="fr-free")
    for _ in range(limits.TO_ONE):
        answer = begin(**values)
        assert answer.status_code == 400
        assert list(document(answer)["errors"]) == [field]
    assert steps() == []
    assert begin().status_code == 202


def test_what_is_wrong_is_said_in_the_callers_language():
    texts = {
        code: document(begin(headers={"Accept-Language": code}, email="noor"))["errors"]["email"]
        for code in ("en", "fr", "es", "ar")
    }
    assert texts["en"] == ["Write the whole address, for example amara@example.org."]
    assert len({text for [text] in texts.values()}) == len(texts)


def test_a_claim_is_of_an_entry_that_nobody_has_claimed(cast):
    make_listing(slug="gb-free", country=make_country("GB"))
    make_listing(slug="gb-own", claim="own")
    body = {name: value for name, value in STEP.items() if name != "country"}
    for slug in ("gb-own", "gb-ghost"):
        answer = ask(HOME, method="POST", body={**body, "kind": "claim", "listing": slug})
        assert list(document(answer)["errors"]) == ["listing"]
    answer = ask(HOME, method="POST", body={**body, "kind": "claim", "listing": "gb-free"})
    assert answer.status_code == 202
    [step] = steps()
    assert (step.listing_slug, step.answers["country"]) == ("gb-free", "GB")


def test_who_starts_at_a_place_needs_no_country():
    make_facility(slug="harbour", name="Harbour House", country=make_country("GB"))
    body = {name: value for name, value in STEP.items() if name != "country"}
    answer = ask(HOME, method="POST", body={**body, "kind": "start", "facility": "harbour"})
    assert answer.status_code == 202
    [step] = steps()
    assert (step.answers["places"], step.answers["country"]) == ("Harbour House", "GB")


def test_with_a_token_the_mail_goes_to_its_person_and_nobody_else(cast):
    token = token_for(cast, "bilal")
    for name in ("email", "person_name"):
        answer = ask(HOME, token, method="POST", body={**SIGNED, name: NOBODY})
        assert list(document(answer)["errors"]) == [name]
    answer = ask(HOME, token, method="POST", body=SIGNED)
    assert answer.status_code == 202
    assert answer.content == begin().content
    [step, _other] = steps()
    assert step.email == cast.bilal.email
    assert step.answers["person_name"] == cast.bilal.display_name
    with acting(OPERATOR):
        assert not Application.objects.exists()


def test_a_token_that_may_not_is_refused_and_none_is_made_of_a_wrong_one(cast):
    reading = token_for(cast, "amara", Scope.DIRECTORY_READ)
    assert ask(HOME, reading, method="POST", body=SIGNED).status_code == 403
    assert begin("wrong").status_code == 401
    gone = token_for(cast, "amara")
    with acting(OPERATOR):
        Membership.objects.filter(person=cast.amara).update(
            role=Role.OWNER, ended_at="2026-01-01T00:00Z"
        )
    assert ask(HOME, gone, method="POST", body=SIGNED).status_code == 401
    assert steps() == []


def test_the_same_key_sends_one_mail(cast):
    key = {"Idempotency-Key": "k-1"}
    first, again = begin(headers=key), begin(headers=key)
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.content == again.content
    assert len(mails_to("noor@example.org")) == len(steps()) == 1
    # A key is nobody's own here: with another body it is another request.
    assert begin(headers=key, email=NOBODY).status_code == 202
    assert len(mails_to(NOBODY)) == 1
    assert begin(headers={"Idempotency-Key": "a b"}, email=NOBODY).status_code == 400
    with acting(OPERATOR):
        assert not KeptAnswer.objects.exists()


def test_with_a_token_the_same_key_sends_one_mail(cast):
    token, key = token_for(cast, "bilal"), {"Idempotency-Key": "k-1"}
    told = [ask(HOME, token, method="POST", body=SIGNED, headers=key) for _ in range(2)]
    assert [one.status_code for one in told] == [202, 202]
    assert told[1]["Idempotency-Replayed"] == "true"
    assert len(mails_to(cast.bilal.email)) == 1


def test_pages_of_other_origins_may_not_send(cast):
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    preflight = Client().options(HOME, headers=asked)
    assert "POST" not in preflight["Access-Control-Allow-Methods"]
    answer = Client().post(HOME, "{}", content_type="text/plain")
    assert answer.status_code == 415


def objections():
    with acting(OPERATOR):
        return list(Objection.objects.all())


@pytest.mark.usefixtures("taken_over")
def test_an_objection_is_for_the_stewards_alone():
    body, key = {"text": "Not theirs.", "email": NOBODY}, {"Idempotency-Key": "k"}
    for _ in range(2):
        answer = ask(OBJECT, method="POST", body=body, headers=key)
        assert (answer.status_code, answer.content) == (204, b"")
    [made] = objections()
    assert (made.text, made.email, made.language) == ("Not theirs.", NOBODY, "en")
    assert ask(OBJECT).status_code == 405


@pytest.mark.usefixtures("taken_over")
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 3001}, "text"),
        ({"email": "x"}, "email"),
        ({"x": 1}, "x"),
    ],
    ids=["empty", "long", "address", "unknown"],
)
def test_what_is_wrong_in_an_objection_is_said_at_its_field(values, field):
    answer = ask(OBJECT, method="POST", body={"text": "Not theirs.", **values})
    assert answer.status_code == 400
    assert list(document(answer)["errors"]) == [field]
    assert objections() == []


def test_an_entry_that_nobody_took_over_is_as_none(cast):
    make_listing(slug="gb-taken")
    missing = OBJECT.replace("gb-taken", "gb-ghost")
    answers = [ask(one, method="POST", body={"text": "Not theirs."}) for one in (OBJECT, missing)]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_objections_are_counted_together_with_the_page(taken_over, monkeypatch):
    monkeypatch.setattr(limits, "TO_ENTRY", 2)
    page = Client().post("/programs/gb-taken/object/", {"text": "Not theirs.", "email": ""})
    assert page.status_code == 200
    told = [ask(OBJECT, method="POST", body={"text": f"No {one}."}).status_code for one in "ab"]
    assert told == [204, 429]
    assert len(objections()) == 2
