"""Who is told by mail that messages wait: refusals first, then what is told, once."""

import pytest
from django.db import DatabaseError

from frontend.telling.letters import summons
from messaging.actions import telling
from messaging.actions.answering import accept
from messaging.actions.leaving import leave_conversation, show_name
from messaging.actions.mail_choices import Chosen
from messaging.actions.reading import mark_read, mute
from messaging.models import Participant
from network.actions.members import remove_member
from network.actions.organizations import grant_membership
from network.enums import OrganizationStatus, Role
from network.models import Membership, Person
from network.tenancy import Purpose, acting, system
from tests.counting import questions
from tests.messaging.talking import (
    MESSENGER,
    OPERATOR,
    ask,
    change_organization,
    channel,
    fresh,
    group,
    join,
    membership_of,
    say,
    third,
)
from tests.messaging.told import (
    DIGEST,
    NEVER,
    choose,
    direct,
    everybody_at_once,
    forget_mails,
    later,
    mails,
    tell,
)

pytestmark = pytest.mark.django_db
CHIARA = "chiara@example.org"


@pytest.fixture(autouse=True)
def nobody_by_default(cast):
    """Who is told says so: the defaults go by the clock of the day on which the tests run."""
    for name in ("amara", "omar", "chiara"):
        choose(cast.actor(name), NEVER)


@pytest.fixture
def talk(cast):
    """Omar and Chiara alone, in which Chiara has something to read; both told at once."""
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    conversation = channel(cast)
    say(chiara, conversation, "Here I am")
    made = direct(omar, chiara, conversation)
    for one in (omar, chiara, cast.actor("amara")):
        read_all(one)
    everybody_at_once(omar, chiara)
    say(omar, made, "Something to read")
    forget_mails()
    return made


def read_all(actor):
    with acting(MESSENGER):
        for one in Participant.objects.filter(person_id=actor.person_id):
            Participant.objects.filter(pk=one.pk).update(read_seq=fresh(one.conversation).last_seq)


def test_what_is_said_while_a_mail_is_written_is_told_by_the_next(cast, talk):
    def compose(one):
        say(cast.actor("omar"), talk, "Meanwhile")
        return summons(one)

    assert telling.tell_people(DIGEST, compose=compose, now=later(11)) == 1
    forget_mails()
    assert tell(minutes=45) == 1


def test_only_the_purpose_of_digests_tells():
    with pytest.raises(ValueError, match="digests"):
        telling.tell_people(system(Purpose.MAIL), compose=summons)


def test_nobody_is_told_before_ten_minutes_nor_twice(cast, talk):
    assert tell(9) == 0
    assert tell(11) == 1
    assert list(mails()) == [CHIARA]
    assert tell(12) == tell(100) == tell(60 * 24 * 30) == 0


def test_who_wrote_is_not_told_of_it(cast, talk):
    tell()
    assert "omar@example.org" not in mails()


def test_what_was_read_is_not_told(cast, talk):
    chiara = cast.actor("chiara")
    with acting(chiara):
        mark_read(chiara, conversation_id=talk.pk, seq=fresh(talk).last_seq)
    assert tell() == 0


def silent(cast, talk):
    chiara = cast.actor("chiara")
    with acting(chiara):
        mute(chiara, conversation_id=talk.pk, is_muted=True)


def without_notice(cast, talk):
    with acting(MESSENGER):
        Participant.objects.filter(conversation=talk).update(notify=False)


def left(cast, talk):
    chiara = cast.actor("chiara")
    with acting(chiara):
        leave_conversation(chiara, conversation_id=talk.pk)


def removed(cast, talk):
    owner = join(cast.b, "owner-of-b", Role.OWNER)
    with acting(OPERATOR):
        Person.objects.update(second_factor_since="2026-01-01T00:00Z")
    with acting(owner):
        remove_member(owner, membership=membership_of(cast.actor("chiara")))


def demoted(cast, talk):
    # No receiver ran: the live role decides.
    with acting(OPERATOR):
        Membership.objects.filter(person=cast.chiara).update(role=Role.MEMBER)


def without_second_step(cast, talk):
    with acting(OPERATOR):
        Membership.objects.filter(person=cast.chiara).update(role_since="2026-01-01T00:00Z")


def locked_down(cast, talk):
    change_organization(cast.b, locked_down_at="2026-01-01T00:00Z")


def suspended(cast, talk):
    change_organization(cast.b, status=OrganizationStatus.SUSPENDED)


def inactive(cast, talk):
    with acting(OPERATOR):
        Person.objects.filter(pk=cast.chiara.pk).update(is_active=False)


def bounced(cast, talk):
    with acting(OPERATOR):
        Person.objects.filter(pk=cast.chiara.pk).update(mail_bounced_on="2026-01-01")


def switched_off(cast, talk):
    choose(cast.actor("chiara"), NEVER)


@pytest.mark.parametrize(
    "change",
    [
        silent,
        without_notice,
        left,
        removed,
        demoted,
        without_second_step,
        locked_down,
        suspended,
        inactive,
        bounced,
        switched_off,
    ],
)
def test_who_may_not_read_it_or_wants_no_mail_gets_none(cast, talk, change):
    change(cast, talk)
    forget_mails()
    assert tell() == 0
    assert mails() == {}


def test_a_message_in_a_channel_waits_for_the_digest(cast, talk):
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    read_all(chiara)
    conversation = channel(cast)
    read_all(chiara)
    say(omar, conversation, "To all of you")
    assert tell() == 0
    choose(chiara, Chosen(at_once=False, quiet_from=0, quiet_until=0))
    assert tell(60 * 24) == 1
    assert "1 unread message" in mails()[CHIARA].text


def test_a_mention_is_told_at_once_and_not_to_who_wrote_it(cast):
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    conversation = channel(cast)
    say(chiara, conversation, "Here I am")
    for one in (omar, chiara, cast.actor("amara")):
        read_all(one)
    everybody_at_once(omar, chiara)
    say(omar, conversation, f"@{cast.b.slug} and @{cast.a.slug}")
    assert tell() == 1
    text = mails()[CHIARA].text
    assert "1 unread message\n" in text
    assert "1 mention of you or your group\n" in text


def test_a_first_contact_is_told_to_who_can_answer_it(cast):
    owner, chiara = join(cast.b, "owner-of-b", Role.OWNER), cast.actor("chiara")
    everybody_at_once(owner, chiara)
    ask(cast.actor("omar"), cast.b)
    assert tell(9) == 0
    assert tell(11) == 1
    assert list(mails()) == ["owner-of-b@example.org"]
    assert "1 request to talk" in mails()["owner-of-b@example.org"].text
    assert tell(60) == 0


def test_who_is_invited_alone_is_told_whatever_their_role(cast):
    omar, amara = cast.actor("omar"), cast.actor("amara")
    everybody_at_once(omar)
    group(amara, omar)
    assert tell() == 1
    assert list(mails()) == ["omar@example.org"]


def test_all_that_waits_is_one_mail_and_the_next_comes_after_a_rest(cast, talk):
    omar = cast.actor("omar")
    say(omar, talk, "More to read")
    assert tell(11) == 1
    assert "2 unread messages" in mails()[CHIARA].text
    say(omar, talk, "And more")
    assert tell(30) == 0
    assert tell(42) == 1
    assert "3 unread messages" in mails()[CHIARA].text


def test_a_person_of_two_groups_gets_one_mail(cast, talk):
    other, olga = third()
    with acting(OPERATOR) as operator:
        grant_membership(operator, organization=other, person=cast.chiara, role=Role.COORDINATOR)
    ask(cast.actor("omar"), other)
    assert olga.person_id
    assert tell() == 1
    text = mails()[CHIARA].text
    assert "1 unread message\n" in text
    assert "1 request to talk" in text


def test_no_word_of_it_stands_in_the_mail(cast):
    """Words, topics and names that could not stand there by chance."""
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    change_organization(cast.a, name="Canarygroup Harbour")
    asked = join(cast.b, "owner-of-b", Role.OWNER)
    conversation = ask(omar, cast.b, body="Canarybody one", topic="Canarytopic")
    everybody_at_once(chiara, asked)
    assert tell() == 1
    with acting(chiara):
        accept(chiara, conversation_id=conversation.pk)
    with acting(omar):
        show_name(omar, conversation_id=conversation.pk, name="Canaryname")
    say(omar, conversation, f"Canarybody two @{cast.b.slug}")
    tell(60)
    found = mails()
    assert len(found) == 2
    for one in found.values():
        whole = f"{one.subject}{one.text}{one.html}{one.headers}".lower()
        assert "canary" not in whole
        for secret in (cast.a.slug, cast.b.slug, cast.b.name, str(conversation.pk), "omar"):
            assert secret.lower() not in whole


def test_it_speaks_the_language_of_who_gets_it(cast, talk):
    with acting(OPERATOR):
        Person.objects.filter(pk=cast.chiara.pk).update(language="es")
    tell()
    mail = mails()[CHIARA]
    assert mail.subject == "Hay mensajes para usted"
    assert "/es/messages/" in mail.text
    assert '<html lang="es" dir="ltr">' in mail.html


def test_a_worker_that_dies_has_done_both_or_neither(cast, talk, monkeypatch):
    def dies(*_args):
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(telling, "_write_down", dies)
        with pytest.raises(DatabaseError):
            tell()
    assert mails() == {}
    assert tell() == 1


def test_the_questions_do_not_grow_with_people_and_conversations(cast, talk):
    omar = cast.actor("omar")
    assert tell(5) == 0
    # Two looks, the turn, the mails, what was told, the job.
    with questions(14):
        assert tell() == 1
    joined = [join(cast.b, f"more-{number}") for number in range(3)]
    everybody_at_once(*joined)
    for _ in range(3):
        conversation = channel(cast)
        say(omar, conversation, f"@{cast.b.slug}")
    with questions(14):
        assert tell(60) == 4


def test_more_people_than_one_batch_are_all_told(cast, monkeypatch):
    joined = [join(cast.b, f"more-{number}") for number in range(4)]
    conversation = channel(cast)
    everybody_at_once(*joined)
    choose(cast.actor("chiara"), NEVER)
    say(cast.actor("omar"), conversation, f"@{cast.b.slug}")
    monkeypatch.setattr(telling, "BATCH", 2)
    assert tell() == 4
    assert tell(12) == 0
