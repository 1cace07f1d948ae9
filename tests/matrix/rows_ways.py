"""Rows of the ways in, see `rows.py`; and what stands behind them in the world."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from directory.enums import ApplicationKind, ApplicationState
from directory.models import Application, ApplicationNote, Vouch
from network.actions.organizations import create_organization
from network.models import Organization
from network.permissions import Permission as P  # noqa: N817 - in each row
from network.tenancy import Purpose, acting, system


def _row(names: dict[str, str] | None = None, **methods: P) -> dict[str, Any]:
    return {"methods": methods, "names": names or {}}


_FORM = {"GET": P.APPLICATION_WRITE, "POST": P.APPLICATION_WRITE}
_VOUCH = {"vouch_id": "vouch"}

DESK: dict[str, dict[str, Any]] = {
    "desk:application": _row(GET=P.APPLICATION_WRITE),
    "desk:application_answers": _row({"part": "'trust"}, **_FORM)
    | {"body": {"base_version": 1, "independence": "Gifts"}},
    "desk:application_send": _row(POST=P.APPLICATION_WRITE),
    "desk:application_note": _row(POST=P.APPLICATION_WRITE) | {"body": {"body": "We wait."}},
    "desk:application_proof": _row(**_FORM)
    | {"body": {"local_part": "info"}, "own": frozenset({404})},
    "desk:application_vouchers": _row(**_FORM) | {"body": {"group": "visiteurs-du-port"}},
    "desk:vouches": _row(GET=P.VOUCH_GIVE),
    "desk:vouch": _row(_VOUCH, GET=P.VOUCH_GIVE, POST=P.VOUCH_GIVE) | {"body": {"act": "decline"}},
    "desk:application_withdraw": _row(**_FORM),
}
OPEN = {
    "join:join",
    "join:alike",
    "join:sent",
    "join:go_on",
    "join:claim",
    "join:prove",
    "join:object",
}


def ways_of(organization: Organization, mark: str) -> dict[str, str]:
    """An application of a group and its talk, and one of another group that asks it to vouch."""
    with acting(system(Purpose.OPERATOR)) as operator:
        own = _application(organization, mark)
        ApplicationNote.objects.create(
            organization=organization, application=own, author="steward", body=f"Why {mark}?"
        )
        asking = create_organization(
            operator, slug=f"asking-{mark}", name=f"Asking {mark}", country="GB"
        )
        vouch = Vouch.objects.create(
            organization=organization,
            applicant=asking,
            application=_application(asking, mark),
        )
    return {"vouch": str(vouch.pk), "application": str(own.pk)}


def _application(organization: Organization, mark: str) -> Application:
    return Application.objects.create(
        organization=organization,
        kind=ApplicationKind.REGISTER,
        state=ApplicationState.ASKED,
        submitted_at=timezone.now(),
        answers={
            "name": f"Asking {mark}",
            "country": "GB",
            "person_name": f"Name {mark}",
            "person_email": f"{mark}@private.example",
            "about": f"About {mark}",
            "check": f"Check {mark}",
        },
    )
