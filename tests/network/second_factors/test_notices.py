"""Each change is told to its person, in their language, without a secret."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from network.actions.second_factors import (
    make_recovery_codes,
    passkey_options,
    remove_factor,
    reset_second_factors,
    verify_code,
    verify_passkey,
)
from network.models import OutgoingMail, Person, Session, SignInLink
from network.queries.factors import factors_of
from network.tenancy import Purpose, acting, system
from tests.network.second_factors.authenticator import Authenticator
from tests.network.second_factors.people import alone, signing_in, with_app, with_passkey


def mails():
    with acting(system(Purpose.MAIL)):
        return sorted(OutgoingMail.objects.all(), key=lambda mail: mail.subject)


@pytest.fixture
def key(settings):
    settings.PUBLIC_ORIGIN = "http://localhost:8000"
    return Authenticator()


def test_each_change_is_told_to_its_person_and_nobody_else(cast, key):
    app = with_app(cast.bilal, name="Old phone")
    with_passkey(cast.bilal, key)
    with acting(alone(cast.bilal)) as actor:
        codes = make_recovery_codes(actor)
    with signing_in():
        assert verify_code(cast.bilal.pk, codes[0])
        assert not verify_code(cast.bilal.pk, codes[0])
    key.count = 0
    store = {}
    with signing_in():
        assert verify_passkey(store, key.sign(passkey_options(None, store))) is None
    with acting(alone(cast.bilal)) as actor:
        for factor in factors_of(actor):
            remove_factor(actor, factor_id=factor.pk)
    sent = mails()
    assert {mail.to for mail in sent} == {"bilal@example.org"}
    assert [mail.subject for mail in sent] == [
        "A code app was added to your account",
        "A code app was removed from your account",
        "A passkey of yours was refused",
        "A passkey was added to your account",
        "A passkey was removed from your account",
        "A recovery code was used for your account",
        "New recovery codes were made for your account",
    ]
    assert "9 recovery codes are left" in sent[5].text
    told = " ".join(mail.text + mail.html for mail in sent)
    for secret in (app.secret, *codes, *(code.replace("-", "") for code in codes), "Old phone"):
        assert secret not in told
    assert all("/account/second-factor/" in mail.text for mail in sent)


def test_the_mail_speaks_the_persons_language(cast):
    with acting(system(Purpose.OPERATOR)):
        Person.objects.filter(pk=cast.omar.pk).update(language="ar")
    with_app(cast.omar)
    assert '<html lang="ar" dir="rtl">' in mails()[0].html


def begin_somewhere(person):
    with acting(system(Purpose.SIGN_IN)):
        now = timezone.now()
        Session.objects.create(
            key_hash=str(person.pk), person=person, seen_on=now.date(), expires_at=now
        )
        SignInLink.objects.create(
            person=person, kind="sign_in", token_hash=str(person.pk), expires_at=now
        )


def test_a_reset_signs_out_and_tells(cast):
    for person in (cast.omar, cast.edna):
        with_app(person)
        begin_somewhere(person)
    with acting(system(Purpose.OPERATOR)) as operator:
        reset_second_factors(operator, person=cast.omar)
        reset_second_factors(operator, person=cast.omar)
        for model in (Session, SignInLink):
            assert [row.person_id for row in model.objects.all()] == [cast.edna.pk]
    told = [mail for mail in mails() if "taken away" in mail.subject]
    assert [mail.to for mail in told] == ["omar@example.org"]


def test_the_command_resets_one_account(cast, capsys):
    with_app(cast.omar)
    with_app(cast.edna)
    call_command("reset_second_factor", email=" Omar@Example.org", json=True)
    answer = json.loads(capsys.readouterr().out)
    assert answer == {
        "person": {"id": str(cast.omar.pk), "email": "omar@example.org"},
        "removed": 1,
    }
    call_command("reset_second_factor", email="omar@example.org")
    assert "nothing was changed" in capsys.readouterr().out
    with acting(alone(cast.edna)) as actor:
        assert factors_of(actor).count() == 1
    with pytest.raises(CommandError, match="no account"):
        call_command("reset_second_factor", email="nobody@example.org")
