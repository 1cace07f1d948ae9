"""`manage.py hand_over`: announced, told to every member, and an owner's to call off."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from network.actions.handovers import finish_handovers
from network.enums import Role
from network.models import Handover, Membership, OutgoingMail
from network.tenancy import Purpose, acting, system
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
REASON = "Nobody has answered for a year."
SETTINGS = "/desk/harbour-visitors/settings/"


def run(**options):
    out = StringIO()
    told = {"organization": "harbour-visitors", "to_email": "omar@example.org", "reason": REASON}
    call_command("hand_over", **{**told, **options}, json=True, stdout=out)
    return json.loads(out.getvalue())


def everything():
    with acting(system(Purpose.OPERATOR)):
        return list(Handover.objects.values_list("pk")), OutgoingMail.objects.count()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"organization": "nowhere"}, "no organization"),
        ({"to_email": "nobody@example.org"}, "no account"),
        ({"to_email": "chiara@example.org"}, "does not belong"),
        ({"to_email": "amara@example.org"}, "owner already"),
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 301}, "300"),
    ],
    ids=["group", "account", "of another group", "owner", "no reason", "long reason"],
)
def test_what_cannot_be_announced_is_one_line_and_changes_nothing(cast, options, said):
    before = everything()
    with pytest.raises(CommandError, match=said) as refused:
        run(**options)
    assert "\n" not in str(refused.value)
    assert "Visiteurs" not in str(refused.value)
    assert everything() == before


def test_it_is_announced_told_and_takes_effect_after_seven_days(cast):
    told = run()
    assert told["person"]["email"] == "omar@example.org"
    left = dt.datetime.fromisoformat(told["effective_at"]) - timezone.now()
    assert dt.timedelta(days=6, hours=23) < left <= dt.timedelta(days=7)
    with pytest.raises(CommandError, match="announced already"):
        run(to_email="edna@example.org")
    for person in (cast.amara, cast.bilal, cast.omar):
        page = signed_in(person).get(SETTINGS).content.decode()
        assert REASON in page
        assert ("handover/" in page) is (person == cast.amara)
    assert REASON not in signed_in(cast.chiara).get("/desk/visiteurs-du-port/").content.decode()
    with acting(system(Purpose.OPERATOR)) as operator:
        assert finish_handovers(operator) == 0
        Handover.objects.update(effective_at=timezone.now())
        assert finish_handovers(operator) == 1
        assert Membership.objects.get(person=cast.omar, ended_at=None).role == Role.OWNER


def test_an_owner_calls_it_off(cast):
    run()
    client = signed_in(cast.amara)
    assert client.post(f"{SETTINGS}handover/").status_code == 303
    assert REASON not in client.get(SETTINGS).content.decode()
    with acting(system(Purpose.OPERATOR)) as operator:
        Handover.objects.update(effective_at=timezone.now())
        assert finish_handovers(operator) == 0
    assert run()["organization"] == "harbour-visitors"
