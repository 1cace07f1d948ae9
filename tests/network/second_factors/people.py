"""People with second factors, for the tests."""

from __future__ import annotations

import pyotp
from django.utils import timezone

from network.actions.second_factors import begin_totp, confirm_totp, totp_offer
from network.actions.second_factors.passkeys import begin_passkey, finish_passkey
from network.tenancy import Actor, Purpose, Via, acting, system


def alone(person):
    """The actor of a person who acts for no organization, as on the pages of the account."""
    return Actor(via=Via.PAGE, person_id=person.pk)


def signing_in():
    """The scope in which the sign-in asks."""
    return acting(system(Purpose.SIGN_IN, via=Via.PAGE))


def code_at(app, steps=0):
    """The code of an app so many time steps from now."""
    return app.at(timezone.now(), counter_offset=steps)


def with_app(person, name=""):
    """A confirmed code app of the person; the step before the present one is used up."""
    with acting(alone(person)) as actor:
        begin_totp(actor, name=name)
        app = pyotp.TOTP(totp_offer(actor).secret)
        confirm_totp(actor, code=code_at(app, -1))
    return app


def with_passkey(person, authenticator, name=""):
    """The person's passkey on an authenticator."""
    store = {}
    with acting(alone(person)) as actor:
        options = begin_passkey(actor, state_store=store)
        return finish_passkey(
            actor, state_store=store, response=authenticator.make(options), name=name
        )
