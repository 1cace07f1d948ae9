"""Tables of the directory, one model a file."""

from directory.models.access_event import AccessEvent
from directory.models.card_word import CardWord
from directory.models.claimed import Claimed
from directory.models.country import Country
from directory.models.country_access import CountryAccess
from directory.models.facility import Facility
from directory.models.facility_claim import FacilityClaim
from directory.models.facility_word import FacilityWord
from directory.models.gazetteer_name import GazetteerName
from directory.models.gazetteer_place import GazetteerPlace
from directory.models.listing import Listing
from directory.models.listing_facility import ListingFacility
from directory.models.listing_tag import ListingTag
from directory.models.listing_word import ListingWord
from directory.models.organization_card import OrganizationCard
from directory.models.program import Program
from directory.models.program_facility import ProgramFacility
from directory.models.program_grant import ProgramGrant, ProgramPersonGrant
from directory.models.program_text import ProgramText
from directory.models.removal import Removal
from directory.models.revision import Revision
from directory.models.suppression import Suppression
from directory.models.visiting_rule import VisitingRule
from directory.models.word_form import WordForm

__all__ = [
    "AccessEvent",
    "CardWord",
    "Claimed",
    "Country",
    "CountryAccess",
    "Facility",
    "FacilityClaim",
    "FacilityWord",
    "GazetteerName",
    "GazetteerPlace",
    "Listing",
    "ListingFacility",
    "ListingTag",
    "ListingWord",
    "OrganizationCard",
    "Program",
    "ProgramFacility",
    "ProgramGrant",
    "ProgramPersonGrant",
    "ProgramText",
    "Removal",
    "Revision",
    "Suppression",
    "VisitingRule",
    "WordForm",
]
