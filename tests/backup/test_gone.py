"""What was taken off, deleted or ended after a backup stays so, without the database too."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from directory.actions.importing import Programs
from directory.actions.programs.deleting import delete_program
from directory.actions.publishing import unpublish_program
from directory.actions.suppression import suppress_listing
from directory.models import Listing, Program, Suppression
from messaging.actions.sending import delete_message
from messaging.models import Attachment
from messaging.queries.attachments import attachment_for, attachments_of
from messaging.queries.events import messages_before
from network import erasures
from network.actions.accounts import change_password, delete_account, suspend_person
from network.actions.departures import delete_organization
from network.actions.organizations import end_membership, grant_membership
from network.actions.uploads import delete_upload
from network.enums import OrganizationStatus, Role
from network.models import Membership, Organization, Person, RetiredSlug, Upload
from network.project.backup.database import as_owner, empty, unguarded
from network.project.backup.tables import emptied_tables
from network.project.purging import purge_everything
from network.tenancy import Purpose, Via, acting, member, system
from network.uploads.storage import UPLOADS
from tests.backup.commands import run
from tests.directory.importing import load
from tests.messaging.talking import channel, file_of, say, text_file
from tests.uploaded import files_of


def lose_the_database():
    """Nothing is left in any table, as after a new disk and `migrate`."""
    with as_owner(), acting(system(Purpose.OPERATOR)), unguarded([]) as alias:
        empty(alias, emptied_tables())


def by_operator(work, **arguments):
    with acting(system(Purpose.OPERATOR)) as actor:
        return work(actor, **arguments)


@pytest.mark.parametrize("is_lost", [False, True], ids=["replaced", "lost"])
def test_take_us_off_outlives_an_import_and_a_backup(small, place, is_lost):
    run("backup", place / "a.zip")
    by_operator(suppress_listing, slug="gb-harbour")
    assert load(Programs, place / "p.csv").kept == {"suppressed": 1}
    if is_lost:
        lose_the_database()
    answer = run("restore", place / "a.zip", *([] if is_lost else ["--replace"]))
    assert answer["stayed_gone"] == {"listing": 1}
    assert not Listing.objects.filter(slug="gb-harbour").exists()
    assert Listing.objects.filter(slug="gb-other").exists()
    assert load(Programs, place / "p.csv").kept == {"suppressed": 1}
    assert Suppression.objects.get().slug == "gb-harbour"


def test_without_the_list_a_copy_of_it_does_and_without_that_it_is_said(small, place):
    run("backup", place / "a.zip")
    by_operator(suppress_listing, slug="gb-harbour")
    copy = place / "elsewhere.log"
    erasures.path().rename(copy)
    lose_the_database()
    answer = run("restore", place / "a.zip")
    assert answer["known_until"] is None
    assert Listing.objects.filter(slug="gb-harbour").exists()
    answer = run("restore", place / "a.zip", "--replace", "--also-gone", copy)
    assert answer["known_until"] == timezone.now().date().isoformat()
    assert not Listing.objects.filter(slug="gb-harbour").exists()
    assert "listing gb-harbour gone" in erasures.path().read_text()


def test_people_groups_and_files_that_went_stay_gone(small, cast, place):
    run("backup", place / "a.zip")
    amara = cast.actor("amara")
    with acting(amara):
        upload = Upload.objects.get()
        delete_upload(amara, upload=upload)
    edna, chiara = cast.actor("edna"), cast.actor("chiara")
    delete_account(edna, person=cast.edna)
    by_operator(suspend_person, person=cast.chiara)
    with acting(system(Purpose.OPERATOR)):
        bilal = Membership.objects.get(person=cast.bilal)
    by_operator(end_membership, membership=bilal)
    by_operator(grant_membership, organization=cast.a, person=cast.omar, role=Role.MEMBER)
    farid = cast.actor("farid")
    with acting(farid):
        delete_organization(farid, organization=cast.applicant)
        change_password(farid, person=cast.farid, password="a much newer password")
    _let_go_for_good(cast.applicant)
    lose_the_database()
    answer = run("restore", place / "a.zip")
    assert not {"person", "person_suspended", "membership"} - set(answer["stayed_gone"])
    with acting(system(Purpose.OPERATOR)):
        assert not Person.objects.filter(pk=edna.person_id).exists()
        assert not Person.objects.get(pk=chiara.person_id).is_active
        present = dict(
            Membership.objects.filter(organization=cast.a, ended_at=None).values_list(
                "person__display_name", "role"
            )
        )
        assert present == {"Amara": "owner", "Omar": "member"}
        assert not Organization.objects.filter(pk=cast.applicant.pk).exists()
        assert RetiredSlug.objects.get().slug == "new-visitors"
        assert not Person.objects.get(pk=cast.farid.pk).has_usable_password()
        assert Person.objects.get(pk=cast.amara.pk).is_active
        assert Upload.objects.get().deleted_at is not None
    assert files_of(UPLOADS) == {upload.name}


def _let_go_for_good(organization):
    """Its seven days are over."""
    with acting(system(Purpose.OPERATOR)):
        row = Organization.objects.filter(pk=organization.pk, status=OrganizationStatus.LEFT)
        assert row.update(deleted_at=timezone.now() - dt.timedelta(days=8)) == 1
    purge_everything(Via.COMMAND)


def test_an_entry_that_its_group_took_down_is_not_public_again(small, cast, place):
    amara = cast.actor("amara")
    run("backup", place / "a.zip")
    with acting(amara):
        unpublish_program(amara, program=small)
    answer = run("restore", place / "a.zip", "--replace")
    assert answer["stayed_gone"] == {"publication": 1}
    assert not Listing.objects.filter(pk=small.pk).exists()
    with acting(amara):
        assert Program.objects.get().published_at is None
        delete_program(amara, program=small)
    run("restore", place / "a.zip", "--replace")
    with acting(member(cast.amara.pk, cast.a.pk)):
        assert Program.objects.get().deleted_at is not None


def test_what_is_due_is_purged_before_the_site_is_served(small, cast, place):
    amara = cast.actor("amara")
    with acting(amara):
        upload = Upload.objects.get()
        delete_upload(amara, upload=upload)
        old = timezone.now() - dt.timedelta(days=8)
        Upload.objects.update(deleted_at=old)
    run("backup", place / "a.zip")
    run("restore", place / "a.zip", "--replace")
    with acting(amara):
        assert not Upload.objects.exists()
    assert files_of(UPLOADS) == set()


def test_what_came_back_meanwhile_is_not_taken_again(small, place):
    first = erasures.Line(timezone.now().date(), "publication", str(small.pk), "gone")
    back = erasures.Line(timezone.now().date(), "publication", str(small.pk), "back")
    run("backup", place / "a.zip")
    erasures.append([first, back])
    run("restore", place / "a.zip", "--replace")
    assert Listing.objects.filter(pk=small.pk).exists()


def test_a_message_that_was_deleted_is_deleted_again_with_its_files(cast, place):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    gone = say(omar, conversation, "zqgone", files=(text_file("zqgone"),))
    kept = say(omar, conversation, "Kept", files=(text_file("Kept"),))
    file = file_of(chiara, gone.id)
    run("backup", place / "a.zip")
    with acting(omar):
        delete_message(
            omar, conversation_id=conversation.pk, client_id=uuid.uuid4(), target=gone.id
        )
    assert str(gone.id) in erasures.path().read_text()
    lose_the_database()
    for _time in range(2):
        answer = run("restore", place / "a.zip", "--replace")
        assert answer["stayed_gone"] == {"message": 1}
        with acting(chiara, is_reading=True):
            said = messages_before(chiara, conversation_id=conversation.pk)
            assert [one.body for one in said] == ["May we talk?", "", "Kept"]
            assert [one.is_deleted for one in said] == [False, True, False]
            assert attachments_of(chiara, [gone.id]) == {}
            with pytest.raises(Attachment.DoesNotExist):
                attachment_for(chiara, conversation_id=conversation.pk, attachment_id=file.pk)
        assert file_of(chiara, kept.id).name == "Kept.txt"
    assert say(chiara, conversation, "Hello").seq == kept.seq + 3
