"""Tables of the directory, one model a file."""

from directory.models.access_event import AccessEvent
from directory.models.access_report import AccessReport
from directory.models.application import Application
from directory.models.application_note import ApplicationNote
from directory.models.card_word import CardWord
from directory.models.claimed import Claimed
from directory.models.claimed_entry import ClaimedEntry
from directory.models.country import Country
from directory.models.country_access import CountryAccess
from directory.models.domain_proof import DomainProof
from directory.models.facility import Facility
from directory.models.facility_claim import FacilityClaim
from directory.models.facility_word import FacilityWord
from directory.models.first_step import FirstStep
from directory.models.follow import Follow
from directory.models.gazetteer_name import GazetteerName
from directory.models.gazetteer_place import GazetteerPlace
from directory.models.held_change import HeldChange
from directory.models.listing import Listing
from directory.models.listing_facility import ListingFacility
from directory.models.listing_tag import ListingTag
from directory.models.listing_word import ListingWord
from directory.models.mentor_offer import MentorOffer
from directory.models.mentor_request import MentorRequest
from directory.models.objection import Objection
from directory.models.organization_card import OrganizationCard
from directory.models.program import Program
from directory.models.program_draft import ProgramDraft
from directory.models.program_facility import ProgramFacility
from directory.models.program_grant import ProgramGrant, ProgramPersonGrant
from directory.models.program_text import ProgramText
from directory.models.program_version import ProgramVersion
from directory.models.relay import Relay
from directory.models.reminder import Reminder
from directory.models.removal import Removal
from directory.models.report import Report
from directory.models.revision import Revision
from directory.models.suppression import Suppression
from directory.models.visiting_rule import VisitingRule
from directory.models.vouch import Vouch
from directory.models.word_form import WordForm

__all__ = [
    "AccessEvent",
    "AccessReport",
    "Application",
    "ApplicationNote",
    "CardWord",
    "Claimed",
    "ClaimedEntry",
    "Country",
    "CountryAccess",
    "DomainProof",
    "Facility",
    "FacilityClaim",
    "FacilityWord",
    "FirstStep",
    "Follow",
    "GazetteerName",
    "GazetteerPlace",
    "HeldChange",
    "Listing",
    "ListingFacility",
    "ListingTag",
    "ListingWord",
    "MentorOffer",
    "MentorRequest",
    "Objection",
    "OrganizationCard",
    "Program",
    "ProgramDraft",
    "ProgramFacility",
    "ProgramGrant",
    "ProgramPersonGrant",
    "ProgramText",
    "ProgramVersion",
    "Relay",
    "Reminder",
    "Removal",
    "Report",
    "Revision",
    "Suppression",
    "VisitingRule",
    "Vouch",
    "WordForm",
]
