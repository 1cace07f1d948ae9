"""Claims, rules, reports and points of an export: taken as the desk would, and not before."""

import copy
import datetime as dt
import uuid

import pytest
from django.utils import timezone

from directory.actions.stating import release_reports
from directory.models import (
    AccessEvent,
    AccessReport,
    Facility,
    FacilityClaim,
    OrganizationCard,
    Program,
    ProgramVersion,
    VisitingRule,
)
from network.models import Organization
from network.tenancy import Purpose, acting, system
from tests.directory import test_loading
from tests.directory.moved import OPERATOR
from tests.uploaded import files

__all__ = ["files"]

pytestmark = pytest.mark.usefixtures("files")
load, moved, taken = test_loading.load, test_loading.moved, test_loading.taken
RELEASE = system(Purpose.RELEASE)
PARTS = ("claims", "rules", "reports")


@pytest.fixture
def arrived(cast, moved, load):
    """The parts, where the group is on a node that does not know what it said there."""
    with acting(OPERATOR):
        FacilityClaim.objects.filter(author=cast.a.slug).delete()
        VisitingRule.objects.filter(author=cast.a.slug).delete()
    moved["uploads.jsonl"] = []
    return moved


def verified(cast, status="verified"):
    with acting(OPERATOR):
        Organization.objects.filter(pk=cast.a.pk).update(status=status)


def due(cast):
    with acting(RELEASE):
        reports = AccessReport.objects.filter(organization_id=cast.a.pk)
        assert reports.update(publish_at=timezone.now()) == 1


def said_by(organization):
    with acting(OPERATOR):
        reports = AccessReport.objects.filter(organization_id=organization.pk)
        return (
            FacilityClaim.objects.filter(author=organization.slug).count(),
            VisitingRule.objects.filter(author=organization.slug).count(),
            reports.count(),
        )


def refusals(report):
    return {one["part"]: one["reason"] for one in report.refused if one["part"] in PARTS}


def test_what_an_unverified_group_says_is_not_public_and_its_report_waits(cast, arrived, load):
    others, entries = said_by(cast.b), AccessEvent.objects.count()
    report = load(arrived)
    assert (said_by(cast.a), said_by(cast.b)) == ((0, 0, 1), others)
    assert report.kept["statement"] == 2
    with acting(OPERATOR):
        waiting = AccessReport.objects.get(organization_id=cast.a.pk)
        told = arrived["reports.jsonl"][0]
        assert str(waiting.pk) == told["id"]
        assert waiting.values == told["values"]
        assert (waiting.person_id, waiting.released_at) == (None, None)
    due(cast)
    release_reports(RELEASE)
    assert AccessEvent.objects.count() == entries


def test_a_verified_group_says_it_again_signed_and_with_its_days(cast, arrived, load):
    load(arrived)
    verified(cast)
    report = load(arrived)
    assert refusals(report) == {}
    assert (report.created, report.kept["statement"]) == (2, 0)
    claim = FacilityClaim.objects.get(author=cast.a.slug)
    rule = VisitingRule.objects.get(author=cast.a.slug)
    assert (claim.values, str(claim.as_of)) == ({"capacity": 7}, "2026-05")
    assert (rule.days_hours, str(rule.confirmed_on)) == ("Tue", "2026-06-01")
    assert {str(claim.pk), str(rule.pk)} == {
        arrived["claims.jsonl"][0]["id"],
        arrived["rules.jsonl"][0]["id"],
    }
    assert Facility.objects.get(slug="harbour-house").capacity == 7
    assert OrganizationCard.objects.filter(pk=cast.a.pk).exists()
    before = said_by(cast.a)
    again = load(arrived)
    assert (again.created, again.updated, said_by(cast.a)) == (0, 0, before)


def test_what_waited_is_released_when_the_group_is_verified(cast, arrived, load):
    load(arrived)
    verified(cast)
    due(cast)
    with acting(OPERATOR):
        AccessReport.objects.filter(organization_id=cast.b.pk).delete()
    assert release_reports(RELEASE) == 1
    assert AccessEvent.objects.filter(statement="Told by GB.").count() == 1
    assert load(arrived).created == 2
    assert said_by(cast.a)[2] == 1


@pytest.mark.parametrize("status", ["suspended", "left"])
def test_who_may_not_speak_here_says_nothing_by_a_file(cast, arrived, load, status):
    load(arrived)
    verified(cast, status)
    load(arrived)
    assert said_by(cast.a)[:2] == (0, 0)


def test_a_place_is_known_by_its_slug_too_and_an_unknown_one_is_named(cast, arrived, load):
    load(arrived)
    verified(cast)
    for part in PARTS:
        arrived[f"{part}.jsonl"][0] |= {"facility": str(uuid.uuid4())}
    known = copy.deepcopy(arrived)
    for part in PARTS:
        arrived[f"{part}.jsonl"][0] |= {"facility_slug": "far-house", "id": str(uuid.uuid4())}
    refused = refusals(load(arrived))
    assert set(refused) == set(PARTS)
    assert {"far-house" in reason for reason in refused.values()} == {True}
    assert said_by(cast.a) == (0, 0, 1)
    assert refusals(load(known)) == {}
    assert said_by(cast.a) == (1, 1, 1)


def test_exports_of_before_have_no_slugs_of_places(cast, arrived, load):
    for part, name in (
        ("rules", "facility_slug"),
        ("rules", "confirmed_on"),
        ("reports", "facility_slug"),
    ):
        arrived[f"{part}.jsonl"][0].pop(name)
    load(arrived)
    verified(cast)
    assert refusals(load(arrived)) == {}
    assert said_by(cast.a) == (1, 1, 1)


@pytest.mark.parametrize(
    ("part", "change", "words"),
    [
        ("claims", {"values": {"name": "Planted"}}, "no group may claim"),
        ("claims", {"values": {"status": "planted"}}, "Choose one of"),
        ("claims", {"values": {"note": "A123456789"}}, "."),
        ("claims", {"as_of": None}, "as_of"),
        ("claims", {"created_at": "2999-01-01T00:00:00Z"}, "future"),
        ("claims", {"extra": 1}, "no row"),
        ("rules", {"visitor_category": "planted"}, "Choose one of"),
        ("rules", {"source_url": "javascript:alert(1)"}, "source_url"),
        ("rules", {"confirmed_on": "2999-01-01"}, "future"),
        ("rules", {"facility": None, "facility_slug": None}, "does not know the place"),
        ("reports", {"publish_at": "2999-01-01T00:00:00Z"}, "30 days"),
        ("reports", {"attributed_as": "source"}, "attributed_as"),
        ("reports", {"country": "FR"}, "another country"),
        ("reports", {"values": {"status": "barred", "person": "x"}}, "no report says"),
        ("reports", {"values": {"status": "barred"}}, "visitor_category"),
        ("reports", {"id": "1"}, "UUID"),
    ],
    ids=lambda value: value if isinstance(value, str) else ",".join(value),
)
def test_what_the_desk_would_refuse_is_refused_by_its_line(
    cast, arrived, load, part, change, words
):
    row = arrived[f"{part}.jsonl"][0]
    row |= change
    report = load(arrived)
    (refused,) = (one for one in report.refused if one["part"] in PARTS)
    assert (refused["part"], refused["line"]) == (part, 1)
    assert words in refused["reason"]
    if part == "reports":
        assert said_by(cast.a) == (0, 0, 0)


def test_a_report_that_is_not_to_name_the_group_does_not(cast, arrived, load):
    arrived["reports.jsonl"][0]["values"]["statement"] = "Harbour Visitors were turned away."
    assert "names your group" in refusals(load(arrived))["reports"]
    row = arrived["reports.jsonl"][0]
    row |= {"attributed_as": "organization", "attributed_to": "Visiteurs du port"}
    load(arrived)
    with acting(OPERATOR):
        waiting = AccessReport.objects.get(organization_id=cast.a.pk)
    assert waiting.attributed_to == "Harbour Visitors"


def test_ids_of_what_others_say_are_refused(cast, arrived, load):
    load(arrived)
    verified(cast)
    with acting(OPERATOR):
        theirs = {
            "claims": FacilityClaim.objects.get(author=cast.b.slug),
            "rules": VisitingRule.objects.get(author=cast.b.slug),
            "reports": AccessReport.objects.get(organization=cast.b),
        }
    for part, row in theirs.items():
        arrived[f"{part}.jsonl"][0]["id"] = str(row.pk)
    assert set(refusals(load(arrived))) == set(PARTS)
    assert said_by(cast.b) == (1, 1, 1)
    with acting(OPERATOR):
        for row in theirs.values():
            before = row.__dict__.copy()
            row.refresh_from_db()
            assert {n: row.__dict__[n] for n in before if n != "_state"} == {
                n: value for n, value in before.items() if n != "_state"
            }


def test_what_is_public_elsewhere_or_was_taken_back_stays_where_it_is(cast, arrived, load):
    arrived["reports.jsonl"].append({**arrived["reports.jsonl"][0], "id": str(uuid.uuid4())})
    arrived["reports.jsonl"][0]["is_public"] = True
    arrived["reports.jsonl"][1]["cancelled_at"] = "2026-06-01T00:00:00Z"
    arrived["claims.jsonl"][0]["withdrawn_at"] = "2026-06-01T00:00:00Z"
    load(arrived)
    verified(cast)
    report = load(arrived)
    assert (report.kept["ledger"], report.kept["withdrawn"]) == (2, 1)
    assert said_by(cast.a) == (0, 1, 0)


def test_what_the_group_said_here_since_counts(cast, arrived, load):
    load(arrived)
    verified(cast)
    with acting(OPERATOR):
        FacilityClaim.objects.create(
            facility=Facility.objects.get(slug="harbour-house"),
            author=cast.a.slug,
            values={"capacity": 9},
        )
    report = load(arrived)
    assert report.kept["lives_here"] >= 1
    assert [c.values for c in FacilityClaim.objects.filter(author=cast.a.slug)] == [
        {"capacity": 9}
    ]


def program_of(cast, slug="second-harbour"):
    with acting(OPERATOR):
        found = Program.objects.filter(slug=slug, organization_id=cast.a.pk)
        return found.values_list("latitude", "longitude", "precision").first()


@pytest.mark.parametrize("precision", ["locality", "grid", "region"])
def test_a_fine_point_becomes_coarse_before_it_is_stored(cast, arrived, load, precision):
    row = arrived["programs.jsonl"][1]
    row |= {"latitude": 51.512345, "longitude": -0.098765, "precision": precision}
    load(arrived)
    kept = "region" if precision == "region" else "grid"
    assert program_of(cast) == (51.5, -0.1, kept)
    assert load(arrived).updated == 0


@pytest.mark.parametrize("precision", ["exact", "withheld"])
def test_no_program_is_shown_at_its_exact_place(cast, arrived, load, precision):
    arrived["programs.jsonl"][1]["precision"] = precision
    report = load(arrived)
    (refused,) = (one for one in report.refused if one["part"] == "programs")
    assert refused["line"] == 2
    assert "precision" in refused["reason"]
    assert program_of(cast) is None


def test_points_in_the_history_are_coarse_too(cast, arrived, load):
    fine = {"point": {"lat": 51.512345, "lon": -0.098765}, "precision": "locality"}
    arrived["versions.jsonl"][0]["snapshot"] = {**fine, "country": "GB"}
    arrived["versions.jsonl"][1]["snapshot"] = {**fine, "precision": "exact"}
    report = load(arrived)
    assert [(one["part"], one["line"]) for one in report.refused] == [("versions", 2)]
    with acting(OPERATOR):
        kept = ProgramVersion.objects.get(pk=arrived["versions.jsonl"][0]["id"]).snapshot
    assert kept["point"] == {"lat": 51.5, "lon": -0.1}
    assert kept["precision"] == "grid"


def test_a_report_of_a_day_that_is_over_is_still_the_groups_own(cast, arrived, load):
    over = (timezone.now() - dt.timedelta(days=3)).isoformat()
    arrived["reports.jsonl"][0]["publish_at"] = over
    load(arrived)
    assert said_by(cast.a)[2] == 1
