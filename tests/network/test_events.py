import uuid

import pytest
from django.db import transaction

from network import events
from network.events import MembershipEnded, OrganizationCreated, publish, subscribe


@pytest.fixture
def heard(monkeypatch):
    monkeypatch.setattr(events, "_receivers", type(events._receivers)(list))
    seen = []
    subscribe(OrganizationCreated, seen.append)
    return seen


@pytest.mark.django_db
def test_receivers_hear_after_the_commit(heard, django_capture_on_commit_callbacks):
    event = OrganizationCreated(uuid.uuid4())
    with django_capture_on_commit_callbacks(execute=True):
        publish(event)
        assert heard == []
    assert heard == [event]


@pytest.mark.django_db
def test_what_was_rolled_back_is_not_heard(heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(RuntimeError), transaction.atomic():
            publish(OrganizationCreated(uuid.uuid4()))
            raise RuntimeError
    assert heard == []


@pytest.mark.django_db
def test_one_receiver_that_fails_does_not_stop_the_next(
    monkeypatch, heard, django_capture_on_commit_callbacks, caplog
):
    def broken(event):
        raise ValueError("broken on purpose")

    events._receivers[OrganizationCreated].insert(0, broken)
    with django_capture_on_commit_callbacks(execute=True):
        publish(OrganizationCreated(uuid.uuid4()))
    assert len(heard) == 1
    assert "OrganizationCreated" in caplog.text


@pytest.mark.django_db
def test_other_events_are_not_heard_and_a_receiver_subscribes_once(
    heard, django_capture_on_commit_callbacks
):
    subscribe(OrganizationCreated, heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        publish(MembershipEnded(uuid.uuid4(), uuid.uuid4()))
        publish(OrganizationCreated(uuid.uuid4()))
    assert len(heard) == 1
