"""Several workers whose turn it is at the same moment."""

import datetime as dt

import pytest
from django.utils import timezone

from directory.actions.deciding import send_digests
from network.models import Job
from network.tenancy import Purpose, acting, system
from tests.cast import make_cast
from tests.directory.applied import apply
from tests.network.members import OPERATOR, mails
from tests.several import at_once

pytestmark = pytest.mark.usefixtures("committed")


@pytest.mark.parametrize("is_first", [True, False], ids=["the first ever", "a week later"])
def test_stewards_get_one_digest_however_many_workers_there_are(is_first):
    with acting(system(Purpose.OPERATOR)) as operator:
        cast = make_cast(operator)
    apply(cast)
    if not is_first:
        ago = timezone.now() - dt.timedelta(days=7)
        Job.objects.create(name="steward_digest", started_at=ago, finished_at=ago)
    results = at_once([lambda: send_digests(OPERATOR)] * 4)
    assert sorted(results, key=str) == [0, 0, 0, 1]
    assert [mail.to for mail in mails()] == ["dov@example.org"]
