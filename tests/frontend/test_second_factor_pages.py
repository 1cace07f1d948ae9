"""Pages of the second step: adding, naming, removing; nothing of it for anybody else."""

import html
import re

import pyotp
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.actions.accounts import export_account
from network.queries.factors import factors_of
from network.tenancy import acting
from tests.frontend.second_steps import (
    ANSWER,
    APP,
    FACTORS,
    QUESTION,
    SIGN_IN,
    codes_of,
    own,
    with_password,
)
from tests.network.second_factors import conftest
from tests.network.second_factors.people import alone, code_at, with_app
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

clock = conftest.clock


@pytest.fixture(autouse=True)
def _origin(settings):
    settings.PUBLIC_ORIGIN = "http://localhost:8000"


@pytest.fixture
def omar(cast):
    """He signs in with a password."""
    return with_password(cast.omar)


PAGES = [FACTORS, APP, f"{APP}picture.png", f"{FACTORS}passkey/", f"{FACTORS}codes/"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_wants_somebody_signed_in_who_has_just_shown_it(cast, path):
    assert Client().get(path)["Location"].startswith(f"{SIGN_IN}?next=")
    client = signed_in(cast.omar)
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    answered = client.get(path)
    if path == FACTORS:
        assert answered.status_code == 200
    else:
        assert answered["Location"].startswith("/account/confirm/")
    for sent in (APP, f"{APP}confirm/", f"{FACTORS}passkey/question/", f"{FACTORS}codes/"):
        assert client.post(sent, {"code": "123456"})["Location"].startswith("/account/confirm/")
        assert Client().post(sent)["Location"].startswith(f"{SIGN_IN}?next=")
    assert own(cast.omar) == []


def test_a_code_app_is_added_without_scripts_and_leads_to_recovery_codes(cast):
    client = signed_in(cast.omar)
    assert client.get(f"{APP}picture.png").status_code == 404
    assert client.get(f"{FACTORS}codes/")["Location"] == FACTORS
    # Who had to show the password once more between form and answer comes back here.
    assert client.get(f"{APP}confirm/")["Location"] == APP
    begun = client.post(APP, {"name": "Old phone"})
    assert (begun.status_code, begun["Location"]) == (303, APP)
    page = client.get(APP)
    assert page["Cache-Control"] == "no-store"
    text = html.unescape(page.content.decode())
    read = pyotp.parse_uri(re.search(r'href="(otpauth://[^"]+)"', text)[1])
    groups = re.search(r"<code class=\"secret\".*?</code>", text, re.DOTALL)[0]
    assert re.sub(r"<[^>]+>|\s", "", groups) == read.secret
    picture = client.get(f"{APP}picture.png")
    assert picture["Content-Type"] == "image/png"
    assert picture["Cache-Control"] == "no-store"
    assert picture.content.startswith(b"\x89PNG")
    assert signed_in(cast.edna).get(f"{APP}picture.png").status_code == 404

    wrong = client.post(f"{APP}confirm/", {"code": "1234"})
    assert wrong.status_code == 422
    assert read.secret[:4] in wrong.content.decode()
    assert b"This is not the present code" in wrong.content
    assert own(cast.omar) == []
    done = client.post(f"{APP}confirm/", {"code": code_at(read)})
    assert (done.status_code, done["Location"]) == (303, f"{FACTORS}codes/")
    assert [f.name for f in own(cast.omar)] == ["Old phone"]
    assert client.get(f"{APP}picture.png").status_code == 404
    assert b"otpauth" not in client.get(APP).content

    shown = client.post(f"{FACTORS}codes/")
    assert shown["Cache-Control"] == "no-store"
    codes = re.findall(r"<li><code>([0-9a-z-]{14})</code>", shown.content.decode())
    assert len(set(codes)) == 10
    later = client.get(f"{FACTORS}codes/").content + client.get(FACTORS).content
    assert not any(code.encode() in later for code in codes)
    assert read.secret.encode() not in later
    overview = client.get(FACTORS).content.decode()
    assert "Old phone" in overview
    assert "10 codes are left" in overview


def test_forms_want_their_token(omar):
    with_app(omar)
    client = signed_in(omar, checks_forms=True)
    [factor] = own(omar)
    for path in (APP, f"{FACTORS}codes/", f"{FACTORS}{factor.pk}/remove/", QUESTION, ANSWER):
        assert client.post(path).status_code == 403, path


def test_the_last_one_stays_and_the_page_says_what_to_do(cast):
    with_app(cast.omar)
    with_app(cast.bilal)
    [factor], [other] = own(cast.omar), own(cast.bilal)
    client = signed_in(cast.omar)
    assert b"It is your only one" in client.get(f"{FACTORS}{factor.pk}/remove/").content
    refused = client.post(f"{FACTORS}{factor.pk}/remove/")
    assert refused.status_code == 422
    assert b"Add another code app or passkey first" in refused.content
    assert own(cast.omar) == [factor]
    member = signed_in(cast.bilal)
    assert member.post(f"{FACTORS}{other.pk}/remove/")["Location"] == FACTORS
    assert own(cast.bilal) == []


@pytest.mark.parametrize("part", ["", "remove/"])
def test_a_foreign_and_a_missing_factor_are_the_same_404(cast, part):
    with_app(cast.omar, name="Mine")
    [factor] = own(cast.omar)
    client = signed_in(cast.amara)
    missing = f"{FACTORS}00000000-0000-4000-8000-000000000000/{part}"
    foreign = f"{FACTORS}{factor.pk}/{part}"
    for ask in (client.get, client.post):
        answers = [ask(path) for path in (missing, foreign)]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].content == answers[1].content
    assert [f.name for f in own(cast.omar)] == ["Mine"]


def test_a_name_is_changed_and_shown_as_text(cast):
    with_app(cast.omar)
    [factor] = own(cast.omar)
    client = signed_in(cast.omar)
    refused = client.post(f"{FACTORS}{factor.pk}/", {"name": "a\u202eb"})
    assert refused.status_code == 422
    assert client.post(f"{FACTORS}{factor.pk}/", {"name": "<b>هاتف</b>"})["Location"] == FACTORS
    assert "&lt;b&gt;هاتف&lt;/b&gt;" in client.get(FACTORS).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_overview_asks_as_much_for_three_as_for_one(cast, many):
    for _app in range(many):
        with_app(cast.omar)
    codes_of(cast.omar)
    client = signed_in(cast.omar)
    client.get(FACTORS)
    with CaptureQueriesContext(connection) as captured:
        client.get(FACTORS)
    # Session with its person, factors, codes, roles; without what opens a scope on PostgreSQL.
    opening = ("set_config", "current_setting", "SAVEPOINT")
    questions = [q["sql"] for q in captured if not any(word in q["sql"] for word in opening)]
    assert len(questions) == 4


def test_where_passkeys_cannot_work_the_page_offers_the_code_app(cast, settings):
    settings.PUBLIC_ORIGIN = "http://192.0.2.1"
    client = signed_in(cast.omar)
    assert b"data-passkey" not in client.get(f"{FACTORS}passkey/").content
    assert APP.encode() in client.get(f"{FACTORS}passkey/").content
    assert f'{FACTORS}passkey/"'.encode() not in client.get(FACTORS).content


def test_the_copy_of_an_account_says_what_there_is_and_no_secret(cast):
    app = with_app(cast.omar, name="Old phone")
    with acting(alone(cast.omar)) as actor:
        copy = export_account(actor, person=cast.omar)
        sealed = factors_of(actor).get().secret
    assert [(f["kind"], f["name"]) for f in copy["second_factors"]] == [("totp", "Old phone")]
    assert app.secret not in str(copy)
    assert sealed not in str(copy)


def test_passkeys_are_asked_for_on_the_pages_of_accounts_and_on_no_other(cast):
    client = signed_in(cast.omar)
    for path in (FACTORS, SIGN_IN, f"/ar{FACTORS}"):
        policy = client.get(path)["Permissions-Policy"]
        assert "publickey-credentials-get=(self)" in policy
        assert "publickey-credentials-create=(self)" in policy
        assert "camera=()" in policy
    for path in ("/about/", "/desk/harbour-visitors/", "/accounts/", "/en/about/"):
        policy = client.get(path)["Permissions-Policy"]
        assert "publickey-credentials-get=()" in policy
        assert "self" not in policy
