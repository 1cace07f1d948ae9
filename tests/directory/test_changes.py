"""Dates and versions of listings: in the order of becoming visible, of what is public only."""

import datetime as dt

import pytest
from django.utils import timezone

from directory.actions.cards import publish_card
from directory.actions.importing import Programs, run_import
from directory.actions.profiles import add_profiles
from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.revisions import TICK, change_revision
from directory.actions.sample import SAMPLE_DIR
from directory.actions.suppression import suppress_listing
from directory.enums.withholding import WITHHOLDABLE
from directory.models import Country, Listing, ProgramText, Removal, Revision
from directory.queries.revisions import directory_revision
from network.tenancy import Purpose, acting, system
from tests.directory.test_publishing import make_program
from tests.factories import make_country, make_listing

pytestmark = pytest.mark.django_db

CHANGED = {
    "capacity": {"note": "changed"},
    "contact": {"email": "changed@example.org"},
    "languages": ["ti"],
    "services": ["phone"],
    "website": "https://changed.example",
    "point": 9.5,
}


@pytest.fixture
def program(cast):
    Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    with acting(cast.actor("amara")):
        return make_program(cast.a)


def stamps():
    return dict(Listing.objects.values_list("slug", "updated_at"))


def change_withheld(program, field):
    """Give one field of the working copy another value."""
    if field == "facilities":
        program.visits.update(name="Changed House")
    elif field == "point":
        program.latitude, program.locality = CHANGED[field], "Changedtown"
    elif field in CHANGED:
        setattr(program, field, CHANGED[field])
    else:
        column = {"summaries": "summary", "descriptions": "description"}.get(field, field)
        ProgramText.objects.filter(program=program).update(**{column: "changed"})
    program.version += 1
    program.save()


@pytest.mark.parametrize("field", sorted(WITHHOLDABLE))
def test_a_change_of_what_is_withheld_changes_no_date_version_or_mark(cast, program, field):
    with acting(cast.actor("amara")) as amara:
        program.withheld = [field]
        program.save()
        before = publish_program(amara, program=program)
        mark = directory_revision()
        change_withheld(program, field)
        publish_program(amara, program=program)
        after = Listing.objects.get()
        assert (after.version, after.updated_at) == (before.version, before.updated_at)
        assert after.words.exists()  # it is still found
        assert directory_revision() == mark
        program.withheld = []
        program.save()
        publish_program(amara, program=program)
    shown = Listing.objects.get()
    assert shown.version == before.version + 1
    assert shown.updated_at > before.updated_at
    assert directory_revision() != mark


def test_publishing_again_with_another_text_is_a_new_version(cast, program):
    with acting(cast.actor("amara")) as amara:
        before = publish_program(amara, program=program)
        ProgramText.objects.filter(program=program, language="fr").update(summary="Autre")
        after = publish_program(amara, program=program)
    assert after.version == before.version + 1
    assert after.updated_at > before.updated_at


def test_what_goes_away_leaves_its_number_and_comes_back_with_a_higher_version(cast, program):
    with acting(cast.actor("amara")) as amara:
        publish_program(amara, program=program)
        first = publish_program(amara, program=program)
        unpublish_program(amara, program=program)
        gone = Removal.objects.get()
        assert (gone.pk, gone.version) == (program.pk, first.version)
        assert gone.removed_at > first.updated_at
        back = publish_program(amara, program=program)
    assert back.version == first.version + 1
    assert back.updated_at > gone.removed_at
    assert not Removal.objects.exists()


def test_what_a_program_replaces_leaves_its_number(cast, program):
    found = make_listing(slug="found-before", country=Country.objects.get())
    other = make_listing(slug="other", country=Country.objects.get())
    with acting(cast.actor("amara")) as amara:
        program.replaces = [str(found.pk)]
        program.save()
        publish_program(amara, program=program)
    assert [one.pk for one in Removal.objects.all()] == [found.pk]
    assert Listing.objects.filter(pk=other.pk).exists()


def test_what_is_taken_off_leaves_its_number_and_nothing_else():
    listing = make_listing(slug="gone")
    operator = system(Purpose.OPERATOR)
    with acting(operator):
        suppress_listing(operator, slug="gone")
    (row,) = Removal.objects.values()
    assert row.keys() == {"id", "version", "removed_at"}
    assert row["id"] == listing.pk
    assert row["removed_at"] is not None


def test_a_card_with_another_name_is_a_change_of_its_listings_only(cast, program):
    other = make_listing(country=Country.objects.get())
    with acting(cast.actor("amara")) as amara:
        before = publish_program(amara, program=program)
        publish_card(amara, organization=cast.a)
        assert Listing.objects.get(pk=program.pk).version == before.version
        cast.a.name = "Harbour Friends"
        cast.a.save()
        publish_card(amara, organization=cast.a)
    after = Listing.objects.get(pk=program.pk)
    assert after.version == before.version + 1
    assert after.updated_at > before.updated_at
    assert stamps()[other.slug] == other.updated_at


def test_an_import_dates_what_it_wrote_and_nothing_else(tmp_path):
    make_country("FR")
    importing = system(Purpose.IMPORT)
    head = "slug,name,country,source_url\n"
    rows = [f"fr-{n},Visitors {n},FR,https://source.example/{n}\n" for n in range(3)]
    file = tmp_path / "programs.csv"
    file.write_text(head + "".join(rows))
    run_import(importing, Programs, file)
    before = stamps()
    assert len(set(before.values())) == 1
    assert None not in before.values()
    file.write_text(head + "".join(rows).replace("Visitors 1", "Friends"))
    run_import(importing, Programs, file)
    after = stamps()
    assert after["fr-1"] > before["fr-1"]
    assert {slug: after[slug] for slug in ("fr-0", "fr-2")} == {
        slug: before[slug] for slug in ("fr-0", "fr-2")
    }


def test_names_that_are_added_are_a_change():
    importing = system(Purpose.IMPORT)
    slug = "jp-bond-wai-guo-ren-lao-dong-zhe-nan-min-togong-nibu-muhui"
    before = make_listing(slug=slug)
    with acting(importing):
        add_profiles(importing, path=SAMPLE_DIR / "profiles_multilingual.json")
    after = Listing.objects.get(slug=slug)
    assert after.version == before.version + 1
    assert after.updated_at > before.updated_at


def test_dates_never_go_back_even_where_the_clock_does():
    ahead = timezone.now() + dt.timedelta(days=400)
    change_revision()
    Revision.objects.update(changed_at=ahead)
    with acting(system(Purpose.OPERATOR)):
        make_listing(slug="late", updated_at=None)
        change_revision()
        make_listing(slug="later", updated_at=None)
        change_revision()
    assert stamps() == {"late": ahead + TICK, "later": ahead + 2 * TICK}
