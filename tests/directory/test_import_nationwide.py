"""Which entries of the ledger speak for a whole country: decided by their names, one by one."""

import csv

import pytest

from directory.actions.importing.nationwide import speaks_for_all
from directory.actions.sample import SAMPLE_DIR, load_sample
from directory.models import AccessEvent
from tests.directory.importing import ACTOR

# Every name in the sample's ledger without a facility.
DECIDED = {
    ("AU", "All immigration detention facilities"): True,
    ("AU", "All onshore immigration detention facilities"): True,
    # The words of the country's own law for all of them together.
    ("BE", "All closed centres"): True,
    ("MX", "All migration stations and provisional stays"): True,
    ("BE", "Detention centres in Belgium (campaign visits)"): True,
    ("BG", "Detention centres in Bulgaria (campaign visits)"): True,
    ("ES", "Detention centres in Spain (campaign visits)"): True,
    ("RO", "Detention centres in Romania (campaign visits)"): True,
    ("CH", "Administrative detention in Switzerland"): True,
    ("HR", "Detention centres in Croatia"): True,
    ("JP", "Immigration detention facilities nationwide"): True,
    ("KR", "All immigration detention (general visits)"): True,
    ("KR", "All immigration detention (lawyers and consuls)"): True,
    ("MY", "All immigration detention depots"): True,
    ("TH", "Immigration detention centres"): True,
    ("US", "All ICE detention facilities"): True,
    ("US", "All ICE detention facilities (telephone line of a visitation network)"): True,
    # One kind of place among several: short-term holding facilities are no removal centres.
    ("GB", "All immigration removal centres"): False,
    ("AT", "Police detention centres in Austria"): False,
    ("EG", "All prisons (used for immigration detention)"): False,
    ("NZ", "All prisons (used for immigration detention)"): False,
    ("TH", "All prisons (used also for immigration detention)"): False,
    ("IT", "All identification and expulsion centres (CIE)"): False,
    # One agency's.
    ("MT", "All detention centres of the Detention Services Agency"): False,
    # A part of the country.
    ("AU", "Immigration detention facilities in New South Wales"): False,
    ("AU", "Immigration detention facilities in Queensland"): False,
    ("AU", "Immigration detention facilities in Victoria"): False,
    ("AU", "Immigration detention facilities in Western Australia"): False,
    ("GR", "Greek island hotspots"): False,
    ("JP", "Immigration detention centres (Tokyo bureau)"): False,
    ("PT", "Border detention and EECIT Lisbon"): False,
    ("US", "Detention facilities in Minnesota"): False,
    # Named places.
    ("BG", "Detention centres (Busmantsi, Lyubimets)"): False,
    ("CA", "British Columbia Immigration Holding Centre (Surrey)"): False,
    ("FR", "Border police premises, Menton"): False,
    ("FR", "Waiting zone (ZAPI), Roissy airport"): False,
    ("IT", "Lampedusa hotspot"): False,
    ("US", "ICE processing center, suburban Chicago (Broadview)"): False,
}
OTHERS = {
    ("GB", "Immigration detention centres in the United Kingdom"): True,
    ("FR", "All places of detention"): True,
    ("FR", "All closed centres"): False,
    ("FR", "Detention centres"): False,
    ("FR", "Detention centres in Spain"): False,
    ("FR", "All detention centres but one"): False,
    ("FR", ""): False,
}


def names_of(iso2):
    with (SAMPLE_DIR / "countries.csv").open(newline="", encoding="utf-8") as handle:
        row = next(row for row in csv.DictReader(handle) if row["iso2"] == iso2)
    return tuple(row[f"name_{code}"] for code in ("en", "es", "fr", "ar"))


@pytest.mark.parametrize(("place", "whole"), [*DECIDED.items(), *OTHERS.items()])
def test_each_name_is_decided(place, whole):
    iso2, name = place
    assert speaks_for_all(name, iso2, names_of(iso2)) is whole


@pytest.mark.django_db
def test_the_ledger_holds_the_decision_for_every_name_of_the_sample():
    load_sample(ACTOR)
    loose = AccessEvent.objects.filter(facility=None).select_related("country")
    named = [(event.country.iso2, event.facility_name, event.nationwide) for event in loose]
    assert {(iso2, name): wide for iso2, name, wide in named}.items() <= DECIDED.items()
    assert {name for _iso2, name, wide in named if wide} >= {"All ICE detention facilities"}
    assert not AccessEvent.objects.filter(facility__isnull=False, nationwide=True).exists()
