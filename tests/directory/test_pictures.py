"""Photos of programs and logos of groups: public when published, gone when taken away."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.actions.cards import publish_card
from directory.actions.pictures import (
    clean_alt,
    purge_files,
    remove_logo,
    remove_photo,
    set_logo,
    set_photo,
)
from directory.actions.publishing import publish_program, unpublish_program
from directory.models import Country, Listing, OrganizationCard, Program, ProgramGrant
from directory.queries.revisions import directory_revision
from network.enums import UploadKind
from network.models import Upload
from network.permissions import Refused
from network.queries.uploads import photo_of
from network.tenancy import Purpose, acting, system
from network.uploads.storage import UPLOADS
from tests.directory.test_publishing import make_program
from tests.uploaded import files, files_of, inspected

__all__ = ["files"]

pytestmark = pytest.mark.usefixtures("files")

LOGO, PHOTO = UploadKind.LOGO, UploadKind.PHOTO
ALT = {"en": "Two people at a table", "fr": "Deux personnes à une table"}
PURGE = system(Purpose.PURGE)


@pytest.fixture
def programs(cast):
    """A program of A and one of B, both without a photo."""
    for iso2 in ("GB", "FR"):
        Country.objects.create(iso2=iso2, names={"en": iso2})
    with acting(system(Purpose.OPERATOR)):
        return make_program(cast.a), make_program(cast.b, "other-harbour")


def photographed(actor, program, words="photo", alt=ALT):
    with acting(actor):
        return set_photo(actor, program=program, inspected=inspected(words, PHOTO), alt=dict(alt))


def published(actor, program):
    with acting(actor):
        return publish_program(actor, program=program)


def listed(program):
    return Listing.objects.get(pk=program.pk)


@pytest.mark.parametrize("name", ["bilal", "omar", "chiara", "esi"])
def test_who_may_not_change_the_photo(cast, programs, name):
    upload = photographed(cast.actor("edna"), programs[0])
    actor = cast.actor(name)
    with acting(actor):
        with pytest.raises(Refused):
            set_photo(actor, program=programs[0], inspected=inspected(use=PHOTO), alt=ALT)
        with pytest.raises(Refused):
            remove_photo(actor, program=programs[0])
    with acting(cast.actor("edna")) as edna:
        assert photo_of(edna, programs[0].pk).pk == upload.pk


def test_a_grant_for_texts_is_none_for_a_photo(cast, programs):
    """B's coalition partner may edit the texts of one program of B, and no picture."""
    from django.contrib.auth.models import Permission as Right

    with acting(system(Purpose.OPERATOR)):
        right = Right.objects.get(codename="edit_texts")
        ProgramGrant.objects.create(
            permission=right,
            group=cast.a.group,
            content_object=programs[1],
            organization=cast.b,
        )
    edna = cast.actor("edna")
    with acting(edna):
        for change in (
            lambda: set_photo(edna, program=programs[1], inspected=inspected(use=PHOTO), alt=ALT),
            lambda: remove_photo(edna, program=programs[1]),
        ):
            with pytest.raises(Refused):
                change()


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "chiara", "esi"])
def test_who_may_not_change_the_logo(cast, name):
    actor = cast.actor(name)
    with acting(actor):
        for change in (
            lambda: set_logo(actor, inspected=inspected(use=LOGO)),
            lambda: remove_logo(actor),
        ):
            with pytest.raises(Refused):
                change()


def test_a_photo_is_public_when_its_program_is_published_and_not_before(cast, programs):
    published(cast.actor("amara"), programs[0])
    upload = photographed(cast.actor("edna"), programs[0])
    assert listed(programs[0]).photo == {}
    version = listed(programs[0]).version
    published(cast.actor("amara"), programs[0])
    shown = listed(programs[0])
    assert shown.photo == {"name": upload.name, "width": 8, "height": 6, "alt": ALT}
    assert shown.version == version + 1
    published(cast.actor("amara"), programs[0])
    assert listed(programs[0]).version == version + 1


def test_the_former_photo_stays_for_the_public_until_the_next_is_published(cast, programs):
    edna, amara = cast.actor("edna"), cast.actor("amara")
    first = photographed(edna, programs[0], "first")
    published(amara, programs[0])
    second = photographed(edna, programs[0], "second")
    with acting(edna):
        Upload.objects.filter(pk=first.pk).update(deleted_at=timezone.now() - dt.timedelta(days=8))
    purge_files(PURGE)
    assert listed(programs[0]).photo["name"] == first.name
    assert files_of(UPLOADS) == {first.name, second.name}
    published(amara, programs[0])
    assert listed(programs[0]).photo["name"] == second.name
    purge_files(PURGE)
    assert files_of(UPLOADS) == {second.name}


def test_a_photo_that_is_removed_is_gone_from_the_public_at_once(cast, programs):
    photographed(cast.actor("edna"), programs[0])
    published(cast.actor("amara"), programs[0])
    before, version = directory_revision(), listed(programs[0]).version
    edna = cast.actor("edna")
    with acting(edna):
        remove_photo(edna, program=programs[0])
        assert photo_of(edna, programs[0].pk) is None
    shown = listed(programs[0])
    assert (shown.photo, shown.version) == ({}, version + 1)
    assert shown.updated_at is not None
    mark = directory_revision()
    assert mark != before
    with acting(edna):
        remove_photo(edna, program=programs[0])
    assert directory_revision() == mark


def test_unpublishing_takes_the_photo_with_the_listing(cast, programs):
    upload = photographed(cast.actor("edna"), programs[0])
    amara = cast.actor("amara")
    published(amara, programs[0])
    with acting(amara):
        unpublish_program(amara, program=programs[0])
    assert not Listing.objects.filter(pk=programs[0].pk).exists()
    assert UPLOADS.read(upload.name)
    assert published(amara, programs[0]).photo["name"] == upload.name


def test_a_logo_is_on_the_card_at_once_and_off_it_at_once(cast):
    amara = cast.actor("amara")
    with acting(amara):
        first = set_logo(amara, inspected=inspected("first", LOGO))
    assert not OrganizationCard.objects.exists()
    with acting(amara):
        assert publish_card(amara, organization=cast.a).logo == first.name
    card = OrganizationCard.objects.get(pk=cast.a.pk)
    mark = directory_revision()
    with acting(amara):
        second = set_logo(amara, inspected=inspected("second", LOGO))
        set_logo(amara, inspected=inspected("second", LOGO))
    changed = OrganizationCard.objects.get(pk=cast.a.pk)
    assert (changed.logo, changed.version) == (second.name, card.version + 1)
    assert directory_revision() != mark
    with acting(amara):
        remove_logo(amara)
    assert OrganizationCard.objects.get(pk=cast.a.pk).logo == ""


def test_the_logo_of_one_group_changes_no_other_card(cast):
    with acting(system(Purpose.OPERATOR)) as operator:
        publish_card(operator, organization=cast.b)
        publish_card(operator, organization=cast.a)
    amara = cast.actor("amara")
    with acting(amara):
        set_logo(amara, inspected=inspected(use=LOGO))
    assert OrganizationCard.objects.get(pk=cast.b.pk).logo == ""


def test_photos_of_a_program_that_is_gone_go_too(cast, programs):
    purge_files(PURGE)
    upload = photographed(cast.actor("edna"), programs[0])
    with acting(system(Purpose.OPERATOR)):
        Program.objects.filter(pk=programs[0].pk).delete()
    purge_files(PURGE)
    with acting(system(Purpose.OPERATOR)):
        assert not Upload.objects.filter(pk=upload.pk).exists()
    # Its file is nameless now, and goes when it is a day old.
    assert files_of(UPLOADS) == {upload.name}


@pytest.mark.parametrize(
    ("alt", "code"),
    [
        ({}, "alt"),
        ({"en": "  "}, "alt"),
        ({"en": "x" * 301}, "alt"),
        ({"en": "two\nlines"}, "control"),
        ({"qq": "words"}, "language"),
    ],
)
def test_a_picture_is_described_in_words(alt, code):
    with pytest.raises(ValidationError) as refused:
        clean_alt(alt)
    assert refused.value.code == code


def test_languages_are_spelled_in_one_way():
    assert clean_alt({"EN": " A door ", "fr": ""}) == {"en": "A door"}


def test_a_file_was_inspected_for_its_use(cast, programs):
    amara = cast.actor("amara")
    with acting(amara):
        with pytest.raises(ValueError, match="another use"):
            set_logo(amara, inspected=inspected(use=PHOTO))
        with pytest.raises(ValueError, match="another use"):
            set_photo(amara, program=programs[0], inspected=inspected(use=LOGO), alt=ALT)
