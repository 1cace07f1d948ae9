"""Loading the towns: whole, again, by whom; and the real list, in every script."""

import json

import pytest
from django.core.management import call_command

from directory.actions.gazetteer import bundled_towns, gazetteer_version, load_gazetteer
from directory.actions.gazetteer.display import names_of
from directory.actions.gazetteer.spellings import spellings_of
from directory.enums.regions import REGIONS
from directory.models import GazetteerName, GazetteerPlace
from directory.queries.gazetteer import loaded_version
from directory.queries.places import places_named
from network.models import AuditEntry, Job
from network.permissions import Refused
from network.tenancy import Purpose, acting, member, system, visitor
from tests.directory.towns import LYON, TOWNS, load_countries, load_towns, town

pytestmark = pytest.mark.django_db

LANGUAGES = ("ar", "en", "es", "fr")

# What people type, in twenty scripts and more languages, and the town that is meant.
REAL = (
    *(("Лион", "Lyon"), ("ליון", "Lyon"), ("リヨン", "Lyon"), ("里昂", "Lyon"), ("리옹", "Lyon")),
    *(("ليون", "Lyon"), ("Λυών", "Lyon"), ("Lione", "Lyon"), ("ლიონი", "Lyon"), ("ልዮን", "Lyon")),
    *(("런던", "London"), ("Londres", "London"), ("لندن", "London"), ("伦敦", "London")),
    *(("倫敦", "London"), ("लंदन", "London"), ("লন্ডন", "London"), ("ลอนดอน", "London")),
    *(("Αθήνα", "Athens"), ("Αθηνα", "Athens"), ("Atenas", "Athens"), ("أثينا", "Athens")),
    *(("München", "Munich"), ("Munchen", "Munich"), ("Muenchen", "Munich"), ("Мюнхен", "Munich")),
    *(("ミュンヘン", "Munich"), ("Մյունխեն", "Munich"), ("மியூனிக்", "Munich")),
    *(("تونس", "Tunis"), ("Túnez", "Tunis"), ("القاهرة", "Cairo"), ("Le Caire", "Cairo")),
    *(("開羅", "Cairo"), ("카이로", "Cairo"), ("Tijuana", "Tijuana"), ("Тихуана", "Tijuana")),
    *(("東京", "Tokyo"), ("도쿄", "Tokyo"), ("Токио", "Tokyo")),
    *(("Київ", "Kyiv"), ("Киев", "Kyiv"), ("Kiev", "Kyiv"), ("አዲስ አበባ", "Addis Ababa")),
    *(("ကရာချိမြို့", "Karachi"), ("کراچی", "Karachi"), ("ਕਰਾਚੀ", "Karachi"), ("ಮುಂಬೈ", "Mumbai")),
    *(("മുംബൈ", "Mumbai"), ("ముంబై", "Mumbai"), ("મુંબઈ", "Mumbai"), ("ଲିଓନ", "Lyon")),
    *(("Ciudad de México", "Mexico City"), ("Calais", "Calais"), ("İstanbul", "Istanbul")),
    *(("istanbul", "Istanbul"), ("Łódź", "Łódź"), ("lodz", "Łódź"), ("København", "Copenhagen")),
    *(("طرابلس", "Tripoli"), ("دمشق", "Damascus"), ("بيروت", "Beirut"), ("تهران", "Tehran")),
    *(("São Paulo", "São Paulo"), ("sao paulo", "São Paulo"), ("Hà Nội", "Hanoi")),
    *(
        ("Crawley", "Crawley"),
        ("Adelanto", "Adelanto"),
        ("Paris", "Paris"),
        ("Nha Trang", "Nha Trang"),
    ),
)
REAL_NARROWED = (
    ("Paris, Texas", ("Paris", "US", "Texas")),
    ("Birmingham, Alabama", ("Birmingham", "US", "Alabama")),
    ("Birmingham", ("Birmingham", "GB", "England")),
    ("San José, Costa Rica", ("San José", "CR", "")),
    ("Tijuana, Baja California", ("Tijuana", "MX", "Baja California")),
    ("Newcastle, NSW", ("Newcastle", "AU", "New South Wales")),
    ("باريس، فرنسا", ("Paris", "FR", "")),
    ("York", ("York", "GB", "England")),
    ("Muncih", ("Munich", "DE", "")),
)
# A town in each region, known from elsewhere: the names stand beside the right codes.
CAPITALS = {
    "Calgary": "Alberta",
    "Vancouver": "British Columbia",
    "Winnipeg": "Manitoba",
    "Fredericton": "New Brunswick",
    "Halifax": "Nova Scotia",
    "Toronto": "Ontario",
    "Charlottetown": "Prince Edward Island",
    "Montréal": "Quebec",
    "Regina": "Saskatchewan",
    "Whitehorse": "Yukon",
    "Yellowknife": "Northwest Territories",
    "Canberra": "Australian Capital Territory",
    "Sydney": "New South Wales",
    "Darwin": "Northern Territory",
    "Brisbane": "Queensland",
    "Adelaide": "South Australia",
    "Hobart": "Tasmania",
    "Melbourne": "Victoria",
    "Perth": "Western Australia",
    "Cardiff": "Wales",
    "Belfast": "Northern Ireland",
    "Edinburgh": "Scotland",
    "Mexicali": "Baja California",
    "Tapachula": "Chiapas",
    "Cancún": "Quintana Roo",
    "Monterrey": "Nuevo León",
    "Hermosillo": "Sonora",
    "Zapopan": "Jalisco",
    "Honolulu": "Hawaii",
    "Anchorage": "Alaska",
    "Houston": "Texas",
    "Boise": "Idaho",
}


def rows():
    places = set(GazetteerPlace.objects.values_list("pk", "name", "country", "population"))
    return places, set(GazetteerName.objects.values_list("folded", "place", "is_main"))


@pytest.mark.parametrize(
    "actor",
    [visitor(), system(Purpose.OPERATOR), system(Purpose.PURGE), system(Purpose.SIGN_IN)],
    ids=str,
)
def test_only_the_importing_system_loads(actor):
    load_towns()
    before = rows()
    with pytest.raises(Refused):
        load_gazetteer(actor, towns=[town(99, "Otherwhere", "XX", (1, 1), 1)])
    assert rows() == before


def test_no_member_loads(cast):
    for name in ("amara", "omar", "chiara", "farid"):
        with pytest.raises(Refused):
            load_gazetteer(cast.actor(name), towns=TOWNS)
    with pytest.raises(Refused):
        load_gazetteer(member(cast.dov.pk, cast.a.pk), towns=TOWNS)
    assert not GazetteerPlace.objects.exists()


def test_loading_again_changes_nothing_and_is_written_down():
    first = load_towns()
    before = rows()
    assert load_towns() == first
    assert rows() == before
    assert (first.places, first.names) == (len(TOWNS), len(before[1]))
    assert loaded_version() == first.version == gazetteer_version()
    assert Job.objects.get(name="gazetteer").result["places"] == len(TOWNS)
    with acting(system(Purpose.OPERATOR)):
        written = AuditEntry.objects.filter(verb="gazetteer.loaded")
        assert [entry.details["places"] for entry in written] == [len(TOWNS)] * 2


def test_towns_that_change_are_changed_and_those_gone_go():
    load_towns()
    moved = town(1, "Lyon", "FR", (45.0, 5.0), 600_000, "Lugdunum")
    load_towns([moved, town(99, "Newtown", "FR", (46, 5), 20_000)])
    assert set(GazetteerPlace.objects.values_list("pk", "latitude", "population")) == {
        (1, 45.0, 600_000),
        (99, 46.0, 20_000),
    }
    assert set(GazetteerName.objects.values_list("folded", flat=True)) == {
        *("lyon", "lugdunum", "newtown")
    }


def test_a_list_that_breaks_off_changes_nothing():
    load_towns()
    before, version = rows(), Job.objects.get(name="gazetteer").finished_at

    def broken():
        yield from (town(n, f"Town {n}", "FR", (1, 1), 1) for n in range(1000, 2500))
        raise OSError("the list breaks off")

    with pytest.raises(OSError, match="breaks off"):
        load_towns(broken())
    assert rows() == before
    assert Job.objects.get(name="gazetteer").finished_at == version
    assert load_towns([]).places == 0
    assert rows() == (set(), set())


def test_the_version_follows_the_folding_and_the_languages(monkeypatch, settings):
    before = gazetteer_version()
    assert gazetteer_version() == before
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]
    with_german = gazetteer_version()
    assert with_german != before

    def folds_otherwise(text):
        return text.casefold().replace("\u0629", "\u0647")

    monkeypatch.setattr("directory.queries.place_key.fold", folds_otherwise)
    assert gazetteer_version() != with_german


def test_which_names_are_looked_up():
    others = ("LYS", "Lyons", "LYON", "Lión", "li ang", "lywn", "Лион", "", "  ", "'", "x" * 90)
    found = spellings_of(town(1, "Lyon", "FR", (45, 4), 1, *others))
    assert found == {"lyon": True, "lyons": False, "lion": False, "лион": False}
    # The main name stays however it is written.
    assert spellings_of(town(1, "el hed", "DZ", (1, 1), 1)) == {"el hed": True}
    found = spellings_of(town(1, "Den Bosch", "NL", (1, 1), 1, "'s-Hertogenbosch", "NYC", "Nyc"))
    assert found == {"den bosch": True, "s hertogenbosch": False, "nyc": False}


def arabic(*others, name="Town", zone=""):
    return names_of(town(1, name, "XX", (1, 1), 1, *others, zone=zone), LANGUAGES).get("ar")


def test_which_name_a_reader_of_arabic_is_shown():
    assert arabic("لیون", "ليون", "ليۆن") == "ليون"
    assert arabic("لندن") == "لندن"
    # Letters of Persian, Urdu, Kurdish, Uyghur only: the main name stays.
    assert arabic("تهران\u06af", "ٹیونس", "تۇنىس", "لیۆن") is None
    assert arabic("سىدنى", "ئالجىر") is None
    assert arabic("Лион", "Lyon", "") is None
    # Of several the one that is spelt most fully.
    assert arabic("قاهره", "القاهرة", "مدينة القاهرة") == "القاهرة"
    # What CLDR says goes first, and only where the time zone is called after this town.
    assert arabic("توونس", name="Tunis", zone="Africa/Tunis") == "تونس"
    assert arabic("ليون", name="Lyon", zone="Europe/Paris") == "ليون"
    french = town(1, "London", "GB", (1, 1), 1, zone="Europe/London")
    assert names_of(french, LANGUAGES)["fr"] == names_of(french, LANGUAGES)["es"] == "Londres"
    assert names_of(LYON, ("en", "fr")) == {}


def test_the_real_list(capsys):
    """All of it, once: loaded by the command as an operator would."""
    load_countries()
    call_command("load_gazetteer", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["places"] == GazetteerPlace.objects.count() == 34_006
    assert said["names"] == GazetteerName.objects.count()
    assert 240_000 < said["names"] < 270_000
    assert said["version"] == loaded_version() == gazetteer_version()
    assert not GazetteerName.objects.filter(folded="").exists()
    assert not GazetteerPlace.objects.filter(name="").exists()

    assert len(REAL) > 60
    wrong = []
    for text, expected in REAL:
        found = next((p.name for p in places_named(text) if p.kind == "town"), None)
        if found != expected:
            wrong.append((text, expected, found))
    for text, expected in REAL_NARROWED:
        first = next(iter(places_named(text)), None)
        if first is None or (first.name, first.country, first.region) != expected:
            wrong.append((text, expected, first))
    assert wrong == [], wrong
    assert places_named("القاهرة", language="ar")[0].name == "القاهرة"

    by_name = GazetteerPlace.objects.filter(
        name__in=CAPITALS, country__in=("AU", "CA", "GB", "MX", "US")
    )
    regions = {}
    for place in by_name.order_by("population"):
        regions[place.name] = REGIONS.get((place.country, place.admin1))
    assert regions == CAPITALS


def test_every_region_of_the_five_countries_has_a_name():
    codes = {(t.country, t.admin1) for t in bundled_towns()}
    named = {code for code in codes if code[0] in ("AU", "CA", "GB", "MX", "US")}
    assert {code for code in named if code not in REGIONS and code[1]} == set()
    # Nunavut has no town of 15,000 people.
    assert set(REGIONS) - named <= {("CA", "14")}
