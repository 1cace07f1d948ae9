"""Browsers on the way in: the password shown, the question of a passkey answered."""

from __future__ import annotations

import json

from django.test import Client

from network.actions.second_factors import make_recovery_codes
from network.queries.factors import factors_of
from network.tenancy import acting
from tests.network.second_factors.people import alone

PASSWORD = "quiet harbour lantern"
FACTORS = "/account/second-factor/"
APP = f"{FACTORS}code-app/"
SIGN_IN, SECOND = "/account/sign-in/", "/account/sign-in/second/"
QUESTION, ANSWER = "/account/sign-in/passkey/question/", "/account/sign-in/passkey/"


def with_password(person):
    person.set_password(PASSWORD)
    with acting(alone(person)):
        person.save()
    return person


def give_password(person, **more):
    """A browser that has shown the password."""
    client = Client()
    response = client.post(SIGN_IN, {"email": person.email, "password": PASSWORD, **more})
    return client, response


def codes_of(person):
    with acting(alone(person)) as actor:
        return make_recovery_codes(actor)


def own(person):
    with acting(alone(person)) as actor:
        return list(factors_of(actor))


def is_in(client):
    return client.get("/account/").status_code == 200


def asked(client, path=QUESTION):
    said = client.post(path).json()
    return {"publicKey": said["options"]}, said["state"]


def answer(client, key, **changes):
    """What the browser sends after the key has answered the question of this site."""
    options, state = asked(client)
    return client.post(
        ANSWER, {"answer": json.dumps(key.sign(options, **changes)), "state": state}
    )
