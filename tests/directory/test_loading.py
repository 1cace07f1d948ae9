"""What one node exported another loads: the same, and nothing that was planted."""

import copy
import uuid

import pytest

from directory.actions.importing import ImportFileError
from directory.actions.moving import load_organization
from directory.actions.publishing import publish_program
from directory.models import (
    Claimed,
    Country,
    FacilityClaim,
    Listing,
    OrganizationCard,
    Program,
    ProgramText,
    ProgramVersion,
    Suppression,
    VisitingRule,
)
from network.actions.organizations import grant_membership
from network.enums import Role
from network.models import AuditEntry, Membership, Organization, Upload
from network.permissions import Refused
from network.tenancy import Purpose, acting, member, system
from network.uploads.storage import UPLOADS
from tests.directory.moved import OPERATOR, exported, forget, furnish, packed, parts_of
from tests.uploaded import files, files_of

__all__ = ["files"]

pytestmark = pytest.mark.usefixtures("files")
ELSEWHERE = "https://elsewhere.example"


@pytest.fixture
def taken(cast, settings):
    """The parts of an export of A, made on another node."""
    settings.PUBLIC_ORIGIN = ELSEWHERE
    furnish(cast)
    parts = parts_of(exported(cast.actor("amara")))
    settings.PUBLIC_ORIGIN = "https://here.example"
    return parts


@pytest.fixture
def moved(cast, taken):
    """The same, where A is not on this node."""
    forget(cast.a)
    return taken


@pytest.fixture
def load(tmp_path):
    """Loads parts, or the bytes of an archive."""

    def loaded(parts, **options):
        path = tmp_path / "export.zip"
        path.write_bytes(parts if isinstance(parts, bytes) else packed(parts))
        return load_organization(OPERATOR, path=path, **options)

    return loaded


def fingerprint():
    """Everything that a loading could change."""
    with acting(OPERATOR):
        models = (
            Organization,
            Program,
            ProgramVersion,
            ProgramText,
            Upload,
            AuditEntry,
            Membership,
            Listing,
        )
        return {
            model.__name__: sorted(map(repr, model.objects.order_by("pk").values()))
            for model in (*models, OrganizationCard, FacilityClaim, VisitingRule)
        } | {"files": sorted(files_of(UPLOADS))}


def owner(cast):
    """Bilal as the owner whom the operator made on the new node."""
    with acting(OPERATOR) as operator:
        organization = Organization.objects.get(pk=cast.a.pk)
        grant_membership(operator, organization=organization, person=cast.bilal, role=Role.OWNER)
    return member(cast.bilal.pk, cast.a.pk)


def without_node(parts):
    """An export without what is the node's own."""
    kept = copy.deepcopy(parts)
    kept["organization.json"].pop("here")
    for row in kept["programs.jsonl"]:
        row.pop("here")
    # The second program had no history; here its present state begins one.
    first = kept["programs.jsonl"][0]["id"]
    kept["versions.jsonl"] = [row for row in kept["versions.jsonl"] if row["program"] == first]
    for row in kept["versions.jsonl"]:
        row.pop("here")
    kept["audit.jsonl"] = [row for row in kept["audit.jsonl"] if row["node"] == ELSEWHERE]
    for name in ("manifest.json", "members.jsonl", "claims.jsonl", "rules.jsonl", "reports.jsonl"):
        kept.pop(name)
    return kept


def test_there_and_back_is_the_same(cast, moved, load):
    report = load(moved)
    rows = len(moved["audit.jsonl"])
    assert report.refused == []
    assert (report.created, report.updated, report.unchanged) == (1 + 2 + 2 + 4 + 1 + rows, 0, 0)
    assert report.kept == {"person": 4, "statement": 2}
    assert {one["role"] for one in report.people} == {"owner", "member", "editor", "organizer"}
    again = parts_of(exported(owner(cast)))
    assert without_node(again) == without_node(moved)
    assert {row["node"] for row in again["audit.jsonl"]} == {ELSEWHERE, "https://here.example"}


def test_loading_again_changes_nothing(cast, moved, load):
    load(moved)
    before = fingerprint()
    report = load(moved)
    assert (report.created, report.updated) == (0, 0)
    assert report.unchanged == 10 + len(moved["audit.jsonl"])
    assert fingerprint() == before


def test_trying_out_writes_nothing(cast, moved, load):
    before = fingerprint()
    report = load(moved, dry_run=True)
    assert report.created == 10 + len(moved["audit.jsonl"])
    assert fingerprint() == before


def test_it_is_not_verified_and_nothing_of_it_is_public(cast, moved, load):
    before = Listing.objects.count(), OrganizationCard.objects.count()
    claims = FacilityClaim.objects.count(), VisitingRule.objects.count()
    load(moved)
    with acting(OPERATOR):
        organization = Organization.objects.get(pk=cast.a.pk)
        assert (organization.status, organization.verified_on) == ("applied", None)
        assert not Membership.objects.filter(organization=organization).exists()
        programs = Program.objects.filter(organization=organization)
        assert {program.published_at for program in programs} == {None}
    assert (Listing.objects.count(), OrganizationCard.objects.count()) == before
    assert (FacilityClaim.objects.count(), VisitingRule.objects.count()) == claims
    actor = owner(cast)
    with acting(actor):
        program = Program.objects.select_related("organization").first()
        with pytest.raises(Exception, match="verified"):
            publish_program(actor, program=program)


def test_the_log_keeps_its_days_and_names_nobody_of_this_node(cast, moved, load):
    planted = copy.deepcopy(moved["audit.jsonl"][-1])
    planted |= {"id": str(uuid.uuid4()), "person": str(cast.chiara.pk)}
    planted["details"] = {"elsewhere": {"node": "https://here.example", "person": "x"}}
    moved["audit.jsonl"].append(planted)
    load(moved)
    with acting(OPERATOR):
        entries = AuditEntry.objects.filter(organization_id=cast.a.pk).exclude(
            verb="organization.loaded"
        )
        days = {str(entry.pk): entry.created_at.isoformat() for entry in entries}
        assert {entry.person_id for entry in entries} == {None}
        assert {entry.details["elsewhere"]["node"] for entry in entries} == {ELSEWHERE}
        kept = AuditEntry.objects.get(pk=planted["id"]).details["elsewhere"]
    assert kept == {"node": ELSEWHERE, "person": str(cast.chiara.pk)}
    for row in moved["audit.jsonl"]:
        assert days[row["id"]] == row["created_at"].replace("Z", "+00:00")


def test_only_the_operator_loads(cast, moved, tmp_path):
    path = tmp_path / "export.zip"
    path.write_bytes(packed(moved))
    for actor in (cast.actor("chiara"), system(Purpose.IMPORT)):
        with acting(actor), pytest.raises(Refused):
            load_organization(actor, path=path)


def test_a_group_of_this_nodes_own_is_not_written_over(cast, taken, load):
    before = fingerprint()
    taken["organization.json"]["name"] = "Planted"
    with pytest.raises(ImportFileError, match="own"):
        load(taken)
    assert fingerprint() == before


def test_a_group_that_lives_here_keeps_what_is_here(cast, moved, load):
    load(moved)
    owner(cast)
    before = fingerprint()
    changed = copy.deepcopy(moved)
    changed["organization.json"] |= {"name": "Planted", "version": 99}
    changed["programs.jsonl"][0] |= {"website": "https://planted.example", "version": 99}
    report = load(changed)
    assert (report.created, report.updated) == (0, 0)
    assert report.kept["lives_here"] == 3
    assert fingerprint() == before


def test_a_newer_export_of_a_group_that_nobody_has_taken_over_is_taken(cast, moved, load):
    load(moved)
    changed = copy.deepcopy(moved)
    changed["organization.json"]["name"] = "Harbour Visitors of the North"
    changed["programs.jsonl"][0]["texts"][0]["name"] = "Renamed"
    report = load(changed)
    assert (report.created, report.updated) == (0, 2)
    with acting(OPERATOR):
        assert Organization.objects.get(pk=cast.a.pk).name == "Harbour Visitors of the North"
        assert ProgramText.objects.filter(name="Renamed").count() == 1


def test_addresses_that_are_taken_are_named_and_can_be_changed(cast, moved, load):
    moved["organization.json"]["slug"] = cast.b.slug
    moved["programs.jsonl"][0]["slug"] = "of-others"
    before = fingerprint()
    with pytest.raises(ImportFileError, match="--rename visiteurs-du-port=NEW"):
        load(moved)
    assert fingerprint() == before
    with acting(OPERATOR):
        Claimed.objects.create(slug="of-others", program_id=uuid.uuid4())
    report = load(moved, renames={cast.b.slug: "harbour-again"})
    (refused,) = (one for one in report.refused if one["part"] == "programs")
    assert refused["line"] == 1
    assert "--rename of-others=NEW" in refused["reason"]
    # The photo has nothing to be of.
    assert {one["part"] for one in report.refused} == {"programs", "versions", "uploads"}
    again = load(moved, renames={cast.b.slug: "harbour-again", "of-others": "of-harbour"})
    assert again.refused == []
    assert again.created == 4
    with acting(OPERATOR):
        assert Program.objects.get(slug="of-harbour").organization_id == cast.a.pk


@pytest.mark.parametrize("kind", ["listing", "organization"])
def test_what_was_taken_off_stays_off(cast, moved, load, kind):
    slug = {"listing": "harbour", "organization": cast.a.slug}[kind]
    with acting(OPERATOR):
        Suppression.objects.create(kind=kind, slug=slug)
    if kind == "organization":
        with pytest.raises(ImportFileError, match="taken off"):
            load(moved)
        return
    report = load(moved)
    assert report.suppressed == ["harbour"]
    with acting(OPERATOR):
        Organization.objects.filter(pk=cast.a.pk).update(status="verified")
    actor = owner(cast)
    with acting(actor):
        program = Program.objects.select_related("organization").get(slug="harbour")
        with pytest.raises(Exception, match="taken off"):
            publish_program(actor, program=program)


def test_ids_of_others_are_refused(cast, moved, load):
    with acting(OPERATOR):
        theirs = Program.objects.get(slug="of-others")
        text = ProgramText.objects.filter(program=theirs).first()
        entry = AuditEntry.objects.filter(organization=cast.b).first()
    moved["programs.jsonl"][0]["id"] = str(theirs.pk)
    moved["programs.jsonl"][1]["texts"][0]["id"] = str(text.pk)
    moved["audit.jsonl"][0]["id"] = str(entry.pk)
    report = load(moved)
    assert {(one["part"], one["line"]) for one in report.refused} == {
        ("programs", 1),
        ("programs", 2),
        ("versions", 1),
        ("versions", 2),
        ("audit", 1),
        ("uploads", 2),
    }
    with acting(OPERATOR):
        theirs.refresh_from_db()
        assert (theirs.organization_id, theirs.slug) == (cast.b.pk, "of-others")
        assert ProgramText.objects.get(pk=text.pk).program_id == theirs.pk


def test_a_file_claims_no_entry_of_this_node(cast, moved, load):
    with acting(system(Purpose.IMPORT)):
        unclaimed = Listing.objects.create(
            slug="of-nobody",
            name="Of nobody",
            claim="unclaimed",
            country=Country.objects.get(iso2="GB"),
        )
    moved["programs.jsonl"][0]["replaces"] = [str(unclaimed.pk)]
    report = load(moved)
    assert report.refused == []
    assert report.kept["claim"] == 1
    assert load(moved).updated == 0
    amara = owner(cast)
    with acting(OPERATOR):
        Organization.objects.filter(pk=cast.a.pk).update(status="verified")
    with acting(amara):
        program = Program.objects.select_related("organization").get(slug="harbour")
        publish_program(amara, program=program)
    assert Listing.objects.filter(pk=unclaimed.pk).exists()
