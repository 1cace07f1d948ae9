"""What changes anything public changes the mark; what changes nothing does not."""

import pytest

from directory.actions.cards import publish_card
from directory.actions.importing import Facilities, run_import
from directory.actions.profiles import add_profiles
from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.sample import SAMPLE_DIR
from directory.actions.suppression import suppress_listing
from directory.models import Country
from directory.queries.revisions import directory_revision
from network.permissions import Refused
from network.tenancy import Purpose, acting, system
from tests.directory.test_publishing import make_program
from tests.factories import make_country, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed():
    """Whether the mark has changed since this was last asked."""
    last = [directory_revision()]

    def ask():
        last.append(directory_revision())
        return last[-1] != last[-2]

    return ask


def test_publishing_unpublishing_and_cards(cast, changed):
    Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    amara = cast.actor("amara")
    with acting(amara):
        program = make_program(cast.a)
        assert not changed()
        publish_card(amara, organization=cast.a)
        assert changed()
        publish_program(amara, program=program)
        assert changed()
        unpublish_program(amara, program=program)
        assert changed()
        unpublish_program(amara, program=program)
        assert not changed()


def test_what_is_refused_changes_nothing(cast, changed):
    Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    with acting(cast.actor("amara")):
        program = make_program(cast.a)
    with acting(cast.actor("chiara")), pytest.raises(Refused):
        publish_program(cast.actor("chiara"), program=program)
    assert not changed()


def test_taking_off(changed):
    make_listing(slug="gone")
    operator = system(Purpose.OPERATOR)
    with acting(operator):
        suppress_listing(operator, slug="gone")
        assert changed()
        suppress_listing(operator, slug="gone")
        assert not changed()


def test_importing_only_where_something_was_written(changed):
    for iso2 in ("FR", "DE", "GB"):
        make_country(iso2)
    importing = system(Purpose.IMPORT)
    file = SAMPLE_DIR / "facilities.csv"
    run_import(importing, Facilities, file, dry_run=True)
    assert not changed()
    run_import(importing, Facilities, file, all_or_nothing=True)
    assert not changed()
    run_import(importing, Facilities, file)
    assert changed()
    run_import(importing, Facilities, file)
    assert not changed()


def test_names_and_summaries(changed):
    importing = system(Purpose.IMPORT)
    with acting(importing):
        add_profiles(importing, path=SAMPLE_DIR / "profiles_multilingual.json")
        assert not changed()
        make_listing(slug="jp-bond-wai-guo-ren-lao-dong-zhe-nan-min-togong-nibu-muhui")
        assert add_profiles(importing, path=SAMPLE_DIR / "profiles_multilingual.json") == 1
        assert changed()
