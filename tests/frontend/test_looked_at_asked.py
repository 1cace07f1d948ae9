"""The pages on which stewards, applicants and readers write: the box, and the way on with it."""

import pytest
from django.test import Client

from directory.actions.cards import publish_card
from directory.models import Report, Vouch
from network.actions.organizations import grant_membership
from network.enums import Role
from network.models import Node
from network.tenancy import acting
from tests.directory import applied
from tests.directory.applied import apply, make_entry, present
from tests.frontend.joined import ANSWERS
from tests.frontend.test_looked_at import BOX, LOOKED, WARNING, error_at
from tests.network.members import OPERATOR
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
SEEN = "A123456789"


def asked_then_kept(client, path, typed, box):
    """The form asks at its box, keeps what was typed, and takes it with the tick."""
    assert BOX not in client.get(path).content.decode()
    asked = client.post(path, typed)
    assert asked.status_code == 422
    assert WARNING in error_at(asked, box)
    page = asked.content.decode()
    assert page.count(BOX) == 1
    assert page.count(SEEN) == 1
    return client.post(path, {**typed, **LOOKED})


def test_a_steward_is_asked_about_what_everybody_will_read(cast):
    application = apply(cast)
    typed = {"act": "approve", "approve-public_reason": SEEN, "base_version": "1"}
    path = f"/steward/applications/{application.pk}/"
    done = asked_then_kept(signed_in(cast.dov), path, typed, "id_approve-public_reason")
    assert done.status_code == 303
    assert present(application).public_reason == SEEN


def test_a_steward_is_asked_about_the_words_of_the_site(cast):
    typed = {"name": "Atlas", "rules_fr": SEEN}
    client = signed_in(cast.dov)
    asked = client.post("/steward/node/", typed)
    assert asked.status_code == 422
    assert BOX in asked.content.decode()
    assert client.post("/steward/node/", {**typed, **LOOKED}).status_code == 303
    with acting(OPERATOR):
        assert Node.objects.get(state="self").rules == {"fr": SEEN}


def test_a_reader_is_asked_about_a_note(cast):
    make_entry()
    path = "/programs/gb-quay-visitors/report/"
    done = asked_then_kept(Client(), path, {"kind": "wrong", "text": SEEN}, "id_text")
    assert done.status_code == 303
    with acting(OPERATOR):
        assert [one.text for one in Report.objects.all()] == [SEEN]


def test_an_applicant_is_asked_at_the_group_to_which_they_write(cast):
    application = apply(cast, answers={**applied.ANSWERS, **ANSWERS})
    with acting(OPERATOR) as operator:
        grant_membership(operator, organization=cast.applicant, person=cast.farid, role=Role.OWNER)
        for group in (cast.a, cast.b):
            publish_card(operator, organization=group)
    path = f"/desk/{cast.applicant.slug}/application/vouchers/"
    typed = {"group": cast.a.slug, "message": SEEN}
    done = asked_then_kept(signed_in(cast.farid), path, typed, f"to-{cast.a.slug}")
    assert done.status_code == 303
    with acting(OPERATOR):
        assert Vouch.objects.get(application=application).message == SEEN
