"""Mails that come back mark the account whose they were, and nothing that is made up does."""

import datetime as dt
import email.policy
import io
import json
import sys
from email.message import EmailMessage
from smtplib import SMTPRecipientsRefused
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.utils import timezone

from network.actions import mail_references
from network.actions.accounts import ask_for_new_email, confirm_new_email
from network.actions.bounces import is_for_good, mark_address, take_bounce
from network.actions.mail import send_due_mails, send_mail
from network.models import MemberName, OutgoingMail, Person
from network.queries.receivers import bounces_of
from network.tenancy import Actor, Purpose, Via, acting, system, visitor

pytestmark = pytest.mark.django_db
OPERATOR = system(Purpose.OPERATOR)
GONE = (550, b"5.1.1 <omar@example.org>: Recipient address rejected: User unknown")
today = timezone.localdate


class Refusing(BaseEmailBackend):
    """A relay that refuses every recipient as it is told."""

    answer = GONE

    def send_messages(self, email_messages):
        """Refuse.

        Raises:
            SMTPRecipientsRefused: always.
        """
        raise SMTPRecipientsRefused({email_messages[0].to[0]: self.answer})


class Greylisting(Refusing):
    """One that says to come back later."""

    answer = (450, b"4.2.0 Greylisted")


class Closed(Refusing):
    """One that does not relay for us, whoever the recipient is."""

    answer = (554, b"5.7.1 Relay access denied")


def since(person):
    with acting(OPERATOR):
        return Person.objects.get(pk=person.pk).mail_bounced_on


def names_marked():
    with acting(OPERATOR):
        rows = MemberName.objects.filter(mail_bounced_on__isnull=False)
        return sorted(rows.values_list("name", flat=True))


def send(to):
    with acting(visitor()) as nobody:
        send_mail(nobody, to=to, subject="x", text="x")
    return send_due_mails(system(Purpose.MAIL))


def sent_id(to="omar@example.org"):
    send(to)
    return outbox.outbox[-1].message()["Message-ID"]


def notification(message_id, *, action="failed", status="5.1.1", whole=True):
    """What a relay sends back."""
    original = EmailMessage()
    original["Message-ID"] = message_id
    original["To"] = "whoever@example.org"
    original.set_content("x")
    report = EmailMessage()
    report["From"] = "MAILER-DAEMON@relay.example"
    report.set_content("It could not be delivered.")
    report.make_mixed()
    raw = report.as_bytes(policy=email.policy.SMTP).decode()
    boundary = report.get_boundary()
    head = f'multipart/report; report-type=delivery-status; boundary="{boundary}"'
    raw = raw.replace(report["Content-Type"], head)
    inner = original.as_string()
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    if not whole:
        inner = inner.partition("\n\n")[0] + "\n"
    extra = (
        f"--{boundary}\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; relay.example\r\n\r\n"
        "Final-Recipient: rfc822; omar@example.org\r\n"
        f"Action: {action}\r\nStatus: {status}\r\n\r\n"
        f"--{boundary}\r\nContent-Type: {kind}\r\n\r\n{inner}\r\n--{boundary}--\r\n"
    )
    return raw.replace(f"--{boundary}--", extra).encode()


def take(raw):
    done = take_bounce(OPERATOR, raw=raw)
    return done.is_bounce, done.is_marked


def test_only_the_operators_hand_marks(cast):
    for purpose in set(Purpose) - {Purpose.OPERATOR, Purpose.STEWARD}:
        with pytest.raises(ValueError, match="operator"):
            take_bounce(system(purpose), raw=b"")
        with pytest.raises(ValueError, match="operator"):
            mark_address(system(purpose), email="omar@example.org")


@pytest.mark.parametrize("whole", [True, False], ids=["whole mail", "its headers"])
def test_a_bounce_of_a_mail_of_ours_marks_whose_it_was(cast, whole):
    raw = notification(sent_id(), whole=whole)
    assert take(raw) == (True, True)
    assert since(cast.omar) == today()
    assert names_marked() == ["Omar"]
    assert since(cast.amara) is None


def test_a_later_bounce_keeps_the_first_day(cast):
    message_id = sent_id()
    day = today() - dt.timedelta(days=4)
    with acting(OPERATOR):
        Person.objects.filter(pk=cast.omar.pk).update(mail_bounced_on=day)
    assert take(notification(message_id)) == (True, True)
    assert since(cast.omar) == day


def forged(part, message_id):
    number, day, digest = message_id.strip("<>").partition("@")[0].split(".")
    changed = {
        "another number": f"{uuid4().hex}.{day}.{digest}",
        "another day": f"{number}.{int(day) - 1}.{digest}",
        "another digest": f"{number}.{day}.{'0' * 32}",
        "no digest": f"{number}.{day}.",
    }
    return f"<{changed[part]}@localhost>"


@pytest.mark.parametrize("part", ["another number", "another day", "another digest", "no digest"])
def test_a_forged_bounce_marks_nobody(cast, part):
    assert take(notification(forged(part, sent_id()))) == (True, False)
    assert names_marked() == []


def test_an_address_in_a_bounce_marks_nobody(cast):
    assert take(notification("<1234@elsewhere.example>")) == (True, False)
    assert take(notification("")) == (True, False)
    assert since(cast.omar) is None


def test_the_number_of_one_persons_mail_marks_nobody_else(cast):
    raw = notification(sent_id("amara@example.org"))
    assert take(raw) == (True, True)
    assert names_marked() == ["Amara"]


def test_a_mail_to_an_address_that_was_changed_since_marks_nobody(cast):
    message_id = sent_id()
    with acting(OPERATOR):
        Person.objects.filter(pk=cast.omar.pk).update(email="omar.new@example.org")
    assert take(notification(message_id)) == (True, False)


def test_an_old_bounce_marks_nobody(cast, monkeypatch):
    message_id = sent_id()
    monkeypatch.setattr(mail_references, "LIVES", dt.timedelta(days=-1))
    assert take(notification(message_id)) == (True, False)


@pytest.mark.parametrize(
    ("action", "status"),
    [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "2.0.0"), ("failed", "4.4.7")],
)
def test_what_is_no_failure_for_good_changes_nothing(cast, action, status):
    assert take(notification(sent_id(), action=action, status=status)) == (False, False)
    assert since(cast.omar) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: I am away\r\nMessage-ID: %s\r\n\r\nhello",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nno parts",
        b"Content-Type: multipart/report; report-type=disposition-notification\r\n\r\n",
        b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.0.0\r\n\r\n",
    ],
    ids=["nothing", "no text", "an answer", "no parts", "another report", "alone"],
)
def test_anything_else_is_no_error(cast, raw):
    assert take(raw.replace(b"%s", sent_id().encode())) == (False, False)
    assert names_marked() == []


def test_a_mail_that_is_sent_again_keeps_its_number_and_others_have_another(cast):
    with acting(visitor()) as nobody:
        mail = send_mail(nobody, to="omar@example.org", subject="x", text="x")
        other = send_mail(nobody, to="omar@example.org", subject="x", text="x")
    first = mail_references.message_id(mail)
    assert first == mail_references.message_id(mail)
    assert first != mail_references.message_id(other)
    assert cast.omar.pk.hex not in first
    assert str(cast.omar.pk) not in first
    assert "omar" not in first


def test_a_recipient_refused_for_good_is_marked_and_the_mail_dropped(cast, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert send("Omar@example.org") == {"sent": 0, "put_off": 0, "given_up": 1}
    assert since(cast.omar) == today()
    assert names_marked() == ["Omar"]
    with acting(system(Purpose.MAIL)):
        assert not OutgoingMail.objects.exists()


def test_a_stranger_refused_for_good_marks_nobody(cast, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert send("nobody@example.org")["given_up"] == 1
    assert names_marked() == []


@pytest.mark.parametrize("relay", ["Greylisting", "Closed"])
def test_a_relay_that_refuses_for_now_or_refuses_us_marks_nobody(cast, settings, relay):
    settings.EMAIL_BACKEND = f"{__name__}.{relay}"
    assert send("omar@example.org") == {"sent": 0, "put_off": 1, "given_up": 0}
    assert since(cast.omar) is None


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (550, b"5.1.1 no such user", True),
        (550, b"No such user here", True),
        (552, b"5.2.2 mailbox full", True),
        (556, b"does not accept mail", True),
        (550, b"5.7.1 blocked by policy", False),
        (530, b"5.7.0 authentication required", False),
        (554, b"Transaction failed", False),
        (503, b"5.5.1 need MAIL first", False),
        (451, b"5.1.1 contradicts itself", False),
    ],
)
def test_which_refusals_are_of_the_address(code, text, expected):
    assert is_for_good(SMTPRecipientsRefused({"x@example.org": (code, text)})) is expected
    both = {"x@example.org": (code, text), "y@example.org": (450, b"later")}
    assert not is_for_good(SMTPRecipientsRefused(both))
    assert not is_for_good(SMTPRecipientsRefused({}))


def test_colleagues_see_the_name_and_the_day_of_present_members_only(cast):
    mark_address(OPERATOR, email="omar@example.org")
    mark_address(OPERATOR, email="chiara@example.org")
    with acting(cast.actor("amara")) as amara:
        assert bounces_of(amara) == {cast.omar.pk: ("Omar", today())}
    with acting(cast.actor("chiara")) as chiara:
        assert bounces_of(chiara) == {cast.chiara.pk: ("Chiara", today())}


def test_another_address_that_was_confirmed_clears_it(cast):
    mark_address(OPERATOR, email="omar@example.org")
    mark_address(OPERATOR, email="amara@example.org")
    own = Actor(via=Via.PAGE, person_id=cast.omar.pk)
    with acting(own):
        ask_for_new_email(own, person=cast.omar, email="omar.new@example.org")
    assert since(cast.omar) == today()
    send_due_mails(system(Purpose.MAIL))
    link = next(one for one in outbox.outbox if one.to == ["omar.new@example.org"]).body
    token = link.partition("/account/link/")[2].partition("/")[0]
    assert confirm_new_email(system(Purpose.SIGN_IN), token=token)
    assert since(cast.omar) is None
    assert names_marked() == ["Amara"]


def run_command(raw, monkeypatch, *arguments):
    stdin = io.TextIOWrapper(io.BytesIO(raw))
    monkeypatch.setattr(sys, "stdin", stdin)
    out = io.StringIO()
    call_command("read_bounce", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_what_came_of_it_and_never_whose_it_was(cast, monkeypatch):
    raw = notification(sent_id())
    assert json.loads(run_command(b"hello", monkeypatch, "--json")) == {
        "bounce": False,
        "marked": False,
    }
    said = run_command(raw, monkeypatch)
    assert "is marked" in said
    assert "mar@" not in said
    assert json.loads(run_command(raw, monkeypatch, "--json")) == {"bounce": True, "marked": True}
    assert since(cast.omar) == today()
