"""What an organization says of itself, what waits a day, and what goes when it leaves."""

import pytest
from django.core.exceptions import ValidationError

from directory.actions.cards import publish_card
from directory.actions.organizations import (
    StaleOrganizationError,
    confirm_website,
    edit_organization,
    release_websites,
)
from directory.actions.publishing import publish_program
from directory.actions.withdrawals import withdraw_departed
from directory.models import (
    CardWord,
    Country,
    Listing,
    ListingWord,
    OrganizationCard,
    Program,
    ProgramText,
    Removal,
    WordForm,
)
from network.actions.departures import delete_organization, restore_organization
from network.actions.lockdown import lock_organization, unlock_organization
from network.enums import OrganizationKind, Role
from network.models import AuditEntry, Organization
from network.permissions import Refused
from network.tenancy import Purpose, acting, system
from tests.directory.desk import release_all
from tests.network.members import OPERATOR, join, later, mails

WEBSITE = "https://harbour.example"


@pytest.fixture
def countries(db):
    for iso2, name in (("GB", "United Kingdom"), ("FR", "France")):
        Country.objects.create(iso2=iso2, names={"en": name})


@pytest.fixture
def card(cast, countries):
    """The cards of A and B, A's with a website."""
    with acting(OPERATOR) as operator:
        Organization.objects.filter(pk=cast.a.pk).update(website=WEBSITE)
        for one in (cast.a, cast.b):
            publish_card(operator, organization=Organization.objects.get(pk=one.pk))
    return lambda: OrganizationCard.objects.get(pk=cast.a.pk)


def edit(actor, organization, base_version=1, **changes):
    with acting(actor):
        return edit_organization(
            actor, organization=organization, base_version=base_version, changes=changes
        )


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "chiara", "esi", "dov", "farid"])
def test_who_may_not_edit_is_refused(cast, card, name):
    with pytest.raises(Refused):
        edit(cast.actor(name), cast.a, name="Forged")
    assert card().name == "Harbour Visitors"


def test_a_change_is_on_the_card_at_once_in_all_languages(cast, card):
    cora = join(cast.a, "cora", Role.COORDINATOR)
    changed = edit(
        cora,
        cast.a,
        name=" Quayside ",
        names={"fr": "Le Quai", "ar": "", "eng": "Quayside"},
        country="fr",
        languages=["fr", "EN", "fr"],
    )
    assert changed.version == 2
    found = card()
    assert (found.name, found.names) == ("Quayside", {"fr": "Le Quai", "en": "Quayside"})
    assert (found.country, found.languages) == ("FR", ["fr", "en"])
    assert OrganizationCard.objects.get(pk=cast.b.pk).name == "Visiteurs du port"
    with acting(cora):
        entry = AuditEntry.objects.get(verb="organization.edited")
    assert entry.details == {"fields": ["country", "languages", "name", "names"]}


def test_what_changes_nothing_makes_no_version(cast, card):
    assert edit(cast.actor("amara"), cast.a, name="Harbour Visitors").version == 1
    assert edit(cast.actor("amara"), cast.a).version == 1


def test_a_stale_editor_learns_what_is_there_now(cast, card):
    edit(cast.actor("amara"), cast.a, name="First")
    with pytest.raises(StaleOrganizationError) as stale:
        edit(cast.actor("amara"), cast.a, name="Second")
    assert (stale.value.present.name, stale.value.present.version) == ("First", 2)
    assert card().name == "First"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "x" * 201),
        ("name", "Free A123456789"),
        ("name", "turned \u202e over"),
        ("names", {"fr": "x" * 201}),
        ("names", {"not a code": "Name"}),
        ("country", "XX"),
        ("kind", "empire"),
        ("kind", "coalition"),
        ("languages", ["klingonish"]),
        ("website", "javascript:alert(1)"),
        ("website", "harbour.example"),
    ],
)
def test_nonsense_is_refused_by_field_and_nothing_is_saved(cast, card, field, value):
    with pytest.raises(ValidationError) as refused:
        edit(cast.actor("amara"), cast.a, **{"languages": ["fr"], field: value})
    assert set(refused.value.message_dict) == {field}
    with acting(OPERATOR):
        assert Organization.objects.get(pk=cast.a.pk).languages == []


def test_a_coalition_does_not_end_being_one_by_itself(cast, card):
    with acting(OPERATOR):
        Organization.objects.filter(pk=cast.a.pk).update(kind=OrganizationKind.COALITION)
    with pytest.raises(ValidationError):
        edit(cast.actor("amara"), cast.a, kind="supporter")
    with acting(OPERATOR):
        Organization.objects.filter(pk=cast.a.pk).update(kind=OrganizationKind.SUPPORTER)
    edit(cast.actor("amara"), cast.a, kind="program_operator")
    assert card().kind == OrganizationKind.PROGRAM_OPERATOR


def test_a_group_that_is_not_verified_has_no_card(cast, countries):
    edit(cast.actor("farid"), cast.applicant, name="Newer", website=WEBSITE)
    assert not OrganizationCard.objects.exists()
    with acting(OPERATOR):
        kept = Organization.objects.get(pk=cast.applicant.pk)
    assert (kept.name, kept.website_changed_at) == ("Newer", None)


def test_a_new_website_waits_for_24_hours_and_coordinators_are_told(cast, card, monkeypatch):
    cora = join(cast.a, "cora", Role.COORDINATOR)
    edit(cast.actor("amara"), cast.a, website="https://new.example", languages=["fr"])
    assert (card().website, card().languages) == (WEBSITE, ["fr"])
    assert sorted(mail.to for mail in mails()) == ["amara@example.org", "cora@example.org"]
    assert all("https://new.example" in mail.text for mail in mails())
    with acting(cora):
        publish_card(cora, organization=Organization.objects.get(pk=cast.a.pk))
    assert card().website == WEBSITE
    later(monkeypatch, hours=23, minutes=59)
    assert release_websites(OPERATOR) == 0
    assert card().website == WEBSITE
    monkeypatch.undo()
    later(monkeypatch, hours=24, minutes=1)
    assert release_websites(OPERATOR) == 1
    assert card().website == "https://new.example"
    assert release_websites(OPERATOR) == 0
    with pytest.raises(ValueError, match="releases"):
        release_websites(system(Purpose.PURGE))


def test_a_second_coordinator_shows_it_at_once(cast, card):
    amara, cora = cast.actor("amara"), join(cast.a, "cora", Role.COORDINATOR)
    edit(cora, cast.a, website="https://new.example")
    beni = join(cast.b, "beni", Role.OWNER)
    for actor, error in ((beni, Refused), (cast.actor("bilal"), Refused), (cora, ValidationError)):
        with acting(actor), pytest.raises(error):
            confirm_website(actor, organization=cast.a)
    assert card().website == WEBSITE
    with acting(amara):
        confirm_website(amara, organization=cast.a)
        confirm_website(amara, organization=cast.a)
    assert card().website == "https://new.example"


def test_in_a_lock_down_it_goes_on_waiting_and_its_whole_time_afterwards(cast, card, monkeypatch):
    amara = cast.actor("amara")
    edit(amara, cast.a, website="https://new.example")
    with acting(amara):
        lock_organization(amara, organization=cast.a)
    later(monkeypatch, hours=24, minutes=1)
    assert release_websites(OPERATOR) == 0
    with acting(amara):
        unlock_organization(amara, organization=cast.a)
    assert release_websites(OPERATOR) == 0
    assert card().website == WEBSITE
    monkeypatch.undo()
    later(monkeypatch, hours=48, minutes=2)
    assert release_websites(OPERATOR) == 1


def test_changed_back_it_waits_no_more(cast, card):
    edit(cast.actor("amara"), cast.a, website="https://new.example")
    edit(cast.actor("amara"), cast.a, base_version=2, website=WEBSITE)
    with acting(OPERATOR):
        assert Organization.objects.get(pk=cast.a.pk).website_changed_at is None


# Leaving


def publish(actor, organization, slug):
    with acting(actor):
        program = Program.objects.create(
            organization=organization, slug=slug, country="GB", status="active"
        )
        ProgramText.objects.create(
            organization=organization, program=program, language="en", name=f"Zzcanary{slug}"
        )
        return publish_program(actor, program=program)


def test_nothing_of_a_group_that_leaves_stays_public(
    cast, card, django_capture_on_commit_callbacks
):
    beni = join(cast.b, "beni", Role.OWNER)
    gone = publish(cast.actor("amara"), cast.a, "of-a")
    publish(beni, cast.b, "of-b")
    with django_capture_on_commit_callbacks(execute=True), acting(cast.actor("amara")) as amara:
        delete_organization(amara, organization=cast.a)
    assert [listing.slug for listing in Listing.objects.all()] == ["of-b"]
    assert list(OrganizationCard.objects.values_list("pk", flat=True)) == [cast.b.pk]
    assert Removal.objects.filter(pk=gone.pk).exists()
    for words in (ListingWord, CardWord, WordForm):
        assert not words.objects.filter(word__icontains="zzcanaryof-a").exists()
    assert not CardWord.objects.filter(row="harbour-visitors").exists()
    with acting(OPERATOR):
        assert Program.objects.get(slug="of-a").published_at is None
        assert Program.objects.get(slug="of-b").published_at is not None


def test_what_a_receiver_missed_the_worker_withdraws(cast, card):
    publish(cast.actor("amara"), cast.a, "of-a")
    assert withdraw_departed(OPERATOR) == 0
    with acting(cast.actor("amara")) as amara:
        delete_organization(amara, organization=cast.a)
    assert Listing.objects.filter(slug="of-a").exists()
    assert withdraw_departed(OPERATOR) == 1
    assert withdraw_departed(OPERATOR) == 0
    assert not Listing.objects.exists()
    assert not OrganizationCard.objects.filter(pk=cast.a.pk).exists()


def test_a_group_that_came_back_publishes_anew(cast, card, django_capture_on_commit_callbacks):
    publish(cast.actor("amara"), cast.a, "of-a")
    for act in (delete_organization, restore_organization):
        with django_capture_on_commit_callbacks(execute=True):
            with acting(cast.actor("amara")) as amara:
                act(amara, organization=cast.a)
    assert not Listing.objects.exists()
    with acting(cast.actor("amara")) as amara:
        listing = publish_program(
            amara, program=Program.objects.select_related("organization").get(slug="of-a")
        )
    assert listing.version == 2
    assert card().name == "Harbour Visitors"


def come_back(cast, callbacks):
    for act in (delete_organization, restore_organization):
        with callbacks(execute=True), acting(cast.actor("amara")) as amara:
            act(amara, organization=cast.a)


def program_of_a(cast):
    return Program.objects.select_related("organization").get(slug="of-a", organization=cast.a)


def test_a_group_that_came_back_shows_a_new_contact_no_earlier(
    cast, card, django_capture_on_commit_callbacks
):
    amara = cast.actor("amara")
    publish(amara, cast.a, "of-a")
    with acting(amara):
        Program.objects.filter(slug="of-a").update(contact={"email": "old@harbour.example"})
        publish_program(amara, program=program_of_a(cast))
    release_all()
    assert Listing.objects.get(slug="of-a").contact == {"email": "old@harbour.example"}
    come_back(cast, django_capture_on_commit_callbacks)
    with acting(amara):
        Program.objects.filter(slug="of-a").update(contact={"email": "new@evil.example"})
        listing = publish_program(amara, program=program_of_a(cast))
    assert listing.contact == {}
    release_all()
    assert Listing.objects.get(slug="of-a").contact == {"email": "new@evil.example"}


def test_a_group_that_came_back_shows_a_website_after_24_hours(
    cast, card, monkeypatch, django_capture_on_commit_callbacks
):
    amara = cast.actor("amara")
    publish(amara, cast.a, "of-a")
    edit(amara, cast.a, website="https://evil.example")
    come_back(cast, django_capture_on_commit_callbacks)
    with acting(amara):
        publish_program(amara, program=program_of_a(cast))
        with pytest.raises(ValidationError):
            confirm_website(amara, organization=cast.a)
    assert card().website == ""
    edit(amara, cast.a, base_version=2, website="https://evil.example/2")
    assert card().website == ""
    later(monkeypatch, hours=24, minutes=1)
    assert release_websites(OPERATOR) == 1
    assert card().website == "https://evil.example/2"


def test_a_group_that_came_back_is_not_shown_by_the_worker(
    cast, card, monkeypatch, django_capture_on_commit_callbacks
):
    come_back(cast, django_capture_on_commit_callbacks)
    later(monkeypatch, hours=24, minutes=1)
    release_websites(OPERATOR)
    assert not OrganizationCard.objects.filter(pk=cast.a.pk).exists()
    with acting(OPERATOR):
        assert Organization.objects.get(pk=cast.a.pk).website_changed_at is None


def test_a_new_name_of_the_group_is_found_in_its_listings(cast, card):
    publish(cast.actor("amara"), cast.a, "of-a")
    edit(cast.actor("amara"), cast.a, name="Quayside")
    assert Listing.objects.get(slug="of-a").organization_name == "Quayside"
    assert ListingWord.objects.filter(row="of-a", word="quayside").exists()
