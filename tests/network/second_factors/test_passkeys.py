"""Passkeys: the node's own origin, one question each time, its owner's key, and no copy."""

import pytest
from django.core.exceptions import ValidationError
from fido2.utils import websafe_encode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.actions.second_factors import (
    begin_passkey,
    finish_passkey,
    kinds_of,
    passkey_options,
    passkeys_work,
    verify_passkey,
)
from network.models import AuditEntry, Person, SecondFactor
from network.permissions import Refused
from network.queries.factors import factors_of
from network.tenancy import Purpose, acting, system, visitor
from tests.depth import cases
from tests.network.second_factors.authenticator import PRESENT, Authenticator
from tests.network.second_factors.people import alone, signing_in, with_passkey


@pytest.fixture(autouse=True)
def _origin(settings):
    settings.PUBLIC_ORIGIN = "http://localhost:8000"


@pytest.fixture
def key():
    return Authenticator()


def add(actor, authenticator, **changes):
    store = {}
    options = begin_passkey(actor, state_store=store)
    return finish_passkey(
        actor, state_store=store, response=authenticator.make(options, **changes)
    )


def sign_in(person, authenticator, **changes):
    """Whom the answer lets in, by the second step or, without a person, by the key alone."""
    store = {}
    with signing_in():
        options = passkey_options(person and person.pk, store)
        return verify_passkey(store, authenticator.sign(options, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": "http://localhost:8001"},
        {"origin": "https://localhost:8000"},
        {"origin": "http://evil.localhost:8000"},
        {"origin": "http://127.0.0.1:8000"},
        {"origin": "https://evil.example"},
        {"rp_id": "evil.example"},
        {"challenge": websafe_encode(b"another question of 32 bytes ...")},
        {"flags": 0},
    ],
    ids=str,
)
def test_an_answer_to_another_question_adds_nothing(cast, key, changes):
    with acting(alone(cast.omar)) as actor:
        with pytest.raises(ValidationError) as refused:
            add(actor, key, **changes)
        assert refused.value.code == "response"
        assert not factors_of(actor).exists()


def test_a_question_is_answered_once_by_whom_it_was_put_to_and_in_time(cast, key, clock):
    with acting(alone(cast.omar)) as actor:
        store = {}
        answer = key.make(begin_passkey(actor, state_store=store))
        stolen, late = dict(store), dict(store)
        finish_passkey(actor, state_store=store, response=answer)
        with pytest.raises(ValidationError) as refused:
            finish_passkey(actor, state_store=store, response=answer)
        assert refused.value.code == "too_late"
    with acting(alone(cast.edna)) as actor, pytest.raises(ValidationError) as refused:
        finish_passkey(actor, state_store=stolen, response=answer)
    assert refused.value.code == "too_late"
    clock.goes(601)
    with acting(alone(cast.omar)) as actor, pytest.raises(ValidationError) as refused:
        finish_passkey(actor, state_store=late, response=answer)
    assert refused.value.code == "too_late"


def test_a_passkey_belongs_to_one_account(cast, key):
    with_passkey(cast.omar, key)
    for person in (cast.omar, cast.chiara):
        with acting(alone(person)) as actor:
            with pytest.raises(ValidationError) as refused:
                add(actor, key)
            assert refused.value.code == "known"
            # The refusal has spoilt nothing: the transaction goes on.
            assert factors_of(actor).count() == (person == cast.omar)


def test_only_a_person_adds_one(cast):
    for actor in (visitor(), system(Purpose.OPERATOR), system(Purpose.SIGN_IN)):
        with acting(actor), pytest.raises(Refused):
            begin_passkey(actor, state_store={})


def test_what_the_browser_is_asked_names_no_address_and_no_id(cast, key):
    with_passkey(cast.omar, key)
    with acting(alone(cast.omar)) as actor:
        asked = begin_passkey(actor, state_store={})["publicKey"]
    assert asked["rp"]["id"] == "localhost"
    assert asked["user"]["name"] == asked["user"]["displayName"] == "Omar"
    assert "example.org" not in str(asked)
    assert cast.omar.pk.hex not in str(asked)
    assert websafe_encode(cast.omar.pk.bytes) not in str(asked)
    assert asked["authenticatorSelection"]["residentKey"] == "preferred"
    assert asked["authenticatorSelection"]["userVerification"] == "preferred"
    # The one that is there is left out; ways to reach it that do not exist are not passed on.
    named = asked["excludeCredentials"]
    assert [(one["id"], one["transports"]) for one in named] == [
        (websafe_encode(key.credential_id), ["usb"])
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": "http://localhost:8001"},
        {"origin": "http://evil.localhost:8000"},
        {"origin": "https://evil.example"},
        {"rp_id": "evil.example"},
        {"challenge": websafe_encode(b"another question of 32 bytes ...")},
        {"flags": 0},
        {"kind": "webauthn.create"},
        {"cross_origin": True},
        {"handle": b"somebody else"},
    ],
    ids=str,
)
@pytest.mark.parametrize("named", [True, False], ids=["second step", "alone"])
def test_an_answer_to_another_question_lets_nobody_in(cast, key, changes, named):
    with_passkey(cast.omar, key)
    person = cast.omar if named else None
    assert sign_in(person, key, **changes) is None
    assert sign_in(person, key) == cast.omar.pk


def test_a_passkey_lets_its_owner_in_as_second_step_and_alone(cast, key):
    other = Authenticator()
    with_passkey(cast.omar, key)
    with_passkey(cast.chiara, other)
    with signing_in():
        assert kinds_of(cast.omar.pk) == {"passkey"}
        asked = passkey_options(cast.omar.pk, {})["publicKey"]
        assert [c["id"] for c in asked["allowCredentials"]] == [websafe_encode(key.credential_id)]
        alone_ = passkey_options(None, {})["publicKey"]
        assert "allowCredentials" not in alone_
        assert alone_["userVerification"] == "required"
    assert sign_in(cast.omar, key) == cast.omar.pk
    assert sign_in(None, key) == cast.omar.pk
    assert sign_in(None, other) == cast.chiara.pk
    # A foreign passkey is none, whoever owns it.
    assert sign_in(cast.omar, other) is None
    assert sign_in(cast.edna, key) is None


def test_alone_it_wants_the_owners_finger_and_the_owners_name(cast, key):
    with_passkey(cast.omar, key)
    assert sign_in(cast.omar, key, flags=PRESENT) == cast.omar.pk
    assert sign_in(None, key, flags=PRESENT) is None
    assert sign_in(cast.omar, key, handle=b"") == cast.omar.pk
    assert sign_in(None, key, handle=b"") is None


def test_an_answer_is_good_once(cast, key):
    with_passkey(cast.omar, key)
    store = {}
    with signing_in():
        answer = key.sign(passkey_options(cast.omar.pk, store))
        again = dict(store)
        assert verify_passkey(store, answer) == cast.omar.pk
        assert verify_passkey(store, answer) is None
        # With the question stolen back the count still tells.
        assert verify_passkey(again, answer) is None


def test_a_wrong_answer_uses_the_question_up_and_time_does_too(cast, key, clock):
    with_passkey(cast.omar, key)
    store = {}
    with signing_in():
        answer = key.sign(passkey_options(cast.omar.pk, store))
        assert verify_passkey(store, {"id": "nonsense"}) is None
        assert verify_passkey(store, answer) is None
        late = key.sign(passkey_options(cast.omar.pk, store))
        clock.goes(601)
        assert verify_passkey(store, late) is None


def test_a_forged_signature_lets_nobody_in(cast, key):
    with_passkey(cast.omar, key)
    forger = Authenticator()
    forger.credential_id, forger.handle, forger.count = key.credential_id, key.handle, 500
    assert sign_in(cast.omar, forger) is None
    assert sign_in(None, forger) is None


def test_a_copy_that_has_fallen_behind_is_refused_and_written_down(cast, key):
    with_passkey(cast.omar, key)
    assert sign_in(cast.omar, key) == cast.omar.pk
    key.count -= 2
    for _again in range(2):
        assert sign_in(cast.omar, key) is None
        key.count -= 1
    key.counts = False
    key.count = 0
    assert sign_in(cast.omar, key) is None
    with acting(system(Purpose.OPERATOR)):
        noted = AuditEntry.objects.filter(verb="second_factor.copy_refused")
        assert [(e.object_id, e.organization_id) for e in noted] == [(cast.omar.pk, None)] * 3


def test_a_passkey_that_does_not_count_works_each_time(cast):
    key = Authenticator(counts=False)
    with_passkey(cast.omar, key)
    for _time in range(3):
        assert sign_in(cast.omar, key) == cast.omar.pk


def test_a_closed_account_a_removed_and_an_unreadable_passkey_let_nobody_in(cast, key, settings):
    with_passkey(cast.omar, key)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    assert sign_in(cast.omar, key) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert sign_in(None, key) == cast.omar.pk
    with acting(system(Purpose.OPERATOR)):
        Person.objects.filter(pk=cast.omar.pk).update(is_active=False)
    assert sign_in(None, key) is None
    with acting(system(Purpose.OPERATOR)):
        Person.objects.filter(pk=cast.omar.pk).update(is_active=True)
        SecondFactor.objects.all().delete()
    assert sign_in(None, key) is None


@pytest.mark.parametrize(
    ("origin", "works"),
    [
        ("https://visits.example", True),
        ("http://localhost:8000", True),
        ("http://site.localhost", True),
        ("http://visits.example", False),
        ("https://192.0.2.1", False),
        ("http://127.0.0.1:8000", False),
        ("https://[2001:db8::1]", False),
    ],
)
def test_passkeys_need_a_name_and_a_safe_connection(settings, origin, works):
    settings.PUBLIC_ORIGIN = origin
    assert passkeys_work() is works


def test_the_origin_is_compared_as_browsers_write_it(cast, settings):
    settings.PUBLIC_ORIGIN = "https://Visits.Example:443"
    key = Authenticator(origin="https://visits.example")
    with_passkey(cast.omar, key)
    assert sign_in(None, key) == cast.omar.pk
    assert sign_in(None, key, origin="https://www.visits.example") is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "rawId", "response", "type", "clientDataJSON", "signature"])
            | st.sampled_from(["authenticatorData", "attestationObject", "userHandle"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("part", ["rawId", "clientDataJSON", "authenticatorData", "userHandle"])
def test_a_number_in_the_place_of_bytes_takes_no_memory(cast, key, part):
    """The library would make so many zeros of it: one request could take all memory."""
    with_passkey(cast.omar, key)
    store = {}
    with signing_in():
        said = key.sign(passkey_options(None, store))
        place = said if part == "rawId" else said["response"]
        place[part] = 10**15
        assert verify_passkey(store, said) is None
    with acting(alone(cast.omar)) as actor, pytest.raises(ValidationError) as refused:
        said = Authenticator().make(begin_passkey(actor, state_store=store))
        said["response"]["attestationObject"] = 10**15
        finish_passkey(actor, state_store=store, response=said)
    assert refused.value.code == "response"


CUT = st.tuples(st.integers(0, 9), st.floats(0, 1), st.sampled_from(["", "A", "zz", "="]))


def damaged(honest, change):
    """Something else altogether, or the honest answer with one part exchanged or cut."""
    if not isinstance(change, tuple):
        return change
    parts = honest["response"]
    name = sorted(parts)[change[0] % len(parts)]
    at = int(change[1] * len(parts[name]))
    if isinstance(change[2], str):
        parts[name] = parts[name][:at] + change[2] if isinstance(parts[name], str) else change[2]
    else:
        parts[name] = change[2]
    return honest


CHANGES = JSON | CUT | st.tuples(st.integers(0, 9), st.just(0), JSON)


@settings(
    max_examples=cases(60, 1000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=CHANGES, second=CHANGES)
def test_nonsense_is_refused_and_never_a_fault(cast, first, second):
    key, store = Authenticator(), {}
    with acting(alone(cast.omar)) as actor:
        SecondFactor.objects.filter(person=cast.omar).delete()
        honest = key.make(begin_passkey(actor, state_store=store))
        refused = None
        try:
            finish_passkey(actor, state_store=store, response=damaged(honest, first))
        except ValidationError as error:
            refused = error.code
        assert refused in (None, "response")
    if refused:
        with_passkey(cast.omar, key)
    with signing_in():
        signed = key.sign(passkey_options(cast.omar.pk, store))
        assert verify_passkey(store, damaged(signed, second)) in (None, cast.omar.pk)
