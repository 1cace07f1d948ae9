"""`manage.py worker --once`: what is due is done, with the mails that this brings."""

import json
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from network.actions.mail import send_mail
from network.models import Job, OutgoingMail
from network.project.worker import HEARTBEAT
from network.tenancy import Purpose, acting, system


def write(to):
    with acting(system(Purpose.MAIL)) as actor:
        return send_mail(actor, to=to, subject="Due", text="Due")


def run():
    out = StringIO()
    call_command("worker", "--once", "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db
def test_what_is_due_is_sent_and_what_is_not_waits():
    write("due@example.org")
    later = write("later@example.org")
    with acting(system(Purpose.MAIL)):
        OutgoingMail.objects.filter(pk=later.pk).update(due_at="2999-01-01T00:00Z")
    assert run() == {"rounds": 1}
    assert [one.to for one in mail.outbox] == [["due@example.org"]]
    with acting(system(Purpose.MAIL)):
        assert list(OutgoingMail.objects.values_list("to", flat=True)) == ["later@example.org"]
    assert Job.objects.filter(name=HEARTBEAT).exists()
    assert run() == {"rounds": 1}
    assert len(mail.outbox) == 1


def test_what_a_round_leaves_over_is_done_in_the_next(committed, monkeypatch):
    monkeypatch.setattr("network.actions.mail.MOST_AT_ONCE", 2)
    for number in range(3):
        write(f"due{number}@example.org")
    assert run() == {"rounds": 2}
    assert len(mail.outbox) == 3
