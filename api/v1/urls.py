"""Addresses of version 1."""

from django.urls import path, re_path, register_converter

from api.v1.views.access_events import AccessReports, OneAccessReport
from api.v1.views.application_proofs import ApplicationProofs, ApplicationVouches
from api.v1.views.applications import (
    ApplicationNotes,
    Applications,
    OneApplication,
    SubmitApplication,
    WithdrawApplication,
)
from api.v1.views.audit import Audit
from api.v1.views.coalitions import (
    AcceptCoalition,
    Coalitions,
    EndCoalition,
    OneCoalition,
    RefuseCoalition,
)
from api.v1.views.contacts import Blocks, FirstContacts, OneBlock
from api.v1.views.conversation_attachments import ConversationAttachment
from api.v1.views.conversation_events import ConversationEvents
from api.v1.views.conversation_people import OneParticipant, Participants, Parties
from api.v1.views.conversation_search import ExportConversation, FoundMessages
from api.v1.views.conversations import (
    AcceptConversation,
    BlockConversation,
    Conversations,
    EndParty,
    LeaveConversation,
    MuteConversation,
    NameInConversation,
    OneConversation,
    ReadConversation,
    RefuseConversation,
    RenameConversation,
    RetainConversation,
)
from api.v1.views.countries import Countries, OneCountry
from api.v1.views.facilities import Facilities, FacilityAccess, OneFacility
from api.v1.views.facility_claims import OneOwnClaim, OwnClaims
from api.v1.views.files import Documents, Exports, Logo, OneDocument, Photo
from api.v1.views.first_steps import Objections
from api.v1.views.invitations import Invitations, OneInvitation
from api.v1.views.map import Map
from api.v1.views.me import Me
from api.v1.views.members import Members, OneMember
from api.v1.views.mentoring import (
    AcceptMentorRequest,
    DeclineMentorRequest,
    EndMentoring,
    MentorRequests,
    Mentors,
    OneMentorRequest,
    OwnMentorOffer,
    WithdrawMentorRequest,
)
from api.v1.views.message_mails import MessageMails
from api.v1.views.message_reports import MessageReports
from api.v1.views.missing import Missing
from api.v1.views.organizations import OneOrganization, Organizations
from api.v1.views.own_programs import (
    ConfirmOwnProgram,
    OwnProgram,
    OwnPrograms,
    PublishOwnProgram,
    UnpublishOwnProgram,
)
from api.v1.views.programs import OneProgram, Programs
from api.v1.views.realtime import Tickets
from api.v1.views.root import Root
from api.v1.views.schema import Schema
from api.v1.views.tokens import OneToken, Tokens
from api.v1.views.visiting_rules import ConfirmRule, OneOwnRule, OwnRules
from api.v1.views.vouches import DeclineVouch, GiveVouch, OneVouch, Vouches, WithdrawVouch

app_name = "api"


class ApiSlug:
    """A slug, with the host of its node behind two hyphens."""

    regex = r"[A-Za-z0-9_][A-Za-z0-9_.:-]{0,159}"

    def to_python(self, value: str) -> str:
        """The slug as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The slug as it is."""
        return value


register_converter(ApiSlug, "apislug")

OF_ONE = "organizations/<apislug:slug>/"
ONE_VOUCH = f"{OF_ONE}vouches/<uuid:pk>/"
ONE_REQUEST = f"{OF_ONE}mentor-requests/<uuid:pk>/"
IN_ONE = "conversations/<uuid:pk>/"
ONE_COALITION = f"{OF_ONE}coalitions/<uuid:pk>/"

urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("schema/", Schema.as_view(), name="schema"),
    path("programs/", Programs.as_view(), name="programs"),
    path("programs/<apislug:slug>/", OneProgram.as_view(), name="program"),
    path("programs/<apislug:slug>/objections/", Objections.as_view(), name="objections"),
    path("map/", Map.as_view(), name="map"),
    path("facilities/", Facilities.as_view(), name="facilities"),
    path("facilities/<apislug:slug>/", OneFacility.as_view(), name="facility"),
    path("facilities/<apislug:slug>/access/", FacilityAccess.as_view(), name="facility_access"),
    path("countries/", Countries.as_view(), name="countries"),
    re_path(r"^countries/(?P<iso2>[A-Za-z]{2})/$", OneCountry.as_view(), name="country"),
    path("organizations/", Organizations.as_view(), name="organizations"),
    path("organizations/<apislug:slug>/", OneOrganization.as_view(), name="organization"),
    path("organizations/<apislug:slug>/tokens/", Tokens.as_view(), name="tokens"),
    path("organizations/<apislug:slug>/tokens/<uuid:pk>/", OneToken.as_view(), name="token"),
    path("organizations/<apislug:slug>/members/", Members.as_view(), name="members"),
    path("organizations/<apislug:slug>/members/<uuid:pk>/", OneMember.as_view(), name="member"),
    path("organizations/<apislug:slug>/invitations/", Invitations.as_view(), name="invitations"),
    path(
        "organizations/<apislug:slug>/invitations/<uuid:pk>/",
        OneInvitation.as_view(),
        name="invitation",
    ),
    path(f"{OF_ONE}coalitions/", Coalitions.as_view(), name="coalitions"),
    path(ONE_COALITION, OneCoalition.as_view(), name="coalition"),
    path(f"{ONE_COALITION}accept/", AcceptCoalition.as_view(), name="coalition_accept"),
    path(f"{ONE_COALITION}refuse/", RefuseCoalition.as_view(), name="coalition_refuse"),
    path(f"{ONE_COALITION}end/", EndCoalition.as_view(), name="coalition_end"),
    path("organizations/<apislug:slug>/audit/", Audit.as_view(), name="audit"),
    path("organizations/<apislug:slug>/programs/", OwnPrograms.as_view(), name="own_programs"),
    path(
        "organizations/<apislug:slug>/programs/<uuid:pk>/",
        OwnProgram.as_view(),
        name="own_program",
    ),
    path(
        "organizations/<apislug:slug>/programs/<uuid:pk>/publish/",
        PublishOwnProgram.as_view(),
        name="own_program_publish",
    ),
    path(
        "organizations/<apislug:slug>/programs/<uuid:pk>/unpublish/",
        UnpublishOwnProgram.as_view(),
        name="own_program_unpublish",
    ),
    path(
        "organizations/<apislug:slug>/programs/<uuid:pk>/confirm/",
        ConfirmOwnProgram.as_view(),
        name="own_program_confirm",
    ),
    path(f"{OF_ONE}access-events/", AccessReports.as_view(), name="access_reports"),
    path(f"{OF_ONE}access-events/<uuid:pk>/", OneAccessReport.as_view(), name="access_report"),
    path(f"{OF_ONE}facility-claims/", OwnClaims.as_view(), name="own_claims"),
    path(f"{OF_ONE}facility-claims/<uuid:pk>/", OneOwnClaim.as_view(), name="own_claim"),
    path(f"{OF_ONE}visiting-rules/", OwnRules.as_view(), name="own_rules"),
    path(f"{OF_ONE}visiting-rules/<uuid:pk>/", OneOwnRule.as_view(), name="own_rule"),
    path(f"{OF_ONE}visiting-rules/<uuid:pk>/confirm/", ConfirmRule.as_view(), name="confirm_rule"),
    path("organizations/<apislug:slug>/documents/", Documents.as_view(), name="documents"),
    path(
        "organizations/<apislug:slug>/documents/<uuid:pk>/", OneDocument.as_view(), name="document"
    ),
    path("organizations/<apislug:slug>/logo/", Logo.as_view(), name="logo"),
    path("organizations/<apislug:slug>/programs/<uuid:pk>/photo/", Photo.as_view(), name="photo"),
    path("organizations/<apislug:slug>/export/", Exports.as_view(), name="exports"),
    path("applications/", Applications.as_view(), name="applications"),
    path("applications/<uuid:pk>/", OneApplication.as_view(), name="application"),
    path("applications/<uuid:pk>/submit/", SubmitApplication.as_view(), name="application_submit"),
    path(
        "applications/<uuid:pk>/withdraw/",
        WithdrawApplication.as_view(),
        name="application_withdraw",
    ),
    path("applications/<uuid:pk>/notes/", ApplicationNotes.as_view(), name="application_notes"),
    path(
        "applications/<uuid:pk>/vouches/",
        ApplicationVouches.as_view(),
        name="application_vouches",
    ),
    path("applications/<uuid:pk>/proofs/", ApplicationProofs.as_view(), name="application_proofs"),
    path(f"{OF_ONE}vouches/", Vouches.as_view(), name="vouches"),
    path(ONE_VOUCH, OneVouch.as_view(), name="vouch"),
    path(f"{ONE_VOUCH}give/", GiveVouch.as_view(), name="vouch_give"),
    path(f"{ONE_VOUCH}decline/", DeclineVouch.as_view(), name="vouch_decline"),
    path(f"{ONE_VOUCH}withdraw/", WithdrawVouch.as_view(), name="vouch_withdraw"),
    path(f"{OF_ONE}mentor-offer/", OwnMentorOffer.as_view(), name="mentor_offer"),
    path(f"{OF_ONE}mentors/", Mentors.as_view(), name="mentors"),
    path(f"{OF_ONE}mentor-requests/", MentorRequests.as_view(), name="mentor_requests"),
    path(ONE_REQUEST, OneMentorRequest.as_view(), name="mentor_request"),
    path(f"{ONE_REQUEST}accept/", AcceptMentorRequest.as_view(), name="mentor_accept"),
    path(f"{ONE_REQUEST}decline/", DeclineMentorRequest.as_view(), name="mentor_decline"),
    path(f"{ONE_REQUEST}withdraw/", WithdrawMentorRequest.as_view(), name="mentor_withdraw"),
    path(f"{ONE_REQUEST}end/", EndMentoring.as_view(), name="mentor_end"),
    path("conversations/", Conversations.as_view(), name="conversations"),
    path("conversations/search/", FoundMessages.as_view(), name="conversation_search"),
    path(f"{IN_ONE}export/", ExportConversation.as_view(), name="conversation_export"),
    path("conversations/notifications/", MessageMails.as_view(), name="message_mails"),
    path(IN_ONE, OneConversation.as_view(), name="conversation"),
    path(f"{IN_ONE}events/", ConversationEvents.as_view(), name="conversation_events"),
    path(
        f"{IN_ONE}attachments/<uuid:attachment>/",
        ConversationAttachment.as_view(),
        name="conversation_attachment",
    ),
    path(f"{IN_ONE}read/", ReadConversation.as_view(), name="conversation_read"),
    path(f"{IN_ONE}mute/", MuteConversation.as_view(), name="conversation_mute"),
    path(f"{IN_ONE}accept/", AcceptConversation.as_view(), name="conversation_accept"),
    path(f"{IN_ONE}refuse/", RefuseConversation.as_view(), name="conversation_refuse"),
    path(f"{IN_ONE}block/", BlockConversation.as_view(), name="conversation_block"),
    path(f"{IN_ONE}leave/", LeaveConversation.as_view(), name="conversation_leave"),
    path(f"{IN_ONE}end/", EndParty.as_view(), name="conversation_end"),
    path(f"{IN_ONE}rename/", RenameConversation.as_view(), name="conversation_rename"),
    path(f"{IN_ONE}name/", NameInConversation.as_view(), name="conversation_name"),
    path(f"{IN_ONE}retention/", RetainConversation.as_view(), name="conversation_retention"),
    path(f"{IN_ONE}reports/", MessageReports.as_view(), name="conversation_reports"),
    path(f"{IN_ONE}participants/", Participants.as_view(), name="conversation_participants"),
    path(
        f"{IN_ONE}participants/<uuid:handle>/",
        OneParticipant.as_view(),
        name="conversation_participant",
    ),
    path(f"{IN_ONE}parties/", Parties.as_view(), name="conversation_parties"),
    path("realtime/ticket/", Tickets.as_view(), name="realtime_ticket"),
    path(f"{OF_ONE}blocks/", Blocks.as_view(), name="blocks"),
    path(f"{OF_ONE}blocks/<uuid:pk>/", OneBlock.as_view(), name="block"),
    path(f"{OF_ONE}first-contacts/", FirstContacts.as_view(), name="first_contacts"),
    path("me/", Me.as_view(), name="me"),
    re_path("", Missing.as_view()),
]
