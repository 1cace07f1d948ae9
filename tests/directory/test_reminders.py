"""Groups are asked in time whether an entry is still right: once, in one mail, in a language."""

import datetime as dt
import itertools

import pytest
from django.utils import timezone

from directory.actions.programs.confirming import confirm_program
from directory.actions.publishing import unpublish_program
from directory.actions.reminding import sending
from directory.actions.reminding.purging import purge_reminders
from directory.models import Program, Reminder
from directory.queries.reminders import is_due, step_at
from network.actions.reminders import choose_reminders
from network.enums import OrganizationStatus
from network.models import Person
from network.tenancy import Purpose, acting, system
from tests.directory.desk import Desk
from tests.directory.reminded import (
    aged,
    change,
    forget_mails,
    in_role,
    later,
    mail_to,
    mails,
    published,
    remind,
    rows,
    speaks,
    stands,
    today,
    token_of,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 1)


@pytest.fixture
def desk(cast):
    return Desk(cast)


@pytest.fixture
def program(desk):
    return aged(published(desk), 80)


def asked():
    return sorted(one.to.partition("@")[0] for one in mails())


@pytest.mark.parametrize(
    ("days", "steps"),
    [
        (0, 0),
        (79, 0),
        (80, 1),
        (119, 1),
        (120, 2),
        (169, 2),
        (170, 3),
        (259, 3),
        (260, 4),
        (350, 5),
    ],
)
def test_at_80_120_170_days_and_every_90_after_that(days, steps):
    assert step_at(days) == steps


def test_asking_daily_for_two_years_asks_nine_times():
    reminded, asked_at = None, []
    for age in range(731):
        day = DAY + dt.timedelta(days=age)
        if is_due(DAY, reminded, day):
            reminded = day
            asked_at.append(age)
    assert asked_at == [80, 120, 170, 260, 350, 440, 530, 620, 710]


def test_what_was_missed_is_asked_once():
    assert is_due(DAY, None, DAY + dt.timedelta(days=300))
    assert not is_due(DAY, DAY + dt.timedelta(days=300), DAY + dt.timedelta(days=349))
    assert is_due(DAY, DAY + dt.timedelta(days=300), DAY + dt.timedelta(days=350))


def test_only_the_mail_worker_sends_them(desk, program):
    for purpose in set(Purpose) - {Purpose.MAIL, Purpose.STEWARD}:
        with pytest.raises(ValueError, match="mail worker"):
            sending.send_reminders(system(purpose))
    assert mails() == []


@pytest.mark.parametrize(
    "values",
    [
        {"status": OrganizationStatus.SUSPENDED},
        {"status": OrganizationStatus.APPLIED},
        {"status": OrganizationStatus.LEFT, "deleted_at": timezone.now()},
        {"locked_down_at": timezone.now()},
    ],
    ids=["suspended", "not verified", "leaving", "locked down"],
)
def test_a_group_that_is_not_at_work_is_not_asked(desk, program, values):
    stands(desk.cast.a, **values)
    assert remind() == {"organizations": 0, "mails": 0}
    assert mails() == rows() == []


def test_neither_what_is_not_public_nor_what_is_fresh_is_asked_about(desk, program):
    aged(program, 79)
    with acting(desk.actor("claude")) as claude:
        Program.objects.filter(pk=desk.of_b.pk).update(confirmed_on=today() - dt.timedelta(200))
        assert claude
    remind()
    assert mails() == []
    aged(program, 200)
    with acting(desk.actor("carla")) as carla:
        unpublish_program(carla, program=desk.fresh(program))
    remind()
    assert mails() == []


def test_coordinators_and_owners_of_the_group_are_asked_and_nobody_else(desk, program):
    aged(published(desk, by="claude"), 10)
    assert remind() == {"organizations": 1, "mails": 2}
    assert asked() == ["amara", "carla"]


def test_who_cannot_confirm_or_does_not_want_to_is_not_asked(desk, program):
    long_ago = timezone.now() - dt.timedelta(days=30)
    in_role(desk.cast.amara, role_since=long_ago)
    with acting(desk.actor("carla")) as carla:
        choose_reminders(carla, wanted=False)
    remind()
    assert asked() == []
    # Nobody was asked, so it stays due.
    with acting(desk.actor("carla")) as carla:
        choose_reminders(carla, wanted=True)
    remind()
    assert asked() == ["carla"]


@pytest.mark.parametrize("how", ["suspended", "gone"])
def test_who_is_suspended_or_gone_is_not_asked(desk, program, how):
    if how == "suspended":
        change(Person, {"pk": desk.carla.pk}, is_active=False)
    else:
        in_role(desk.carla, ended_at=timezone.now())
    remind()
    assert asked() == ["amara"]


def test_one_mail_names_all_that_is_due_in_the_readers_language(desk, program):
    aged(published(desk, names={"en": "Quiet Lantern", "ar": "فانوس"}), 120)
    aged(published(desk, names={"en": "Fresh Lantern"}), 3)
    aged(published(desk, by="claude"), 400)
    speaks(desk.carla, "fr")
    speaks(desk.cast.amara, "ar")
    assert remind() == {"organizations": 2, "mails": 3}
    english = mail_to("claude")
    assert "Of B, secret" in english.text
    assert "Harbour" not in english.text + english.html + english.subject
    french, arabic = mail_to("carla"), mail_to("amara")
    for mail in (french, arabic):
        assert "Harbour Visitors" in mail.text
        assert "Quiet Lantern" in mail.text
        assert "Fresh Lantern" not in mail.text
        assert "Of B" not in mail.text + mail.html + mail.subject
    assert "/fr/confirm/" in french.text
    assert "/ar/confirm/" in arabic.text
    assert 'dir="rtl"' in arabic.html
    tokens = {token_of(mail) for mail in mails()}
    assert len(tokens) == 3
    assert not tokens & {row.token_hash for row in rows()}


def test_the_mail_carries_the_headers_to_end_them(desk, program):
    remind()
    mail = mail_to("carla")
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"/confirm/{token_of(mail)}/stop/>" in mail.headers["List-Unsubscribe"]


def test_nobody_is_asked_twice_about_one_age(desk, program):
    remind()
    forget_mails()
    for _again in range(3):
        assert remind() == {"organizations": 0, "mails": 0}
    later(program, 39)
    remind()
    assert asked() == []
    later(program, 1)
    remind()
    assert asked() == ["amara", "carla"]


def test_what_was_confirmed_is_asked_about_80_days_after_that(desk, program):
    remind()
    forget_mails()
    with acting(desk.actor("carla")) as carla:
        confirm_program(carla, program=desk.fresh(program))
    later(program, 79)
    remind()
    assert asked() == []
    later(program, 1)
    remind()
    assert asked() == ["amara", "carla"]


def test_a_crash_between_leaves_nothing_and_the_next_run_sends_all(desk, program, monkeypatch):
    other = aged(published(desk, by="claude"), 90)
    with monkeypatch.context() as patched:
        counter = itertools.count()
        whole = sending.send_letter

        def dies(*args, **kwargs):
            if next(counter) == 1:
                raise RuntimeError("power is gone")
            return whole(*args, **kwargs)

        patched.setattr(sending, "send_letter", dies)
        remind()
    # One of the groups was asked whole; of the other there is neither a mail nor a row.
    assert len(mails()) == len(rows())
    assert {row.program_id for row in rows()} <= {other.pk}
    remind()
    assert asked() == ["amara", "carla", "claude"]
    assert len(rows()) == 3
    remind()
    assert len(mails()) == 3


def test_links_are_purged_30_days_after_they_ended_and_nobody_is_asked_again(desk, program):
    remind()
    forget_mails()
    purging = system(Purpose.PURGE)
    with pytest.raises(ValueError, match="purge"):
        purge_reminders(system(Purpose.MAIL))
    with acting(system(Purpose.SIGN_IN)):
        Reminder.objects.update(expires_at=timezone.now() - dt.timedelta(days=29))
    assert purge_reminders(purging) == {"reminders": 0}
    with acting(system(Purpose.SIGN_IN)):
        Reminder.objects.update(expires_at=timezone.now() - dt.timedelta(days=31))
    assert purge_reminders(purging) == {"reminders": 2}
    remind()
    assert mails() == []


def test_a_program_that_is_deleted_takes_its_reminders_along(desk, program):
    remind()
    with acting(system(Purpose.PURGE, organization_id=desk.cast.a.pk)):
        Program.objects.filter(pk=program.pk).delete()
    assert rows() == []


def test_an_account_that_is_deleted_takes_its_reminders_along(desk, program):
    remind()
    with acting(system(Purpose.OPERATOR)):
        Person.objects.get(pk=desk.carla.pk).delete()
    assert {row.membership.person_id for row in rows()} == {desk.cast.amara.pk}
