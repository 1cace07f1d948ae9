"""Guessing at a code is slow, and shuts no other way in."""

import pytest

from network.actions.second_factors import make_recovery_codes, take_try, verify_code
from network.tenancy import acting
from tests.network.second_factors.people import alone, code_at, signing_in, with_app


@pytest.mark.django_db
def test_guessing_at_the_app_is_refused_and_leaves_the_recovery_codes(cast):
    asked = [take_try(cast.omar.pk, f"{n:06}").allowed for n in range(9)]
    assert asked == [True] * 8 + [False]
    assert not take_try(cast.omar.pk, " 123 456 ").allowed
    assert take_try(cast.omar.pk, "0000-0000-0000").allowed
    assert take_try(cast.edna.pk, "123456").allowed


@pytest.mark.django_db
def test_in_a_day_there_are_forty(clock, cast):
    allowed = 0
    for _quarter in range(90):
        clock.goes(901)
        allowed += sum(take_try(cast.omar.pk, "123456").allowed for _n in range(9))
    assert allowed == 40


def test_a_right_code_begins_the_counting_anew(cast):
    app = with_app(cast.omar)
    with acting(alone(cast.omar)) as actor:
        codes = make_recovery_codes(actor)
    for right in (code_at(app, 1), codes[0]):
        for _n in range(7):
            assert take_try(cast.omar.pk, right).allowed
        with signing_in():
            assert verify_code(cast.omar.pk, right)
        assert take_try(cast.omar.pk, right).remaining == 7


def test_a_wrong_code_does_not(cast):
    app = with_app(cast.omar)
    wrong = f"{(int(code_at(app)) + 500_000) % 1_000_000:06}"
    for left in (7, 6, 5):
        assert take_try(cast.omar.pk, wrong).remaining == left
        with signing_in():
            assert not verify_code(cast.omar.pk, wrong)
