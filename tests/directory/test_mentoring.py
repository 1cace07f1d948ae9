"""Help for beginners: who may offer, ask, answer and end, and what each side reads."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.actions.mentoring import (
    answer_request,
    ask_mentor,
    end_mentoring,
    offer_help,
    purge_mentoring,
    withdraw_request,
)
from directory.actions.mentoring.asking import AT_ONCE
from directory.enums import MentorState
from directory.models import Listing, MentorOffer, MentorRequest, OrganizationCard
from directory.queries.mentors import Wanted, mentors_for, requests_from, requests_to
from network import events
from network.actions.organizations import create_organization, grant_membership
from network.enums import Role
from network.events import MentoringAgreed
from network.models import AuditEntry, OutgoingMail
from network.permissions import Refused
from network.tenancy import Purpose, acting, member, system
from tests.directory.stating import promote_chiara, refusals
from tests.factories import make_country, make_facility, make_listing

pytestmark = pytest.mark.django_db

OFFER = {"is_open": True, "text": "We have trained forty visitors.", "languages": ["en", "es"]}
ASK = {"text": "We begin in Lille.", "contact": "lille@visiteurs.example"}


@pytest.fixture
def chiara(cast):
    """The owner of B, who asks."""
    return promote_chiara(cast)


@pytest.fixture
def amara(cast):
    """The owner of A, who offers."""
    actor = cast.actor("amara")
    with acting(actor):
        offer_help(actor, **OFFER)
    return actor


@pytest.fixture
def agreed(monkeypatch):
    """The agreements that receivers were told of."""
    told = []
    monkeypatch.setitem(events._receivers, MentoringAgreed, [told.append])
    return told


def offering(cast, number):
    """So many more groups that offer help, all of them Dov's."""
    made = []
    for place in range(number):
        with acting(system(Purpose.OPERATOR)) as operator:
            made.append(
                create_organization(
                    operator, slug=f"g-{place}", name="Group", country="GB", is_verified=True
                )
            )
            grant_membership(operator, organization=made[-1], person=cast.dov, role=Role.OWNER)
        actor = member(cast.dov.pk, made[-1].pk)
        with acting(actor):
            offer_help(actor, **OFFER)
    return made


def asked(actor, cast):
    with acting(actor):
        return ask_mentor(actor, mentor_id=cast.a.pk, **ASK)


def matches(actor, **wanted):
    with acting(actor, is_reading=True):
        return mentors_for(actor, Wanted(**wanted))


@pytest.mark.parametrize("name", ["bilal", "edna", "omar"])
def test_below_coordinator_nobody_offers_or_asks(cast, name):
    with acting(cast.actor(name)) as actor:
        with pytest.raises(Refused):
            offer_help(actor, **OFFER)
        with pytest.raises(Refused):
            ask_mentor(actor, mentor_id=cast.b.pk, **ASK)
    with acting(system(Purpose.OPERATOR)):
        assert not MentorOffer.objects.exists()


def test_a_group_that_is_not_verified_neither_offers_nor_asks_nor_sees(cast, amara):
    farid = cast.actor("farid")
    with acting(farid):
        with pytest.raises(ValidationError) as offered:
            offer_help(farid, **OFFER)
        with pytest.raises(ValidationError) as wanted:
            ask_mentor(farid, mentor_id=cast.a.pk, **ASK)
    assert (offered.value.code, wanted.value.code) == ("unverified", "unverified")
    assert matches(farid) == []


def test_an_offer_is_seen_by_verified_groups_while_it_is_open(cast, amara, chiara):
    (match,) = matches(chiara, languages=frozenset({"es", "ar"}))
    assert match.card.pk == cast.a.pk
    assert match.offer.text == OFFER["text"]
    assert [(one.reason, one.value) for one in match.common] == [("language", "es")]
    assert matches(amara) == []
    with acting(amara):
        offer_help(amara, **(OFFER | {"is_open": False}))
    assert matches(chiara) == []
    with acting(chiara), pytest.raises(MentorOffer.DoesNotExist):
        ask_mentor(chiara, mentor_id=cast.a.pk, **ASK)


def test_offering_shows_the_group_where_it_had_no_card(cast, amara):
    assert OrganizationCard.objects.filter(pk=cast.a.pk).exists()


def test_who_has_most_in_common_comes_first(cast, amara, chiara):
    with acting(system(Purpose.OPERATOR)) as operator:
        third = create_organization(
            operator, slug="third", name="A Third", country="FR", is_verified=True
        )
        grant_membership(operator, organization=third, person=cast.dov, role=Role.OWNER)
    dov = member(cast.dov.pk, third.pk)
    with acting(dov):
        offer_help(dov, **OFFER)
    country = make_country("FR")
    wanted = make_facility(
        slug="wanted", country=country, custodial_authority="Border  Police", operator="GEO Group"
    )
    visited = make_facility(
        slug="visited",
        country=make_country("GB"),
        custodial_authority="border police",
        operator="GEO Group",
    )
    listing = make_listing(slug="of-a", claim="own", facilities=[visited])
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.filter(pk=listing.pk).update(organization=cast.a.pk)
    first, second = matches(chiara, country="FR", facility=wanted)
    assert first.card.pk == cast.a.pk
    assert [one.reason for one in first.common][:2] == ["authority", "operator"]
    assert second.card.pk == third.pk
    assert [one.reason for one in second.common] == ["country"]


@pytest.mark.parametrize("groups", [1, 3])
def test_the_list_takes_as_many_queries_for_three_groups_as_for_one(
    cast, chiara, groups, django_assert_num_queries
):
    for one in offering(cast, groups):
        listing = make_listing(facilities=[make_facility()])
        with acting(system(Purpose.OPERATOR)):
            Listing.objects.filter(pk=listing.pk).update(organization=one.pk)
    with acting(chiara, is_reading=True):
        with django_assert_num_queries(5):
            assert len(mentors_for(chiara, Wanted(country="GB"))) == groups


def test_a_request_is_told_to_the_mentor_and_holds_nothing_in_the_mail(cast, amara, chiara):
    request = asked(chiara, cast)
    assert asked(chiara, cast).pk == request.pk
    with acting(system(Purpose.MAIL)):
        mails = list(OutgoingMail.objects.all())
    assert [mail.to for mail in mails] == ["amara@example.org"]
    assert ASK["text"] not in mails[0].text + mails[0].html
    assert ASK["contact"] not in mails[0].text + mails[0].html
    assert "/desk/harbour-visitors/mentoring/" in mails[0].text
    with acting(amara):
        assert [one.pk for one in requests_to(amara)] == [request.pk]
        assert not requests_from(amara).exists()
    farid = cast.actor("farid")
    with acting(farid):
        assert not requests_to(farid).exists()
        assert not requests_from(farid).exists()


def test_only_who_was_asked_answers_and_only_once(
    cast, amara, chiara, agreed, django_capture_on_commit_callbacks
):
    request = asked(chiara, cast)
    with acting(chiara), pytest.raises(MentorRequest.DoesNotExist):
        answer_request(chiara, request_id=request.pk, is_accepted=True, answer="", contact="x")
    with acting(amara):
        with pytest.raises(ValidationError) as error:
            answer_request(amara, request_id=request.pk, is_accepted=True, answer="Yes")
        assert refusals(error) == {"contact": ["required"]}
        with django_capture_on_commit_callbacks(execute=True):
            answer_request(
                amara, request_id=request.pk, is_accepted=True, answer="Yes", contact="0800 1"
            )
            answer_request(amara, request_id=request.pk, is_accepted=False, answer="No")
    with acting(chiara):
        present = requests_from(chiara).get()
    assert (present.state, present.answer, present.mentor_contact) == (
        MentorState.ACCEPTED,
        "Yes",
        "0800 1",
    )
    assert agreed == [MentoringAgreed(cast.b.pk, cast.a.pk, request.pk)]


def test_a_no_tells_nothing_of_the_mentor(cast, amara, chiara):
    request = asked(chiara, cast)
    with acting(amara):
        answer_request(
            amara, request_id=request.pk, is_accepted=False, answer="Not now", contact="0800 1"
        )
    with acting(chiara):
        present = requests_from(chiara).get()
        assert (present.state, present.mentor_contact) == (MentorState.DECLINED, "")
        # Asked anew: the old answer stays.
        assert ask_mentor(chiara, mentor_id=cast.a.pk, **ASK).pk != request.pk


def test_a_request_is_taken_back_by_who_asked_while_it_is_unanswered(cast, amara, chiara):
    request = asked(chiara, cast)
    with acting(amara), pytest.raises(Refused):
        withdraw_request(amara, request=request)
    with acting(chiara):
        withdraw_request(chiara, request=request)
        withdraw_request(chiara, request=request)
    with acting(amara):
        present = answer_request(amara, request_id=request.pk, is_accepted=True, answer="")
    assert present.state == MentorState.WITHDRAWN


@pytest.mark.parametrize("ends", ["amara", "chiara"])
def test_either_side_ends_it_and_both_logs_say_so(cast, amara, chiara, ends):
    request = asked(chiara, cast)
    with acting(amara):
        answer_request(amara, request_id=request.pk, is_accepted=True, answer="", contact="0800 1")
    actor = {"amara": amara, "chiara": chiara}[ends]
    with acting(actor):
        end_mentoring(actor, request_id=request.pk)
        end_mentoring(actor, request_id=request.pk)
    with acting(system(Purpose.OPERATOR)):
        entries = AuditEntry.objects.filter(verb="mentoring.ended")
        assert {one.organization_id for one in entries} == {cast.a.pk, cast.b.pk}
        assert entries.count() == 2
        assert MentorRequest.objects.get(pk=request.pk).state == MentorState.ENDED


def test_a_third_group_ends_nothing(cast, amara, chiara):
    request = asked(chiara, cast)
    farid = cast.actor("farid")
    with acting(farid), pytest.raises(MentorRequest.DoesNotExist):
        end_mentoring(farid, request_id=request.pk)
    with acting(farid), pytest.raises(MentorRequest.DoesNotExist):
        answer_request(farid, request_id=uuid.uuid4(), is_accepted=False, answer="")


def test_no_more_than_five_wait_at_once(cast, amara, chiara):
    mentors = offering(cast, AT_ONCE)
    with acting(chiara):
        for mentor in mentors:
            ask_mentor(chiara, mentor_id=mentor.pk, **ASK)
        with pytest.raises(ValidationError) as error:
            ask_mentor(chiara, mentor_id=cast.a.pk, **ASK)
    assert error.value.code == "too_many"


@pytest.mark.parametrize(("days", "gone"), [(364, 0), (366, 1)])
def test_what_ended_a_year_ago_is_purged(cast, amara, chiara, days, gone):
    asked(chiara, cast)
    purging = system(Purpose.PURGE)
    assert purge_mentoring(purging) == {"mentor_requests": 0}
    with acting(chiara):
        MentorRequest.objects.update(
            state=MentorState.WITHDRAWN, ended_at=timezone.now() - dt.timedelta(days=days)
        )
    assert purge_mentoring(purging) == {"mentor_requests": gone}
    with pytest.raises(ValueError, match="only the purge"):
        purge_mentoring(chiara)
