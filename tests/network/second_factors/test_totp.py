"""Code apps: the right code once, and nothing else."""

import pyotp
import pytest
from django.core.exceptions import ValidationError

from network.actions.second_factors import (
    begin_totp,
    confirm_totp,
    kinds_of,
    totp_offer,
    verify_code,
)
from network.models import AuditEntry, Person, SecondFactor
from network.permissions import Refused
from network.queries.factors import factors_of
from network.tenancy import Purpose, acting, system, visitor
from tests.network.second_factors.people import alone, code_at, signing_in, with_app
from tests.several import at_once


def code_of_nobody(app):
    """A code that no step near the present one has."""
    near = {code_at(app, step) for step in range(-3, 4)}
    return next(code for code in map("{:06}".format, range(10)) if code not in near)


def test_a_wrong_code_confirms_nothing(cast):
    with acting(alone(cast.omar)) as actor:
        begin_totp(actor)
        app = pyotp.TOTP(totp_offer(actor).secret)
        for wrong in (
            code_of_nobody(app),
            code_at(app, -3),
            code_at(app, 3),
            "",
            "\uff11",
            "a" * 999,
        ):
            with pytest.raises(ValidationError) as refused:
                confirm_totp(actor, code=wrong)
            assert refused.value.code == "code"
        assert not factors_of(actor).exists()
        assert Person.objects.get(pk=cast.omar.pk).second_factor_since is None
    with signing_in():
        assert kinds_of(cast.omar.pk) == frozenset()
        # What waits for its first code lets nobody in.
        assert not verify_code(cast.omar.pk, code_at(app))


def test_the_right_code_confirms_and_is_used_up(cast):
    with acting(alone(cast.omar)) as actor:
        begin_totp(actor, name="  Old phone ")
        app = pyotp.TOTP(totp_offer(actor).secret)
        code = code_at(app)
        factor = confirm_totp(actor, code=f" {code[:3]} {code[3:]}")
        assert factor.name == "Old phone"
        assert Person.objects.get(pk=cast.omar.pk).second_factor_since is not None
        assert totp_offer(actor) is None
        with pytest.raises(ValidationError) as refused:
            confirm_totp(actor, code=code_at(app, 1))
        assert refused.value.code == "none_waiting"
    with signing_in():
        assert kinds_of(cast.omar.pk) == {"totp"}
        assert not verify_code(cast.omar.pk, code)


def test_a_code_lets_in_once_and_no_older_one_after_it(cast):
    app = with_app(cast.omar)
    with_app(cast.edna)
    with signing_in():
        assert not verify_code(cast.omar.pk, code_of_nobody(app))
        assert not verify_code(cast.edna.pk, code_at(app))
        assert not verify_code(cast.chiara.pk, code_at(app))
        assert verify_code(cast.omar.pk, code_at(app, 1))
        assert not verify_code(cast.omar.pk, code_at(app, 1))
        assert not verify_code(cast.omar.pk, code_at(app))
        assert not verify_code(cast.omar.pk, code_at(app, -1))
        assert SecondFactor.objects.get(person=cast.omar).used_on is not None


def test_codes_are_taken_as_keyboards_write_them(cast):
    app = with_app(cast.omar)
    arabic = code_at(app).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    with signing_in():
        assert verify_code(cast.omar.pk, f"\u200f{arabic[:3]} \u2013 {arabic[3:]} ")


@pytest.mark.usefixtures("committed")
def test_of_two_who_bring_the_same_code_at_once_one_is_let_in():
    with acting(system(Purpose.OPERATOR)):
        person = Person.objects.create_user("omar@example.org", display_name="Omar")
    app = with_app(person)
    code = code_at(app, 1)

    def sign_in():
        with signing_in():
            return verify_code(person.pk, code)

    assert sorted(at_once([sign_in] * 6)) == [False] * 5 + [True]


def test_the_secret_is_not_in_the_database_and_opens_in_its_own_row_only(cast, settings):
    app = with_app(cast.omar)
    other = with_app(cast.edna)
    with acting(system(Purpose.OPERATOR)):
        mine, hers = (SecondFactor.objects.get(person=p) for p in (cast.omar, cast.edna))
    assert app.secret not in mine.secret
    with acting(alone(cast.omar)):
        # Somebody who writes to the database cannot move a secret to another row.
        SecondFactor.objects.filter(pk=mine.pk).update(secret=hers.secret)
    with signing_in():
        assert not verify_code(cast.omar.pk, code_at(other))
    key = settings.SECRET_KEY
    settings.SECRET_KEY = "another" * 10
    with signing_in():
        assert not verify_code(cast.edna.pk, code_at(other))
        settings.SECRET_KEY_FALLBACKS = [key]
        assert verify_code(cast.edna.pk, code_at(other))


def test_what_is_offered_names_the_node_and_no_address(cast, settings):
    settings.NODE_NAME = "Visits: north"
    with acting(alone(cast.omar)) as actor:
        begin_totp(actor)
        offer = totp_offer(actor)
    read = pyotp.parse_uri(offer.uri)
    assert (read.issuer, read.name, read.secret) == ("Visits: north", "Omar", offer.secret)
    assert "example.org" not in offer.uri


def test_beginning_again_replaces_what_waited_and_leaves_what_counts(cast):
    app = with_app(cast.omar)
    with acting(alone(cast.omar)) as actor:
        begin_totp(actor)
        first = totp_offer(actor).secret
        begin_totp(actor)
        assert totp_offer(actor).secret not in (first, app.secret)
        with pytest.raises(ValidationError):
            confirm_totp(actor, code=code_at(pyotp.TOTP(first)))
        assert [f.kind for f in factors_of(actor)] == ["totp"]
    with signing_in():
        assert verify_code(cast.omar.pk, code_at(app))


def test_a_code_app_waits_for_an_hour(cast, clock):
    with acting(alone(cast.omar)) as actor:
        begin_totp(actor)
        app = pyotp.TOTP(totp_offer(actor).secret)
        clock.goes(3601)
        assert totp_offer(actor) is None
        with pytest.raises(ValidationError) as refused:
            confirm_totp(actor, code=code_at(app))
        assert refused.value.code == "none_waiting"
        begin_totp(actor)
        assert totp_offer(actor) is not None


def test_three_code_apps_are_enough(cast):
    for _app in range(3):
        with_app(cast.omar)
    with acting(alone(cast.omar)) as actor, pytest.raises(ValidationError) as refused:
        begin_totp(actor)
    assert refused.value.code == "too_many"
    with_app(cast.edna)


def test_nobody_adds_a_factor_for_anybody_else(cast):
    for actor in (visitor(), system(Purpose.OPERATOR), system(Purpose.SIGN_IN)):
        with acting(actor), pytest.raises(Refused):
            begin_totp(actor)
    with acting(system(Purpose.OPERATOR)):
        Person.objects.filter(pk=cast.omar.pk).update(is_active=False)
    with acting(alone(cast.omar)) as actor, pytest.raises(Refused):
        begin_totp(actor)


def test_each_organization_of_the_person_reads_of_it(cast):
    with_app(cast.omar)
    with acting(system(Purpose.OPERATOR)):
        entries = list(AuditEntry.objects.filter(verb__startswith="second_factor"))
    assert [(e.organization_id, e.person_id, e.verb) for e in entries] == [
        (cast.a.pk, cast.omar.pk, "second_factor.added")
    ]
    assert entries[0].details == {"kind": "totp"}
