"""Help between groups: what one offers, who helps, what was asked and answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.request import Request

from api.v1.filters.mentoring import MentorParameters
from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations.mentoring import (
    ACCEPT_REQUEST,
    ASK_MENTOR,
    DECLINE_REQUEST,
    END_HELP,
    END_OFFER,
    GET_OFFER,
    GET_REQUEST,
    LIST_MENTORS,
    LIST_REQUESTS,
    SET_OFFER,
    WITHDRAW_REQUEST,
)
from api.v1.serializers.mentoring import mentor_document, offer_document, request_document
from api.v1.shell.confirming import LookedInput, looked_in
from api.v1.shell.inputs import Text, Texts, Truth
from api.v1.tenant import TenantView
from directory.actions.mentoring import (
    answer_request,
    ask_mentor,
    end_mentoring,
    offer_help,
    withdraw_request,
)
from directory.models import Facility, MentorOffer, MentorRequest, OrganizationCard
from directory.queries.cards import card_by_slug
from directory.queries.cursor import page_in_order
from directory.queries.mentors import (
    Wanted,
    cards_of,
    mentoring_of,
    mentors_for,
    own_offer,
    requests_from,
)
from directory.queries.orders import Order, moment
from network.enums import Scope
from network.permissions import Permission

NEWEST = Order("mentor requests newest", ("created_at", "id"), moment, UUID, is_descending=True)
READ = (Permission.ORGANIZATION_READ, Scope.DIRECTORY_READ)
WRITE = (Permission.MENTOR_OFFER, Scope.DIRECTORY_WRITE)


class OfferInput(LookedInput):
    """An offer."""

    is_open = Truth(default=True)
    text = Text(max_length=2000, allow_blank=True)
    languages = Texts(default=list, max_length=60)


class AskInput(LookedInput):
    """A request."""

    organization = Text(max_length=160)
    text = Text(max_length=2000, allow_blank=True)
    contact = Text(max_length=300, allow_blank=True)
    facility = Text(max_length=160, required=False)


class YesInput(LookedInput):
    """A yes."""

    contact = Text(max_length=300, allow_blank=True)
    answer = Text(max_length=2000, allow_blank=True, default="")


class NoInput(LookedInput):
    """A no."""

    answer = Text(max_length=2000, allow_blank=True, default="")


class OwnMentorOffer(TenantView):
    """What the organization offers."""

    permissions = {"GET": READ, "PUT": WRITE, "DELETE": WRITE}

    @GET_OFFER
    def get(self, request: Request) -> HttpResponse:
        """The present offer."""
        return self.answer(offer_document(own_offer(self.actor)))

    @SET_OFFER
    def put(self, request: Request) -> HttpResponse:
        """The offer as it is now."""
        values = self.input(OfferInput)
        looked = looked_in(values)
        return self.answer(offer_document(offer_help(self.actor, **values, has_looked=looked)))

    @END_OFFER
    def delete(self, request: Request) -> HttpResponse:
        """Nothing is offered any more."""
        if own_offer(self.actor) is not None:
            offer_help(self.actor, is_open=False, text="", languages=())
        return self.answer()


class Mentors(TenantView):
    """Who helps."""

    permissions = {"GET": READ}
    parameters = MentorParameters

    @LIST_MENTORS
    def get(self, request: Request) -> HttpResponse:
        """Those with most in common first.

        Raises:
            ValidationError: there is no such place; 400.
        """
        values = self.asked()
        wanted = Wanted(
            country=values.get("country", "").upper(),
            facility=_place(values.get("facility", "")),
            languages=frozenset({values["language"]} if "language" in values else ()),
        )
        if not values:
            own = self.organization
            wanted = Wanted(own.country, None, frozenset(own.languages))
        found = mentors_for(self.actor, wanted)
        return self.answer({"results": [mentor_document(one) for one in found]})


class _RequestView(TenantView):
    def told(self, pk: UUID) -> dict[str, Any]:
        """The document of one request.

        Raises:
            MentorRequest.DoesNotExist: the organization has no part in it; 404.
        """
        [document] = self.documents([_requests(self).get(pk=pk)])
        return document

    def documents(self, rows: list[MentorRequest]) -> list[dict[str, Any]]:
        """The documents of these."""
        own = self.organization.pk
        others = {
            one.mentor_id if one.organization_id == own else one.organization_id for one in rows
        }
        cards = cards_of(others)
        return [request_document(one, own, cards) for one in rows]


class MentorRequests(_RequestView):
    """What was asked, either way."""

    permissions = {"GET": READ, "POST": WRITE}
    parameters = PageParameters

    @LIST_REQUESTS
    def get(self, request: Request) -> HttpResponse:
        """A page of them, newest first."""
        values = self.asked()
        page = page_in_order(_requests(self), NEWEST, cursor_in(values, NEWEST), page_size(values))
        return self.page(self.documents(list(page.rows)), (page.previous, page.next))

    @ASK_MENTOR
    def post(self, request: Request) -> HttpResponse:
        """The request that was made.

        Raises:
            ValidationError: by field; a group that offers nothing and none are told alike.
        """
        values = self.input(AskInput)
        place = _place(values.get("facility", ""))
        try:
            made = ask_mentor(
                self.actor,
                mentor_id=card_by_slug(values["organization"]).pk,
                text=values["text"],
                contact=values["contact"],
                facility=place,
                has_looked=looked_in(values),
            )
        except (OrganizationCard.DoesNotExist, MentorOffer.DoesNotExist) as error:
            message = _("This group offers no help at present.")
            raise ValidationError({"organization": [message]}) from error
        where = reverse("api:mentor_request", args=[self.organization.slug, made.pk])
        return self.answer(self.told(made.pk), status=201, location=where)


class OneMentorRequest(_RequestView):
    """One request."""

    permissions = {"GET": READ}

    @GET_REQUEST
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """As both groups read it."""
        return self.answer(self.told(pk))


class AcceptMentorRequest(_RequestView):
    """A yes."""

    permissions = {"POST": WRITE}

    @ACCEPT_REQUEST
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The request with the yes."""
        values = self.input(YesInput)
        looked = looked_in(values)
        answer_request(self.actor, request_id=pk, is_accepted=True, **values, has_looked=looked)
        return self.answer(self.told(pk))


class DeclineMentorRequest(_RequestView):
    """A no."""

    permissions = {"POST": WRITE}

    @DECLINE_REQUEST
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The request with the no."""
        values = self.input(NoInput)
        looked = looked_in(values)
        answer_request(self.actor, request_id=pk, is_accepted=False, **values, has_looked=looked)
        return self.answer(self.told(pk))


class WithdrawMentorRequest(_RequestView):
    """Taking a request back."""

    permissions = {"POST": WRITE}

    @WITHDRAW_REQUEST
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The request that was taken back."""
        withdraw_request(self.actor, request=requests_from(self.actor).get(pk=pk))
        return self.answer(self.told(pk))


class EndMentoring(_RequestView):
    """Ending what was agreed."""

    permissions = {"POST": WRITE}

    @END_HELP
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """What has ended."""
        end_mentoring(self.actor, request_id=pk)
        return self.answer(self.told(pk))


def _requests(view: TenantView) -> Any:
    return mentoring_of(view.actor).select_related("facility")


def _place(slug: str) -> Facility | None:
    """The place of a slug; none for no slug.

    Raises:
        ValidationError: there is no such place.
    """
    if not slug:
        return None
    found = Facility.objects.filter(slug=slug).first()
    if found is None:
        message = _("There is no place of this name. Take the last part of its page's address.")
        raise ValidationError({"facility": [message]})
    return found
