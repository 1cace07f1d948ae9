"""Recovery codes: each once, none twice, and old ones never."""

import pytest
from django.core.exceptions import ValidationError

from network.actions.second_factors import (
    kinds_of,
    make_recovery_codes,
    verify_code,
)
from network.events import SecondFactorChanged, subscribe
from network.models import AuditEntry, Person, RecoveryCode
from network.permissions import Refused
from network.queries.factors import recovery_codes_left
from network.tenancy import Purpose, acting, system, visitor
from tests.network.second_factors.people import alone, signing_in, with_app
from tests.several import at_once


def codes_of(person):
    with acting(alone(person)) as actor:
        return make_recovery_codes(actor)


def test_without_a_second_factor_there_is_nothing_to_recover(cast):
    with acting(alone(cast.omar)) as actor, pytest.raises(ValidationError) as refused:
        make_recovery_codes(actor)
    assert refused.value.code == "no_factor"
    for actor in (visitor(), system(Purpose.OPERATOR)):
        with acting(actor), pytest.raises(Refused):
            make_recovery_codes(actor)


def test_a_code_lets_its_own_person_in_once(cast):
    with_app(cast.omar)
    with_app(cast.edna)
    codes, others = codes_of(cast.omar), codes_of(cast.edna)
    assert len(set(codes)) == 10
    with signing_in():
        assert kinds_of(cast.omar.pk) == {"totp", "recovery"}
        for wrong in ("", "0000-0000-0000", others[0], codes[0][:-1], codes[0] + "0", "x" * 999):
            assert not verify_code(cast.omar.pk, wrong)
        assert verify_code(cast.omar.pk, codes[0])
        assert not verify_code(cast.omar.pk, codes[0])
        assert recovery_codes_left(cast.omar.pk) == 9
        assert recovery_codes_left(cast.edna.pk) == 10


def test_a_code_is_read_as_people_write_it(cast):
    with_app(cast.omar)
    codes = codes_of(cast.omar)
    with signing_in():
        assert verify_code(cast.omar.pk, f"  {codes[0].upper().replace('-', ' ')}\n")
        assert verify_code(cast.omar.pk, codes[1].replace("0", "O").replace("1", "l"))


def test_new_codes_end_the_old_ones(cast):
    with_app(cast.omar)
    old, new = codes_of(cast.omar), codes_of(cast.omar)
    with signing_in():
        assert not any(verify_code(cast.omar.pk, code) for code in old)
        assert recovery_codes_left(cast.omar.pk) == 10
        assert verify_code(cast.omar.pk, new[9])


def test_the_last_code_used_leaves_the_other_ways(cast):
    with_app(cast.omar)
    codes = codes_of(cast.omar)
    with signing_in():
        assert all(verify_code(cast.omar.pk, code) for code in codes)
        assert kinds_of(cast.omar.pk) == {"totp"}


def test_no_code_is_in_the_database_and_the_hash_needs_the_key(cast, settings):
    with_app(cast.omar)
    codes = codes_of(cast.omar)
    with acting(alone(cast.omar)):
        kept = str(list(RecoveryCode.objects.values_list()))
        kept_hash = RecoveryCode.objects.order_by("id").first().code_hash
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    with_app(cast.edna)
    codes_of(cast.edna)
    # Somebody who writes to the database cannot hand a code on to another person.
    with acting(alone(cast.edna)):
        hers = RecoveryCode.objects.filter(person=cast.edna).first()
        hers.code_hash = kept_hash
        hers.save()
    with signing_in():
        assert not any(verify_code(cast.edna.pk, code) for code in codes)
    key, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    with signing_in():
        assert not verify_code(cast.omar.pk, codes[0])
        settings.SECRET_KEY_FALLBACKS = [key]
        assert verify_code(cast.omar.pk, codes[0])


@pytest.mark.usefixtures("committed")
def test_of_two_who_bring_the_same_code_at_once_one_is_let_in():
    with acting(system(Purpose.OPERATOR)):
        person = Person.objects.create_user("omar@example.org", display_name="Omar")
    with_app(person)
    code = codes_of(person)[0]

    def sign_in():
        with signing_in():
            return verify_code(person.pk, code)

    assert sorted(at_once([sign_in] * 6)) == [False] * 5 + [True]


def test_making_and_using_is_written_down_and_told(cast, django_capture_on_commit_callbacks):
    heard = []
    subscribe(SecondFactorChanged, heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        with_app(cast.omar)
        code = codes_of(cast.omar)[0]
        with signing_in():
            assert not verify_code(cast.omar.pk, "0000-0000-0000")
            assert verify_code(cast.omar.pk, code)
    mine = [event.change for event in heard if event.person_id == cast.omar.pk]
    assert mine == ["added", "codes_made", "code_used"]
    with acting(system(Purpose.OPERATOR)):
        used = AuditEntry.objects.get(verb="second_factor.code_used")
        # The sign-in writes in no organization's name and in no person's.
        assert (used.organization_id, used.person_id, used.purpose) == (None, None, "sign_in")
        assert used.object_id == cast.omar.pk
