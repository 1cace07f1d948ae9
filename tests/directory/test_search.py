"""What is found by which words, and what comes first: one table for every database.

The rows are those of the sample and a few planted ones in scripts that the sample lacks. Each
case names the slugs that must be found, those that must not, and the one that comes first;
`only` means that nothing else is found.
"""

# ruff: noqa: RUF001 - names as they are written

from __future__ import annotations

from dataclasses import dataclass

import pytest

from directory.models import Facility, Listing
from directory.queries.search import (
    by_relevance,
    facilities_by_relevance,
    facilities_with,
    listings_with,
)
from network.words.tokens import runs_of
from tests.directory.searched import PLANTED

GB_CODES = ["gb-gatwick-detainees-welfare-group", "gb-campsfield-visiting"]
HOF = "de-beratung-im-abschiebegefangnis-hof"
CONTACT = "de-kontakt-und-beratungsstelle-in-der-abschiebungshafteinrichtung-pforzheim"
AG = "de-ag-abschiebehaft-pforzheim"
CTIC = "jp-ctic-ru-guan-mian-hui-sapo-to"
BOND = "jp-bond-wai-guo-ren-lao-dong-zhe-nan-min-togong-nibu-muhui"
NANCEN = "kr-nancen-visits-to-hwaseong-detention-centre"
CARITAS = "lb-caritas-team-at-the-general-security-centre-saha-al-abed"
GATWICK = "gb-gatwick-detainees-welfare-group"
BEZOEK = "nl-bezoekgroep-detentiecentrum-zeist"
HELSINKI = "pl-helsinska-fundacja-praw-czlowieka-monitoring-osrodkow-strzezonych"
MEDICOS = "pt-medicos-do-mundo-apoio-na-unidade-habitacional-de-santo-antonio"
TRANDUM = "no-besoksordning-pa-politiets-utlendingsinternat-pa-trandum"
ASTORP = "se-svenska-roda-korsets-besoksgrupp-forvaret-i-astorp"
ALUCHE = "es-pueblos-unidos-voluntariado-de-visitas-al-cie-de-aluche"
GRUP = "es-grup-de-visites-al-cie"
CORNEBARRIEU = "fr-cercle-des-voisins-du-centre-de-retention-de-cornebarrieu"
ROMA = "it-caritas-di-roma-volontariato-nel-cpr-di-ponte-galeria"
RED_CROSS_BG = "bg-agreement-to-visit-detention-centres"
COERR = "th-coerr-sthaankaktawkhntaangdaaw"
TAIWAN = "tw-visits-to-detention-centres"
MAYOTTE = "yt-solidarite-mayotte-centre-de-retention"


@dataclass(frozen=True)
class Case:
    """A question, and what is found by it: slugs separated by spaces."""

    asked: str
    found: str = ""
    first: str = ""
    absent: str = ""
    only: bool = False


def only(question, found="", first=""):
    return Case(question, found, first or found.partition(" ")[0], only=True)


CASES = [
    # Latin letters: case, accents, letters that Unicode does not take apart
    only("gatwick", GATWICK),
    only("GATWICK  Detainees", GATWICK),
    only("astorp", ASTORP),
    only("ÅSTORP", ASTORP),
    only("besoksordning", TRANDUM),
    only("Besøksordning Trandum", TRANDUM),
    only("odwiedziny lodzi", "pl-lodz"),
    only("ODWIEDZINY ŁODZI", "pl-lodz"),
    only("osrodkow strzezonych", HELSINKI),
    only("Helsińska fundacja", HELSINKI),
    only("istanbul isik", "tr-istanbul"),
    only("İSTANBUL IŞIK", "tr-istanbul"),
    only("ziyaretçileri", "tr-istanbul"),
    only("nhom tham vieng", "vi-tham"),
    only("visitacao conceicao", "pt-visitacao"),
    only("irmã visitação", "pt-visitacao"),
    only("médicos do mundo", MEDICOS),
    only("medicos mundo", MEDICOS),
    only("cornebarrieu voisins", CORNEBARRIEU),
    only("volontariato ponte galeria", ROMA),
    only("voluntariado aluche", ALUCHE),
    Case("grup visites", GRUP, GRUP),
    only("rétention mayotte", MAYOTTE),
    Case("rétention", MAYOTTE, absent="au-detention-rights-advocacy-program"),
    # Greek and Cyrillic
    only("Αθήνας", "el-athina"),
    only("αθηνας επισκεψεων", "el-athina"),
    only("ΟΜΑΔΑ", "el-athina"),
    only("елка", "ru-yolka"),
    only("Ёлка посещения", "ru-yolka"),
    only("червен кръст", RED_CROSS_BG),
    # Arabic letters: forms, marks, article; Persian and Urdu keyboards
    only("زياره السجون", "ar-ziyara"),
    only("زِيَارَة", "ar-ziyara"),
    only("سجون", "ar-ziyara"),
    only("ادارة الامل", "ar-ziyara"),
    only("إدارة", "ar-ziyara"),
    only("جمعية 24", "ar-ziyara"),
    only("جمعية ٢٤", "ar-ziyara"),
    only("مستشفي", "ar-mustashfa"),
    only("مســتشفى", "ar-mustashfa"),
    only("كاريتاس", CARITAS),
    only("العبد ساحة", CARITAS),
    only("ملاقات كنندگان", "fa-tehran"),
    only("پناهجويان", "fa-tehran"),
    only("پناه\u200cجویان", "fa-tehran"),
    only("قيديوں", "ur-lahore"),
    only("ھال ملاقات", "ur-lahore"),
    # Hebrew, Devanagari, Thai
    only("מבקרים", "he-saharonim"),
    only("סַהֲרוֹנִים", "he-saharonim"),
    only("כלא", "he-saharonim"),
    only("हिरासत", "hi-delhi"),
    only("समूह मुलाकात", "hi-delhi"),
    only("เยี่ยม", "th-phuket"),
    only("ภูเก็ต", "th-phuket"),
    Case("กักตัว", f"th-phuket {COERR}"),
    # Chinese, Japanese, Korean: two characters and one
    Case("入管", f"{CTIC} {BOND}", CTIC, absent=NANCEN),
    only("入管面会", CTIC),
    Case("面会", f"{CTIC} {BOND}", CTIC, absent=f"{NANCEN} zh-tantao"),
    Case("牛久", f"{CTIC} {BOND}"),
    only("管入"),
    only("探訪", "zh-tantao"),
    Case("收容所", f"zh-tantao {TAIWAN}"),
    only("訪團", "zh-tantao"),
    only("團", "zh-tantao"),
    only("收訪"),
    only("拘留", "zh-juliu"),
    only("探访 移民", "zh-juliu"),
    Case("난민", f"ko-incheon {NANCEN}", NANCEN),
    only("인천공항", "ko-incheon"),
    only("공항 방문", "ko-incheon"),
    only("화성 면회", NANCEN),
    # German compounds: a part of four letters or more, never a word that is not in it
    Case("haft", f"{AG} {CONTACT} {HOF} at-evangelische-schubhaftseelsorge-salzburg"),
    Case("hafteinrichtung", f"{AG} {CONTACT} {HOF}", CONTACT),
    Case("Abschiebehaft", AG, absent=CONTACT),
    Case("abschiebungshaft", f"{CONTACT} {AG}", CONTACT),
    Case("besuche", "ch-gefangnisbesuche", "ch-gefangnisbesuche"),
    Case("seelsorge", "at-evangelische-schubhaftseelsorge-salzburg"),
    only("pforzheim einrichtung", f"{CONTACT} {AG}", CONTACT),
    Case("gefang", f"ch-gefangnisbesuche {HOF}", "ch-gefangnisbesuche"),
    # Several words, in any order, wherever each stands
    only("pforzheim abschiebehaft", AG),
    only("abschiebehaft pforzheim", AG),
    only("hof abschiebehaft", HOF),
    only("crawley gatwick", GATWICK),
    only("gatwick cornebarrieu"),
    only("casa de la paz", "us-casa-de-paz"),
    only("l'asile la terre", "fr-france-terre-dasile-centres-de-retention"),
    # One wrong letter: left out, added, replaced, swapped; not in short words, nor among digits
    only("gatwik", GATWICK),
    only("gattwick", GATWICK),
    only("gatwock", GATWICK),
    only("gawtick", GATWICK),
    only("bezoekgreop", BEZOEK),
    only("bezoekgroup", BEZOEK),
    only("atwick", GATWICK),
    only("gtwik"),
    only("αθηνσς", "el-athina"),
    only("хелсинкски", "bg-weekly-visits-to-both-detention-centres"),
    only("मुलाक़ात", "hi-delhi"),
    Case("hol", absent=HOF),
    only("128bis"),
    Case("127bis", "be-transitgroep-groupe-transit"),
    # Countries, in four languages and by their codes; languages; services
    *(
        Case(name, " ".join(GB_CODES), absent=f"{MAYOTTE} {CTIC}")
        for name in (
            "United Kingdom",
            "reino unido",
            "Royaume-Uni",
            "المملكة المتحدة",
            "uk",
            "GB",
            "gbr",
            "untied kingdom",
        )
    ),
    Case("alemania", f"{HOF} {AG}", absent="ch-gefangnisbesuche"),
    Case("allemagne pforzheim", f"{AG} {CONTACT}", absent=HOF),
    Case("ألمانيا", f"{HOF} {AG}"),
    Case("japón", f"{CTIC} {BOND}", absent=NANCEN),
    Case("corea del sur", f"{NANCEN} ko-incheon", absent=CTIC),
    Case("Bulgria", RED_CROSS_BG, absent=CTIC),
    only("كاريتاس لبنان", CARITAS),
    Case("árabe", CARITAS, absent=CTIC),
    Case("arabic", CARITAS),
    Case("arabe", CARITAS),
    Case("العربية", CARITAS),
    Case("japonés", CTIC, absent=NANCEN),
    Case("legal help bulgaria", "bg-center-for-legal-aid-voice-in-bulgaria"),
    Case("letters etowah", "us-etowah-visitation-project", absent="us-casa-de-paz"),
    # What comes first
    Case(
        "lantern",
        "ranking-exact ranking-begins ranking-inside ranking-other-name ranking-organization "
        "ranking-place ranking-facility ranking-text ranking-typo",
        "ranking-exact",
    ),
    only("amber beacon", "pair-in-texts pair-misspelled", "pair-in-texts"),
    Case("lantern visitors", "ranking-begins", "ranking-begins"),
    Case("move", "be-move", "be-move"),
    Case("friends without borders", first="gb-friends-without-borders"),
    Case("friends", first="gb-friends-without-borders"),
    # Signs are signs and nothing else
    only("%"),
    only("_"),
    only("gatw_ck"),
    only("gatw%", GATWICK),
    only("g%k"),
    only("100%", "quotes"),
    Case("o'hara", "quotes", "quotes"),
    only('"group"_1 o\'hara', "quotes"),
    only("' OR 1=1 --"),
    only("\\"),
    only("zzzz"),
]

FACILITIES = [
    Case("villawood", "au-villawood-immigration-detention-centre"),
    Case("vilawood", "au-villawood-immigration-detention-centre"),
    Case("Coquelles rétention", "fr-centre-de-retention-administrative-coquelles"),
    Case("成田", "jp-cheng-tian-kong-gang-shou-rong-chang-narita"),
    Case("narita japón", "jp-cheng-tian-kong-gang-shou-rong-chang-narita"),
    Case("serco maribyrnong", "au-maribyrnong-immigration-detention-centre"),
    Case("vordernberg", "at-anhaltezentrum-vordernberg", "at-anhaltezentrum-vordernberg"),
    Case("anhalte austria", "at-anhaltezentrum-vordernberg"),
    Case("planted", "planted-exact planted-begins planted-double-of", "planted-exact"),
    Case("مركز مزروع", "planted-begins", "planted-begins"),
    only("%"),
    only("planted zzzz"),
]


def check(case, found, ranked):
    slugs = set(found.values_list("slug", flat=True))
    wanted = set(case.found.split())
    assert wanted <= slugs, case.asked
    assert not slugs & set(case.absent.split()), case.asked
    if case.only:
        assert slugs == wanted
    rows = list(ranked[:200])
    assert {row.slug for row in rows} == slugs
    assert all(type(row.score) is int for row in rows)
    assert rows == sorted(rows, key=lambda row: (-row.score, row.slug))
    if case.first:
        assert rows[0].slug == case.first


def test_the_table_is_long_and_wide():
    assert len(CASES) + len(FACILITIES) >= 70
    assert len({language for _iso2, _name, language in PLANTED.values()}) >= 12


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.asked)
def test_listings(world, case):
    found = Listing.objects.filter(listings_with(case.asked))
    check(case, found, by_relevance(found, case.asked))


@pytest.mark.parametrize("case", FACILITIES, ids=lambda case: case.asked)
def test_facilities(world, case):
    found = Facility.objects.filter(facilities_with(case.asked), merged_into=None)
    check(case, found, facilities_by_relevance(found, case.asked))


def test_the_order_of_places_in_which_a_word_may_stand(world):
    found = Listing.objects.filter(listings_with("lantern"))
    assert [row.slug for row in by_relevance(found, "lantern")] == [
        f"ranking-{place}"
        for place in (
            "exact",
            "begins",
            "inside",
            "other-name",
            "organization",
            "place",
            "facility",
            "text",
            "typo",
        )
    ]


def test_a_blank_question_is_fulfilled_by_all_in_the_order_of_slugs(world):
    for words in ("", "   ", "\n"):
        found = Listing.objects.filter(listings_with(words))
        assert found.count() == Listing.objects.count()
        slugs = [row.slug for row in by_relevance(found, words)]
        assert slugs == sorted(slugs)
        assert len(slugs) == found.count()


@pytest.mark.parametrize("words", ["a", "a b c d e f g h i j k", "l' d' s", "'", "é"])
def test_single_letters_and_signs_break_nothing(world, words):
    found = Listing.objects.filter(listings_with(words))
    assert list(by_relevance(found, words)) is not None


def test_other_filters_hold_beside_the_words(world):
    found = Listing.objects.filter(listings_with("caritas")).filter(country__iso2="IT")
    slugs = {row.slug for row in by_relevance(found, "caritas")}
    assert ROMA in slugs
    assert all(slug.startswith("it-") for slug in slugs)


def test_only_the_first_eight_words_count(world):
    eight = "gatwick detainees welfare group crawley english united kingdom"
    assert Listing.objects.filter(listings_with(eight)).exists()
    assert Listing.objects.filter(listings_with(f"{eight} zzzz")).exists()
    assert not Listing.objects.filter(listings_with(f"zzzz {eight}")).exists()


@pytest.mark.parametrize("words", ["gatwick", "visits france", "面会"])
def test_the_number_of_queries_is_the_same_for_every_question(
    world, django_assert_num_queries, words
):
    with django_assert_num_queries(2 if words != "面会" else 1):
        condition = listings_with(words)
    found = Listing.objects.filter(condition)
    with django_assert_num_queries(1):
        list(found)
    with django_assert_num_queries(4 if words != "面会" else 3):
        ranked = by_relevance(found, words)
    with django_assert_num_queries(1):
        list(ranked[:200])


def test_every_text_is_found_by_its_own_words(world):
    # Every fifth: each asks nine questions.
    for listing in Listing.objects.order_by("slug")[::5]:
        for text in (listing.name, *listing.names.values(), listing.organization_name):
            for words in (text, " ".join(reversed(text.split())), text.upper()):
                found = Listing.objects.filter(listings_with(words), pk=listing.pk)
                assert found.exists() or not runs_of(text), words
