"""Our vocabulary of services as a taxonomy, and the languages that people speak."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from babel import Locale, UnknownLocaleError
from django.utils import translation

from api.hsds.serializers.values import ENGLISH, Document, entry_id, here, words
from directory.enums import Service
from directory.models import Listing

TAXONOMY_ID = entry_id("taxonomy", "services")
TAXONOMY = "Services of visiting programs"
VERSION = "1.0"
TERM_IDS = {service: entry_id("taxonomy-term", service.value) for service in Service}
MEANINGS = {
    Service.VISITS: "Visiting people who are held.",
    Service.BEFRIENDING: "Staying in touch with one person over time, as a friend would.",
    Service.PHONE: "Calling people who are held, or taking their calls.",
    Service.LETTERS: "Writing letters to people who are held.",
    Service.LEGAL_REFERRAL: "Finding a lawyer for somebody.",
    Service.LEGAL_AID: "Legal advice or representation.",
    Service.CASEWORK: "Following the case of one person with authorities and helpers.",
    Service.INTERPRETATION: "Interpreting and translating.",
    Service.PASTORAL: "Care by clergy and religious communities.",
    Service.PSYCHOSOCIAL: "Counselling and psychological support.",
    Service.PRACTICAL_SUPPORT: "Clothes, phone credit and other things of daily life.",
    Service.POST_RELEASE: "Help after release.",
    Service.HOUSING: "A place to live.",
    Service.ACCOMPANIMENT: "Going along to appointments.",
    Service.TRANSPORT: "Rides, for visitors or for people who are released.",
    Service.FAMILY_CONTACT: "Keeping people and their families in contact.",
    Service.COURT_SUPPORT: "Being present at hearings, and helping with bonds.",
    Service.HOTLINE: "A telephone number that people who are held can call.",
    Service.TRAINING: "Training for volunteers.",
    Service.MONITORING: "Watching the conditions in places of detention.",
    Service.ADVOCACY: "Speaking up for people who are held, in public or with authorities.",
    Service.RESEARCH: "Research on detention.",
    Service.NETWORK_SUPPORT: "Support for other groups.",
    Service.INFORMATION: "Information for people who are held and their families.",
    Service.OTHER: "Something that has no word in this vocabulary.",
}


def taxonomy() -> Document:
    """The vocabulary of services as a taxonomy."""
    return {
        "id": TAXONOMY_ID,
        "name": TAXONOMY,
        "description": "What programs do that visit people held in immigration detention.",
        "uri": here(f"/hsds/taxonomies/{TAXONOMY_ID}"),
        "version": VERSION,
    }


def taxonomy_term(service: Service) -> Document:
    """One word of the vocabulary, in English."""
    with translation.override(ENGLISH):
        name = str(service.label)
    return {
        "id": TERM_IDS[service],
        "code": service.value,
        "name": name,
        "description": MEANINGS[service],
        "taxonomy": TAXONOMY,
        "taxonomy_detail": taxonomy(),
        "language": ENGLISH,
        "taxonomy_id": TAXONOMY_ID,
        "term_uri": here(f"/hsds/taxonomy_terms/{TERM_IDS[service]}"),
    }


def service_of_term(term: UUID) -> Service | None:
    """The word that a term stands for; nothing where it is no term of ours."""
    return next((service for service, one in TERM_IDS.items() if one == str(term)), None)


def attributes_of(listing: Listing) -> list[Document]:
    """One attribute for each service of a listing.

    A word that this node does not know, sent by one that does, stands there without a term.
    """
    return [_attribute(listing, word) for word in words(listing.services)]


def languages_of(listing: Listing) -> list[Document]:
    """The languages that a program speaks, by their codes of ISO 639: no region, no script."""
    return [
        {
            "id": entry_id("language", listing.pk, code),
            "service_id": str(listing.pk),
            "name": language_name(code),
            "code": code.split("-")[0],
        }
        for code in words(listing.languages)
    ]


@lru_cache(maxsize=512)
def language_name(code: str) -> str:
    """The English name of a language; its code where none is known."""
    try:
        return Locale.parse(code, sep="-").get_display_name(ENGLISH) or code
    except (ValueError, UnknownLocaleError):
        return str(Locale(ENGLISH).languages.get(code, code))


def _attribute(listing: Listing, word: str) -> Document:
    entry: Document = {
        "id": entry_id("attribute", listing.pk, word),
        "link_id": str(listing.pk),
        "link_type": "service_type",
        "link_entity": "service",
        "value": word,
    }
    if word not in Service.values:
        return {**entry, "label": word}
    term = taxonomy_term(Service(word))
    return {
        **entry,
        "label": term["name"],
        "taxonomy_term_id": term["id"],
        "taxonomy_term": term,
    }
