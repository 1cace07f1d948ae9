"""Take us off: gone at once, for good, whoever imports."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from directory.actions.importing import Countries, Programs
from directory.actions.sample import SAMPLE_DIR, load_sample
from directory.actions.suppression import suppress_listing
from directory.models import Listing, ListingFacility, ListingTag, Suppression
from network import events
from network.models import AuditEntry
from network.permissions import Refused
from network.tenancy import Purpose, acting, system, visitor
from tests.directory.importing import ACTOR, PROGRAM, load, write_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def _listed(tmp_path):
    load(Countries, SAMPLE_DIR / "countries.csv")
    row = {**PROGRAM, "services": "visits", "facilities_visited": "A"}
    load(Programs, write_csv(tmp_path / "p.csv", row, {**row, "slug": "gb-other"}))


def suppress(*arguments):
    out = io.StringIO()
    call_command("suppress_listing", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("_listed")
def test_it_is_gone_and_no_import_brings_it_back(tmp_path):
    document = json.loads(suppress("gb-harbour", "--reason", "asked by e-mail", "--json"))
    assert document == {"slug": "gb-harbour", "suppressed": True, "changed": True}
    assert list(Listing.objects.values_list("slug", flat=True)) == ["gb-other"]
    assert ListingFacility.objects.count() == ListingTag.objects.count() == 1
    report = load(Programs, tmp_path / "p.csv")
    assert report.kept == {"suppressed": 1}
    assert not Listing.objects.filter(slug="gb-harbour").exists()
    assert Suppression.objects.get().reason == "asked by e-mail"


@pytest.mark.usefixtures("_listed")
def test_twice_changes_nothing():
    suppress("gb-harbour")
    assert "was off already" in suppress("gb-harbour", "--reason", "again")
    assert Suppression.objects.get().reason == ""
    with acting(system(Purpose.OPERATOR)):
        entry = AuditEntry.objects.get(verb="listing.suppressed")
    assert entry.details == {}


@pytest.mark.usefixtures("_listed")
def test_what_never_was_is_refused_in_one_line():
    with pytest.raises(CommandError, match="Nothing is listed as 'gb-none'") as found:
        suppress("gb-none")
    assert "\n" not in str(found.value)
    with pytest.raises(CommandError, match="Shorten the reason"):
        suppress("gb-harbour", "--reason", "r" * 201)
    assert Listing.objects.filter(slug="gb-harbour").exists()


@pytest.mark.usefixtures("_listed")
def test_others_may_not():
    for actor in (visitor(), ACTOR, system(Purpose.PURGE)):
        with acting(actor), pytest.raises(Refused):
            suppress_listing(actor, slug="gb-harbour")
    assert Listing.objects.filter(slug="gb-harbour").exists()


@pytest.mark.usefixtures("_listed")
def test_it_is_told_after_the_commit(django_capture_on_commit_callbacks, monkeypatch):
    told = []
    monkeypatch.setitem(events._receivers, events.ListingSuppressed, [told.append])
    with django_capture_on_commit_callbacks(execute=True):
        suppress("gb-harbour")
    assert told == [events.ListingSuppressed("gb-harbour")]


def test_the_sample_leaves_it_out():
    load_sample(ACTOR)
    slug = "jp-ctic-ru-guan-mian-hui-sapo-to"
    suppress(slug)
    reports = load_sample(ACTOR)
    assert reports["programs"].kept == {"suppressed": 1}
    assert not Listing.objects.filter(slug=slug).exists()
