"""Files and exports under row security: without the belt the database still shows own rows."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from directory.models import Program
from network.enums import UploadKind
from network.models import Export, Upload
from network.tenancy import Purpose, acting, system, visitor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not settings.HAS_OWNER_ROLE,
        reason="row security needs PostgreSQL with two roles; SQLite has none",
    ),
]
VALUES = {"media_type": "text/plain", "bytes": 1, "sha256": "0" * 64}


def refused(write):
    try:
        with transaction.atomic():
            return not write()
    except DatabaseError:
        return True


def upload(organization, number, **values):
    chosen = {"kind": UploadKind.DOCUMENT, "name": str(number) * 32, **VALUES, **values}
    return Upload._base_manager.create(organization=organization, **chosen)


def export(organization, person, number):
    return Export._base_manager.create(
        organization=organization,
        person=person,
        name=str(number) * 32,
        bytes=1,
        sha256="0" * 64,
        expires_at=timezone.now() + dt.timedelta(hours=1),
    )


@pytest.fixture
def both(cast):
    """A file of each organization, and an export of A."""
    with acting(system(Purpose.OPERATOR)):
        uploads = upload(cast.a, 1), upload(cast.b, 2)
    with acting(cast.actor("amara")):
        export(cast.a, cast.amara, 3)
    return uploads


def test_each_group_sees_its_own_and_a_visitor_nothing(cast, both):
    seen = {}
    for name in ("bilal", "chiara", "esi"):
        with acting(cast.actor(name)):
            seen[name] = (
                list(Upload._base_manager.values_list("name", flat=True)),
                Export._base_manager.count(),
            )
    assert seen == {"bilal": (["1" * 32], 1), "chiara": (["2" * 32], 0), "esi": ([], 0)}
    for purpose in (Purpose.IMPORT, Purpose.MAIL, Purpose.SIGN_IN):
        with acting(system(purpose)):
            assert not Upload._base_manager.exists()
    with acting(visitor()):
        assert not Export._base_manager.exists()


def test_nobody_writes_into_another_group_or_in_anothers_name(cast, both):
    mine, theirs = both
    with acting(cast.actor("chiara")):
        assert refused(lambda: upload(cast.a, 4, person_id=cast.chiara.pk))
        assert refused(lambda: upload(cast.b, 4, person_id=cast.amara.pk))
        assert refused(lambda: upload(cast.b, 4))
        assert refused(lambda: Upload._base_manager.filter(pk=mine.pk).update(title="x"))
        assert refused(
            lambda: Upload._base_manager.filter(pk=theirs.pk).update(organization=cast.a)
        )
        assert refused(lambda: export(cast.a, cast.chiara, 5))
        assert refused(lambda: Export._base_manager.all().delete()[0])
    with acting(cast.actor("amara")):
        assert refused(lambda: export(cast.a, cast.bilal, 5))
        assert refused(lambda: Export._base_manager.update(bytes=2))


def test_only_the_purge_and_the_operator_delete_for_good(cast, both):
    with acting(cast.actor("amara")):
        assert refused(lambda: Upload._base_manager.all().delete()[0])
        assert Export._base_manager.all().delete()[0] == 1
    with acting(system(Purpose.PURGE)):
        assert Upload._base_manager.all().delete()[0] == 2


def test_a_panic_reaches_the_exports_that_a_person_made(cast, both):
    with acting(system(Purpose.SIGN_IN)):
        assert Export._base_manager.filter(person=cast.amara).delete()[0] == 1


def test_a_photo_is_of_a_program_of_its_own_group_and_goes_with_it(cast):
    with acting(system(Purpose.OPERATOR)):
        own = Program.objects.create(organization=cast.a, slug="of-a", country="GB")
        other = Program.objects.create(organization=cast.b, slug="of-b", country="FR")
        photo = {"kind": UploadKind.PHOTO}
        upload(cast.a, 4, subject_id=own.pk, **photo)
    with pytest.raises(DatabaseError), acting(system(Purpose.OPERATOR)):
        upload(cast.a, 5, subject_id=other.pk, **photo)
        from django.db import connection

        connection.check_constraints()
    with acting(system(Purpose.OPERATOR)):
        own.delete()
        assert not Upload.objects.exists()
