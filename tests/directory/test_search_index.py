"""The index of the search stays in step with the rows, and holds nothing that is not public."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, transaction

from directory.actions.cards import publish_card
from directory.actions.importing import Facilities, Programs
from directory.actions.profiles import add_profiles
from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.search_index import (
    JOB,
    keep_search_current,
    purge_search,
    rebuild_search,
)
from directory.actions.suppression import suppress_listing
from directory.models import (
    CardWord,
    Facility,
    FacilityWord,
    Listing,
    ListingWord,
    OrganizationCard,
    Program,
    ProgramText,
    WordForm,
)
from directory.queries.search import close_words, facilities_with, listings_with, suggestions
from directory.queries.search.words import INDEX_VERSION, MOST_WORDS
from network.models import AuditEntry, Job
from network.permissions import Refused
from network.tenancy import Purpose, acting, system, visitor
from tests.directory.desk import release_all
from tests.directory.importing import ACTOR, PLACE, PROGRAM
from tests.directory.test_publishing import make_program
from tests.factories import make_country, make_facility, make_listing

pytestmark = pytest.mark.django_db
OPERATOR = system(Purpose.OPERATOR)
PURGE = system(Purpose.PURGE)


def found(words):
    return sorted(Listing.objects.filter(listings_with(words)).values_list("slug", flat=True))


def places(words):
    return sorted(Facility.objects.filter(facilities_with(words)).values_list("slug", flat=True))


def known(word):
    return WordForm.objects.filter(word=word).exists()


def index():
    """Everything that the index holds, each row once."""
    rows = {
        model.__name__: sorted(model.objects.values_list("row", "word", "weight"))
        for model in (ListingWord, FacilityWord, CardWord)
    }
    forms = sorted(WordForm.objects.values_list("kind", "form", "word"))
    assert len(forms) == len(set(forms))
    return {**rows, "forms": forms}


@pytest.fixture
def in_step():
    """At the end of a test the index is what it would be if it were made anew."""
    yield
    before = index()
    rebuild_search(ACTOR)
    assert index() == before
    assert before["ListingWord"] or before["FacilityWord"] or not before["forms"]


@pytest.fixture
def program(cast):
    land = make_country("GB", names={"en": "United Kingdom", "fr": "Royaume-Uni"})
    make_facility(slug="harbour-house", name="Harbour House", locality="", country=land)
    with acting(cast.actor("amara")):
        return make_program(cast.a)


def publish(cast, program, **change):
    with acting(cast.actor("amara")) as amara:
        Program.objects.filter(pk=program.pk).update(**change)
        program.refresh_from_db()
        listing = publish_program(amara, program=program)
    release_all()
    return listing


def test_a_working_copy_is_not_found_before_it_is_published(cast, program, in_step):
    assert found("harbour") == []
    assert found("canary") == []
    assert not known("canary")
    assert {one.kind for one in suggestions("harb", "en")} == {"facility"}
    assert close_words("habrourr") == ""
    with acting(cast.actor("chiara")) as chiara:
        other = make_program(cast.b, slug="other")
        ProgramText.objects.filter(program=other).update(name="Geheimnis")
    publish(cast, program)
    assert found("harbour") == ["harbour"]
    assert found("geheimnis") == []
    assert not known("geheimnis")
    with acting(chiara):
        assert found("geheimnis") == []


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("descriptions", "canary description"),
        ("facilities", "harbour house canary"),
        ("how_to_be_visited", "canary visited"),
        ("how_to_join", "canary join"),
        ("languages", "french"),
        ("point", "harbourtown"),
        ("services", "legal referral"),
        ("summaries", "canary summary"),
    ],
)
def test_what_is_withheld_is_not_found(cast, program, field, words, in_step):
    publish(cast, program, services=["legal_referral"])
    assert found(words) == ["harbour"]
    publish(cast, program, withheld=[field])
    assert found(words) == []
    assert found("harbour visitors") == ["harbour"]
    assert known("harbourtown") == (field != "point")
    assert "program" not in {one.kind for one in suggestions(words, "en")}


def test_contact_is_in_no_index(cast, program):
    contact = {"email": "quokka@quokka.example", "note": "quokka"}
    publish(cast, program, contact=contact, capacity={"note": "wombat"})
    assert found("quokka") == []
    assert found("wombat") == []


def test_publishing_again_follows_the_texts_and_the_slug(cast, program, in_step):
    publish(cast, program)
    with acting(cast.actor("amara")):
        ProgramText.objects.filter(program=program).update(name="Quayside Friends")
    publish(cast, program, slug="quayside", locality="Elsewhere")
    assert found("quayside") == ["quayside"]
    assert found("elsewhere") == ["quayside"]
    assert found("harbourtown") == []
    assert not known("harbourtown")


def test_unpublishing_takes_the_words_away(cast, program, in_step):
    make_listing(slug="other", name="Other Visitors", country=make_country("GB"))
    publish(cast, program)
    with acting(cast.actor("amara")) as amara:
        unpublish_program(amara, program=program)
    assert found("harbourtown") == []
    assert not known("harbourtown")
    assert found("visitors") == ["other"]


def test_a_card_follows_its_organization(cast, program, in_step):
    publish(cast, program)
    assert "organization" in {one.kind for one in suggestions("harbour", "en")}
    cast.a.name, cast.a.slug = "Quayside", "quayside"
    with acting(OPERATOR) as operator:
        cast.a.save()
        publish_card(operator, organization=cast.a)
    shown = {(one.kind, one.slug) for one in suggestions("quayside", "en")}
    assert ("organization", "quayside") in shown
    assert CardWord.objects.filter(row__pk=cast.a.pk, word="harbour").count() == 0
    assert OrganizationCard.objects.count() == 1


def test_what_is_claimed_is_found_once(cast, program, in_step):
    old = make_listing(slug="old", name="Harbour Visitors Oldname", country=make_country("GB"))
    other = make_listing(slug="of-b", name="Harbour of others", claim="own")
    assert found("harbour") == ["of-b", "old"]
    publish(cast, program, replaces=[str(old.pk), str(other.pk)])
    assert found("harbour") == ["harbour", "of-b"]
    assert not known("oldname")


def test_what_is_taken_off_leaves_no_word(in_step):
    make_listing(slug="gone", name="Quokka Visitors")
    make_listing(slug="stays", name="Other Visitors")
    assert found("quokka") == ["gone"]
    with acting(OPERATOR) as operator:
        suppress_listing(operator, slug="gone")
    assert found("quokka") == []
    assert not known("quokka")
    assert found("visitors") == ["stays"]


def test_importing_again_follows_the_file(files, in_step):
    other = {**PROGRAM, "slug": "gb-other", "name": "Other"}
    files(Programs, {**PROGRAM, "facilities_visited": "Quokka House"}, other)
    assert found("quokka") == ["gb-harbour"]
    files(Programs, {**PROGRAM, "facilities_visited": "Wombat House"}, other)
    assert found("quokka") == []
    assert found("wombat") == ["gb-harbour"]
    assert not known("quokka")
    files(Facilities, {**PLACE, "name": "Quokka"})
    assert places("quokka") == ["gb-new-place"]
    assert found("quokka") == []
    files(Facilities, {**PLACE, "name": "Wallaby", "as_of": "2021"})
    assert places("quokka") == []
    assert places("wallaby kingdom") == ["gb-new-place"]
    assert not known("quokka")


def test_an_import_that_is_undone_leaves_no_word(files, in_step):
    files(Programs, PROGRAM)
    bad = {**PROGRAM, "slug": "gb-bad", "country": "nowhere"}
    new = {**PROGRAM, "slug": "gb-new", "name": "Quokka"}
    files(Programs, bad, new, all_or_nothing=True)
    files(Programs, new, dry_run=True)
    assert found("quokka") == []
    assert not known("quokka")


def test_texts_that_others_added_stay_found_when_a_row_changes(files, tmp_path, in_step):
    files(Programs, {**PROGRAM, "languages": "en"})
    path = tmp_path / "profiles.json"
    row = {"slug": "gb-harbour", "lang": "cy", "name": "Ymwelwyr", "name_en": "Visitors"}
    path.write_text(json.dumps([{**row, "summary": "Ymweliadau."}]))
    with acting(ACTOR):
        add_profiles(ACTOR, path=path)
    assert found("ymwelwyr ymweliadau") == ["gb-harbour"]
    files(Programs, {**PROGRAM, "languages": "en", "city": "Hull"})
    assert found("ymwelwyr ymweliadau hull") == ["gb-harbour"]


def test_a_row_has_so_many_words_at_most():
    text = " ".join(f"word{number}" for number in range(3 * MOST_WORDS))
    listing = make_listing(slug="long", name="Harbour", summaries={"en": text})
    assert listing.words.count() == MOST_WORDS
    assert found("harbour") == ["long"]
    assert found("word7") == ["long"]


def test_a_word_that_nothing_holds_any_more_is_never_shown_and_is_purged():
    make_listing(slug="gone", name="Quokkas", locality="")
    make_facility(slug="place", name="Wombat")
    make_listing(slug="stays", name="Harbour")
    with acting(OPERATOR):
        Listing.objects.filter(slug="gone").delete()
    assert known("quokkas")
    assert close_words("quakkkas") == ""
    assert suggestions("quok", "en") == []
    assert purge_search(PURGE)["words_forgotten"] == 1
    assert not known("quokkas")
    assert known("harbour")
    assert known("wombat")
    assert purge_search(PURGE) == {"words_forgotten": 0, "words_added": 0}


def test_the_purge_adds_what_the_vocabulary_lacks():
    make_listing(slug="one", name="Harbour")
    before = index()
    with acting(OPERATOR):
        WordForm.objects.filter(word="harbour").delete()
    assert found("harbour") == ["one"]
    assert found("harbo") == []
    assert purge_search(PURGE) == {"words_forgotten": 0, "words_added": 1}
    assert index() == before


def test_only_the_purge_purges_and_only_who_may_import_rebuilds(cast):
    for actor in (OPERATOR, ACTOR, visitor(), cast.actor("amara")):
        with pytest.raises(ValueError, match="purges"):
            purge_search(actor)
    for actor in (PURGE, visitor()):
        with pytest.raises(Refused):
            rebuild_search(actor)
    with acting(cast.actor("amara")) as amara, pytest.raises(Refused):
        rebuild_search(amara)


def test_the_index_is_made_anew_where_another_version_made_it():
    make_listing(slug="one", name="Harbour")
    assert keep_search_current(ACTOR).listings == 1
    assert keep_search_current(ACTOR) is None
    with acting(OPERATOR):
        ListingWord.objects.all().delete()
    Job.objects.filter(name=JOB).update(result={"version": INDEX_VERSION - 1})
    assert found("harbour") == []
    assert keep_search_current(ACTOR).listings == 1
    assert found("harbour") == ["one"]
    assert Job.objects.get(name=JOB).result == {"version": INDEX_VERSION}
    with acting(OPERATOR):
        verbs = AuditEntry.objects.filter(object_kind="search_index").values_list(
            "verb", flat=True
        )
        assert list(verbs) == ["search.rebuilt"] * 2


def test_the_command_says_what_it_did(capsys):
    make_listing(slug="one", name="Harbour", organization=None)
    make_facility(slug="place")
    with acting(OPERATOR):
        ListingWord.objects.all().delete()
    call_command("rebuild_search", "--json")
    expected = {"listings": 1, "facilities": 1, "organizations": 0}
    assert json.loads(capsys.readouterr().out) == expected
    assert found("harbour") == ["one"]
    call_command("rebuild_search")
    assert "1 programs, 1 places and 0 organizations" in capsys.readouterr().out


def refused(write):
    """Whether the database refuses a write, or lets it change nothing."""
    try:
        with transaction.atomic():
            return not write()
    except DatabaseError:
        return True


@pytest.mark.skipif(not settings.HAS_OWNER_ROLE, reason="row security needs two roles")
def test_a_group_writes_words_of_its_own_rows_only(cast, program):
    other = make_listing(slug="other", name="Visitors of others")
    place = make_facility(slug="place", name="Place")
    publish(cast, program)
    with acting(cast.actor("amara")):
        assert refused(lambda: ListingWord.objects.create(row=other, word="forged", weight=7))
        assert refused(lambda: FacilityWord.objects.create(row=place, word="forged", weight=7))
        assert refused(lambda: ListingWord.objects.filter(row=other).delete()[0])
        assert refused(lambda: ListingWord.objects.filter(row=other).update(weight=1))
        assert refused(lambda: WordForm.objects.create(kind=0, form="forged", word="forged"))
        assert refused(lambda: WordForm.objects.filter(word="others").delete()[0])
        assert refused(lambda: WordForm.objects.update(form="forged"))
        card = OrganizationCard.objects.get(pk=cast.a.pk)
        assert CardWord.objects.create(row=card, word="own", weight=1)
        assert WordForm.objects.create(kind=0, form="own", word="own")
    with acting(cast.actor("chiara")):
        assert refused(lambda: CardWord.objects.create(row=card, word="forged", weight=7))
        assert refused(lambda: CardWord.objects.all().delete()[0])
        assert refused(lambda: ListingWord.objects.all().delete()[0])
    for actor in (visitor(), PURGE):
        with acting(actor):
            assert refused(lambda: ListingWord.objects.create(row=other, word="x", weight=7))
            assert refused(lambda: ListingWord.objects.all().delete()[0])
    with acting(visitor()):
        assert refused(lambda: WordForm.objects.all().delete()[0])
        assert refused(lambda: WordForm.objects.create(kind=0, form="x", word="x"))
    assert found("others") == ["other"]
